"""Rows that never get through: they hold up nobody for ever, and no outage makes a row one of them."""

import asyncio

import pytest
from drain_stage import Stage, Telegram
from jumping_loop import run

from bot.delivery.backoff import TRIES
from bot.messages import Sent, TryLater


def test_a_row_that_fails_alone_for_hours_is_given_up_and_its_chat_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Others are taken meanwhile, so it is not Telegram: what stands behind it leaves in the end."""

    async def story() -> None:
        stage = Stage(Telegram(lambda row: TryLater() if row.id == 1 else Sent(1)))
        poison = stage.put(7)
        behind = [stage.put(7) for _ in range(3)]
        task = asyncio.ensure_future(stage.drain.run())
        for _ in range(3 * 4):
            stage.put(8)
            await asyncio.sleep(900)
        assert stage.store.states() == {"queued": 4, "sent": 12}
        for _ in range(6 * 4):
            stage.put(8)
            await asyncio.sleep(900)
        stage.drain.stop()
        await task
        assert stage.store.states() == {"failed": 1, "sent": 39}
        theirs = [row.id for _at, row in stage.telegram.calls if row.message.chat == 7]
        assert theirs == [poison] * (TRIES + 1) + behind

    run(story())
    assert "prompt (row 1) is given up: fails alone" in caplog.text


@pytest.mark.parametrize("chats", [1, 2, 50])
def test_an_outage_of_days_gives_nothing_up(chats: int) -> None:
    """Few chats do not take the line down by failing; but nobody is taken, so nobody fails alone."""

    async def story() -> None:
        online = True
        stage = Stage(Telegram(lambda _row: Sent(1) if online else TryLater()))
        task = asyncio.ensure_future(stage.drain.run())
        for chat in range(chats):
            stage.put(chat)
        await asyncio.sleep(60)
        online = False
        for chat in range(chats):
            stage.put(chat)
        await asyncio.sleep(3 * 24 * 3600)
        assert len(stage.telegram.calls) > 5 * TRIES
        online = True
        await asyncio.sleep(600)
        stage.drain.stop()
        await task
        assert stage.store.states() == {"sent": 2 * chats}

    run(story())


def test_a_few_rows_that_never_get_through_do_not_keep_the_line_down() -> None:
    """Three of them, at a quiet hour, look like an outage; whoever comes then is tried before them."""

    async def story() -> None:
        stage = Stage(Telegram(lambda row: TryLater() if row.message.chat < 3 else Sent(1)))
        for chat in range(3):
            stage.put(chat)
        task = asyncio.ensure_future(stage.drain.run())
        await asyncio.sleep(600)
        for hour in range(3):
            for chat in range(10, 40):
                stage.put(chat)
            await asyncio.sleep(20)
            assert stage.store.states() == {"queued": 3, "sent": 30 * (hour + 1)}
            await asyncio.sleep(3600)
        stage.drain.stop()
        await task

    run(story())
