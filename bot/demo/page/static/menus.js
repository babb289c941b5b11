// Popup menus: one at a time, closed by Escape, a choice or a click elsewhere.

const others = (but) => [...document.querySelectorAll("details.menu[open]")].filter((each) => each !== but);

export function listen() {
  document.addEventListener("click", ({ target }) => {
    const inside = target.closest("details.menu");
    for (const menu of others(inside)) menu.open = false;
    if (inside && target.closest(".items button, .items a")) inside.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const open = others(null);
    if (event.key !== "Escape" || !open.length) return;
    for (const menu of open) menu.open = false;
    open[0].querySelector("summary").focus();
    event.preventDefault();
  });
}
