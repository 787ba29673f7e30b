"""What a page must bear: scripts in words and names, and very much at once."""

import asyncio

import pytest
from page_tools import EchoBot, Json, OpenDesk, Stand, page_says
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVIL = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>\'"><svg onload=window.hit=1>'


async def silent(_: EchoBot, __: Json) -> None:
    """Say nothing."""


async def test_a_script_in_words_names_labels_and_answers_is_only_words(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """Nothing that anyone writes becomes markup, wherever it is shown."""
    stand.bot.answer = silent
    stand.world.profile.first_name = EVIL[:60]
    mallory = stand.stage.open_phone(EVIL[:60], "mallory")
    noa = stand.phones[0]
    for phone in (mallory, noa):
        phone.send_text(EVIL)
    rows = {"inline_keyboard": [[{"text": EVIL[:60], "callback_data": "x"}]]}
    entity = {
        "type": "text_link",
        "offset": 0,
        "length": 4,
        "url": 'http://x.example/"onmouseover="window.hit=1',
    }
    said = {"chat_id": noa.user_id, "text": EVIL, "entities": [entity], "reply_markup": rows}
    await stand.bot.ask("sendMessage", **said)
    noa.send_document(b"<script>", f"{EVIL[:40]}.html")
    stand.stage.share(mallory, noa.user_id, "https://t.me/echo_bot?start=a", EVIL)
    await stand.bot.ask("setMyCommands", commands=[{"command": "x", "description": EVIL}])
    desk = await open_desk(stand.url)
    held = desk.phone("Noa")
    await expect(held.log.get_by_text(EVIL).first).to_be_visible()
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text(EVIL[:60])
    await held.log.get_by_role("button", name=EVIL[:60]).click()
    await stand.world.drained()
    query = stand.bot.heard[-1]["callback_query"]["id"]
    await stand.bot.ask("answerCallbackQuery", callback_query_id=query, text=EVIL, show_alert=True)
    await expect(desk.page.get_by_role("dialog")).to_contain_text(EVIL)
    await desk.choose(page_says("ok"))
    await desk.page.get_by_text(page_says("passing")).click()
    await held.place.get_by_role("button", name=page_says("commands"), exact=True).click()
    assert await desk.page.evaluate("window.hit") is None
    assert await desk.page.locator("main script, main img[src=x], [onerror], [onload]").count() == 0


async def test_no_string_can_become_markup(stand: Stand, open_desk: OpenDesk) -> None:
    """The policy refuses it even to the page's own code."""
    desk = await open_desk(stand.url)
    desk.expected.append("TrustedHTML")
    attempt = (
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'done'; } catch (e) { return e.name; } }"
    )
    assert await desk.page.evaluate(attempt) == "TypeError"


async def test_two_hundred_messages_at_once_come_whole_and_in_order(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """Each stands there once, in order, and the newest is in sight."""
    stand.bot.answer = silent
    desk = await open_desk(stand.url)
    for phone in stand.phones:
        phone.send_text("/start")
    sends = [stand.bot.say(phone.user_id, f"Number {n}") for n in range(100) for phone in stand.phones]
    await asyncio.gather(*sends)
    for name in ("Noa", "Sam"):
        held = desk.phone(name)
        bubbles = held.log.get_by_role("article")
        await expect(bubbles).to_have_count(101)
        ids = await bubbles.evaluate_all("found => found.map((bubble) => Number(bubble.dataset.id))")
        assert ids == sorted(set(ids))
        await expect(bubbles.last).to_be_in_viewport()


async def test_who_reads_further_up_is_not_pulled_down(stand: Stand, open_desk: OpenDesk) -> None:
    """New messages are counted at a button that leads to the end."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    for number in range(40):
        noa.send_text(f"Line {number}")
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.sees("Line 39")
    await phone.log.hover()
    await desk.page.mouse.wheel(0, -1500)
    await expect(phone.place.get_by_role("button", name=page_says("jump_end"))).to_be_visible()
    await stand.bot.say(noa.user_id, "Newest")
    await phone.place.get_by_role("button", name=page_says("jump_new", count="1")).click()
    await expect(phone.bubble("Newest")).to_be_in_viewport()
