// Dialogs for channel settings, the person's own profile, and the workspace's members.

import { confirmed, fieldsOf } from "./forms.js";

export function listen(act) {
  document.addEventListener("click", ({ target }) => {
    const opening = target.closest("[data-opens]");
    if (opening) document.getElementById(opening.dataset.opens).showModal();
    if (target.closest("[data-shuts]")) target.closest("dialog").close();
    const going = target.closest("[data-do]");
    if (going) confirmed(act, going.dataset.do, { channel: going.dataset.channel, person: going.dataset.person });
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-deed]")) return;
    event.preventDefault();
    send(act, event.target);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches(".narrows")) narrow(target);
  });
}

async function send(act, form) {
  const body = { channel: form.dataset.channel, fields: fieldsOf(form) };
  const answer = await confirmed(act, form.dataset.deed, body, { quietly: true });
  form.querySelector(".problem").textContent = answer.problem ?? "";
  if (!answer.problem) form.reset();
}

function narrow(input) {
  const wanted = input.value.trim().toLowerCase();
  for (const one of input.parentElement.querySelectorAll(".roll > li")) {
    one.hidden = !one.querySelector("bdi").textContent.toLowerCase().includes(wanted);
  }
}

// Keep the search filter when the list is rendered again.
export function narrowAgain() {
  for (const input of document.querySelectorAll("dialog[open] .narrows")) narrow(input);
}
