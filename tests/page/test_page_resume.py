"""Going on: after a reload, in a second tab, after a lost connection, after a restart."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from page_tools import EchoBot, Held, Json, OpenDesk, RunDemo, Stand, page_says, says, standing
from playwright.async_api import expect

from bot.home.demo import demo
from bot.sandbox.stage import serve_page

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOST = page_says("lost")
# What a browser says of a server that goes away, and of a picture whose blob is let go when its chat is drawn anew.
INTERRUPTED = ["WebSocket", "ERR_CONNECTION_REFUSED", "ERR_FILE_NOT_FOUND"]


async def silent(_: EchoBot, __: Json) -> None:
    """Say nothing."""


async def shows(phone: Held, *words: str) -> None:
    """Expect exactly these messages."""
    await expect(phone.log.locator(".words")).to_have_text(list(words))


async def test_a_reload_and_a_second_tab_show_the_same_and_go_on(stand: Stand, open_desk: OpenDesk) -> None:
    """Both tabs follow; what one does the other shows, once."""
    desk = await open_desk(stand.url)
    noa = desk.phone("Noa")
    await noa.start()
    await shows(noa, "/start", "/start")
    await desk.page.reload()
    await shows(noa, "/start", "/start")
    second = (await open_desk(stand.url, beside=desk)).phone("Noa")
    await second.writes("From the second")
    for phone in (noa, second):
        await shows(phone, "/start", "/start", "From the second", "From the second")


async def test_a_lost_connection_is_told_and_comes_back_by_itself(open_desk: OpenDesk) -> None:
    """What happened meanwhile is there afterwards, once; what was being written is still there."""
    async with standing() as stand:
        stand.bot.answer = silent
        stand.phones[0].send_text("Before")
        async with serve_page(stand.stage) as first:
            desk = await open_desk(first.url)
            desk.expected += INTERRUPTED
            noa = desk.phone("Noa")
            await shows(noa, "Before")
        await expect(desk.page.get_by_text(LOST)).to_be_visible()
        await noa.field.fill("Half a thought")
        await noa.field.press("Enter")
        await expect(noa.field).to_have_value("Half a thought")
        stand.phones[0].send_text("Meanwhile")
        async with serve_page(stand.stage, port=first.port):
            await shows(noa, "Before", "Meanwhile")
            await expect(desk.page.get_by_text(LOST)).to_be_hidden()
            await noa.field.press("Enter")
            await shows(noa, "Before", "Meanwhile", "Half a thought")


async def test_a_restarted_demo_goes_on_in_the_same_tab(open_desk: OpenDesk, tmp_path: Path) -> None:
    """With --data the tab that was open goes on: the chats, the bot's memory, and the clock."""
    stop = asyncio.Event()
    url, running = await begin(tmp_path, stop)
    desk = await open_desk(url)
    desk.expected += INTERRUPTED
    noa = desk.phone("Noa")
    await noa.start()
    await noa.presses(says("in"))
    await noa.sees("Who will you practise with?")
    await desk.button(page_says("clock_hour")).click()
    clock = desk.page.get_by_role("region", name=page_says("clock"))
    await expect(clock).to_contain_text("08:4")
    texts = await noa.log.get_by_role("article").all_inner_texts()
    stop.set()
    await running
    await expect(desk.page.get_by_text(LOST)).to_be_visible()

    again = asyncio.Event()
    port = int(url.split(":")[2].split("/")[0])
    same, running = await begin(tmp_path, again, port)
    assert same == url
    await expect(desk.page.get_by_text(LOST)).to_be_hidden()
    await expect(clock).to_contain_text("08:4")
    await expect(noa.log.get_by_role("article")).to_have_count(len(texts))
    await noa.writes("/invite")
    await expect(noa.log.get_by_role("article")).to_have_count(len(texts) + 2)
    again.set()
    await running


async def test_a_demo_that_was_killed_goes_on(open_desk: OpenDesk, tmp_path: Path) -> None:
    """Nothing says goodbye to a SIGKILL; what was kept before it is there, and the bot hears what comes next."""
    folder = str(tmp_path / "kept")
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--data", folder, "--port"]
    pipe = asyncio.subprocess.PIPE
    first = await asyncio.create_subprocess_exec(*command, "0", stdout=pipe)
    assert first.stdout is not None
    url = (await first.stdout.readline()).decode().split()[-1]
    desk = await open_desk(url)
    desk.expected += INTERRUPTED
    noa = desk.phone("Noa")
    await noa.start()
    await noa.presses(says("in"))
    await noa.sees("Who will you practise with?")
    await kept(Path(folder), b"Who will you practise with?")
    first.kill()
    await first.wait()
    await expect(desk.page.get_by_text(LOST)).to_be_visible()
    port = url.split(":")[2].split("/")[0]
    second = await asyncio.create_subprocess_exec(*command, port, stdout=pipe)
    await expect(desk.page.get_by_text(LOST)).to_be_hidden()
    await noa.writes("/help")
    await noa.sees("How it goes")
    await noa.writes("/privacy")
    await noa.sees("What is kept")
    second.send_signal(signal.SIGINT)
    assert await second.wait() == 0


def holds(folder: Path, words: bytes) -> bool:
    """Tell whether any file of a folder has these words."""
    return any(words in file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def kept(folder: Path, words: bytes) -> None:
    """Wait until what a phone shows is on the disk: a demo keeps it a moment after it was seen."""
    async with asyncio.timeout(10):
        while not holds(folder, words):  # noqa: ASYNC110 (another process writes it, and rings no bell here)
            await asyncio.sleep(0.05)


async def begin(data: Path, stop: asyncio.Event, port: int = 0) -> tuple[str, asyncio.Task[None]]:
    """Run a demo that keeps; return its address once it is served."""
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def tell(url: str, _: str) -> None:
        told.set_result(url)

    running = asyncio.create_task(demo(port=port, data=data / "kept", stop=stop, tell=tell))
    return await told, running


async def test_start_over_empties_the_chats_in_every_tab(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """After a question, everything begins anew, and the page stays."""
    desk = await open_desk(await run_demo())
    other = await open_desk(desk.url, beside=desk)
    noa = desk.phone("Noa")
    await noa.start()
    await noa.sees("I'm Attune")
    await desk.button(page_says("start_over")).click()
    await desk.choose(page_says("start_over"))
    for each in (desk, other):
        await expect(
            each.phone("Noa").place.get_by_role("button", name=page_says("start"), exact=True)
        ).to_be_visible()
        await expect(each.page.get_by_role("article")).to_have_count(0)
    await noa.start()
    await noa.sees("I'm Attune")
