"""Settings from the environment and `.env`. No other module reads os.environ."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from bot.core.errors import SetupError

SLACK_API = "https://slack.com/api/"
DATABASE = "sqlite:///weft.sqlite3"
ENV_FILE = Path(".env")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Settings:
    """One field per line of .env.example, in lower case."""

    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_api_url: str = SLACK_API
    database_url: str = field(default=DATABASE, repr=False)
    http_port: int | None = None
    http_host: str = "127.0.0.1"
    health_port: int | None = None
    health_host: str = "127.0.0.1"
    log_level: str = "INFO"


def read_settings(environment: Mapping[str, str] | None = None, env_file: Path = ENV_FILE) -> Settings:
    """Read and validate the settings; the environment overrides the file. Raises SetupError for invalid values."""
    told = {**read_file(env_file), **(os.environ if environment is None else environment)}

    def value(name: str, default: str = "") -> str:
        return (told.get(name) or "").strip() or default

    settings = Settings(
        slack_bot_token=value("SLACK_BOT_TOKEN"),
        slack_app_token=value("SLACK_APP_TOKEN"),
        slack_signing_secret=value("SLACK_SIGNING_SECRET"),
        slack_api_url=value("SLACK_API_URL", SLACK_API),
        database_url=value("DATABASE_URL", DATABASE),
        http_port=port("HTTP_PORT", value("HTTP_PORT")),
        http_host=value("HTTP_HOST", "127.0.0.1"),
        health_port=port("HEALTH_PORT", value("HEALTH_PORT")),
        health_host=value("HEALTH_HOST", "127.0.0.1"),
        log_level=value("LOG_LEVEL", "INFO").upper(),
    )
    if settings.log_level not in LEVELS:
        raise SetupError(f"LOG_LEVEL is {settings.log_level}. It can be {', '.join(LEVELS)}.")
    if not settings.slack_api_url.startswith(("https://", "http://")):
        raise SetupError("SLACK_API_URL should start with https://. Leave it out to use Slack's own.")
    return settings


def read_file(env_file: Path) -> Mapping[str, str | None]:
    try:
        return dotenv_values(env_file)
    except (OSError, UnicodeDecodeError) as problem:
        raise SetupError(f"{env_file} can't be read as UTF-8 text: {problem}.") from problem


def port(name: str, value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 5 and 0 < int(value) < 65536):
        raise SetupError(f"{name} is {value[:20]!r}; it must be a port number, like 3000.")
    return int(value)


def check_tokens(settings: Settings) -> None:
    """Check the Slack tokens. Raises SetupError, which names the setting but never shows its value."""
    if not settings.slack_bot_token:
        raise SetupError("SLACK_BOT_TOKEN isn't set. Copy .env.example to .env and fill it in.")
    if not settings.slack_bot_token.startswith("xoxb-"):
        raise SetupError("SLACK_BOT_TOKEN should start with xoxb-. Copy it from OAuth & Permissions.")
    if settings.http_port is not None:
        if not settings.slack_signing_secret:
            raise SetupError("With HTTP_PORT, SLACK_SIGNING_SECRET is needed too. Copy it from Basic Information.")
    elif not settings.slack_app_token.startswith("xapp-"):
        raise SetupError("SLACK_APP_TOKEN should start with xapp-. Copy it from Basic Information.")
