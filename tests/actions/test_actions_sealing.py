"""Sealing: consent to exactly the quoted words, once, until it is taken back or the other seals too."""

import pytest
from couple_person import Person
from couple_world import HOUR, World, each, reveal, seal

from bot.practice.calendar import Quiet
from bot.practice.round import RoundState
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
NIGHT = Quiet(22 * 60, 8 * 60)
REVEAL = ["reveal_frame", "reveal_words"]


async def state(world: World) -> RoundState:
    """Tell the state of the newest round."""
    return (await world.round()).state


async def test_the_second_seal_shows_each_the_others_words(world: World, pair: Pair) -> None:
    """At once, to both, in their frame, and never one's own."""
    ana, bo = pair
    await seal(ana, "ana's words")
    assert "reveal_frame" not in ana.kinds() + bo.kinds()
    await seal(bo, "bo's words")
    for me, other in each(ana, bo):
        assert me.kinds()[-2:] == REVEAL
        assert me.last("reveal_words").quoted == [f"{other.name.lower()}'s words"]
        assert me.last("reveal_words").text.startswith(f"{other.name} wrote:")
        assert me.last("sealed").text.startswith("Open now.")
        assert Verb.TAKE_BACK not in me.asks()
    assert (await world.rows("SELECT kept, lapses FROM couples")) == [(1, 0)]


async def test_both_seals_in_one_moment_are_one_reveal(world: World, pair: Pair) -> None:
    """Nothing was sent between the two; neither keeps a button to take theirs back."""
    ana, bo = pair
    await ana.writes("ana's words")
    await bo.writes("bo's words")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await bo.presses(Verb.SEAL)
    await world.deliver()
    for person in pair:
        assert person.kinds().count("reveal_frame") == 1
        assert Verb.TAKE_BACK not in person.asks()


async def test_a_sealed_message_on_its_way_at_the_reveal_loses_its_button(world: World, pair: Pair) -> None:
    """It was rendered before the other sealed, and arrives after."""
    ana, bo = pair
    await ana.writes("ana's words")
    await seal(bo, "bo's words")
    await bo.presses(Verb.TAKE_BACK)
    await world.deliver()
    await ana.presses(Verb.SEAL)
    while [row.message.kind.value for row, _ in world.flying] != ["sealed"]:
        await world.land()
        await world.take_off()
    await bo.presses(Verb.SEAL)
    await world.deliver()
    assert await state(world) is RoundState.REVEALED
    assert Verb.TAKE_BACK not in ana.asks()


async def test_a_second_tap_does_nothing(world: World, pair: Pair) -> None:
    """Neither on one's own seal, nor when that tap comes after the reveal."""
    ana, bo = pair
    await ana.writes("ana's words")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert ana.kinds()[-1] == "sealed"
    await bo.writes("bo's words")
    await world.deliver()
    await bo.presses(Verb.SEAL)
    await bo.presses(Verb.SEAL)
    await world.deliver()
    assert "refusal" not in ana.kinds() + bo.kinds()
    assert bo.kinds().count("reveal_frame") == 1


async def test_a_worn_button_shows_the_words_as_they_are(world: World, pair: Pair) -> None:
    """The words above it are not what would be sealed, so nothing is, and the new ones are quoted."""
    ana, _ = pair
    await ana.writes("one")
    await world.deliver()
    worn = next((m, data) for m, ask, data in ana.offered if ask == Verb.SEAL)
    await ana.writes("two")
    await world.deliver()
    await ana.presses_data(*worn)
    await world.deliver()
    assert ana.kinds()[-2:] == ["refusal", "draft"]
    assert ana.last("draft").quoted == ["one", "two"]
    assert await state(world) is RoundState.OPEN


async def test_there_is_nothing_to_seal_after_starting_over(world: World, pair: Pair) -> None:
    """A worn button says so."""
    ana, _ = pair
    await ana.writes("one")
    await world.deliver()
    worn = next((m, data) for m, ask, data in ana.offered if ask == Verb.SEAL)
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    assert ana.kinds()[-1] == "started_over"
    assert Verb.SEAL not in ana.asks()
    await ana.presses_data(*worn)
    await world.deliver()
    assert "There's nothing here yet" in ana.texts()[-1]


async def test_what_was_taken_back_can_be_sealed_again(world: World, pair: Pair) -> None:
    """The old buttons are gone; the words are quoted again, and only the new quotation seals."""
    ana, bo = pair
    await seal(ana, "ana's words")
    await ana.presses(Verb.TAKE_BACK)
    await world.deliver()
    assert ana.kinds()[-2:] == ["taken_back", "draft"]
    assert Verb.TAKE_BACK not in ana.asks()
    await seal(bo, "bo's words")
    assert await state(world) is RoundState.WAITING
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert await state(world) is RoundState.REVEALED


async def test_taking_back_twice_is_refused(world: World, pair: Pair) -> None:
    """Nothing of theirs is sealed the second time."""
    ana, _ = pair
    await seal(ana, "ana's words")
    worn = next((m, data) for m, ask, data in ana.offered if ask == Verb.TAKE_BACK)
    await ana.presses_data(*worn)
    await ana.presses_data(*worn)
    await world.deliver()
    assert "Nothing of yours is sealed" in ana.texts()[-1]


async def test_whoever_takes_back_too_late_is_shown_the_reveal(world: World, pair: Pair) -> None:
    """With a word on why; the invitation to respond is there while they have not responded."""
    ana, _ = pair
    await reveal(world)
    worn = next((m, data) for m, ask, data in ana.offered if ask == Verb.TAKE_BACK)
    ana.look_away()
    await ana.presses_data(*worn)
    await world.deliver()
    assert ana.kinds() == ["refusal", *REVEAL]
    assert "open to you both now" in ana.texts()[0]


async def test_whoever_takes_back_at_night_sees_the_held_reveal_once(world: World, pair: Pair) -> None:
    """What quiet hours held comes now, and not again in the morning."""
    ana, bo = pair
    await world.change(ana, quiet=NIGHT)
    await seal(ana, "ana's words")
    await world.later(14 * HOUR)
    await seal(bo, "bo's words")
    assert "reveal_frame" not in ana.kinds()
    await ana.presses_data(2, next(data for _, ask, data in ana.offered if ask == Verb.TAKE_BACK))
    await world.deliver()
    assert ana.kinds()[-3:] == ["refusal", *REVEAL]
    await world.later(9 * HOUR)
    assert ana.kinds().count("reveal_frame") == 1


@pytest.mark.parametrize("label", [Verb.START_OVER, Verb.NOT_TODAY])
async def test_sealed_words_are_first_taken_back(world: World, pair: Pair, label: str) -> None:
    """Worn buttons say so, and offer it."""
    ana, _ = pair
    await seal(ana, "ana's words")
    await ana.presses_data(*next((m, data) for m, said, data in ana.offered if said == label))
    await world.deliver()
    assert "take them back first" in ana.texts()[-1]
    await ana.presses(Verb.TAKE_BACK)
    assert await state(world) is RoundState.OPEN


async def test_a_prompt_that_a_night_held_comes_once(world: World) -> None:
    """Whoever writes at night is brought it then, and gets none for sealed words in the morning."""
    ana, bo = await world.meet("Ana", "Bo", zone="Asia/Tokyo", quiet=Quiet(17 * 60, 5 * 60))
    await world.deliver()
    assert "prompt" not in ana.kinds()
    await seal(ana, "ana's words")
    await world.later(15 * HOUR)
    assert ana.kinds().count("prompt") == 1
    assert "prompt" in bo.kinds()


async def test_a_reveal_that_cannot_be_read_does_not_happen(world: World, pair: Pair) -> None:
    """The second seal is rolled back with it: no half of a reveal."""
    ana, bo = pair
    await seal(ana, "ana's words")
    await bo.writes("bo's words")
    await world.deliver()
    await world.rows("DELETE FROM pieces WHERE author_id = :id", id=ana.id)
    await world.rows("DELETE FROM drafts WHERE author_id = :id", id=ana.id)
    with pytest.raises(LookupError):
        await bo.presses(Verb.SEAL)
    await world.deliver()
    assert await state(world) is RoundState.WAITING
    assert "reveal_frame" not in bo.kinds()


async def test_not_today_and_silence_look_the_same_to_the_other(world: World, pair: Pair) -> None:
    """Late words stay welcome, and are revealed like any."""
    ana, bo = pair
    before = list(bo.texts())
    await ana.presses(Verb.NOT_TODAY)
    await world.deliver()
    assert ana.kinds()[-1] == "not_today"
    assert bo.texts() == before
    await reveal(world)
    assert bo.last("reveal_words").quoted == ["ana's words"]
