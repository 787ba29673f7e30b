"""Playing it for a visitor: from nothing, from wherever they left it, and until they take over."""

import pytest
from page_acts import BUS, both_seal, together
from page_tools import Desk, OpenDesk, RunDemo, page_says, says
from playwright.async_api import expect

from prompts.demo_words import load_page, load_play

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLAYED = 60_000  # milliseconds that a whole play may take when it waits for nobody


async def played(desk: Desk, words: str = "That was it for now.") -> None:
    """Let it play to its end."""
    await desk.button(page_says("play")).click()
    story = desk.page.get_by_role("region", name=page_says("story"), exact=True)
    await expect(story).to_contain_text("Playing.")
    await expect(story).to_contain_text(words, timeout=PLAYED)
    await expect(desk.button(page_says("play"))).to_be_visible()


async def test_it_plays_two_mornings_from_an_empty_chat(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """Both join, write, reveal, answer, one more time, and meet the next morning's prompt."""
    desk = await open_desk(await run_demo())
    await played(desk)
    noa, sam = desk.phone("Noa"), desk.phone("Sam")
    for words in ("You and Sam are together", "Sam wrote:", "Sam answers your words", "one more thing"):
        await expect(noa.bubble(words)).to_be_attached()
    for words in ("Noa wrote:", "Noa answers your words", "Noa answers once more"):
        await expect(sam.bubble(words)).to_be_attached()
    clock = desk.page.get_by_role("region", name=page_says("clock"))
    await expect(clock).to_contain_text("Tuesday 3 March")
    assert await noa.log.get_by_text("Today · perspective").count() == 1
    # Once more: it goes on with the morning after, whose prompt nobody knows beforehand.
    await played(desk)
    await expect(clock).to_contain_text("Wednesday 4 March")
    assert await sam.log.get_by_text("Noa wrote:").count() == 3


async def test_it_goes_on_from_a_half_told_story(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """A draft left alone, a rest, a blocked bot: the play deals with each."""
    desk = await open_desk(await run_demo())
    noa, sam = await together(desk)
    await noa.writes("Half a thought")
    await noa.sees("That's yours for now")
    await sam.place.get_by_role("button", name=page_says("more"), exact=True).click()
    await sam.place.get_by_role("menuitem", name=page_says("block", bot="Attune")).click()
    await expect(sam.place.get_by_role("button", name=page_says("unblock_bot"), exact=True)).to_be_visible()
    await played(desk)
    await expect(noa.bubble("Sam wrote:")).to_be_attached()


async def test_two_who_parted_come_together_again(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """After /leave the first asks anew, and the second opens the new link."""
    desk = await open_desk(await run_demo())
    noa, sam = await together(desk)
    await sam.writes("/leave")
    await sam.presses(says("leave"))
    await noa.sees("Your couple here has come to an end")
    await played(desk)
    await expect(noa.bubble("Sam wrote:")).to_be_attached()


async def test_a_visitor_takes_over_by_touching_a_phone(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """A letter typed ends the play at once, and nothing of it happens any more."""
    desk = await open_desk(await run_demo(pace=1.0))
    noa = desk.phone("Noa")
    await desk.button(page_says("play")).click()
    await noa.sees("/start")
    await expect(desk.button(page_says("take_over"))).to_be_visible()
    await noa.sees(says("in"))
    await noa.field.press_sequentially("/")
    await expect(desk.button(page_says("play"))).to_be_visible()
    count = await desk.page.get_by_role("article").count()
    await noa.writes("/help")
    await noa.sees("How it goes")
    assert await desk.page.get_by_role("article").count() == count + 2


async def test_a_tap_on_a_bubble_takes_over(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """As the page says; a scroll is no tap."""
    desk = await open_desk(await run_demo(pace=1.0))
    sam = desk.phone("Sam")
    await desk.button(page_says("play")).click()
    await sam.sees("would like to practise")
    await sam.log.hover()
    await desk.page.mouse.wheel(0, -200)
    await expect(desk.button(page_says("take_over"))).to_be_visible()
    await sam.bubble("would like to practise").click()
    await expect(desk.button(page_says("play"))).to_be_visible()


async def test_what_is_revealed_is_uncovered_and_the_writer_is_in_sight(
    run_demo: RunDemo, open_desk: OpenDesk
) -> None:
    """On a narrow screen, to the end; the page itself never moves."""
    url = await run_demo()
    desk = await open_desk(url, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    await desk.page.evaluate(
        """() => {
            globalThis.seen = [];
            const phones = document.getElementById("phones");
            phones.addEventListener("scroll", () => seen.push(phones.scrollLeft));
        }"""
    )
    await played(desk)
    places = await desk.page.evaluate("seen.map((left) => left > 100)")
    assert {True, False} == {*places}, "each of the two has come into sight"
    assert await desk.page.evaluate("scrollY") == 0
    assert await desk.page.locator(".spoiler").count() > 4
    assert await desk.page.locator(".spoiler:not(.open)").count() == 0


async def test_the_keepsake_opens_in_the_page(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """Tapped where it has arrived, in a frame in which nothing runs."""
    desk = await open_desk(await run_demo())
    noa, sam = await together(desk)
    await both_seal(noa, sam)
    await noa.writes("/export")
    await noa.log.get_by_role("button", name="attune-keepsake.zip").click()
    frame = desk.page.get_by_role("dialog").frame_locator("iframe")
    await expect(frame.get_by_text(BUS)).to_be_visible()
    await expect(desk.page.get_by_role("dialog").locator("iframe")).to_have_attribute("sandbox", "")
    await desk.choose(page_says("close"))


async def test_take_over_and_start_over_end_the_play(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """By the button, and by beginning anew in the middle of it."""
    desk = await open_desk(await run_demo(pace=1.0))
    noa = desk.phone("Noa")
    await desk.button(page_says("play")).click()
    await noa.sees("/start")
    await desk.button(page_says("take_over")).click()
    await expect(desk.button(page_says("play"))).to_be_visible()
    await desk.button(page_says("play")).click()
    await expect(desk.button(page_says("take_over"))).to_be_visible()
    await desk.button(page_says("start_over")).click()
    await desk.choose(page_says("start_over"))
    await expect(noa.place.get_by_role("button", name=page_says("start"), exact=True)).to_be_visible()
    await expect(desk.button(page_says("play"))).to_be_visible()


async def test_the_clock_gives_the_phones_back_too(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """Whoever moves the clock acts, and the play stops."""
    desk = await open_desk(await run_demo(pace=1.0))
    await desk.button(page_says("play")).click()
    await expect(desk.button(page_says("take_over"))).to_be_visible()
    await desk.button(page_says("clock_minutes")).click()
    await expect(desk.button(page_says("play"))).to_be_visible()


async def test_both_phones_and_the_page_speak_the_language_that_was_asked_for(
    run_demo: RunDemo, open_desk: OpenDesk
) -> None:
    """The bot's words run in their own direction, and the play is played in that language to its end."""
    desk = await open_desk(await run_demo(language="ar"))
    page, play = load_page("ar"), load_play("ar")
    story = desk.page.get_by_role("region", name=page["story"], exact=True)
    await desk.button(page["play"]).click()
    await expect(story).to_contain_text(play.finished, timeout=PLAYED)
    first = desk.page.get_by_role("article").filter(has_text="Attune").first
    await expect(first.locator(".words")).to_have_css("direction", "rtl")
    assert await desk.page.get_by_role("article").filter(has_text=play.moment.once_more).count() >= 2


async def test_a_visitor_chooses_another_language(run_demo: RunDemo, open_desk: OpenDesk) -> None:
    """Once asked again, both phones are empty, and the page comes anew in it; every open page does."""
    url = await run_demo()
    desk, other = await open_desk(url), await open_desk(url)
    await desk.phone("Noa").start()
    choice = desk.page.get_by_label(page_says("language"))
    await choice.select_option("es")
    await desk.choose(page_says("cancel"))
    await expect(choice).to_have_value("en")
    await choice.select_option("es")
    await desk.choose(page_says("language_yes"))
    page = load_page("es")
    for one in (desk, other):
        await expect(one.page.get_by_label(page["language"])).to_have_value("es")
        await expect(one.page.get_by_role("button", name=page["start"], exact=True)).to_have_count(2)
    await one.page.get_by_role("button", name=page["start"], exact=True).first.click()
    await expect(one.page.get_by_role("article").last).to_contain_text("Hola")
