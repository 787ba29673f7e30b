"""One round exactly as both partners would see it: the real bot plays it, with that one prompt."""

from bot.content import Content
from bot.home.house import Home
from bot.home.legible import ChatReader
from bot.home.partners import SimulatedPartner
from bot.home.transcript import Transcript
from bot.practice.round import Near
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb
from prompts.demo_words import load_play


async def play_round(home: Home, transcript: Transcript, content: Content, language: str) -> None:
    """Join two partners whose depth lets any prompt through, and bring their first round to its end."""
    noa, sam = two_partners(home, transcript, content, language)
    await join(noa, sam)
    for partner in (noa, sam):
        transcript.add(partner.phone)
        await partner.sees_message("prompt")
    for partner in (noa, sam):
        partner.writes(f"({partner.name}'s words)")
        await partner.presses(Verb.SEAL)
    for partner in (noa, sam):
        await partner.sees_button(Verb.OWN_WORDS)
    for partner, other in ((noa, sam), (sam, noa)):
        if partner.is_offered(Verb.NEAR):
            await partner.presses(Verb.NEAR, Near.PARTLY)
            await other.sees_message("near_told")
            await partner.sees_button(Verb.OWN_WORDS)
        partner.writes(f"({partner.name}'s answer)")
        await partner.presses(Verb.SEND)
        await other.presses(Verb.HEARD, Heard.YES)
        await partner.sees_message("closing", "heard_told")


def two_partners(
    home: Home, transcript: Transcript, content: Content, language: str
) -> tuple[SimulatedPartner, SimulatedPartner]:
    """Give two people of a language's play, each with a phone in it."""
    reader, (first, second) = ChatReader(content, language), load_play(language).names
    noa, sam = (
        SimulatedPartner(
            home.world.phone(first_name=name, language_code=language), home.clock, transcript, reader
        )
        for name in (first, second)
    )
    return noa, sam


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
