// Make what stands in the page look like freshly drawn HTML, and touch nothing else: what somebody types, has chosen,
// opened or focused stays as it is, and so do the insides that were filled here (data-kept).

const KEPT = new Set(["open", "data-kept"]);

export function morph(container, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  children(container, fresh.content);
}

function children(old, fresh) {
  const byId = new Map([...old.children].filter((each) => each.id).map((each) => [each.id, each]));
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
  if (next.id) return byId.get(next.id);
  const alike = at && at.nodeType === next.nodeType && at.nodeName === next.nodeName && !at.id;
  return alike ? at : null;
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
