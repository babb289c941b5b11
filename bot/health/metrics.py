"""Prometheus metrics. Labels come from closed lists: no names, texts or ids of people."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.core.watcher import Metrics, Outcome
from bot.health.state import Health
from bot.version import VERSION

ACKNOWLEDGED = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Histogram buckets in seconds. Slack waits three."""
LISTENED = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class PrometheusMetrics(Metrics):
    """Records the bot's metrics hooks."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.refusal: str | None = None
        """Slack's error code while it refuses the whole installation."""
        self._acknowledged = self._histogram(
            "weft_acknowledgement_seconds", "Time until Slack got its acknowledgement", ACKNOWLEDGED
        )
        self._listened = self._histogram("weft_listener_seconds", "Time until the listener had finished", LISTENED)
        self._ticks = Counter("weft_ticks", "Ticks, by outcome", ["tick", "ended"], registry=self.registry)
        self._tried = Counter("weft_deliveries", "Attempts to send a message", ["outcome"], registry=self.registry)
        self._turned_away = Counter(
            "weft_rate_limited", "Responses of Slack with status 429", ["method"], registry=self.registry
        )
        for outcome in Outcome:
            self._tried.labels(outcome.value)
        Info("weft_build", "The version of Weft", registry=self.registry).info({"version": VERSION})
        ProcessCollector(registry=self.registry)

    def _histogram(self, name: str, about: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(name, about, ["kind"], registry=self.registry, buckets=buckets)

    def acknowledged(self, kind: str, seconds: float) -> None:
        self._acknowledged.labels(kind).observe(seconds)

    def listened(self, kind: str, seconds: float) -> None:
        self._listened.labels(kind).observe(seconds)

    def tick_ended(self, tick: str, *, well: bool) -> None:
        self._ticks.labels(tick, "well" if well else "badly").inc()

    def tried(self, outcome: Outcome, code: str = "") -> None:
        self._tried.labels(outcome.value).inc()
        if outcome is Outcome.OURS:
            self.refusal = code
        elif outcome in (Outcome.SENT, Outcome.FOUND):
            self.refusal = None

    def turned_away(self, method: str) -> None:
        self._turned_away.labels(method).inc()

    def text(self, health: Health) -> bytes:
        """Render counters and current health in Prometheus text format."""
        now = CollectorRegistry()
        now.register(Gauges(lambda: health))
        return generate_latest(self.registry) + generate_latest(now)


class Gauges(Collector):
    def __init__(self, health: Callable[[], Health]) -> None:
        self.health = health

    def collect(self) -> Iterator[Metric]:
        health = self.health()
        line, figures = health.line, health.figures
        yield gauge("weft_healthy", "1 while nothing needs fixing", not health.troubles)
        yield gauge("weft_slack_connected", "1 while connected to Slack", line.is_connected)
        if line.last_contact_at is not None:
            seconds = line.last_contact_at.timestamp()
            yield gauge("weft_slack_last_contact_timestamp_seconds", "When Slack last answered", seconds)
        yield gauge("weft_database_up", "1 while the database answers within a second", figures is not None)
        yield gauge("weft_listener_wait_seconds", "Longest current wait of a click for a thread", health.unheard)
        if figures is None:
            return
        yield gauge("weft_database_answer_seconds", "Duration of the last database check", figures.answered_in)
        yield gauge("weft_outbox_age_seconds", "Age of the oldest due message", health.outbox_age)
        yield gauge("weft_rounds_overdue", "Overdue rounds", figures.overdue_rounds)
        yield gauge("weft_channels_unread", "Program channels whose members can't be read", figures.unread_channels)
        yield gauge("weft_lease_held", "1 in the process that sends messages", health.is_carrier)
        messages = GaugeMetricFamily("weft_outbox_messages", "Messages, by state", labels=["state"])
        for state, count in figures.messages.items():
            messages.add_metric([state.value], count)
        yield messages


def gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=float(value))
