"""Parsing of command texts into people, groups and plain text."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

CONTROL = re.compile(r"<([^<>\n]+)>")
PERSON = re.compile(r"@([UW][A-Z0-9]+)(?:\|.*)?")
GROUP = re.compile(r"!subteam\^(S[A-Z0-9]+)(?:\|.*)?")
CHANNEL_MENTION = re.compile(r"!(channel|here|everyone|group)(?:\|.*)?")
TYPED_CHANNEL_MENTION = re.compile(r"@(channel|here|everyone)\b", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"[\s,;&+]*(?:and\s+)?[\s,;&+]*", re.IGNORECASE)

MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
"""Mention as stored in texts."""
EMOJI = re.compile(r"(?<!\w):[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*(?:::skin-tone-[2-6])?:")
LEAST_LETTERS = 20
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Typed:
    """Parsed text of a command."""

    people: tuple[str, ...]
    """Ids of the people named at the beginning, or else anywhere in the text."""
    groups: tuple[str, ...]
    words: str
    mentions_channel: bool
    """Whether `@channel` or the like is among the names at the beginning."""


def read_line(line: str) -> Typed:
    """Parse a command text as Slack sends it: `@ana, @ben and @support for the quick fix`."""
    parts = list(parts_of(line))
    people, groups, mentions_channel = list[str](), list[str](), False
    while parts:
        kind, value = parts[0]
        if kind == "text":
            rest = value[BETWEEN_NAMES.match(value).end() :]  # type: ignore[union-attr]  # it matches nothing as well
            calls = TYPED_CHANNEL_MENTION.match(rest)
            if calls is None and (rest or len(parts) == 1):
                parts[0] = ("text", rest if people or groups or mentions_channel else value)
                break
            mentions_channel = mentions_channel or calls is not None
            parts[0:1] = [("text", rest[calls.end() :])] if calls is not None else []
            continue
        if kind not in {"person", "group", "everybody"}:
            break
        mentions_channel = mentions_channel or kind == "everybody"
        (people if kind == "person" else groups if kind == "group" else []).append(value)
        parts.pop(0)
    words = "".join(written(kind, value) for kind, value in parts).strip()
    if not people and not groups:
        people = mentioned(words)
    return Typed(once(people), once(groups), words, mentions_channel)


def parts_of(line: str) -> Iterator[tuple[str, str]]:
    """Split a text into (kind, value) tokens. Slack escapes user text and puts its own tokens in angle brackets."""
    ends = 0
    for match in CONTROL.finditer(line):
        if match.start() > ends:
            yield "text", unescape(line[ends : match.start()])
        yield part(match[1], match[0])
        ends = match.end()
    if ends < len(line):
        yield "text", unescape(line[ends:])


def part(inner: str, whole: str) -> tuple[str, str]:
    if person := PERSON.fullmatch(inner):
        return "person", person[1]
    if group := GROUP.fullmatch(inner):
        return "group", group[1]
    if everyone := CHANNEL_MENTION.fullmatch(inner):
        return "everybody", everyone[1]
    target, _, label = inner.partition("|")
    if target.startswith(("http://", "https://")):
        return "text", target  # The link's label may be forged, its target can't be.
    if inner.startswith("#"):
        return "text", f"#{label or target[1:]}"
    return "text", label if label and target.startswith(("!", "mailto:", "tel:")) else unescape(whole)


def written(kind: str, value: str) -> str:
    match kind:
        case "person":
            return f"<@{value}>"
        case "everybody":
            return f"@{value}"
        case "group":
            return ""
        case _:
            return value


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def mentioned(words: str) -> list[str]:
    return MENTION.findall(words)


def by_name(words: str, names: Mapping[str, str]) -> str:
    """Replace mentions with names, for form fields, which can't show mentions: `@Ana Ruiz`."""
    return MENTION.sub(lambda match: f"@{names.get(match[1], match[1])}", words)


def by_mention(words: str, names: Mapping[str, str]) -> str:
    """Replace names with mentions again, longest first, since one name may start with another."""
    for person_id, name in sorted(names.items(), key=lambda one: len(one[1]), reverse=True):
        words = words.replace(f"@{name}", f"<@{person_id}>")
    return words


def without_strangers(words: str, known: Collection[str]) -> str:
    """Turn mentions of unknown ids into plain text, because Slack would reject them."""
    return MENTION.sub(lambda match: match[0] if match[1] in known else f"@{match[1]}", words)


def substance(words: str) -> str:
    """Return the letters, digits and symbols of other scripts, without mentions, emoji and punctuation."""
    bare = EMOJI.sub("", MENTION.sub("", words))
    return "".join(letter for letter in bare if unicodedata.category(letter)[0] in "LNZ").strip()


def says_little(words: str) -> bool:
    return len(substance(words)) < LEAST_LETTERS


def read_sentence(line: str) -> str:
    """Parse a command text that has no names at the beginning."""
    return "".join(written(kind, value) for kind, value in parts_of(line)).strip()
