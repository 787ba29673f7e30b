"""A chat of two thousand messages: what it costs to appear, to scroll, to take one more; figures are printed.

The limits are on the page's own processor time, which a busy machine doesn't stretch as it does the clock's.
"""

import sys

import pytest
from page_tools import EchoBot, Json, OpenDesk, Stand
from playwright.async_api import CDPSession, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANY = 2000
FRAMES = 90
APPENDED = 20
WORDS = "A few words of an ordinary length, such as one writes in the evening after a long day."

# Scroll upwards as a quick hand does, one step a frame; return how long each frame took.
SCROLL = """(count) => new Promise((resolve) => {
    const log = document.querySelector(".log");
    const frames = [];
    let last = performance.now();
    const step = (now) => {
        frames.push(now - last);
        last = now;
        log.scrollTop -= 300;
        if (frames.length < count) requestAnimationFrame(step);
        else resolve(frames.slice(1).sort((one, other) => one - other));
    };
    requestAnimationFrame(step);
})"""


async def silent(_: EchoBot, __: Json) -> None:
    """Say nothing."""


async def busy(session: CDPSession) -> float:
    """Return how many milliseconds the page's main thread has worked."""
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    return float(1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


async def fill(stand: Stand) -> None:
    """Let Noa and the bot say two thousand things."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    rows = {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "1"}, {"text": "No", "callback_data": "2"}]]
    }
    for number in range(MANY // 2):
        noa.send_text(f"{number} {WORDS}")
        html = f"<b>{number}</b> {WORDS} <blockquote>{WORDS}</blockquote>"
        await stand.bot.say(noa.user_id, html, reply_markup=rows)
    await stand.world.drained()


async def test_two_thousand_messages_scroll_and_go_on_without_a_stutter(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """A frame of scrolling and a new message each cost less than what an eye would see."""
    desk = await open_desk(stand.url)
    await fill(stand)
    bubbles = desk.phone("Noa").log.get_by_role("article")
    await expect(bubbles).to_have_count(MANY)
    session = await desk.page.context.new_cdp_session(desk.page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = await busy(session)
    await desk.page.reload()
    await expect(bubbles).to_have_count(MANY)
    await expect(bubbles.last).to_be_in_viewport()
    there = await busy(session)

    frames: list[float] = await desk.page.evaluate(SCROLL, FRAMES)
    scrolled = await busy(session)
    for number in range(APPENDED):
        await stand.bot.say(stand.phones[0].user_id, f"Newest {number}")
    await expect(bubbles).to_have_count(MANY + APPENDED)
    appended = await busy(session)

    frame = (scrolled - there) / FRAMES
    message = (appended - scrolled) / APPENDED
    sys.stderr.write(
        f"\n{MANY} messages: there after {there - before:.0f} ms of work; scrolling {frame:.1f} ms of work a "
        f"frame (by the clock: median {frames[len(frames) // 2]:.1f} ms, worst {frames[-1]:.1f}); one more "
        f"{message:.1f} ms of work\n"
    )
    assert there - before < 3000
    assert frame < 50
    assert message < 50
