"""Meet a newcomer: someone on another team who started lately, suggested to a few colleagues."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.core.blocks import button
from bot.core.calendar import zone_or_utc
from bot.core.nudge import NudgeKind, Suggestion
from bot.core.texts import escape, mention
from bot.core.work import Work
from bot.nudges.blocks import WRITE
from bot.nudges.kinds.rules import HOSTS, NEW_FOR, ago, is_host, is_new
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
    who, today = mention(newcomer.person_id), work.now.astimezone(zone_or_utc(host.zone)).date()
    is_near = host.office is not None and host.office == newcomer.office
    near = f", is in {escape(host.office or '')} like you" if is_near else ""
    when = ago(newcomer.started_on or today, today)
    return Suggestion(
        person_id=host.person_id,
        about=f"newcomer:{newcomer.person_id}",
        why=f"{who} joined {escape(newcomer.team or '')} {when}{near}, and you have not met.",
        step=f"Say hello and ask {who} how the first weeks were.",
        action=button("Write to them", WRITE) | {"url": direct_message(work.workspace_id, newcomer.person_id)},
        value=NEAR if is_near else FAR,
    )


def direct_message(workspace_id: str, person_id: str) -> str:
    """Return a link that opens a direct message, in the browser as well. Source: docs.slack.dev, "Deep linking".

    A button with a `slack://` address would open Slack, but Weft would not receive the press.
    """
    return f"https://slack.com/app_redirect?team={workspace_id}&channel={person_id}"


NEWCOMER = NudgeKind("newcomer", "Say hello to newcomers of other teams", propose)
