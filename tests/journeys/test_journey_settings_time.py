"""Settings of time: the hour and the days of both, one's own reminder, quiet hours and clock."""

import pytest
from memory import stored
from people import couple, later, one, screen

from bot.home.house import Home
from bot.screens.callbacks import Verb

NOA_WROTE = "The lamp was still on when I came home, and I knew that you had waited."
SAM_WROTE = "I heard the train from the bed, and it was like being a child again."


async def test_the_hour_is_changed_for_both(home: Home) -> None:
    """The hour's page says that it is for both; both are told."""
    noa, sam = await couple(home)
    assert "It's for you both, now 20:00" in await screen(sam, (Verb.SCREEN, "hour"))
    await sam.presses(Verb.HOUR, 12 * 60 + 30)
    assert "Good: 12:30, every day.\n\nWhere are you?" in one(await sam.hears())  # not known yet
    assert "Prompts come at 12:30" in one(await noa.hears())


async def test_weekdays_are_told_once(home: Home) -> None:
    """Days are ticked in place; the other hears of the last state only, a minute later."""
    noa, sam = await couple(home)
    await screen(noa, (Verb.SCREEN, "days"), (Verb.DAY, 1), (Verb.DAY, 3), (Verb.DAY, 6), (Verb.DAY, 6))
    page = next(m for m in reversed(noa.phone.from_bot) if "On which days?" in m.text)
    assert page.labels[:7] == ["✓ Mon", "○ Tue", "✓ Wed", "○ Thu", "✓ Fri", "✓ Sat", "✓ Sun"]
    assert await sam.hears() == []
    await later(home, minutes=1)
    assert "on Monday, Wednesday, Friday, Saturday and Sunday." in one(await sam.hears())
    assert await noa.hears() == []


async def test_openings_keep_to_the_days(home: Home) -> None:
    """Without Tuesdays, the round after Monday's comes on Wednesday."""
    noa, _ = await couple(home)  # on a Monday
    await screen(noa, (Verb.SCREEN, "days"), (Verb.DAY, 1))
    await later(home, days=1, hours=12)
    assert stored(home, "SELECT local_date FROM rounds ORDER BY 1") == [("2026-03-02",)]
    await later(home, days=1)
    assert stored(home, "SELECT local_date FROM rounds ORDER BY 1")[1:] == [("2026-03-04",)]


async def test_one_day_stays(home: Home) -> None:
    """The last weekday can't be taken; the way to none at all is named."""
    noa, _ = await couple(home)
    await screen(noa, (Verb.SCREEN, "days"), *((Verb.DAY, day) for day in range(6)))
    assert "One day at least has to stay" in await noa.press_answer(Verb.DAY, 6)
    assert "/pause" in noa.phone.last.text
    assert stored(home, "SELECT weekdays FROM couples") == [(1 << 6,)]


async def test_a_reminder_comes_unless_it_is_off(home: Home) -> None:
    """With the switch off no reminder comes; the other's is not touched."""
    noa, sam = await couple(home)
    assert "Reminder: off" in await screen(noa, (Verb.SWITCH, "reminders"))
    await later(home, hours=12)
    assert await noa.hears() == []
    assert "Today's prompt is still here" in one(await sam.hears())


async def test_a_reminder_moves_with_ones_city(home: Home) -> None:
    """A partner who turns out to live in Tokyo is reminded before the night there, not in it."""
    noa, _ = await couple(home)  # at 9:00 in UTC: 18:00 in Tokyo, whose quiet hours begin at 13:00 in UTC
    await screen(noa, Verb.CITY)
    noa.writes("Tokyo")
    await noa.sees("Your clock shows 18:00")
    await later(home, hours=3, minutes=58)
    assert await noa.hears() == []
    await later(home, minutes=1)
    assert "still here" in one(await noa.hears())
    await later(home, hours=12)
    assert await noa.hears() == []


async def test_a_reminder_moves_with_ones_quiet_hours(home: Home) -> None:
    """Quiet hours that are changed meanwhile hold the reminder of the open round too."""
    noa, _ = await couple(home)
    await screen(noa, (Verb.SCREEN, "quiet"), Verb.OTHER_QUIET)
    assert "Quiet hours: 20:00 to 08:00" in await noa.answer("20:00 to 8:00")
    await later(home, hours=10, minutes=58)
    assert await noa.hears() == []
    await later(home, minutes=1)
    assert "still here" in one(await noa.hears())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("23:00 to 7:30", "23:00 to 07:30"),
        ("from 11 pm until 7 am", "23:00 to 07:00"),
        ("21-6", "21:00 to 06:00"),
    ],
)
async def test_quiet_hours_may_be_typed(home: Home, typed: str, shown: str) -> None:
    """Two times in the common spellings are understood."""
    noa, _ = await couple(home)
    await screen(noa, (Verb.SCREEN, "quiet"), Verb.OTHER_QUIET)
    answered = await noa.answer(typed)
    assert f"Quiet hours: {shown}" in answered
    assert "(for you both)" in answered


@pytest.mark.parametrize("typed", ["always", "22:00", "20:00 to 9:00", "25:00 to 7:00", "1 to 2 to 3"])
async def test_wrong_quiet_hours_are_asked_again(home: Home, typed: str) -> None:
    """What are no two times, or more than twelve hours, is said so, and the question stays."""
    noa, _ = await couple(home)
    await screen(noa, (Verb.SCREEN, "quiet"), Verb.OTHER_QUIET)
    asked = await noa.answer(typed)
    assert "twelve hours at most" in asked or "Which of these do you mean?" in asked
    assert "Quiet hours: 23:00 to 07:00" in await noa.answer("23:00 to 7:00")


@pytest.mark.parametrize("quiet", [True, False])
async def test_quiet_hours_hold_what_comes_by_itself(home: Home, *, quiet: bool) -> None:
    """A reveal at night waits for the morning of who is not acting, unless they have no quiet hours."""
    noa, sam = await couple(home)
    if not quiet:
        assert "Quiet hours: none" in await screen(noa, (Verb.SCREEN, "quiet"), (Verb.QUIET, 0))
        await noa.answer("/today")
    await noa.seals(NOA_WROTE)
    await later(home, hours=14)  # 23:00
    await sam.seals(SAM_WROTE)
    assert sam.phone.find(NOA_WROTE)
    assert bool(noa.phone.find(SAM_WROTE)) is not quiet
    await later(home, hours=9)  # 8:00
    assert noa.phone.find(SAM_WROTE)
