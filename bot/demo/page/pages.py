"""Pages and their parts, rendered from templates."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from zlib import crc32

from jinja2 import Environment, PackageLoader

from bot.demo.page.company import Company, newest
from bot.demo.page.drawing.canvas import accounts_in
from bot.demo.page.manifest import COMMANDS, SHORTCUTS
from bot.demo.page.places import HOME, Desk
from bot.demo.page.profile import PAUSES, STATUSES, ZONES
from bot.slacksim import Channel, Person
from bot.slacksim.state import Json, Kind

QUICK = ("raised_hands", "tada", "heart", "thumbsup", "eyes", "white_check_mark")
"""One-tap reactions."""
PARTS = ("clock", "side", "title", "main", "thread", "modal", "me", "channel", "profile", "members")


def initials(name: str) -> str:
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"


def hue(person_id: str) -> int:
    """Return the color index of a person's avatar."""
    return crc32(person_id.encode()) % 8


class Pages:
    def __init__(self, company: Company) -> None:
        self.company = company
        self.templates = Environment(
            loader=PackageLoader("bot.demo.page"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["hue"] = hue
        self.templates.globals |= {
            "initials": initials,
            "accounts": partial(accounts_in, company.workspace),
            "company": company,
            "workspace": company.workspace,
            "kinds": Kind,
            "quick": QUICK,
            "zones": ZONES,
            "statuses": STATUSES,
            "pauses": PAUSES,
            "commands": COMMANDS,
            "shortcuts": SHORTCUTS,
        }

    def chooser(self) -> str:
        teams: dict[str, list[Person]] = {}
        for colleague, person in self.company.play.life.people.values():
            teams.setdefault(colleague.team, []).append(person)
        known = set(self.company.play.life.people)
        users = accounts_in(self.company.workspace)
        others = [Person(self.company.workspace, user) for user in users if user.id not in known]
        with_admins_first = dict(
            sorted(teams.items(), key=lambda team: not any(each.user.is_admin for each in team[1]))
        )
        return self._draw("choose.html", teams=with_admins_first, others=others)

    def whole(self, desk: Desk, place: str, thread: str) -> str:
        context = self._context(desk, place, thread)
        parts = self.parts(desk, place, thread)
        return self._draw("page.html", **context, parts=parts, newest=newest(desk.person))

    def problem(self, sentence: str) -> str:
        return self._draw("problem.html", sentence=sentence)

    def parts(
        self,
        desk: Desk,
        place: str,
        thread: str,
        problems: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        context = self._context(desk, place, thread) | {"problems": problems}
        return {name: self._draw(f"parts/{name}.html", **context) for name in PARTS}

    def confirm(self, desk: Desk, ask: Json) -> str:
        return self._draw("parts/confirm.html", canvas=desk.canvas, ask=ask)

    def _context(self, desk: Desk, place: str, thread: str) -> dict[str, Any]:
        channel: Channel | None = None if place == HOME else self.company.workspace.channels[place]

        def names_of(users: list[str]) -> str:
            return ", ".join(self.company.workspace.name_of(each) for each in users[:20])

        return {
            "desk": desk,
            "person": desk.person,
            "canvas": desk.canvas,
            "place": place,
            "heading": "Home" if place == HOME else desk.canvas.title(place),
            "channel": channel,
            "thread": thread,
            "problems": None,
            "names_of": names_of,
            "now": desk.canvas.names.local(self.company.clock.now().timestamp()),
        }

    def _draw(self, template: str, **context: Any) -> str:  # noqa: ANN401 - whatever the template asks for
        return self.templates.get_template(template).render(context)
