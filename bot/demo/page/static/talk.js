// Requests to the server, and notifications about their results.

export async function post(address, body, { quietly = false } = {}) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({ problem: "That was too much, or nobody understood it." }));
    if (said.problem && !quietly) toast(said.problem, { isProblem: true });
    return said;
  } catch {
    toast("The demo is not running any more. Start it again with weft demo.", { isProblem: true });
    return { problem: "gone" };
  }
}

export function say(words) {
  document.getElementById("live").textContent = words;
}

const SHOWN_FOR = 9000;

export function toast(words, { isProblem = false, address = null, where = "" } = {}) {
  const shown = document.createElement(address ? "a" : "p");
  if (address) shown.href = address;
  if (isProblem) shown.setAttribute("role", "alert");
  shown.className = isProblem ? "toast problem" : "toast";
  if (where) shown.append(Object.assign(document.createElement("strong"), { textContent: where }), " ");
  shown.append(words);
  const toasts = document.getElementById("toasts");
  toasts.append(shown);
  while (toasts.children.length > 3) toasts.firstChild.remove();
  // On top of open dialogs.
  toasts.hidePopover();
  toasts.showPopover();
  setTimeout(() => shown.remove(), SHOWN_FOR);
}
