"""`/network` and My people: the people someone knows, for their eyes only."""

from datetime import date, timedelta

import pytest

from bot.connections.service import record_contact
from bot.core.page import Page
from bot.features import PLUGGED
from bot.network import drawing, picture
from bot.privacy.service import export_person
from bot.slack.replies import home_page
from storage.connections import connections
from storage.kinds import ContactKind, MetThrough
from storage.programs import apart
from tests.network.company import attributes, met, pin
from tests.network.test_asking import ask
from tests.weft import labels, turn_to, words


def test_before_the_first_coffee_it_says_what_will_be_here(weft, company):
    said = company.ana.command("/network")

    assert "No one here yet" in words(said)
    assert said.ephemeral
    assert "Draw my network" not in labels(said)
    assert labels(said).count("Match me") == 3


def test_it_counts_people_teams_and_offices(weft, company):
    met(weft, company.ana, company.ben, company.cleo)

    assert "You know 2 people in 1 of 3 other teams and 2 of 3 offices." in words(company.ana.command("/network"))


def test_ones_own_team_is_none_that_one_reaches(weft, company):
    met(weft, company.ana, company.alma)

    said = words(company.ana.command("/network"))
    assert "You know 1 person so far." in said


def test_home_shows_the_same(weft, company):
    met(weft, company.ana, company.ben)

    assert "You know 1 person, in 1 of 3 other teams" in words(turn_to(company.ana, "My people"))


def test_the_closest_come_first_and_who_has_left_does_not_come(weft, company):
    met(weft, company.ana, company.ben, on=date(2025, 6, 1))
    met(weft, company.ana, company.cleo)
    met(weft, company.ana, company.dev)
    company.dev.deactivate()

    said = words(company.ana.command("/network"))
    assert "Closest right now\n@Cleo Martin and @Ben Okafor\n" in said
    assert "Dev" not in said


def test_someone_who_changes_teams_is_known_in_the_new_one(weft, company):
    met(weft, company.ana, company.ben)
    assert "Legal" in unreached(company.ana)
    attributes(weft, {company.ben: ("Legal", "Lisbon")})

    assert "Legal" not in unreached(company.ana)


def unreached(person):
    """The teams where they are offered a coffee."""
    blocks = turn_to(person, "My people").blocks
    return [block["text"]["text"] for block in blocks if "Match me" in labels([block])]


def test_teams_without_anyone_known_are_offered_and_ones_own_is_not(weft, company):
    met(weft, company.ana, company.ben)

    assert unreached(company.ana) == ["Legal", "Support"]


def test_fading_connections_are_shown_with_a_hello(weft, company):
    met(weft, company.ana, company.ben, on=date(2025, 11, 20))
    met(weft, company.ana, company.cleo)

    said = company.ana.command("/network")
    assert "@Ben Okafor · last met in November 2025" in words(said)

    company.ana.press("Say hello to Ben Okafor", said.messages[0])
    company.ana.fill({"To Ben Okafor": "Hi Ben! <!channel> *coffee*?"})
    company.ana.submit()
    weft.settle()
    [hello] = company.ben.group_messages()
    assert hello.text == f"{company.ana.mention} says hi, {company.ben.mention}!"
    assert "> Hi Ben! &lt;!channel&gt; *coffee*?" in str(hello.blocks)
    assert company.ana.group_messages() == [hello]


def test_hello_is_sent_once_a_day_however_often_the_form_is(weft, company):
    met(weft, company.ana, company.ben, on=date(2025, 11, 20))
    said = company.ana.command("/network")
    for _ in range(2):
        company.ana.press("Say hello to Ben Okafor", said.messages[0])
        answer = company.ana.submit()
    weft.settle()

    assert "already said hello to them today" in str(answer)
    assert len(company.ben.group_messages()) == 1


def test_a_hello_to_someone_who_would_rather_not_meet_goes_nowhere(weft, company):
    met(weft, company.ana, company.ben, on=date(2025, 11, 20))
    said = company.ana.command("/network")
    with weft.bot.begin() as work:
        apart.replace_wishes(work, person_id=company.ben.id, others=[company.ana.id])
    answer = company.ana.press("Say hello to Ben Okafor", said.messages[0])
    weft.settle()

    assert "can't start this chat" in words(answer)
    assert company.ben.group_messages() == []


NAMES = (
    "<!channel> *bold*",
    "A",
    "Maximiliane " * 20,
    "\u202e\u05d3\u05e0\u05d9\u202c",
    "O'Neil & <b>Sons</b>",
    "_Ana_",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_kind_is_only_a_name(weft, company, name):
    company.ben.change(real_name=name, display_name=name)
    attributes(weft, {company.eva: (name, "Berlin"), company.ben: (name, "Berlin")})
    met(weft, company.ana, company.ben, on=date(2025, 11, 20))
    met(weft, company.eva, company.ben)
    shown = [company.ana.command("/network").messages[0], turn_to(company.ana, "My people")]
    company.ana.press("Add note", company.ana.home)
    shown.append(company.ana.modal)
    company.ana.close()
    company.ana.press("Say hello", shown[0])
    shown.append(company.ana.modal)
    company.ana.submit()
    company.ana.close()
    ask(weft, company.ana, because=name, to=company.eva)
    shown += [company.ana.modal, *company.ben.sees()]

    said = list(mrkdwn_in([one.blocks for one in shown]))
    assert "Find an introduction" in labels(shown[0])
    assert any("would like to meet" in text for text in said)
    assert [text for text in said if "<!channel" in text or "<b" in text] == []


def mrkdwn_in(drawn):
    if isinstance(drawn, dict) and drawn.get("type") == "mrkdwn":
        yield drawn["text"]
    elif isinstance(drawn, dict | list):
        for one in drawn.values() if isinstance(drawn, dict) else drawn:
            yield from mrkdwn_in(one)


# The picture


def test_one_person_is_not_drawn(weft, company):
    met(weft, company.ana, company.ben)
    said = company.ana.command("/network")
    assert "Draw my network" not in labels(said)

    assert "once you know two people" in words(company.ana.command("/network", "picture"))


def test_the_picture_comes_to_the_person_alone_with_words_for_those_who_cant_see_it(weft, company):
    met(weft, company.ana, company.ben, company.cleo)
    company.ana.press("Draw my network", company.ana.command("/network").messages[0])
    weft.settle()

    [message] = [message for message in company.ana.messages() if message.files]
    [file] = message.files
    assert file.content.startswith(b"\x89PNG")
    assert "the people you know are around you" in file.alt_txt
    assert "Ben Okafor" in file.alt_txt
    assert not any(message.files for one in company.everyone if one != company.ana for message in one.sees())


def test_there_is_a_dark_one_and_a_light_one(weft, company):
    met(weft, company.ana, company.ben, company.cleo)
    company.ana.command("/network", "picture dark")
    company.ana.command("/network", "picture")
    weft.settle()

    dark, light = [message.files[0].content for message in company.ana.messages() if message.files]
    assert dark != light


def test_pictures_are_drawn_one_after_the_other(weft, company, monkeypatch):
    """Forty at the same moment took 150 MB."""
    draw, waits = picture.draw, []

    def drawn(*given, **how):
        waits.append(drawing.ONE_AT_A_TIME.locked())
        return draw(*given, **how)

    monkeypatch.setattr(picture, "draw", drawn)
    met(weft, company.ana, company.ben, company.cleo)
    company.ana.command("/network", "picture")

    assert waits == [True]


def test_an_empty_network_has_no_picture_and_says_so(weft, company):
    assert "once you know two people" in words(company.ana.command("/network", "picture"))


def test_a_word_that_network_does_not_know_is_answered_with_those_it_does(weft, company):
    said = words(company.ana.command("/network", "<!channel> banana"))

    assert said.startswith("I didn't get that")
    assert "/network picture" in said


# Promises


def test_no_one_else_finds_a_trace_of_it_not_even_an_admin(weft, company, caplog):
    met(weft, company.ana, company.ben)
    pin(company.ana, [company.ben])
    company.ana.press("Match me with Legal", company.ana.command("/network").messages[0])
    note_contact(weft, company)
    weft.settle()

    for reader in (company.alma, company.cleo, company.dev):
        seen = everything_shown_to(weft, reader)
        assert company.ana.id not in seen
        assert "Ana" not in seen
    hers = everything_shown_to(weft, company.ben)
    assert "Staying in touch" not in hers
    assert company.ana.id not in "".join(str(vars(record)) for record in caplog.records if record.name[:3] == "bot")


def note_contact(weft, company):
    with weft.bot.begin() as work:
        for days in range(4):
            record_contact(
                work, company.ana.id, company.ben.id, ContactKind.REPLY, on=date(2026, 3, 1) - timedelta(days=days)
            )


def everything_shown_to(weft, reader):
    """All pages of Home, all commands, and the file of all that is kept of them."""
    with weft.bot.look() as work:
        pages = [home_page(work, reader.id, page) for page in Page]
        pages.append(export_person(work, reader.id, PLUGGED))
    said = [reader.command(*typed) for typed in (("/network",), ("/network", "help"), ("/coffee",), ("/weft",))]
    return str(pages) + "".join(words(one) for one in said)


def test_taking_part_in_a_meeting_shows_each_only_their_own_side(weft, company):
    met(weft, company.ana, company.ben)
    with weft.bot.begin() as work:
        connections.record_meeting(
            work,
            people=[company.ben.id, company.dev.id],
            met_on=date(2026, 2, 1),
            through=MetThrough.PROGRAM,
            origin="match:99",
        )

    assert "Dev" not in words(company.ana.command("/network"))
    assert "You know 2 people" in words(company.ben.command("/network"))
