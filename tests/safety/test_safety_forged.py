"""Forged and mutated buttons by the hundred thousand: an id that may not exist, or a kind refusal, and no more."""

import logging
import os
from itertools import islice
from typing import Any

import pytest
from memory import stored
from mutating import mutated
from people import Person, couple, person, settled

from bot.home.house import Home
from bot.practice.refusals import Reason, Refusal
from bot.sandbox import Message
from bot.screens.callbacks import BIGGEST, LONGEST, Verb, decode, encode

SEED = int(os.environ.get("ATTUNE_SEED", "20261123"))
PARSED_FEW, PARSED_MANY = 100_000, 1_000_000
SENT_FEW, SENT_MANY = 600, 6_000
AT_ONCE = 100
OWN_END = (Verb.LEAVE, Verb.FORGET)  # which are everybody's own, and end the life that is attacked
NOA, SAM = "The marmalade on the stairs.", "An umbrella in the hall."
OFFERED = [
    *(verb.value for verb in Verb),
    *(encode(verb, 204058342195942819, 1) for verb in Verb),
    *(encode(verb, 204058342195942819, 1, "second_response") for verb in Verb),
    encode(Verb.JOIN, "AbCdEfGhIjKlMnOpQrStUv"),
    encode(Verb.ZONE, "America/Argentina/Buenos_Aires"),
]
WRITTEN = ("drafts", "pieces")
TABLES = ("couples", "seats", "rounds", "turns", *WRITTEN, "invites")


def read(count: int) -> None:
    """Let the parser read so many; every one is none of ours, or ids within what a database holds."""
    ours = 0
    for data in islice(mutated(SEED, OFFERED), count):
        press = decode(data)
        if press is None:
            continue
        ours += 1
        assert len(data) <= LONGEST, (SEED, data)
        assert data == ":".join((press.verb, *press.arguments)), (SEED, data)
        for place in range(len(press.arguments) + 1):
            try:
                assert 0 <= press.number(place) < BIGGEST, (SEED, data)
            except Refusal as refusal:
                assert refusal.reason is Reason.NOT_YOURS, (SEED, data)  # noqa: PT017 (either may happen)
    assert count > ours * 1.1
    assert ours > count / 10


def test_safety_mutated_buttons_are_ids_or_nothing() -> None:
    """A hundred thousand, by a seed that a failure names."""
    read(PARSED_FEW)


@pytest.mark.long
def test_safety_a_million_mutated_buttons_are_ids_or_nothing() -> None:
    """A million."""
    read(PARSED_MANY)


async def test_safety_mutated_buttons_move_nothing_of_others(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """Some hundreds over HTTP."""
    await attack(home, SENT_FEW, caplog)


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_safety_thousands_of_mutated_buttons_move_nothing_of_others(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """Some thousands."""
    await attack(home, SENT_MANY, caplog)


async def attack(home: Home, count: int, caplog: pytest.LogCaptureFixture) -> None:
    """Let a stranger press a couple's buttons, changed; then one of the two the other's, before their own seal."""
    caplog.set_level(logging.ERROR)
    noa, sam = await couple(home)
    eve = person(home, "Eve")
    await noa.seals(NOA)
    sam.writes(SAM)
    for who in (noa, sam):
        for command in ("/settings", "/journal", "/today", "/invite"):
            who.writes(command)
            await settled(home)
    offered = [data for who in (noa, sam) for _, data in who.offered()]
    before = kept(home)
    strangers = await press(eve, eve.phone.send_text("/start"), offered, count // 2)
    hers = number_of(home, eve)  # what she may do: consent, and have an invitation of her own
    assert [row for row in kept(home) if hers is None or hers not in row] == before
    mine = {data for _, data in sam.offered()}
    others = [data for data in offered if data not in mine and data.split(":")[0] not in OWN_END]
    partners = await press(sam, sam.phone.last, others, count // 2)
    noas = number_of(home, noa)
    after, then = (
        [row for row in state if row[0] in WRITTEN and noas in row] for state in (kept(home), before)
    )
    assert then
    assert after == then
    for who in (eve, sam):
        assert not [m for m in who.phone.from_bot if "marmalade" in m.text], SEED
    assert not [m for m in eve.phone.from_bot if "umbrella" in m.text], SEED
    assert all(home.world.callbacks[query].answer is not None for query in (*strangers, *partners))
    assert not [r.getMessage() for r in caplog.records], SEED


async def press(who: Person, under: Message, offered: list[str], count: int) -> list[str]:
    """Press so many forged buttons in somebody's own chat; give the numbers of the presses."""
    world, pressed = who.home.world, []
    forged = (data for data in mutated(SEED, offered) if data.split(":")[0] not in OWN_END)
    for number, data in enumerate(islice(forged, count), 1):
        query = world.new_callback(who.phone.chat.chat_id, who.phone.user_id)
        pressed.append(query.query_id)
        body = {"id": query.query_id, "from": who.phone.person.to_user(), "chat_instance": "1"}
        world.inject({"callback_query": {**body, "message": under.body, "data": data}})
        if number % AT_ONCE == 0:
            await settled(who.home)
    await settled(who.home)
    return pressed


def kept(home: Home) -> list[tuple[Any, ...]]:
    """Give all rows of the couple's."""
    return [(table, *row) for table in TABLES for row in stored(home, f"SELECT * FROM {table} ORDER BY 1, 2")]  # noqa: S608 (made of our own names)


def number_of(home: Home, who: Person) -> int | None:
    """Tell by which number somebody's rows are known; None for whoever has none."""
    found = stored(home, "SELECT id FROM partners WHERE chat_id = :chat", chat=who.phone.user_id)
    return found[0][0] if found else None
