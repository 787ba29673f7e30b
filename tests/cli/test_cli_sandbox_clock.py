"""The bot lives by the sandbox's clock only where nothing real can be meant."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import config
from bot.config import Config, ConfigError
from bot.home.sandbox_clock import check, followed
from bot.sandbox import TOKEN, SteerableClock, World, serve

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HERE = "http://127.0.0.1:8081"


def settings(url: str = HERE, token: str = TOKEN) -> Config:
    """Make settings for the sandbox."""
    return Config(token, Path("data"), Path("key"), "Ops", "UTC", api_url=url)


@pytest.mark.parametrize("url", [HERE, "http://localhost:1", "http://[::1]:8081"])
def test_the_sandbox_on_this_machine_is_followed(url: str) -> None:
    """A loopback address and the sandbox's own token are taken."""
    check(settings(url))


@pytest.mark.parametrize(
    "refused",
    [
        settings(token="4200000001:" + "a" * 35),
        settings("https://api.telegram.org"),
        settings("http://127.0.0.1.example.org"),
        settings("http://192.0.2.7:8081"),
    ],
)
def test_a_real_token_or_another_machine_refuses_it(refused: Config) -> None:
    """Anything that could be real ends the start in one line."""
    with pytest.raises(ConfigError, match="sandbox-clock"):
        check(refused)


async def test_a_move_of_the_clock_reaches_the_other_process() -> None:
    """The follower starts at the sandbox's time and is there soon after it moved, forth or back."""
    clock = SteerableClock(START, running=True)
    async with serve(World(clock=clock)) as telegram, followed(settings(telegram.url)) as mine:
        assert abs(mine.now() - clock.now()) < timedelta(seconds=1)
        for moved in (timedelta(hours=30), timedelta(hours=-5)):
            clock.set(clock.now() + moved)
            async with asyncio.timeout(5):
                while abs(mine.now() - clock.now()) > timedelta(seconds=1):  # noqa: ASYNC110 (a bounded look)
                    await asyncio.sleep(0.01)


@pytest.mark.parametrize(("given", "rate"), [("", 30.0), ("1000", 1000.0), ("28.5", 28.5)])
def test_the_rate_is_a_setting(given: str, rate: float) -> None:
    """Telegram's 30 a second is the default; paid broadcasts allow more."""
    known = {"ATTUNE_TOKEN": TOKEN, "ATTUNE_OPERATOR": "Ops", "ATTUNE_ALLOW": "open"}
    assert config.load(known | {"ATTUNE_RATE": given}, Path("none")).rate == rate


@pytest.mark.parametrize("given", ["0", "0.5", "1001", "fast", "-3", "1e2", "nan"])
def test_a_rate_that_cannot_be_is_refused(given: str) -> None:
    """A wrong rate ends the start in one line that says what to set."""
    known = {"ATTUNE_TOKEN": TOKEN, "ATTUNE_OPERATOR": "Ops", "ATTUNE_ALLOW": "open"}
    with pytest.raises(ConfigError, match="ATTUNE_RATE"):
        config.load(known | {"ATTUNE_RATE": given}, Path("none"))
