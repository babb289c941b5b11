// Handlers for reactions, shortcuts, ephemeral messages and new channels.

const whereOf = (element) => {
  const [, channel, ts] = element.closest(".message").querySelector("form.drawn").dataset.shown.split("|");
  return { channel, ts };
};

export function listen(act) {
  document.addEventListener("click", ({ target }) => {
    const reaction = target.closest("[data-react]");
    if (reaction) act("react", { ...whereOf(reaction), emoji: reaction.dataset.react });
    const shortcut = target.closest("[data-shortcut]");
    if (shortcut) {
      const where = shortcut.closest(".message") ? whereOf(shortcut) : {};
      act("shortcut", { ...where, callback_id: shortcut.dataset.shortcut });
    }
    const dismissed = target.closest("[data-dismiss]");
    if (dismissed) act("dismiss", whereOf(dismissed));
  });
  document.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return;
    if (event.target.id === "new-channel") act("new-channel", { name: event.target.value });
    if (!event.target.matches(".other-emoji")) return;
    event.preventDefault();
    const input = event.target;
    const answer = await act("react", { ...whereOf(input), emoji: input.value });
    if (answer.problem) return;
    input.value = "";
    input.closest("details").open = false;
  });
}
