import re
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from bot.coffee.matches.slots import service as slots
from bot.core.errors import NotForYou, UserError
from storage.kinds import DeliveryState
from storage.outbox.keeping import sent_to
from storage.people import people
from storage.programs import programs
from storage.rounds.rounds import Round, matches_of
from storage.rounds.slots import choices_of
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introduced, introductions, set_up
from tests.coffee.test_rounds import partners
from tests.waiting import join
from tests.weft import labels, turn_to, words

WORKS = ["Works for me"] * 3


def press(weft, person, label, introduction=None):
    """They press it in their newest introduction, and read what they alone are told."""
    said = person.press(label, introduction or introductions(person)[-1])
    weft.carry()
    return words(said, person)


def agreements(person):
    return [message for message in person.group_messages() if "You're on!" in message.text]


def match_of(work, person):
    return matches_of(work, person_id=person.id)[-1]


def slot_ids(introduction):
    drawn = [block["accessory"] for block in introduction.blocks if "accessory" in block]
    return [int(element["value"]) for element in drawn]


def test_an_introduction_offers_three_times_on_the_clock_of_each_reader(weft, program):
    for one in (program.ben, program.dev):
        one.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    introduction = introductions(program.ana)[0]

    assert labels(introduction) == [*WORKS, "Other times", "We met", "Pause Coffee"]
    assert "Tap every one that works." in words(introduction)
    assert "1. tomorrow at 11:15" in words(introduction, program.ana)
    assert "1. tomorrow at 10:15" in words(introduction, program.cleo)


def test_when_both_choose_the_same_time_they_are_told_together(weft, pair):
    said = press(weft, pair.ana, "Time 2 works for me")
    assert said == "Got it! I'll let you know when @Ben Okafor picks it too."
    assert agreements(pair.ben) == []

    said = press(weft, pair.ben, "Time 2 works for me")

    assert said == "It's set! I'll post the time for all of you."
    [agreed] = agreements(pair.ana)
    assert agreements(pair.ben) == [agreed]
    assert "@Ana Ruiz and @Ben Okafor: Thursday, March 5 at 15:30 (15 min)." in words(agreed, pair.ana)
    assert "(Europe/Berlin)>" in agreed.blocks[0]["text"]["text"]
    assert "date" not in agreed.text  # Read on a locked screen, by people with different clocks.


def calendar_files(person):
    return [file for message in person.group_messages() for file in message.files]


def test_the_coffee_comes_as_a_file_for_any_calendar(weft, pair):
    with weft.bot.begin() as work:
        kept = people.get_many(work, person_ids=[pair.ana.id, pair.ben.id])
        kept[pair.ben.id].name = "B;en,\nOka\\for <!channel>\r\nATTENDEE:mailto:all@acme.example"
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 1 works for me")

    [file] = calendar_files(pair.ana)
    [event] = Calendar.from_ical(file.content).walk("VEVENT")
    assert file.name == "coffee.ics"
    assert event["summary"] == "Coffee: Ana Ruiz and B;en, Oka\\for <!channel> ATTENDEE:mailto:all@acme.example"
    assert event["dtstart"].dt == datetime(2026, 3, 4, 9, 15, tzinfo=UTC)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=15)
    assert {"attendee", "organizer"}.isdisjoint(name.lower() for name in event)
    assert event["uid"].startswith("match-")
    assert b"METHOD:PUBLISH" in file.content


def test_a_meeting_link_of_one_of_them_is_where_they_meet(weft, pair):
    with weft.bot.begin() as work:
        ben = people.get(work, person_id=pair.ben.id)
        ben.meeting_link = "https://meet.example/ben?a=1&b=2"
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 1 works for me")

    [agreed] = agreements(pair.ana)
    assert "@Ben Okafor's video room: meet.example/ben?a=1&b=2" in words(agreed)
    assert "location=https%3A%2F%2Fmeet.example" in str(agreed.blocks)
    [event] = Calendar.from_ical(calendar_files(pair.ana)[0].content).walk("VEVENT")
    assert event["location"] == "https://meet.example/ben?a=1&b=2"


def test_calendars_open_with_the_coffee_filled_in(weft, pair):
    press(weft, pair.ana, "Time 1 works for me")
    press(weft, pair.ben, "Time 1 works for me")

    [agreed] = agreements(pair.ana)
    links = [link.replace("&amp;", "&") for link in re.findall(r"<(https:[^|]+)\|", str(agreed.blocks))]
    google, outlook = ({name: one for name, [one] in parse_qs(urlsplit(link).query).items()} for link in links)
    assert google["text"] == outlook["subject"] == "Coffee: Ana Ruiz and Ben Okafor"
    assert google["dates"] == "20260304T091500Z/20260304T093000Z"
    assert (outlook["startdt"], outlook["enddt"]) == ("2026-03-04T09:15:00Z", "2026-03-04T09:30:00Z")


@pytest.mark.slow
def test_a_longer_meeting_has_longer_slots_however_the_program_changes_later(weft, team):
    weft.tick()
    assert set_up(team.alma, team.coffee, **{"Meeting length": "45 minutes"}) == {}
    weft.settle()
    for one in (team.cleo, team.dev):
        one.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    introduction = team.ana.group_messages()[-1]
    assert "a 45-minute coffee chat" in words(introduction)
    with weft.bot.begin() as work:
        [program] = programs.running_programs(work)
        program.minutes = 60

    press(weft, team.ana, "Time 1 works for me", introduction)
    press(weft, team.ben, "Time 1 works for me", introduction)

    [agreed] = agreements(team.ana)
    assert "(45 min)." in words(agreed)
    [event] = Calendar.from_ical(calendar_files(team.ana)[0].content).walk("VEVENT")
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=45)
    dates = re.search(r"dates=(\w+)%2F(\w+)", str(agreed.blocks))
    begins, ends = (datetime.strptime(one, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for one in dates.groups())
    assert ends - begins == timedelta(minutes=45)
    with weft.bot.look() as work:
        assert slots.minutes_of(work, match_of(work, team.ana)) == 45


def test_links_stay_whole_however_long_a_name_is(weft, pair):
    pair.ben.change(real_name="\N{HOT BEVERAGE}\N{ROCKET}" * 120)
    weft.settle()
    press(weft, pair.ana, "Time 1 works for me")
    press(weft, pair.ben, "Time 1 works for me")

    [agreed] = agreements(pair.ana)
    assert "Add it to Google Calendar · Outlook" in words(agreed)


def test_a_name_can_not_break_out_of_a_calendar_link(weft, pair):
    pair.ben.change(real_name="B&n|> <!channel>")
    weft.settle()
    press(weft, pair.ana, "Time 1 works for me")
    press(weft, pair.ben, "Time 1 works for me")

    [agreed] = agreements(pair.ana)
    assert "<!channel" not in agreed.text + str(agreed.blocks)
    assert "Add it to Google Calendar · Outlook" in words(agreed)


def test_different_times_are_no_agreement_and_another_choice_adds_to_the_first(weft, pair):
    press(weft, pair.ana, "Time 1 works for me")
    press(weft, pair.ben, "Time 3 works for me")
    assert agreements(pair.ana) == []

    press(weft, pair.ana, "Time 3 works for me")

    assert "Friday, March 6" in words(agreements(pair.ben)[0])


def test_pressing_twice_is_no_second_voice(weft, pair):
    press(weft, pair.ana, "Time 1 works for me")
    again = press(weft, pair.ana, "Time 1 works for me")

    assert again == "Got it! I'll let you know when @Ben Okafor picks it too."
    assert agreements(pair.ana) == []


def test_the_first_time_they_agree_on_stays(weft, pair):
    [_, second, _] = slot_ids(introductions(pair.ana)[-1])
    for label in ("Time 1 works for me", "Time 2 works for me"):
        press(weft, pair.ana, label)
    press(weft, pair.ben, "Time 1 works for me")

    with weft.bot.begin() as work:  # On a screen that was not drawn anew yet.
        said = slots.choose(work, second, by=pair.ben.id)

    assert said.startswith("You've already agreed on ")
    assert len(agreements(pair.ana)) == 1


def test_all_three_of_a_trio_have_to_choose(weft, trio):
    assert press(weft, trio.ana, "Time 1 works for me") == "Got it! I'll let you know when the others pick it too."
    press(weft, trio.ben, "Time 1 works for me")
    assert agreements(trio.ana) == []

    press(weft, trio.cleo, "Time 1 works for me")

    assert [len(agreements(one)) for one in (trio.ana, trio.ben, trio.cleo)] == [1, 1, 1]


def test_a_stranger_chooses_nothing(weft, pair):
    [first, *_] = slot_ids(introductions(pair.ana)[0])

    with weft.bot.begin() as work, pytest.raises(NotForYou, match="someone else"):
        slots.choose(work, first, by=pair.dev.id)

    with weft.bot.look() as work:
        assert choices_of(work, person_id=pair.dev.id) == []


def test_a_time_nobody_knows_is_answered_with_a_sentence(weft, pair):
    with weft.bot.begin() as work, pytest.raises(UserError, match="no longer on offer"):
        slots.choose(work, 10**6, by=pair.ana.id)


def test_a_time_that_has_passed_is_not_agreed_on(weft, pair):
    press(weft, pair.ana, "Time 1 works for me")
    weft.live(days=1, hours=1)

    said = press(weft, pair.ben, "Time 1 works for me")

    assert said == "That time has passed. Pick a later one or ask for other times."
    assert agreements(pair.ana) == []


def test_who_has_met_chooses_no_time(weft, pair):
    press(weft, pair.ana, "Time 1 works for me")
    pair.ana.press("We met", introductions(pair.ana)[0])

    said = press(weft, pair.ben, "Time 1 works for me")

    assert said == "You've already met, so there's no time to pick."
    assert agreements(pair.ana) == []


def test_a_coffee_that_was_called_off_has_no_times(weft, pair):
    press(weft, pair.ana, "Time 1 works for me")
    pair.ben.deactivate()
    weft.settle()

    said = press(weft, pair.ana, "Time 1 works for me", introductions(pair.ana)[0])

    assert said == "This coffee was called off, so there's no time to pick."


def test_an_agreement_not_yet_sent_is_taken_back_when_somebody_is_gone(weft, pair):
    pair.ana.press("Time 1 works for me", introductions(pair.ana)[0])
    pair.ben.press("Time 1 works for me", introductions(pair.ben)[0])

    pair.ben.deactivate()
    weft.settle()

    assert agreements(pair.ana) == []
    with weft.bot.look() as work:
        sent = sent_to(work, person_id=pair.ana.id)
        assert [row.state for row in sent if ":agreed:" in row.key] == [DeliveryState.CANCELLED] * 2  # Words and file.


def test_the_agreed_time_stands_in_home_and_in_the_command(weft, pair):
    press(weft, pair.ana, "Time 1 works for me")
    press(weft, pair.ben, "Time 1 works for me")
    pair.ana.open_home()

    assert "You're meeting tomorrow at 10:15." in words(pair.ana.home, pair.ana)
    assert "You're meeting" in words(pair.ana.command("/coffee"))

    weft.live(days=2)
    assert "Your time was yesterday at 10:15. Did you manage to meet?" in words(turn_to(pair.ana, "Today"), pair.ana)


def test_nobody_is_asked_whether_they_met_while_the_time_is_ahead(weft, pair):
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 3 works for me")  # Friday at 11:30
    with weft.bot.begin() as work:
        this_round = work.session.get_one(Round, match_of(work, pair.ana).round_id)
        this_round.midway_at = TUESDAY_TEN_IN_BERLIN + timedelta(days=2)

    weft.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))
    assert "have you met yet" not in pair.ana.messages()[-1].text
    weft.live(hours=2)

    assert pair.ana.messages()[-1].text.startswith("Did you and")


@pytest.mark.slow
def test_soon_after_their_time_they_are_asked_and_not_again_midway(weft, pair):
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 1 works for me")  # Wednesday at 10:15
    before = len(pair.ana.messages())

    weft.live_until(datetime(2026, 3, 4, 13, tzinfo=UTC))
    assert pair.ana.messages()[-1].text.startswith("Did you and")
    weft.live(days=6)

    assert len(pair.ana.messages()) == before + 1


# When one of three is gone


def test_two_who_are_left_of_three_get_new_times_and_the_old_ones_agree_no_more(weft, trio):
    first = introductions(trio.ana)[0]
    press(weft, trio.ana, "Time 1 works for me")
    press(weft, trio.cleo, "Time 1 works for me")
    trio.cleo.deactivate()
    weft.settle()
    again = introductions(trio.ana)[-1]
    assert introduced(again) == [one for one in introduced(first) if one != trio.cleo.id]
    assert set(slot_ids(again)).isdisjoint(slot_ids(first))

    said = press(weft, trio.ben, "Time 1 works for me", first)

    assert said == "These times have changed. My newer message has the current ones."
    assert agreements(trio.ana) == []
    for one in (trio.ana, trio.ben):
        press(weft, one, "Time 2 works for me")
    assert len(agreements(trio.ana)) == 1


def test_a_time_that_three_agreed_on_stays_for_the_two(weft, trio):
    for one in (trio.ana, trio.ben, trio.cleo):
        press(weft, one, "Time 1 works for me")
    trio.cleo.deactivate()
    weft.settle()

    again = introductions(trio.ana)[-1]
    assert labels(again) == ["We met", "Pause Coffee"]
    assert "Your time stays as agreed: tomorrow at 11:15" in words(again, trio.ana)
    assert "Add it to Google Calendar" in words(again)


# At the same moment, on both databases


@pytest.mark.slow
def test_two_last_choices_at_the_same_moment_agree_once(weft_on_both, team):
    weft = weft_on_both
    weft.tick()
    set_up(team.alma, team.coffee)
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    one = team.ana
    [other] = [person for person in team.everyone if person.id in partners(one)]
    [first, *_] = slot_ids(introductions(one)[0])

    def other_chooses():
        with weft.bot.begin() as work:
            slots.choose(work, first, by=other.id)

    second = threading.Thread(target=other_chooses)
    with weft.bot.begin() as work:
        slots.choose(work, first, by=one.id)
        second.start()
        second.join(0.5)  # Time enough to decide without knowing of the first choice, if nothing held it back.
    join(second)
    weft.carry()

    assert len(agreements(one)) == 1


def test_with_a_time_agreed_on_nothing_is_left_to_choose_in_the_introduction(weft, pair):
    introduction = introductions(pair.ana)[-1]
    press(weft, pair.ana, "Time 1 works for me")
    assert labels(introduction)[:3] == WORKS

    press(weft, pair.ben, "Time 1 works for me")

    assert labels(introduction) == ["Cancel this time", "Other times", "We met", "Pause Coffee"]
    read = words(introduction, pair.ben)
    assert "Your time: tomorrow at 10:15" in read
    assert "Find a time" not in read
    assert "Why you" in read
    assert "Need an icebreaker?" in read
