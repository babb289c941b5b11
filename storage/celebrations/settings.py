"""Settings for celebrations, of a workspace and of each person."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Date, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.polling import WORKSPACE, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing

SECONDING_EMOJI, CELEBRATE_EMOJI = "raised_hands", "tada"


class CelebrationSettings(Table):
    """The admins' settings. Without a channel, celebrations are posted where they were made and there is no digest."""

    __tablename__ = "celebration_settings"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    channel_id: Mapped[SlackId | None]
    channel_trouble: Mapped[str | None] = mapped_column(String(64))
    """Why posting there fails, as a code of Slack or Weft."""
    channel_checked_at: Mapped[datetime | None]
    """When the channel was last checked. None: an event concerned it, so check before posting."""
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    seconding_emoji: Mapped[str] = mapped_column(String(100), default=SECONDING_EMOJI)
    celebrate_emoji: Mapped[str] = mapped_column(String(100), default=CELEBRATE_EMOJI)
    has_digest: Mapped[bool] = mapped_column(default=True)
    has_days: Mapped[bool] = mapped_column(default=True)
    digest_due_at: Mapped[datetime | None]
    digest_from: Mapped[datetime | None]
    """Start of the next digest's period."""
    digest_until: Mapped[datetime | None]
    """End of the pending digest's period; on delivery it becomes `digest_from`."""
    days_done_on: Mapped[date | None] = mapped_column(Date)
    created_by: Mapped[SlackId | None]


class CelebrationChoices(Table):
    """A person's settings."""

    __tablename__ = "celebration_choices"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    shows_anniversary: Mapped[bool] = mapped_column(default=True)
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    """The year is not stored."""
    hears_of_secondings: Mapped[bool] = mapped_column(default=True)
    hears_of_thanks_elsewhere: Mapped[bool] = mapped_column(default=True)
    """Thanks in channels that they are not in."""
    is_offered_shoutouts: Mapped[bool] = mapped_column(default=True)
    offered_at: Mapped[datetime | None]


def settings(scope: Scope) -> CelebrationSettings:
    """Return the settings, or unsaved defaults."""
    for kept in find_settings(scope):
        return kept
    return CelebrationSettings(
        workspace_id=scope.workspace_id,
        zone="UTC",
        seconding_emoji=SECONDING_EMOJI,
        celebrate_emoji=CELEBRATE_EMOJI,
        has_digest=True,
        has_days=True,
    )


find_settings = polled(select(CelebrationSettings).where(CelebrationSettings.workspace_id == WORKSPACE))


def save_settings(scope: Scope, changed: CelebrationSettings) -> None:
    add_if_missing(scope, CelebrationSettings)
    scope.session.merge(changed)
    scope.session.flush()


def choices(scope: Scope, *, person_id: str) -> CelebrationChoices:
    """Return a person's settings, or unsaved defaults; see `save_choices`."""
    return scope.session.get(CelebrationChoices, (scope.workspace_id, person_id)) or CelebrationChoices(
        workspace_id=scope.workspace_id,
        person_id=person_id,
        shows_anniversary=True,
        hears_of_secondings=True,
        hears_of_thanks_elsewhere=True,
        is_offered_shoutouts=True,
    )


def save_choices(scope: Scope, changed: CelebrationChoices) -> None:
    add_if_missing(scope, CelebrationChoices, person_id=changed.person_id)
    scope.session.merge(changed)
    scope.session.flush()


def choices_of(scope: Scope, *, person_ids: Iterable[str]) -> dict[str, CelebrationChoices]:
    wanted, found = list(person_ids), dict[str, CelebrationChoices]()
    for start in range(0, len(wanted), 500):
        chosen = select(CelebrationChoices).where(
            CelebrationChoices.workspace_id == scope.workspace_id,
            CelebrationChoices.person_id.in_(wanted[start : start + 500]),
        )
        found |= {row.person_id: row for row in scope.session.scalars(chosen)}
    return found


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(CelebrationChoices).where(
            CelebrationChoices.workspace_id == scope.workspace_id, CelebrationChoices.person_id == person_id
        )
    )
    chosen = select(CelebrationSettings).where(
        CelebrationSettings.workspace_id == scope.workspace_id, CelebrationSettings.created_by == person_id
    )
    for row in scope.session.scalars(chosen):
        row.created_by = None
