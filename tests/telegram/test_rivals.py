"""Two bots on two databases with one token: each says so once, goes on, and what either has taken is kept."""

import asyncio
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram_house import at_home

from bot.telegram.rivals import OVER, TELL_EVERY, Rivals
from storage.database import Database
from storage.keyring import Keyring

SAID = "Another process fetches this bot's updates: stop it, or let both use one database."


async def test_two_databases_on_one_token(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Telegram ends each one's poll for the other's; every text is in one of the two, and the log stays short."""
    async with at_home(tmp_path) as house:
        theirs = await Database.open(tmp_path / "theirs", Keyring.create(tmp_path / "other.json"))
        other = replace(house, database=theirs)
        polling = [asyncio.ensure_future(each.intake().run()) for each in (house, other)]
        async with asyncio.timeout(20):
            while caplog.text.count(SAID) < 2:  # noqa: ASYNC110 (a log has no bell)
                await asyncio.sleep(0.01)
            phone = house.world.phone(first_name="Ada")
            texts = [f"text {number}" for number in range(10)]
            for text in texts:
                phone.send_text(text)
                await asyncio.sleep(0.05)
            while house.world.updates.waiting:  # noqa: ASYNC110 (as above)
                await asyncio.sleep(0.01)
        for task in polling:
            task.cancel()
        await asyncio.wait(polling)
        assert {*await house.queued(), *await other.queued()} == set(texts)
        await theirs.close()
    assert caplog.text.count(SAID) == 2
    assert len(caplog.records) == 2


@given(st.lists(st.floats(0.0, 2 * OVER), max_size=400))
def test_a_rival_is_told_at_once_and_then_once_an_hour(waits: list[float]) -> None:
    """However often one is met; one that comes after a while is met for the first time again."""
    rivals, now, told = Rivals(), 0.0, []
    for wait in waits:
        now += wait
        met = rivals.met
        if rivals.meet(now):
            told.append(now)
        assert rivals.met == (met + 1 if wait <= OVER and met else 1)
    assert bool(told) is bool(waits)
    assert all(later - earlier >= TELL_EVERY for earlier, later in pairwise(told))
