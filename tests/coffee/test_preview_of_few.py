"""The matches of a few people are theirs alone, and no one can find out who is on a private list by trying."""

import pytest

from bot.coffee.preview import service as previews
from bot.core.errors import FormError
from tests.coffee.stories import introductions
from tests.coffee.test_apart import rather_not
from tests.coffee.test_preview import keep_apart, preview
from tests.weft import labels, words


def shown_to(admin):
    """All that the window shows, and could do."""
    return words(preview(admin)), labels(admin.modal)


@pytest.mark.parametrize("skipping", range(5))
def test_the_matches_of_fewer_than_five_are_not_shown_and_can_be_sent_all_the_same(weft, program, skipping):
    for person in program.everyone[:skipping]:
        person.command("/coffee", "skip")

    shown, buttons = shown_to(program.alma)

    assert "Fewer than 5 people take part" in shown
    assert buttons == ["Send now"]
    assert not any(person.id in shown or person.name in shown for person in program.everyone)
    program.alma.press("Send now")
    weft.settle()
    there = program.everyone[skipping:]
    assert [len(introductions(person)) for person in there] == [len(there) > 1] * len(there)


def test_who_is_on_a_private_list_can_not_be_found_by_keeping_others_apart(weft, program):
    """Four people: with Ana kept from two of them, the matches would show whether she may meet the third."""
    ana, ben, cleo, dev = program.everyone
    rather_not(ana, ben)
    with_it = shown_to(program.alma)
    for other in (cleo, dev):
        with weft.bot.begin() as work, pytest.raises(FormError, match="too few people"):
            previews.keep_apart(work, 1, (ana.id, other.id), by=program.alma.id)
    rather_not(ana)

    assert shown_to(program.alma) == with_it


def test_enough_people_to_meet_are_left_to_each(weft, program, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)
    ana, ben, cleo, *_ = program.everyone
    rather_not(eva, ana, ben, cleo)  # Only what anyone may know decides.
    preview(program.alma)
    assert keep_apart(program.alma, ana, ben) == {}

    refused = keep_apart(program.alma, ana, cleo)

    assert "too few people" in refused["Two people"]
