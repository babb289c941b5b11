"""An invented company of 60 people in 8 teams and 5 time zones, and how each of them responds."""

import enum
from dataclasses import dataclass


class Habit(enum.Enum):
    """Response behavior of a person, when asked a question."""

    PROMPT = "answers within hours"
    LATE = "answers after a day or two"
    SILENT = "reads and says nothing"


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    title: str
    team: str
    office: str
    zone: str
    habit: Habit
    is_admin: bool = False


OFFICES = {
    "Lisbon": "Europe/Lisbon",
    "Berlin": "Europe/Berlin",
    "New York": "America/New_York",
    "Toronto": "America/Toronto",
    "Bengaluru": "Asia/Kolkata",
}

TEAMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Engineering": (
        "Engineer",
        (
            "Ana Ruiz",
            "Ben Okafor",
            "Cleo Martin",
            "Dev Patel",
            "Elif Kaya",
            "Finn Larsen",
            "Grace Wu",
            "Hugo Silva",
            "Ines Costa",
            "Jonas Weber",
            "Kavya Rao",
            "Liam Byrne",
            "Mina Sato",
            "Noor Haddad",
        ),
    ),
    "Sales": (
        "Account manager",
        (
            "Olga Petrova",
            "Pablo Diaz",
            "Quinn Taylor",
            "Rosa Lombardi",
            "Sami Nieminen",
            "Tara Singh",
            "Uma Iyer",
            "Victor Hahn",
            "Wanda Kowalska",
            "Xavier Roy",
        ),
    ),
    "Support": (
        "Support specialist",
        (
            "Yara Mansour",
            "Zoe Clarke",
            "Amir Farah",
            "Bella Rossi",
            "Carl Jensen",
            "Dana Cohen",
            "Emil Novak",
            "Farah Aziz",
        ),
    ),
    "Product": (
        "Product manager",
        ("Gina Moretti", "Henrik Dahl", "Isha Mehta", "Jack Murphy", "Kim Tran", "Lena Vogel"),
    ),
    "Design": ("Designer", ("Marta Nowak", "Nils Berg", "Omar Said", "Priya Nair", "Rui Alves", "Sofia Greco")),
    "Data": ("Analyst", ("Theo Blanc", "Ursula Frei", "Vera Ivanova", "Will Adams", "Yusuf Demir", "Zara Khan")),
    "People": ("People partner", ("Alma Reyes", "Boris Fischer", "Chloe Dubois", "Dario Conti", "Eva Horak")),
    "Finance": ("Controller", ("Felix Brandt", "Gaia Ferri", "Hanna Lind", "Ivan Petrov", "Julia Santos")),
}


def colleagues() -> list[Colleague]:
    """Return the same 60 people every time. The first of the People team is the admin."""
    offices = list(OFFICES.items())
    habits = [Habit.PROMPT, Habit.LATE, Habit.PROMPT, Habit.PROMPT, Habit.SILENT, Habit.LATE, Habit.PROMPT]
    people: list[Colleague] = []
    for team, (title, names) in TEAMS.items():
        for name in names:
            office, zone = offices[len(people) * 3 % len(offices)]
            habit = habits[len(people) % len(habits)]
            people.append(Colleague(name, title, team, office, zone, habit, is_admin=name == "Alma Reyes"))
    return people
