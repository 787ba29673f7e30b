"""The second question: offered to whoever begins an answer, by what the prompt practises, and never on light words."""

import pytest
from memory import behind
from people import MakeHome, couple, next_round

from bot.content import Content
from bot.screens.callbacks import Verb
from prompts.prompt import WAYS, Way


def _card(content: Content, way: str, *, light: bool) -> str:
    deck = content.library("en").prompts.values()
    fitting = (p for p in deck if p.way == way and p.depth == 1 and p.light is light and p.form is None)
    return next(p.id for p in fitting if not (p.quick or p.retired or p.by_consent or p.heavy or p.arc))


@pytest.mark.parametrize(("way", "light"), [(Way.LISTENING, False), (Way.GOOD, False), (Way.DAILY, True)])
async def test_it_is_offered_with_the_beginning_of_an_answer(
    make_home: MakeHome, content: Content, way: Way, *, light: bool
) -> None:
    """With the name of the one who wrote, from the second day on; a light card goes without."""
    home = await make_home(prompts=(_card(content, way, light=light),))
    ana, bo = await couple(home, "Ana", "Bo")
    question = content.second_question(way, "en").replace("{other}", "Bo")
    for first in (True, False):
        for partner in (ana, bo):
            await partner.seals("The kettle, and the light on it.")
        begun = await ana.press_answer(Verb.OWN_WORDS)
        assert (question in begun) is not (light or first)
        if first:
            await next_round(home, ana, bo)


async def test_whoever_was_guessed_about_is_asked_about_the_guess(
    make_home: MakeHome, content: Content
) -> None:
    """The words are about their reader; the guesser is asked by the prompt's way, as everybody is."""
    home = await make_home(prompts=("perspective-the-hard-hour",))
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals("The kettle.")
    await bo.seals("The light.")
    await next_round(home, ana, bo)
    await behind(home, "UPDATE rounds SET swapped = 0")
    await bo.seals("I guess it was the morning.")
    await ana.seals("Thursday, before the visit.")
    for partner, other, kind in ((ana, "Bo", "guess"), (bo, "Ana", Way.PERSPECTIVE)):
        begun = await partner.press_answer(Verb.OWN_WORDS)
        assert content.second_question(kind, "en").replace("{other}", other) in begun


def test_each_way_and_a_guess_have_one_of_their_own(content: Content) -> None:
    """Seven ways and a guess, eight questions, each about the other."""
    questions = {content.second_question(kind, "en") for kind in (*WAYS, "guess")}
    assert len(questions) == len(WAYS) + 1
    assert all("{other}" in question and question.count("?") == 2 for question in questions)
