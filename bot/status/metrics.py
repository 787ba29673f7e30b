"""Metrics for Prometheus, made when they are asked for.

Couples are counted in steps, so that a graph does not show who has left or paused; messages by their urgency and
never by their kind (bot/vitals.py says why).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.vitals import BOUNDS, Vitals
from storage.census import Census

CONTENT_TYPE = CONTENT_TYPE_LATEST
STEP = 10  # couples


@dataclass(frozen=True, eq=False)  # a registry knows a collector by itself
class Figures(Collector):
    """What one look gives. `backup_age` is in seconds, None where no folder of backups is named."""

    vitals: Vitals
    census: Census
    backup_age: float | None

    def collect(self) -> Iterator[Metric]:
        """Name every figure, as Prometheus wants them."""
        vitals, census = self.vitals, self.census
        yield _counted("attune_updates", "Updates from Telegram by what became of them.", vitals.updates)
        calls = CounterMetricFamily(
            "attune_calls",
            "Calls to Telegram by how urgent and what became of them.",
            labels=["urgency", "outcome"],
        )
        for (urgency, outcome), count in sorted(vitals.calls.items()):
            calls.add_metric([urgency.name.lower(), _snake(outcome)], count)
        yield calls
        yield _histogram(vitals)
        yield _gauge(
            "attune_couples_active", f"Couples with a card to come, in steps of {STEP}.", _step(census.active)
        )
        yield _gauge("attune_couples_resting", f"Couples at rest, in steps of {STEP}.", _step(census.resting))
        yield _gauge(
            "attune_opening_lag_seconds", "How late the latest opening is.", census.overdue.total_seconds()
        )
        yield _gauge("attune_messages_waiting", "Messages that are due and have not left.", census.waiting)
        yield _gauge(
            "attune_message_wait_seconds", "How long the first of them waits.", census.oldest.total_seconds()
        )
        yield _gauge("attune_tasks_late", "Lasting tasks that do not come round.", len(vitals.late()))
        if vitals.telegram_seen is not None:
            silent = vitals.clock() - vitals.telegram_seen
            yield _gauge(
                "attune_telegram_silent_seconds", "How long Telegram has not answered a poll.", silent
            )
        if self.backup_age is not None:
            yield _gauge("attune_backup_age_seconds", "How old the newest backup is.", self.backup_age)


def exposition(figures: Figures) -> bytes:
    """Write figures as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(figures)
    return generate_latest(registry)


def _step(couples: int) -> int:
    return couples // STEP * STEP


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)


def _counted(name: str, what: str, counts: dict[str, int]) -> Metric:
    family = CounterMetricFamily(name, what, labels=["outcome"])
    for outcome, count in sorted(counts.items()):
        family.add_metric([outcome], count)
    return family


def _histogram(vitals: Vitals) -> Metric:
    edges = [*map(str, BOUNDS), "+Inf"]
    return HistogramMetricFamily(
        "attune_commit_seconds",
        "How long commits took.",
        buckets=list(zip(edges, accumulate(vitals.commits), strict=True)),
        sum_value=vitals.commit_seconds,
    )


Snapshot = Callable[[], Figures]
