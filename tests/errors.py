"""Fails a test in which the bot logged an error that the test didn't ask for.

Ticks, event handlers, listeners and delivery catch what goes wrong in them and log it, so that the bot lives on.
Without this guard a test would stay green while all of them crash.
"""

import logging
from contextlib import contextmanager

import pytest

WATCHED = ("bot", "storage", "apscheduler")
"""Loggers, with all below them. Not the root: `weft run` replaces its handlers."""

FAILED_RUNS = {"bot.scheduler", "bot.slack.events"}
"""A tick, a delivery turn or an event that fails because Slack or the database does is only a warning in production."""


class ErrorGuard(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []

    def emit(self, record):
        if record.levelno >= logging.ERROR or record.name in FAILED_RUNS:
            self.records.append(record)


@pytest.fixture(autouse=True)
def error_guard(request):
    """Holds what was logged against `@pytest.mark.expects_error("message", ...)`, both ways."""
    expected = {message for marker in request.node.iter_markers("expects_error") for message in marker.args}
    with only_logging(expected):
        yield


@contextmanager
def only_logging(expected):
    guard = ErrorGuard()
    for name in WATCHED:
        logging.getLogger(name).addHandler(guard)
    try:
        yield
    finally:
        for name in WATCHED:
            logging.getLogger(name).removeHandler(guard)
    logged = {record.getMessage() for record in guard.records}
    if unexpected := [described(record) for record in guard.records if record.getMessage() not in expected]:
        pytest.fail("logged, and not expected:\n" + "\n".join(unexpected), pytrace=False)
    if missing := expected - logged:
        pytest.fail(f"expected to be logged, and was not: {sorted(missing)}", pytrace=False)


def described(record):
    known = vars(logging.makeLogRecord({}))
    extra = {name: value for name, value in vars(record).items() if name not in known and name != "message"}
    trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
    return f"{record.levelname} {record.name}: {record.getMessage()} {extra}\n{trace}"
