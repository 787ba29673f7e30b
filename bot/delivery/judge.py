"""The judge: what an outcome says of its row (backoff), the line (circuit breaker) and the pace (rate limiter)."""

import logging

from bot.delivery.backoff import Again, RetryDecision, decide
from bot.delivery.flights import Returned
from bot.delivery.line import Alone, CircuitBreaker
from bot.delivery.pace import Pace
from bot.messages import Sent, TryLater

log = logging.getLogger(__name__)


class Judge:
    """Learns from every landing."""

    def __init__(self, line: CircuitBreaker, pace: Pace) -> None:
        self._line = line
        self._pace = pace
        self._alone = Alone()

    def judge(self, landing: Returned, now: float, random01: float) -> RetryDecision | None:
        """Tell the next step of a row that came back; None where its failure was for a reason that stops all.

        `now` is monotonic seconds, `random01` is in [0, 1).
        """
        return None if self._everyones(landing, now, random01) else self._step(landing, now, random01)

    def _everyones(self, landing: Returned, now: float, random01: float) -> bool:
        outcome, chat = landing.outcome, landing.row.message.chat
        if not landing.called:
            return False
        if isinstance(outcome, TryLater) and outcome.doubtful:
            log.info(
                "%s (row %s) may have arrived, and is tried again", landing.row.message.kind, landing.row.id
            )
        if isinstance(outcome, TryLater) and outcome.after is None:
            self._line.bad(chat, now, random01, certain=outcome.everyone)
            return self._line.down
        self._line.good()
        if isinstance(outcome, TryLater):
            step = decide(outcome, landing.row.attempts, random01)
            return isinstance(step, Again) and self._pace.refused(chat, now, step.after.total_seconds())
        self._pace.accepted()
        return False

    def _step(self, landing: Returned, now: float, random01: float) -> RetryDecision:
        row, outcome, alone = landing.row, landing.outcome, 0
        if landing.called and isinstance(outcome, Sent):
            self._alone.taken(row.id)
        elif isinstance(outcome, TryLater) and outcome.after is None:
            alone = self._alone.failed(row.id, now)
        return decide(outcome, row.attempts, random01, alone)
