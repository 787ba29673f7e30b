"""The rhythm: who is asked for what, in which words it can be said, and when it takes effect."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from people import Person, couple, joins, later, one, person, settled, stored
from people import invites as invited

from bot.home.house import Home


async def lives_in(partner: Person, city: str) -> str:
    """Tell a city by the settings; give what answers."""
    partner.writes("/settings")
    await partner.presses("City", await partner.sees("Your settings"))
    await partner.sees("Where are you?")
    return await partner.answer(city)


def opening(home: Home) -> datetime:
    """Read the couple's next opening."""
    ((micros,),) = stored(home, "SELECT next_opening FROM couples")
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


async def test_one_of_them_is_asked_for_the_hour(home: Home) -> None:
    """The inviter gets one question with four answers; the joiner gets none."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    await joins(sam, await invited(noa))
    await noa.presses("Yes, that's them")
    await settled(home)
    asked = noa.phone.last
    assert "When should the next one come?" in asked.text
    assert asked.labels == ["Morning 8:00", "Noon 12:30", "Evening 20:00", "Another time"]
    assert "write" in sam.phone.last.text
    assert not sam.phone.find("When should")


async def test_the_answer_brings_the_question_for_the_city(home: Home) -> None:
    """After the hour the same partner is asked where they are, and told that it stays between them."""
    noa, sam = await couple(home)
    await noa.presses("Evening 20:00")
    hour, city = await noa.hears()
    assert noa.phone.find("Good. Prompts come at").labels == ["Other days"]
    assert hour == "Good. Prompts come at 20:00, every day. The next one comes tomorrow at 20:00."
    assert "Where are you?" in city
    assert "stays between us" in city
    told = one(await sam.hears())
    assert "new rhythm" in told
    assert "20:00" in told
    assert sam.phone.last.labels == ["Tell you my city"]


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Lima", "America/Lima"),
        ("lima", "America/Lima"),
        ("Lima, Peru", "America/Lima"),
        ("Köln", "Europe/Berlin"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
    ],
)
async def test_a_city_in_words_is_enough(home: Home, words: str, zone: str) -> None:
    """A city by any of its names, with or without its country, moves the hour to its clocks."""
    noa, _ = await couple(home)
    await noa.presses("Morning 8:00")
    await noa.sees("Where are you?")
    noa.writes(words)
    await settled(home)
    if "Which of these" in noa.phone.last.text:
        await noa.presses(noa.phone.last.labels[0])
        await settled(home)
    assert stored(home, "SELECT zone, set_by IS NOT NULL FROM couples") == [(zone, 1)]
    local = opening(home).astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute) == (8, 0)


async def test_the_clock_is_enough(home: Home) -> None:
    """The time on one's clock is understood; where many zones show it, a press chooses a city."""
    noa, sam = await couple(home)  # it is 9:00 in UTC
    assert "Your clock shows 14:45 now" in await lives_in(noa, "14:45")
    assert stored(home, "SELECT zone FROM partners WHERE zone IS NOT NULL") == [("Asia/Kathmandu",)]
    assert "Which of these" in await lives_in(sam, "10 am")
    assert len(sam.phone.last.labels) == 4
    assert all(label.endswith(" · 10:00") for label in sam.phone.last.labels)
    assert "Your clock shows 10:00 now" in await sam.press_answer(sam.phone.last.labels[0])


@pytest.mark.parametrize("words", ["Xyzzyville", "27:99", "12:61", "nowhere at all", "!!", "🙂"])
async def test_an_unknown_place_is_asked_again(home: Home, words: str) -> None:
    """A place that isn't known keeps the question open, and the next answer is taken."""
    noa, _ = await couple(home)
    await noa.presses("Morning 8:00")
    await noa.sees("Where are you?")
    assert "I don't know that place" in await noa.answer(words)
    assert "Your clock shows 09:00" in await noa.answer("Dublin, Ireland")


@pytest.mark.parametrize(
    "words",
    [
        "Yesterday evening on the stairs, when you waited for me.",
        "Paris, in the spring, when it rained and we stayed in bed.",
        "It was quiet, and I was happy.",
    ],
)
async def test_a_reflection_is_never_taken_for_a_city(home: Home, words: str) -> None:
    """A sentence written while the city is asked for is the round's, even if it begins with a city."""
    noa, _ = await couple(home)
    await noa.presses("Morning 8:00")
    await noa.sees("Where are you?")
    assert "That's yours for now" in await noa.answer(words)
    assert stored(home, "SELECT zone FROM partners WHERE zone IS NOT NULL") == []


@pytest.mark.parametrize(
    ("words", "minute"),
    [("7:30", 450), ("19.05", 1145), ("8 pm", 1200), ("at 21:15 please", 1275), ("7", 420), ("12:00am", 0)],
)
async def test_an_hour_may_be_typed(home: Home, words: str, minute: int) -> None:
    """A time in the common spellings is understood."""
    noa, _ = await couple(home)
    await noa.presses("Another time")
    await noa.sees("What time suits you both?")
    noa.writes(words)
    await noa.sees("Good. Prompts come at")
    assert stored(home, "SELECT minute FROM couples") == [(minute,)]


@pytest.mark.parametrize("words", ["25:00", "half past eight", "8:75", "soon", "8:00 or 9:00"])
async def test_a_wrong_hour_is_asked_again(home: Home, words: str) -> None:
    """What is no time is said so; the question stays, and the words are not taken for the round."""
    noa, _ = await couple(home)
    await noa.presses("Another time")
    await noa.sees("What time suits you both?")
    assert "I don't know that time" in await noa.answer(words)
    noa.writes("21:15")
    await noa.sees("Prompts come at 21:15")
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]


async def test_words_for_the_round_pass_the_question_by(home: Home) -> None:
    """A sentence written while an hour is asked for is a reflection."""
    noa, _ = await couple(home)
    await noa.presses("Another time")
    await noa.sees("What time suits you both?")
    assert "That's yours for now" in await noa.answer("At 8 my phone rang and I thought of you at once.")


async def test_both_see_the_hour_each_by_their_own_clock(home: Home) -> None:
    """The one sets 8:00 in Lima; the other, in Berlin, is told 14:00 at once."""
    noa, sam = await couple(home)
    assert "Your clock shows 10:00" in await lives_in(sam, "Berlin, Germany")
    await lives_in(noa, "Lima, Peru")
    await noa.presses("Morning 8:00")
    assert "Prompts come at 08:00" in one(await noa.hears())
    assert "Prompts come at 14:00 your time" in one(await sam.hears())


async def test_who_tells_their_city_later_sees_the_hour_there(home: Home) -> None:
    """The joiner, asked only for a city, sees the hour that the inviter set by the joiner's clock."""
    noa, sam = await couple(home)
    await noa.presses("Morning 8:00")
    await noa.hears()
    await noa.answer("Dublin, Ireland")
    await sam.hears()
    await sam.presses("Tell you my city")
    await sam.sees("Where are you?")
    answered = await sam.answer("Tokyo")
    assert answered.startswith(
        "Good. Your clock shows 18:00 now. Prompts come at 17:00 your time, every day."
    )
    assert await noa.hears() == []


async def test_the_hour_moves_with_whoever_set_it(home: Home) -> None:
    """When the one who set the hour moves, it moves along, and the other sees it; theirs moves nothing."""
    noa, sam = await couple(home)
    await lives_in(noa, "Dublin, Ireland")
    await lives_in(sam, "Berlin, Germany")
    await noa.presses("Morning 8:00")
    await noa.hears()
    await sam.hears()
    before = opening(home)
    await lives_in(sam, "Tokyo")
    assert opening(home) == before
    assert await noa.hears() == []
    assert "Prompts come at 08:00 your time" in await lives_in(noa, "Lima, Peru")
    assert opening(home) == before + timedelta(hours=5)
    assert "Prompts come at 22:00 your time" in one(await sam.hears())


async def test_the_days_are_one_press_further(home: Home) -> None:
    """Under the hour stands a button for other days, which leads to them in place."""
    noa, _ = await couple(home)
    await noa.presses("Noon 12:30")
    await noa.presses("Other days", await noa.sees("Prompts come at 12:30"))
    await noa.presses("✓ Sun")
    await settled(home)
    assert stored(home, "SELECT weekdays FROM couples") == [(0b0111111,)]


async def test_a_changed_hour_takes_effect_after_the_open_round(home: Home) -> None:
    """The open round stays; the next one comes at the new hour, on a later date and 12 hours on."""
    noa, sam = await couple(home)  # it is 9:00 in Dublin
    await noa.presses("Evening 20:00")
    await settled(home)
    assert opening(home) == datetime(2026, 3, 3, 20, tzinfo=UTC)
    await noa.presses("Morning 8:00")
    await settled(home)
    assert opening(home) == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert "That's yours for now" in await noa.answer("I still have something to say about today's one.")
    await sam.hears()
    await later(home, hours=23)
    assert any(text.startswith("Today") for text in await sam.hears())


async def test_a_question_of_yesterday_does_not_catch_todays_words(home: Home) -> None:
    """A city that was never told is not asked for again by swallowing the next reflection."""
    noa, _ = await couple(home)
    await noa.presses("Morning 8:00")
    await noa.sees("Where are you?")
    await later(home, hours=23)
    await noa.hears()
    assert "That's yours for now" in await noa.answer("I felt calm.")


async def test_a_rhythm_in_two_zones_for_two_weeks(home: Home) -> None:
    """Fourteen mornings in a row, 8:00 in Dublin and 17:00 in Tokyo: one round a date, to both at once."""
    noa, sam = await couple(home)
    await lives_in(noa, "Dublin, Ireland")
    await lives_in(sam, "Tokyo")
    await noa.presses("Morning 8:00")
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
