// Searchable selects: typing filters the options, or requests the bot's options (external selects).

import { use } from "./forms.js";

const PATIENCE = 250;

export function listen(act) {
  let soon;
  const changed = new Set();
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(".finder .find")) return;
    const finder = target.closest(".finder");
    if (!finder.dataset.asks) return narrow(finder, target.value);
    clearTimeout(soon);
    soon = setTimeout(() => ask(act, finder, target.value.trim()), PATIENCE);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".finder .find")) chooseOnlyOne(event);
  });
  document.addEventListener("change", ({ target }) => {
    const finder = target.closest(".finder");
    if (!finder || target.matches(".find")) return;
    limit(finder);
    if (!finder.dataset.tells) return;
    if (target.type === "radio") use(act, target, finder.dataset.place);
    else changed.add(finder);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const finder = target.closest?.(".finder");
    if (!finder || finder.contains(relatedTarget) || !changed.delete(finder)) return;
    use(act, finder, finder.dataset.place);
  });
}

function narrow(finder, typed) {
  const wanted = typed.trim().toLowerCase();
  for (const choice of finder.querySelectorAll(".choice")) {
    choice.hidden = !choice.textContent.toLowerCase().includes(wanted) && !choice.querySelector(":checked");
  }
}

async function ask(act, finder, typed) {
  if (typed.length < Number(finder.dataset.asks)) return;
  const form = finder.closest("form");
  const answer = await act("suggest", { shown: form.dataset.shown, place: finder.dataset.place, typed });
  const found = finder.querySelector(".found");
  found.dataset.kept = "";
  for (const choice of [...found.children]) if (!choice.querySelector(":checked")) choice.remove();
  const chosen = new Set([...found.querySelectorAll("input")].map((each) => each.value));
  for (const [value, words] of answer.options ?? []) if (!chosen.has(value)) found.append(choiceOf(finder, value, words));
  if (!found.children.length) found.textContent = "Nothing found.";
}

function choiceOf(finder, value, words) {
  const input = Object.assign(document.createElement("input"), {
    type: "many" in finder.dataset ? "checkbox" : "radio",
    name: finder.dataset.place,
    value,
  });
  const label = Object.assign(document.createElement("label"), { className: "choice" });
  label.append(input, Object.assign(document.createElement("span"), { textContent: words }));
  return label;
}

// Enter selects an option if only one is left, and never submits the form.
function chooseOnlyOne(event) {
  event.preventDefault();
  const left = [...event.target.closest(".finder").querySelectorAll(".choice:not([hidden]) input:not(:checked)")];
  if (left.length === 1) left[0].click();
}

function limit(finder) {
  const most = Number(finder.dataset.most ?? Infinity);
  const boxes = [...finder.querySelectorAll("input[type=checkbox]")];
  const isFull = boxes.filter((each) => each.checked).length >= most;
  for (const box of boxes) box.disabled = isFull && !box.checked;
}
