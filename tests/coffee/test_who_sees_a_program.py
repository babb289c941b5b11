"""A program is shown to those who are in it or may join it, and no one sees a [Join] that can only refuse."""

import pytest

from storage.kinds import Joining
from storage.people import user_groups
from storage.programs import programs
from tests.coffee.stories import set_up
from tests.weft import labels, words

PEOPLE = ["member", "left", "stranger", "guest", "maker", "guest who left"]


ANYONE, CHANNEL = Joining
KINDS = [
    (False, ANYONE, False, False),
    (False, ANYONE, False, True),
    (False, ANYONE, True, False),
    (False, CHANNEL, False, True),
    (True, ANYONE, False, True),
    (True, CHANNEL, True, False),
]
"""Whether the channel is private, how people join, whether it is for a user group, and whether for guests."""


@pytest.fixture
def everyone(weft, workspace, team):
    """One person of each kind, and a program of each kind that they could see."""
    there = {who: workspace.add_person(who.title(), tz="Europe/Berlin", is_guest="guest" in who) for who in PEOPLE}
    makers = workspace.add_user_group("makers", "Makers", [there["maker"], there["member"], there["left"]])
    weft.tick()
    for number, (private, joining, audience, guests) in enumerate(KINDS):
        in_it = [there[who] for who in ("member", "left", "guest who left")]
        channel = workspace.add_channel(f"program-{number}", members=[team.alma, *in_it], private=private)
        assert set_up(team.alma, channel, Name=f"Program {number}.") == {}
        with weft.bot.begin() as work:
            program = programs.program_of_channel(work, channel_id=channel.id)
            program.joining, program.lets_guests = joining, guests
            program.audience = [makers.id] if audience else []
            user_groups.record_listing(work, names={makers.id: "Makers"})
    weft.settle()
    weft.tick()
    for who in ("left", "guest who left"):
        for channel in [one for one in workspace.channels.values() if one.name.startswith("program-")]:
            there[who].command("/coffee", "leave", channel=channel)
    return there


@pytest.mark.sampled(1)
@pytest.mark.parametrize("who", PEOPLE)
def test_each_join_that_someone_sees_lets_them_in(weft, everyone, who):
    person = everyone[who]
    for left in range(labels(person.open_home()).count("Join"), 0, -1):
        block, button = next((b, e) for b in person.home.blocks for e in b.get("elements", []) if is_join(e))
        person._act(person.home, block, button, None)
        weft.settle()

        assert labels(person.open_home()).count("Join") == left - 1, button["value"]


def is_join(element):
    return isinstance(element.get("text"), dict) and element["text"]["text"] == "Join"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("who", ["stranger", "guest", "maker"])
def test_a_program_of_a_private_channel_is_unknown_outside_of_it(weft, everyone, who):
    person = everyone[who]
    with weft.bot.look() as work:
        there = programs.running_programs(work)
        private = [program.name for program in there if program.is_private]
    assert len(private) == 2

    seen = [words(person.open_home()), *(words(person.command("/coffee", word)) for word in ("", "join", "status"))]

    assert not any(name in text for name in private for text in seen)


@pytest.mark.slow
@pytest.mark.parametrize("forged", [True, False])
def test_a_forged_join_says_no_more_of_a_private_program_than_of_none(weft, team, workspace, forged):
    weft.tick()
    secret = workspace.add_channel("secret", members=[team.alma, team.ana], private=True)
    set_up(team.alma, secret, Name="Secret")
    weft.settle()
    set_up(team.alma, team.coffee)
    weft.settle()
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.open_home()
    [block, element] = next((b, e) for b in eva.home.blocks for e in b.get("elements", []) if e.get("value") == "2")

    eva._act(eva.home, block, element | {"value": "1" if forged else "99"}, None)

    assert "doesn't exist" in words(eva.modal) if eva.modal else "doesn't exist" in words(eva.sees()[-1])
    assert "Secret" not in words(eva.open_home())


def test_who_is_in_the_private_channel_joins_from_there(weft, team, workspace):
    weft.tick()
    secret = workspace.add_channel("secret", members=[team.alma, team.ana], private=True)
    set_up(team.alma, secret, Name="Secret")
    workspace.hold_events()
    team.ben.join(secret)

    said = words(team.ben.command("/coffee", "join", channel=secret))

    assert "Secret" in said
    assert "Join" not in labels(team.ben.open_home())
