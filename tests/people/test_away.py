"""Which emoji in a status mean out of office is the admins' choice; everything goes by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.service import not_before
from bot.people.statuses import MOST, NAME, InvalidEmojiError, emoji_name, read_emoji
from tests.weft import turn_to, words


def choose(admin, emoji):
    admin.press("Change emoji", turn_to(admin, "Admin"))
    admin.fill({"Status emoji": emoji})
    return admin.submit()


def test_the_usual_emoji_are_shown_and_stand_in_the_form(weft, program):
    assert ":palm_tree: :desert_island: :airplane:" in str(turn_to(program.alma, "Admin").blocks)

    assert choose(program.alma, ":Palm_Tree: palm_tree,:ski::parental-leave:") == {}

    assert ":palm_tree: :ski: :parental-leave:" in str(program.alma.home.blocks)
    assert choose(program.alma, "") == {}
    assert ":hospital:" in str(program.alma.home.blocks)


def test_whoever_has_a_status_that_means_away_now_is_not_matched(weft, program):
    program.ana.set_status(":ski::skin-tone-3:", "In the snow")
    assert choose(program.alma, ":ski:") == {}

    weft.live(days=1, hours=2)

    assert program.ana.group_messages() == []
    program.ana.open_home()
    assert "your status said you were away" in words(program.ana.home)


def test_a_status_that_means_away_no_longer_keeps_nobody_out(weft, program):
    program.ana.set_status(":palm_tree:", "Only the picture")
    assert choose(program.alma, ":ski:") == {}

    weft.live(days=1, hours=2)

    assert program.ana.group_messages() != []


def test_from_the_moment_of_the_choice_messages_wait_for_whoever_is_away_by_it(weft_on_both, team):
    weft = weft_on_both
    weft.tick()
    team.ana.set_status(":ski:", "In the snow")
    team.ben.set_status(":palm_tree:", "Only the picture")

    assert choose(team.alma, ":ski:") == {}

    with weft.bot.look() as work:
        assert not_before(work, team.ana.id) is not None
        assert not_before(work, team.ben.id) is None


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("\U0001f334", "Type its name, like palm_tree"),
        ("<!channel>", "Type its name, like palm_tree"),
        ("x" * 101, "Type its name, like palm_tree"),
        (" ".join(f"e{number}" for number in range(MOST + 1)), "up to 50"),
    ],
)
def test_what_is_no_emoji_is_said_beside_the_field(weft, team, written, sentence):
    weft.tick()

    assert sentence in str(choose(team.alma, written))


def test_only_an_admin_changes_them_and_of_two_at_once_the_second_is_told(weft, team):
    weft.tick()
    team.ana.change(is_admin=True)
    for admin in (team.alma, team.ana):
        admin.press("Change emoji", turn_to(admin, "Admin"))
        admin.fill({"Status emoji": f"ski {admin.name.split()[0]}"})
    assert team.alma.submit() == {}
    assert "Another admin changed this" in str(team.ana.submit())

    team.ana.change(is_admin=False)

    assert "Only admins can change this." in str(team.ana.submit())


@given(st.text(max_size=200))
def test_whatever_is_written_is_read_or_refused(written):
    try:
        found = read_emoji(written)
    except InvalidEmojiError:
        return
    assert len(found) == len(set(found)) <= MOST
    assert all(NAME.fullmatch(name) and emoji_name(f":{name}:") == name for name in found)
