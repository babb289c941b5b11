"""Friday's digest of the week's wins and thanks. A week without any gets none."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.celebrate.cheers import service as seconding
from bot.celebrate.cheers.rules import from_other_teams, named_teams
from bot.celebrate.digest import blocks, rules
from bot.celebrate.digest.blocks import Item
from bot.celebrate.waiting import can_post, unused
from bot.core import keys
from bot.core.calendar import zone_or_utc
from bot.core.events import MessageDelivered
from bot.core.work import Work
from storage.celebrations import celebrations, cheers
from storage.celebrations import settings as kept
from storage.celebrations.celebrations import Celebration
from storage.celebrations.settings import CelebrationSettings
from storage.kinds import MessageKind
from storage.outbox import outbox


def is_due(work: Work, settings: CelebrationSettings) -> bool:
    due_at = settings.digest_due_at
    return (
        can_post(settings)
        and due_at is not None
        and due_at <= work.now
        and not outbox.is_pending(work, MessageKind.DIGEST)
    )


def week(work: Work, settings: CelebrationSettings) -> list[Celebration]:
    """Return the celebrations of the digest's window; those endorsed by most other teams come first."""
    since = settings.digest_from or work.now
    rows = celebrations.public_between(work, since=since, until=work.now)
    teams = teams_seconding(work, rows)
    return rules.in_order((row, len(teams.get(row.id, ())), row.made_at) for row in rows)


def teams_seconding(work: Work, rows: Sequence[Celebration]) -> dict[int, list[str]]:
    """Return, by celebration id, the endorsing people's teams, other than those of the honored people."""
    seconders = cheers.seconders_of(work, celebration_ids=[row.id for row in rows])
    known = seconding.known_people(work, rows, seconders)
    teams = {one: person.team for one, person in known.items()}
    found = {}
    for row in rows:
        ids = [one.person_id for one in seconders.get(row.id, ())]
        for person_id in seconding.recipients(row):
            ids = from_other_teams(person_id, ids, teams)
        found[row.id] = named_teams(ids, teams)
    return found


def post(work: Work, settings: CelebrationSettings, links: Mapping[int, str]) -> None:
    """Post the digest. If it is over a day late, it is skipped and next Friday's covers both weeks."""
    due_at = settings.digest_due_at or work.now
    if not settings.has_digest or settings.channel_id is None:
        done(work, settings, until=work.now)
        return
    if work.now - due_at > rules.TOO_LATE:
        done(work, settings, until=settings.digest_from)
        return
    rows = week(work, settings)
    if not rows:
        done(work, settings, until=work.now)
        return
    settings.digest_until = work.now
    teams = teams_seconding(work, rows)
    items = [Item(row, teams[row.id], links.get(row.id)) for row in rows]
    work.send(blocks.digest(items), to=settings.channel_id, key=unused(work, keys.digest(due_at)))


def done(work: Work, settings: CelebrationSettings, *, until: datetime | None) -> None:
    settings.digest_from = until
    settings.digest_due_at = rules.next_digest_at(work.now, zone_or_utc(settings.zone))


def delivered(work: Work, arrived: MessageDelivered) -> None:
    """Move the window on delivery, so that the next digest contains what was not delivered."""
    if arrived.key.kind is MessageKind.DIGEST and not outbox.is_pending(work, MessageKind.DIGEST):
        settings = kept.settings(work)
        done(work, settings, until=settings.digest_until or work.now)
