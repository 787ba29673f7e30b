"""The clock that can be moved, and the one that cannot: whoever waits is woken, and can be stopped."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import LONGEST_WAIT, Clock, SteppedClock, SystemClock, pause

START = datetime(2025, 6, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOON = 5.0  # seconds in which a wait that should end must have ended
A_MOMENT = 0.02  # seconds after which a wait that should go on is looked at

steps = st.timedeltas(timedelta(days=-3), timedelta(days=3))


async def waits_on(task: asyncio.Task[None]) -> bool:
    """Let a task run, and tell whether it still waits."""
    await asyncio.wait({task}, timeout=A_MOMENT)
    return not task.done()


async def waiting(
    clock: Clock, until: datetime | None, wake: asyncio.Event | None = None
) -> asyncio.Task[None]:
    """Start a wait and see that it waits."""
    task = asyncio.get_running_loop().create_task(clock.wait(until, wake or asyncio.Event()))
    assert await waits_on(task)
    return task


async def ended(*tasks: asyncio.Task[None]) -> None:
    """See that waits end by themselves."""
    async with asyncio.timeout(SOON):
        await asyncio.gather(*tasks)


@given(st.lists(steps, max_size=8))
def test_a_stepped_clock_shows_what_it_was_moved_to(moves: list[timedelta]) -> None:
    """Forth and back, to the microsecond; between the moves it stands still."""
    clock, expected = SteppedClock(START), START
    for step in moves:
        clock.advance(step)
        expected += step
        assert clock.now() == expected == clock.now()
    clock.set(START)
    assert clock.now() == START


async def test_whoever_waits_is_woken_when_the_clock_is_moved() -> None:
    """All of them, those who wait for an instant and those who wait for none, at every move."""
    clock = SteppedClock(START)
    for step in (HOUR, -HOUR, timedelta(0)):
        waiters = [await waiting(clock, until) for until in (None, START + 9 * HOUR, START + 2 * HOUR)]
        clock.advance(step)
        await ended(*waiters)


async def test_a_wait_for_what_has_come_is_none() -> None:
    """An instant that is now or was before does not wait, whatever was set back meanwhile."""
    clock = SteppedClock(START)
    await ended(asyncio.create_task(clock.wait(START, asyncio.Event())))
    clock.advance(HOUR)
    await ended(asyncio.create_task(clock.wait(START + HOUR, asyncio.Event())))
    clock.advance(-2 * HOUR)
    late = await waiting(clock, START)
    clock.set(START)
    await ended(late)


async def test_no_move_is_lost_between_two_looks_at_the_clock() -> None:
    """Moved while nobody waited, or in the very moment when somebody begins to: the instant is not missed."""
    clock = SteppedClock(START)
    due = START + HOUR
    clock.set(due)
    await ended(asyncio.create_task(clock.wait(due, asyncio.Event())))
    clock.set(START)
    beginning = asyncio.create_task(clock.wait(due, asyncio.Event()))
    clock.set(due)  # before the task has run its first step
    await ended(beginning)


async def test_every_instant_of_a_story_is_met_in_order() -> None:
    """A loop that waits for one instant after another meets each, however the clock is moved."""
    clock, met = SteppedClock(START), []
    dues = [START + number * HOUR for number in range(1, 30)]

    async def live() -> None:
        for due in dues:
            while clock.now() < due:
                await clock.wait(due, asyncio.Event())
            met.append(due)

    story = asyncio.create_task(live())
    for hours in (1, 3, -2, 5, 0, 7, -20, 40):
        clock.advance(hours * HOUR)
        assert await waits_on(story) or met == dues
    await ended(story)
    assert met == dues


async def test_a_wake_ends_a_wait_whatever_the_clock_says() -> None:
    """Set before or during the wait."""
    for clock in (SteppedClock(START), SteppedClock(START, running=True), SystemClock()):
        wake = asyncio.Event()
        task = await waiting(clock, clock.now() + 9 * HOUR, wake)
        wake.set()
        await ended(task)
        await ended(asyncio.create_task(clock.wait(None, wake)))


@pytest.mark.parametrize("running", [False, True])
async def test_a_wait_that_is_cancelled_ends_cancelled(running: bool) -> None:  # noqa: FBT001 (parametrized)
    """And leaves no task behind that would be waited for, or warned of, later."""
    clock = SteppedClock(START, running=running)
    before = asyncio.all_tasks()
    task = await waiting(clock, START + HOUR)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("clock", [SystemClock(), SteppedClock(START), SteppedClock(START, running=True)])
async def test_a_stop_is_not_lost_to_a_wake_in_the_same_moment(clock: Clock) -> None:
    """A task that is woken and cancelled at once is cancelled: else Ctrl-C would go unheard."""
    wake = asyncio.Event()
    task = await waiting(clock, clock.now() + HOUR, wake)
    wake.set()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_running_clock_comes_to_its_instant_by_itself() -> None:
    """It runs on from where it was moved to, as fast as the machine's."""
    clock = SteppedClock(START, running=True)
    clock.set(START + HOUR)
    due = START + HOUR + timedelta(milliseconds=30)
    began = time.monotonic()
    await ended(asyncio.create_task(clock.wait(due, asyncio.Event())))
    assert time.monotonic() - began >= 0.02
    assert clock.now() >= due - timedelta(milliseconds=5)


async def test_the_machines_clock_waits_for_an_instant_and_no_longer_than_half_a_minute() -> None:
    """What has come is not waited for; a far instant is looked at again, as a clock may be put right."""
    clock = SystemClock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=SOON)
    await ended(asyncio.create_task(clock.wait(clock.now() - HOUR, asyncio.Event())))
    await ended(asyncio.create_task(clock.wait(clock.now() + timedelta(milliseconds=20), asyncio.Event())))
    assert timedelta(seconds=10) <= LONGEST_WAIT <= timedelta(minutes=1)


async def test_patience_is_measured_by_the_machine() -> None:
    """A story's jump of a year is no reason for anybody to give up waiting for an answer."""
    clock = SteppedClock(START)
    before = clock.monotonic()
    clock.advance(timedelta(days=365))
    assert clock.monotonic() - before < SOON
    assert SystemClock().monotonic() - before < SOON
    await pause(clock, 0)
    assert clock.now() == START + timedelta(days=365)


async def test_whoever_waits_for_what_has_come_gives_others_their_turn() -> None:
    """Else a loop that looks again and again could not even be cancelled."""
    clock = SteppedClock(START)

    async def looks() -> None:
        while True:
            await clock.wait(START, asyncio.Event())

    task = asyncio.create_task(looks())
    await asyncio.sleep(0)
    task.cancel()
    assert await asyncio.wait({task}, timeout=5) == ({task}, set())
