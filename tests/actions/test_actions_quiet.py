"""Quiet hours: what they hold, what comes sooner, and what is never held or never withdrawn."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, MINUTE, NOW, World, respond, reveal, seal

from bot.practice.calendar import Quiet, Rhythm
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
NIGHT = Quiet(22 * 60, 8 * 60)
REVEAL = ["reveal_frame", "reveal_words"]
OPENED = ["sealed", *REVEAL]  # what said that it was sealed says so no more
LATE = 14 * HOUR  # from nine in the morning to eleven in the evening


@pytest.fixture
async def sleepers(world: World) -> Pair:
    """Make Ana and Bo, whose quiet hours are the usual ones."""
    made = await world.meet("Ana", "Bo", quiet=NIGHT)
    await world.deliver()
    return made


async def news(person: Person) -> list[str]:
    """Tell the kinds of what has come since the last look."""
    await person.world.deliver()
    found = person.kinds()
    person.look_away()
    return found


async def test_a_reveal_is_held_for_whoever_sleeps_until_their_morning(world: World, sleepers: Pair) -> None:
    """Whoever seals at night sees it at once; it is not withdrawn by the next opening either."""
    ana, bo = sleepers
    await seal(ana, "ana's words")
    await world.later(LATE)
    await news(ana)
    await seal(bo, "bo's words")
    assert (await news(bo))[-2:] == REVEAL
    assert await news(ana) == []
    await world.later(9 * HOUR - MINUTE)
    assert await news(ana) == []
    await world.later(MINUTE)
    assert world.now == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert await news(ana) == OPENED


async def test_a_reveal_survives_the_end_of_its_round(world: World, sleepers: Pair) -> None:
    """Their prompt comes at the couple's hour; yesterday's reveal in the morning, and says so."""
    ana, bo = sleepers
    async with world.unit() as work:
        couple = await work.couples.get(world.couple)
        rhythm = Rhythm(7 * 60, couple.rhythm.zone)
        await work.couples.save(replace(couple, rhythm=rhythm, next_opening=NOW + 22 * HOUR))
    await seal(ana, "ana's words")
    await world.later(LATE)
    await seal(bo, "bo's words")
    await news(ana)
    await world.later(8 * HOUR)
    assert await news(ana) == ["prompt"]
    await world.later(HOUR)
    assert ana.last("reveal_frame").text.startswith("Before you read Bo's words of 2 March")
    assert await news(ana) == OPENED


async def test_words_before_an_addition_is_seen_are_no_second_answer(world: World, sleepers: Pair) -> None:
    """It waits for the morning, or for whoever is awake after all: words written before it is seen are asked about."""
    ana, bo = sleepers
    await reveal(world)
    await respond(bo, "you were alone")
    await world.later(LATE)
    await ana.presses(Heard.PARTLY)
    await world.deliver()
    await respond(ana, "it was the silence")
    assert "clarification_words" not in await news(bo)
    await bo.writes("I can't sleep")
    await world.deliver()
    assert bo.kinds() == ["clarification_words", "kept_ask"]
    await bo.presses(Verb.NOWHERE)
    await world.deliver()
    await bo.writes("the silence was the worst of it")
    await world.deliver()
    assert bo.last("response_draft").quoted == ["the silence was the worst of it"]


async def test_a_response_is_held_and_never_withdrawn(world: World, sleepers: Pair) -> None:
    """The author sleeps; it comes in the morning, in its order with what followed it."""
    ana, bo = sleepers
    await reveal(world)
    await respond(ana, "you laughed")
    await news(ana)
    await world.later(LATE)
    await respond(bo, "you were alone")
    await bo.presses(Heard.YES)
    assert await news(ana) == []
    await world.later(9 * HOUR)
    assert await news(ana) == ["response_words", "heard_told"]


async def test_a_reply_to_an_own_act_is_never_held(world: World, sleepers: Pair) -> None:
    """At any hour."""
    ana, _ = sleepers
    await world.later(LATE)
    await news(ana)
    await ana.writes("one")
    assert await news(ana) == ["draft"]
    await ana.writes("/today")
    assert await news(ana) == ["draft"]


@pytest.mark.parametrize(("minutes", "held"), [(15, False), (16, True)])
async def test_whoever_acted_within_a_quarter_of_an_hour_is_awake(
    world: World, sleepers: Pair, minutes: int, *, held: bool
) -> None:
    """What the other does then reaches them at once."""
    ana, bo = sleepers
    await bo.writes("bo's words")
    await world.later(LATE)
    await seal(ana, "ana's words")
    await news(ana)
    await world.later(minutes * MINUTE)
    await bo.presses(Verb.SEAL)
    assert (await news(ana) == []) is held


async def test_whoever_wakes_gets_what_was_held_before_anything_else(world: World, sleepers: Pair) -> None:
    """First the reveal, then the answer to what they did; what follows cannot overtake it."""
    ana, bo = sleepers
    await seal(ana, "ana's words")
    await world.later(LATE)
    await seal(bo, "bo's words")
    await respond(bo, "you were alone")
    await news(ana)
    await ana.writes("/help")
    assert await news(ana) == [*OPENED, "response_words", "help"]
    await world.later(10 * HOUR)
    assert await news(ana) == ["prompt"]


async def test_today_at_night_shows_the_held_words_once(world: World, sleepers: Pair) -> None:
    """The reveal says where they stand; nothing comes twice."""
    ana, bo = sleepers
    await seal(ana, "ana's words")
    await world.later(LATE)
    await seal(bo, "bo's words")
    await news(ana)
    await ana.writes("/today")
    assert await news(ana) == OPENED
    await respond(bo, "you were alone")
    await world.later(10 * HOUR)
    assert await news(ana) == ["response_words", "prompt"]


async def test_a_reminder_comes_once_twelve_hours_after_to_whoever_has_not_sealed(
    world: World, pair: Pair
) -> None:
    """About their own state only; a second day without it has the next round's."""
    ana, bo = pair
    await seal(ana, "ana's words")
    await news(ana)
    await news(bo)
    await world.later(12 * HOUR - MINUTE)
    assert await news(bo) == []
    await world.later(MINUTE)
    assert await news(bo) == ["reminder"]
    await world.later(11 * HOUR)
    assert await news(bo) == []
    assert await news(ana) == []


async def test_whoever_took_their_words_back_is_reminded(world: World, pair: Pair) -> None:
    """They have not sealed, however it came."""
    ana, _ = pair
    await seal(ana, "ana's words")
    await ana.presses(Verb.TAKE_BACK)
    await news(ana)
    await world.later(12 * HOUR)
    assert await news(ana) == ["reminder"]


async def test_reminders_can_be_switched_off(world: World, pair: Pair) -> None:
    """For oneself alone."""
    ana, bo = pair
    await world.change(ana, reminders=False)
    await news(ana)
    await news(bo)
    await world.later(12 * HOUR)
    assert await news(ana) == []
    assert await news(bo) == ["reminder"]


async def test_not_today_ends_the_reminder(world: World, pair: Pair) -> None:
    """Also where they write later after all."""
    ana, _ = pair
    await ana.presses(Verb.NOT_TODAY)
    await ana.writes("one")
    await news(ana)
    await world.later(12 * HOUR)
    assert await news(ana) == []


async def test_an_opening_and_a_reminder_still_held_go_when_their_round_ends(world: World) -> None:
    """A reader far from the couple's zone gets the newest prompt in their morning, and no old one."""
    ana, _ = await world.meet("Ana", "Bo", zone="Asia/Tokyo", quiet=Quiet(17 * 60, 5 * 60))
    await world.later(HOUR)
    assert await news(ana) == [], "nine in Dublin is six in the evening in Tokyo"
    for _ in range(2):
        await world.next_opening()
    assert await news(ana) == []
    assert await world.rows(
        "SELECT count(*) FROM outbox AS o JOIN rounds AS r ON r.id = o.round_id"
        " WHERE o.kind IN ('prompt', 'reminder') AND o.state = 'queued' AND r.state <> 'open'"
    ) == [(0,)]
    await world.later(11 * HOUR)
    assert await news(ana) == ["prompt"]


async def test_the_couples_hour_wins_in_the_zone_that_it_was_set_in(world: World) -> None:
    """And in no other: there quiet hours hold the opening."""
    ana, bo = await world.meet("Ana", "Bo", quiet=Quiet(5 * 60, 12 * 60))
    await world.deliver()
    await world.change(bo, zone="Europe/Paris")
    await news(ana)
    await news(bo)
    await world.next_opening()
    assert (await news(ana))[-1] == "prompt"
    assert "prompt" not in await news(bo)
    await world.later(3 * HOUR)
    assert "prompt" in await news(bo)


async def test_two_answers_of_one_person_are_not_two_people(world: World, pair: Pair) -> None:
    """Whoever writes, seals, takes back and seals again has sealed once; nothing opens."""
    ana, bo = pair
    await seal(ana, "one")
    await ana.presses(Verb.TAKE_BACK)
    await seal(ana, "two")
    assert [turn.sealed for turn in (await world.round()).turns] == [True, False]
    assert "reveal_frame" not in ana.kinds() + bo.kinds()
    await world.later(DAY)
    assert "reveal_frame" not in ana.kinds() + bo.kinds()


async def press(person: Person, verb: Verb, *about: int | str) -> None:
    """Press, and let what follows arrive."""
    await person.presses(verb, *about)
    await person.world.deliver()


async def test_who_is_asked_again_is_told_when_that_really_is(world: World, sleepers: Pair) -> None:
    """In an hour is in the night: then the morning is named, and in the morning it comes."""
    ana, _ = sleepers
    await world.later(LATE)
    await ana.writes("/dialogue")
    await world.deliver()
    await press(ana, Verb.TALK_CALM, "1")
    await press(ana, Verb.TALK_UNTIL)
    assert "I'll come back to you Tuesday at 08:00." in ana.last("talk_later_noted").text
    await news(ana)
    await world.later(9 * HOUR - MINUTE)
    assert await news(ana) == []
    await world.later(MINUTE)
    assert await news(ana) == ["talk_again"]


async def test_a_rest_is_told_with_when_it_ends_for_its_reader(world: World, sleepers: Pair) -> None:
    """Their own quiet hours hold it, and the other's are named to nobody."""
    ana, bo = sleepers
    await world.later(LATE)
    await bo.writes("/today")  # awake as well: what they are asked comes at once
    await ana.writes("/dialogue")
    await world.deliver()
    await press(ana, Verb.TALK_CALM, "4")
    await press(ana, Verb.TALK_WHERE, 0)
    await press(bo, Verb.TALK_YES)
    await press(bo, Verb.TALK_CALM, "4")
    await press(ana, Verb.TALK_PAUSE)
    await press(ana, Verb.TALK_UNTIL)
    assert ana.last("talk_paused").text == "Your dialogue rests. I'll bring it back Tuesday at 08:00."
    await news(ana)
    await world.later(HOUR + MINUTE)
    assert await news(ana) == []
    await world.later(8 * HOUR)
    assert "talk_step" in await news(ana)
