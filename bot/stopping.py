"""The stop: SIGINT or SIGTERM end whatever runs, at any point, also where something has swallowed the first word of it.

A stop is a cancellation, and much can swallow one: a library that takes it for its own timeout, a clean-up that
fails. So it is said again after a while; and what has not ended by then, be it that the event loop itself stands
still, the system ends. Nothing is lost by that: whatever was confirmed is on the disk.
"""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from threading import Thread
from types import FrameType
from typing import Any

AGAIN = 7.0  # seconds after which a stop is said again: an orderly end takes five at most
LAST = 20.0  # seconds after which the system ends the process, by SIGALRM

SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work ends or a signal ends it. A second signal does not cut the end short."""
    working, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert working is not None  # noqa: S101 (a coroutine runs in a task)

    stopping = False

    def say() -> None:
        if not working.done():
            working.cancel()
            loop.call_later(AGAIN, say)

    def told(_number: int, _frame: FrameType | None) -> None:
        # Not the loop's own handler, which waits for the loop's next turn: the alarm is for a loop that has none.
        nonlocal stopping
        if not stopping:
            stopping = True
            signal.setitimer(signal.ITIMER_REAL, LAST)
            loop.call_soon_threadsafe(say)

    before = {number: signal.signal(number, told) for number in SIGNALS}
    try:
        with suppress(asyncio.CancelledError):
            await work
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def aside(reads: Callable[[], object]) -> None:
    """Do what only reads in a thread that no stop waits for, as it would for asyncio's own. Raises what it raises."""
    loop = asyncio.get_running_loop()
    over: asyncio.Future[None] = loop.create_future()

    def end(failure: Exception | None) -> None:
        if over.cancelled():
            return
        if failure is None:
            over.set_result(None)
        else:
            over.set_exception(failure)

    def run() -> None:
        failure = None
        try:
            reads()
        except Exception as raised:  # noqa: BLE001 (it is raised again where it is waited for)
            failure = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(end, failure)

    Thread(target=run, name="aside", daemon=True).start()
    await over
