// Handlers for the bot's buttons, menus and fields.

const busy = new Set();
const written = new WeakMap();
const PATIENCE = 350;

// Values of a form by field name; an empty field is an empty list.
export function fieldsOf(form) {
  const fields = {};
  for (const element of form.elements) {
    if (!element.name) continue;
    fields[element.name] ??= [];
    const isLeftOut = ["checkbox", "radio"].includes(element.type) && !element.checked;
    if (!isLeftOut && element.value) fields[element.name].push(element.value);
  }
  return fields;
}

export async function use(act, element, place, value = "") {
  const form = element.closest("form.drawn");
  const key = `${form.dataset.shown} ${place}`;
  if (busy.has(key)) return;
  busy.add(key);
  try {
    const body = { shown: form.dataset.shown, place, value, fields: fieldsOf(form) };
    await confirmed(act, "use", body);
  } finally {
    busy.delete(key);
  }
}

// Perform an action, after a confirmation if it needs one.
export async function confirmed(act, deed, body, how) {
  const answer = await act(deed, body, how);
  if (!answer.confirm) return answer;
  return (await isConfirmed(answer.confirm)) ? act(deed, { ...body, confirmed: true }, how) : answer;
}

function isConfirmed(html) {
  const ask = document.getElementById("ask");
  ask.innerHTML = html;
  ask.showModal();
  return new Promise((resolve) => {
    ask.onclose = () => resolve(ask.returnValue === "yes");
    ask.returnValue = "no";
    ask.onclick = (event) => {
      const button = event.target.closest("button");
      if (button) ask.close(button.value);
    };
  });
}

async function submit(act, form) {
  if (busy.has(form.id)) return;
  busy.add(form.id);
  try {
    const answer = await act("submit", { shown: form.dataset.shown, fields: fieldsOf(form) });
    if (Object.keys(answer.problems ?? {}).length) {
      document.querySelector("#modal .wrong :is(input, select, textarea)")?.focus();
    }
  } finally {
    busy.delete(form.id);
  }
}

// Texts and dates report when editing ends, choices at once.
const isWritten = (element) => element.matches("textarea, input:not([type=radio]):not([type=checkbox])");

export function listen(act) {
  let soon;
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-place][data-value]");
    if (pressed) use(act, pressed, pressed.dataset.place, pressed.dataset.value);
    const closing = event.target.closest("[data-close]");
    if (closing) act("close", { everything: closing.dataset.close === "everything" });
  });
  document.addEventListener("change", (event) => {
    const element = event.target;
    if (!element.matches("[data-tells]") || isWritten(element)) return;
    // Debounced: arrow keys pass other options on their way.
    clearTimeout(soon);
    soon = setTimeout(() => use(act, element, element.dataset.tells), PATIENCE);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-tells]") && isWritten(target)) written.set(target, target.value);
  });
  document.addEventListener("focusout", ({ target }) => tellWritten(act, target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[data-tells]") || !isWritten(event.target)) return;
    event.preventDefault();
    tellWritten(act, event.target, { always: true });
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.drawn, form.modal")) return;
    event.preventDefault();
    if (event.target.matches("[data-modal]")) submit(act, event.target);
  });
}

function tellWritten(act, element, { always = false } = {}) {
  if (!element.matches?.("[data-tells]") || !isWritten(element) || !element.isConnected) return;
  if (!always && written.get(element) === element.value) return;
  written.set(element, element.value);
  use(act, element, element.dataset.tells);
}
