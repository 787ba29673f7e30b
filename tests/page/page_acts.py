"""What two visitors do to get somewhere: come together, and seal."""

from page_tools import Desk, Held, page_says, says

BUS = "On the bus on Wednesday. The driver saw me running and waited."
TEA = "Sunday evening. It was so quiet. I made tea instead."


async def together(desk: Desk) -> tuple[Held, Held]:
    """Let Noa begin and invite Sam, and Sam join."""
    noa = desk.phone("Noa")
    await noa.start()
    await noa.presses(says("in"))
    return await invite(desk)


async def invite(desk: Desk) -> tuple[Held, Held]:
    """Let Noa send the link by the share button, and Sam join by it."""
    noa, sam = desk.phone("Noa"), desk.phone("Sam")
    await noa.presses(says("share"))
    await desk.choose("Sam")
    await (
        sam.place.get_by_role("article", name=page_says("card_from", name="Noa"))
        .get_by_role("button")
        .first.click()
    )
    await sam.presses(says("in"))
    await noa.sees("Is this the person you meant?")
    await noa.presses(says("yes_them"))
    for phone in (noa, sam):
        await phone.sees("Today ·")
    return noa, sam


async def both_seal(noa: Held, sam: Held) -> None:
    """Let both write and seal, so that the round is revealed."""
    for phone, words in ((noa, BUS), (sam, TEA)):
        await phone.writes(words)
        await phone.sees("That's yours for now")
        await phone.presses(says("seal"))
    for phone in (noa, sam):
        await phone.sees("one sentence that shows")
