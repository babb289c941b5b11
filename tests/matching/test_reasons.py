"""Why you two, in words, strongest first."""

from bot.matching import TOLD, History, Past, Request, Term, TermKind, match, words
from tests.matching.people import at_random, someone

NINE_TO_FIVE = ((540, 1020),)


def why(request: Request) -> list[str]:
    """Reasons of the first match that people read."""
    return [words(term) for term in match(request).groups[0].terms if term.kind in TOLD]


def test_two_who_have_not_met() -> None:
    people = (
        someone(1, team="Sales", department="Go to market", office="Oslo", level=2, working_hours=NINE_TO_FIVE,
                topics=("go",)),
        someone(2, team="Data", department="Product", office="Lima", level=5, working_hours=((720, 1200),),
                topics=("go", "jazz")),
    )  # fmt: skip
    assert why(Request(people)) == [
        "You haven't met yet",
        "Sales and Data",
        "5 shared working hours",
        "Go to market and Product",
        "Oslo and Lima",
        "You're both into go",
    ]


def test_two_of_a_team_who_have_met() -> None:
    people = (someone(1, team="Sales"), someone(2, team="Sales"))
    rows = [("U001", "U002", Past.MET, 10)] * 2 + [("U003", one, Past.MET, 9) for one in ("U001", "U002")]
    said = why(Request(people, history=History.of(rows), absent={"U003": None}))
    assert said == ["You've met 2 times, and there was no one new for you two this time"]


def test_three_are_told_about_all_of_them() -> None:
    people = tuple(someone(i, team=f"team {i}", working_hours=NINE_TO_FIVE) for i in range(3))
    said = why(Request(people))
    assert said[:3] == ["None of you have met", "team 0, team 1, and team 2", "8 shared working hours"]


def test_the_strongest_reason_comes_first() -> None:
    for group in match(at_random(3, 12)).groups:
        assert [abs(term.points) for term in group.terms] == sorted((abs(t.points) for t in group.terms), reverse=True)


def test_every_reason_that_people_read_has_words() -> None:
    for kind, people, n in ((k, p, n) for k in TOLD for p in (2, 3) for n in (0, 1, 3, 95)):
        assert words(Term(kind, 1, ("a", "b", "c", "d")[: n + 1], n, people))


def test_what_would_tell_of_levels_or_of_other_colleagues_is_read_by_no_one() -> None:
    assert {TermKind.LEVELS, TermKind.SENIOR, TermKind.CONTACTS}.isdisjoint(TOLD)


def test_hours_are_said_as_people_count_them() -> None:
    said = [words(Term(TermKind.HOURS, 1, count=minutes)) for minutes in (45, 60, 90, 210)]
    assert said == [
        "45 shared working minutes",
        "1 shared working hour",
        "1½ shared working hours",
        "3½ shared working hours",
    ]
