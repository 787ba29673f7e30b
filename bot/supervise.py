"""Supervision: a few named background tasks, made in one place, ended together.

A task that ends by itself ends the program: what can be tried again is tried again inside the task, and
what it has not foreseen is safest after a fresh start, for which nothing is lost.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class TaskEnded(Exception):  # noqa: N818 (it says what happened)
    """A task that should run for ever has returned."""


class Supervisor:
    """Runs named tasks until stopped, or until one of them ends."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._lasting: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None], *, ends: bool = False) -> None:
        """Start a named task; one that `ends` may do so by itself, and its failure is only logged."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        task.add_done_callback(_log_end)
        self._tasks.append(task)
        if not ends:
            self._lasting.add(task)

    async def until(self, stop: asyncio.Event) -> None:
        """Wait until `stop` is set or a task has ended. Raises what ended it, or TaskEnded."""
        stopping = asyncio.get_running_loop().create_task(stop.wait(), name="stop")
        try:
            done, _ = await asyncio.wait({stopping, *self._lasting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
        for task in done - {stopping}:
            failure = None if task.cancelled() else task.exception()
            raise failure or TaskEnded(task.get_name())

    async def stop(self, within: float) -> None:
        """Cancel all tasks, and wait at most `within` seconds for them to put things in order."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                log.error("The task %s did not stop in time", task.get_name())


def heed_cancellation() -> None:
    """Raise CancelledError where this task was cancelled and another exception has taken its place.

    A clean-up that fails on the way out of a cancelled block hides the cancellation; whoever catches
    every exception and tries again asks here first, or a stop would be slept through.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _log_end(task: asyncio.Task[None]) -> None:
    """Log a task's failure by name and type; asking for it keeps asyncio from printing it with its text."""
    failure = None if task.cancelled() else task.exception()
    if failure is not None:
        log.error("The task %s has ended: %s", task.get_name(), type(failure).__name__)
