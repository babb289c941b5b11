"""Slack's mrkdwn as HTML. Every piece of text is escaped here, once."""

import re
from collections.abc import Callable

from markupsafe import Markup

from bot.demo.page.drawing import emoji
from bot.demo.page.drawing.links import link
from bot.demo.page.drawing.names import Names
from bot.demo.page.drawing.tags import Name, tag

FENCE = re.compile(r"```\n?(.+?)\n?```", re.S)
# No alternative spans lines or scans past its own closing sign, so long hostile text stays fast to match.
INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<mark>[^<>\n]+)>"
    r"|(?<![\w*])\*(?=[^\s*])(?P<bold>[^*\n]+)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<italic>[^_\n]+)(?<=\S)_(?![\w_])"
    r"|(?<![\w~])~(?=[^\s~])(?P<strike>[^~\n]+)(?<=\S)~(?![\w~])"
    rf"|{emoji.NAME.pattern.replace('(', '(?P<emoji>', 1)}"
)
TAGS: dict[str, Name] = {"bold": "strong", "italic": "em", "strike": "s"}


def mrkdwn(text: str, names: Names) -> Markup:
    """Render mrkdwn: fenced code as is, everything else line by line."""
    parts = FENCE.split(text)
    drawn = [tag("pre", unescape(part)) if at % 2 else _lines(part, names) for at, part in enumerate(parts)]
    return Markup("").join(drawn)


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(text: str, names: Names) -> Markup:
    drawn: list[Markup] = []
    quoted: list[Markup] = []
    for line in text.split("\n"):
        if line.startswith(("&gt;", ">")):
            quoted.append(inline(line.removeprefix("&gt;").removeprefix(">").strip(), names))
            continue
        drawn += _quote(quoted)
        quoted = []
        drawn.append(inline(line, names))
    return Markup("<br>").join(drawn + _quote(quoted))


def _quote(lines: list[Markup]) -> list[Markup]:
    return [tag("blockquote", Markup("<br>").join(lines))] if lines else []


def inline(text: str, names: Names) -> Markup:
    drawn, end = [], 0
    for match in INLINE.finditer(text):
        drawn += [plain(text[end : match.start()]), _marked(match, names)]
        end = match.end()
    return Markup("").join([*drawn, plain(text[end:])])


def plain(text: str) -> Markup:
    return Markup("{}").format(unescape(text))


def _marked(match: re.Match[str], names: Names) -> Markup:
    kind, inside = match.lastgroup or "", match[match.lastgroup or 0]
    if kind == "code":
        return tag("code", unescape(inside))
    if kind == "mark":
        return _reference(inside, names)
    if kind == "emoji":
        return emoji.emoji(inside)
    return tag(TAGS[kind], inline(inside, names))


def _reference(inside: str, names: Names) -> Markup:
    """Render a token in angle brackets: person, channel, group, date or link."""
    what, _, label = inside.partition("|")
    known: dict[str, Callable[[str], Markup]] = {"@": names.person, "#": names.channel}
    if what[:1] in known:
        return known[what[:1]](what[1:])
    if what.startswith("!"):
        return _special(what[1:], unescape(label), names)
    return link(unescape(what), unescape(label))


def _special(what: str, label: str, names: Names) -> Markup:
    kind, *rest = what.split("^")
    if kind == "date":
        return _moment(rest, label, names)
    if kind == "subteam" and rest:
        return names.group(rest[0])
    return names.everyone(label or kind)


def _moment(parts: list[str], label: str, names: Names) -> Markup:
    """Render `<!date^seconds^pattern^link|label>`, or its label if the date is invalid."""
    seconds, pattern, address = [*parts, "", "", ""][:3]
    try:
        shown = names.moment(int(seconds), pattern)
    except (OverflowError, OSError, ValueError):
        return plain(label)
    return link(address, shown) if address else shown
