"""A day that is over stays open to both for two weeks: written, sealed, taken back and revealed late."""

from datetime import timedelta

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, World, base36, respond, seal
from labels import label

from bot.messages import MessageKind
from bot.practice.round import Round
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
K = MessageKind
INSTANT = timedelta(microseconds=1)
LATE = ("earlier", "earlier_card", "earlier_write", "stays_sealed", "kept_to_oneself", "lapsed")


async def opens_late(person: Person, day: Round) -> None:
    """Open an earlier day from /today."""
    await person.writes("/today")
    await person.world.deliver()
    await person.presses(Verb.EARLIER_CARD, day.id)
    await person.world.deliver()


async def writes_late(person: Person, day: Round, text: str) -> None:
    """Write for an earlier day and seal it."""
    await opens_late(person, day)
    await person.presses(Verb.WRITE_FOR, day.id)
    await person.world.deliver()
    await seal(person, text)


async def ends(world: World, day: Round) -> timedelta:
    """Tell how long it is until a day's two weeks are over."""
    found = next(r for r in await world.rounds() if r.id == day.id)
    assert found.closes_at is not None
    return found.closes_at - world.now


async def test_the_second_seal_reveals_a_day_late_with_its_date(world: World, pair: Pair) -> None:
    """In its frame, to both, while the new day goes on; and both can respond to it."""
    ana, bo = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    assert bo.kinds()[-1] == "prompt"
    await bo.writes("for today")
    await world.deliver()
    await writes_late(bo, day, "a kettle")
    for reader, author, words in ((ana, "Bo", "a kettle"), (bo, "Ana", "a window")):
        assert reader.last("reveal_frame").text.startswith(f"Before you read {author}'s words of 2 March")
        assert reader.last("reveal_words").quoted == [words]
    states = [round_.state for round_ in await world.rounds()]
    assert states == ["revealed", "open"]
    assert await world.rows("SELECT kept, lapses FROM couples") == [(1, 0)]
    await ana.presses(Verb.OWN_WORDS, day.id)
    await respond(ana, "you were cold")
    assert bo.last("response_words").text.startswith("Ana answers your words of 2 March")
    await bo.presses(Heard.YES)
    await world.deliver()
    assert "heard_told" in ana.kinds()


async def test_whoever_has_sealed_is_told_alone_at_the_end_of_the_day(world: World, pair: Pair) -> None:
    """In one sentence, before the new prompt, with both ways back."""
    ana, bo = pair
    await seal(ana, "a window")
    ana.look_away()
    await world.next_opening()
    assert ana.kinds() == ["stays_sealed", "prompt"]
    told = ana.last("stays_sealed")
    assert told.text.count(".") == 1
    assert "2 March" in told.text
    assert [label for label, _ in told.buttons] == [label("take_back"), label("keep_to_oneself")]
    assert "stays_sealed" not in bo.kinds()
    await ana.presses(Verb.TAKE_BACK)
    await world.deliver()
    assert ana.last("draft").quoted == ["a window"]
    assert ana.last("draft").text.startswith("That's yours for now, for 2 March")


async def test_words_kept_to_oneself_are_in_ones_journal_and_can_be_sealed_still(
    world: World, pair: Pair
) -> None:
    """The other's late seal reveals nothing then; one's own does."""
    ana, bo = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    await ana.presses(Verb.KEEP_TO_ONESELF)
    await world.deliver()
    assert ana.last("kept_to_oneself").text.startswith("They're yours alone again")
    await writes_late(bo, day, "a kettle")
    assert "reveal_frame" not in ana.kinds() + bo.kinds()
    await ana.writes("/journal")
    await world.deliver()
    await ana.presses(Verb.ENTRY, day.id)
    await world.deliver()
    assert ana.last("journal_entry").quoted == ["a window"]
    assert ana.last("journal_entry").text.endswith("Nobody but you has seen what you wrote here.")
    assert Verb.TALKED not in ana.asks()
    await ana.presses(Verb.EARLIER_CARD, day.id)
    await world.deliver()
    await ana.presses(Verb.SEAL, day.id)
    await world.deliver()
    assert bo.last("reveal_words").quoted == ["a window"]


async def test_after_words_were_kept_to_oneself_the_next_are_asked_about(world: World, pair: Pair) -> None:
    """That day's words were to stay as they are: what is written now is likelier today's, and is put to neither."""
    ana, _ = pair
    await seal(ana, "a window")
    await world.next_opening()
    await ana.presses(Verb.KEEP_TO_ONESELF)
    await world.deliver()
    await ana.writes("a door")
    await world.deliver()
    assert [label for label, _ in ana.last("kept_ask").buttons] == [
        label("place_reflection"),
        "2 March",
        label("place_nowhere"),
    ]
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert ana.last("draft").quoted == ["a door"]


async def test_days_are_listed_for_both_alike(world: World, pair: Pair) -> None:
    """Newest first, by pages, whatever either has written; what was revealed or has lapsed is none of them."""
    ana, bo = pair
    for number in range(9):
        if number == 3:
            await seal(ana, "a window")
            await seal(bo, "a kettle")
        elif number % 2:
            await seal(bo, f"lone {number}")
        await world.next_opening()
    lists = []
    for person in pair:
        await person.writes("/today")
        await world.deliver()
        await person.presses(Verb.EARLIER, 1)
        await world.deliver()
        shown = [person.last("earlier")]
        await person.presses(Verb.EARLIER, 0)
        await world.deliver()
        shown.append(person.last("earlier"))
        lists.append([message.buttons for message in shown])
    assert lists[0] == lists[1]
    second, first = ([label for label, _ in buttons] for buttons in lists[0])
    assert [label.partition(" ·")[0] for label in first] == [f"{n} March" for n in (10, 9, 8, 7, 6, 4, 3)] + [
        label("older")
    ]
    assert [label.partition(" ·")[0] for label in second] == ["2 March", label("newer")]


@pytest.mark.parametrize("swept", [False, True], ids=["noted later", "noted at once"])
@pytest.mark.parametrize("before", [INSTANT, timedelta(0)], ids=["just before", "at the end"])
async def test_a_late_seal_races_the_end_of_the_two_weeks(
    world: World, pair: Pair, *, before: timedelta, swept: bool
) -> None:
    """Up to the last instant it reveals; from then on it is refused, the words are kept, and nobody reads them."""
    ana, bo = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    await opens_late(bo, day)
    await bo.presses(Verb.WRITE_FOR, day.id)
    await bo.writes("a kettle")
    await world.deliver()
    await world.change(ana, resting=True)  # so that no new day comes between
    world.now += await ends(world, day) - before
    if swept:
        await world.beat()
    await bo.presses(Verb.SEAL, day.id)
    await world.beat()
    await world.deliver()
    state = next(r.state for r in await world.rounds() if r.id == day.id)
    if before:
        assert state == "revealed"
        assert bo.last("reveal_words").quoted == ["a window"]
    else:
        assert state == "lapsed"
        assert any(text.startswith("That round has ended") for text in bo.texts())
        assert "reveal_frame" not in ana.kinds() + bo.kinds()
        assert await world.rows("SELECT count(*) FROM pieces") == [(2,)]


async def test_a_day_lapses_silently_for_whoever_wrote_nothing(world: World, pair: Pair) -> None:
    """Its author is told once that nobody has seen it; it stays in their journal."""
    ana, bo = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    await world.later(await ends(world, day))
    await world.later(12 * HOUR)
    assert ana.kinds().count("lapsed") == 1
    assert "nobody" in ana.last("lapsed").text
    assert "lapsed" not in bo.kinds()
    await opens_late_in_vain(bo, day)
    await ana.presses_data(1, f"je:{base36(day.id)}")
    await world.deliver()
    assert ana.last("journal_entry").text.endswith("Nobody but you has seen what you wrote here.")
    assert Verb.DELETE_ASK in ana.asks()


async def opens_late_in_vain(person: Person, day: Round) -> None:
    """Press an old button of a day that is over."""
    await person.presses_data(1, f"lc:{base36(day.id)}")
    await person.world.deliver()
    assert person.texts()[-1].startswith("That round has ended")


async def test_todays_day_can_be_revealed_between(world: World, pair: Pair) -> None:
    """Two days are open to response at once, each by its own buttons, and /today tells of both."""
    ana, bo = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    today = await world.round()
    await writes_late(bo, day, "a kettle")
    for person, text in ((ana, "today's window"), (bo, "today's kettle")):
        await person.presses(
            Verb.NOT_TODAY, today.id
        )  # which names today again, after the other day's reveal
        await world.deliver()
        await seal(person, text)
    ana.look_away()
    await ana.writes("/today")
    await world.deliver()
    assert ana.kinds() == ["today", "today"]
    for round_, text in ((day, "for the first"), (today, "for the second")):
        await ana.presses(Verb.SHOW_AGAIN, round_.id)
        await world.deliver()
        await ana.presses(Verb.OWN_WORDS, round_.id)
        await respond(ana, text)
    assert [m.quoted for m in bo.shown.values() if m.kind == "response_words"] == [
        ["for the first"],
        ["for the second"],
    ]
    await world.next_opening()
    assert [round_.state for round_ in await world.rounds()] == ["complete", "complete", "open"]


async def test_words_of_an_open_day_can_be_destroyed_in_the_journal(world: World, pair: Pair) -> None:
    """The seal over them opens, so that nothing is revealed of it; the day stays open."""
    ana, bo = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    await ana.presses_data(1, f"je:{base36(day.id)}")
    await world.deliver()
    await ana.presses(Verb.DELETE_ASK)
    await world.deliver()
    await ana.presses(Verb.DELETE)
    await world.deliver()
    assert ana.last("journal_deleted")
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]
    assert next(r for r in await world.rounds() if r.id == day.id).state == "open"
    await writes_late(bo, day, "a kettle")
    assert "reveal_frame" not in ana.kinds() + bo.kinds()


async def test_a_refused_addition_offers_the_right_seal(world: World, pair: Pair) -> None:
    """Under words for an earlier day that are sealed stands that day's button, not today's."""
    ana, _ = pair
    day = await world.round()
    await ana.writes("a window")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await world.deliver()
    old = next((m, data) for m, said, data in ana.offered if said == Verb.START_OVER)
    await world.next_opening()
    await seal(ana, "today's window")
    await ana.presses_data(*old)
    await world.deliver()
    assert ana.last("refusal").buttons == [(label("take_back"), f"tb:{base36(day.id)}")]


async def test_after_a_look_at_an_earlier_sealed_day_words_may_be_for_today(world: World, pair: Pair) -> None:
    """Both are offered, the earlier one with its date; alone, the question says whose seal it is."""
    ana, _ = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    today = await world.round()
    await opens_late(ana, day)
    await ana.writes("today's window")
    await world.deliver()
    asked = ana.last("kept_ask")
    assert [label for label, _ in asked.buttons] == [
        label("place_reflection"),
        "Take it back and add this (2 March)",
        label("place_nowhere"),
    ]
    await ana.presses(Verb.PLACE, "reflection")
    await world.deliver()
    await ana.presses(Verb.SEAL, today.id)
    await world.deliver()
    assert ana.last("sealed").quoted == ["today's window"]
    await opens_late(ana, day)
    await ana.writes("one thing more")
    await world.deliver()
    assert ana.last("kept_ask").text.startswith("What's this for?")
    await ana.presses(Verb.PLACE, "addition", day.id)
    await world.deliver()
    assert ana.last("draft").quoted == ["a window", "one thing more"]


async def test_a_question_about_an_earlier_seal_alone_says_which_day(world: World, pair: Pair) -> None:
    """Where nothing likelier is open."""
    ana, _ = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    await world.change(ana, resting=True)
    async with world.unit() as work:
        (late,) = [round_ for round_ in await work.rounds.live(world.couple) if round_.id == day.id]
        assert late.late
    sealed = ana.last("stays_sealed").id
    await ana.replies(sealed, "one thing more")
    await world.deliver()
    assert ana.last("kept_ask").text.startswith("Your words for 2 March are sealed.")


async def test_parting_closes_all_that_is_open(world: World, pair: Pair) -> None:
    """Earlier days too; their words stay each one's own."""
    ana, bo = pair
    day = await world.round()
    await seal(ana, "a window")
    await world.next_opening()
    await bo.writes("/leave")
    await world.deliver()
    await bo.presses(Verb.LEAVE)
    await world.deliver()
    assert {round_.state for round_ in await world.rounds()} == {"closed"}
    await world.later(20 * DAY)
    assert "lapsed" not in ana.kinds()
    await ana.presses_data(1, f"je:{base36(day.id)}")
    await world.deliver()
    assert ana.last("journal_entry").quoted == ["a window"]


async def test_the_heartbeat_looks_again_when_the_next_two_weeks_are_over(world: World, pair: Pair) -> None:
    """It is told the very instant."""
    await world.next_opening()
    day = (await world.rounds())[0]
    async with world.unit() as work:
        assert await work.rounds.next_closing() == day.closes_at
    assert pair
