"""The two questions after the first prompt: an hour and a city, in whatever words they are answered."""

from zoneinfo import ZoneInfo

import pytest
from labels import label, labels
from memory import opening, stored
from people import Person, couple, later, lives_in, one, opens_the_hour, settled

from bot.home.house import Home
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb


async def test_whoever_seals_first_is_asked_for_the_hour_once(home: Home) -> None:
    """Not on top of the first prompt, nor of a reveal; taking back and sealing again does not ask again."""
    noa, sam = await couple(home)
    assert not noa.phone.find("When should")
    await noa.seals("One.")
    asked = noa.phone.last
    assert asked.text == "When should the next come? Tap or write."
    assert asked.labels == labels("morning", "evening")
    await noa.presses(Verb.TAKE_BACK)
    await settled(home)
    await noa.presses(Verb.SEAL)
    await sam.seals("Two.")
    assert sum("When should" in text for text in noa.texts()) == 1
    assert not sam.phone.find("When should")


async def test_the_answer_takes_its_place_and_asks_for_the_city(home: Home) -> None:
    """In one message; the other is not told before they have sealed, for it would tell of the seal."""
    noa, sam = await couple(home)
    await noa.seals("One.")
    asked = noa.phone.last
    await noa.presses(Verb.HOUR, 20 * 60)
    await settled(home)
    answered = noa.phone.last
    assert answered.message_id == asked.message_id
    assert answered.text.startswith("Good: 20:00, every day.")
    assert "Where are you?" in answered.text
    assert "Zone" not in await noa.answer("Dublin, Ireland")
    assert await sam.hears() == []
    await sam.seals("Two.")
    assert not sam.was_told("new rhythm")
    for one_, two in ((noa, sam), (sam, noa)):
        one_.writes("I hear you.")
        await one_.presses(Verb.SEND)
        await two.presses(Verb.HEARD, Heard.YES)
        await settled(home)
    assert sam.was_told("new rhythm")


@pytest.mark.parametrize(
    ("words", "minute"), [("9pm", 21 * 60), ("half past six in the evening", 18 * 60 + 30), ("noon", 12 * 60)]
)
async def test_the_first_hour_may_be_written(home: Home, words: str, minute: int) -> None:
    """Where the question stands with its two buttons."""
    noa, _ = await couple(home)
    await noa.seals("One.")
    assert "Where are you?" in await noa.answer(words)
    assert stored(home, "SELECT minute FROM couples") == [(minute,)]


@pytest.mark.parametrize(
    "words",
    [
        "the last two days were better",
        "oh, and one more thing",
        "at 8 he rang",
        "oh, and this",
        "the morning was hard",
        "When I woke up I missed you",
    ],
)
async def test_the_first_question_for_an_hour_takes_no_other_words(home: Home, words: str) -> None:
    """It stands by itself: what can't only be an hour is asked about as after any seal."""
    noa, _ = await couple(home)
    await noa.seals("One.")
    assert "This isn't with them yet" in await noa.answer(words)
    assert stored(home, "SELECT set_by FROM couples") == [(None,)]


@pytest.mark.parametrize(
    ("first", "words"), [("later", "half past 9 at night"), ("we walked home in the rain", "at 21:30")]
)
async def test_what_comes_in_between_doesnt_end_the_question_for_an_hour(
    home: Home, first: str, words: str
) -> None:
    """Nor do words that can only be an hour join those that wait."""
    noa, _ = await couple(home)
    await noa.seals("One.")
    await noa.answer(first)
    await noa.answer(words)
    assert stored(home, "SELECT minute FROM couples") == [(21 * 60 + 30,)]


@pytest.mark.parametrize(("words", "minute"), [("evening", 21 * 60), ("in the morning", 9 * 60)])
async def test_which_half_of_the_day_the_first_hour_is_of_may_be_written(
    home: Home, words: str, minute: int
) -> None:
    """In the very words of the question, also once the other has sealed: no answer to them is held back by it."""
    noa, sam = await couple(home)
    await noa.seals("One.")
    assert "Morning or evening?" in await noa.answer("9")
    await sam.seals("Two.")
    await noa.answer(words)
    assert stored(home, "SELECT minute FROM couples") == [(minute,)]
    assert stored(home, "SELECT count(*) FROM kept") == [(0,)]
    await later(home, minutes=16)
    await noa.answer("noon")
    assert stored(home, "SELECT minute FROM couples") == [(minute,)]


async def test_an_hour_of_the_settings_is_told_at_once(home: Home) -> None:
    """Both see it, each in their own time, and the other may tell their city."""
    noa, sam = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 20 * 60)
    city = one(await noa.hears())
    assert "Where are you?" in city
    assert "Sam isn't told" in city
    told = one(await sam.hears())
    assert "new rhythm" in told
    assert "20:00" in told
    assert sam.phone.last.labels == labels("tell_city")


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
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
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
    assert "Your clock shows 14:45" in await lives_in(noa, "14:45")
    assert stored(home, "SELECT zone FROM partners WHERE zone IS NOT NULL") == [("Asia/Kathmandu",)]
    assert "Which of these" in await lives_in(sam, "10 am")
    assert len(sam.phone.last.labels) == 2, "one for each way in which those clocks go on"
    assert all(label.endswith(" · 10:00") for label in sam.phone.last.labels)
    assert "Your clock shows 10:00" in await sam.press_answer(sam.phone.last.labels[0])


@pytest.mark.parametrize("words", ["Xyzzyville", "27:99", "12:61", "nowhere at all", "!!", "🙂"])
async def test_an_unknown_place_is_asked_again(home: Home, words: str) -> None:
    """A place that isn't known keeps the question open, and the next answer is taken."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    assert "I don't know that place" in await noa.answer(words)
    assert "Your clock shows 09:00" in await noa.answer("Dublin, Ireland")


@pytest.mark.parametrize(
    "words",
    [
        "Yesterday evening on the stairs, when you waited for me.",
        "Paris, in the spring, when it rained and we stayed in bed.",
        "It was quiet. You sat with me. I was happy.",
    ],
)
async def test_a_reflection_is_never_taken_for_a_city(home: Home, words: str) -> None:
    """A story written while the city is asked for waits for its place, even if it begins with a city."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    assert "What's this for?" in await noa.answer(words)
    assert "That's with your words for this round" in (await _placed(noa))[0]
    assert stored(home, "SELECT zone FROM partners WHERE zone IS NOT NULL") == []


@pytest.mark.parametrize(
    ("words", "minute"),
    [
        ("7:30 am", 450),
        ("19.05", 1145),
        ("8 pm", 1200),
        ("at 21:15 please", 1275),
        ("07:00", 420),
        ("12:00am", 0),
        ("half past eight in the evening", 1230),
    ],
)
async def test_an_hour_may_be_typed(home: Home, words: str, minute: int) -> None:
    """A time in the common spellings is understood."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.OTHER_HOUR)
    await noa.sees("What time suits you both?")
    noa.writes(words)
    await noa.sees("every day")
    assert stored(home, "SELECT minute FROM couples") == [(minute,)]


@pytest.mark.parametrize("words", ["25:00", "8:75", "soon", "half of it"])
async def test_a_wrong_hour_is_asked_again(home: Home, words: str) -> None:
    """What is no time is said so; the question stays, and the words are not taken for the round."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.OTHER_HOUR)
    await noa.sees("What time suits you both?")
    assert "I don't know that time" in await noa.answer(words)
    noa.writes("21:15")
    await noa.sees("Good: 21:15")
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]


async def test_words_for_the_round_pass_the_question_by(home: Home) -> None:
    """A story written while an hour is asked for waits, and is a reflection if its writer says so."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.OTHER_HOUR)
    await noa.sees("What time suits you both?")
    assert "What's this for?" in await noa.answer("At 8 my phone rang and I thought of you at once.")
    assert "That's yours for now" in (await _placed(noa))[1]


async def _placed(person: Person) -> list[str]:
    """Say that what waits is for this round; give the question as it is then, and the draft."""
    asked = person.phone.last
    await person.presses(label("place_reflection"), on=asked)
    await settled(person.home)
    return [person.phone.chat.messages[asked.message_id].text, person.phone.last.text]


async def test_no_city_that_was_offered_is_kept(home: Home) -> None:
    """Once the choice is shown, it stands in the chat alone; of the answer a zone is kept."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    noa.writes("Valencia")
    await noa.sees("Which of these")
    assert any("Valencia, Spain" in label for label in noa.phone.last.labels)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM outbox WHERE ids LIKE '%Valencia%'") == [(0,)]
    await noa.presses(Verb.ZONE, "Europe/Madrid")
    await settled(home)
    assert stored(home, "SELECT count(*) FROM partners WHERE zone = 'Europe/Madrid'") == [(1,)]


@pytest.mark.parametrize(
    ("words", "asked", "labels"),
    [
        ("half past 7", "Morning or evening?", ["07:30", "19:30"]),
        ("8:00 or 9:00 pm", "Which one?", ["20:00", "21:00"]),
        ("after ten in the evening", "Did you mean this?", ["22:00"]),
        ("when I wake up", "What time would that be?", ["07:00", "08:00", "09:00"]),
    ],
)
async def test_an_hour_that_is_not_plain_is_asked_back(
    home: Home, words: str, asked: str, labels: list[str]
) -> None:
    """Nothing is set until one is picked, or written anew."""
    noa, _ = await couple(home)
    before = stored(home, "SELECT minute FROM couples")
    await opens_the_hour(noa)
    await noa.presses(Verb.OTHER_HOUR)
    await noa.sees("What time suits you both?")
    assert asked in await noa.answer(words)
    assert noa.phone.last.labels == labels
    assert stored(home, "SELECT minute FROM couples") == before
    await noa.presses(noa.phone.last.labels[-1])
    await noa.sees(f"Good: {labels[-1]}")


async def test_quiet_hours_are_read_or_asked_back(home: Home) -> None:
    """Halves of the day are read; a lone beginning is asked once, with the end as it is."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    for words, quiet in (
        ("from 10pm to 7", "22:00 to 07:00"),
        ("11 at night until 6:30 am", "23:00 to 06:30"),
    ):
        noa.writes("/settings")
        await noa.presses(Verb.SCREEN, "quiet")
        await noa.presses(Verb.OTHER_QUIET)
        await noa.sees("From when to when?")
        noa.writes(words)
        await noa.sees(f"Quiet hours: {quiet}")
    await noa.presses(Verb.SCREEN, "quiet")
    await noa.presses(Verb.OTHER_QUIET)
    await noa.sees("From when to when?")
    assert "Which of these do you mean?" in await noa.answer("after ten")
    assert noa.phone.last.labels == ["22:00\u201306:30"]
    await noa.presses(noa.phone.last.labels[0])
    await settled(home)
    assert (
        stored(home, "SELECT quiet_start, quiet_end FROM partners WHERE zone IS NULL AND quiet_start = 1320")
        != []
    )


async def test_a_city_is_confirmed_by_name_and_can_be_wrong(home: Home) -> None:
    """The words of whoever wrote it, and a way back to the question; settings show the city, sealed on disk."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    assert "Good: München, Germany." in await noa.answer("I'm in münchen")
    assert label("not_it") in noa.phone.last.labels
    await noa.presses(Verb.CITY)
    await noa.sees("Where are you?")
    assert "Good: Las Palmas de Gran Canaria, Spain." in await noa.answer("las palmas de gran canaria")
    noa.writes("/settings")
    await noa.sees("Your city: Las Palmas de Gran Canaria, Spain")
    assert not noa.phone.find("Atlantic/Canary")
    assert stored(home, "SELECT count(*) FROM partners WHERE instr(city, 'Palmas') > 0") == [(0,)]


async def test_one_city_that_may_be_meant_is_confirmed_first(home: Home) -> None:
    """An everyday word is a city's name too: it is asked, not set."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    assert "Did you mean this one?" in await noa.answer("Nice!")
    assert [label.split(" \u00b7 ")[0] for label in noa.phone.last.labels] == ["Nice, France"]
    assert stored(home, "SELECT zone FROM partners WHERE zone IS NOT NULL") == []


async def test_a_shared_pin_is_its_nearest_city_and_is_forgotten(home: Home) -> None:
    """While the question is open; the point itself is kept nowhere. At any other time it can't be read."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    noa.phone.send_location(45.7612, 4.8399)
    said = await noa.finds("Your clock shows")
    assert "Good: Lyon, France." in said.text
    assert "not the pin" in said.text
    assert stored(home, "SELECT zone FROM partners WHERE zone IS NOT NULL") == [("Europe/Paris",)]
    await settled(home)
    noa.phone.send_location(45.7612, 4.8399)
    await settled(home)
    assert "Lyon" not in noa.phone.last.text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("USA", "There's more than one time there"),
        ("Scandinavia", "more than one time"),
        ("BST", "change with the seasons"),
    ],
)
async def test_what_names_no_one_clock_is_asked_again_and_why(home: Home, words: str, why: str) -> None:
    """A country with many times, a part of the world, a clock's letters."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(Verb.HOUR, 8 * 60)
    await noa.sees("Where are you?")
    assert why in await noa.answer(words)
    assert "Good: Lyon, France." in await noa.answer("Lyon")
