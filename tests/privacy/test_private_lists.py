"""In any small company and whatever an admin does, they read the same with and without someone's private list."""

import re
import shutil
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from bot.core.clock import ManualClock
from bot.slacksim import NotPossible, Workspace
from storage.db import Database
from storage.programs import apart
from storage.rounds.rounds import Match
from tests.coffee.stories import opened, set_up
from tests.conftest import APP, MONDAY, start
from tests.numbering import numbered_from
from tests.weft import labels, words

pytestmark = pytest.mark.slow

MOST = 6
PRESSES = {"reshuffle": "Reshuffle", "let meet": "Remove", "send now": "Send now"}
STEPS = [*PRESSES, "keep apart", "look", "a round passes", "someone skips", "someone leaves"]

people = some.integers(0, MOST - 1)
pairs = some.tuples(people, people).filter(lambda two: two[0] != two[1])
steps = some.lists(some.tuples(some.sampled_from(STEPS), pairs), min_size=1, max_size=4)


@given(some.integers(2, MOST), steps, some.lists(pairs, min_size=1, max_size=5))
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_no_admin_finds_out_who_is_on_a_private_list(slack_server, migrated_file, tmp_path_factory, size, steps, lists):
    read = []
    for private in ([], lists):
        file = shutil.copy(migrated_file, tmp_path_factory.mktemp("company") / "weft.sqlite3")
        with company(slack_server, file, size) as (weft, admin, members, channel):
            keep_lists(weft, members, private)
            read.append([(take_step(weft, admin, members, channel, *step), who_met(weft, members)) for step in steps])

    for (without, past), (with_lists, other_past) in zip(*read, strict=True):
        assert without == with_lists
        if past != other_past:
            break  # A round was sent that the lists changed: from here on the companies have another past.


def who_met(weft, members):
    """The matches that were really sent."""
    number = {person.id: place for place, person in enumerate(members)}
    with weft.bot.look() as work:
        sent = work.session.scalars(select(Match).order_by(Match.id)).all()
        return [sorted(number.get(seat.person_id, -1) for seat in match.seats) for match in sent]


@contextmanager
def company(slack_server, file, size):
    with numbered_from(9000):  # The dice go by ids: they have to be the same in both.
        workspace = Workspace(ManualClock(MONDAY), name="Acme", settings=APP)
    slack_server.host(workspace)
    database = Database(f"sqlite:///{file}")
    try:
        weft = start(workspace, slack_server, workspace.clock, database)
        admin = workspace.add_person("Alma Reyes", tz="Europe/Berlin", is_admin=True)
        members = [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(size)]
        channel = workspace.add_channel("coffee", members=members)
        weft.tick()
        set_up(admin, channel)
        weft.settle()
        yield weft, admin, members, channel
    finally:
        database.close()
        slack_server.release(workspace)


def keep_lists(weft, members, lists):
    avoided = {}
    for one, other in lists:
        if max(one, other) < len(members):
            avoided.setdefault(members[one].id, set()).add(members[other].id)
    with weft.bot.begin() as work:
        for person_id, others in avoided.items():
            apart.replace_wishes(work, person_id=person_id, others=others)


def take_step(weft, admin, members, channel, step, pair):
    """Everything that the admin can see afterwards, with names in place of ids."""
    chosen, answer = [members[number] for number in pair if number < len(members)], ""
    weft.clock.advance(timedelta(minutes=1))  # No admin sends two rounds at the same microsecond.
    if step == "a round passes":
        weft.clock.advance(timedelta(days=14))
    elif step == "someone skips" and chosen:
        chosen[0].command("/coffee", "skip")
    elif step == "someone leaves" and chosen:
        chosen[0].command("/coffee", "leave")
    weft.settle()
    opened(admin)
    admin.press("Preview matches")
    with suppress(NotPossible):
        if step in PRESSES:
            admin.press(PRESSES[step])
        elif step == "keep apart":
            admin.press("Keep two apart")
            admin.fill({"Two people": chosen})
            answer = admin.submit()
    weft.settle()
    window = [words(admin.modal), *labels(admin.modal)]
    admin.close(everything=True)
    home = [words(admin.open_home()), words(opened(admin))]
    said = [words(message) for message in (*admin.messages(), *channel.messages)]
    names = {person.id: person.name for person in (*members, admin)} | {channel.id: "#coffee"}
    seen = "\n".join(map(str, (answer, *window, *home, *said)))
    return re.sub("|".join(names), lambda found: names[found[0]], seen)
