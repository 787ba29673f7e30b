"""Two people who talk something through: what they press until it goes."""

from dataclasses import dataclass

from memory import stored
from people import Person, couple, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb

ASKED = "Is now a good time?"
CALM = "how calm are you right now?"
NOT_JUST_NOW = "Not just now. It can be another time."


@dataclass(frozen=True)
class Two:
    """A couple who talk."""

    noa: Person
    sam: Person


async def asks(noa: Person, command: str = "/dialogue", *, calm: int = 4, sofa: bool = False) -> None:
    """Ask for a talk, calmly."""
    noa.writes(command)
    await noa.presses(Verb.TALK_CALM, calm, on=await noa.sees(CALM))
    if command == "/dialogue":
        await noa.presses(Verb.TALK_WHERE, int(sofa), on=await noa.finds("Where are you two?"))
    await settled(noa.home)


async def agrees(sam: Person, *, calm: int = 4) -> None:
    """Say that now is good, and how calm one is."""
    await sam.presses(Verb.TALK_YES)
    await sam.presses(Verb.TALK_CALM, calm, on=await sam.finds(CALM))
    await settled(sam.home)


async def begun(home: Home, command: str = "/dialogue", *, sofa: bool = False) -> Two:
    """Make a couple who have begun to talk."""
    noa, sam = await couple(home)
    await asks(noa, command, sofa=sofa)
    await agrees(sam)
    return Two(noa, sam)


async def says(person: Person, words: str) -> None:
    """Write for the step that is theirs, and send or seal it from under its quotation."""
    person.writes(words)
    await settled(person.home)
    await person.presses(Verb.TALK_SEND, on=await person.finds(lambda m: words in m.text and bool(m.buttons)))
    await settled(person.home)


async def got_it(person: Person) -> None:
    """Say that the other got it."""
    await person.presses(Verb.TALK_ANSWER, "got_it")
    await settled(person.home)


async def to_the_end(two: Two) -> None:
    """Go through a whole dialogue."""
    for speaker, listener in ((two.noa, two.sam), (two.sam, two.noa)):
        await says(speaker, f"I felt alone at the sink, says {speaker.name}.")
        await says(listener, f"You felt alone at the sink, hears {listener.name}.")
        await got_it(speaker)
        await says(listener, f"It makes sense to me, says {listener.name}.")
        await says(listener, f"I imagine it was heavy, says {listener.name}.")
    for each in (two.noa, two.sam):
        await says(each, f"An evening without screens, asks {each.name}.")
    for each in (two.noa, two.sam):
        await says(each, f"A walk on Sunday, gives {each.name}.")


def words_left(home: Home) -> int:
    """Count the parts of talks that are stored."""
    ((count,),) = stored(home, "SELECT count(*) FROM said_pieces")
    return int(count)


def states(home: Home) -> list[str]:
    """Name the states of all talks, oldest first."""
    return [state for (state,) in stored(home, "SELECT state FROM talks ORDER BY id")]
