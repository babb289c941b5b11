"""Whatever is kept of a person: all of it is exported, and all of it is forgotten. A new table belongs in here."""

import json
import re
import shutil
from datetime import timedelta

import pytest
from sqlalchemy import String, select, text

from bot.coffee.matches.learned import service as learned
from bot.coffee.now import service as coffee_now
from bot.core.clock import ManualClock
from bot.features import PLUGGED
from bot.privacy.service import export_person, forget_person
from bot.slacksim import Workspace
from storage import now
from storage.connections import notes
from storage.connections.connections import record_meeting
from storage.db import Database
from storage.kinds import MetThrough
from storage.rounds import rounds, written
from storage.tables import METADATA
from tests.coffee.stories import begin, hire, opened
from tests.conftest import APP, MONDAY, start
from tests.numbering import numbered_from
from tests.weft import turn_to

pytestmark = pytest.mark.slow

PERSONAL = re.compile(r"(person_id|other_id|recipient|created_by|manager_id)$")


def tables_with_people():
    return {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if PERSONAL.search(column.name)
    }


def rows_with(bot, person_id):
    """Every table and column in which this id stands anywhere."""
    found = set()
    with bot.db.snapshot() as session:
        for table in METADATA.sorted_tables:
            for row in session.execute(text(f"SELECT * FROM {table.name}")).mappings():
                found |= {(table.name, name) for name, value in row.items() if person_id in str(value)}
    return found


@pytest.fixture(scope="module")
def weeks(slack_server, migrated_file, tmp_path_factory):
    """Three weeks of the small company, lived once, and the file in which they stand."""
    file = tmp_path_factory.mktemp("weeks") / "weft.sqlite3"
    shutil.copy(migrated_file, file)
    with numbered_from(1):
        workspace = Workspace(ManualClock(MONDAY), name="Acme", settings=APP)
    slack_server.host(workspace)
    database = Database(f"sqlite:///{file}")
    weft = start(workspace, slack_server, workspace.clock, database)
    program = live_through(weft, begin(weft, hire(workspace)))
    database.close()  # The last connection that closes writes the log into the file.
    assert slack_server.failures == []
    yield workspace, program, file
    slack_server.release(workspace)


@pytest.fixture
def lived(weeks, slack_server, tmp_path):
    """The bot after these weeks, on a database of its own, and the people in it."""
    workspace, program, file = weeks
    database = Database(f"sqlite:///{shutil.copy(file, tmp_path / 'lived.sqlite3')}")
    yield start(workspace, slack_server, workspace.clock, database), program
    database.close()


def live_through(weft, program):
    """Ana has chosen a time, met somebody, is asked, heard of a newcomer, has a manager's attribute, set up nothing."""
    with weft.bot.begin() as work:
        from bot.people.service import import_attributes

        rows = [f"{program.ana.id},Data,{program.ben.id},", f"{program.dev.id},Sales,,2026-02-20"]
        import_attributes(work, "\n".join(["person_id,team,manager,started_on", *rows]))
    weft.workspace.add_user_group("data", "Data", program.everyone)
    program.alma.press("Choose user groups", turn_to(program.alma, "Admin"))
    program.alma.fill({"Department": ["Data"]})
    assert program.alma.submit() == {}
    has_fields_that_nobody_can_read(weft, program)
    weft.live(days=1)
    weft.settle()
    program.ana.press("Time 1 works for me", program.ana.group_messages()[-1])
    with weft.bot.begin() as work:
        [match] = rounds.matches_of(work, person_id=program.ana.id)
        match_id = match.id
        about = {"person_id": program.ana.id}
        written.save_answer(work, **about, match_id=match_id, answers=["Hello"])
    weft.live(days=8)
    program.ana.press("We met", program.ana.messages()[-1])
    with weft.bot.begin() as work:
        about = {"person_id": program.ana.id}
        notes.save_note(work, **about, other_id=program.ben.id, origin="match:1", words="Tea", at=work.now)
        learned.request_consent(work, f"match:{match_id}", by=program.ana.id, words="A line")
        coffee_now.start(work, rounds.last_round(work, program_id=1).program, program.ana.id, "")
        request = now.open_request_of(work, **about)
        request.other_id = request.asks[0].person_id
    program.ana.command("/coffee", "pause 2w")
    program.ana.press("Edit", turn_to(program.ana, "My people"))
    program.ana.fill({"People": [program.dev]})
    assert program.ana.submit() == {}
    use_network(weft, program)
    program.ana.press("Opt me out", is_counted_in(weft, program, program.coffee))
    weft.live(days=10)
    celebrate(weft, program)
    keep_two_apart(weft, program)
    return program


def has_fields_that_nobody_can_read(weft, program):
    from tests.people.sources import choose_fields

    weft.workspace.add_profile_field("Hired")
    program.ana.change(fields={"Hired": "some day"})
    assert choose_fields(program.alma, Start_date="Hired") == {}
    weft.tick()


def note_contact(weft, a, b):
    from bot.connections.service import record_contact
    from storage.kinds import ContactKind

    with weft.bot.begin() as work:
        for days in range(3):
            record_contact(work, a.id, b.id, ContactKind.SHOUTOUT, on=work.now.date() - timedelta(days=days))


def use_network(weft, program):
    """Ana wishes for a team, stays in touch with Ben, and asks him to introduce her to Alma."""
    from storage.connections import network
    from tests.network.company import pin
    from tests.network.test_asking import ask

    for other in (program.ana, program.alma):
        note_contact(weft, program.ben, other)
    pin(program.ana, [program.ben])
    ask(weft, program.ana, to=program.alma)
    program.ben.press("Opt out", turn_to(program.ben, "Settings"))
    with weft.bot.begin() as work:
        network.wish(work, person_id=program.ana.id, team="Legal")


def is_counted_in(weft, program, channel):
    """Alma switches counting on. Returns what the channel is told."""
    program.alma.press("Choose channels", turn_to(program.alma, "Admin"))
    program.alma.fill({"Where": "In these channels", "Channels": [channel]})
    program.alma.submit()
    weft.settle()
    return channel.messages[-1]


def keep_two_apart(weft, program):
    """Three more colleagues join, because the preview of fewer than five has no such button; Alma keeps two apart."""
    for number in range(3):
        weft.workspace.add_person(f"Person {number}", tz="Europe/Berlin").join(program.coffee)
    weft.settle()
    opened(program.alma)
    program.alma.press("Preview matches")
    program.alma.press("Keep two apart")
    program.alma.fill({"Two people": [program.ben, program.ana]})
    assert program.alma.submit() == {}


def celebrate(weft, program):
    """Alma has chosen the channel; Ben thanks Ana, Ana shares a win, others second; they chose something."""
    program.alma.press("Edit celebrations", turn_to(program.alma, "Admin"))
    program.alma.fill({"Channel": program.coffee, "Time zone": "Europe/Berlin"})
    assert program.alma.submit() == {}
    program.ben.command("/shoutout", f"{program.ana.mention} for the night in which {program.ana.mention} fixed it")
    program.ana.command("/win", f"Builds take 5 minutes instead of 20, thanks to {program.ben.mention}")
    weft.carry()
    for post in program.coffee.messages[-2:]:
        program.dev.react(post, "raised_hands")
    program.ana.react(program.coffee.messages[-2], "raised_hands")
    program.cleo.react(program.coffee.messages[-2], "raised_hands")
    with weft.bot.begin() as work:  # Dev knows Ana, so that he may be asked to congratulate her.
        record_meeting(
            work,
            people=[program.ana.id, program.dev.id],
            met_on=work.now.date(),
            through=MetThrough.PROGRAM,
            origin="match:0",
        )
    for person in (program.ana, program.ben):
        person.press("Edit my celebrations", turn_to(person, "Settings"))
        person.fill({"Birthday": "March 14"})
        assert person.submit() == {}
    weft.live(hours=4)


def test_all_that_is_kept_of_a_person_is_exported(lived):
    weft, program = lived
    with weft.bot.look() as work:
        kept = export_person(work, program.ana.id, PLUGGED)

    assert set(kept) == {"people", "connections", "coffee", "celebrate", "counting", "network", "delivery", "nudges"}
    assert len(kept["celebrate"]["wins"]) == len(kept["celebrate"]["thanks_received"]) == 1
    assert kept["people"]["profile"]["name"] == "Ana Ruiz"
    assert len(kept["connections"]["meetings"]) == 2
    assert len(kept["coffee"]["times_you_chose"]) == 1
    assert {match["your_answer"] for match in kept["coffee"]["matches"]} == {"met"}
    assert json.loads(json.dumps(kept)) == kept


def test_every_table_with_a_person_in_it_was_part_of_this_test(lived):
    weft, program = lived
    seen = (
        rows_with(weft.bot, program.ana.id) | rows_with(weft.bot, program.ben.id) | rows_with(weft.bot, program.alma.id)
    )
    seen |= rows_with(weft.bot, program.dev.id) | rows_with(weft.bot, program.cleo.id)

    assert tables_with_people() <= seen | {("absences", "person_id")} | rows_with(weft.bot, program.ana.id)


def test_forgetting_a_person_leaves_their_id_and_their_name_in_no_table(lived):
    weft, program = lived
    for person in (program.ana, program.ben, program.alma):
        assert rows_with(weft.bot, person.id) != set()
        assert rows_with(weft.bot, person.name) != set()
        with weft.bot.begin() as work:
            forget_person(work, person.id, PLUGGED)
        weft.carry()
        with weft.bot.begin() as work:
            forget_person(work, person.id, PLUGGED)

        assert rows_with(weft.bot, person.id) == set()
        assert rows_with(weft.bot, person.name) == set()


def test_the_others_keep_that_they_met_somebody(lived):
    weft, program = lived
    [partner, *_] = [one for one in program.everyone if one.id != program.ana.id and has_met(weft, one)]
    with weft.bot.begin() as work:
        forget_person(work, program.ana.id, PLUGGED)

    assert has_met(weft, partner)


def has_met(weft, person):
    with weft.bot.look() as work:
        return export_person(work, person.id, PLUGGED)["connections"]["meetings"] != []


# Codes and words

IN_WORDS = {
    ("celebrations", "change"),
    ("celebrations", "words"),
    ("introduction_requests", "because"),
    ("learned", "words"),
    ("matches", "why"),
    ("notes", "words"),
    ("outbox_messages", "text"),
    ("people", "name"),
    ("people", "title"),
    ("people", "slack_title"),
}
"""Columns of what people are called, of what they wrote, and of what was told to them. No query compares these."""


def test_no_column_that_the_code_decides_by_holds_a_sentence(lived):
    weft, _ = lived
    with weft.bot.db.snapshot() as session:
        sentences = {
            (table.name, column.name)
            for table in METADATA.sorted_tables
            for column in table.columns
            if isinstance(column.type, String)
            for value in session.scalars(select(column).where(column.contains(" ")))
        }
    assert sentences <= IN_WORDS
