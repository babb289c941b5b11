"""Every button of coffee, in whatever message or window: with a value that nobody gave it, by somebody who is not
meant, weeks later, after leaving, twice. A sentence each time, and nothing of anybody else's is touched.
"""

import sqlite3
from datetime import timedelta
from functools import partial

import pytest

from bot.slacksim import payloads
from bot.slacksim.acting import Said
from bot.slacksim.state import elements_in
from tests.beginnings import begins_when
from tests.coffee.stories import opened
from tests.coffee.walking import OURS, act, live, looked_at, starts, views
from tests.slack.seen import SORRY, errors
from tests.weft import words

pytestmark = pytest.mark.slow

everything = begins_when(live)

VALUES = ("", "banana", "\u00b2", "-1", "999999", "9" * 1900, "match:999999", "999999:x|y,z")
FEW = ("banana", "9" * 1900)


def in_messages(*people):
    """Each button that they got in a message, once for each kind."""
    found = {}
    for person in people:
        for message in person.sees():
            for block, element in elements_in(message.blocks):
                if element["action_id"].startswith(OURS):
                    found.setdefault(element["action_id"], (person, message, block, element))
    return list(found.values())


def press(person, message, block, element):
    """Whoever it was sent to. Returns what they read."""
    workspace = person.workspace
    workspace.clock.advance(timedelta(seconds=1))
    if person.modal is not None:
        person.close(everything=True)
    where = workspace.channels[message.channel_id]
    address, url = payloads.new_response_url(workspace, person.user, where, message)
    said = Said(person, url, len(workspace.ephemerals.get(person.id, ())))
    drawn = payloads.shown_in_message(message, where, {}) | {"response_url": address}
    pressed = {"actions": [payloads.action(block, element, None, person._moment())]}
    person._send("interactive", person._begun("block_actions") | drawn | pressed)
    in_its_place = words(message) if url.uses and not said.messages else ""
    return words(said) + in_its_place + (words(person.modal) if person.modal else "")


def test_a_button_with_a_value_that_nobody_gave_it_is_answered_with_a_sentence(weft, everything, caplog):
    for person, *drawn, element in in_messages(*everything.everyone):
        for value in VALUES:
            said = press(person, *drawn, element | {"value": value})

            assert said, (element["action_id"], value[:20])
            assert SORRY not in said
    assert errors(caplog) == []


def test_nor_does_one_in_home_or_in_a_window_break_anything(weft, everything, workspace, caplog):
    tried = set()
    ways = [way for way, view in views(everything.alma) if not view.drawn.get("submit")]
    for person in (everything.alma, everything.ana):
        for start in starts(person):
            press_all(person, partial(looked_at, person, start), tried)
    for way in ways:
        press_all(way.person, way.go, tried)

    assert errors(caplog) == []
    asked = ("conversations.info", "conversations.join")
    assert [call for call in workspace.calls if call.error and call.method not in asked] == []


def press_all(person, look, tried):
    for name in {element["action_id"] for _, element in elements_of(look())} - tried:
        tried.add(name)
        for value in FEW:
            shown = look()
            for block, element in elements_of(shown):
                if element["action_id"] == name:
                    act(person, shown, block, element | {"value": value})
                    break


def elements_of(shown):
    there = elements_in(shown.blocks) if shown is not None else ()
    return [one for one in there if one[1]["type"] == "button" and one[1]["action_id"].startswith(OURS)]


def test_what_was_meant_for_somebody_else_tells_a_stranger_so_and_changes_nothing(weft, everything, caplog):
    looking = sqlite3.connect(weft.bot.db.engine.url.database)
    before = looking.execute("PRAGMA data_version").fetchone()
    for stranger in (everything.eve, everything.guest):
        for _, *drawn in in_messages(*everything.everyone):
            assert press(stranger, *drawn), drawn[-1]["action_id"]

    assert looking.execute("PRAGMA data_version").fetchone() == before
    assert errors(caplog) == []
    looking.close()


def test_weeks_later_and_after_leaving_a_program_that_was_stopped_every_old_button_still_answers(
    weft, everything, caplog
):
    there = in_messages(*everything.everyone)
    weft.clock.advance(timedelta(days=30))
    weft.settle()
    for ended in (lambda: None, lambda: leave(everything), lambda: stop(everything.alma)):
        ended()
        for _ in range(2):
            for drawn in there:
                said = press(*drawn)

                assert said, drawn[-1]["action_id"]
                assert SORRY not in said
    assert errors(caplog) == []


def leave(team):
    for one in team.everyone:
        one.command("/coffee", "leave")


def stop(admin):
    opened(admin)
    admin.press("Stop")
