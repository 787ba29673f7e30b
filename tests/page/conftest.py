"""The page in a real browser, Debian's Chromium; where there is none, its tests say so and are skipped."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from page_tools import Desk, OpenDesk, RunDemo, Stand, standing
from playwright.async_api import Browser, async_playwright, expect
from whole_words import whole_words

from bot.home.demo import demo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]

expect.set_options(timeout=20_000)  # milliseconds: a limit for a busy machine, not a pause


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start one browser for all tests."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: the page's tests need one")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_desk(browser: Browser) -> AsyncIterator[OpenDesk]:
    """Open pages, each in a browser of its own; no console error, no request to another host."""
    desks: list[Desk] = []
    async with AsyncExitStack() as stack:

        async def open_one(url: str, *, beside: Desk | None = None, **options: object) -> Desk:
            if beside is None:
                wishes = {"viewport": {"width": 1280, "height": 900}} | options
                context = await browser.new_context(**wishes)  # type: ignore[arg-type]  # as Playwright names them
                context.set_default_timeout(20_000)
                stack.push_async_callback(context.close)
            else:
                context = beside.page.context
            desk = Desk(await context.new_page(), url)
            desks.append(desk)
            await desk.page.goto(url)
            return desk

        yield open_one
        problems = [problem for desk in desks for problem in desk.problems]
    assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def stand() -> AsyncIterator[Stand]:
    """Serve the page with the small bot."""
    async with standing() as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def run_demo() -> AsyncIterator[RunDemo]:
    """Run the demo, the real bot and all, until the test ends; give its address."""
    stop = asyncio.Event()
    tasks: list[asyncio.Task[None]] = []

    async def run(*, pace: float = 0.0, data: Path | None = None, port: int = 0, language: str = "en") -> str:
        told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        tell = lambda url, _: told.set_result(url)  # noqa: E731  one use
        running = demo(
            port=port, data=data, stop=stop, tell=tell, pace=pace, language=language, content=whole_words()
        )
        tasks.append(asyncio.create_task(running))
        return await told

    yield run
    stop.set()
    await asyncio.gather(*tasks)
