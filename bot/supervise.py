"""Supervision: a few named background tasks, made in one place, ended together.

A task that ends by itself ends the program: what can be tried again is tried again inside the task.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Supervisor:
    """Runs named tasks until stopped, or until one of them ends."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._lasting: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None], *, ends: bool = False) -> None:
        """Start a named task; one that `ends` may do so by itself."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.append(task)
        if not ends:
            self._lasting.add(task)

    async def until(self, stop: asyncio.Event) -> None:
        """Wait until `stop` is set or a task has ended; raise what it raised."""
        stopping = asyncio.get_running_loop().create_task(stop.wait(), name="stop")
        try:
            done, _ = await asyncio.wait({stopping, *self._lasting}, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopping}:
                log.error("the task %s has ended", task.get_name())
                task.result()
        finally:
            stopping.cancel()

    async def stop(self, within: float) -> None:
        """Cancel all tasks, and wait at most `within` seconds for them to put things in order."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                log.error("the task %s did not stop in time", task.get_name())
