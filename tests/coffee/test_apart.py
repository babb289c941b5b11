from bot.features import PLUGGED
from bot.privacy.service import export_person
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introductions
from tests.weft import turn_to, words


def rather_not(person, *others):
    person.press("Edit", turn_to(person, "My people"))
    person.fill({"People": list(others)})
    return person.submit()


def test_people_who_want_to_be_apart_are_never_matched_in_either_direction(weft, program):
    rather_not(program.ana, program.ben, program.cleo)
    rather_not(program.dev, program.ana)

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert introductions(program.ana) == []
    assert "I couldn't find you a match in Coffee this time" in words(program.ana.messages()[-1])
    assert len(introductions(program.ben)) == 1


def test_a_person_left_alone_by_it_is_not_told_of_anybodys_wish(weft, program):
    for one in (program.ben, program.cleo, program.dev):
        rather_not(one, program.ana)

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    told = words(program.ana.messages()[-1]) + words(program.ana.command("/coffee", "why"))
    assert "everyone you could meet was already matched" in told
    assert not any(person.id in told for person in (program.ben, program.cleo, program.dev))


def test_only_the_owner_sees_the_list(weft, program):
    rather_not(program.ana, program.ben)

    with weft.bot.look() as work:
        mine, theirs = (export_person(work, person.id, PLUGGED) for person in (program.ana, program.ben))
    assert mine["coffee"]["rather_not_meet"] == [program.ben.id]
    assert program.ana.id not in str(theirs)
    assert "Don't match me with: no one" in words(turn_to(program.alma, "My people"))


def test_a_wish_can_be_taken_back(weft, program):
    rather_not(program.ana, program.ben)
    rather_not(program.ana)

    assert "Don't match me with: no one" in words(turn_to(program.ana, "My people"))


def test_oneself_can_not_be_on_the_list(weft, program):
    assert "That's you" in str(rather_not(program.ana, program.ana))


def test_a_bot_can_not_be_on_the_list_and_whoever_left_the_company_may_stay_on_it(weft, program, workspace):
    robot = workspace.add_person("Robot", is_bot=True)
    assert "Choose only people in this workspace" in str(rather_not(program.ana, program.ben, robot))
    assert rather_not(program.ana, program.ben) == {}
    program.ben.deactivate()
    weft.tick()

    assert rather_not(program.ana, program.ben, program.cleo) == {}


def test_why_this_match_is_told_to_whoever_asks(weft, program):
    assert "hasn't had a round yet" in words(program.ana.command("/coffee", "why"))
    program.ben.command("/coffee", "skip")

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert "have met" in words(program.ana.command("/coffee", "why"))
    assert "you skipped it" in words(program.ben.command("/coffee", "why"))
