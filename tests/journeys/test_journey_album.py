"""An album where no picture can be taken: it is answered once, and nothing of it is kept."""

from collections.abc import Awaitable, Callable

import pytest
from memory import stored
from people import Person, couple, invites, person, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb

Begin = Callable[[Person], Awaitable[None]]
PICTURES = (b"one", b"two", b"three", b"four")


async def practising(noa: Person) -> None:
    """Begin to practise."""
    noa.writes("/practice")


async def with_the_friend(noa: Person) -> None:
    """Begin with the neutral friend."""
    noa.writes("/practice")
    await noa.presses(Verb.FRIEND)
    await noa.presses(Verb.FRIEND_BEGIN)


@pytest.mark.parametrize("begin", [practising, with_the_friend])
async def test_an_album_while_practising_is_answered_once(home: Home, begin: Begin) -> None:
    """Whoever sends four pictures at once reads one line; another album is another; nothing of them is kept."""
    noa, _ = await couple(home)
    await begin(noa)
    await noa.hears()
    for caption in ("", "The river."):
        noa.phone.send_album(PICTURES, caption=caption)
        assert len(await noa.hears()) == 1
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]
    assert stored(home, "SELECT count(*) FROM kept") == [(0,)]


async def test_an_album_for_a_question_is_asked_about_once(home: Home) -> None:
    """A question that can't read pictures is asked again, once, and is not let go by the second picture."""
    noa = person(home, "Noa")
    await invites(noa)
    noa.writes("/settings")
    await noa.presses(Verb.CITY)
    await noa.hears()
    noa.phone.send_album(PICTURES)
    assert len(await noa.hears()) == 1
    assert "Lyon, France" in await noa.answer("Lyon")


async def test_an_album_to_nobody_is_answered_once(home: Home) -> None:
    """So are a stranger's, and those of somebody who has nobody here yet."""
    noa = person(home, "Noa")
    for begin in (noa.hears, lambda: invites(noa)):
        await begin()
        await noa.hears()
        noa.phone.send_album(PICTURES)
        assert len(await noa.hears()) == 1
    await settled(home)
