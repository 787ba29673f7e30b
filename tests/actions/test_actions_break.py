"""A wish for a break is heard: in a dialogue, in practice, and where the other's words come in between."""

from collections.abc import Mapping

import pytest
from couple_person import Person
from couple_world import MINUTE, World, reveal, seal

from bot.actions.advice import SUGGEST
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def presses(person: Person, verb: Verb, *about: int | str) -> None:
    """Press, and let what follows arrive."""
    await person.presses(verb, *about)
    await person.world.deliver()


async def dialogue(world: World, pair: Pair) -> None:
    """Bring the two into a dialogue, in which the first speaks."""
    ana, bo = pair
    await world.later(31 * MINUTE)
    await ana.writes("/dialogue")
    await world.deliver()
    await presses(ana, Verb.TALK_CALM, "4")
    await presses(ana, Verb.TALK_WHERE, 0)
    await presses(bo, Verb.TALK_YES)
    await presses(bo, Verb.TALK_CALM, "4")
    await ana.writes("I felt small.")
    await world.deliver()


async def test_the_others_words_push_no_rest_aside(world: World, pair: Pair) -> None:
    """They come, and the question when to come back stands under them; a time makes the dialogue rest."""
    ana, bo = pair
    await dialogue(world, pair)
    await presses(bo, Verb.TALK_PAUSE)
    bo.look_away()
    await presses(ana, Verb.TALK_SEND)
    assert bo.kinds() == ["talk_words", "talk_step", "talk_later_ask"]
    await presses(bo, Verb.TALK_UNTIL)
    assert bo.kinds()[-1] == "talk_paused"
    assert ana.kinds()[-1] == "talk_paused_told"


@pytest.mark.parametrize("words", ["I need a break", "can we stop?", "Enough"])
async def test_a_wish_for_a_break_is_no_answer_in_a_dialogue(world: World, pair: Pair, words: str) -> None:
    """It is told how to rest, the step stands below with its buttons, and nothing is quoted or remarked on."""
    ana, bo = pair
    await dialogue(world, pair)
    await presses(ana, Verb.TALK_SEND)
    bo.look_away()
    await bo.writes(words)
    await world.deliver()
    assert bo.kinds() == ["courtesy", "talk_words", "talk_step"]
    assert bo.texts()[0].startswith("A break is always all right. The buttons under a dialogue")


async def test_no_dialogue_is_spoken_of_where_there_is_none(world: World, pair: Pair) -> None:
    """What rests everything is named alone."""
    ana, _ = pair
    await seal(ana, "the lamp by the stairs")
    await ana.writes("I need a break")
    await world.deliver()
    assert ana.texts()[-1].startswith(
        "A break is always all right. /pause rests everything until you're back."
    )
    assert "dialogue" not in ana.texts()[-1]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "enough"), ("en", "stop"), ("de", "Genug."), ("ar", "يكفي")]
)
async def test_who_has_had_enough_ends_practice_in_a_word(
    world: World, pair: Pair, language: str, words: str
) -> None:
    """As its button does: no reaction, no remark."""
    ana, _ = pair
    await world.change(ana, language=language)
    await ana.writes("/practice")
    await world.deliver()
    ana.look_away()
    await ana.writes(words)
    await world.deliver()
    assert ana.kinds() == ["solo_ended"]


async def coached(world: World, pair: Pair, *texts: str) -> Mapping[str, int | str]:
    """Answer the other's words with these, and tell what the quotation says beside them."""
    ana, _ = pair
    await reveal(world)
    for text in texts:
        await ana.writes(text)
        await world.deliver()
    return next(
        row for _, row, _ in reversed(ana.calls) if row.message.kind == "response_draft"
    ).message.details


@pytest.mark.parametrize(
    "texts",
    [
        ["I need a break tonight"],
        ["can we not today"],
        ["Not tonight, I'm exhausted"],
        ["I need a break tonight", "you always want this from me"],
    ],
)
async def test_a_wish_for_a_break_is_not_remarked_on_as_an_answer(
    world: World, pair: Pair, texts: list[str]
) -> None:
    """It is quoted as it is, and the rest of what it stands in, too."""
    assert SUGGEST not in await coached(world, pair, *texts)


async def test_the_same_words_without_the_wish_are_remarked_on(world: World, pair: Pair) -> None:
    """So it is the wish that keeps the suggestion back."""
    assert SUGGEST in await coached(world, pair, "you always want this from me")


@pytest.mark.parametrize(("language", "words"), [("en", "can we not today"), ("es", "Hoy no")])
async def test_a_wish_to_put_the_prompt_off_is_shown_its_button(
    world: World, pair: Pair, language: str, words: str
) -> None:
    """It begins no answer, and waits in no pile that more would join."""
    ana, _ = pair
    await world.change(ana, language=language)
    await world.next_opening()
    ana.look_away()
    await ana.writes(words)
    await world.deliver()
    assert ana.kinds() == ["courtesy", "today"]
    assert Verb.NOT_TODAY in ana.asks()
    assert await world.rows("SELECT count(*) FROM kept") == [(0,)]


async def test_a_wish_for_a_break_under_a_prompt_is_told_what_rests_everything(
    world: World, pair: Pair
) -> None:
    """It is no answer to the prompt."""
    ana, _ = pair
    await world.next_opening()
    ana.look_away()
    await ana.writes("I need a break")
    await world.deliver()
    assert ana.kinds() == ["courtesy"]
    assert "/pause" in ana.texts()[-1]


async def test_a_question_to_the_bot_is_answered_while_words_wait(world: World, pair: Pair) -> None:
    """It joins no pile."""
    ana, _ = pair
    await ana.writes("The lamp was on. Please remove it.")
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"
    await ana.writes("are you a real person?")
    await world.deliver()
    assert "I'm a bot" in ana.texts()[-1]
    assert await world.rows("SELECT count(*) FROM kept") == [(1,)]


@pytest.mark.parametrize("words", ["i want a break", "stop", "not now", "rest"])
async def test_a_wish_for_a_break_is_met_under_a_question_of_the_bots(
    world: World, pair: Pair, words: str
) -> None:
    """Words wait for their place above it: they stay, and the step stands below with its buttons."""
    ana, bo = pair
    await dialogue(world, pair)
    await presses(ana, Verb.TALK_SEND)
    await bo.writes("You felt small.")
    await world.deliver()
    await presses(bo, Verb.TALK_SEND)
    await ana.writes("the lamp was on")
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"
    ana.look_away()
    await ana.writes(words)
    await world.deliver()
    assert ana.kinds()[0] == "courtesy"
    assert ana.kinds()[-1] == "talk_step"
    assert ana.texts()[0].startswith("A break is always all right.")
    assert {Verb.TALK_PAUSE, Verb.TALK_STOP} <= {*ana.asks()}
    async with world.unit() as work:
        assert [piece.text for piece in await work.kept.of(ana.id)] == ["the lamp was on"]
