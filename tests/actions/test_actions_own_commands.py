"""A command in somebody's own language leads where it does; its name without a slash is no word for the other."""

import tomllib

import pytest
from couple_person import Person
from couple_world import World

from bot.screens.callbacks import Verb
from bot.screens.table import SCREENS
from prompts.menu import COMMANDS, menu_words
from prompts.source import ROOT, languages

Pair = tuple[Person, Person]


async def says(person: Person, text: str) -> str:
    """Write; tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("fr", "/aide", "help"),
        ("fr", "/réglages", "settings"),
        ("fr", "/reglages", "settings"),
        ("fr", "/lettre", "capsules"),
        ("pt-br", "/ajuda", "help"),
        ("de", "/hilfe", "help"),
        ("de", "/Tagebuch", "journal"),
        ("es", "/ayuda", "help"),
        ("es", "/cancelar", "cancelled"),
        ("ru", "/помощь", "help"),
        ("ar", "/مساعدة", "help"),
        ("en", "/letter", "capsules"),
        ("en", "/nonsense", "plain"),
    ],
)
async def test_a_command_has_a_name_in_every_language(
    world: World, pair: Pair, language: str, text: str, kind: str
) -> None:
    """With accents or without, in small letters or not."""
    ana, _ = pair
    await world.change(ana, language=language)
    if kind == "journal":
        await says(ana, "wir sangen")
    assert await says(ana, text) == kind


@pytest.mark.parametrize(
    ("language", "text", "command"),
    [
        ("fr", "journal", "/journal"),
        ("de", "tagebuch", "/journal"),
        ("es", "carta", "/capsule"),
        ("pt-br", "diário", "/journal"),
        ("ru", "дневник", "/journal"),
        ("ar", "دفتري", "/journal"),
        ("en", "letter", "/capsule"),
    ],
)
async def test_its_name_alone_is_told_the_command(
    world: World, pair: Pair, language: str, text: str, command: str
) -> None:
    """Who meant the word itself for the other says so."""
    ana, _ = pair
    await world.change(ana, language=language)
    assert await says(ana, text) == "courtesy"
    assert command in ana.texts()[-1]
    await ana.presses(Verb.NOT_FOR_YOU)
    await world.deliver()
    assert text in ana.texts()[-1]
    assert Verb.PLACE in ana.asks()


async def test_a_question_takes_such_a_word_as_its_answer(world: World, pair: Pair) -> None:
    """So do a letter and practice."""
    ana, _ = pair
    await says(ana, "/capsule")
    assert await says(ana, "letter") == "capsule_draft"
    await world.deliver()


def test_every_command_is_named_in_every_file() -> None:
    """A new command can't pass unseen, and no word leads to two."""
    assert {*COMMANDS} <= {*SCREENS.commands}
    for language in languages():
        data = tomllib.loads((ROOT / language / "menu.toml").read_text("utf-8"))
        assert {*data} == {*COMMANDS}, language
        said = [word for words in data.values() for word in words]
        assert len(menu_words(data).slashed) == len({word.removeprefix("/") for word in said}), language


@pytest.mark.parametrize(("language", "command"), [("es", "/tarjeta"), ("de", "/karte")])
async def test_danger_in_a_card_is_heard_by_whatever_name_it_is_written(
    world: World, pair: Pair, language: str, command: str
) -> None:
    """A card is the one command that free words follow for another to read; an edit of it changes it, too."""
    ana, _ = pair
    await world.change(ana, language=language)
    source = await ana.writes(f"{command} I want to die. Would you miss me?")
    await world.deliver()
    assert "care" in ana.kinds()
    await ana.edits(source, f"{command} Would you like to fly one day?")
    await world.deliver()
    assert "fly one day" in ana.last("card_draft").text
