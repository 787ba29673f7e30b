"""The heartbeat beats when something is due, and a beat that fails is tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from jumping_loop import START, LoopClock, run

from bot.delivery.heartbeat import Heartbeat

Beat = Callable[[datetime], Awaitable[datetime | None]]


async def beat_for(seconds: float, beat: Beat, wake: asyncio.Event | None = None) -> None:
    """Run a heartbeat for so long."""
    task = asyncio.ensure_future(Heartbeat(beat, clock=LoopClock(), wake=wake or asyncio.Event()).run())
    await asyncio.sleep(seconds)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_it_beats_when_something_falls_due() -> None:
    """At the start, and then at the instants that each beat names."""
    beats: list[float] = []

    async def beat(now: datetime) -> datetime:
        beats.append((now - START).total_seconds())
        return now + timedelta(seconds=10)

    run(beat_for(35, beat))
    assert [round(at) for at in beats] == [0, 10, 20, 30]


def test_with_nothing_due_it_rests() -> None:
    """A look every half minute, so that a clock that jumps is noticed."""
    beats = 0

    async def beat(_now: datetime) -> None:
        nonlocal beats
        beats += 1

    run(beat_for(3600, beat))
    assert beats <= 121


def test_a_wake_makes_it_look_at_once() -> None:
    """Somebody has changed what is due."""
    beats: list[datetime] = []

    async def story() -> None:
        wake = asyncio.Event()

        async def beat(now: datetime) -> datetime:
            beats.append(now)
            return now + timedelta(hours=1)

        asyncio.get_running_loop().call_later(5, wake.set)
        await beat_for(6, beat, wake)

    run(story())
    assert [round((at - START).total_seconds()) for at in beats] == [0, 5]


def test_a_beat_that_fails_is_tried_again_more_and_more_slowly(caplog: pytest.LogCaptureFixture) -> None:
    """A day of failing costs about a beat a minute; the failure's words are not logged."""
    beats = 0

    async def beat(_now: datetime) -> None:
        nonlocal beats
        beats += 1
        raise LookupError("their private words")

    run(beat_for(86_400, beat))
    assert 1400 < beats < 1500
    assert "LookupError" in caplog.text
    assert "private" not in caplog.text


def test_after_a_good_beat_patience_is_fresh() -> None:
    """One failure now and then waits a second, not a minute."""
    beats: list[float] = []

    async def beat(now: datetime) -> datetime:
        beats.append((now - START).total_seconds())
        if len(beats) % 2:
            raise LookupError
        return now + timedelta(seconds=10)

    run(beat_for(40, beat))
    assert [round(at) for at in beats] == [0, 1, 11, 12, 22, 23, 33, 34]


def test_what_is_left_due_does_not_run_hot() -> None:
    """A beat that names an instant that has passed is called ten times a second, no more."""
    beats = 0

    async def beat(now: datetime) -> datetime:
        nonlocal beats
        beats += 1
        return now - timedelta(seconds=1)

    run(beat_for(10, beat))
    assert beats <= 102
