"""What a phone shows and what a thumb can do on it, with a bot of a few lines behind it."""

import pytest
from page_tools import EchoBot, Json, OpenDesk, Stand, page_says
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def silent(_: EchoBot, __: Json) -> None:
    """Say nothing."""


def keys(*rows: list[Json]) -> Json:
    """Make an inline keyboard."""
    return {"inline_keyboard": list(rows)}


async def test_words_and_their_entities_are_drawn(stand: Stand, open_desk: OpenDesk) -> None:
    """Bold, italic, quotations, code, links and commands look as a client draws them, nested ones too."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    html = "<b>bold <i>both</i></b> <code>code</code> <blockquote>quoted</blockquote>\n🌱 <u>under</u> /help"
    await stand.bot.say(noa.user_id, html)
    desk = await open_desk(stand.url)
    bubble = await desk.phone("Noa").sees("bold both")
    for selector, words in {
        "strong > em": "both",
        "code": "code",
        "blockquote": "quoted",
        "u": "under",
        ".command": "/help",
    }.items():
        await expect(bubble.locator(selector)).to_have_text(words)
    await bubble.locator(".command").click()
    await desk.phone("Noa").sees("/help")
    assert stand.bot.heard[-1]["message"]["text"] == "/help"


async def test_what_telegram_links_is_a_link_and_a_time_is_the_readers(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """An address is one link, whole; a name that only looks like one is none; a time is told by the phone's clock."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    dated = '<tg-time unix="1772353800" format="wDt">soon</tg-time>'
    await stand.bot.say(noa.user_id, f"lifeline.org.au or evil.\u2060com, {dated}")
    desk = await open_desk(stand.url)
    bubble = await desk.phone("Noa").sees("lifeline")
    await expect(bubble.locator(".link")).to_have_text(["lifeline.org.au"])
    await expect(bubble.locator(".words time")).to_have_text("Sunday, 1 March 2026 at 08:30")
    await stand.bot.say(
        noa.user_id, 'Next: <tg-time unix="1772353800" format="wt">Monday at 07:30</tg-time>.'
    )
    bubble = await desk.phone("Noa").sees("Next:")
    await expect(bubble.locator(".words time")).to_have_text("Sunday 08:30")


async def test_a_disabled_key_is_told_and_does_nothing(stand: Stand, open_desk: OpenDesk) -> None:
    """It looks pale, says that it is disabled, and a tap reaches nobody."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    rows = keys(
        [{"text": "Sealed", "disabled": {}}, {"text": "Go", "callback_data": "go", "style": "primary"}]
    )
    await stand.bot.say(noa.user_id, "Well?", reply_markup=rows)
    desk = await open_desk(stand.url)
    key = desk.phone("Noa").log.get_by_role("button", name="Sealed", exact=True)
    await expect(key).to_be_disabled()
    await key.click(force=True)
    await desk.phone("Noa").presses("Go")
    await heard_press(stand)


async def test_covered_words_open_on_a_tap_and_a_long_quotation_unfolds(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """One tap lifts the covers of its message; covered words can't be read aloud before."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    html = f"<tg-spoiler>secret</tg-spoiler> <blockquote expandable>{'long ' * 80}</blockquote>"
    await stand.bot.say(noa.user_id, html)
    desk = await open_desk(stand.url)
    bubble = await desk.phone("Noa").sees("secret")
    assert await bubble.locator(".spoiler > [inert]").count() == 1
    folded = await bubble.bounding_box()
    await bubble.get_by_role("button", name=page_says("unfold")).click()
    await bubble.get_by_role("button", name=page_says("covered_words")).click()
    await expect(bubble.locator(".spoiler.open")).to_have_text("secret")
    await bubble.get_by_role("button", name=page_says("unfold")).click()
    unfolded = await bubble.bounding_box()
    assert folded is not None
    assert unfolded is not None
    assert unfolded["height"] > folded["height"] + 60


async def test_a_key_waits_for_its_answer(stand: Stand, open_desk: OpenDesk) -> None:
    """The wheel turns until answerCallbackQuery comes; its words are a toast, or a dialog for an alert."""
    noa = stand.phones[0]
    noa.send_text("/start")
    rows = keys([{"text": "Left", "callback_data": "yes"}, {"text": "Right", "callback_data": "no"}])
    stand.bot.answer = silent
    await stand.bot.say(noa.user_id, "Well?", reply_markup=rows)
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    key = phone.log.get_by_role("button", name="Left", exact=True)
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    query = await heard_press(stand)
    await stand.bot.ask("answerCallbackQuery", callback_query_id=query, text="Noted")
    await expect(key).not_to_have_attribute("aria-busy", "true")
    await expect(phone.place.get_by_text("Noted")).to_be_visible()

    await phone.presses("Right")
    query = await heard_press(stand, 2)
    await stand.bot.ask("answerCallbackQuery", callback_query_id=query, text="Really?", show_alert=True)
    await expect(desk.page.get_by_role("dialog")).to_contain_text("Really?")
    await desk.choose(page_says("ok"))


async def heard_press(stand: Stand, number: int = 1) -> str:
    """Wait until the bot has heard so many presses; return the last one's query."""
    await stand.world.drained()
    presses = [update["callback_query"] for update in stand.bot.heard if "callback_query" in update]
    assert len(presses) == number
    return str(presses[-1]["id"])


async def test_an_edit_stays_in_its_place_and_a_deletion_takes_away(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """The bot's edits change words and keys where they stand; what it deletes goes."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    first = await stand.bot.say(
        noa.user_id, "First", reply_markup=keys([{"text": "A", "callback_data": "a"}])
    )
    second = await stand.bot.say(noa.user_id, "Second")
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.sees("Second")
    where: Json = {"chat_id": noa.user_id, "message_id": first["message_id"]}
    await stand.bot.ask("editMessageText", **where, text="Changed")
    articles = phone.log.get_by_role("article")
    await expect(articles.nth(1)).to_contain_text("Changed")
    await expect(articles.nth(1)).to_contain_text(page_says("edited"))
    await expect(phone.log.get_by_role("button", name="A", exact=True)).to_have_count(0)
    await stand.bot.ask("deleteMessage", chat_id=noa.user_id, message_id=second["message_id"])
    await expect(articles).to_have_count(2)


async def test_replying_editing_and_deleting_by_the_menu(stand: Stand, open_desk: OpenDesk) -> None:
    """A person's own menu: reply, edit one's own, delete; the bot hears of replies and edits."""
    stand.bot.answer = silent
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.start()
    await phone.writes("One thing")
    await phone.menu("One thing", page_says("edit"))
    await expect(phone.field).to_have_value("One thing")
    await phone.writes("Another thing")
    await phone.sees("Another thing")
    await phone.menu("Another thing", page_says("reply"))
    await phone.writes("And this")
    await expect(phone.bubble("And this").get_by_role("button", name="Noa Another thing")).to_be_visible()
    await stand.world.drained()
    kinds = [next(key for key in update if key != "update_id") for update in stand.bot.heard]
    assert kinds == ["message", "message", "edited_message", "message"]
    assert stand.bot.heard[-1]["message"]["reply_to_message"]["text"] == "Another thing"
    await phone.menu("And this", page_says("delete"))
    await expect(phone.log.get_by_role("article")).to_have_count(2)
    await phone.field.press("ArrowUp")
    await expect(phone.field).to_have_value("Another thing")


async def test_the_keys_under_the_input_field_and_a_question_that_wants_a_reply(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """A reply keyboard sends its labels; force_reply opens a reply; both survive a reload."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    keyboard: Json = {
        "keyboard": [[{"text": "Good"}, {"text": "Fine"}]],
        "input_field_placeholder": "How was it",
    }
    await stand.bot.say(noa.user_id, "How was it?", reply_markup=keyboard)
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await expect(phone.field).to_have_attribute("placeholder", "How was it")
    await phone.place.get_by_role("button", name="Good", exact=True).click()
    await phone.sees("Good")
    await stand.bot.say(noa.user_id, "What is your name?", reply_markup={"force_reply": True})
    for _ in range(2):
        await expect(phone.place.get_by_text(page_says("reply_to", name="Echo"))).to_be_visible()
        await desk.page.reload()
    await phone.writes("Noa")
    await stand.world.drained()
    assert stand.bot.heard[-1]["message"]["reply_to_message"]["text"] == "What is your name?"
    await expect(phone.place.get_by_text(page_says("reply_to", name="Echo"))).to_be_hidden()
    await stand.bot.say(noa.user_id, "Thanks", reply_markup={"remove_keyboard": True})
    await expect(phone.place.get_by_role("button", name="Good", exact=True)).to_have_count(0)


async def test_the_menu_of_commands_and_what_fits_while_typing(stand: Stand, open_desk: OpenDesk) -> None:
    """What setMyCommands brings shows at once in an open page; a slash suggests."""
    stand.bot.answer = silent
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.start()
    commands = [{"command": name, "description": f"About {name}"} for name in ("today", "settings")]
    await stand.bot.ask("setMyCommands", commands=commands)
    await phone.place.get_by_role("button", name=page_says("commands"), exact=True).click()
    await phone.place.get_by_role("menuitem", name="/today About today").click()
    await phone.sees("/today")
    await phone.field.press_sequentially("/se")
    await phone.place.get_by_role("button", name="/settings About settings").click()
    await phone.sees("/settings")


async def test_typing_shows_until_the_bot_speaks(stand: Stand, open_desk: OpenDesk) -> None:
    """A chat action stands in the head of the chat, and goes when a message comes."""
    stand.bot.answer = silent
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.start()
    await phone.sees("/start")
    noa = stand.phones[0].user_id
    await stand.bot.ask("sendChatAction", chat_id=noa, action="typing")
    await expect(phone.place.get_by_text(page_says("is_typing"))).to_be_visible()
    await stand.bot.say(noa, "Here")
    await expect(phone.place.get_by_text(page_says("is_typing"))).to_be_hidden()


async def test_one_tick_until_the_bot_has_it_then_two(stand: Stand, open_desk: OpenDesk) -> None:
    """What waits for a bot that is away has one tick."""
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.start()
    await phone.sees("/start")
    stand.bot.task.cancel()
    await phone.writes("Are you there?")
    await expect(phone.bubble("Are you there?").locator(".ticks.waits")).to_be_visible()
    stand.world.updates.drop()
    await expect(phone.bubble("Are you there?").locator(".ticks:not(.waits)")).to_be_visible()


async def test_a_link_to_the_bot_opens_it_and_any_other_asks_first(stand: Stand, open_desk: OpenDesk) -> None:
    """A deep link starts the bot on this phone; a link outside is shown before it is followed."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    await stand.bot.say(
        noa.user_id, "t.me/echo_bot?start=abc or <a href='https://example.org/'>elsewhere</a>"
    )
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.log.get_by_role("link", name="elsewhere").click()
    link = desk.page.get_by_role("dialog").get_by_role("link")
    await expect(link).to_have_attribute("href", "https://example.org/")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await desk.choose(page_says("close"))
    await phone.log.get_by_role("link", name="t.me/echo_bot?start=abc").click()
    await phone.sees("/start abc")


async def test_protected_words_are_marked_and_offer_no_copy(stand: Stand, open_desk: OpenDesk) -> None:
    """Protection shows, and the menu has no way to copy."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("/start")
    await stand.bot.say(noa.user_id, "Just for you", protect_content=True)
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    bubble = await phone.sees("Just for you")
    await expect(bubble.get_by_title(page_says("protected_long"))).to_be_visible()
    await bubble.hover()
    await bubble.get_by_role("button", name=page_says("message_more")).click()
    await expect(phone.place.get_by_role("menuitem")).to_have_text([page_says("reply"), page_says("delete")])


async def test_long_words_become_several_messages(stand: Stand, open_desk: OpenDesk) -> None:
    """A client cuts at 4,096 units, never through a character."""
    stand.bot.answer = silent
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.start()
    await phone.writes("a" * 4095 + "🌱" + "b" * 10)
    await expect(phone.log.get_by_role("article")).to_have_count(3)
    await stand.world.drained()
    assert [len(u["message"]["text"]) for u in stand.bot.heard[1:]] == [4095, 11]


async def test_what_just_happened_shows_the_wire(stand: Stand, open_desk: OpenDesk) -> None:
    """Each update and each call stands there, newest first, and opens to its JSON."""
    desk = await open_desk(stand.url)
    phone = desk.phone("Noa")
    await phone.start()
    await phone.sees("/start")
    await desk.page.get_by_text(page_says("passing")).click()
    rows = desk.page.get_by_role("list", name=page_says("passing_list")).get_by_role("listitem")
    await expect(rows.first).to_contain_text("sendMessage")
    await expect(rows.nth(1)).to_contain_text(page_says("bot_hears"))
    await rows.first.locator("summary").click()
    await expect(rows.first.locator("pre")).to_contain_text('"text": "/start"')
    await phone.writes("More")
    await expect(rows).to_have_count(4)
