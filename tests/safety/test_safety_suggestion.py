"""Point 6: a suggestion goes to its author alone, and the other lives in the same world with it and without."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from memory import stored
from people import MakeHome, Person, later, settled
from two_lives import both_seal, fork, seen

from bot.content import Content
from bot.home.house import Home
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb
from prompts.source import ROOT

BLAMING = "You always overreact. You should just calm down."
KINDER = "You laughed on the stairs, and it was the marmalade."
OUTBOX = """SELECT kind, partner_id, couple_id, round_id, about_id, ids, priority, due_at, not_after, state, message_id
FROM outbox WHERE chat_id = :chat ORDER BY id"""
PIECE = re.compile(r'"piece":\d+')
SHARED = (
    "SELECT id, kept, lapses, arc, next_opening, parted_at FROM couples",
    "SELECT id, prompt, state, revealed_at, ended_at FROM rounds",
    "SELECT round_id, seat, sealed_at, declined, thread, heard FROM turns ORDER BY seat",
    "SELECT round_id, author_id, slot, committed_at FROM drafts ORDER BY author_id, slot",
)


@pytest.fixture
def silent(tmp_path: Path) -> Content:
    """Read the words without the coach's."""
    words = tmp_path / "words" / "prompts"
    shutil.copytree(ROOT, words)
    (words / "en" / "coach.toml").unlink()
    return Content(words)


async def answers(noa: Person, sam: Person, *, rewritten: bool) -> str:
    """Let Sam draft what blames, and send it as it is or after writing it anew; give what the bot told Sam."""
    await sam.presses(Verb.OWN_WORDS)
    await sam.hears()
    sam.writes(BLAMING)
    quoted = "\n".join(await sam.hears())
    if rewritten:
        await sam.presses(Verb.REWRITE)
        await sam.hears()
        sam.writes(KINDER)
        await sam.hears()
    await later(noa.home, minutes=3)
    await sam.presses(Verb.SEND)
    await settled(noa.home)
    await noa.presses(Verb.HEARD, Heard.NOT_YET)
    await noa.hears()
    noa.writes("It was only the marmalade.")
    await noa.hears()
    await noa.presses(Verb.SEND)
    await settled(noa.home)
    sam.writes(BLAMING)
    await sam.hears()
    await sam.presses(Verb.SEND)
    await later(noa.home, hours=24)  # before the next round, whose number is random
    return quoted


@pytest.mark.parametrize("rewritten", [False, True], ids=["as it is", "rewritten"])
async def test_safety_06_a_suggestion_goes_to_its_writer_alone(
    make_home: MakeHome, tmp_path: Path, content: Content, silent: Content, *, rewritten: bool
) -> None:
    """With a coach and without, the other sees the same byte for byte, in order and at the same times.

    What is stored of it stands in rows of its writer's; whatever both share is as it would be without.
    """
    made = await fork(make_home, tmp_path, both_seal)
    chats, tables, told = [], [], []
    for name, words in (("with", content), ("without", silent)):
        async with made.life(name, content=words) as (home, noa, sam):
            told.append(await answers(noa, sam, rewritten=rewritten))
            chats.append(seen(noa, 0))
            tables.append(what_noa_shares(home, noa))
            if name == "with":
                suggestion = only_the_suggestion(home, noa, sam)
    assert chats[0] == chats[1]
    assert tables[0] == tables[1]
    assert any((KINDER if rewritten else BLAMING) in html for html, *_ in chats[0])
    assert rewritten is not any("You should just calm down" in html for html, *_ in chats[0][:-1])
    assert told[0] != told[1]
    assert told[0].startswith(told[1].split("\n")[0])
    assert suggestion


def what_noa_shares(home: Home, noa: Person) -> list[Any]:
    """Give the rows of what is sent to Noa, and all that both share; the random numbers of parts left out."""
    sent = [[_unnumbered(value) for value in row] for row in stored(home, OUTBOX, chat=noa.phone.user_id)]
    return [sent, *(stored(home, sql) for sql in SHARED)]


def _unnumbered(value: Any) -> Any:
    return PIECE.sub("", value) if isinstance(value, str) else value


def only_the_suggestion(home: Home, noa: Person, sam: Person) -> Any:
    """Give what is stored of suggestions, once it is seen that all of it belongs to whoever wrote."""
    rows = [(chat, json.loads(ids)) for chat, ids in stored(home, "SELECT chat_id, ids FROM outbox")]
    carrying = {chat for chat, ids in rows if "suggest" in str(ids)}
    assert carrying == {sam.phone.user_id}
    assert noa.phone.user_id in {chat for chat, _ in rows}
    last = dict(stored(home, "SELECT chat_id, suggested FROM partners"))
    assert last[noa.phone.user_id] is None
    return last[sam.phone.user_id]
