"""Writes docs/texts.md, the page of everything that Weft can say: `python -m tests.copy_deck`."""

from itertools import groupby

from bot.core.catalog import Button, Label
from tests.catalog import ROOT, Entry, entries

HEAD = """# Everything Weft says

Every text that people can read in Slack, by feature, with the situation in which they read it. `{names in braces}` are
filled in when it's said. [Buttons] are in brackets; labels of forms are in _italics_.

This page is written by `python -m tests.copy_deck`. To change a text, change it where the heading says.
"""


def deck() -> str:
    parts = [HEAD]
    for module, inside in groupby(entries(), lambda entry: entry.module):
        parts.append(f"## {title(module)}\n\n`{module}`\n")
        for situation, texts in groupby(inside, lambda entry: entry.situation):
            lines = [f"- {shown(entry, template)}" for entry in texts for template in entry.templates]
            parts.append("\n".join([f"**{situation}**\n", *lines]) + "\n")
    return "\n".join(parts)


def title(module: str) -> str:
    folders = module.removeprefix("bot/").removesuffix(".py").split("/")
    return " · ".join(folder for folder in folders if folder != "texts")


def shown(entry: Entry, template: str) -> str:
    one_line = template.replace("\n", " ⏎ ")
    if isinstance(entry.text, Button):
        return f"[{one_line}]"
    return f"_{one_line}_" if isinstance(entry.text, Label) else one_line


if __name__ == "__main__":
    (ROOT / "docs/texts.md").write_text(deck())
