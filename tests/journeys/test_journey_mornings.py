"""Mornings: one round a local date, none at midnight, and a kind word after some that went by."""

from datetime import UTC, datetime, timedelta

import pytest
from labels import labels
from memory import stored
from people import MakeHome, Person, after_a_stop, couple, later, opens_the_hour

from bot.home.house import Home
from bot.screens.callbacks import Verb

SLOWER = "Would another rhythm suit you better?"


def dates(home: Home) -> list[str]:
    """Give the dates of all rounds."""
    return [day for (day,) in stored(home, "SELECT local_date FROM rounds ORDER BY local_date")]


async def at_the_hour(home: Home, typed: str) -> tuple[Person, Person]:
    """Make a couple with an hour of their own, in Dublin."""
    noa, sam = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.OTHER_HOUR)
    await noa.sees("What time suits you both?")
    noa.writes(typed)
    await noa.sees("Where are you?")
    noa.writes("Dublin, Ireland")
    await noa.sees("Your clock shows")
    return noa, sam


async def test_an_opening_missed_by_hours_is_skipped(home: Home) -> None:
    """A bot that was away for more than 6 hours sends no prompt at night; the next one comes at its hour."""
    noa, _ = await couple(home)  # Monday 9:00; the next opening is on Tuesday at 20:00
    await noa.hears()
    await after_a_stop(home, hours=41, minutes=1)  # Wednesday 2:01
    assert dates(home) == ["2026-03-02"]
    await later(home, hours=18)
    assert dates(home) == ["2026-03-02", "2026-03-04"]


async def test_a_late_opening_respects_the_night(home: Home) -> None:
    """One that is up to 6 hours late is still opened, and reaches who sleeps when their quiet hours end."""
    noa, _ = await couple(home)
    await noa.hears()
    await after_a_stop(home, hours=40, minutes=30)  # Wednesday 1:30
    assert dates(home) == ["2026-03-02", "2026-03-03"]
    assert [text for text in await noa.hears() if text.startswith("Today · ")] == []
    await later(home, hours=6, minutes=30)
    assert [text for text in await noa.hears() if text.startswith("Today · ")] != []


@pytest.mark.parametrize(
    ("start", "change"),
    [
        (datetime(2026, 3, 27, 9, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 10, 23, 9, tzinfo=UTC), "2026-10-25"),
    ],
    ids=["a night without 1:30", "a night with two"],
)
async def test_changing_the_clocks_gives_one_round_a_date(
    make_home: MakeHome, start: datetime, change: str
) -> None:
    """An hour that the clocks skip, or show twice, opens exactly one round on that date, for both at once."""
    home = await make_home(start=start)
    noa, sam = await at_the_hour(home, "1:30 am")
    await later(home, days=5)
    expected = [(start + timedelta(days=n)).date().isoformat() for n in range(6)]
    assert dates(home) == expected
    assert change in expected
    for partner in (noa, sam):
        prompts = [text for text in await partner.hears() if "Today · " in text]
        assert len(prompts) == 5


async def test_an_evening_hour_keeps_its_own_date(make_home: MakeHome) -> None:
    """At 20:00 in Los Angeles it is tomorrow in UTC; the round is today's, and tomorrow has its own."""
    home = await make_home(start=datetime(2026, 3, 2, 20, 0, tzinfo=UTC), zone="America/Los_Angeles")
    await couple(home)
    await later(home, days=3)
    assert dates(home) == ["2026-03-02", "2026-03-03", "2026-03-04"]


async def lapse(home: Home, rounds: int) -> None:
    """Let rounds go by without a word."""
    await later(home, days=rounds)


async def offers(*partners: Person) -> list[str]:
    """Give the offers of a slower rhythm among what is new."""
    return [text for partner in partners for text in await partner.hears() if SLOWER in text]


async def test_three_lapsed_rounds_bring_an_offer_to_each(home: Home) -> None:
    """When the third in a row has gone by, each is asked on their own, once, without a count or a blame."""
    noa, sam = await couple(home)
    await lapse(home, 3)  # the third of them is open still
    assert await offers(noa, sam) == []
    await lapse(home, 1)
    told = await offers(noa, sam)
    assert len(told) == 2
    assert all("nothing is lost" in text and "3" not in text for text in told)
    for partner in (noa, sam):
        shown = partner.phone.find(SLOWER)
        assert shown is not None
        assert shown.labels == labels("slower", "rest", "keep_rhythm")
    await lapse(home, 1)
    assert await offers(noa, sam) == []


async def test_a_slower_rhythm_is_one_press(home: Home) -> None:
    """Three days a week, told to both, and the rounds keep to them."""
    noa, sam = await couple(home)
    await lapse(home, 4)
    await sam.hears()
    assert "on Monday, Wednesday and Saturday" in await noa.press_answer(Verb.SLOWER)
    assert any("on Monday, Wednesday and Saturday" in text for text in await sam.hears())
    opened = len(dates(home))
    await later(home, days=7)
    assert len(dates(home)) == opened + 3
    assert {datetime.fromisoformat(day).weekday() for day in dates(home)[opened:]} == {0, 2, 5}


async def test_a_rest_is_one_press(home: Home) -> None:
    """Rest for a while is one's own rest; the other hears one sentence at the next opening."""
    noa, sam = await couple(home)
    await lapse(home, 4)
    await sam.hears()
    assert "You're resting now" in await noa.press_answer(Verb.REST)
    await later(home, days=2)
    assert sum("resting for you both" in text for text in await sam.hears()) == 1


async def test_keeping_it_changes_nothing(home: Home) -> None:
    """Keep it as it is, and it is so, without a word to the other."""
    noa, sam = await couple(home)
    await lapse(home, 4)
    await sam.hears()
    assert await noa.press_answer(Verb.KEEP) == "Then it stays as it is."
    assert await sam.hears() == []
    assert stored(home, "SELECT weekdays FROM couples") == [(127,)]


async def test_a_kept_round_in_between_is_no_row(home: Home) -> None:
    """Lapses count in a row: a round that was kept begins anew."""
    noa, sam = await couple(home)
    await lapse(home, 2)
    await noa.seals("I thought of you when the rain began.")
    await sam.seals("I was at the window just then.")
    await lapse(home, 3)
    assert await offers(noa, sam) == []
