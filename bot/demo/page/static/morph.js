// DOM diffing: update the page to match new HTML. Input, selections, open elements and the focus are kept, and so is
// the content of elements filled by scripts (data-kept).

const KEPT = new Set(["open", "data-kept"]);

export function morph(container, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  children(container, fresh.content);
}

function children(old, fresh) {
  const byId = new Map([...old.children].filter((each) => each.id).map((each) => [each.id, each]));
  // Remove first: then no remaining element has to be moved, which would cost it the focus.
  const staying = new Set([...fresh.children].filter((each) => each.id).map((each) => counterpart(each, null, byId)));
  for (const each of byId.values()) if (!staying.has(each)) each.remove();
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const same = counterpart(next, at, byId);
    if (!same) {
      old.insertBefore(next, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    node(same, next);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function counterpart(next, at, byId) {
  const old = next.id ? byId.get(next.id) : at;
  return old && (old.id ?? "") === (next.id ?? "") && isSameKind(old, next) ? old : null;
}

// Fields are reused only with the same name and type; otherwise a text box might stay where a select is due.
function isSameKind(old, next) {
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) return false;
  if (old.nodeType !== Node.ELEMENT_NODE) return true;
  return ["name", "type"].every((each) => old.getAttribute(each) === next.getAttribute(each));
}

function node(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.isEqualNode(fresh)) return;
  attributes(old, fresh);
  if (!("kept" in old.dataset)) children(old, fresh);
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !KEPT.has(name)) old.setAttribute(name, value);
  }
}
