"""Points 1 to 4 and 14 of what must hold, each attacked by an ordinary partner with the ordinary buttons."""

import io
import json
import re
import zipfile

from forging import forges
from memory import stored
from people import Person, couple, later, one, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb
from bot.screens.table import SCREENS

NOA = "The marmalade on the stairs made me laugh."
SAM = "An umbrella in the hall, still wet, and I breathed out."
UNSENT = "A velvet curtain that nobody will ever see."
RECEIPT = re.compile(
    r"hasn't (answered|written|sealed)|has (written|sealed|answered)|last seen|is typing", re.IGNORECASE
)
ASKING = [
    name for name in SCREENS.commands if name not in ("start", "leave", "forget", "pause", "resume", "invite")
]


def chat(who: Person) -> list[tuple[int, str, list[str]]]:
    """Give what a person can see of the bot's: which message, its words and its buttons."""
    return [(m.message_id, m.html, m.labels) for m in who.phone.from_bot]


def holds(who: Person, words: str) -> bool:
    """Tell whether words stand anywhere in a chat, keepsakes that were sent there and all."""
    files = [who.home.world.files.get(m.media.file_id) for m in who.phone.from_bot if m.media]
    pages = []
    for file in files:
        if file is not None and zipfile.is_zipfile(io.BytesIO(file.data)):
            with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
                pages += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return any(words in text for text in [*(m.text for m in who.phone.from_bot), *pages])


async def tries_everything(who: Person, besides: tuple[str, ...] = ()) -> None:
    """Send every command that asks for something, search for all, and press every button there has ever been."""
    for command in ASKING:
        who.writes(f"/{command}")
        await settled(who.home)
    who.writes("/journal")
    await settled(who.home)
    for message, data in list(who.offered()):
        if data.split(":")[0] not in ("seal", "bye", "fgt", "nt", "rest", *besides):
            if message.message_id in who.phone.chat.messages:
                who.phone.press(message, data)
                await settled(who.home)
            else:  # taken away meanwhile; a phone may be a moment behind
                await forges(who, message, data)


async def test_safety_01_leaving_needs_nobody_and_cuts_every_way_of_reading(home: Home) -> None:
    """An ex who tries every command and every old button reads nothing that they had not read; nor in a keepsake."""
    noa, sam = await couple(home)
    await noa.seals(NOA)
    await sam.seals(SAM)
    await noa.hears()
    await sam.hears()
    noa.writes("/leave")
    await noa.presses(Verb.LEAVE, on=await noa.sees("Leave this couple?"))
    await settled(home)
    assert one(await sam.hears()).startswith("Your couple here has come to an end")
    already = len(sam.phone.from_bot)
    await tries_everything(sam)
    since = [m.text for m in sam.phone.from_bot[already:]]
    assert since
    assert not [text for text in since if NOA in text]
    sam.writes("/export")
    await settled(home)
    fresh = [m for m in sam.phone.from_bot[already:] if m.media]
    assert fresh
    for message in fresh:
        assert message.media is not None
        file = home.world.files.get(message.media.file_id)
        assert file is not None
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            assert NOA not in archive.read("keepsake.html").decode()
            assert NOA not in json.dumps(json.loads(archive.read("keepsake.json")), ensure_ascii=False)


async def test_safety_02_no_way_leads_past_the_seal(home: Home) -> None:
    """Before one's own seal no command, button, search or keepsake holds a word of the other's, sealed or not."""
    noa, sam = await couple(home)
    await noa.seals(NOA)
    sam.writes("Half a thought.")
    await sam.hears()
    await tries_everything(sam)
    sam.writes("/journal")
    await sam.presses(Verb.JOURNAL_SEARCH)
    sam.writes("marmalade")
    await settled(home)
    assert not holds(sam, "marmalade")
    assert stored(home, "SELECT state FROM rounds") == [("waiting",)]


async def test_safety_03_nothing_the_other_does_can_be_seen_before_ones_own_seal(home: Home) -> None:
    """Writing, starting over, sealing, taking back and "not today" change no message, button or order."""
    noa, sam = await couple(home)
    noa.writes("A beginning of mine.")
    await noa.hears()
    before = chat(noa)
    for step in (SAM, Verb.START_OVER, SAM, Verb.SEAL, Verb.TAKE_BACK, Verb.SEAL):
        if isinstance(step, Verb):
            await sam.presses(step)
        else:
            sam.writes(step)
        await settled(home)
        assert chat(noa) == before
    assert not [text for _, text, _ in chat(noa) if RECEIPT.search(text)]
    for command in ("/today", "/settings", "/journal"):
        with_seal = await noa.answer(command)
        assert not RECEIPT.search(with_seal)


async def test_safety_04_a_reminder_is_for_one_alone(home: Home) -> None:
    """Who has sealed gets none and sees none of the other's, and nothing that they do brings one about."""
    noa, sam = await couple(home)
    await sam.seals(SAM)
    await sam.hears()
    for command in ("/today", "/journal", "/settings", "/help"):
        sam.writes(command)
        await settled(home)
    assert await noa.hears() == []
    await sam.hears()
    await later(home, hours=15)
    assert len(await noa.hears()) == 1
    assert await sam.hears() == []
    await later(home, hours=5)
    assert await noa.hears() == []


async def test_safety_14_what_is_private_never_shows_in_what_the_other_gets(home: Home) -> None:
    """Drafts that were cleared, practice alone, a search and settings leave the reveal and the chat as they are."""
    noa, sam = await couple(home)
    before = chat(sam)
    noa.writes(UNSENT)
    await noa.presses(Verb.START_OVER)
    noa.writes("/practice")
    await settled(home)
    noa.writes(UNSENT)
    await settled(home)
    await noa.presses(Verb.SOLO_ENOUGH)
    noa.writes("/journal")
    await settled(home)
    assert chat(sam) == before
    noa.writes("/today")
    await noa.hears()
    await noa.seals(NOA)
    await sam.seals(SAM)
    await sam.hears()
    assert holds(sam, NOA)
    assert not holds(sam, UNSENT)
