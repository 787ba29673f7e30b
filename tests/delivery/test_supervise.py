"""Named tasks, ended together, and no failure that nobody hears of."""

import asyncio

import pytest
from jumping_loop import run

from bot.supervise import Supervisor, TaskEnded


async def forever() -> None:
    """Wait until cancelled."""
    await asyncio.Event().wait()


async def failing() -> None:
    """Fail, with words that are nobody's business."""
    await asyncio.sleep(1)
    raise LookupError("their private words")


def test_a_stop_ends_all_tasks() -> None:
    """Each gets to put things in order."""
    ended: list[str] = []

    async def orderly(name: str) -> None:
        try:
            await forever()
        finally:
            await asyncio.sleep(1)
            ended.append(name)

    async def story() -> None:
        supervisor, stop = Supervisor(), asyncio.Event()
        for name in ("a", "b"):
            supervisor.start(name, orderly(name))
        asyncio.get_running_loop().call_later(10, stop.set)
        await supervisor.until(stop)
        await supervisor.stop(5.0)
        assert asyncio.get_running_loop().time() == pytest.approx(11.0)

    run(story())
    assert sorted(ended) == ["a", "b"]


def test_a_task_that_fails_ends_the_program(caplog: pytest.LogCaptureFixture) -> None:
    """What it raised is raised, and logged by its type and the task's name alone."""

    async def story() -> None:
        supervisor = Supervisor()
        supervisor.start("good", forever())
        supervisor.start("bad", failing())
        with pytest.raises(LookupError):
            await supervisor.until(asyncio.Event())
        await supervisor.stop(5.0)

    run(story())
    assert "The task bad has ended: LookupError" in caplog.text
    assert "private" not in caplog.text


def test_a_lasting_task_that_returns_ends_the_program_too() -> None:
    """Silence would look like work."""

    async def story() -> None:
        supervisor = Supervisor()
        supervisor.start("short", asyncio.sleep(1))
        with pytest.raises(TaskEnded, match="short"):
            await supervisor.until(asyncio.Event())
        await supervisor.stop(5.0)

    run(story())


def test_a_task_that_may_end_ends_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    """Its failure is logged, and the others go on."""

    async def story() -> None:
        supervisor, stop = Supervisor(), asyncio.Event()
        supervisor.start("lasting", forever())
        supervisor.start("courtesy", failing(), ends=True)
        asyncio.get_running_loop().call_later(10, stop.set)
        await supervisor.until(stop)
        await supervisor.stop(5.0)
        assert asyncio.get_running_loop().time() >= 10

    run(story())
    assert "The task courtesy has ended: LookupError" in caplog.text


def test_a_task_that_does_not_stop_is_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """After five seconds it is named and left."""

    async def story() -> None:
        supervisor = Supervisor()
        release = asyncio.Event()

        async def stubborn() -> None:
            while not release.is_set():
                try:
                    await release.wait()
                except asyncio.CancelledError:
                    continue

        supervisor.start("stubborn", stubborn())
        await asyncio.sleep(0)
        await supervisor.stop(5.0)
        assert asyncio.get_running_loop().time() == pytest.approx(5.0)
        release.set()

    run(story())
    assert "The task stubborn did not stop in time" in caplog.text
