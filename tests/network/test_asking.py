"""Who could introduce me: two private yeses, and a no that no one learns of."""

from datetime import timedelta

import pytest

from bot.features import PLUGGED
from bot.privacy.service import export_person
from storage.kinds import Attention
from storage.outbox import attention
from storage.outbox.attention import QuotaUse
from storage.programs import apart
from tests.network.company import attributes, days_later, met
from tests.weft import labels, turn_to, words


@pytest.fixture
def chain(weft, company):
    """Ana knows Ben, Ben knows Eva of Legal; Cleo knows Eva as well, but not Ana."""
    met(weft, company.ana, company.ben)
    met(weft, company.eva, company.ben, company.cleo)
    return company


def look(person, **goal):
    """They ask who could introduce them, and see the answer."""
    person.press("Find an introduction", person.command("/network").messages[0])
    person.fill({"Or a team": goal["team"]} if "team" in goal else {"A person": goal["to"]})
    return person.submit()


def ask(weft, person, because="I would like to understand contracts", **goal):
    look(person, **goal)
    person.fill({"What would you like to talk about?": because})
    answer = person.submit()
    weft.settle()
    return answer


def last(person):
    return person.messages()[-1]


def test_a_way_to_a_team_leads_through_someone_they_know(weft, chain):
    look(chain.ana, team="Legal")

    assert "Ben Okafor could introduce you to someone in Legal." in words(chain.ana.modal)
    assert "Cleo" not in words(chain.ana.modal)


def test_a_way_to_a_person_is_the_same(weft, chain):
    look(chain.ana, to=chain.eva)

    assert "Ben Okafor could introduce you to Eva Horak." in words(chain.ana.modal)


def test_where_there_is_no_way_it_says_so(weft, chain):
    look(chain.dev, team="Legal")

    assert "No one you know can introduce you to Legal yet" in words(chain.dev.modal)


def test_people_who_know_each_other_need_no_introduction(weft, chain):
    assert "You already know Ben Okafor" in str(look(chain.ana, to=chain.ben))
    assert "That's you" in str(look(chain.ana, to=chain.ana))


def test_the_one_between_is_asked_first_and_the_other_knows_nothing_yet(weft, chain):
    ask(weft, chain.ana, team="Legal")

    assert "would like to meet someone in Legal. Know anyone who'd be a good fit?" in last(chain.ben).text
    assert "I would like to understand contracts" in words(last(chain.ben))
    assert labels(last(chain.ben)) == ["Ask Eva Horak", "Rather not", "Don't suggest me"]
    assert chain.eva.messages() == []
    assert chain.ana.messages() == []


def test_two_yeses_open_the_group_message_and_the_one_between_is_thanked(weft, chain):
    ask(weft, chain.ana, team="Legal")
    chain.ben.press("Ask Eva Horak", last(chain.ben))
    weft.settle()
    assert chain.ana.group_messages() == []
    chain.eva.press("Introduce us", last(chain.eva))
    weft.settle()

    [together] = chain.ana.group_messages()
    assert chain.eva.group_messages() == [together]
    assert f"{chain.ben.mention} introduced you." in together.text
    assert chain.ben.group_messages() == []
    assert "Your introduction for" in last(chain.ben).text
    days_later(weft, 20)
    assert not any("didn't work out" in message.text for message in chain.ana.messages())


def test_ways_to_single_people_are_looked_for_five_times_a_day_and_to_large_teams_any_time(weft, chain, workspace):
    large = [workspace.add_person(f"Colleague {number}") for number in range(5)]
    weft.tick()
    attributes(weft, {one: ("Finance", "Berlin") for one in large})
    for one in (chain.eva, chain.dev, chain.cleo, large[0]):
        look(chain.ana, to=one)
        chain.ana.close()
    look(chain.ana, team="Legal")  # One person only.
    chain.ana.close()

    assert "You've looked up 5 people today." in str(look(chain.ana, to=large[1]))
    chain.ana.close()
    assert look(chain.ana, team="Finance") == {}
    chain.ana.close()
    days_later(weft, 1)
    assert look(chain.ana, to=large[1]) == {}


ENDS = ("silence", "the one between says no", "the other says no", "the other is silent", "the one between leaves")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("ending", ENDS)
def test_a_no_and_a_silence_are_the_same_for_the_one_who_asked(weft, chain, ending):
    ask(weft, chain.ana, team="Legal")
    if ending == "the one between says no":
        chain.ben.press("Rather not", last(chain.ben))
        assert last(chain.ben).text == "No problem. No one will know."
    if ending.startswith("the other"):
        chain.ben.press("Ask Eva Horak", last(chain.ben))
        weft.settle()
    if ending == "the other says no":
        chain.eva.press("Rather not", last(chain.eva))
    if ending == "the one between leaves":
        chain.ben.deactivate()
    for _ in range(7):
        days_later(weft, 2)
        assert chain.ana.messages() == []
    with weft.bot.look() as work:
        [asked] = export_person(work, chain.ana.id, PLUGGED)["network"]["introductions_you_asked_for"]
    assert asked["came_together"] is False
    days_later(weft, 3)
    days_later(weft, 1)

    [told] = chain.ana.messages()
    assert told.text.startswith("The introduction to someone in Legal didn't work out this time.")
    assert chain.ana.group_messages() == []


def test_a_button_pressed_weeks_later_says_that_it_is_over(weft, chain):
    ask(weft, chain.ana, team="Legal")
    question = last(chain.ben)
    days_later(weft, 9)

    assert "has expired, and nothing was sent" in words(chain.ben.press("Ask Eva Horak", question))
    weft.settle()
    assert chain.eva.messages() == []


def test_pressing_twice_or_by_someone_else_asks_once(weft, chain):
    ask(weft, chain.ana, team="Legal")
    question = last(chain.ben)
    chain.ben.press("Ask Eva Horak", question)
    weft.settle()
    assert labels(question) == []

    assert len(chain.eva.messages()) == 1


def test_people_kept_apart_are_on_no_path(weft, chain):
    with weft.bot.begin() as work:
        apart.replace_wishes(work, person_id=chain.eva.id, others=[chain.ana.id])

    look(chain.ana, to=chain.eva)

    assert "No one you know can introduce you to Eva Horak yet" in words(chain.ana.modal)


def test_people_who_opted_out_are_not_suggested_as_connectors(weft, chain):
    chain.ben.press("Opt out", turn_to(chain.ben, "Settings"))
    look(chain.ana, team="Legal")
    assert "No one you know can introduce you" in words(chain.ana.modal)

    chain.ben.press("Opt in", turn_to(chain.ben, "Settings"))
    look(chain.ana, team="Legal")
    assert "Ben Okafor could introduce you" in words(chain.ana.modal)


def test_no_one_is_asked_twice_for_the_same_even_after_a_silent_no(weft, chain):
    ask(weft, chain.ana, team="Legal")
    chain.ben.press("Rather not", last(chain.ben))

    assert "I asked them about this recently" in str(ask(weft, chain.ana, team="Legal"))
    assert len(chain.ben.messages()) == 1


def test_a_request_without_a_reason_keeps_the_form_open(weft, chain):
    assert "Add a sentence" in str(ask(weft, chain.ana, because="\u200b \u200b", team="Legal"))


def test_hostile_words_stay_words(weft, chain):
    ask(weft, chain.ana, because="<!channel> <@U1> *now*\n\n<https://evil.test|bank>", team="Legal")

    assert "<!channel>" not in str(last(chain.ben).blocks)
    assert "&lt;!channel&gt;" in str(last(chain.ben).blocks)


def test_they_met_meanwhile_so_nothing_is_sent(weft, chain):
    ask(weft, chain.ana, to=chain.eva)
    met(weft, chain.ana, chain.eva)

    assert "no longer needed" in words(chain.ben.press("Ask Eva Horak", last(chain.ben)))
    weft.settle()
    assert chain.eva.messages() == []


# Asked by a colleague: the same day, before what Weft says by itself, and at no cost of its budget


def spend(weft, person):
    """Weft has written to them today by itself."""
    with weft.bot.begin() as work:
        work.session.add(
            QuotaUse(
                workspace_id=work.workspace_id,
                person_id=person.id,
                message_id=9999,
                attention=Attention.PROGRAM,
                spent_at=work.now,
                spent_on=work.now.date(),
            )
        )


def spent(weft, person):
    with weft.bot.look() as work:
        return len(attention.uses_since(work, person_id=person.id, since=work.now - timedelta(days=8)))


def test_an_introduction_is_asked_for_on_the_same_day_and_is_not_counted(weft, chain):
    spend(weft, chain.ben)
    before = spent(weft, chain.ben)

    ask(weft, chain.ana, team="Legal")

    assert "would like to meet" in chain.ben.messages()[-1].text
    assert spent(weft, chain.ben) == before
    assert "I'll ask Ben Okafor in private today." in words(chain.ana.modal)


def test_out_of_hours_the_one_who_asks_reads_on_which_day_it_arrives(weft, chain, clock):
    clock.advance(timedelta(hours=10))
    before = len(chain.ben.messages())

    ask(weft, chain.ana, team="Legal")

    assert len(chain.ben.messages()) == before
    assert "I'll ask Ben Okafor in private tomorrow." in words(chain.ana.modal)
    weft.live(hours=14)
    assert "would like to meet" in chain.ben.messages()[-1].text
