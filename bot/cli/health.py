"""Optional health endpoint on a port of its own. Its modules are imported only if it is enabled."""

from collections.abc import Callable
from contextlib import ExitStack

from bot.app import Weft
from bot.config import Settings
from bot.core.watcher import NULL_METRICS, Metrics
from bot.slack.contact import Contact


def watch(settings: Settings) -> Metrics:
    """Return the metrics collector, or the no-op one if the endpoint is disabled."""
    if settings.health_port is None:
        return NULL_METRICS
    from bot.health.metrics import PrometheusMetrics

    return PrometheusMetrics()


def show_health(settings: Settings, weft: Weft, contact: Callable[[], Contact], stack: ExitStack) -> None:
    """Serve the health endpoint. Started before the connection to Slack, so that a missing one shows."""
    if settings.health_port is None:
        return
    from bot.cli.http import serve
    from bot.health.metrics import PrometheusMetrics
    from bot.health.rules import Line
    from bot.health.state import Observer
    from bot.health.web import pages

    def line() -> Line:
        now = contact()
        return Line(now.is_connected, now.last_at, now.refusal, now.requests)

    metrics = weft.bot.watcher
    assert isinstance(metrics, PrometheusMetrics)  # noqa: S101 - watch() made it
    observer = Observer(
        weft.bot,
        weft.carrier.lease.holder,
        line,
        lambda: metrics.refusal,
        weft.app.listeners.longest_wait,
        lambda: weft.clock_guard.trouble,
    )
    serve(pages(observer, metrics), "HEALTH_PORT", settings.health_port, stack, host=settings.health_host)
