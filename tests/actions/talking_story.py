"""Two who talk something through, and look at a quarrel: every message of it is sent."""

from couple_person import Person
from couple_world import DAY, HOUR, MINUTE, World

from bot.screens.callbacks import Verb


async def talks(world: World, ana: Person, bo: Person) -> None:
    """Ask, decline, agree, go through a dialogue and keep it; then cards, a rest, a stop and a week of silence."""
    await world.later(12 * HOUR)
    for person in (ana, bo):
        person.look_away()
    await _declines(world, ana, bo)
    await _begins(world, ana, bo)
    await _a_dialogue(world, ana, bo)
    for person in (ana, bo):
        await _presses(person, Verb.TALK_KEEP, 1)
    await ana.writes("/journal")
    await world.deliver()
    for verb in (Verb.TALK_LIST, Verb.TALK_READ, Verb.TALK_DELETE):
        await _presses(ana, verb)
    await world.later(HOUR)
    await _begins(world, bo, ana, "/repair")
    await _presses(bo, Verb.TALK_ANSWER, "pass")
    await _says(ana, "I felt small.")
    await _rests_and_stops(world, ana, bo)
    await _begins(world, ana, bo, sofa=1)
    for answer in ("send", "send", "got_it", "send", "send") * 2 + ("send",) * 4:
        await _presses(ana, Verb.TALK_ANSWER, answer)
    await world.later(HOUR)
    await _begins(world, bo, ana)
    await world.later(8 * DAY)


async def _declines(world: World, ana: Person, bo: Person) -> None:
    await _asks(ana)
    await _presses(bo, Verb.TALK_LATER)
    await bo.writes("in an hour")
    await world.later(HOUR + MINUTE)
    await _presses(bo, Verb.TALK_BEGIN)
    await _presses(bo, Verb.TALK_CALM, "1")


async def _asks(ana: Person, command: str = "/dialogue", sofa: int = 0) -> None:
    await ana.writes(command)
    await ana.world.deliver()
    await _presses(ana, Verb.TALK_CALM, "4")
    if command == "/dialogue":
        await _presses(ana, Verb.TALK_WHERE, sofa)


async def _begins(world: World, ana: Person, bo: Person, command: str = "/dialogue", sofa: int = 0) -> None:
    await world.later(31 * MINUTE)
    await _asks(ana, command, sofa)
    await _presses(bo, Verb.TALK_YES)
    await _presses(bo, Verb.TALK_CALM, "4")


async def _a_dialogue(world: World, ana: Person, bo: Person) -> None:
    del world
    for speaker, listener in ((ana, bo), (bo, ana)):
        await _says(speaker, "I felt small.")
        await _says(listener, "You felt small.")
        await _presses(speaker, Verb.TALK_ANSWER, "more")
        await speaker.sends("photo", "sink")
        await speaker.world.deliver()
        await _presses(speaker, Verb.TALK_SEND)
        await _says(listener, "You showed me the sink.")
        await _presses(speaker, Verb.TALK_ANSWER, "got_it")
        await _says(listener, "It makes sense to me.")
        await _says(listener, "I imagine it was heavy.")
    for words in ("An evening.", "A walk."):
        for person in (ana, bo):
            await _says(person, words)


async def _rests_and_stops(world: World, ana: Person, bo: Person) -> None:
    await _presses(ana, Verb.TALK_PAUSE)
    await ana.writes("at eight")
    await world.deliver()
    await _presses(ana, Verb.TALK_UNTIL)
    await _presses(ana, Verb.TALK_GO_ON)
    await _presses(bo, Verb.TALK_STOP)
    await world.later(HOUR)


async def _says(person: Person, words: str) -> None:
    await person.writes(words)
    await person.world.deliver()
    await _presses(person, Verb.TALK_SEND)


async def _presses(person: Person, verb: Verb, *about: int | str) -> None:
    await person.presses(verb, *about)
    await person.world.deliver()
