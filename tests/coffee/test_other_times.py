"""Times pass, or don't suit: new ones on request, a time that is changed, and one that is canceled."""

from datetime import timedelta

from icalendar import Calendar

from bot.coffee.matches.slots import service as slots
from tests.coffee.stories import introductions
from tests.coffee.test_slots import agreements, press, slot_ids
from tests.weft import labels, words


def newest(person):
    return person.group_messages()[-1]


def offers(person):
    return [message for message in person.group_messages() if "new times" in message.text]


def agree(weft, pair):
    introduction = introductions(pair.ana)[-1]
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 2 works for me", introduction)
    return introduction


def entries(workspace):
    found = [Calendar.from_ical(file.content) for file in workspace.files.values() if file.name == "coffee.ics"]
    return [calendar.walk("VEVENT")[0] for calendar in found]


def test_when_all_times_have_passed_a_press_on_any_of_them_brings_new_ones(weft, pair, clock):
    introduction = introductions(pair.ana)[-1]
    clock.advance(timedelta(days=8))

    said = press(weft, pair.ana, "Time 3 works for me", introduction)

    assert said == "Those times have passed, so I've sent new ones to all of you."
    [offer] = offers(pair.ben)
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 1 works for me", offer)
    assert len(agreements(pair.ana)) == 1


def test_new_times_on_request_are_others_and_two_who_ask_at_once_get_one_set(weft, pair):
    introduction = introductions(pair.ana)[-1]
    before = words(introduction, pair.ana)

    assert press(weft, pair.ana, "Other times", introduction) == "Done. I've sent new times to all of you."
    assert "newer message" in press(weft, pair.ben, "Other times", introduction)
    assert "newer message" in press(weft, pair.ben, "Time 1 works for me", introduction)

    [offer] = offers(pair.ana)
    lines = [line for line in words(offer, pair.ana).splitlines() if " at " in line]
    assert len(lines) == 3
    assert not any(line in before for line in lines)


def test_an_agreed_time_is_changed_and_the_calendar_follows(weft, pair, workspace):
    introduction = agree(weft, pair)
    weft.clock.advance(timedelta(hours=1))

    press(weft, pair.ben, "Other times", introduction)

    assert "Your time was canceled." in words(introduction)
    assert any("is off for now" in message.text for message in pair.ana.group_messages())
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 1 works for me", offers(one)[-1])
    assert len(agreements(pair.ana)) == 2
    first, off, second = entries(workspace)
    assert [str(each["status"]) for each in (first, off, second)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert first["uid"] == off["uid"] == second["uid"]
    assert first["sequence"] < off["sequence"] <= second["sequence"]
    assert first["dtstart"].dt != second["dtstart"].dt


def test_an_agreed_time_is_canceled_once(weft, pair, workspace):
    introduction = agree(weft, pair)

    assert press(weft, pair.ana, "Cancel this time", introduction).startswith("Done. The time is canceled")

    assert "Cancel this time" not in labels(introduction)
    assert len([one for one in pair.ben.group_messages() if "is off for now" in one.text]) == 1
    assert len(offers(pair.ben)) == 0
    assert "Done" in press(weft, pair.ben, "Other times", introduction)


def test_a_canceled_time_is_agreed_on_again_when_both_choose_it_again_and_then_they_are_told_again(weft, pair, clock):
    [_, second, _] = slot_ids(introductions(pair.ana)[-1])
    agree(weft, pair)
    with weft.bot.begin() as work:
        slots.cancel(work, second, by=pair.ana.id)
    clock.advance(timedelta(minutes=1))

    assert choose(weft, second, pair.ben) == f"Got it! I'll let you know when <@{pair.ana.id}> picks it too."
    assert len(agreements(pair.ana)) == 1
    choose(weft, second, pair.ana)

    assert len(agreements(pair.ana)) == len(agreements(pair.ben)) == 2


def choose(weft, slot_id, person):
    """As with an old button: the message that they see was not changed."""
    with weft.bot.begin() as work:
        said = slots.choose(work, slot_id, by=person.id)
    weft.settle()
    return said


def test_near_the_end_of_the_round_there_are_no_new_times_and_the_agreed_one_stays(weft, pair, clock):
    introduction = agree(weft, pair)
    clock.advance(timedelta(days=13, hours=20))

    assert "can't find another time" in press(weft, pair.ana, "Other times", introduction)
    assert offers(pair.ana) == []


def test_new_times_that_the_conversation_can_not_get_go_to_each_alone(weft, pair, workspace):
    introduction = introductions(pair.ana)[-1]
    workspace.faults.refuse("chat.postMessage", "channel_not_found")

    press(weft, pair.ana, "Other times", introduction)
    weft.settle()

    for one in (pair.ana, pair.ben):
        assert "new times" in one.messages()[-1].text
