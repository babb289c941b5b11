"""Introductions through a colleague who knows both sides.

1. The connector is asked in private, and if they agree, so is the target.
2. If both agree, a group message introduces them.
3. Otherwise the asker is told at `ends_at`, a moment fixed at the start, so that a no looks like no answer.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.connections.service import connections_of, known_by, record_contact
from bot.core import keys
from bot.core.calendar import next_working_moment, zone_or_utc
from bot.core.errors import FormError, NotForYou, UserError
from bot.core.events import PersonGone
from bot.core.lists import listed
from bot.core.message import Message
from bot.core.mrkdwn import DAY, day, mention, moment
from bot.core.work import Bot, Work
from bot.network import rules, texts
from bot.network.asking import blocks, forms
from bot.people.hours import hours_of, today_of
from storage.connections import network
from storage.connections.network import IntroductionRequest
from storage.kinds import ContactKind, Importance, RequestState
from storage.people import people
from storage.people.people import Card
from storage.programs import apart

MOST_CONNECTORS = 3
MOST_OPEN = 3
REST = timedelta(days=90)
"""Cooldown before the same connector is asked again about the same target."""
AT_ONCE = 100
MOST_LOOKS, SMALL_TEAM = 5, 5

Paths = Mapping[str, Sequence[str]]
"""Ids of possible connectors, strongest first, each with the ids of the targets they know."""


def paths_to(work: Work, person_id: str, target: str) -> Paths:
    """Return paths over one connector, avoiding pairs kept apart. Raises FormError if they know a target already."""
    goal = people_of(work, person_id, target)
    mine = [one.other_id for one in connections_of(work, person_id)]
    if goal & set(mine):
        names = listed([card.name for card in strongest(work, person_id, sorted(goal))])
        raise FormError(forms.PERSON, texts.KNOWN_ALREADY(names=names))
    near = set(mine)
    through: dict[str, list[str]] = {}
    for goal_id, known in known_by(work, sorted(goal)).items():
        for one in known:
            if one.other_id in near:
                through.setdefault(one.other_id, []).append(goal_id)
    allowed = may_connect(work, person_id, through)
    return {one: allowed[one] for one in mine if one in allowed}


def find_paths(work: Work, person_id: str, target: str) -> Paths:
    """Return `paths_to`. Queries about single people are rate limited, so that contacts can't be probed."""
    paths = paths_to(work, person_id, target)
    if len(people_of(work, person_id, target)) < SMALL_TEAM:
        times = network.count_lookup(work, person_id=person_id, on=today_of(work, person_id))
        if times > MOST_LOOKS:
            raise FormError(forms.PERSON, texts.TOO_MANY_LOOKUPS(most=MOST_LOOKS))
    return paths


def people_of(work: Work, person_id: str, target: str) -> set[str]:
    """Return the ids of the person or of the team's members. Raises FormError for people who can't be introduced."""
    name = forms.name_of(target)
    if forms.is_team(target):
        return people.ids_of_team(work, team=name) - {person_id}
    if name == person_id:
        raise FormError(forms.PERSON, texts.YOURSELF())
    cards = people.cards(work, person_ids=[name])
    if name not in cards or not cards[name].is_here:
        raise FormError(forms.PERSON, texts.NOT_INTRODUCIBLE())
    return {name}


def may_connect(work: Work, person_id: str, through: Mapping[str, Sequence[str]]) -> Paths:
    pairs = apart.all_pairs(work)
    cards = people.cards(work, person_ids=sorted(through))
    out = network.not_connectors(work)
    everyone = {*through, *(goal for goals in through.values() for goal in goals)}
    not_mine = rules.without(pairs, person_id, everyone)
    allowed: dict[str, list[str]] = {}
    for one, goals in through.items():
        left = [goal for goal in goals if goal not in not_mine | rules.without(pairs, one, goals)]
        if left and one not in not_mine | out and one in cards and cards[one].is_here:
            allowed[one] = sorted(left)
    return allowed


def ask(work: Work, person_id: str, target: str, *, connector_id: str, because: str) -> str:
    """Create the request, ask the connector, and return the confirmation to show."""
    paths = paths_to(work, person_id, target)
    if connector_id not in list(paths)[:MOST_CONNECTORS]:
        raise FormError(forms.CONNECTOR, texts.CANT_ASK())
    check_rate_limits(work, person_id, target, connector_id)
    cards = people.cards(work, person_ids=[person_id, connector_id])
    mine, theirs = cards[person_id], cards[connector_id]
    request = IntroductionRequest(
        workspace_id=work.workspace_id,
        person_id=person_id,
        connector_person_id=connector_id,
        target_person_id=None if forms.is_team(target) else forms.name_of(target),
        team=forms.name_of(target) if forms.is_team(target) else None,
        because=because,
        state=RequestState.CONNECTOR_ASKED,
        asked_at=work.now,
        lapses_at=rules.after_working_days(work.now, rules.ANSWER_WITHIN, zone_or_utc(theirs.zone)),
        ends_at=rules.after_working_days(work.now, 2 * rules.ANSWER_WITHIN + 1, zone_or_utc(mine.zone)),
    )
    work.session.add(request)
    work.session.flush()
    goals = strongest(work, connector_id, paths[connector_id])
    send_private(work, request, blocks.would_you(request, mine, goals), theirs, "connector")
    return texts.ASKED(name=theirs.name, day=moment(when_to_ask(work, connector_id), mine.zone, DAY))


def check_rate_limits(work: Work, person_id: str, target: str, connector_id: str) -> None:
    """Enforce the limits on requests. A declined request still counts, as its absence would reveal the no."""
    before = network.requests_by(work, person_id=person_id)
    running = [one for one in before if one.ends_at > work.now and one.state is not RequestState.INTRODUCED]
    if len(running) >= MOST_OPEN:
        raise FormError(forms.CONNECTOR, texts.TOO_MANY_REQUESTS(most=MOST_OPEN))
    name = forms.name_of(target)
    for one in before:
        same = name in (one.team, one.target_person_id) and one.connector_person_id == connector_id
        if same and one.asked_at + REST > work.now:
            free_on = (one.asked_at + REST).date()
            raise FormError(forms.CONNECTOR, texts.ASKED_LATELY(day=day(free_on, work.now.date())))


def strongest(work: Work, person_id: str, among: Sequence[str]) -> list[Card]:
    """Return those of these people the person knows best, at most MOST_CONNECTORS, best first."""
    chosen = [one.other_id for one in connections_of(work, person_id) if one.other_id in set(among)]
    cards = people.cards(work, person_ids=chosen)
    return [cards[one] for one in chosen if one in cards and cards[one].is_here][:MOST_CONNECTORS]


def send_private(work: Work, request: IntroductionRequest, message: Message, to: Card, what: str) -> None:
    work.send(
        message,
        to=to.person_id,
        key=keys.network_request(request.id, what),
        importance=Importance.ANSWER,
        at=when_to_ask(work, to.person_id),
        until=request.lapses_at,
    )


def when_to_ask(work: Work, person_id: str) -> datetime:
    """Return the next moment in their working hours. A colleague asks, so other messages to them don't delay it."""
    person = people.get(work, person_id=person_id)
    return hours_of(person).next_moment(work.now) if person is not None else work.now


def connector_agrees(work: Work, request_id: int, target_id: str, *, by: str) -> str:
    request = open_request(work, request_id, RequestState.CONNECTOR_ASKED, by=by)
    check_still_wanted(work, request, target_id)
    ids = [request.person_id, by, target_id]
    cards = people.cards(work, person_ids=ids)
    request.target_person_id, request.state = target_id, RequestState.TARGET_ASKED
    zone = zone_or_utc(cards[target_id].zone)
    request.lapses_at = min(rules.after_working_days(work.now, rules.ANSWER_WITHIN, zone), request.ends_at)
    message = blocks.would_you_meet(request, cards[request.person_id], cards[by])
    send_private(work, request, message, cards[target_id], "target")
    return texts.WILL_ASK_TARGET(target=mention(target_id))


def check_still_wanted(work: Work, request: IntroductionRequest, target_id: str) -> None:
    """Check that the path still exists: the two may have met since, or one may have left."""
    try:
        paths = paths_to(work, request.person_id, target_of(request))
    except FormError:
        paths = {}
    if target_id not in paths.get(request.connector_person_id, ()):
        raise UserError(texts.NOT_NEEDED())


def target_agrees(work: Work, request_id: int, *, by: str) -> str:
    request = open_request(work, request_id, RequestState.TARGET_ASKED, by=by)
    ids = [request.person_id, request.connector_person_id, by]
    cards = people.cards(work, person_ids=ids)
    if any(one not in cards or not cards[one].is_here for one in (request.person_id, by)):
        raise UserError(texts.ASKER_GONE())
    request.state = RequestState.INTRODUCED
    together = blocks.introduction(request, cards[request.person_id], cards[by])
    work.send(together, to=[request.person_id, by], key=keys.network_request(request.id, "together"))
    record_contact(work, request.person_id, by, ContactKind.INTRODUCTION)
    if request.connector_person_id in cards:
        thanks = blocks.it_worked(cards[request.person_id])
        work.send(thanks, to=request.connector_person_id, key=keys.network_request(request.id, "thanks"))
    return texts.AGREED()


def declines(work: Work, request_id: int, *, by: str) -> str:
    """Record the connector's or the target's no. No one is told."""
    request = network.request(work, request_id=request_id)
    state = RequestState.CONNECTOR_ASKED
    if request is not None and request.connector_person_id != by:
        state = RequestState.TARGET_ASKED
    open_request(work, request_id, state, by=by).state = RequestState.DECLINED
    return texts.DECLINED()


def let_name(work: Work, person_id: str, *, wanted: bool) -> None:
    """Save whether others may be told that this person could introduce them."""
    network.name_as_connector(work, person_id=person_id, wanted=wanted)


def open_request(work: Work, request_id: int, state: RequestState, *, by: str) -> IntroductionRequest:
    request = network.request(work, request_id=request_id)
    if request is None:
        raise UserError(texts.REQUEST_GONE())
    asked = request.connector_person_id if state is RequestState.CONNECTOR_ASKED else request.target_person_id
    if asked != by:
        raise NotForYou(texts.NOT_YOURS())
    if request.state is not state:
        raise UserError((texts.EXPIRED if request.state is RequestState.ENDED else texts.ANSWERED_ALREADY)())
    if work.now >= request.lapses_at:
        raise UserError(texts.EXPIRED())
    return request


def target_of(request: IntroductionRequest) -> str:
    if request.team is not None:
        return forms.TEAM_TARGET + request.team
    return forms.PERSON_TARGET + str(request.target_person_id)


NOT_INTRODUCED = (RequestState.CONNECTOR_ASKED, RequestState.TARGET_ASKED, RequestState.DECLINED)


def is_any_over(work: Work) -> bool:
    found = network.ended_request_exists(work, states=NOT_INTRODUCED)
    return bool(found)


def end_due(bot: Bot) -> None:
    """End the requests whose `ends_at` has come, whether declined, unanswered or undelivered."""
    while end_some(bot) == AT_ONCE:
        pass


def end_some(bot: Bot) -> int:
    with bot.begin() as work:
        over = network.requests_to_end(work, states=NOT_INTRODUCED, limit=AT_ONCE)
        ids = [request.person_id for request in over]
        cards = people.cards(work, person_ids=ids)
        for request in over:
            request.state = RequestState.ENDED
            card = cards.get(request.person_id)
            if card is not None and card.is_here:
                at = next_working_moment(work.now, card.zone)
                work.send(
                    blocks.not_this_time(request),
                    to=card.person_id,
                    key=keys.network_request(request.id, "ended"),
                    at=at,
                )
        return len(over)


def end_for_gone(work: Work, event: PersonGone) -> None:
    """Cancel questions to and about a person who left, and end their own requests."""
    for request in network.requests_with(work, person_id=event.person_id):
        if request.state in NOT_INTRODUCED:
            work.take_back(keys.network_request(request.id, "connector"), keys.network_request(request.id, "target"))
            is_theirs = request.person_id == event.person_id
            request.state = RequestState.ENDED if is_theirs else RequestState.DECLINED
