"""How Weft speaks: every text that people read is in a catalog and keeps to the voice."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from bot.core.blocks import BUTTON, button
from bot.core.catalog import Button, Label, Plural, Text
from bot.core.mrkdwn import INVISIBLE, cut_mrkdwn, plain
from tests.catalog import PLACE, ROOT, Entry, entries, modules
from tests.copy_deck import deck

NOT_FOR_SLACK = ("bot/cli/", "bot/health/", "bot/demo/", "bot/slacksim/", "bot/matching/")

NOT = r"\b(do|does|did|is|are|was|were|have|has|had|can|could|will|would|should) ?not\b"
BANNED = [
    r"\b(some|every|no|any)body\b",
    r"\bwhom\b|\bwhoever\b|\bthose who\b|\bof which\b",
    r"\bnoted\b",
    r"\bany more\b",
    r"\bI (am|will|have)\b|\byou (will|have (?:not|been|already))\b|\b(it|that) is (?!it\b)|\byou are (?!\?)",
    NOT,
    r"\bsays nothing\b|\bhears? of\b|\bgoes by\b|\bown word\b",
    r"\bseconding\b|\bseconded\b|\bcaptain\b|\bwish(es)? met\b|\bppm\b|\bbudget\b|\bfading\b",
    r"\bunfortunately\b|\bjust a reminder\b|\bdon't forget\b|\bstreak\b|\bplease note\b|\bkindly\b",
    r"\bcolour|\bfavourite|\borganis|\brecognis|\bcentre\b",
]
ALLOWED: dict[str, str] = {}
"""Texts that may break a rule, by name, with the reason."""

BUILDERS = {
    *("section", "sections", "context", "header", "button", "confirmed", "option", "field", "select", "form", "window"),
    *("Message", "respond", "reply"),
}
LONGEST_TEXT, LONGEST_SENTENCE = 40, 22
"""In words."""
SENTENCE = re.compile(r"(?<=[.!?])\s|\n")
WORD = re.compile(r"\S*[^\W\d]\S*")
WORDS = re.compile(r"[A-Za-z']{2,}\W+[A-Za-z']{2,}")


def every(kind: type[Text]) -> list[tuple[str, Entry]]:
    return [(f"{one.module}:{one.name}", one) for one in entries() if isinstance(one.text, kind)]


def test_no_text_has_a_word_or_a_habit_that_we_dropped():
    found = [
        (name, match[0])
        for name, entry in every(Text)
        for text in entry.templates
        for rule in BANNED
        if (match := re.search(rule, text, re.IGNORECASE)) and entry.name not in ALLOWED
    ]

    assert found == []


def test_a_text_is_warm_once_and_has_no_stray_spaces():
    texts = [(name, text) for name, entry in every(Text) for text in entry.templates]

    assert [name for name, text in texts if text.count("!") > 1] == []
    assert [name for name, text in texts if len(re.findall(r":[a-z_]+:", text)) > 2] == []
    assert [name for name, text in texts if text != text.strip() or "  " in text] == []


def test_nothing_takes_long_to_read():
    texts = [(name, text) for name, entry in every(Text) for text in entry.templates]

    assert [name for name, text in texts if len(text.split()) > LONGEST_TEXT and "\n" not in text] == []
    assert [
        (name, sentence)
        for name, text in texts
        for sentence in SENTENCE.split(text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ] == []


def test_a_button_says_in_three_words_what_happens():
    labels = [(name, entry.text.template) for name, entry in every(Button)]

    assert [name for name, label in labels if not 1 <= len(WORD.findall(PLACE.sub("", label))) <= 3] == []
    assert [name for name, label in labels if label.endswith(".")] == []


def test_every_text_says_who_reads_it_and_when():
    assert [name for name, entry in every(Text) if not entry.situation] == []


def test_both_forms_of_a_plural_have_the_same_places():
    forms = [
        (name, *({*PLACE.findall(text)} | {"{count}"} for text in entry.templates)) for name, entry in every(Plural)
    ]

    assert [name for name, one, many in forms if one != many] == []


def name(entry: Entry) -> str:
    return f"{entry.module}:{entry.name}"


HOSTILE = {
    "very long": "Bartholomew-Maximilian & Söhne " * 20,
    "right to left": "\u202e\u05e9\u05dc\u05d5\u05dd\u2066 (Sales)",
    "one letter": "J",
    "calls everyone": "<!channel> <@U1> <!subteam^S1>",
    "a link": "<https://evil.test|Home>",
    "bold": "*bold* _and_ ~more~ `code`",
    "an entity": "R&D &lt;!here&gt; &",
    "braces": "{names} {0} {}",
    "unseen": "\u200b\u3164",
}
"""Names that people can give themselves, their teams and their programs."""
FORGED = re.compile(r"<|&(?!amp;|lt;|gt;)")
HALF_AN_ENTITY = re.compile(r"&\w{0,3}…?$")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_name_can_forge_a_mention_a_link_or_a_date(value):
    for entry in entries():
        for count in (1, 2):
            said = filled(entry.text, value, count)
            if isinstance(entry.text, Label):
                assert plain(value) in said or not entry.text.places - {"count"}, name(entry)
                assert len(button(said, "action")["text"]["text"]) <= BUTTON, name(entry)
            else:
                own = "".join(entry.templates)
                assert FORGED.findall(said) == [] or FORGED.search(own), name(entry)
                cuts = [cut_mrkdwn(said, longest) for longest in range(20, min(len(said), 120))]
                assert [cut for cut in cuts if HALF_AN_ENTITY.search(cut)] == [], name(entry)
            assert INVISIBLE.search(said.replace("\n", "")) is None, name(entry)


def filled(text: Text, value: str, count: int) -> str:
    return text(**dict.fromkeys(text.places, value) | ({"count": count} if isinstance(text, Plural) else {}))


@cache
def sources() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("bot/**/*.py"))


@cache
def tree_of(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


@cache
def catalogs_of(path: str) -> dict[str, str]:
    """The names under which a module knows catalogs, and their paths."""
    known = {}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                catalog = f"{node.module}.{alias.name}".replace(".", "/") + ".py"
                if catalog in modules():
                    known[alias.asname or alias.name] = catalog
    return known


@cache
def imported(path: str) -> dict[str, tuple[str, str]]:
    """The names under which a module knows single texts: path of the catalog, and name there."""
    return {
        alias.asname or alias.name: (catalog, alias.name)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module
        for catalog in [node.module.replace(".", "/") + ".py"]
        if catalog in modules()
        for alias in node.names
    }


def calls(path: str) -> Iterator[tuple[int, str, str, set[str | None]]]:
    """Texts that a module fills: line, path of the catalog, name, and the places it gives."""
    known, single = catalogs_of(path), imported(path)
    for node in ast.walk(tree_of(path)):
        match node:
            case (
                ast.Call(func=ast.Attribute(value=ast.Name(id=alias), attr=name))
                | ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id=alias), attr=name), attr="plain"))
            ) if alias in known:
                yield node.lineno, known[alias], name, {keyword.arg for keyword in node.keywords}
            case ast.Call(func=ast.Name(id=alias)) if alias in single:
                yield node.lineno, *single[alias], {keyword.arg for keyword in node.keywords}


def test_every_place_of_a_text_is_filled_where_it_is_said():
    texts = {(entry.module, entry.name): entry.text for entry in entries()}
    for path in sources():
        for line, catalog, name, given in calls(path):
            text = texts.get((catalog, name))
            if text is not None and None not in given:
                needed = text.places | ({"count"} if isinstance(text, Plural) else set())
                assert given == needed, f"{path}:{line} {name}"


def test_every_text_is_said_somewhere():
    said = {
        (known[node.value.id], node.attr)
        for path in sources()
        for known in [catalogs_of(path)]
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
    }
    said |= {single for path in sources() for single in imported(path).values()}
    inside = {
        (path, node.id)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }

    assert {(entry.module, entry.name) for entry in entries()} - said - inside == set()


def test_no_sentence_is_written_outside_of_a_catalog():
    converted = [path for path in sources() if not path.startswith(NOT_FOR_SLACK)]

    assert [found for path in sorted({*converted} - {*modules()}) for found in sentences(path)] == []


def sentences(path: str) -> Iterator[str]:
    """Words that a module gives to a builder of blocks."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in BUILDERS:
            for value in [*node.args, *(keyword.value for keyword in node.keywords)]:
                yield from (f"{path}:{node.lineno} {words}" for words in literals(value) if WORDS.search(words))


def literals(value: ast.expr) -> list[str]:
    match value:
        case ast.Constant(value=str() as words):
            return [words]
        case ast.JoinedStr(values=values):
            return ["".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in values)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*literals(body), *literals(orelse)]
        case _:
            return []


def test_the_page_of_all_texts_is_fresh():
    assert (ROOT / "docs/texts.md").read_text() == deck(), "write it anew: python -m tests.copy_deck"


def test_texts_escape_and_labels_are_shown_as_they_are():
    assert Text("Hi {name}")(name="<R&D>") == "Hi &lt;R&amp;D&gt;"
    assert Label("Hi {name}")(name="<R&D>") == "Hi <R&D>"
    assert Text("{inner}")(inner=Text("{name}")(name="&")) == "&amp;"
    assert [Plural("{count} person", "{count} people")(count=one) for one in (1, 2000)] == ["1 person", "2,000 people"]
