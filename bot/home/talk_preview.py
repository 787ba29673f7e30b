"""A dialogue as both partners would see it: the real bot plays it, with words that are made up."""

from bot.content import Content
from bot.home.house import Home
from bot.home.partners import SimulatedPartner
from bot.home.preview import join, two_partners
from bot.home.transcript import Transcript
from bot.practice.dialogue import MoveAnswer
from bot.screens.callbacks import Verb

FIRST = (
    "I felt a bit lost on Sunday, when we cleared the table without a word.",
    "You felt lost on Sunday, in that silence.",
    "It makes sense to me: silence can sound like a closed door.",
    "I imagine it was lonely, with me two metres away.",
)
SECOND = (
    "I was so full of the week that I had no words left.",
    "You had no words left. It wasn't about me.",
    "It makes sense to me, after five late evenings.",
    "I imagine you were tired to the bone.",
)
ASKS = ("A hand on my shoulder when you're quiet.", "Ten minutes alone after work.")
GIVES = ("I'll ask before I guess.", "I'll say “I'm empty”, in two words.")
CALM = 4


async def play_dialogue(home: Home, transcript: Transcript, content: Content, language: str) -> None:
    """Join two partners, and let them talk something through to its end."""
    noa, sam = two_partners(home, transcript, content, language)
    await join(noa, sam)
    for partner in (noa, sam):
        await partner.sees_message("prompt")
        transcript.add(partner.phone)
    noa.writes("/dialogue")
    await noa.presses(Verb.TALK_CALM, CALM)
    await noa.presses(Verb.TALK_WHERE, 0)
    await sam.presses(Verb.TALK_YES)
    await sam.presses(Verb.TALK_CALM, CALM)
    for speaker, listener, words in ((noa, sam, FIRST), (sam, noa, SECOND)):
        said, heard, makes_sense, felt = words
        await _says(speaker, listener, said)
        await _says(listener, speaker, heard)
        await speaker.presses(Verb.TALK_ANSWER, MoveAnswer.GOT_IT.value)
        await _says(listener, speaker, makes_sense)
        await _says(listener, speaker, felt)
    for one, two in (ASKS, GIVES):
        await _says(noa, sam, one)
        await _says(sam, noa, two)
    for partner in (noa, sam):
        await partner.presses(Verb.TALK_KEEP, 1)
    for partner in (noa, sam):
        await partner.sees_message("talk_kept")


async def _says(partner: SimulatedPartner, other: SimulatedPartner, words: str) -> None:
    await partner.sees_message("talk_step")
    partner.writes(words)
    await partner.sees(words)
    await partner.presses(Verb.TALK_SEND)
    await other.sees(words)
