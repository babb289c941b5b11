"""Eight people whose days hardly overlap have their coffee in writing: each reads what each of the others wrote."""

import pytest

from bot.coffee.matches.written.forms import LONGEST
from bot.slacksim import text_of
from storage.rounds import written
from tests.coffee.stories import introductions
from tests.coffee.test_kinds import GROUPS, started
from tests.coffee.test_written import match_id_of, shown, write

ZONES = [
    "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Australia/Sydney",
    "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Auckland", "Pacific/Honolulu",
]  # fmt: skip
LONG = "we moved the whole of billing in one night, and I learned to ask for help before it is late. " * 6


def at_table(weft, team, workspace, many):
    """So many people are introduced, and asked to write."""
    crowd = [workspace.add_person(f"Person {number}", tz=zone) for number, zone in enumerate(ZONES[:many])]
    channel = workspace.add_channel("table", members=crowd)
    started(weft, team.alma, channel, Type=GROUPS, Group_size=f"{many} people")
    while not any("async coffee" in one.text for one in crowd[0].group_messages()):
        weft.live(days=1)
    return crowd


def read(person):
    return "\n".join(text_of(message, person) for message in shown(person))


def kept(weft, person):
    with weft.bot.look() as work:
        rows = written.answers_of_match(work, match_id=match_id_of(weft, person))
        return [row.answers for row in rows.values() if row.answers]


@pytest.mark.slow
@pytest.mark.parametrize("many", [4, 6, 8])
def test_every_answer_of_everyone_is_read(weft, team, workspace, many):
    crowd = at_table(weft, team, workspace, many)
    own = {one.id: f"{LONG[:500]} That is all from {one.name}." for one in crowd}
    for one in crowd:
        write(weft, one, own[one.id], own[one.id], own[one.id])
    weft.live(hours=3)

    said = read(crowd[0])
    assert [one.name for one in crowd if said.count(own[one.id]) != 3] == []
    assert kept(weft, crowd[0]) == []


@pytest.mark.slow
@pytest.mark.parametrize("letter", ["&", "<", "x", "👋", "語", "*", "\n&"])
def test_the_longest_answers_of_the_largest_group_are_read_whole(weft, team, workspace, letter):
    crowd = at_table(weft, team, workspace, 8)
    for number, one in enumerate(crowd):
        end = f" end of {number}"
        words = "begin " + letter * ((LONGEST - len(end) - 6) // len(letter)) + end
        write(weft, one, words, words, words)
    weft.live(hours=3)

    said = read(crowd[7])
    assert [number for number in range(8) if said.count(f"end of {number}") != 3] == []
    if letter.strip() == letter:
        assert "".join(said.split()).count(letter) >= 3 * 8 * (LONGEST - 20)


@pytest.mark.slow
def test_answers_are_kept_until_they_have_arrived(weft, team, workspace):
    ana, ben, *_ = crowd = at_table(weft, team, workspace, 3)
    for one in crowd:
        write(weft, one, "Contracts") if one is not ben else None
    workspace.faults.rate_limit("chat.postMessage", retry_after=3600)
    write(weft, ben, "Harbour")
    assert (shown(ana), len(kept(weft, ana))) == ([], 3)

    weft.live(hours=3)

    assert "Harbour" in read(ana)
    assert kept(weft, ana) == []


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["the conversation", "a person", "a person noticed"])
def test_where_it_can_not_be_shown_to_all_the_others_read_it_all_the_same(weft, team, workspace, gone):
    ana, ben, *_ = crowd = at_table(weft, team, workspace, 3)
    for one in crowd:
        write(weft, one, f"Words of {one.name}") if one is not ben else None
    if gone == "the conversation":
        workspace.faults.refuse("conversations.open", "not_enough_users", times=1)
    if gone == "a person noticed":
        workspace.faults.server_error("chat.postMessage", times=1)
    ben.press("Answer now", introductions(ben)[-1])
    ben.fill({block["label"]["text"]: "Harbour" for block in ben.modal.blocks if block["type"] == "input"})
    ben.submit()
    if gone == "a person":
        workspace.faults.refuse("chat.postMessage", "channel_not_found", times=1)
        crowd[2].deactivate()
    if gone == "a person noticed":
        weft.composed.carrier.carry()
        crowd[2].deactivate()
    weft.live(hours=3)

    everything = [message for message in [*ana.messages(), *ana.group_messages()] if "ready to read" in message.text]
    said = "\n".join(text_of(message, ana) for message in everything)
    assert all(words in said for words in ("Harbour", "Words of Person 0", "Words of Person 2"))
    assert kept(weft, ana) == []
