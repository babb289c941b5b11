"""`weft check`: one line per check, with what is wrong and how to fix it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.opening import cause, open_database
from bot.cli.refusals import code_of, words_for
from bot.cli.rights import check_rights, copies_beside, files_of
from bot.config import ENV_FILE, Settings, check_tokens
from bot.core.calendar import zone_named
from bot.core.clients import ReadingClient
from bot.core.clock import Clock
from bot.core.errors import SetupError
from bot.core.lists import listed
from bot.manifest import needed_scopes
from bot.slack.client import posting_client, reading_client
from bot.slack.ours import app_id_of, check_same_app
from storage.db import Database
from storage.migrate import standing
from storage.workspaces import workspaces

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
CLOCKS_MAY_DIFFER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of a check: what was checked, whether it passed, and how to fix it otherwise."""

    what: str
    is_well: bool
    words: str = ""


def check(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Run all checks. Changes nothing."""
    yield guarded("settings", lambda: check_tokens(settings))
    yield from check_address(settings.slack_api_url)
    yield guarded("time zone data", check_zones)
    yield from check_database(settings)
    if settings.slack_bot_token:
        yield from check_slack(settings, clock)


def guarded(what: str, look: Callable[[], str | None]) -> Finding:
    """Run a check. `look` raises SetupError on failure, and may return details to show on success."""
    try:
        return Finding(what, True, look() or "")
    except SetupError as problem:
        return Finding(what, False, str(problem))


def check_address(api_url: str) -> Iterator[Finding]:
    """Warn about an unencrypted API URL. Yields nothing for https and localhost."""
    address = urlsplit(api_url)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        words = f"http:// to {address.hostname} sends your tokens where others can read them. Use https://."
        yield Finding("SLACK_API_URL", False, words)


def check_zones() -> None:
    if any(zone_named(name) is None for name in ("Europe/Berlin", "America/New_York", "Asia/Kolkata")):
        raise SetupError("Time zone data is missing. Run: pip install tzdata")


# The database


def check_database(settings: Settings) -> Iterator[Finding]:
    try:
        database = open_database(settings.database_url)
    except SetupError as problem:
        yield Finding("database", False, str(problem))
        return
    yield guarded("database", lambda: try_writing(database))
    yield guarded("migrations", lambda: check_migrations(database))
    yield guarded("file permissions", lambda: check_rights([ENV_FILE, *files_of(database), *copies_beside(database)]))
    database.close()


def try_writing(database: Database) -> None:
    """Test write access: create a table and roll back."""
    try:
        with database.engine.connect() as connection:
            connection.execute(text("CREATE TABLE weft_check (id INTEGER)"))
            connection.rollback()
    except SQLAlchemyError as problem:
        raise SetupError(
            f"Can't write to the database: {cause(problem)}. Check the disk and the file's permissions."
        ) from problem


def check_migrations(database: Database) -> None:
    try:
        now = standing(database)
    except SQLAlchemyError as problem:
        raise SetupError(f"Can't read it: {cause(problem)}.") from problem
    if not now.is_known:
        versions = f"{now.current} > {now.head}"
        raise SetupError(f"It's newer than this version of Weft ({versions}). Update Weft, or restore an older backup.")
    if not now.is_up_to_date:
        versions = f"at {now.current or 'nothing yet'}, this version of Weft needs {now.head}"
        raise SetupError(f"It's {versions}. `weft run` upgrades it, or run: weft db upgrade")


# Slack


def check_slack(settings: Settings, clock: Clock) -> Iterator[Finding]:
    try:
        reads = reading_client(settings.slack_bot_token, settings.slack_api_url)
        answer = reads.auth_test()
    except (SlackClientError, OSError) as problem:
        yield Finding("Slack", False, words_for(problem))
        return
    yield Finding("Slack", True, str(answer["team"]))
    yield guarded("workspace", lambda: check_workspace(settings, answer))
    yield guarded("permissions", lambda: check_scopes(answer))
    yield guarded("clock", lambda: check_clock(answer, clock.now()))
    if settings.http_port is None:
        yield guarded("app", lambda: check_app(settings, reads, answer.get("bot_id")))
        yield guarded("Socket Mode", lambda: check_socket(settings))


def check_workspace(settings: Settings, answer: SlackResponse) -> None:
    """Check that the token belongs to the database's workspace. Database errors are left to the check above."""
    wrong = ""
    with suppress(SetupError, SQLAlchemyError):
        database = open_database(settings.database_url)
        try:
            with database.snapshot() as session:
                known = {one.workspace_id: one.name for one in workspaces(session)}
        finally:
            database.close()
        if known and answer["team_id"] not in known:
            names = listed([*known.values()])
            wrong = f"The database belongs to {names}. Set the token of {names}, or another DATABASE_URL."
    if wrong:
        raise SetupError(wrong)


def check_scopes(answer: SlackResponse) -> str | None:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "x-oauth-scopes" not in headers:
        return "couldn't be checked: a proxy removed the header X-OAuth-Scopes from Slack's response"
    granted = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
    missing = sorted(needed_scopes() - granted)
    if missing:
        are = "is" if len(missing) == 1 else "are"
        sentence = f"{listed(missing)} {are} missing. Update the app from `weft manifest` and reinstall it."
        if any(scope.endswith(":history") for scope in missing):
            sentence += " Without the history scopes a message may come twice after a crash."
        raise SetupError(sentence)
    return None


def check_app(settings: Settings, reads: ReadingClient, bot_id: str | None) -> str | None:
    try:
        app_id = app_id_of(reads, bot_id)
    except (SlackClientError, OSError) as problem:
        raise SetupError(words_for(problem)) from problem
    check_same_app(app_id, settings.slack_app_token)
    return None if app_id else "couldn't be read, so the two tokens weren't compared"


def check_clock(answer: SlackResponse, now: datetime) -> None:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "date" not in headers:
        return
    theirs = parsedate_to_datetime(headers["date"]).astimezone(UTC)
    if abs(theirs - now) > CLOCKS_MAY_DIFFER:
        minutes = round(abs(theirs - now).total_seconds() / 60)
        raise SetupError(f"This computer's clock is {minutes} minutes off. Turn on time sync (NTP).")


def check_socket(settings: Settings) -> None:
    try:
        posting_client(settings.slack_app_token, settings.slack_api_url).apps_connections_open(
            app_token=settings.slack_app_token
        )
    except SlackApiError as problem:
        raise SetupError(
            f"Slack rejected SLACK_APP_TOKEN ({code_of(problem)}). Create one with the scope connections:write."
        ) from problem
    except (SlackClientError, OSError) as problem:
        raise SetupError(
            "Can't reach Slack for Socket Mode. Check your network, your proxy, and SLACK_API_URL."
        ) from problem
