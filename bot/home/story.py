"""A couple's first two mornings: what Noa and Sam write, press and see."""

from datetime import timedelta

from bot.content import Content
from bot.home.house import Home
from bot.home.legible import ChatReader
from bot.home.partners import SimulatedPartner
from bot.home.script import next_morning
from bot.home.transcript import Transcript
from bot.practice.round import Near
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb
from prompts.demo_words import load_play
from prompts.source import FALLBACK

_PLAY = load_play()


async def play(home: Home, transcript: Transcript, content: Content) -> None:
    """Play the first two mornings from `/start` to the end of the second round; raise TimeoutError where it stalls."""
    reader = ChatReader(content, FALLBACK)
    noa = _partner(home, transcript, "Noa", reader)
    sam = _partner(home, transcript, "Sam", reader)
    await _join(noa, sam)
    await _first_round(noa, sam)
    await _respond(noa, sam)
    home.clock.set(next_morning(_PLAY.zone))
    await _second_round(home, noa, sam)


def _partner(home: Home, transcript: Transcript, name: str, reader: ChatReader) -> SimulatedPartner:
    phone = home.world.phone(first_name=name, username=name.lower())
    transcript.add(phone)
    return SimulatedPartner(phone, home.clock, transcript, reader)


async def _join(noa: SimulatedPartner, sam: SimulatedPartner) -> None:
    sam.opens(await noa.invites())
    await sam.sees("would like to practise empathy")
    await sam.presses(Verb.JOIN)
    await noa.sees("Is this the person you meant?")
    await noa.presses(Verb.CONFIRM)
    for partner in (noa, sam):
        await partner.sees("You and")


async def _set_rhythm(noa: SimulatedPartner) -> None:
    await noa.presses(Verb.HOUR, 8 * 60)
    noa.writes("Dublin")
    await noa.presses(Verb.ZONE, "Europe/Dublin")
    await noa.sees("Your clock shows")


async def _first_round(noa: SimulatedPartner, sam: SimulatedPartner) -> None:
    noa.writes(_PLAY.moment.first)
    await noa.sees("That's yours for now")
    await noa.presses(Verb.SEAL)
    await _set_rhythm(noa)
    sam.writes(_PLAY.moment.second)
    await sam.sees("That's yours for now")
    await sam.presses(Verb.SEAL)
    for partner in (noa, sam):
        await partner.sees("Before you")
        await partner.sees("one sentence that shows")


async def _respond(noa: SimulatedPartner, sam: SimulatedPartner) -> None:
    sam.writes(_PLAY.moment.hasty)
    await sam.sees("about this round")
    await sam.presses(Verb.REWRITE)
    await sam.sees("Take your time")
    sam.writes(_PLAY.moment.better)
    await sam.sees("about this round")
    await sam.presses(Verb.SEND)
    await noa.sees("answers your words")
    await noa.presses(Verb.HEARD, Heard.YES)
    await sam.sees("feels heard")
    await noa.presses(Verb.OWN_WORDS)
    await noa.sees("In your own words")
    noa.writes(_PLAY.moment.answer)
    await noa.sees("about this round")
    await noa.presses(Verb.SEND)
    await sam.sees("answers your words")
    await sam.presses(Verb.HEARD, Heard.PARTLY)
    await sam.sees("What would you like")
    sam.writes(_PLAY.moment.adds)
    await sam.sees("what you'd like understood")
    await sam.presses(Verb.SEND)
    await noa.sees("one more thing")
    noa.writes(_PLAY.moment.once_more)
    await noa.sees("about this round")
    await noa.presses(Verb.SEND)
    await sam.sees("answers once more")
    for partner in (noa, sam):
        await partner.sees("")


async def _second_round(home: Home, noa: SimulatedPartner, sam: SimulatedPartner) -> None:
    first = await noa.sees("Today")
    await sam.sees("Today")
    teller, guesser = (noa, sam) if "Tell Sam" in first.text else (sam, noa)
    teller.writes(_PLAY.hour.told)
    await teller.presses(Verb.SEAL)
    await teller.sees("Sealed")
    home.clock.advance(timedelta(minutes=5))
    guesser.writes(_PLAY.hour.guessed)
    await guesser.presses(Verb.SEAL)
    for partner, invited in ((teller, "How near did"), (guesser, "You'd made a guess")):
        await partner.sees(invited)
    await teller.presses(Verb.NEAR, Near.VERY)
    await guesser.sees("very near")
    await teller.sees("what it was really like")
    for partner, reader, words in ((teller, guesser, _PLAY.hour.really), (guesser, teller, _PLAY.hour.seen)):
        await partner.presses(Verb.OWN_WORDS)
        await partner.sees("In your own words")
        partner.writes(words)
        await partner.sees("about this round")
        await partner.presses(Verb.SEND)
        await reader.sees("answers your words")
        await reader.presses(Verb.HEARD, Heard.YES)
        await partner.sees("feels heard")
