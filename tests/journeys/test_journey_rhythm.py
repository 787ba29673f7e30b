"""The rhythm: each sees it by their own clock, and it takes effect after the open round."""

from datetime import UTC, datetime, timedelta

from memory import opening, stored
from people import couple, later, lives_in, one, opens_the_hour, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb


async def test_both_see_the_hour_each_by_their_own_clock(home: Home) -> None:
    """The one sets 8:00 in Lima; the other, in Berlin, is told 14:00 at once."""
    noa, sam = await couple(home)
    assert "Your clock shows 10:00" in await lives_in(sam, "Berlin, Germany")
    await lives_in(noa, "Lima, Peru")
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    assert "Prompts come at 08:00" in one(await noa.hears())
    assert "Prompts come at 14:00 your time" in one(await sam.hears())


async def test_who_tells_their_city_later_sees_the_hour_there(home: Home) -> None:
    """The joiner, asked only for a city, sees the hour that the inviter set by the joiner's clock."""
    noa, sam = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.hears()
    await noa.answer("Dublin, Ireland")
    await sam.hears()
    await sam.presses(Verb.CITY)
    await sam.sees("Where are you?")
    answered = await sam.answer("Tokyo")
    assert answered.startswith(
        "Good: Tokyo, Japan. Your clock shows 18:00. Prompts come at 17:00 your time, every day."
    )
    assert await noa.hears() == []


async def test_the_hour_moves_with_whoever_set_it(home: Home) -> None:
    """When the one who set the hour moves, it moves along, and the other sees it; theirs moves nothing."""
    noa, sam = await couple(home)
    await lives_in(noa, "Dublin, Ireland")
    await lives_in(sam, "Berlin, Germany")
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.hears()
    await sam.hears()
    before = opening(home)
    await lives_in(sam, "Tokyo")
    assert opening(home) == before
    assert await noa.hears() == []
    assert "Prompts come at 08:00 your time" in await lives_in(noa, "Lima, Peru")
    assert opening(home) == before + timedelta(hours=5)
    await later(home, hours=1)  # within which a change is told once
    assert "Prompts come at 22:00 your time" in one(await sam.hears())


async def test_the_days_are_one_press_further(home: Home) -> None:
    """Under the hour stands a button for other days, which leads to them in place."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 12 * 60 + 30)
    await noa.presses(Verb.SCREEN, "days", on=await noa.sees("Good: 12:30"))
    await noa.presses(Verb.DAY, 6)
    await settled(home)
    assert stored(home, "SELECT weekdays FROM couples") == [(0b0111111,)]


async def test_a_changed_hour_takes_effect_after_the_open_round(home: Home) -> None:
    """The open round stays; the next one comes at the new hour, on a later date and 12 hours on."""
    noa, sam = await couple(home)  # it is 9:00 in Dublin
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 20 * 60)
    await settled(home)
    assert opening(home) == datetime(2026, 3, 3, 20, tzinfo=UTC)
    await noa.presses(Verb.HOUR, 8 * 60)
    await settled(home)
    assert opening(home) == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert "What's this for?" in await noa.answer("I still have something to say about today's one.")
    await sam.hears()
    await later(home, hours=23)
    assert any(text.startswith("Today") for text in await sam.hears())


async def test_a_question_of_yesterday_does_not_catch_todays_words(home: Home) -> None:
    """A city that was never told is not asked for again by swallowing the next reflection."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    await later(home, hours=23)
    await noa.hears()
    assert "That's yours for now" in await noa.answer("I felt calm.")


async def test_a_rhythm_in_two_zones_for_two_weeks(home: Home) -> None:
    """Fourteen mornings in a row, 8:00 in Dublin and 17:00 in Tokyo: one round a date, to both at once."""
    noa, sam = await couple(home)
    await lives_in(noa, "Dublin, Ireland")
    await lives_in(sam, "Tokyo")
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await settled(home)
    seen: list[tuple[datetime, datetime]] = []
    for _ in range(14):
        home.clock.set(opening(home))
        await settled(home)
        shown = [p.phone.find(lambda m: m.text.startswith(("Today", "This week"))) for p in (noa, sam)]
        first, second = (message.date for message in shown if message is not None)
        seen.append((first, second))
    assert [a for a, _ in seen] == [datetime(2026, 3, 3 + n, 8, tzinfo=UTC) for n in range(14)]
    assert all(a == b for a, b in seen)
    dates = stored(home, "SELECT local_date FROM rounds ORDER BY local_date")
    assert dates == [(f"2026-03-{2 + n:02}",) for n in range(15)]
