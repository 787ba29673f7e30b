"""Points 7 to 11 and 13 of what must hold, through nothing but the chat, and a look at the files from outside."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from forging import forges
from memory import everything, memory, stored, traces
from people import MakeHome, Person, couple, invites, joins, later, person, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb
from prompts.menu import MENU
from storage.backup import back_up, restore
from storage.keyring import Keyring

FEAR = "I'm afraid of you when you shout."
NOA = "The marmalade on the stairs made me laugh."
SAM = "An umbrella in the hall, still wet, and I breathed out."
BITS = 128


async def test_safety_07_danger_is_heard_and_nothing_is_stopped(home: Home) -> None:
    """Such words can be sealed and are revealed as they are; help comes to their author alone, and is not logged."""
    noa, sam = await couple(home)
    noa.writes(FEAR)
    assert any("only for you" in text for text in await noa.hears())
    assert await sam.hears() == []
    await noa.presses(Verb.SEAL)
    await sam.seals(SAM)
    told = await sam.hears()
    assert any(FEAR in text for text in told)
    assert not [text for text in told if "only for you" in text or "findahelpline" in text]


async def test_safety_08_help_is_there_for_everybody_always(home: Home) -> None:
    """A stranger, somebody in a question, somebody who rests, and an ex find it; the menu names it plainly."""
    noa, sam = await couple(home)
    stranger = person(home, "Somebody")
    stranger.writes("/start")
    await stranger.hears()
    noa.writes("/settings")
    await noa.presses(Verb.NAME)
    sam.writes("/pause")
    await noa.hears()
    await sam.hears()
    for who in (stranger, noa, sam):
        assert "112 or 911" in await who.answer("/safety")
    noa.writes("/leave")
    await noa.presses(Verb.LEAVE, on=await noa.sees("Leave this couple?"))
    await settled(home)
    assert "112 or 911" in await sam.answer("/safety")
    assert "/safety" in await stranger.answer("/help")
    assert "safety" in MENU


async def test_safety_09_nobody_is_in_without_their_own_yes(home: Home) -> None:
    """Before consent nothing is kept, and one reads what it is, for whom it is not, and who could read it."""
    noa = person(home, "Noa")
    link = await invites(noa)
    known = everything(home)
    sam = person(home, "Sam")
    sam.opens(link)
    shown = await sam.sees("would like to practise")
    for must in ("adults", "afraid of your partner", "therapy", "could"):
        assert must in shown.text
    sam.writes("I never agreed to anything.")
    await settled(home)
    await sam.presses(Verb.NOT_NOW, on=shown)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM partners") == [(1,)]
    assert stored(home, "SELECT count(*) FROM couples") == [(0,)]
    assert not [row for row in everything(home) if row not in known and "Sam" in row]


async def test_safety_10_an_invitation_is_for_one_and_the_inviter_decides(home: Home) -> None:
    """A third person with the same link, a guess and a replay join nobody, before and after the yes."""
    noa, sam, eve = person(home, "Noa"), person(home, "Sam"), person(home, "Eve")
    link = await invites(noa)
    code = link.partition("start=")[2]
    assert len(code) * 6 >= BITS
    await joins(sam, link)
    eve.opens(link)
    for guess in (code[:-1], code[::-1], code.swapcase(), "A" * len(code)):
        eve.writes(f"/start {guess}")
    await settled(home)
    assert stored(home, "SELECT count(*) FROM couples") == [(0,)]
    asked = await noa.sees("the person you meant")
    for data in asked.offered:
        await forges(eve, eve.phone.last, data)
    assert stored(home, "SELECT count(*) FROM couples") == [(0,)]
    await noa.presses(Verb.CONFIRM, on=asked)
    await settled(home)
    eve.opens(link)
    await settled(home)
    ((members,),) = stored(home, "SELECT count(*) FROM partners WHERE chat_id = :c", c=eve.phone.user_id)
    assert members == 0
    assert stored(home, "SELECT count(*) FROM couples") == [(1,)]


async def test_safety_11_a_notification_carries_no_words_of_the_other(home: Home) -> None:
    """Words and pictures come covered and protected, unless the reader, or their author, has chosen otherwise."""
    noa, sam = await couple(home)
    noa.phone.send_photo(b"picture", caption=NOA)
    await noa.presses(Verb.SEAL, on=await noa.sees("That's yours for now"))
    await sam.seals(SAM)
    await sam.hears()
    carried = [m for m in sam.phone.from_bot if "marmalade" in m.text]
    assert carried
    for message in carried:
        assert message.protected
        assert "<tg-spoiler>" in message.html
        assert message.media is None or message.spoiler


@pytest.mark.sqlite
async def test_safety_13_what_is_forgotten_stays_forgotten_by_every_restore(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """A keepsake is one's own; after /forget a backup from before, put back, brings neither words nor person."""
    home = await make_home(data=tmp_path / "one" / "data")
    noa, sam = await couple(home)
    await noa.seals(NOA)
    await sam.seals(SAM)
    await settled(home)
    copy = tmp_path / "backup.sqlite3"
    await back_up(memory(home).parent, copy)
    noa.writes("/forget")
    await noa.presses(Verb.FORGET, on=await noa.sees("Remove"))
    await settled(home)
    assert traces(home, NOA) == []
    key = tmp_path / "one" / "key" / "keyring.json"
    other = tmp_path / "two" / "data"
    other.mkdir(parents=True)
    shutil.copytree(key.parent, tmp_path / "two" / "key")
    keyring = Keyring.ready(tmp_path / "two" / "key" / "keyring.json", other)
    await restore(copy, other, keyring)
    again = await make_home(data=other, state=home.world.snapshot())
    assert stored(again, "SELECT count(*) FROM partners WHERE chat_id = :c", c=noa.phone.user_id) == [(0,)]
    back = Person(again, again.world.phone(noa.phone.user_id))
    assert "marmalade" not in await back.answer("/journal")


async def test_safety_a_new_account_with_an_old_name_is_a_stranger(home: Home) -> None:
    """An account is deleted and a new one takes its name and username: it finds nothing and changes nothing."""
    noa, sam = await couple(home)
    await sam.seals(SAM)
    impostor = person(home, "Noa", username="noa")
    for text in ("/today", "/journal", "/export", "/settings", "/leave", "/forget", "I am Noa."):
        impostor.writes(text)
        await settled(home)
    assert not [m for m in impostor.phone.from_bot if "umbrella" in m.text or "Sam" in m.text]
    for _, data in list(noa.offered()):
        if data != Verb.CONSENT:  # which is everybody's own
            await forges(impostor, impostor.phone.last, data)
    assert stored(home, "SELECT parted_at FROM couples") == [(None,)]
    assert stored(home, "SELECT count(*) FROM partners") == [(2,)]


@pytest.mark.parametrize(
    "name",
    [
        "<b>Noa</b><a href='https://example.org'>x</a>",
        "\u202eaoN\u202c",
        "N\u0000o\u0007a\u200b",
        "{{ operator }}{% for x in y %}",
        "N\u043e\u0430",  # Cyrillic look-alikes
        "&lt;script&gt;",
    ],
)
async def test_safety_a_name_is_only_ever_a_name(home: Home, name: str) -> None:
    """Markup, controls, overrides and look-alikes stand in the other's chat as plain text, or not at all."""
    noa, sam = await couple(home, name, "Sam")
    await noa.seals("<i>words</i> & \u202ereversed")
    await sam.seals(SAM)
    await later(home, minutes=1)
    for message in sam.phone.from_bot:
        assert "\u202e" not in message.text.replace("\u202ereversed", "")
        assert not {"text_link", "script"} & {entity["type"] for entity in message.entities}
        assert "the person at this keyboard" not in message.text or "Run by" in message.text
    with zipfile.ZipFile(io.BytesIO(await _keepsake(sam))) as archive:
        page = archive.read("keepsake.html").decode()
    assert "<a href='https://example.org'" not in page
    assert "<script" not in page
    assert "<i>words</i>" not in page


async def _keepsake(who: Person) -> bytes:
    who.writes("/export")
    await who.sees("Your keepsake")
    sent = next(m for m in reversed(who.phone.from_bot) if m.media)
    assert sent.media is not None
    file = who.home.world.files.get(sent.media.file_id)
    assert file is not None
    return file.data
