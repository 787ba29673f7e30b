"""A word or two that answer what buttons answer are shown the buttons, or taken: they begin nothing for the other."""

from dataclasses import replace

import pytest
from couple_person import Person
from couple_world import HOUR, MINUTE, World, base36, respond, reveal

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
SHOWN = "press one of the buttons there"


async def says(person: Person, text: str) -> str:
    """Write; give what stands last in the chat."""
    await person.writes(text)
    await person.world.deliver()
    return person.texts()[-1]


async def nothing_waits(world: World, person: Person) -> bool:
    """Tell whether no words of theirs are asked about."""
    async with world.unit() as work:
        return not await work.kept.of(person.id)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["no", "not really", "yes", "kind of", "yes, mostly"]),
        ("es", ["más o menos", "no mucho", "sí"]),
        ("de", ["geht so", "nicht wirklich", "ja"]),
        ("fr", ["a moitie", "pas vraiment", "oui"]),
        ("pt-br", ["mais ou menos", "nem tanto", "sim"]),
        ("ru", ["ну так, частично", "не совсем", "да"]),
        ("ar", ["نص نص", "مش كتير", "نعم"]),
    ],
)
async def test_how_an_answer_landed_is_asked_once_more(
    world: World, pair: Pair, language: str, words: list[str]
) -> None:
    """Whatever else has been said under it."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you felt alone at the door")
    await world.change(ana, language=language)
    for text in words:
        await says(ana, text)
        assert ana.kinds()[-1] == "plain", text
        assert len(ana.shown[max(ana.shown)].buttons) == len(("heard", "partly", "not yet")), text
    assert await nothing_waits(world, ana)


@pytest.mark.parametrize("text", ["yes", "no", "not really", "wait"])
async def test_no_answer_to_the_other_begins_with_a_bare_word(world: World, pair: Pair, text: str) -> None:
    """Who meant it for them says so."""
    ana, _ = pair
    await reveal(world)
    assert SHOWN in await says(ana, text)
    await ana.presses(Verb.NOT_FOR_YOU)
    await world.deliver()
    assert text in ana.texts()[-1]
    assert Verb.PLACE in ana.asks()


async def test_a_yes_to_what_the_other_has_asked_is_an_answer(world: World, pair: Pair) -> None:
    """They have put a question."""
    ana, _ = pair
    await world.rows("UPDATE rounds SET prompt = :id, swapped = 0", id="dreams-mentioned-once")
    await reveal(world, "Did you want to be a pilot?", "Did you want to be a nurse?")
    await says(ana, "yes")
    assert ana.kinds()[-1] == "response_draft"


@pytest.mark.parametrize(
    "text", ["actually never mind", "never mind", "no", "wait, no", "cancel", "no, actually, forget it"]
)
async def test_a_letter_is_let_be_before_its_first_line(world: World, pair: Pair, text: str) -> None:
    """What is written next is of the day."""
    ana, _ = pair
    await says(ana, "/capsule")
    assert "the letter can wait" in await says(ana, text)
    await says(ana, "we sang in the car")
    assert ana.kinds()[-1] == "draft"
    async with world.unit() as work:
        assert not await work.capsules.of(ana.id)


async def test_a_letter_takes_no_bare_word_under_its_lines(pair: Pair) -> None:
    """Its buttons are said; what its writer is sorry for may well be its first line."""
    ana, _ = pair
    await says(ana, "/capsule")
    await says(ana, "sorry")
    assert "Choose its day first" in await says(ana, "ok")
    assert "The buttons just above do" in await says(ana, "no, never mind")
    await says(ana, "/capsule")
    assert ana.last("capsule_draft").quoted == ["sorry"]


@pytest.mark.parametrize("before", ["", "ok"])
async def test_a_letters_day_is_typed_as_its_buttons_say(pair: Pair, before: str) -> None:
    """Also under what was said of them."""
    ana, _ = pair
    await says(ana, "/capsule")
    await says(ana, "dear Bo")
    if before:
        await says(ana, before)
    assert "It opens on" in await says(ana, "in a month")
    await says(ana, "another day")
    assert ana.kinds()[-1] == "capsule_day_ask"
    assert "It opens on" in await says(ana, "in two months")
    assert ana.last("capsule_draft").quoted == ["dear Bo"]


@pytest.mark.parametrize("verb", [Verb.CITY])
async def test_a_no_to_a_question_lets_it_go(world: World, pair: Pair, verb: Verb) -> None:
    """It is for nobody else's eyes, and needs no second no."""
    ana, _ = pair
    await says(ana, "/settings")
    await ana.presses(verb)
    await world.deliver()
    await says(ana, "no")
    assert ana.kinds()[-1] == "cancelled"
    assert await nothing_waits(world, ana)


async def test_a_scale_is_answered_hours_later(world: World, pair: Pair) -> None:
    """A talk asks for as long as it stands last."""
    ana, _ = pair
    await says(ana, "/repair")
    await world.later(2 * HOUR)
    assert SHOWN in await says(ana, "5")


async def test_a_sentence_over_the_hour_is_asked_about(world: World, pair: Pair) -> None:
    """Its beginning was for what is sealed: its end is not today's by itself."""
    ana, _ = pair
    await says(ana, "we sang")
    await ana.presses(Verb.SEAL)
    await world.deliver()
    await world.later((await world.due() or world.now) - world.now - MINUTE)
    await says(ana, "oh and the")
    assert ana.kinds()[-1] == "kept_ask"
    await world.later(MINUTE)
    assert ana.kinds()[-1] == "prompt"
    await says(ana, "kids were loud")
    assert ana.kinds()[-1] == "kept_ask"


@pytest.mark.parametrize(("language", "text"), [("en", "4"), ("fr", "4"), ("ar", "٤"), ("de", "die vierte")])
async def test_a_step_of_a_scale_is_pressed(world: World, pair: Pair, language: str, text: str) -> None:
    """It is for one's own eyes."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, "/repair")
    assert ana.kinds()[-1] == "talk_calm"
    await says(ana, text)
    assert ana.kinds()[-1] == "courtesy"
    assert await nothing_waits(world, ana)


async def test_what_a_friend_has_written_is_kept_by_its_button(world: World, pair: Pair) -> None:
    """Words that name the button are shown it, however many come."""
    ana, _ = pair
    await says(ana, "/practice")
    for verb in (Verb.FRIEND, Verb.FRIEND_BEGIN):
        await ana.presses(verb)
        await world.deliver()
    for _ in range(3):
        await says(ana, "they were both tired")
        await ana.presses(Verb.FRIEND_ON)
        await world.deliver()
    assert ana.kinds()[-1] == "friend_end"
    for text in ("keep it", "let it go please"):
        assert SHOWN in await says(ana, text)
    assert await nothing_waits(world, ana)


@pytest.mark.parametrize("text", ["second", "2", "the sea was grey"])
async def test_which_sentence_stays_is_said_in_words(world: World, pair: Pair, text: str) -> None:
    """By its number, or by words of its own."""
    ana, bo = pair
    await ana.writes("we laughed")
    await bo.writes("We walked along.")
    await bo.writes("The sea was grey.")
    await world.deliver()
    for person in pair:
        await person.presses(Verb.SEAL)
        await world.deliver()
    await ana.presses_data(1, f"hla:{base36((await world.round()).id)}:0")
    await world.deliver()
    assert ana.kinds()[-1] == "highlight_ask"
    await says(ana, text)
    assert ana.kinds()[-1] == "highlight"
    assert "The sea was grey." in ana.texts()[-1]


async def test_what_is_under_a_page_of_settings_stays_asked_about(pair: Pair) -> None:
    """What was said of earlier words doesn't make it the round's."""
    ana, _ = pair
    await says(ana, "/settings")
    assert SHOWN in await says(ana, "quiet")
    assert "she thinks I sleep" in await says(ana, "she thinks I sleep by then")
    assert ana.kinds()[-1] == "kept_ask"


@pytest.mark.parametrize("text", ["5", "3", "2"])
async def test_a_number_for_ones_own_eyes_is_no_hour_of_both(world: World, pair: Pair, text: str) -> None:
    """The question for the first hour stands above it, and has had no answer."""
    ana, bo = pair
    async with world.unit() as work:
        couple = await work.couples.get(world.couple)
        await work.couples.save(replace(couple, rhythm=replace(couple.rhythm, set_by=None)))
    await reveal(world)
    assert "ask_hour" in ana.kinds()
    for _ in range(2):
        await says(ana, "/repair")
        assert SHOWN in await says(ana, text)
    assert "hour_choices" not in ana.kinds()
    assert "rhythm_set" not in bo.kinds()


@pytest.mark.parametrize("text", ["not now", "Later", "Yes, it is", "no"])
async def test_whether_it_is_a_good_time_is_pressed(world: World, pair: Pair, text: str) -> None:
    """However it is said, it is no answer to anything else."""
    ana, bo = pair
    await reveal(world)
    await says(ana, "/repair")
    await ana.presses(Verb.TALK_CALM, "4")
    await world.deliver()
    assert bo.kinds()[-1] == "talk_ask"
    assert SHOWN in await says(bo, text)
    assert await nothing_waits(world, bo)
