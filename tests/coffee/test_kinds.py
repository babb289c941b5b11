"""Groups, and programs in which only people of different groups meet."""

import pytest

from storage.programs.programs import memberships_of
from tests.coffee.stories import introduced, introductions, last_words, opened
from tests.weft import turn_to, words

GROUPS, CROSS = "Group coffee (3 to 8)", "Across groups"


def started(weft, admin, channel, **filled):
    weft.tick()
    admin.press("Set up program", turn_to(admin, "Admin"))
    admin.fill({"Channel": channel})
    for label, value in filled.items():
        admin.fill({label.replace("_", " "): value})
    assert admin.submit() == {}
    admin.press("Start")
    weft.settle()


def names_in(introduction):
    return set(introduced(introduction))


@pytest.fixture
def crowd(workspace):
    return [workspace.add_person(f"Person {n}", tz="Europe/Berlin") for n in range(9)]


@pytest.mark.slow
def test_groups_meet_in_the_chosen_size(weft, team, workspace, crowd):
    channel = workspace.add_channel("table", members=crowd)
    started(weft, team.alma, channel, Type=GROUPS, Group_size="3 people", Meeting_length="30 minutes")
    assert "I'll pair you with a few people from other teams for a 30-minute chat" in words(crowd[0].messages()[0])

    weft.live(days=9)

    for person in crowd:
        [introduction] = introductions(person)
        assert len(names_in(introduction)) == 3


def choose_group(person, group, where=None):
    person.choose(None, group, where or person.messages()[0])


def cross_by_choice(weft, team, workspace, crowd, choices="Makers\nSellers"):
    channel = workspace.add_channel("across", members=crowd)
    filled = {"Match_across": "Groups people choose", "Groups": choices}
    started(weft, team.alma, channel, Type=CROSS, **filled)


@pytest.mark.slow
def test_people_choose_their_group_and_meet_the_others(weft, team, workspace, crowd):
    crowd = crowd[:6]
    cross_by_choice(weft, team, workspace, crowd)
    makers, sellers = crowd[:3], crowd[3:]
    for person in makers:
        choose_group(person, "Makers")
    for person in sellers:
        choose_group(person, "Sellers")

    weft.live(days=9)

    for person in makers:
        others = names_in(introductions(person)[0]) - {person.id}
        assert others <= {one.id for one in sellers}


@pytest.mark.slow
def test_without_a_group_one_is_told_why_and_can_choose_at_any_time(weft, team, workspace, crowd):
    crowd = crowd[:3]
    cross_by_choice(weft, team, workspace, crowd)
    choose_group(crowd[0], "Makers")
    choose_group(crowd[1], "Sellers")
    weft.live(days=9)

    assert len(introductions(crowd[0])) == len(introductions(crowd[1])) == 1
    assert "you haven't chosen your group yet" in last_words(crowd[2])
    assert "haven't chosen your group yet" in words(crowd[2].command("/coffee", "why"))

    crowd[2].open_home()
    choose_group(crowd[2], "Sellers", crowd[2].home)
    assert "Your group: Sellers" in words(crowd[2].home)


@pytest.mark.slow
def test_uneven_groups_leave_nobody_without_a_word(weft, team, workspace, crowd):
    crowd = crowd[:5]
    cross_by_choice(weft, team, workspace, crowd)
    for person in crowd[1:]:
        choose_group(person, "Makers")
    choose_group(crowd[0], "Sellers")

    weft.live(days=9)

    introduced = [person for person in crowd if introductions(person)]
    told = [person for person in crowd if "You're first in line next round" in last_words(person)]
    assert len(introduced) == 2
    assert len(told) == 3


@pytest.mark.slow
def test_a_group_that_was_renamed_meanwhile_is_asked_for_again(weft, team, workspace, crowd):
    crowd = crowd[:2]
    cross_by_choice(weft, team, workspace, crowd)
    choose_group(crowd[0], "Makers")
    welcome = crowd[1].messages()[0]
    opened(team.alma)
    team.alma.press("Edit")
    team.alma.fill({"Groups": "Builders\nSellers"})
    assert team.alma.submit() == {}

    said = crowd[1].choose(None, "Makers", welcome)

    assert "This program's groups have changed" in words(said)
    crowd[0].open_home()
    assert "Which group are you in?" in words(crowd[0].home)


def test_somebody_who_is_not_in_the_program_chooses_no_group(weft, team, workspace, crowd):
    crowd = crowd[:2]
    cross_by_choice(weft, team, workspace, crowd)
    welcome = crowd[0].messages()[0]
    crowd[0].command("/coffee", "leave")

    said = crowd[0].choose(None, "Makers", welcome)

    assert "You're not in" in words(said)
    with weft.bot.look() as work:
        assert memberships_of(work, person_id=crowd[0].id) == []


@pytest.mark.slow
def test_by_team_whoever_has_none_yet_is_told(weft, team, workspace, crowd):
    from bot.people.service import import_attributes

    crowd = crowd[:4]
    channel = workspace.add_channel("across", members=crowd)
    with weft.bot.begin() as work:
        pass
    started(weft, team.alma, channel, Type=CROSS)
    with weft.bot.begin() as work:
        rows = [f"{person.id},{name}" for person, name in zip(crowd, ["Data", "Data", "Sales"], strict=False)]
        import_attributes(work, "\n".join(["person_id,team", *rows]))

    weft.live(days=9)

    assert "I don't know your team yet" in last_words(crowd[3])
    [sales] = introductions(crowd[2])
    assert names_in(sales) & {crowd[0].id, crowd[1].id}
