"""The web application: routes and request handlers."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.core.mrkdwn import plain
from bot.demo.page.asked import Outcome, Request, Unclear
from bot.demo.page.company import Company, Pace
from bot.demo.page.deeds import DEEDS
from bot.demo.page.guard import Guard
from bot.demo.page.pages import Pages
from bot.demo.page.places import HOME, Desk
from bot.demo.page.profile import ZONES
from bot.slacksim import NotPossible, Person
from bot.slacksim.errors import Refused
from bot.slacksim.records import SLACKBOT

logger = logging.getLogger(__name__)

MOST_NEWS = 3
LONGEST_NAME = 80
BROKEN = "Something went wrong on this page. Reload to continue; the terminal has details."
STUCK = "Something went wrong. Try the switch again; the terminal has details"
JUMPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
GONE = "{name}'s account is deactivated. An admin can bring them back: switch to one and choose Manage members."
REFUSALS = {
    "invalid_name": "There's no emoji with that name.",
    "too_many_emoji": "A message can't carry more different reactions.",
    "is_archived": "This channel is archived.",
}
"""Slack's error codes as sentences."""

Posted = Callable[[HttpRequest, Request], Response]


def build_page(company: Company, *, key: str, port: int) -> Starlette:
    site = Site(company)
    return Starlette(
        routes=[
            Route("/", site.choose),
            Route("/people", posted(site.newcomer), methods=["POST"]),
            Route("/time", posted(site.time), methods=["POST"]),
            Route("/power", posted(site.power), methods=["POST"]),
            Route("/as/{person_id}", site.enter),
            Route("/as/{person_id}/release", posted(site.release), methods=["POST"]),
            Route("/as/{person_id}/file/{file_id}", site.file),
            Route("/as/{person_id}/do/{deed}", posted(site.do), methods=["POST"]),
            Route("/as/{person_id}/{place}", site.place),
            Route("/as/{person_id}/{place}/parts", site.parts),
            Mount("/static", StaticFiles(packages=[("bot.demo.page", "static")])),
        ],
        middleware=[Middleware(Guard, key=key, port=port)],
        exception_handlers={HTTPException: site.not_there, Exception: broken},
    )


def posted(answer: Posted) -> Callable[[HttpRequest], Awaitable[Response]]:
    """Wrap a handler of JSON requests. Impossible actions are answered with a sentence."""

    async def endpoint(request: HttpRequest) -> Response:
        try:
            asked = Request(json.loads(await request.body()))
            return await run_in_threadpool(answer, request, asked)
        except (ValueError, RecursionError):
            return JSONResponse({"problem": "The request isn't JSON."}, 400)
        except Unclear as problem:
            return JSONResponse({"problem": str(problem)}, 400)
        except NotPossible as problem:
            return JSONResponse({"problem": sentence(str(problem))}, 409)
        except Refused as refusal:
            return JSONResponse({"problem": REFUSALS.get(refusal.error, f"Slack says {refusal.error}.")}, 409)

    return endpoint


def sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith(".") else ".")


def broken(request: HttpRequest, error: Exception) -> Response:
    return JSONResponse({"problem": BROKEN}, 500)


class Site:
    """Request handlers. Each request runs in a thread of its own and holds the company's lock."""

    def __init__(self, company: Company) -> None:
        self.company, self.workspace, self.pages = company, company.workspace, Pages(company)

    def desk(self, request: HttpRequest) -> Desk:
        user = self.workspace.users.get(request.path_params["person_id"])
        if user is not None and user.deleted:
            raise HTTPException(404, GONE.format(name=user.real_name))
        if user is None or user.id == SLACKBOT or not user.can_log_in:
            raise HTTPException(404, "There's no one at this address.")
        return Desk(self.company, Person(self.workspace, user))

    def check_place(self, desk: Desk, place: str) -> None:
        channel = self.workspace.channels.get(place)
        if place != HOME and (channel is None or (channel.is_private and desk.person.id not in channel.members)):
            raise HTTPException(404, f"{desk.person.name} isn't in that conversation.")

    # Pages

    def choose(self, request: HttpRequest) -> Response:
        with self.company.looking():
            return HTMLResponse(self.pages.chooser())

    def enter(self, request: HttpRequest) -> Response:
        with self.company.acting():
            desk = self.desk(request)
            desk.direct()
        return RedirectResponse(f"/as/{desk.person.id}/{HOME}", 303)

    def place(self, request: HttpRequest) -> Response:
        """Show a place. From now on the visitor plays this person; opening Home sends the event to the bot once."""
        place = request.path_params["place"]
        with self.company.acting():
            desk = self.desk(request)
            self.check_place(desk, place)
            self.company.play.life.hand_over(desk.person)
            if place == HOME:
                desk.person.open_home()
            self.note_read(desk, place)
            return HTMLResponse(self.pages.whole(desk, place, request.query_params.get("thread", "")))

    def parts(self, request: HttpRequest) -> Response:
        asked = request.query_params
        with self.company.looking():
            if asked.get("since") == str(self.company.version):
                return Response(status_code=204)
            place = request.path_params["place"]
            desk = self.desk(request)
            self.check_place(desk, place)
            return self.fresh(desk, place, asked.get("thread", ""), asked.get("seen", ""))

    def fresh(
        self,
        desk: Desk,
        place: str,
        thread: str,
        seen: str,
        problems: Mapping[str, str] | None = None,
        problem: str = "",
    ) -> JSONResponse:
        self.note_read(desk, place)
        news = desk.news_since(seen) if seen else []
        return JSONResponse(
            {
                "version": self.company.version,
                "seen": max([seen, *(each.ts for each in news)]),
                "parts": self.pages.parts(desk, place, thread, problems),
                "problems": dict(problems or {}),
                "problem": problem,
                "news": [self.news(desk, message.channel_id, message.text) for message in news[-MOST_NEWS:]],
            }
        )

    def news(self, desk: Desk, channel_id: str, text: str) -> dict[str, str]:
        words = desk.canvas.said(text).striptags()
        address = f"/as/{desk.person.id}/{channel_id}"
        return {"channel": channel_id, "where": desk.canvas.title(channel_id), "text": words[:300], "address": address}

    def note_read(self, desk: Desk, place: str) -> None:
        if place != HOME:
            desk.note_read(self.workspace.channels[place])

    def file(self, request: HttpRequest) -> Response:
        with self.company.looking():
            desk = self.desk(request)
            file = self.workspace.files.get(request.path_params["file_id"])
            here = {each.id for each in desk.person.conversations()}
            if file is None or (file.channel_ids and not here.intersection(file.channel_ids)):
                raise HTTPException(404, "That file doesn't exist.")
        if file.name.endswith(".png"):
            return Response(file.content, media_type="image/png")
        return Response(file.content, media_type="application/octet-stream")

    # Actions

    def do(self, request: HttpRequest, asked: Request) -> Response:
        deed = DEEDS.get(request.path_params["deed"])
        if deed is None:
            raise HTTPException(404, "That can't be done here.")
        with self.company.acting():
            desk = self.desk(request)
            outcome = deed(desk, asked)
        with self.company.looking():
            return self.answer(Desk(self.company, desk.person), asked, outcome)

    def answer(self, desk: Desk, asked: Request, outcome: Outcome) -> Response:
        if outcome.options is not None:
            return JSONResponse({"options": outcome.options})
        if outcome.ask is not None:
            return JSONResponse({"confirm": self.pages.confirm(desk, outcome.ask)})
        if outcome.goes_to is not None:
            return JSONResponse({"goes_to": f"/as/{desk.person.id}/{outcome.goes_to}"})
        place = asked.text("place_shown") or HOME
        self.check_place(desk, place)
        seen, thread = asked.text("seen"), asked.text("thread_shown")
        return self.fresh(desk, place, thread, seen, outcome.problems, outcome.problem)

    def newcomer(self, request: HttpRequest, asked: Request) -> Response:
        name, zone = plain(asked.text("name", LONGEST_NAME)), asked.text("zone")
        if not name or zone not in ZONES:
            raise Unclear("Type a name and choose a time zone.")
        with self.company.acting():
            person = self.workspace.add_person(name, tz=str(ZoneInfo(zone)), title="New colleague")
        return JSONResponse({"goes_to": f"/as/{person.id}"})

    def release(self, request: HttpRequest, asked: Request) -> Response:
        with self.company.acting():
            self.company.play.life.take_back(self.desk(request).person)
        return JSONResponse({"goes_to": "/"})

    def time(self, request: HttpRequest, asked: Request) -> Response:
        pace, jump = asked.text("pace"), asked.text("jump")
        user = self.workspace.users.get(asked.text("person"))
        with self.company.looking():
            if pace in Pace.__members__:
                self.company.set_pace(Pace[pace])
            elif jump in JUMPS:
                self.company.run_for(JUMPS[jump])
            elif jump == "news" and not self.company.play.is_on:
                raise NotPossible("Weft is off, so nothing new will come. Switch it on, or let time pass without it")
            elif jump == "news" and user is not None:
                self.company.run_until_news(Person(self.workspace, user))
            else:
                raise Unclear("Time can be paused, played, or moved by an hour, a day, or to the next news.")
            self.company.version += 1
        return JSONResponse({})

    def power(self, request: HttpRequest, asked: Request) -> Response:
        on = asked.body.get("on")
        if not isinstance(on, bool):
            raise Unclear("Weft can be switched on or off.")
        try:
            self.company.switch(on)
        except Exception as problem:
            logger.exception("Weft could not be switched")
            raise NotPossible(f"Weft is {'on' if self.company.play.is_on else 'off'} now. {STUCK}") from problem
        return JSONResponse({})

    def not_there(self, request: HttpRequest, error: Exception) -> Response:
        detail = error.detail if isinstance(error, HTTPException) else BROKEN
        status = error.status_code if isinstance(error, HTTPException) else 500
        if request.method == "POST" or request.url.path.endswith("/parts"):
            return JSONResponse({"problem": detail}, status)
        return HTMLResponse(self.pages.problem(detail), status)
