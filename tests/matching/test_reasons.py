"""Why you two, in words, strongest first."""

from bot.matching import History, Past, Request, Term, TermKind, match, words
from tests.matching.people import at_random, someone

NINE_TO_FIVE = ((540, 1020),)


def why(request: Request) -> list[str]:
    """Reasons of the first match."""
    return [words(term) for term in match(request).groups[0].terms]


def test_two_who_have_not_met() -> None:
    people = (
        someone(1, team="Sales", department="Go to market", office="Oslo", level=2, working_hours=NINE_TO_FIVE,
                topics=("go",)),
        someone(2, team="Data", department="Product", office="Lima", level=5, working_hours=((720, 1200),),
                topics=("go", "jazz")),
    )  # fmt: skip
    assert why(Request(people)) == [
        "You have not met",
        "Sales and Data",
        "5 hours of your working days overlap",
        "different departments (Go to market and Product)",
        "different offices (Oslo and Lima)",
        "you are both into go",
        "a first meeting with somebody senior",
    ]


def test_two_of_a_team_who_have_met() -> None:
    people = (someone(1, team="Sales"), someone(2, team="Sales"))
    rows = [("U001", "U002", Past.MET, 10)] * 2 + [("U003", one, Past.MET, 9) for one in ("U001", "U002")]
    said = why(Request(people, history=History.of(rows), absent=("U003",)))
    assert said[:2] == ["You have met twice", "both in Sales"]
    assert "you both know 1 colleague in common" in said


def test_three_are_told_about_all_of_them() -> None:
    people = tuple(someone(i, team=f"team {i}", working_hours=NINE_TO_FIVE) for i in range(3))
    said = why(Request(people))
    assert said[:3] == ["None of you have met", "team 0, team 1 and team 2", "8 hours of your working days overlap"]


def test_the_strongest_reason_comes_first() -> None:
    for group in match(at_random(3, 12)).groups:
        assert [abs(term.points) for term in group.terms] == sorted((abs(t.points) for t in group.terms), reverse=True)


def test_every_term_has_words() -> None:
    for kind, people, n in ((k, p, n) for k in TermKind for p in (2, 3) for n in (0, 1, 3, 95)):
        assert words(Term(kind, 1, ("a", "b", "c", "d")[: n + 1], n, people))
