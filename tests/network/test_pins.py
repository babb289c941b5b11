"""People to stay in touch with, each with a rhythm of their own."""

from datetime import date

from bot.network import nudges
from tests.network.company import days_later, met, pin
from tests.weft import turn_to, words


def test_somebody_chooses_whom_to_stay_in_touch_with(weft, company):
    met(weft, company.ana, company.ben, on=date(2025, 11, 20))
    assert pin(company.ana, [company.ben, company.cleo]) == {}

    said = words(company.ana.command("/network"))
    assert "Staying in touch" in said
    assert "@Ben Okafor · last in November 2025 · time for a hello" in said
    assert "@Cleo Martin · no contact that I know of yet" in said


def test_pins_that_make_no_sense_are_said_at_their_field(weft, company, workspace):
    eleven = [workspace.add_person(f"Colleague {number}") for number in range(11)]
    weft.tick()

    assert "That is you" in str(pin(company.ana, [company.ana]))
    assert "10 people at most" in str(pin(company.ana, eleven))
    assert "a bot, a guest, or gone" in str(pin(company.ana, [workspace.add_person("Robot", is_bot=True)]))


def test_a_pin_of_somebody_who_left_is_not_shown_and_comes_back_with_them(weft, company):
    pin(company.ana, [company.ben])
    company.ben.deactivate()
    assert "Staying in touch" not in words(company.ana.command("/network"))
    company.ben.reactivate()

    assert "Staying in touch" in words(company.ana.command("/network"))


def rhythms(person):
    """As their page of Home shows them, by name."""
    blocks = turn_to(person, "My people").blocks
    return {
        block["text"]["text"].split(" · ")[0]: block["accessory"]["initial_option"]["text"]["text"]
        for block in blocks
        if block.get("accessory", {}).get("action_id") == "network_pin_rhythm"
    }


def reminded_of(weft, person):
    with weft.bot.look() as work:
        return [one.about.split(":")[1] for one in nudges.stay_in_touch(work, [person.id])]


def test_each_has_a_rhythm_of_their_own_in_the_form(weft, company):
    pin(company.ana, [company.ben, company.cleo], "Every month")
    company.ana.close()
    company.ana.press("People to stay in touch with", company.ana.command("/network").messages[0])
    company.ana.fill(
        {
            "People": [company.ben, company.cleo, company.dev],
            "Ben Okafor, how often": "Every other week",
            "How often, for those you add": "Every three months",
        }
    )
    assert company.ana.submit() == {}

    assert rhythms(company.ana) == {
        company.ben.mention: "Every other week",
        company.cleo.mention: "Every month",
        company.dev.mention: "Every three months",
    }


def choose_rhythm(person, other, rhythm, shown):
    [block] = [one for one in shown.blocks if other.mention in one.get("text", {}).get("text", "")]
    return person.choose(block["text"]["text"], rhythm, shown)


def test_a_rhythm_is_changed_where_it_stands_and_the_reminder_keeps_to_it(weft, company):
    pin(company.ana, [company.ben, company.cleo], "Every two months")
    company.ana.close()
    choose_rhythm(company.ana, company.ben, "Every other week", turn_to(company.ana, "My people"))
    assert rhythms(company.ana)[company.ben.mention] == "Every other week"
    said = choose_rhythm(company.ana, company.cleo, "Every month", company.ana.command("/network").messages[0])
    assert "Noted: every month." in words(said)

    assert reminded_of(weft, company.ana) == []
    days_later(weft, 15)
    assert reminded_of(weft, company.ana) == [company.ben.id]
    days_later(weft, 15)
    assert reminded_of(weft, company.ana) == [company.ben.id, company.cleo.id]


def test_whoever_is_taken_off_the_list_meanwhile_gets_no_rhythm(weft, company):
    pin(company.ana, [company.ben, company.cleo])
    company.ana.close()
    before = company.ana.command("/network").messages[0]
    pin(company.ana, [company.cleo])
    company.ana.close()

    said = choose_rhythm(company.ana, company.ben, "Every other week", before)
    assert "not on your list any more" in words(said)
    assert list(rhythms(company.ana)) == [company.cleo.mention]
