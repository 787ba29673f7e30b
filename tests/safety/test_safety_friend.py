"""Point 14 for the neutral friend: whoever else is there lives in the same world with it and without."""

from datetime import timedelta
from pathlib import Path

import pytest
from people import MakeHome, Person, later, settled
from two_lives import fork, seen, without_ids

from bot.screens.callbacks import Verb

A_WHILE = timedelta(minutes=10)


async def writes(sam: Person, *, keeps: bool) -> None:
    """Write as the neutral friend, and keep it or let it be."""
    sam.writes("/practice")
    await sam.presses(Verb.FRIEND, on=await sam.sees("Here's a moment"))
    await sam.presses(Verb.FRIEND_BEGIN, on=await sam.sees("seven minutes to write"))
    await settled(sam.home)
    for step in range(3):
        sam.writes("The marmalade on the stairs.")
        await settled(sam.home)
        await sam.presses(Verb.FRIEND_ON, step)
        await settled(sam.home)
    if keeps:
        await sam.presses(Verb.FRIEND_KEEP)
        await settled(sam.home)


@pytest.mark.parametrize("end", ["kept", "let be"])
async def test_safety_14_the_neutral_friend_is_seen_by_nobody_else(
    make_home: MakeHome, tmp_path: Path, end: str
) -> None:
    """Byte for byte: /today, the journal, the settings, the line, and the next day."""
    made, chats = await fork(make_home, tmp_path), []
    for name in ("quiet", "busy"):
        async with made.life(name) as (home, noa, sam):
            begun = home.clock.now()
            if name == "busy":
                await writes(sam, keeps=end == "kept")
            await later(home, seconds=(begun + A_WHILE - home.clock.now()).total_seconds())
            for command in ("/today", "/journal", "/settings", "/growth", "/practice"):
                noa.writes(command)
                await settled(home)
            await later(home, days=1)
            chats.append([one for one in without_ids(seen(noa, 0)) if "Here's a moment" not in one[0]])
    assert chats[0] == chats[1]
    assert "marmalade" not in str(chats)
