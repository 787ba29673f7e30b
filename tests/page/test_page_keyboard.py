"""Everything by keyboard alone, and heard rather than seen."""

import pytest
from page_tools import Desk, EchoBot, Json, OpenDesk, RunDemo, Stand, page_says, says
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


FOCUSED = """() => {
    const at = document.activeElement;
    const words = at.getAttribute("aria-label") || at.textContent || "";
    const phone = at.closest(".phone")?.querySelector("h2").textContent.slice(1) ?? "";
    return [phone, words.trim().replaceAll(/\\s+/g, " ")];
}"""


async def silent(_: EchoBot, __: Json) -> None:
    """Say nothing."""


async def tab_to(desk: Desk, label: str, phone: str = "", *, back: bool = False) -> None:
    """Press Tab until the focus is on this, at most sixty times."""
    seen = []
    for _ in range(60):
        await desk.page.keyboard.press("Shift+Tab" if back else "Tab")
        where, words = await desk.page.evaluate(FOCUSED)
        if words.startswith(label) and (not phone or where == page_says("phone_of", name=phone)):
            return
        seen.append((where, words[:40]))
    raise AssertionError(f"{label!r} can't be reached: {seen}")


async def test_two_people_come_together_by_keyboard_alone(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """Start, the keys under messages, the dialog, the card and the input field: Tab, Enter and letters."""
    desk = await open_desk(await run_demo())
    keyboard = desk.page.keyboard
    noa, sam = desk.phone("Noa"), desk.phone("Sam")
    await expect(noa.place).to_be_visible()
    await tab_to(desk, page_says("start"), "Noa")
    await keyboard.press("Enter")
    await noa.sees(says("in"))
    await expect(noa.field).to_be_focused()
    await tab_to(desk, says("in"), "Noa", back=True)
    await keyboard.press("Enter")
    await noa.sees("Who will you practise with?")
    await keyboard.press("End")
    await tab_to(desk, says("share"), "Noa")
    await keyboard.press("Space")
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await tab_to(desk, "Sam")
    await keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    await tab_to(desk, "t.me/", "Sam")
    await keyboard.press("Enter")
    await sam.sees(says("in"))
    await tab_to(desk, says("in"), "Sam")
    await keyboard.press("Enter")
    await noa.sees("Is this the person you meant?")
    await tab_to(desk, says("yes_them"), "Noa", back=True)
    await keyboard.press("Enter")
    await noa.sees("Today ·")
    await tab_to(desk, page_says("message_as", name="Noa"), "Noa")
    await keyboard.type("A moment of mine.")
    await keyboard.press("Enter")
    await noa.sees("That's yours for now")
    await tab_to(desk, says("seal"), "Noa", back=True)
    await keyboard.press("Enter")
    await noa.sees("Sealed.")


async def test_arrows_walk_through_a_chat_and_enter_opens_a_menu(stand: Stand, open_desk: OpenDesk) -> None:
    """A long chat is one stop on the way; in it the arrows move, and Escape leaves a menu where it was."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    for number in range(30):
        noa.send_text(f"Line {number}")
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.sees("Line 29")
    await phone.field.focus()
    await tab_to(desk, "You: Line 29", back=True)
    for key, line in (("ArrowUp", 28), ("ArrowUp", 27), ("Home", 0), ("End", 29), ("ArrowUp", 28)):
        await desk.page.keyboard.press(key)
        await expect(phone.bubble(f"Line {line}")).to_be_focused()
    await expect(phone.bubble("Line 28")).to_be_in_viewport()
    await desk.page.keyboard.press("Enter")
    await expect(phone.place.get_by_role("menuitem", name=page_says("reply"))).to_be_focused()
    await desk.page.keyboard.press("ArrowDown")
    await expect(phone.place.get_by_role("menuitem", name=page_says("edit"))).to_be_focused()
    await desk.page.keyboard.press("Escape")
    await expect(phone.bubble("Line 28")).to_be_focused()
    await desk.page.keyboard.press("Tab")
    await desk.page.keyboard.press("Tab")
    await expect(phone.place.get_by_role("button", name=page_says("attach"))).not_to_be_focused()


async def test_the_focus_stays_when_its_message_is_edited(stand: Stand, open_desk: OpenDesk) -> None:
    """A key that was pressed keeps the focus when the bot edits the message under it."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    rows = {
        "inline_keyboard": [[{"text": "One", "callback_data": "1"}, {"text": "Two", "callback_data": "2"}]]
    }
    sent = await stand.bot.say(noa.user_id, "Which?", reply_markup=rows)
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.log.get_by_role("button", name="Two", exact=True).focus()
    where: Json = {"chat_id": noa.user_id, "message_id": sent["message_id"]}
    await stand.bot.ask("editMessageText", **where, text="Which, really?", reply_markup=rows)
    await phone.sees("Which, really?")
    await expect(phone.log.get_by_role("button", name="Two", exact=True)).to_be_focused()
    await stand.bot.ask("editMessageText", **where, text="Thanks")
    await phone.sees("Thanks")
    await expect(phone.bubble("Thanks")).to_be_focused()


async def test_what_is_new_is_told_to_who_listens(stand: Stand, open_desk: OpenDesk) -> None:
    """Chats are logs with names, notices are statuses, and the clock's jumps are announced."""
    desk = await open_desk(stand.url)
    for name in ("Noa", "Sam"):
        phone = desk.phone(name)
        await phone.start()
        await expect(phone.log).to_have_accessible_name(page_says("chat_of", name=name))
        await expect(phone.log).to_have_attribute("aria-live", "polite")
    before = await desk.page.get_by_role("region", name=page_says("clock")).get_by_role("time").inner_text()
    await desk.button(page_says("clock_hour")).click()
    announcer = desk.page.locator("#announcer")
    await expect(announcer).to_contain_text("It is ")
    await expect(announcer).not_to_contain_text(before)


async def test_a_third_phone_takes_the_focus_and_a_card_keeps_it(stand: Stand, open_desk: OpenDesk) -> None:
    """Whoever opens a phone wants to hold it; what happens meanwhile doesn't take the focus away."""
    stand.bot.answer = silent
    desk = await open_desk(stand.url)
    await desk.button(page_says("third")).click()
    robin = desk.phone("Robin")
    await expect(robin.place.get_by_role("button", name=page_says("start"), exact=True)).to_be_focused()
    stand.stage.share(stand.phones[0], stand.stage.cast[-1], "https://t.me/echo_bot?start=a", "Come")
    card = robin.place.get_by_role("article", name=page_says("card_from", name="Noa"))
    link = card.get_by_role("button", name="t.me/echo_bot?start=a")
    await link.focus()
    await stand.bot.ask("setMyCommands", commands=[{"command": "today", "description": "Today"}])
    stand.phones[0].send_text("Meanwhile")
    await desk.phone("Noa").sees("Meanwhile")
    await expect(link).to_be_focused()
