"""The whole story by clicking, as a person would: the page, the sandbox and the real bot."""

import pytest
from page_acts import BUS, TEA, both_seal, invite, together
from page_tools import OpenDesk, RunDemo, page_says, says
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


HEARD = "Nobody waited for you, all week. I can see why it went so deep."


async def test_two_people_join_reflect_seal_and_hear_each_other(
    run_demo: RunDemo, open_desk: OpenDesk
) -> None:
    """From the first button to "I feel heard", and on to the next morning, all by clicking."""
    desk = await open_desk(await run_demo())
    noa, sam = await together(desk)
    await both_seal(noa, sam)

    covered = sam.bubble("Noa wrote:").get_by_role("button", name=page_says("covered_words"))
    await expect(covered).to_be_visible()
    await covered.click()
    await expect(sam.bubble("Noa wrote:").get_by_text(BUS)).to_be_visible()

    await sam.presses(says("own_words"))
    await sam.sees("In your own words")
    await sam.writes(HEARD)
    await sam.sees("about this round")
    await sam.presses(says("send"))
    await noa.sees("Sam answers your words")
    await noa.presses(says("heard"))
    await sam.sees("feels heard")

    await noa.presses(says("morning"))
    await sam.sees("has a new rhythm")
    await desk.button(page_says("clock_morning")).click()
    await expect(desk.page.get_by_role("region", name=page_says("clock"))).to_contain_text("08:00")
    await expect(desk.page.get_by_role("region", name=page_says("clock"))).to_contain_text("Tuesday 3 March")
    for phone in (noa, sam):
        await phone.sees_times("Today · ", 2)


async def test_a_phone_blocks_the_bot_in_the_middle_of_a_round(
    run_demo: RunDemo, open_desk: OpenDesk
) -> None:
    """Who blocked can't write until they unblock; the other's page goes on."""
    desk = await open_desk(await run_demo())
    noa, sam = await together(desk)
    await noa.writes(BUS)
    await noa.sees("That's yours for now")
    await noa.place.get_by_role("button", name=page_says("more"), exact=True).click()
    await noa.place.get_by_role("menuitem", name=page_says("block", bot="Attune")).click()
    unblock = noa.place.get_by_role("button", name=page_says("unblock_bot"), exact=True)
    await expect(unblock).to_be_visible()
    await expect(noa.field).to_be_hidden()
    await noa.presses(says("seal"))
    await expect(noa.place.get_by_role("status")).to_contain_text("unblock")
    await sam.writes(TEA)
    await sam.sees("That's yours for now")
    await unblock.click()
    await expect(noa.field).to_be_visible()
    await noa.presses(says("seal"))
    await noa.sees("Sealed.")


async def test_a_stranger_on_a_third_phone_finds_the_invitation_used(
    run_demo: RunDemo, open_desk: OpenDesk
) -> None:
    """The link that Sam has used says so to whoever else gets it."""
    desk = await open_desk(await run_demo())
    noa = desk.phone("Noa")
    await noa.start()
    await noa.presses(says("in"))
    await noa.presses(says("share"))
    await desk.choose(page_says("third_phone"))
    robin = desk.phone("Robin")
    card = robin.place.get_by_role("article", name=page_says("card_from", name="Noa"))
    await expect(card).to_be_visible()
    await invite(desk)
    await card.get_by_role("button").first.click()
    await robin.sees("This invitation has been used already")
    await expect(desk.page.get_by_text(page_says("third"))).to_be_hidden()


async def test_the_next_opening_is_offered_only_when_there_is_one(
    run_demo: RunDemo, open_desk: OpenDesk
) -> None:
    """Alone there is nothing to open; together, the clock goes there."""
    desk = await open_desk(await run_demo())
    await desk.button(page_says("clock_opening")).click()
    clock = desk.page.get_by_role("region", name=page_says("clock"))
    await expect(clock).to_contain_text("No opening is planned")
    noa, _ = await together(desk)
    await desk.button(page_says("clock_opening")).click()
    await noa.sees_times("Today · ", 2)
    await expect(clock).not_to_contain_text("No opening")
