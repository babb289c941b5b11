// One person's view of the workspace: rendered on the server, polled for updates here.

import { listen as listenToComposers } from "./composer.js";
import { listen as listenToFinders } from "./finder.js";
import { listen as listenToForms } from "./forms.js";
import { listen as listenToMenus } from "./menus.js";
import { listen as listenToMessages } from "./messages.js";
import { morph } from "./morph.js";
import { listen as listenToSheets, narrowAgain } from "./sheets.js";
import { post, say, toast } from "./talk.js";

const { person, place, thread } = document.body.dataset;
const CONTAINERS = {
  clock: "clock",
  side: "side",
  title: "title",
  main: "drawn",
  thread: "replies",
  modal: "modal",
  me: "me",
  channel: "channel",
  profile: "profile",
  members: "members",
};
const EVERY = 700;
const drawn = {};
let version = Number(document.body.dataset.version);
let seen = document.body.dataset.seen;

export const as = `/as/${person}`;

// Perform an action as this person. The response contains the updated page.
export async function act(deed, body, how) {
  const answer = await post(`${as}/do/${deed}`, { ...body, place_shown: place, thread_shown: thread, seen }, how);
  if (answer.goes_to) location.assign(answer.goes_to);
  if (answer.parts) show(answer);
  return answer;
}

function show(answer) {
  if (answer.version < version) return;
  version = answer.version;
  for (const [name, html] of Object.entries(answer.parts)) {
    const container = document.getElementById(CONTAINERS[name]);
    if (!container || drawn[name] === html) continue;
    drawn[name] = html;
    keepingTheFocus(container, () => keepingTheEnd(container, () => morph(container, html)));
  }
  showModal();
  narrowAgain();
  tell(answer);
}

// If the focused element is gone, focus its container, so that Tab continues from there.
function keepingTheFocus(container, change) {
  const hadFocus = container.contains(document.activeElement);
  change();
  if (hadFocus && !container.contains(document.activeElement)) {
    (container.closest("[tabindex], dialog") ?? document.getElementById("main")).focus({ preventScroll: true });
  }
}

// Stay at the bottom after new messages, but don't scroll if the reader has scrolled up.
function keepingTheEnd(container, change) {
  const scroll = container.closest(".scroll");
  const atEnd = scroll && place !== "home" && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
  change();
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
}

function tell(answer) {
  seen = answer.seen ?? seen;
  const news = answer.news ?? [];
  if (news.length) say(news.map((each) => `${each.where}: ${each.text}`).join(". "));
  for (const each of news) {
    if (each.channel !== place) toast(each.text, { address: each.address, where: each.where });
  }
}

// The top modal, as a dialog that traps the focus until it is closed

const modal = document.getElementById("modal");
let shownView = null;

function showModal() {
  const view = modal.querySelector("form")?.id ?? null;
  if (view === shownView) return;
  shownView = view;
  if (!view) return modal.close();
  if (!modal.open) modal.showModal();
  const first = modal.querySelector("[autofocus], .fields input, .fields select, .fields textarea, .fields button");
  (first ?? modal.querySelector("footer button:last-child")).focus();
}

modal.addEventListener("cancel", (event) => {
  event.preventDefault();
  act("close", {});
});

async function stayFresh() {
  const asked = new URLSearchParams({ since: version, thread, seen });
  try {
    const answer = await fetch(`${as}/${place}/parts?${asked}`);
    if (answer.status === 200) show(await answer.json());
    if (answer.status === 404) return location.assign(as);
  } catch {
    say("The demo is not running any more.");
  }
  setTimeout(stayFresh, document.hidden ? EVERY * 5 : EVERY);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pace], [data-jump]");
  if (button) post("/time", { pace: button.dataset.pace ?? "", jump: button.dataset.jump ?? "", person });
  const power = event.target.closest("[data-power]");
  if (power) post("/power", { on: power.dataset.power === "on" });
});

for (const scroll of document.querySelectorAll(".scroll")) {
  if (place !== "home") scroll.scrollTop = scroll.scrollHeight;
}
listenToMenus();
listenToForms(act);
listenToFinders(act);
listenToMessages(act);
listenToSheets(act);
listenToComposers(act);
showModal();
stayFresh();
document.body.dataset.ready = "";
