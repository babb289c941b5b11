"""JSON logs, one object per line, with ids and codes; never names, texts or tokens."""

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime

logger = logging.getLogger(__name__)

PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
TOKENS = re.compile(r"x(?:ox[a-z]|app)-[A-Za-z0-9-]+")
HIDDEN = "(a token)"
SLACK_LIBRARIES = ("slack_bolt", "slack_sdk", "weft_in_bolt")
"""Prefixes of their logger names; Bolt names the loggers of its listeners after our app."""


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "place": record.name,
            "what": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in PLAIN},
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= about_error(record.exc_info[1])
        return TOKENS.sub(HIDDEN, json.dumps(line, default=str))


def about_error(error: BaseException) -> dict[str, object]:
    """Return type and traceback of an error. Its message may quote user input and is left out."""
    places = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "where": [f"{place.filename}:{place.lineno} {place.name}" for place in places],
    }


class WithoutWords(logging.Filter):
    """Filter for library logs. Drops those below WARNING, and all messages, which may quote user input."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "trouble, and on it goes", None
        return record.levelno >= logging.WARNING


class SlackLibrariesWithoutWords(WithoutWords):
    """The same filter for a handler: Bolt creates many loggers, and a logger's filter doesn't apply to its children."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.name.startswith(SLACK_LIBRARIES) or super().filter(record)


def without_words(name: str) -> logging.Logger:
    """Return a filtered logger to pass to a library."""
    logger = logging.getLogger(name)
    if not logger.filters:
        logger.addFilter(WithoutWords())
    logger.setLevel(logging.WARNING)
    return logger


def log_failed_thread(failed: threading.ExceptHookArgs) -> None:
    """Log the exception of a thread. Replaces Python's traceback on stderr, which shows the error's message."""
    if failed.exc_value is not None and failed.exc_type is not SystemExit:
        name = failed.thread.name if failed.thread is not None else None
        logger.error("a thread failed", exc_info=failed.exc_value, extra={"name_of_thread": name})


def set_up_logs(level: str) -> None:
    threading.excepthook = log_failed_thread
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(SlackLibrariesWithoutWords())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
