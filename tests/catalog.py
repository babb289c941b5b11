"""All texts of the catalog, found in the modules where features keep them."""

import ast
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.core.catalog import Plural, Text

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Entry:
    module: str
    name: str
    text: Text
    situation: str
    """Who reads it and when, as the comment above says."""

    @property
    def templates(self) -> list[str]:
        return [self.text.one, self.text.template] if isinstance(self.text, Plural) else [self.text.template]


@cache
def modules() -> list[str]:
    """Paths of all modules with texts: `texts.py`, what is in a folder `texts`, and the deck of questions."""
    found = [*ROOT.glob("bot/**/texts.py"), *ROOT.glob("bot/**/texts/*.py"), *ROOT.glob("bot/**/deck.py")]
    found += ROOT.glob("bot/coffee/program/kinds/*.py")
    paths = {path.relative_to(ROOT).as_posix() for path in found if path.name != "__init__.py"}
    return sorted(paths)


@cache
def entries() -> list[Entry]:
    return [entry for path in modules() for entry in entries_of(path)]


def entries_of(path: str) -> Iterator[Entry]:
    source = (ROOT / path).read_text()
    module = import_module(path.removesuffix(".py").replace("/", "."))
    said = situations(ROOT / path)
    seen = set[int]()
    for node in ast.parse(source).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for name in [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]:
            for text in texts_in(getattr(module, name)):
                if id(text) not in seen:
                    seen.add(id(text))
                    yield Entry(path, name, text, said.get(node.lineno, ""))


def texts_in(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        yield from texts_in([getattr(value, each.name) for each in fields(value)])
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in texts_in(each))
    elif isinstance(value, tuple | list):
        yield from (text for each in value for text in texts_in(each))


def situations(path: Path) -> dict[int, str]:
    """The comment that holds for each line: it stands above a group of lines, up to the next empty one."""
    lines = path.read_text().splitlines()
    comments = {}
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type == tokenize.COMMENT and not lines[token.start[0] - 1][: token.start[1]].strip():
                comments[token.start[0]] = token.string.lstrip("# ")
    held: dict[int, str] = {}
    said, is_open = "", False
    for number, line in enumerate(lines, 1):
        if number in comments:
            said, is_open = (f"{said} {comments[number]}" if is_open else comments[number]), True
        else:
            said, is_open = ("" if not line.strip() else said), False
            held[number] = said
    return held


PLACE = re.compile(r"\{\w+\}")
