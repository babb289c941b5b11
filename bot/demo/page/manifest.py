"""Commands and shortcuts from the app's manifest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.manifest import read_manifest
from bot.slacksim.state import Json

Features = Mapping[str, Any]
"""The manifest's `features`."""


@dataclass(frozen=True)
class Command:
    name: str
    about: str
    hint: str

    @property
    def words(self) -> list[str]:
        """Return the subcommands in the usage hint: `[join | skip]` lists them; <> and dots mark free text."""
        inside = re.findall(r"\[([^\]]*)\]", self.hint)
        found = [word.strip() for part in inside for word in part.split("|")]
        return [word for word in found if re.fullmatch(r"[a-z][a-z0-9 ]*", word)]


@dataclass(frozen=True)
class Shortcuts:
    everywhere: Sequence[Json]
    message: Sequence[Json]


def commands(features: Features) -> list[Command]:
    told = features.get("slash_commands", ())
    return [Command(one["command"], one["description"], one.get("usage_hint", "")) for one in told]


def shortcuts(features: Features) -> Shortcuts:
    told = features.get("shortcuts", ())
    return Shortcuts(*([one for one in told if one["type"] == kind] for kind in ("global", "message")))


COMMANDS = commands(read_manifest()["features"])
SHORTCUTS = shortcuts(read_manifest()["features"])
