"""Health on a port of its own, where the settings ask for it. Nothing of it is loaded where they don't."""

from collections.abc import Callable
from contextlib import ExitStack

from bot.app import Weft
from bot.config import Settings
from bot.core.watcher import NOBODY, Watcher
from bot.slack.contact import Contact


def watch(settings: Settings) -> Watcher:
    """Whoever hears what the bot's parts tell."""
    if settings.health_port is None:
        return NOBODY
    from bot.health.metrics import Metrics

    return Metrics()


def show_health(settings: Settings, weft: Weft, contact: Callable[[], Contact], stack: ExitStack) -> None:
    """Before there is a connection, so that it can be seen that there is none."""
    if settings.health_port is None:
        return
    from bot.cli.http import serve
    from bot.health.metrics import Metrics
    from bot.health.rules import Line
    from bot.health.state import Observer
    from bot.health.web import pages

    def line() -> Line:
        now = contact()
        return Line(now.is_connected, now.last_at, now.refusal, now.requests)

    metrics = weft.bot.watcher
    assert isinstance(metrics, Metrics)  # noqa: S101 - watch() made it
    observer = Observer(
        weft.bot,
        weft.carrier.lease.holder,
        line,
        lambda: metrics.refusal,
        weft.app.listeners.longest_wait,
        lambda: weft.clock_guard.trouble,
    )
    serve(pages(observer, metrics), "HEALTH_PORT", settings.health_port, stack, host=settings.health_host)
