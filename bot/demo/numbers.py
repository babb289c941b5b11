"""Results of the demo, counted from the database and the workspace."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select

from bot.core.work import Bot
from bot.slacksim import Workspace
from storage.kinds import DeliveryState, MatchState
from storage.outbox.outbox import OutboxMessage
from storage.people import people
from storage.rounds.rounds import Round


@dataclass(frozen=True)
class Numbers:
    meetings: int
    pairs: list[tuple[str, str, str]]
    matchings: list[tuple[str, ...]]
    """Quality of the matching, a row per round."""
    totals: list[tuple[str, str]]


def count_up(bot: Bot, workspace: Workspace) -> Numbers:
    with bot.look() as work:
        known = {one.person_id: one for one in people.active(work)}
        rounds = work.session.scalars(select(Round).order_by(Round.starts_at)).all()
        matches = [match for one in rounds for match in one.matches]
        pairs = [
            (
                str(rounds.index(match.round) + 1),
                ", ".join(known[seat.person_id].name for seat in match.seats),
                ", ".join(known[seat.person_id].team or "" for seat in match.seats),
            )
            for match in matches
            if match.state is MatchState.MET
        ]
        sent = work.session.scalars(select(OutboxMessage).where(OutboxMessage.state == DeliveryState.SENT)).all()
        cross = sum(len({known[seat.person_id].team for seat in match.seats}) > 1 for match in matches)
        together = Counter(
            pair for match in matches for pair in combinations(sorted(seat.person_id for seat in match.seats), 2)
        )
        repeats = sum(times > 1 for times in together.values())
        met, agreed = len(pairs), sum(match.agreed_at is not None for match in matches)
        return Numbers(
            met,
            pairs,
            [quality_of(number, one) for number, one in enumerate(rounds, 1)],
            [
                ("rounds", str(len(rounds))),
                ("matches", str(len(matches))),
                ("agreed on a time that Weft offered", f"{agreed} ({share(agreed, len(matches))})"),
                ("met, as people say themselves", f"{met} ({share(met, len(matches))})"),
                ("matches across teams", f"{cross} ({share(cross, len(matches))})"),
                ("pairs matched more than once", str(repeats)),
                ("messages sent, each once", f"{len(sent)}"),
                ("calls that Slack turned away for its limits", str(len(workspace.limits.refused))),
            ],
        )


QUALITY = ("round", "people", "matches", "preferences met", "value", "proven bound", "proven gap", "time")


def quality_of(number: int, one: Round) -> tuple[str, ...]:
    people_in = sum(len(match.seats) for match in one.matches)
    distance = (one.bound - one.value) * 1e6 / one.bound if one.bound else 0.0
    return (
        str(number),
        str(people_in),
        str(len(one.matches)),
        f"{one.wishes_met:.0%}",
        f"{one.value:,}",
        f"{one.bound:,}",
        f"{distance:.1f} ppm" + ("" if distance else ", proven"),
        f"{one.decided_in:.2f} s",
    )


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"
