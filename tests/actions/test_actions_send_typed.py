"""A wish to send or seal that is typed becomes no part of what is to go: the button is shown."""

from collections.abc import Awaitable, Callable

import pytest
from couple_person import Person
from couple_world import World, respond, reveal

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def a_reflection(world: World, ana: Person, bo: Person) -> None:
    """Ana has written for the day."""
    await ana.writes("we sang in the car")
    assert world
    assert bo


async def an_answer(world: World, ana: Person, bo: Person) -> None:
    """Ana has written under Bo's words."""
    await reveal(world)
    await ana.writes("you sang in the car")
    assert bo


async def what_to_understand(world: World, ana: Person, bo: Person) -> None:
    """Ana has written what she would like understood."""
    await reveal(world)
    await respond(bo, "you were cold")
    await ana.presses(Heard.NOT_YET)
    await world.deliver()
    await ana.writes("it was the window")


async def a_letter(world: World, ana: Person, bo: Person) -> None:
    """Ana has begun a letter."""
    await ana.writes("/capsule")
    await ana.writes("by then the pears are ripe")
    assert world
    assert bo


@pytest.mark.parametrize("text", ["send it", "Seal it", "ok, send as it is", "can you send it?"])
@pytest.mark.parametrize("begins", [a_reflection, an_answer, what_to_understand, a_letter])
async def test_it_is_no_part_of_what_is_to_go(
    world: World, pair: Pair, begins: Callable[[World, Person, Person], Awaitable[None]], text: str
) -> None:
    """It is said which button does it, and the words stay as they are."""
    ana, bo = pair
    await begins(world, ana, bo)
    await world.deliver()
    shown, words = ana.kinds()[-1], ana.last(ana.kinds()[-1]).quoted
    await ana.writes(text)
    await world.deliver()
    assert ana.kinds()[-1] == "courtesy"
    button = "with a button under it" if begins is a_letter else "The button under your words"
    assert button in ana.last("courtesy").text
    assert ana.last(shown).quoted == words


async def test_the_button_is_shown_again_where_it_is_far_up(world: World, pair: Pair) -> None:
    """Something else has come below it."""
    ana, bo = pair
    await an_answer(world, ana, bo)
    await world.deliver()
    await ana.writes("/help")
    await world.deliver()
    await ana.writes("send it")
    await world.deliver()
    assert ana.kinds()[-2:] == ["courtesy", "response_draft"]
    await ana.presses(Verb.SEND)
    await world.deliver()
    assert "you sang in the car" in bo.last("response_words").quoted


async def test_it_is_asked_about_where_what_is_written_was_put_aside(world: World, pair: Pair) -> None:
    """Of today's card it is no part either."""
    ana, bo = pair
    await an_answer(world, ana, bo)
    await world.next_opening()
    await ana.writes("send it")
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"
    assert "press one of the buttons" in ana.last("kept_ask").text


async def test_where_nothing_is_written_they_are_words(world: World, pair: Pair) -> None:
    """Nobody's words are lost."""
    ana, _ = pair
    await ana.writes("send it")
    await world.deliver()
    assert ana.last("draft").quoted == ["send it"]


@pytest.mark.parametrize(
    "text", ["start over", "please remove the last line", "I don't want Bo to read that"]
)
@pytest.mark.parametrize("begins", [a_reflection, an_answer, what_to_understand, a_letter])
async def test_a_wish_to_take_it_out_is_no_part_of_it(
    world: World, pair: Pair, begins: Callable[[World, Person, Person], Awaitable[None]], text: str
) -> None:
    """It is said which buttons do it, and the words stay as they are."""
    ana, bo = pair
    await begins(world, ana, bo)
    await world.deliver()
    shown, words = ana.kinds()[-1], ana.last(ana.kinds()[-1]).quoted
    await ana.writes(text)
    await world.deliver()
    assert "The buttons under your words" in ana.last("courtesy").text
    assert ana.last(shown).quoted == words


async def test_a_yes_to_where_the_button_is_shows_it_again(world: World, pair: Pair) -> None:
    """It is no receipt: nothing has been done."""
    ana, bo = pair
    await a_reflection(world, ana, bo)
    for text in ("send it", "ok"):
        await ana.writes(text)
        await world.deliver()
    assert "The button under your words" in ana.last("courtesy").text
    assert ana.kinds()[-3:] == ["courtesy", "draft", "courtesy"]
    assert ana.last("draft").quoted == ["we sang in the car"]
    assert Verb.SEAL in ana.asks()


@pytest.mark.parametrize("text", ["another", "ask me something else"])
async def test_a_wish_for_another_prompt_is_shown_its_button(world: World, pair: Pair, text: str) -> None:
    """Nothing of it becomes a part, and the prompt stands there again."""
    ana, _ = pair
    await ana.writes(text)
    await world.deliver()
    assert "under today's prompt" in ana.last("courtesy").text
    assert Verb.NOT_TODAY in ana.asks()
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]


async def test_a_wish_to_change_what_is_sealed_is_shown_how_it_is_taken_back(
    world: World, pair: Pair
) -> None:
    """It is not asked whether the wish shall be added."""
    ana, bo = pair
    await a_reflection(world, ana, bo)
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await world.deliver()
    await ana.writes("delete that")
    await world.deliver()
    assert "The buttons just above" in ana.last("courtesy").text
    assert Verb.TAKE_BACK in ana.asks()
    assert await world.rows("SELECT count(*) FROM kept") == [(0,)]


@pytest.mark.parametrize("text", ["another", "not now", "The dog was wet.\nPlease remove it"])
async def test_what_may_be_a_wish_is_asked_about(world: World, pair: Pair, text: str) -> None:
    """Among other words, or over words that are written: they are kept until it is said what they are for."""
    ana, bo = pair
    await a_reflection(world, ana, bo)
    await ana.writes(text)
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"
    assert await world.rows("SELECT count(*) FROM pieces") == [(1,)]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("are you a real person?", "I'm a bot"),
        ("please write in German", "/settings"),
        ("stop sending me messages", "/pause"),
        ("how do I delete everything?", "/forget"),
        ("what did bo write?", "That's yours for now"),
        ("is this going to bo?", "Only you, until you've both sealed"),
    ],
)
async def test_a_question_to_the_bot_is_answered(world: World, pair: Pair, text: str, answer: str) -> None:
    """However the other's name is written, and it becomes no part."""
    ana, bo = pair
    await a_reflection(world, ana, bo)
    await ana.writes(text)
    await world.deliver()
    assert ana.texts()[-1].startswith(answer) or answer in ana.texts()[-1]
    assert await world.rows("SELECT count(*) FROM pieces") == [(1,)]


@pytest.mark.parametrize("text", ["hello", "good morning", "good night", "?"])
async def test_nobody_begins_an_answer_to_a_prompt_with_a_greeting(
    world: World, pair: Pair, text: str
) -> None:
    """It is answered, and no part of what the other will read; nor is a question mark."""
    ana, _ = pair
    await ana.writes(text)
    await world.deliver()
    assert ana.kinds()[-1] in ("courtesy", "today")
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("es", ("enviar", "ya", "listo")),
        ("en", ("send it", "ok", "done")),
        ("fr", ("envoyer", "fini", "c'est bon")),
    ],
)
async def test_a_done_after_it_is_no_part_either(
    world: World, pair: Pair, language: str, texts: tuple[str, ...]
) -> None:
    """However often it's said: the button stands under the words, which were shown again."""
    ana, _ = pair
    await world.change(ana, language=language)
    for text in ("xyzzy by the window", *texts):
        await ana.writes(text)
        await world.deliver()
    assert ana.last("draft").quoted == ["xyzzy by the window"]


async def test_a_slip_in_it_is_asked_about(world: World, pair: Pair) -> None:
    """The other reads no "sned it" that nobody meant for them."""
    ana, _ = pair
    await ana.writes("we sang in the car")
    await ana.writes("sned it")
    await world.deliver()
    assert ana.last("draft").quoted == ["we sang in the car"]
    assert ana.last("kept_ask").quoted == ["sned it"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "sedn"),
        ("en", "dlete"),
        ("en", "stpo"),
        ("en", "sendit"),
        ("es", "emviar"),
        ("de", "abschiken"),
        ("fr", "anuler"),
        ("pt-br", "apga"),
        ("ru", "отправте"),
        ("ar", "ابعتا"),
    ],
)
async def test_a_slip_in_a_single_word_is_asked_about_too(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """It may be a word of its own, and most likely is none."""
    ana, _ = pair
    await world.change(ana, language=language)
    await ana.writes("xyzzy in the car")
    await ana.writes(text)
    await world.deliver()
    assert ana.last("draft").quoted == ["xyzzy in the car"]
    assert ana.last("kept_ask").quoted == [text]
