"""What the bot says around grave words fits them: at the reveal, and where somebody practises alone."""

import pytest
from couple_person import Person
from couple_world import World, seal

from bot.screens import text as words_screen
from bot.screens.callbacks import Verb
from bot.telegram.dispatch import on_message
from prompts.prompt import StarterKind

Pair = tuple[Person, Person]
GOOD = "good-better-than-expected"
LOSSES = ("My father died on Tuesday. I can't say more than that.", "I lost my job.")
DANGERS = (
    ("en", "I want to kill myself"),
    ("en", "he hits me when he is angry"),
    ("de", "Ich will nicht mehr leben"),
    ("es", "me quiero morir"),
)


async def says(person: Person, text: str) -> None:
    """Write free words, which may mean danger."""
    chat = {"id": person.chat, "type": "private", "first_name": person.name}
    incoming = {"message_id": person.number(), "date": 1, "text": text, "chat": chat}
    await person.world.handle(
        {"message": incoming | {"from": chat | {"is_bot": False}}},
        on_message(words_screen.words, person.world.services, person.world.throttle, heed=True),
    )
    await person.world.deliver()


async def revealed(
    world: World, pair: Pair, words: str, *, language: str = "en", turn: int
) -> tuple[str, set[StarterKind]]:
    """Reveal words to Bo on a card about good things; tell the frame before them and the kinds of the openings."""
    ana, bo = pair
    for person in pair:
        await world.change(person, language=language)
    async with world.unit() as work:
        sql = "UPDATE rounds SET prompt = :prompt, ordinal = :turn"
        await work.context.transaction.rows(sql, prompt=GOOD, turn=turn)
    await seal(ana, words)
    await seal(bo, "a quiet evening")
    said = world.services.content.words(language)
    offered = dict(bo.invitation().buttons)
    kinds = {starter.kind for starter in said.starters.values() if starter.button in offered}
    assert kinds
    return bo.last("reveal_frame").text, kinds


@pytest.mark.parametrize("words", LOSSES)
@pytest.mark.parametrize("turn", [0, 3])
async def test_nothing_cheerful_stands_around_a_loss(world: World, pair: Pair, words: str, turn: int) -> None:
    """On a card about good things: a frame for any words, and openings that only give back what was heard."""
    frame, kinds = await revealed(world, pair, words, turn=turn)
    said = world.services.content.words("en")
    assert any(one.text.replace("{other}", "Ana") in frame for one in said.frames.values() if one.grave)
    assert kinds == {StarterKind.REFLECT}


@pytest.mark.parametrize(("language", "words"), DANGERS)
@pytest.mark.parametrize("turn", [0, 3])
async def test_words_that_may_mean_danger_change_nothing_that_the_other_gets(
    world: World, pair: Pair, language: str, words: str, turn: int
) -> None:
    """Whoever wrote them is told so: the frame and the openings are those that any words would have had."""
    assert world.services.content.alarms(words, language)
    frame, kinds = await revealed(world, pair, words, language=language, turn=turn)
    said = world.services.content.words(language)
    async with world.unit() as work:
        round_ = await work.rounds.latest(world.couple)
    assert round_ is not None
    prompt = world.services.content.prompt(GOOD, language)
    due = said.frame_for(prompt.way, round_.couple, turn, light=prompt.light)
    assert due.text.replace("{other}", "Ana") in frame
    openings = said.starters_for(StarterKind.GOOD, round_.couple, turn)
    assert kinds <= {starter.kind for starter in openings}
    assert StarterKind.GOOD in kinds


@pytest.mark.parametrize("words", ["he hit me yesterday and I'm scared", "I want to die"])
async def test_who_is_in_danger_gets_help_alone_in_practice(world: World, pair: Pair, words: str) -> None:
    """No answer that could land well, and no remark; said again, the page with the lines, and never silence."""
    ana, _ = pair
    await ana.writes("/practice")
    await world.deliver()
    ana.look_away()
    await says(ana, words)
    assert ana.kinds() == ["care"]
    await says(ana, words)
    assert ana.kinds() == ["care", "safety"]


async def test_who_is_alone_again_hears_a_kind_word_before_any_link(world: World, pair: Pair) -> None:
    """After a couple has ended, whatever is said; and to words of danger help alone, also a second time."""
    ana, _ = pair
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.deliver()
    ana.look_away()
    await says(ana, "I miss him")
    assert ana.texts()[-1].startswith("Take all the time you need")
    ana.look_away()
    await says(ana, "I want to die")
    await says(ana, "I want to die")
    assert ana.kinds() == ["care", "safety"]
    await ana.writes("/today")
    await world.deliver()
    assert ana.texts()[-1].startswith("You're not with anybody here.")
