"""Promises of a written coffee: what people write goes to those for whom they wrote it, once, when all have."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.coffee.life.seen import Seen
from tests.weft import words

SHOWN = "Your async coffee is ready"
THOUGHT = re.compile(r"(\w+)'s thought \d+\.")


def what_people_write_is_read_by_nobody_else(seen: Seen) -> Iterator[str]:
    meant_for = {thought.words: thought.to for those in seen.life.wrote.values() for thought in those.values()}
    for message, thoughts in with_thoughts(seen.new_messages()):
        names = set(seen.life.readers(message))
        for thought in thoughts & meant_for.keys():
            if not names <= meant_for[thought]:
                yield f"{names} read {thought}, which was written for {set(meant_for[thought])}"


def what_people_write_is_shown_when_all_of_them_have_written(seen: Seen) -> Iterator[str]:
    for message, thoughts in with_thoughts(seen.new_messages()):
        wrote = {THOUGHT.match(thought)[1] for thought in thoughts}
        if wrote != set(seen.life.readers(message)):
            yield f"{seen.life.readers(message)} read what only {wrote} have written"


def what_people_write_is_shown_once(seen: Seen) -> Iterator[str]:
    times = Counter(one for _, thoughts in with_thoughts(message for _, message in seen.posted) for one in thoughts)
    yield from (f"{thought} came {n} times" for thought, n in times.items() if n > 1)


def who_all_have_written_see_it(seen: Seen) -> Iterator[str]:
    """The last that each of them wrote."""
    shown = {one for _, thoughts in with_thoughts(message for _, message in seen.posted) for one in thoughts}
    for match in seen.running_matches if seen.looked else ():
        names, wrote = set(seen.names(match)), seen.life.wrote[match.id]
        last = {wrote[name].words for name in names & wrote.keys() if names <= wrote[name].to}
        if match.questions and len(last) == len(names) and not last <= shown:
            yield f"{names} have all written, and see nothing of {last - shown}"


def with_thoughts(messages) -> Iterator[tuple[Any, set[str]]]:
    for message in messages:
        if SHOWN in message.text:
            yield message, {found[0] for found in THOUGHT.finditer(words(message))}
