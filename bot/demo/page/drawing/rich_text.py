"""Rich text blocks as HTML: paragraphs, lists, quotes and code. Their text is never parsed."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from bot.demo.page.drawing.emoji import emoji
from bot.demo.page.drawing.links import link
from bot.demo.page.drawing.names import Names
from bot.demo.page.drawing.tags import Name, tag
from bot.slacksim.state import Json

STYLES: Mapping[str, Name] = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}
PARAGRAPHS: Mapping[str, Name] = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}
LISTS = {
    "bullet": Markup('<ul class="indent-{}">{}</ul>'),
    "ordered": Markup('<ol class="indent-{}">{}</ol>'),
}
Draw = Callable[[Json, Names], Markup]


def rich_text(block: Json, names: Names) -> Markup:
    return Markup("").join(_paragraph(part, names) for part in block.get("elements", []))


def _paragraph(part: Json, names: Names) -> Markup:
    kind, inside = part.get("type", ""), part.get("elements", [])
    if kind == "rich_text_list":
        items = Markup("").join(tag("li", _pieces(each.get("elements", []), names)) for each in inside)
        shape = LISTS.get(part.get("style", ""), LISTS["bullet"])
        return shape.format(int(part.get("indent", 0)), items)
    return tag(PARAGRAPHS.get(kind, "p"), _pieces(inside, names))


def _pieces(pieces: list[Json], names: Names) -> Markup:
    return Markup("").join(_piece(each, names) for each in pieces)


def _piece(piece: Json, names: Names) -> Markup:
    drawn = PIECES.get(piece.get("type", ""), _unknown)(piece, names)
    for style, name in STYLES.items():
        if piece.get("style", {}).get(style):
            drawn = tag(name, drawn)
    return drawn


def _text(piece: Json, names: Names) -> Markup:
    return Markup("<br>").join(piece["text"].split("\n"))


def _moment(piece: Json, names: Names) -> Markup:
    return names.moment(int(piece["timestamp"]), piece["format"])


def _unknown(piece: Json, names: Names) -> Markup:
    return Markup("{}").format(piece.get("text") or f"({piece.get('type')})")


PIECES: Mapping[str, Draw] = {
    "text": _text,
    "user": lambda it, names: names.person(it["user_id"]),
    "usergroup": lambda it, names: names.group(it["usergroup_id"]),
    "channel": lambda it, names: names.channel(it["channel_id"]),
    "emoji": lambda it, names: emoji(it["name"]),
    "link": lambda it, names: link(it["url"], it.get("text", "")),
    "date": _moment,
    "broadcast": lambda it, names: names.everyone(it["range"]),
}
