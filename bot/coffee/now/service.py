"""Coffee now: willing people are asked in private, one after the other, until one accepts."""

from datetime import timedelta

from bot.coffee.matches.preferences import mark_fulfilled
from bot.coffee.now import blocks, rules
from bot.coffee.now.rules import Candidate
from bot.coffee.program.drawing import not_in
from bot.coffee.texts import now as texts
from bot.coffee.texts.matches import NOT_YOURS
from bot.core import keys
from bot.core.calendar import zone_or_utc
from bot.core.errors import NotForYou, UserError
from bot.core.events import MeetingRecorded
from bot.core.lists import listed
from bot.core.mrkdwn import mention
from bot.core.work import Bot, Work
from bot.people import rules as people_rules
from bot.people import service as people_service
from bot.people.hours import hours_of, today_of
from storage import now
from storage.connections import connections
from storage.kinds import Importance, MetThrough, NowState
from storage.locks import lock_name
from storage.now import NowAsk, NowRequest
from storage.people import people
from storage.people.people import Person
from storage.programs import apart, programs
from storage.programs.programs import Program

A_DAY = timedelta(days=1)
A_COFFEE = 15
"""In minutes, if the program no longer exists."""
MOST_NAMED, MOST_OFFERED = 10, 100


# Searching


def start(work: Work, program: Program, person_id: str, team: str) -> str:
    people.lock(work, person_id=person_id)
    check_may_look(work, program, person_id)
    wanted = team_named(work, team) if team else None
    request = now.begin(work, program_id=program.id, person_id=person_id, team=wanted)
    if request is None:
        return texts.ALREADY_LOOKING()
    ask_next(work, request)
    return texts.STARTED(minutes=int(rules.ENDS_AFTER.total_seconds()) // 60)


def check_may_look(work: Work, program: Program, person_id: str) -> None:
    """Check membership and the daily limit of searches. A search under way does not count against it."""
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    if member is None or member.left_at is not None:
        raise UserError(not_in(program))
    if now.last_program_of(work, person_id=person_id) is not None:
        return
    since = work.now - A_DAY
    had = now.times_since(work, person_id=person_id, since=since)
    if had >= rules.A_DAY:
        raise UserError(texts.TRIED_TWICE())


def teams_like(work: Work, typed: str) -> list[str]:
    """Return teams whose name contains the typed text, as many as Slack lists."""
    teams = people.sizes(work).teams
    return sorted(team for team in teams if typed.strip().casefold() in team.casefold())[:MOST_OFFERED]


def team_named(work: Work, words: str) -> str:
    there = sorted({one.team for one in people.active(work) if one.team})
    for team in there:
        if team.casefold() == words.casefold():
            return team
    if not there:
        raise UserError(texts.UNKNOWN_TEAM(team=words))
    raise UserError(texts.UNKNOWN_TEAM_AMONG(team=words, teams=listed(there[:MOST_NAMED])))


def stop(work: Work, person_id: str) -> str:
    request = now.open_request_of(work, person_id=person_id)
    if request is None:
        return texts.NOT_LOOKING()
    end(work, request, NowState.CANCELLED)
    return texts.STOPPED()


def open_again(work: Work, program: Program, person_id: str) -> str:
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    if member is None:
        raise UserError(not_in(program))
    member.is_open_to_now = True
    return texts.MAY_ASK()


# Asking


def is_search_open(work: Work) -> bool:
    return bool(now.open_requests(work))


def continue_searches(bot: Bot) -> None:
    """Continue the searches: after a timeout, ask the next person."""
    with bot.look() as work:
        due = now.open_requests(work)
    for request_id in due:
        with bot.begin() as work:
            request = now.request(work, request_id=request_id)
            if request is not None and request.state is NowState.LOOKING:
                continue_search(work, request)


def continue_search(work: Work, request: NowRequest) -> None:
    last = max((ask.asked_at for ask in request.asks), default=None)
    if rules.is_over(request.began_at, work.now):
        give_up(work, request)
    elif last is None or not rules.still_waits(last, work.now):
        ask_next(work, request)


def ask_next(work: Work, request: NowRequest) -> None:
    """Ask the next person. Without one the search goes on until its end, as someone may come to work."""
    program = programs.program(work, program_id=request.program_id)
    asker = people.get(work, person_id=request.person_id)
    if program is None or asker is None or not asker.is_active:
        end(work, request, NowState.CANCELLED)
        return
    # Keeps concurrent searches from asking the same person. Always locked last, after the request or its person.
    lock_name(work.session, f"{work.workspace_id}:now")
    chosen = next(iter(candidates(work, request, program, asker)), None)
    if chosen is None:
        return
    ask = NowAsk(person_id=chosen, workspace_id=work.workspace_id, asked_at=work.now)
    request.asks.append(ask)
    work.session.flush()
    work.send(
        blocks.asked(request.id, asker, program, work.now),
        to=chosen,
        key=keys.coffee_now_asked(request.id, chosen),
        importance=Importance.ANSWER,
        until=work.now + rules.WAITS,
    )


def candidates(work: Work, request: NowRequest, program: Program, asker: Person) -> list[str]:
    members = programs.members(work, program_id=program.id)
    today = work.now.astimezone(zone_or_utc(program.zone)).date()
    ids = [
        member.person_id
        for member in members
        if member.is_open_to_now and (member.paused_until is None or member.paused_until <= today)
    ]
    tired = now.count_asked_since(work, since=work.now - A_DAY)
    not_these = tired | kept_apart(work, asker.person_id) | {asker.person_id}
    known = people.get_many(work, person_ids=[i for i in ids if i not in not_these])
    there = {one.person_id: one for one in known.values() if is_free(work, one) and request.team in {None, one.team}}
    known_already = connections.people_met(work, person_id=asker.person_id)
    candidates = [Candidate(person_id, person.team) for person_id, person in there.items()]
    return rules.in_turn(candidates, team=asker.team, met={one.person_id for one in known_already}, dice=work.rng)


def is_free(work: Work, person: Person) -> bool:
    """Return whether they are at work now, and neither away nor in DND."""
    in_peace = people_rules.is_quiet(person.quiet_until, work.now)
    at_work = hours_of(person).next_moment(work.now) <= work.now
    return at_work and not in_peace and people_service.can_be_met(person, work.now)


def kept_apart(work: Work, person_id: str) -> set[str]:
    wishes = apart.all_pairs(work)
    return {one for pair in wishes if person_id in pair for one in pair}


# Answers


def request_of(work: Work, request_id: int, by: str) -> tuple[NowRequest, NowAsk]:
    request = now.request(work, request_id=request_id)
    mine = [ask for ask in request.asks if ask.person_id == by] if request is not None else []
    if request is None or not mine:
        raise NotForYou(NOT_YOURS())
    return request, mine[0]


def accept(work: Work, request_id: int, *, by: str) -> str:
    request, ask = request_of(work, request_id, by)
    if request.other_id == by:
        return texts.GREAT()
    if request.state is not NowState.LOOKING:
        return texts.NOT_LOOKING_NOW(person=mention(request.person_id))
    ask.accepts = True
    request.other_id = by
    end(work, request, NowState.FOUND)
    bring_together(work, request, by)
    return texts.GREAT()


def bring_together(work: Work, request: NowRequest, by: str) -> None:
    known = people.get_many(work, person_ids=[request.person_id, by])
    both = [known[one] for one in (request.person_id, by)]
    mark_fulfilled(work, [both])
    program = programs.program(work, program_id=request.program_id)
    message = blocks.found(request.id, both, program.minutes if program else A_COFFEE, work.now)
    work.send(message, to=known.keys(), key=keys.coffee_now(request.id), importance=Importance.ANSWER)


def decline(work: Work, request_id: int, *, by: str) -> str:
    request, ask = request_of(work, request_id, by)
    if request.state is NowState.LOOKING and ask.accepts is None:
        ask.accepts = False
        ask_next(work, request)
    return texts.NO_WORRIES(person=mention(request.person_id))


def decline_for_good(work: Work, request_id: int, *, by: str) -> str:
    request, _ = request_of(work, request_id, by)
    member = programs.membership(work, program_id=request.program_id, person_id=by)
    if member is not None:
        member.is_open_to_now = False
    decline(work, request_id, by=by)
    return texts.WONT_ASK()


def end(work: Work, request: NowRequest, state: NowState) -> None:
    request.state = state
    work.take_back(*(keys.coffee_now_asked(request.id, ask.person_id) for ask in request.asks))


def give_up(work: Work, request: NowRequest) -> None:
    asker = people.get(work, person_id=request.person_id)
    if asker is None or not asker.is_active:
        end(work, request, NowState.CANCELLED)
        return
    end(work, request, NowState.NO_ONE)
    program = programs.program(work, program_id=request.program_id)
    if program is not None:
        key = keys.coffee_now_ended(request.id)
        work.send(blocks.no_one_free(request.team), to=request.person_id, key=key, importance=Importance.ANSWER)


def met(work: Work, request_id: int, *, by: str) -> MeetingRecorded:
    """Record the meeting, on the word of either. Idempotent."""
    request = now.request(work, request_id=request_id)
    both = [one for one in (request.person_id, request.other_id) if one] if request is not None else []
    if request is None or by not in both or request.state is not NowState.FOUND:
        raise NotForYou(NOT_YOURS())
    origin = f"now:{request.id}"
    connections.record_meeting(
        work,
        people=both,
        met_on=today_of(work, by),
        through=MetThrough.NOW,
        origin=origin,
    )
    return MeetingRecorded(by, tuple(one for one in both if one != by), origin)
