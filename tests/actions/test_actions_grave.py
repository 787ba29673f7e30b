"""What the bot says around grave words fits them: at the reveal, and where somebody practises alone."""

import re

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, World, seal

from bot.actions.advice import SUGGEST
from bot.coach.suggest import MISSING
from bot.screens import text as words_screen
from bot.screens.callbacks import Verb
from bot.telegram.dispatch import on_message
from prompts.prompt import StarterKind
from prompts.starters import Starter

Pair = tuple[Person, Person]
GOOD = "good-better-than-expected"
LOSSES = ("My father died on Tuesday. I can't say more than that.", "I lost my job.")
DANGERS = (
    ("en", "I want to kill myself"),
    ("en", "I want to die"),
    ("en", "I don't want to live any more"),
    ("en", "he hits me when he is angry"),
    ("en", "he hit me last night"),
    ("en", "sometimes I think everybody would be better off without me"),
    ("de", "Ich will nicht mehr leben"),
    ("es", "me quiero morir"),
    ("fr", "j'ai envie de mourir"),
    ("pt-br", "ele me bateu ontem à noite"),
    ("ru", "он меня избил вчера"),
    ("ar", "أريد أن أموت"),
)
ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
ORDINARY = {
    "en": "It didn't rain.",
    "de": "Es hat nicht geregnet.",
    "es": "No llovió.",
    "fr": "Il n'a pas plu.",
    "pt-br": "Não choveu.",
    "ru": "Дождя не было.",
    "ar": "لم تمطر.",
}


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
    world: World, pair: Pair, words: str, *, own: str = "a quiet evening", language: str = "en", turn: int
) -> tuple[str, list[Starter]]:
    """Reveal words to Bo on a card about good things; tell the frame before them and the openings that are offered."""
    ana, bo = pair
    for person in pair:
        await world.change(person, language=language)
    async with world.unit() as work:
        sql = "UPDATE rounds SET prompt = :prompt, ordinal = :turn"
        await work.context.transaction.rows(sql, prompt=GOOD, turn=turn)
    await seal(ana, words)
    await seal(bo, own)
    starters = {one.button: one for one in world.services.content.words(language).starters.values()}
    offered = [starters[label] for label, _ in bo.invitation().buttons if label in starters]
    assert offered
    return bo.last("reveal_frame").text.translate(ISOLATES), offered


@pytest.mark.parametrize("words", LOSSES)
@pytest.mark.parametrize("turn", [0, 3])
async def test_nothing_cheerful_stands_around_a_loss(world: World, pair: Pair, words: str, turn: int) -> None:
    """On a card about good things: a frame for any words, and openings that only give back what was heard."""
    frame, offered = await revealed(world, pair, words, turn=turn)
    said = world.services.content.words("en")
    assert any(one.text.replace("{other}", "Ana") in frame for one in said.frames.values() if one.grave)
    assert {one.kind for one in offered} == {StarterKind.REFLECT}


@pytest.mark.parametrize(("language", "words"), DANGERS)
@pytest.mark.parametrize("turn", [0, 3])
async def test_words_that_may_mean_danger_change_nothing_that_the_other_gets(
    world: World, pair: Pair, language: str, words: str, turn: int
) -> None:
    """Whoever wrote them is told so: the frame is any words', and the openings those of a day without rain."""
    content = world.services.content
    assert content.alarms(words, language)
    assert not content.alarms(ORDINARY[language], language)
    frame, offered = await revealed(world, pair, words, language=language, turn=turn)
    said = content.words(language)
    async with world.unit() as work:
        round_ = await work.rounds.latest(world.couple)
    assert round_ is not None
    prompt = content.prompt(GOOD, language)
    denied = content.sore(ORDINARY[language], language)
    due = said.frame_for(prompt.way, round_.couple, turn, light=prompt.light, sore=denied)
    assert due.text.replace("{other}", "Ana") in frame
    assert due.sober
    openings = said.starters_for(StarterKind.GOOD, round_.couple, turn, sore=denied)
    assert [one.id for one in offered] == [one.id for one in openings[: len(offered)]]
    assert {one.kind for one in offered} == {StarterKind.REFLECT}
    assert all(one.sober for one in offered)


@pytest.mark.parametrize(
    "words", ["I laughed so much when the dog stole the cake", "Sunday on the lake with you"]
)
async def test_a_glad_text_is_met_gladly(world: World, pair: Pair, words: str) -> None:
    """On a card about good things: most of the openings are for those."""
    _, offered = await revealed(world, pair, words, turn=3)
    assert [one.kind for one in offered].count(StarterKind.GOOD) == 2


async def test_whoever_has_told_of_a_loss_is_offered_nothing_glad(world: World, pair: Pair) -> None:
    """Their own words weigh on how they can answer, too: nobody is glad on such a day that a bus was late."""
    _, offered = await revealed(world, pair, "The bus was late", own="mum died this morning", turn=3)
    assert offered[0].kind is StarterKind.REFLECT
    assert all(one.sober for one in offered)


@pytest.mark.parametrize(
    ("words", "answer"),
    [("wool", Verb.TAP), ("I cried all night", Verb.STARTER), ("My father died on Tuesday.", Verb.STARTER)],
)
async def test_a_tap_answers_no_sad_words(world: World, pair: Pair, words: str, answer: Verb) -> None:
    """“That's new to me” would sting under them; there openings are offered."""
    await world.rows("UPDATE rounds SET prompt = 'quick-sleep-as-a-fabric', ordinal = 3")
    ana, bo = pair
    await seal(ana, words)
    await seal(bo, "wool")
    assert {Verb.TAP, Verb.STARTER}.intersection(bo.asks()) == {answer}


async def test_an_answer_of_a_quick_card_is_tapped_at_though_there_is_a_not_in_it(
    world: World, pair: Pair
) -> None:
    """It is ours, and no sorrow of theirs."""
    quick = [one for one in world.services.content.library("en").prompts.values() if one.quick]
    prompt, choice = next(
        (one.id, said)
        for one in quick
        for said in one.choices
        if world.services.content.sore(said, "en") and one.sides[0] == one.sides[-1]
    )
    await world.rows("UPDATE rounds SET prompt = :prompt, ordinal = 3", prompt=prompt)
    ana, bo = pair
    await seal(ana, choice)
    await seal(bo, "a quiet evening")
    assert Verb.TAP in bo.asks()


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
    assert "/invite" not in ana.texts()[-1]
    ana.look_away()
    await says(ana, "I want to die")
    await says(ana, "I want to die")
    assert ana.kinds() == ["care", "safety"]
    await ana.writes("/today")
    await world.deliver()
    assert ana.texts()[-1].startswith("You're not with anybody here.")


@pytest.mark.parametrize("asked", ["what should I do", "help"])
async def test_after_help_a_question_leads_to_help_and_not_to_the_other(pair: Pair, asked: str) -> None:
    """Who was frightened by the other's words is not told to answer them."""
    await seal(pair[0], "if you leave me I'll kill myself")
    await seal(pair[1], "a quiet evening")
    bo = pair[1]
    await says(bo, "I'm scared")
    bo.look_away()
    await says(bo, asked)
    assert bo.kinds() == ["safety"]


async def test_after_a_goodbye_nothing_is_said_lightly(world: World, pair: Pair) -> None:
    """No "Good.", no "Take care.", for some hours; then as ever."""
    ana, _ = pair
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.deliver()
    await says(ana, "when you read this I won't be alive any more")
    for lightly in ("ok", "goodbye"):
        ana.look_away()
        await says(ana, lightly)
        assert ana.kinds() == ["courtesy"]
        assert "/safety" in ana.texts()[-1]
    await world.later(4 * HOUR)
    ana.look_away()
    await says(ana, "ok")
    assert "/safety" not in ana.texts()[-1]


@pytest.mark.parametrize("said", ["I'm scared", "that scares me", "you scare me"])
async def test_fear_in_an_answer_is_not_remarked_on(pair: Pair, said: str) -> None:
    """Help for whoever says it, and no lesson in listening."""
    ana, bo = pair
    await seal(ana, "sometimes I lose it\nand I shove her")
    await seal(bo, "a quiet evening")
    bo.look_away()
    await says(bo, said)
    assert "care" in bo.kinds()
    assert "Which words" not in "\n".join(bo.texts())


CLAIMS = re.compile(
    r"have to do anything|nothing to fix|enjoy it\.|something good'?s|nothing deep|"
    r"hay nada que arreglar|viene algo bueno|nada hondo|es gibt nichts zu|etwas gutes ist hier|"
    r"il n'y a rien|il y a du bon|não há nada a|este é leve|здесь есть что-то хорошее|здесь нечего|"
    r"لا شيء هنا يحتاج|شيء طيّب في الطريق|لا شيء عميق",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "pt-br", "ru"])
def test_no_frame_claims_to_know_what_is_to_be_read(world: World, language: str) -> None:
    """It may stand before a blow or a goodbye, and one that comes only then would tell."""
    frames = world.services.content.words(language).frames.values()
    assert [
        one.id for one in frames for text in (one.text, one.words(listened=True)) if CLAIMS.search(text)
    ] == []


async def test_once_some_weeks_are_over_a_link_is_named_again(world: World, pair: Pair) -> None:
    """Nobody hears of somebody else in the same breath as of an end."""
    ana, _ = pair
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.deliver()
    world.now += 15 * DAY
    await says(ana, "I miss him")
    assert "/invite makes a link" in ana.texts()[-1]


@pytest.mark.parametrize("text", ["Germany", "germany!"])
async def test_a_country_that_is_typed_under_help_is_shown(world: World, pair: Pair, text: str) -> None:
    """As if it had been pressed; any other word there is asked about as before."""
    ana, _ = pair
    await ana.writes("/safety")
    await world.deliver()
    await says(ana, text)
    assert ana.kinds()[-1] == "safety_lines"
    assert "Germany" in ana.texts()[-1]
    await says(ana, "the lamp went out")
    assert ana.kinds()[-1] == "kept_ask"


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ("I want to die", False),
        ("he hit me last night", False),
        ("It didn't rain.", False),
        ("I felt small at dinner", False),
        ("On Monday I sang in the car.", True),
    ],
)
async def test_what_an_answer_leaves_out_is_named_under_no_sad_words(
    world: World, pair: Pair, about: str, *, named: bool
) -> None:
    """Love is answer enough; and of a day without rain it isn't said either, so nothing is told by it."""
    ana, bo = pair
    await seal(ana, about)
    await seal(bo, "a quiet evening")
    await bo.writes("I love you so much")
    await world.deliver()
    [details] = [row.message.details for _, row, _ in bo.calls if row.message.kind == "response_draft"]
    assert (details.get(SUGGEST) == MISSING) is named
