"""Records endorsing reactions and notifies the people celebrated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.celebrate.cheers import blocks, rules
from bot.celebrate.cheers.blocks import News
from bot.core import keys
from bot.core.calendar import next_working_moment
from bot.core.work import Bot, Work
from storage.celebrations import celebrations, cheers
from storage.celebrations import settings as kept_settings
from storage.celebrations.celebrations import Celebration
from storage.celebrations.cheers import Cheer
from storage.kinds import Attention
from storage.people import people
from storage.people.people import Person

CLOCKS_DIFFER_BY = timedelta(minutes=5)


def record_cheer(work: Work, *, channel_id: str, ts: str, by: str, emoji: str, is_on: bool, event_ts: str) -> bool:
    """Record an added or removed reaction. Returns False if it doesn't count."""
    row = celebrations.message_at(work, channel_id=channel_id, ts=ts)
    if row is None or rules.emoji_of(emoji) != row.seconding_emoji or not may_cheer(work, row, by):
        return False
    return cheers.record(work, celebration_id=row.id, person_id=by, is_on=is_on, moved_at=rules.stamp(event_ts))


def may_cheer(work: Work, row: Celebration, person_id: str) -> bool:
    """Return whether a person may endorse a celebration: active, and neither its author nor celebrated in it."""
    if person_id in row.everyone:
        return False
    person = people.get(work, person_id=person_id)
    return person is not None and person.is_active


def compare(work: Work, celebration_id: int, reacted: Iterable[str], *, read_at: datetime) -> None:
    """Sync with the reactions that Slack shows, unless an event is newer (five minutes' margin between clocks)."""
    row = celebrations.celebration(work, celebration_id=celebration_id)
    if row is None:
        return
    row.reactions_read_at = read_at
    moved_at = int((read_at - CLOCKS_DIFFER_BY).timestamp() * rules.MICRO)
    there = {one for one in reacted if may_cheer(work, row, one)}
    known = {one.person_id for one in cheers.secondings_of(work, celebration_id=row.id)}
    for person_id in sorted(there | known):
        cheers.record(work, celebration_id=row.id, person_id=person_id, is_on=person_id in there, moved_at=moved_at)


# Notifications


def notify_when_settled(bot: Bot) -> None:
    """Send each person one message about all new endorsements; each celebration is reported once."""
    with bot.begin() as work:
        for person_id, news in unannounced_news(work).items():
            tell(work, person_id, news)


def is_there_news(work: Work) -> bool:
    return bool(unannounced_news(work))


def unannounced_news(work: Work) -> dict[str, list[News]]:
    rows = cheers.seconded_since(work, since=work.now - rules.TOLD_FOR, settled=work.now - rules.SETTLES)
    told = cheers.announced_to(work, celebration_ids=[row.id for row in rows])
    open_for = {row.id: [one for one in recipients(row) if (row.id, one) not in told] for row in rows}
    rows = [row for row in rows if open_for[row.id]]
    seconders = cheers.seconders_of(work, celebration_ids=[row.id for row in rows])
    known = known_people(work, rows, seconders)
    news: dict[str, list[News]] = {}
    for row in rows:
        for person_id in open_for[row.id]:
            one = news_of(row, person_id, seconders.get(row.id, []), known, work.now)
            if one is not None:
                news.setdefault(person_id, []).append(one)
    return news


def recipients(row: Celebration) -> list[str]:
    """Return the ids of the honored people, which excludes the author of a shoutout."""
    return list(dict.fromkeys([*row.celebrated, *(one.person_id for one in row.people)]))


def known_people(
    work: Work, rows: Sequence[Celebration], seconders: Mapping[int, Sequence[Cheer]]
) -> dict[str, Person]:
    ids = {one for row in rows for one in row.everyone} | {one.person_id for all_ in seconders.values() for one in all_}
    return people.get_many(work, person_ids=sorted(ids))


def news_of(
    row: Celebration, person_id: str, seconders: Sequence[Cheer], known: Mapping[str, Person], now: datetime
) -> News | None:
    if person_id not in known or not known[person_id].is_active:
        return None
    teams = {one: person.team for one, person in known.items()}
    others = rules.from_other_teams(person_id, [one.person_id for one in seconders if one.person_id in known], teams)
    first = next((one.first_on_at for one in seconders if one.person_id in others), None)
    if first is None or first > now - rules.SETTLES:
        return None
    return News(row, others, rules.named_teams(others, teams))


def tell(work: Work, person_id: str, news: Sequence[News]) -> None:
    ids = [one.row.id for one in news]
    cheers.mark_announced(work, person_id=person_id, celebration_ids=ids)
    wants = kept_settings.choices(work, person_id=person_id)
    person = people.get(work, person_id=person_id)
    if wants.hears_of_secondings and person is not None:
        work.send(
            blocks.seconded(person_id, news),
            to=person_id,
            key=keys.seconded(person_id, ids[0]),
            at=next_working_moment(work.now, person.zone),
            attention=Attention.NUDGE,
        )


def opt_out(work: Work, person_id: str) -> None:
    choices = kept_settings.choices(work, person_id=person_id)
    choices.hears_of_secondings = False
    kept_settings.save_choices(work, choices)
