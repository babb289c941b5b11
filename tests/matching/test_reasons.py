"""Why you two, in words, strongest first."""

from itertools import combinations

from bot.matching import History, Kind, Past, Request, Term, TermKind, explain, match, words
from tests.matching.people import at_random, someone

NINE_TO_FIVE = ((540, 1020),)


def why(request: Request, *people: str) -> list[str]:
    return [words(term) for term in explain(request, *people)]


def test_two_who_have_not_met() -> None:
    people = (
        someone(1, team="Sales", department="Go to market", office="Oslo", level=2, working_hours=NINE_TO_FIVE,
                channels=("tea", "chess"), topics=("go",)),
        someone(2, team="Data", department="Product", office="Lima", level=5, working_hours=((720, 1200),),
                channels=("tea", "dogs"), topics=("go", "jazz")),
    )  # fmt: skip
    assert why(Request(people), "U001", "U002") == [
        "You have not met",
        "Sales and Data",
        "5 hours of your working days overlap",
        "different departments (Go to market and Product)",
        "you share 1 channel",
        "different offices (Oslo and Lima)",
        "you are both into go",
        "a first meeting with somebody senior",
    ]


def test_two_of_a_team_who_have_met() -> None:
    people = (someone(1, team="Sales"), someone(2, team="Sales"), someone(3))
    rows = [("U001", "U002", Past.MET, 10)] * 2 + [("U003", one, Past.MET, 9) for one in ("U001", "U002")]
    said = why(Request(people, history=History.of(rows)), "U001", "U002")
    assert said[:2] == ["You have met twice", "both in Sales"]
    assert "you both know 1 colleague in common" in said


def test_three_are_told_about_all_of_them() -> None:
    people = tuple(someone(i, team=f"team {i}", working_hours=NINE_TO_FIVE) for i in range(3))
    said = why(Request(people), "U000", "U001", "U002")
    assert said[:3] == ["None of you have met", "team 0, team 1 and team 2", "8 hours of your working days overlap"]


def test_a_match_carries_its_reasons() -> None:
    request = at_random(3, 12)
    for group in match(request).groups:
        assert group.terms == explain(request, *group.members)
        assert [abs(term.points) for term in group.terms] == sorted((abs(t.points) for t in group.terms), reverse=True)


def test_every_term_has_words() -> None:
    for kind, people, n in ((k, p, n) for k in TermKind for p in (2, 3) for n in (0, 1, 3, 95)):
        assert words(Term(kind, 1, ("a", "b", "c", "d")[: n + 1], n, people))


def test_a_repeat_and_a_team_are_counted() -> None:
    people = tuple(someone(i, team="red") for i in range(4))
    history = History.of((a.person_id, b.person_id, Past.MET, 1) for a, b in combinations(people, 2))
    result = match(Request(people, Kind.GROUPS, 4, history=history))
    assert (result.repeats, result.same_team_groups) == (1, 1)
