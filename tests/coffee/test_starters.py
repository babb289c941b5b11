"""The question with which a coffee can begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coffee.matches.starters.deck import ALL, ANY, COMPANY, CRAFTS, LIGHT, TOPIC
from bot.coffee.matches.starters.rules import choose, of_craft, question
from tests.coffee.stories import introductions
from tests.coffee.test_rounds import TUESDAY_TEN_IN_BERLIN
from tests.weft import words

ENGINEERING, SALES = (CRAFTS[craft][1] for craft in ("engineering", "sales"))
titles = st.sampled_from(["", "Engineer", "Account manager", "Product designer", "CFO", "Ingénieur ☕", "HR"])
teams = st.sampled_from([None, "Sales", "Data Platform", "<!channel>", "Kundenservice"])
topics = st.lists(st.sampled_from(["bread", "Kubernetes"]), unique=True)


@given(titles, teams, topics, st.integers(1, len(ANY)))
def test_the_same_two_never_begin_with_the_same_question_while_there_is_a_new_one(title, team, known, times):
    used = []
    for number in range(times):
        used.append(choose(f"seed:{number}", title=title, team=team, topics=known, used=used).name)

    assert len(set(used)) == times


@given(titles, teams, topics, st.text(max_size=5))
def test_a_question_fits_whoever_is_asked_and_one_seed_chooses_one(title, team, known, seed):
    chosen = choose(seed, title=title, team=team, topics=known, used=())

    assert chosen == choose(seed, title=title, team=team, topics=known, used=())
    fitting = [*LIGHT, *ANY, *COMPANY, *of_craft(f"{title} {team or ''}"), *(TOPIC if known else ())]
    assert chosen in fitting
    assert "{" not in question(chosen.name, seed, known)


def chosen_often(**about):
    several = [
        choose(str(number), title="Engineer", team="Data", topics=(), used=(), **about) for number in range(3000)
    ]
    return [starter.name.partition("-")[0] for starter in several]


def test_every_third_question_is_light():
    assert 0.3 < chosen_often().count("light") / 3000 < 0.37


@pytest.mark.slow
def test_only_people_of_different_teams_are_asked_about_the_others_and_only_groups_about_all_of_them():
    assert "company" in chosen_often()
    assert "company" not in chosen_often(is_across_teams=False)
    assert "group" not in chosen_often(people=2)
    assert "group" in chosen_often(people=3)


def test_an_engineer_is_asked_about_engineering_and_a_manager_of_accounts_about_selling():
    assert of_craft("Senior Engineer, Platform")[: len(ENGINEERING)] == list(ENGINEERING)
    assert set(of_craft("Account manager")) == set(SALES)
    assert of_craft("Biologist") == []


def test_when_all_were_asked_one_is_asked_again():
    assert choose("s", title="", team=None, topics=(), used=set(ALL)) in ANY


def test_names_stay_and_no_question_is_there_twice():
    questions = [starter.question.template for starter in ALL.values()]

    assert len(set(questions)) == len(questions)
    assert all(one.endswith("?") for one in questions)
    spoken = ("What", "How", "Who", "Where", "When", "Which", "If")
    assert all(one.startswith(spoken) for one in questions)
    assert question("gone", "s", ()) == ""


def test_the_introduction_suggests_a_question_about_the_work_of_the_other(weft, program):
    for one in (program.cleo, program.dev):
        one.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    shown = words(introductions(program.ana)[0], program.ana)

    assert "Need an icebreaker? @Ana Ruiz, ask @Ben Okafor: “" in shown
    fitting = [*LIGHT, *ANY, *COMPANY, *SALES]
    assert any(starter.question.template in shown for starter in fitting)
