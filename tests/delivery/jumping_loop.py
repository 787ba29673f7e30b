"""An event loop whose time jumps to the next timer: hours of waiting pass at once, and no test sleeps."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class _JumpingSelector(selectors.SelectSelector):
    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if not events:
            if timeout is None:
                raise RuntimeError("everybody waits, and nothing will come")
            self.passed += max(0.0, timeout)
        return events


class JumpingLoop(asyncio.SelectorEventLoop):
    """A loop on which nothing takes time but waiting, and waiting takes none of ours."""

    def __init__(self) -> None:
        self._jumps = _JumpingSelector()
        super().__init__(self._jumps)

    def time(self) -> float:
        """Tell the seconds that have been waited for."""
        return self._jumps.passed


class LoopClock:
    """A clock that shows the loop's own time, or is `ahead` of it."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        """Tell the instant, in UTC."""
        return START + self.ahead + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Tell the loop's seconds."""
        return asyncio.get_running_loop().time()

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Return at `until` or at the wake, or after half a minute."""
        left = 30.0 if until is None else min(30.0, (until - self.now()).total_seconds())
        try:
            async with asyncio.timeout(max(0.0, left)):
                await wake.wait()
        except TimeoutError:
            return


def run(story: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine on a loop that jumps."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(story)
