"""What comes out of order, at the wrong time or by half: nothing of it is lost, and nobody is left without a word."""

from typing import Any

import pytest
from memory import stored
from people import MakeHome, Person, couple, invites, later, person, settled

from bot.home.house import Home
from bot.sandbox import Fault
from bot.screens.callbacks import Verb

FRAME = "Before you read"


def body(home: Home, sender: Person, number: int, text: str, **about: Any) -> dict[str, Any]:
    """Make a message as Telegram would tell it."""
    user, chat = sender.phone.person.to_user(), sender.phone.chat.to_chat()
    return {
        "message_id": number, "from": user, "chat": chat, "date": home.world.timestamp(), "text": text, **about,
    }  # fmt: skip


@pytest.mark.parametrize("together", [False, True])
async def test_an_edit_that_is_quicker_than_its_message_is_taken(home: Home, *, together: bool) -> None:
    """As it was last written, once; the older words that follow change nothing."""
    noa, _ = await couple(home)
    edited = body(home, noa, 9_000, "she waited with the umbrella", edit_date=home.world.timestamp())
    home.world.inject({"edited_message": edited})
    if not together:
        await settled(home)
    home.world.inject({"message": body(home, noa, 9_000, "she waited")})
    (draft,) = [text for text in await noa.hears() if "That's yours for now" in text]
    assert "she waited with the umbrella" in draft
    assert stored(home, "SELECT count(*) FROM pieces") == [(1,)]
    home.world.inject({"edited_message": edited | {"text": "he waited with the umbrella"}})
    await noa.finds("he waited with the umbrella")
    assert stored(home, "SELECT count(*) FROM pieces") == [(1,)]


async def test_an_edit_without_words_is_no_act(home: Home) -> None:
    """A place that is shared live moves for hours: nobody is awake for it, nothing is said, and nobody is slowed."""
    noa, _ = await couple(home)
    await later(home, hours=2)
    before = stored(home, "SELECT acted_at FROM partners")
    moved = body(home, noa, 9_000, "", location={"latitude": 1.0, "longitude": 2.0}, edit_date=1)
    del moved["text"]
    for _ in range(50):
        home.world.inject({"edited_message": moved})
    assert await noa.hears() == []
    assert stored(home, "SELECT acted_at FROM partners") == before


async def test_a_reveal_that_came_while_one_had_blocked_the_bot_is_shown_when_they_are_back(
    home: Home,
) -> None:
    """With its frame; what they write then is about words that they have seen."""
    noa, sam = await couple(home)
    await noa.seals("the tram was late")
    noa.phone.block()
    await settled(home)
    await sam.seals("the soup")
    noa.phone.unblock()
    heard = await noa.hears()
    (frame,) = [place for place, text in enumerate(heard) if FRAME in text]
    assert "the soup" in heard[frame + 1]
    noa.phone.block()
    noa.phone.unblock()
    assert not [text for text in await noa.hears() if FRAME in text]


async def test_a_reveal_that_met_a_block_is_shown_later_too(home: Home) -> None:
    """Where Telegram told of the block by refusing the call alone."""
    noa, sam = await couple(home)
    await noa.seals("the tram was late")
    home.world.faults.add(Fault("blocked", chat_id=noa.phone.user_id))
    await sam.seals("the soup")
    home.world.faults.clear()
    noa.writes("hello?")
    heard = await noa.hears()
    assert any("the soup" in text for text in heard)


@pytest.mark.parametrize(
    "pasted",
    [
        "{link}",
        "{code}",
        "/start {link}",
        "/start {code}",
        "Join me on this: {link}, it's kind",
        "<{link}>",
        "telegram.me/attune_bot?start={code}",
        "https://t.me/attune_bot/?utm=x&start={code}",
        "tg://resolve?domain=attune_bot&start={code}",
    ],
)
async def test_an_invited_person_whose_link_lost_its_payload_gets_in(
    make_home: MakeHome, pasted: str
) -> None:
    """The refusal says what to do, and whatever of the link they have does what opening it does."""
    noa_id = 1
    home = await make_home(allow=frozenset({noa_id}))
    noa, sam = person(home, "Noa", user_id=noa_id), person(home, "Sam")
    link = await invites(noa)
    assert "paste it here" in await sam.answer("/start")
    assert "would like to practise" in await sam.answer(
        pasted.format(link=link, code=link.partition("start=")[2])
    )


async def test_words_that_are_no_code_are_no_invitation(home: Home) -> None:
    """A long word of a stranger's gets what any word does, and one of a partner's stays words."""
    stranger = person(home, "Max")
    assert "/start" in await stranger.answer("Donaudampfschifffahrtsgesellschaft")
    noa, _ = await couple(home)
    assert "Donaudampf" in await noa.answer("Donaudampfschifffahrtsgesellschaft")


async def test_a_search_needs_no_accents(home: Home) -> None:
    """Nor the same quotation marks, dashes or letters in pieces."""
    noa, sam = await couple(home)
    await noa.seals("the cafe\u0301 \u2013 “don\u2019t hurry”, said Łukasz")
    await sam.seals("soup")
    for wanted in ("cafe", "CAFÉ", "don't", "\"don't", "- “don\u2019t", "lukasz", "the café"):
        noa.writes("/journal")
        await noa.presses(Verb.JOURNAL_SEARCH)
        await noa.sees("Which word or words")
        noa.writes(wanted)
        assert any("I found these" in text for text in await noa.hears()), wanted
    noa.writes("/journal")
    await noa.presses(Verb.JOURNAL_SEARCH)
    await noa.sees("Which word or words")
    assert "nothing with those words" in await noa.answer("cafes")
