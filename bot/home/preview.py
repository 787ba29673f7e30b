"""One round exactly as both partners would see it: the real bot plays it, with that one prompt."""

from bot.home.house import Home
from bot.home.partners import SimulatedPartner
from bot.home.transcript import Transcript
from bot.practice.round import Near
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb


async def play_round(home: Home, transcript: Transcript) -> None:
    """Join two partners whose depth lets any prompt through, and bring their first round to its end."""
    noa, sam = (
        SimulatedPartner(home.world.phone(first_name=name), home.clock, transcript) for name in ("Noa", "Sam")
    )
    await join(noa, sam)
    for partner in (noa, sam):
        transcript.add(partner.phone)
        await partner.sees("Today")
    for partner in (noa, sam):
        partner.writes(f"(what {partner.name} writes)")
        await partner.presses(Verb.SEAL)
    for partner in (noa, sam):
        await partner.sees_button(Verb.OWN_WORDS)
    for partner, other in ((noa, sam), (sam, noa)):
        if partner.is_offered(Verb.NEAR):
            await partner.presses(Verb.NEAR, Near.PARTLY)
            await partner.sees("what it was really like")
            await other.sees("partly there")
        partner.writes(f"(how {partner.name} answers)")
        await partner.sees("about this round")
        await partner.presses(Verb.SEND)
        await other.presses(Verb.HEARD, Heard.YES)
    for partner in (noa, sam):
        await partner.sees("")


async def join(noa: SimulatedPartner, sam: SimulatedPartner) -> None:
    """Make them a couple whose depth lets any prompt through."""
    sam.opens(await noa.invites())
    await sam.presses(Verb.JOIN)
    for partner in (noa, sam):
        partner.writes("/settings")
        await partner.presses(Verb.SCREEN, "depth")
        await partner.presses(Verb.DEPTH, 3)
        await partner.sees_ticked(Verb.DEPTH, 3)
    await noa.presses(Verb.CONFIRM)
