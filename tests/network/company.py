"""Five colleagues of four teams and three offices, and what they do with their network."""

from datetime import date, timedelta
from itertools import count

from bot.people.service import import_attributes
from storage.connections import connections
from storage.kinds import MetThrough

ADDED = "How often for new ones"
_matches = count(1)


def attributes(weft, said):
    """What the company's list says of teams and offices."""
    rows = [f"{person.id},{team},{office}" for person, (team, office) in said.items()]
    with weft.bot.begin() as work:
        import_attributes(work, "\n".join(["person_id,team,office", *rows]))


def met(weft, *people, on=date(2026, 2, 20)):
    """The first of them met each of the others, one at a time."""
    with weft.bot.begin() as work:
        for other in people[1:]:
            connections.record_meeting(
                work,
                people=[people[0].id, other.id],
                met_on=on,
                through=MetThrough.PROGRAM,
                origin=f"match:{next(_matches)}-test",
            )


def days_later(weft, days):
    """Where nothing is expected in between, no one needs to look every two hours."""
    weft.clock.advance(timedelta(days=days))
    weft.settle()


def pin(person, others, rhythm="Every month"):
    person.press("Stay in touch", person.command("/network").messages[0])
    often = "How often" if not person.modal.values["network_pinned"]["network_pinned"]["selected_users"] else ADDED
    person.fill({"People": list(others), often: rhythm})
    return person.submit()
