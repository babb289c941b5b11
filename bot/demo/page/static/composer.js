// Message composer: Enter sends, Shift+Enter starts a new line, commands and names are completed.

const MOST = 8;

export function listen(act) {
  for (const composer of document.querySelectorAll(".composer")) {
    const text = composer.querySelector("textarea");
    composer.addEventListener("submit", (event) => {
      event.preventDefault();
      send(act, composer, text);
    });
    text.addEventListener("input", () => {
      grow(text);
      complete(composer, text);
    });
    composer.addEventListener("keydown", (event) => onKey(event, composer, text));
    composer.querySelector(".completion").addEventListener("click", ({ target }) => {
      const chosen = target.closest("button");
      if (chosen) take(composer, text, chosen.dataset.word);
    });
  }
}

async function send(act, composer, text) {
  const words = text.value;
  if (!words.trim()) return;
  write(composer, text, "");
  const answer = await act("say", { channel: composer.dataset.channel, thread: composer.dataset.thread, text: words });
  // Restore a text that could not be sent, unless another one has been started.
  if (answer.problem && !text.value) write(composer, text, words);
  const scroll = composer.parentElement.querySelector(".scroll");
  scroll.scrollTop = scroll.scrollHeight;
}

function write(composer, text, words) {
  text.value = words;
  grow(text);
  hide(composer);
}

function onKey(event, composer, text) {
  const offered = [...composer.querySelectorAll(".completion button")];
  const at = offered.indexOf(document.activeElement);
  if (event.target === text && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    composer.requestSubmit();
  } else if (event.key === "Tab" && !event.shiftKey && event.target === text && offered.length) {
    event.preventDefault();
    take(composer, text, offered[0].dataset.word);
  } else if (event.key === "ArrowUp" && offered.length && (at > 0 || event.target === text)) {
    event.preventDefault();
    offered.at(at > 0 ? at - 1 : -1).focus();
  } else if (event.key === "ArrowDown" && at >= 0) {
    event.preventDefault();
    (offered[at + 1] ?? text).focus();
  } else if (event.key === "Escape" && offered.length) {
    hide(composer);
    text.focus();
  }
}

// A command's subcommands are offered once the command itself is typed.
const isNext = (word, typed) => !word.includes(" ") || typed.includes(" ") || word.startsWith(`${typed} `);

// The command with its subcommands, or the name after an @, up to the cursor.
function begun(text) {
  const before = text.value.slice(0, text.selectionStart);
  if (/^\/\S*( \S*)?$/.test(before)) return before;
  return before.match(/(^|\s)(@[\w.-]*)$/)?.[2] ?? null;
}

function complete(composer, text) {
  const typed = begun(text)?.toLowerCase();
  const known = composer.querySelector("template.known")?.content.children ?? [];
  const fits = ({ dataset: { word, about } }) =>
    word !== typed && isNext(word, typed) && (word.startsWith(typed) || (typed[0] === "@" && about.toLowerCase().startsWith(typed.slice(1))));
  const found = typed ? [...known].filter(fits).slice(0, MOST) : [];
  const list = composer.querySelector(".completion");
  list.replaceChildren(...found.map(({ dataset }) => choice(dataset)));
  list.hidden = !found.length;
}

function choice({ word, about }) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.dataset.word = word;
  button.append(Object.assign(document.createElement("strong"), { textContent: word }), " ", about);
  return button;
}

function take(composer, text, word) {
  const start = text.selectionStart - begun(text).length;
  text.setRangeText(`${word} `, start, text.selectionStart, "end");
  text.focus();
  grow(text);
  complete(composer, text);
}

function hide(composer) {
  composer.querySelector(".completion").replaceChildren();
  composer.querySelector(".completion").hidden = true;
}

function grow(text) {
  text.rows = Math.min(8, text.value.split("\n").length);
}
