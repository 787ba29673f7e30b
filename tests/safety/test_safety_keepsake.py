"""Taking along: what leaves the chat is each one's own to allow, and nobody learns who takes what."""

import io
import zipfile
from pathlib import Path

from people import MakeHome, Person, later, screen, settled
from two_lives import both_seal, fork, seen, without_ids

from bot.home.house import Home
from bot.screens.callbacks import Verb

LOOKS = ("/today", "/settings", "/journal", "/help", "/privacy")


async def noa_looks_around(noa: Person, home: Home) -> None:
    """Let Noa look everywhere, open a round of the journal, and live on for two days."""
    for command in LOOKS:
        noa.writes(command)
        await noa.hears()
    await noa.presses(Verb.ENTRY)
    await noa.hears()
    await later(home, days=2)


def kept(who: Person) -> str:
    """Give the page of the newest keepsake in a chat."""
    sent = next(m for m in reversed(who.phone.from_bot) if m.media and m.media.kind == "document")
    assert sent.media is not None
    stored = who.home.world.files.get(sent.media.file_id)
    assert stored is not None
    with zipfile.ZipFile(io.BytesIO(stored.data)) as archive:
        return archive.read("keepsake.html").decode()


async def test_safety_13_nobody_learns_whether_the_other_has_exported(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """Whether the other takes a keepsake along, and lets theirs be taken, changes nothing that one sees."""
    made, chats = await fork(make_home, tmp_path, both_seal), []
    for name in ("quiet", "busy"):
        async with made.life(name) as (home, noa, sam):
            if name == "busy":
                await screen(sam, Verb.KEEPABLE)
                await screen(sam, (Verb.SWITCH, "protect"), Verb.KEEPABLE)
                sam.writes("/export")
                await sam.sees("Your keepsake: open the page")
                assert "umbrella" in kept(sam)
            await noa_looks_around(noa, home)
            chats.append(without_ids(seen(noa, 0)))
    assert chats[0] == chats[1]


async def test_safety_13_a_keepsake_holds_the_other_by_their_yes_alone(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """Whatever the one who exports switches on their own side, protected words stay in the chat."""
    made = await fork(make_home, tmp_path, both_seal)
    async with made.life("one") as (home, noa, sam):
        await screen(noa, (Verb.SWITCH, "protect"), Verb.KEEPABLE)
        noa.writes("/export")
        await noa.sees("Your keepsake: open the page")
        assert "marmalade" in kept(noa)
        assert "umbrella" not in kept(noa)
        await screen(sam, (Verb.SWITCH, "protect"), Verb.KEEPABLE)
        await settled(home)
        await later(home, hours=2)
        noa.writes("/export")
        await settled(home)
        assert "umbrella" in kept(noa)
