"""A bare "done" becomes no part of what the other reads: where words wait for their button, that is shown."""

import pytest
from couple_person import Person
from couple_world import World, reveal
from test_actions_stops import begins, says

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
DONE = (
    ("en", "done"),
    ("en", "I'm finished"),
    ("en", "thats all"),
    ("en", "ready"),
    ("es", "ya"),
    ("es", "ya esta"),
    ("es", "listo"),
    ("es", "termine"),
    ("de", "fertig"),
    ("de", "das wars"),
    ("fr", "cest bon"),
    ("fr", "fini"),
    ("fr", "ca y est"),
    ("pt-br", "pronto"),
    ("pt-br", "ja"),
    ("pt-br", "acabei"),
    ("ru", "все"),
    ("ru", "готово"),
    ("ar", "خلص"),
    ("ar", "خلصت"),
    ("ar", "صافي"),
)
STOPS = (
    ("en", "let's stop here"),
    ("en", "I'm done with this"),
    ("en", "screw this"),
    ("en", "quit"),
    ("en", "exit"),
    ("en", "end this"),
    ("en", "hold on"),
    ("es", "ya no mas"),
    ("de", "ich geb auf"),
    ("fr", "jen ai marre"),
    ("pt-br", "desisto"),
    ("ru", "надоело"),
    ("ar", "زهقت"),
)


@pytest.mark.parametrize(("language", "text"), DONE)
@pytest.mark.parametrize("command", ["/dialogue", "/repair"])
async def test_it_is_no_part_of_a_turn(
    world: World, pair: Pair, command: str, language: str, text: str
) -> None:
    """However often it's said: the button that sends or seals stands below."""
    ana, _ = pair
    await begins(world, pair, command)
    await world.change(ana, language=language)
    await says(ana, "xyzzy at dinner")
    for _again in range(2):
        await says(ana, text)
        assert "courtesy" in ana.kinds()[-2:]
    assert ana.last("talk_draft").quoted == ["xyzzy at dinner"]
    assert Verb.TALK_SEND in ana.asks()


@pytest.mark.parametrize(("language", "text"), DONE)
async def test_it_is_no_part_of_the_words_of_a_day(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """Nor of an answer to the other's."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, "xyzzy by the window")
    await says(ana, text)
    await says(ana, text)
    assert ana.last("draft").quoted == ["xyzzy by the window"]
    assert Verb.SEAL in ana.asks()


@pytest.mark.parametrize(
    ("language", "text", "then"),
    [
        ("en", "done", "After that, the button under your words"),
        ("es", "listo", "Después, el botón de debajo de tus palabras"),
        ("de", "fertig", "Danach versiegelt oder schickt der Knopf"),
        ("fr", "fini", "Ensuite, le bouton sous tes mots"),
        ("pt-br", "pronto", "Depois, o botão embaixo das suas palavras"),
        ("ru", "все", "твои слова запечатает или отправит"),
        ("ar", "خلص", "وبعدها يختم كلماتك"),
    ],
)
@pytest.mark.parametrize("written", [True, False])
async def test_under_a_question_of_other_words_it_is_said_what_is_done_then(
    world: World, pair: Pair, language: str, text: str, then: str, *, written: bool
) -> None:
    """Where words wait for their own button; the question's come first."""
    ana, _ = pair
    await world.change(ana, language=language)
    if written:
        await says(ana, "xyzzy by the window")
    await ana.presses_data(1, Verb.CITY.value)
    await world.deliver()
    await ana.sends("voice", "v1")
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"
    await says(ana, text)
    assert ana.kinds()[-1] == "courtesy"
    assert (then in ana.texts()[-1]) is written


FIRST_WORDS = (
    ("en", "done"),
    ("es", "listo"),
    ("de", "fertig"),
    ("fr", "fini"),
    ("pt-br", "pronto"),
    ("ru", "все"),
    ("ru", "всё"),
    ("ru", "готово"),
    ("ar", "خلص"),
)


@pytest.mark.parametrize(("language", "text"), FIRST_WORDS)
async def test_a_word_of_it_begins_nothing(world: World, pair: Pair, language: str, text: str) -> None:
    """Under a card of which nothing is written yet."""
    ana, _ = pair
    await world.change(ana, language=language)
    assert await says(ana, text) == "courtesy"
    assert "draft" not in ana.kinds()


async def test_it_is_no_part_of_an_answer(world: World, pair: Pair) -> None:
    """Whose button is shown."""
    ana, _ = pair
    await reveal(world)
    await says(ana, "xyzzy, you sang")
    for text in ("done", "I'm done", "that's it", "finished"):
        await says(ana, text)
    assert ana.last("response_draft").quoted == ["xyzzy, you sang"]
    assert Verb.SEND in ana.asks()


async def test_where_nothing_is_written_they_are_words(pair: Pair) -> None:
    """Somebody may be ready, or have finished something."""
    ana, _ = pair
    assert await says(ana, "I'm ready") == "draft"
    assert ana.last("draft").quoted == ["I'm ready"]


async def test_it_waits_for_no_place(world: World, pair: Pair) -> None:
    """Under a question what words are for."""
    ana, _ = pair
    await says(ana, "/safety")
    assert await says(ana, "xyzzy grey") == "kept_ask"
    for text in ("I'm done", "that's all", "ready"):
        await says(ana, text)
    assert ana.last("kept_ask").quoted == ["xyzzy grey"]
    assert await world.rows("SELECT count(*) FROM kept") == [(1,)]


@pytest.mark.parametrize("command", ["/dialogue", "/repair"])
@pytest.mark.parametrize(("language", "text"), STOPS)
@pytest.mark.parametrize("written", [False, True])
async def test_a_stop_is_no_turn_of_a_talk(
    world: World, pair: Pair, command: str, language: str, text: str, *, written: bool
) -> None:
    """Whether something is written for it or not: it's told how to rest or to end it."""
    ana, _ = pair
    await begins(world, pair, command)
    await world.change(ana, language=language)
    if written:
        await says(ana, "xyzzy at dinner")
    ana.look_away()
    await says(ana, text)
    assert ana.kinds()[0] == "courtesy"
    assert "talk_draft" not in ana.kinds() or ana.last("talk_draft").quoted == ["xyzzy at dinner"]
    assert Verb.TALK_STOP in ana.asks()


@pytest.mark.parametrize("text", ["stop", "stop it", "halt", "hold on", "quit", "exit", "end"])
@pytest.mark.parametrize("answering", [False, True])
async def test_a_stop_goes_into_no_draft_unasked(
    world: World, pair: Pair, text: str, *, answering: bool
) -> None:
    """Of the day, or of an answer."""
    ana, _ = pair
    if answering:
        await reveal(world)
    await says(ana, "xyzzy, you sang in the car")
    shown = "response_draft" if answering else "draft"
    await says(ana, text)
    assert ana.last(shown).quoted == ["xyzzy, you sang in the car"]
