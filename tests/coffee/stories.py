"""A small company with a coffee program, for every test that needs one."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from tests.beginnings import begins_when
from tests.weft import handed_in, turn_to, words

TUESDAY_TEN_IN_BERLIN = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def team(workspace, beginning):
    return beginning.team if beginning else hire(workspace)


def hire(workspace):
    """An admin, four colleagues of two teams, and the channel where they have coffee."""
    there = SimpleNamespace(
        alma=workspace.add_person("Alma Reyes", tz="Europe/Berlin", is_admin=True),
        ana=workspace.add_person("Ana Ruiz", tz="Europe/Berlin", title="Engineer"),
        ben=workspace.add_person("Ben Okafor", tz="Europe/Berlin", title="Account manager"),
        cleo=workspace.add_person("Cleo Martin", tz="Europe/Lisbon"),
        dev=workspace.add_person("Dev Patel", tz="Asia/Kolkata"),
    )
    there.everyone = [there.ana, there.ben, there.cleo, there.dev]
    there.coffee = workspace.add_channel("coffee", members=there.everyone)
    return there


def begin(weft, team):
    """Coffee every two weeks on Tuesdays at 10:00 in Berlin, set up by Alma in her Home. It is Monday, 10:00 there."""
    weft.tick()
    set_up(team.alma, team.coffee)
    weft.settle()
    return team


def first_round(weft, team, skipping=()):
    """It is Tuesday, 10:00: whoever does not skip it has been introduced."""
    begin(weft, team)
    for one in skipping:
        one.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    return team


def introduce_a_pair(weft, team):
    """Ana and Ben, both in Berlin, are introduced; the others sit it out."""
    return first_round(weft, team, skipping=[team.cleo, team.dev])


def introduce_a_trio(weft, team):
    """Ana, Ben and Cleo are introduced; Dev sits it out."""
    return first_round(weft, team, skipping=[team.dev])


def until_midway(introduce):
    """Eight days later, nobody has said anything and everybody was asked whether they met."""

    def live(weft, team):
        introduce(weft, team)
        weft.live(days=8)
        return team

    return live


program = begins_when(begin)
round_started = begins_when(first_round)
midway = begins_when(until_midway(first_round))
pair = begins_when(introduce_a_pair)
pair_midway = begins_when(until_midway(introduce_a_pair))
trio = begins_when(introduce_a_trio)


def set_up(admin, channel, **changed):
    admin.press("Set up program", turn_to(admin, "Admin"))
    admin.fill({"Channel": channel, "How often": "Every other week", "Day": "Tuesday", "Time": "10:00"} | changed)
    errors = handed_in(admin)
    if not errors:
        admin.press("Start")
        admin.close()
    return errors


def opened(admin, name="Coffee"):
    """They open a program on the admins' page. Returns its window."""
    page = turn_to(admin, "Admin")
    [line] = [block["text"]["text"] for block in page.blocks if f"*{name}*" in block.get("text", {}).get("text", "")]
    admin.press(line, page)
    return admin.modal


def last_words(person):
    """The last thing that the bot said to this person alone."""
    return words(person.messages()[-1])


def introductions(person):
    return [message for message in person.group_messages() if re.search("Why (you|this group)", str(message.blocks))]


def introduced(introduction):
    """The ids of those who are to meet, as they stand on their cards: who goes first is the first."""
    read = "\n".join(block["text"]["text"] for block in introduction.blocks if block["type"] == "section")
    return re.findall(r"^<@(\w+)>(?: ·|$)", read, re.MULTILINE)
