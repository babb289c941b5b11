"""Counting contact in public channels: switching channels on and off, recording contacts, opting out."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from bot.core import keys
from bot.core.errors import NotForYou, UserError
from bot.core.work import Work
from bot.counting import blocks, texts
from bot.counting.rules import SeenContact
from bot.people.service import is_admin
from storage import counting
from storage.connections import contacts
from storage.counting import CountedChannel
from storage.kinds import ContactKind
from storage.people import people

MOST_TOLD = 3
REMEMBER_EVENTS = timedelta(hours=1)
"""How long event digests are kept. Slack retries an event for about six minutes at most."""


def check_admin(work: Work, person_id: str) -> None:
    if not is_admin(work, person_id):
        raise NotForYou(texts.ADMINS_ONLY())


def choose(work: Work, *, by: str, everywhere: bool, channel_ids: Collection[str]) -> None:
    """Count in exactly these channels, or in all public ones that Weft is in. Each channel is notified of a change."""
    check_admin(work, by)
    counting.get_settings(work).is_everywhere = everywhere
    there = {row.channel_id: row for row in channels(work)}
    if not everywhere:
        end_in(work, there.keys() - set(channel_ids))
    for channel_id in sorted(set(channel_ids)):
        if channel_id in there:
            there[channel_id].is_chosen = True
        else:
            begin_in(work, channel_id, is_chosen=True)


def channels(work: Work) -> list[CountedChannel]:
    return list(counting.channels(work))


def begin_in(work: Work, channel_id: str, *, is_chosen: bool) -> None:
    row = CountedChannel(workspace_id=work.workspace_id, channel_id=channel_id, since=work.now, is_chosen=is_chosen)
    work.session.add(row)
    work.session.flush()
    work.send(blocks.begins(), to=channel_id, key=keys.counting_begins(channel_id, work.now))


def end_in(work: Work, channel_ids: Collection[str]) -> None:
    """Stop counting in these channels and tell them. Past counts are kept; they fade with time."""
    counting.delete_channel(work, channel_ids=list(channel_ids))
    for channel_id in sorted(channel_ids):
        work.send(blocks.ends(), to=channel_id, key=keys.counting_ends(channel_id, work.now))


def handle_lost_notice(work: Work, channel_id: str) -> None:
    """Stop counting in a channel that could not be told that contact is counted in it."""
    stop_in(work, {channel_id})


def stop_in(work: Work, channel_ids: Collection[str]) -> None:
    """Stop counting in channels that Weft lost. Admins are told of those that an admin chose."""
    admins = people.active_admins(work, limit=MOST_TOLD)
    for row in channels(work):
        if row.channel_id in channel_ids and row.is_chosen:
            for person_id in admins:
                key = keys.counting_stopped(row.channel_id, person_id, work.now)
                work.send(blocks.not_counted(row.channel_id), to=person_id, key=key)
    counting.delete_channel(work, channel_ids=list(channel_ids))


def look_around(work: Work, public: Collection[str]) -> None:
    """Reconcile counted channels with the public ones that Weft is in. Channels that became private are dropped."""
    there = {row.channel_id for row in channels(work)}
    stop_in(work, there - set(public))
    if counting.is_everywhere(work):
        for channel_id in sorted(set(public) - there):
            begin_in(work, channel_id, is_chosen=False)


def write_down(work: Work, seen: Iterable[SeenContact]) -> None:
    """Record contacts not recorded before, between people of this workspace who did not opt out."""
    fresh = {one.digest: one for one in seen}
    new = counting.new_events(work, digests=fresh.keys())
    seen_now = [fresh[digest] for digest in sorted(new)]
    may = countable_people(work, {person_id for one in seen_now for person_id in (one.one, one.other)})
    counted: dict[tuple[str, str, date], dict[ContactKind, int]] = defaultdict(lambda: defaultdict(int))
    for one in seen_now:
        if {one.one, one.other} <= may:
            counted[one.one, one.other, one.day][ContactKind(one.kind)] += 1
    contacts.add(work, counted=counted)


def countable_people(work: Work, person_ids: Collection[str]) -> set[str]:
    """Return who may be counted. Checked while recording, so that an opt-out covers contacts buffered in memory too."""
    known = people.get_many(work, person_ids=sorted(person_ids))
    here = {person.person_id for person in known.values() if person.is_active and not person.is_guest}
    not_these = counting.opted_out_ids(work)
    return here - not_these - people.find_forgotten(work, person_ids=here)


def is_counted(work: Work, person_id: str) -> bool:
    """Return whether contact of this person is counted. Forgotten people are not, until they join something again."""
    return not counting.has_opted_out(work, person_id=person_id) and not is_forgotten(work, person_id)


def is_forgotten(work: Work, person_id: str) -> bool:
    return bool(people.find_forgotten(work, person_ids=[person_id]))


def opt_out(work: Work, person_id: str) -> None:
    """Opt out, and delete what was counted of this person in public channels, for both sides of each contact."""
    counting.opt_out(work, person_id=person_id)
    contacts.delete_public(work, person_id=person_id)


def opt_in(work: Work, person_id: str) -> None:
    if is_forgotten(work, person_id):
        raise UserError(texts.WAS_FORGOTTEN())
    counting.forget_person(work, person_id=person_id)


def is_any_event_old(work: Work) -> bool:
    before = work.now - REMEMBER_EVENTS
    return bool(counting.event_exists_before(work, before=before))


def forget_old_events(work: Work) -> None:
    counting.forget_events(work, before=work.now - REMEMBER_EVENTS)
