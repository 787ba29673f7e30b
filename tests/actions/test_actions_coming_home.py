"""A few words about coming home are for whoever waits there, and no question to the bot."""

import pytest
from couple_person import Person
from couple_world import World
from test_actions_stops import says

Pair = tuple[Person, Person]
COMES = (
    ("en", "almost home"),
    ("en", "running late"),
    ("es", "ya llego"),
    ("es", "llego"),
    ("es", "ya casi llego"),
    ("es", "ya llegué"),
    ("es", "ya estoy aquí"),
    ("es", "llego tarde"),
    ("de", "da bin ich"),
    ("de", "bin gleich da"),
    ("fr", "j'arrive"),
    ("fr", "je suis là"),
    ("fr", "je suis en retard"),
    ("pt-br", "já chego"),
    ("pt-br", "chegou"),
    ("pt-br", "vou atrasar"),
    ("ru", "скоро буду"),
    ("ru", "опаздываю"),
    ("ar", "وصلت"),
    ("ar", "رح اتأخر"),
)
DONE = {
    "en": "done",
    "es": "listo",
    "de": "fertig",
    "fr": "fini",
    "pt-br": "pronto",
    "ru": "всё",
    "ar": "خلص",
}


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("language", "text"), COMES)
async def test_it_is_kept(world: World, pair: Pair, language: str, text: str, *, after: bool) -> None:
    """As the first words of a day, also after a word to the bot."""
    ana, _ = pair
    await world.change(ana, language=language)
    if after:
        assert await says(ana, DONE[language]) == "courtesy"
    assert await says(ana, text) == "draft"
    assert ana.last("draft").quoted == [text]
