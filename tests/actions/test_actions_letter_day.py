"""A letter's day as people write it, with an hour beside it; what can't be read as one is asked, and no line of it."""

import pytest
from couple_person import Person
from couple_world import World
from test_actions_stops import says

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
WORDS = "by then the pears are ripe"


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "saturday the 21st at 9", "21 March"),
        ("en", "fri 9am", "6 March"),
        ("en", "saturday 21 at 9", "21 March"),
        ("de", "freitag 20 uhr", "6. März"),
        ("de", "sonntag halb neun", "8. März"),
        ("es", "el sabado a las 9", "7 de marzo"),
        ("es", "miercoles 11", "11 de marzo"),
        ("pt-br", "terca as 20h", "3 de março"),
        ("pt-br", "sabado as 9", "7 de março"),
    ],
)
async def test_it_is_chosen_as_it_is_meant(
    world: World, pair: Pair, language: str, text: str, day: str
) -> None:
    """And shown under the letter before anything counts; the world's today is Monday, 2 March 2026."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, "/capsule")
    await says(ana, WORDS)
    assert await says(ana, text) == "capsule_draft"
    assert day in ana.last("capsule_draft").text
    assert ana.last("capsule_draft").quoted == [WORDS]


HOURS = (
    ("en", "friday at 9", "hour of its own"),
    ("en", "friday", ""),
    ("en", "14 july 2027", ""),
    ("es", "viernes a las 9", "hora propia"),
    ("es", "el 14 de julio", ""),
    ("en", "saturday 7", ""),
    ("de", "sonntag halb neun", "Eine eigene Uhrzeit"),
    ("de", "14. juli", ""),
    ("fr", "samedi a 9h", "d'heure à elle"),
    ("fr", "le 14 juillet", ""),
    ("pt-br", "sabado as 9", "hora só dela"),
    ("ru", "в субботу в 9", "Своего часа"),
    ("ar", "السبت الساعة 9", "ساعة خاصة"),
)


@pytest.mark.parametrize(("language", "text", "told"), HOURS)
async def test_an_hour_beside_the_day_is_said_to_count_for_nothing(
    world: World, pair: Pair, language: str, text: str, told: str
) -> None:
    """Once, and only where one was named."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, "/capsule")
    await says(ana, WORDS)
    assert await says(ana, text) == "capsule_draft"
    said = ana.last("capsule_draft").text
    sentences = {found for _, _, found in HOURS if found and found in said}
    assert sentences == ({told} if told else set())
    await says(ana, "and the pond is full")
    assert not any(found and found in ana.last("capsule_draft").text for _, _, found in HOURS)


SAID = (
    ("en", "saturday", "opens on Saturday, 7 March 2026, at your hour"),
    ("es", "sábado", "Se abre el sábado, 7 de marzo de 2026, a la hora"),
    ("de", "samstag", "öffnet sich am Samstag, 7. März 2026, zu eurer Uhrzeit"),
    ("fr", "samedi", "s'ouvre le samedi 7 mars 2026, à votre heure"),
    ("fr", "1er avril", "s'ouvre le mercredi 1er avril 2026, à votre heure"),
    ("pt-br", "sábado", "Dia de abrir: sábado, 7 de março de 2026, no horário"),
    ("ru", "суббота", "Оно откроется в субботу, 7 марта 2026"),
    ("ar", "السبت", "يوم السبت، 7 مارس 2026، في ساعتكما"),
)


@pytest.mark.parametrize(("language", "text", "sentence"), SAID)
async def test_it_is_said_as_one_says_a_day_there(
    world: World, pair: Pair, language: str, text: str, sentence: str
) -> None:
    """With the comma of its language, or none, and the weekday in its case."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, "/capsule")
    await says(ana, WORDS)
    assert await says(ana, text) == "capsule_draft"
    assert sentence in ana.last("capsule_draft").text


@pytest.mark.parametrize("text", ["today at 9", "tonight at 9", "on friday the 9th", "saturday the 20th"])
async def test_what_is_no_day_is_asked_again(world: World, pair: Pair, text: str) -> None:
    """An hour alone, and a weekday that isn't its date's; then a day is taken."""
    ana, _ = pair
    await says(ana, "/capsule")
    await says(ana, WORDS)
    assert await says(ana, text) == "ask_again"
    assert await says(ana, "saturday") == "capsule_draft"
    assert ana.last("capsule_draft").quoted == [WORDS]
    assert world


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("text", ["today at 9", "tonight at 9"])
async def test_an_hour_alone_is_told_that_a_letter_opens_on_a_later_day(
    pair: Pair, text: str, *, asked: bool
) -> None:
    """Right under the letter, and where its day is asked for."""
    ana, _ = pair
    await says(ana, "/capsule")
    await says(ana, WORDS)
    if asked:
        await ana.presses(Verb.CAPSULE_OTHER_DAY)
    assert await says(ana, text) == "ask_again"
    assert "A letter opens on a later day, at your hour." in ana.texts()[-1]


async def test_a_letter_that_was_put_off_says_that_it_is_the_one_begun(pair: Pair) -> None:
    """Whoever comes back for a new one would else write on in the old; what is written on says it no more."""
    ana, _ = pair
    await says(ana, "/capsule")
    await says(ana, WORDS)
    assert "the letter you've begun" not in ana.texts()[-1]
    await says(ana, "/cancel")
    assert await says(ana, "/capsule") == "capsule_draft"
    assert "the letter you've begun" in ana.last("capsule_draft").text
    await says(ana, "and the plums")
    assert "the letter you've begun" not in ana.last("capsule_draft").text
