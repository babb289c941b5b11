"""Meet a newcomer: someone on another team who started lately, suggested to a few colleagues."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.core.blocks import button
from bot.core.calendar import zone_or_utc
from bot.core.mrkdwn import mention
from bot.core.nudge import NudgeKind, Suggestion
from bot.core.work import Work
from bot.nudges import texts
from bot.nudges.blocks import WRITE
from bot.nudges.kinds.rules import HOSTS, NEW_FOR, is_host, is_new
from storage.connections import connections
from storage.people import people
from storage.people.people import Person
from storage.programs import apart as keep_apart

NEAR, FAR = 0.65, 0.5
"""Value in the same office, and elsewhere."""


def propose(work: Work, person_ids: Sequence[str]) -> Iterable[Suggestion]:
    today = work.now.date()
    started = people.started_since(work, since=today - NEW_FOR)
    newcomers = [one for one in started if one.started_on is not None and is_new(one.started_on, today)]
    if not newcomers:
        return
    company = people.count_active(work)
    known = people.get_many(work, person_ids=person_ids)
    pairs = [(known[host], newcomer) for host, newcomer in hosts(known, newcomers, HOSTS / max(company, 1))]
    met = connections.meetings_among(
        work, person_ids=[host.person_id for host, _ in pairs], others=[newcomer.person_id for _, newcomer in pairs]
    )
    apart = keep_apart.pairs_apart_among(work, person_ids=[newcomer.person_id for newcomer in newcomers])
    for host, newcomer in pairs:
        both = host.person_id, newcomer.person_id
        if both not in met and frozenset(both) not in apart:
            yield suggestion(work, host, newcomer)


def hosts(known: Mapping[str, Person], newcomers: Sequence[Person], share: float) -> Iterator[tuple[str, Person]]:
    for newcomer in newcomers:
        for person_id, person in known.items():
            is_colleague = person_id != newcomer.person_id and person.team not in {None, newcomer.team}
            if newcomer.team is not None and is_colleague and is_host(person_id, newcomer.person_id, share):
                yield person_id, newcomer


def suggestion(work: Work, host: Person, newcomer: Person) -> Suggestion:
    is_near = host.office is not None and host.office == newcomer.office
    return Suggestion(
        person_id=host.person_id,
        about=f"newcomer:{newcomer.person_id}",
        why=reason(newcomer, work.now.astimezone(zone_or_utc(host.zone)).date(), is_near=is_near),
        step=texts.SAY_HI_IN_PERSON() if is_near else texts.ASK_FIRST_WEEKS(),
        action=button(texts.MESSAGE_THEM(name=newcomer.name), WRITE)
        | {"url": direct_message(work.workspace_id, newcomer.person_id)},
        value=NEAR if is_near else FAR,
    )


def reason(newcomer: Person, today: date, *, is_near: bool) -> str:
    """`is_near`: they work in the reader's office."""
    weeks = (today - (newcomer.started_on or today)).days // 7
    person, team, office = mention(newcomer.person_id), newcomer.team or "", newcomer.office or ""
    if is_near and weeks:
        return texts.JOINED_NEARBY(person=person, team=team, office=office, count=weeks)
    if is_near:
        return texts.JUST_JOINED_NEARBY(person=person, team=team, office=office)
    if weeks:
        return texts.JOINED(person=person, team=team, count=weeks)
    return texts.JUST_JOINED(person=person, team=team)


def direct_message(workspace_id: str, person_id: str) -> str:
    """Return a link that opens a direct message, in the browser as well. Source: docs.slack.dev, "Deep linking".

    A button with a `slack://` address would open Slack, but Weft would not receive the press.
    """
    return f"https://slack.com/app_redirect?team={workspace_id}&channel={person_id}"


NEWCOMER = NudgeKind("newcomer", texts.NEWCOMERS(), propose)
