"""What somebody noted of another last time comes back to them, and to nobody else."""

from datetime import date, timedelta

from bot.network import nudges
from storage.connections import notes
from tests.network.company import met
from tests.weft import words

NOVEMBER = date(2025, 11, 3)


def noted(weft, person, other, said, *, origin="match:1", days_ago=100):
    with weft.bot.begin() as work:
        notes.save_note(
            work,
            person_id=person.id,
            other_id=other.id,
            origin=origin,
            words=said,
            at=work.now - timedelta(days=days_ago),
        )


def suggested(weft, person):
    """The message in which Weft suggests something, a week later: nobody hears of anything before."""
    weft.clock.advance(timedelta(days=7))
    weft.settle()
    return [message for message in person.messages() if "Say hello" in str(message.blocks)]


def test_the_suggestion_to_say_hello_brings_back_the_note_of_last_time(weft, company):
    met(weft, company.ana, company.ben, on=NOVEMBER)
    noted(weft, company.ana, company.ben, "Moves to Lisbon")
    noted(weft, company.ana, company.ben, "Has a new\n dog <!channel>", origin="match:2", days_ago=90)
    noted(weft, company.ben, company.ana, "Ana is leaving")

    [message] = suggested(weft, company.ana)

    assert "Last time you noted: “Has a new dog &lt;!channel&gt;”\n*A short hello" in str(
        message.blocks[0]["text"]["text"]
    )
    assert "dog" not in message.text  # A locked screen shows it to whoever passes by.
    assert "Moves to Lisbon" not in str(message.blocks)


def test_only_whoever_wrote_it_reads_it(weft, company, caplog):
    met(weft, company.ana, company.ben, on=NOVEMBER)
    noted(weft, company.ana, company.ben, "Has a new dog")
    suggested(weft, company.ana)
    company.ana.command("/network")

    [to_ben] = suggested(weft, company.ben)
    assert "noted" not in str(to_ben.blocks)
    assert "dog" not in words(company.ben.command("/network"))
    assert not any("dog" in str(message.blocks) for one in (company.ben, company.alma) for message in one.sees())
    assert "dog" not in str([vars(record) for record in caplog.records if record.name.startswith("bot")])


def test_my_people_brings_it_back_beside_those_who_are_fading(weft, company):
    met(weft, company.ana, company.ben, on=NOVEMBER)
    met(weft, company.ana, company.cleo)
    noted(weft, company.ana, company.ben, "Has a new dog")
    noted(weft, company.ana, company.cleo, "Likes cake", origin="match:2")

    said = words(company.ana.command("/network"))

    assert "you met last in November 2025\nLast time you noted: “Has a new dog”" in said
    assert "cake" not in said


def test_a_long_note_is_shortened_and_a_note_taken_back_is_gone(weft, company):
    met(weft, company.ana, company.ben, on=NOVEMBER)
    noted(weft, company.ana, company.ben, "Tea & " * 150)
    said = company.ana.command("/network")
    assert "Tea & T…”" in words(said)
    assert "Tea &amp; T…”" in str(said.blocks)

    noted(weft, company.ana, company.ben, "")
    assert "noted" not in words(company.ana.command("/network"))


def test_somebody_to_stay_in_touch_with_is_remembered_too(weft, company):
    noted(weft, company.ana, company.ben, "Has a new dog")
    company.ana.press("People to stay in touch with", company.ana.command("/network").messages[0])
    company.ana.fill({"People": [company.ben], "How often": "Every other week"})
    company.ana.submit()
    weft.clock.advance(timedelta(days=15))

    with weft.bot.look() as work:
        [one] = nudges.stay_in_touch(work, [company.ana.id, company.cleo.id])
    assert one.private == "Last time you noted: “Has a new dog”"
