"""A reader's Telegram refuses a part of the other's words: they get it another way, or are told how."""

from typing import Any

import pytest
from labels import label
from people import Person, couple, settled

from bot.home.house import Home
from bot.sandbox import Fault
from bot.screens.callbacks import Verb

INVITE = "one sentence that shows"
VOICE = b"OggS" + bytes(60)


def refuses(home: Home, reader: Person, method: str, **about: Any) -> None:
    """Let Telegram refuse a method in one chat, as the reader's own settings make it."""
    said = "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    home.world.faults.add(
        Fault("error", [method], chat_id=reader.phone.user_id, code=400, description=said, **about)
    )


async def speaks(speaker: Person) -> None:
    """Seal one voice message."""
    speaker.phone.send_voice(VOICE, duration=3)
    await settled(speaker.home)
    await speaker.presses(Verb.SEAL)
    await settled(speaker.home)


async def test_a_voice_message_that_settings_refuse_comes_as_a_file(home: Home) -> None:
    """In its place in the reveal, so that the invitation to respond stands under something."""
    noa, sam = await couple(home)
    refuses(home, noa, "sendVoice")
    await noa.seals("the tram was late")
    await speaks(sam)
    heard = noa.phone.from_bot[-2:]
    assert "Before you" in heard[0].text
    assert heard[1].body["document"]["file_name"] == "voice-message.ogg"
    assert INVITE in heard[1].text
    stored = home.world.files.get(heard[1].body["document"]["file_id"])
    assert stored is not None
    assert stored.data == VOICE


@pytest.mark.parametrize("text_too", [False, True])
async def test_where_no_file_can_be_fetched_the_reader_is_told(home: Home, *, text_too: bool) -> None:
    """What they can change, alone, and no invitation under nothing; once they have, /today brings all of it."""
    noa, sam = await couple(home)
    refuses(home, noa, "sendVoice")
    home.world.faults.add(Fault("error", ["getFile"], code=400, description="Bad Request: file is too big"))
    await noa.seals("the tram was late")
    if text_too:
        await sam.drafts("and then I thought of this:")
    await noa.hears()
    await speaks(sam)
    heard = await noa.hears()
    assert "your Telegram settings keep voice" in heard[-1]
    assert not any(INVITE in text for text in heard)
    assert not any("Telegram settings" in text for text in await sam.hears())
    home.world.faults.clear()
    noa.writes("/today")
    again = await noa.hears()
    assert any(m.body.get("voice") for m in noa.phone.from_bot[-3:])
    assert INVITE in again[-1]


async def test_a_response_by_voice_is_brought_too(home: Home) -> None:
    """With the buttons under it."""
    noa, sam = await couple(home)
    refuses(home, noa, "sendVoice")
    await noa.seals("the tram was late")
    await sam.seals("the soup")
    await sam.presses(Verb.OWN_WORDS)
    await settled(home)
    sam.phone.send_voice(VOICE, duration=3)
    await sam.finds(lambda m: label("send") in m.labels)
    await sam.presses(Verb.SEND)
    await settled(home)
    last = noa.phone.from_bot[-1]
    assert last.body["document"]["file_name"] == "voice-message.ogg"
    assert label("heard") in last.labels
