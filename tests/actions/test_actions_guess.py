"""A guess has an end: the teller says how near it was, the guesser sees it, and both may respond."""

import pytest
from couple_person import Person
from couple_world import World, base36, respond, seal
from labels import label

from bot.practice.round import Near
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def guessed(world: World, pair: Pair, prompt: str = "perspective-the-hard-hour") -> Pair:
    """Bring the two to the reveal of a guess; give the teller and the guesser."""
    async with world.unit() as work:
        await work.context.transaction.rows("UPDATE rounds SET prompt = :prompt", prompt=prompt)
    round_ = await world.round()
    teller, guesser = sorted(pair, key=lambda person: round_.side(person.id))
    await seal(guesser, "my guess")
    await seal(teller, "how it was")
    return teller, guesser


@pytest.mark.parametrize("word", Near)
async def test_the_teller_says_how_near_it_was_and_both_are_led_on(
    world: World, pair: Pair, word: Near
) -> None:
    """By a word and no number; then the teller may add what it was like, and the guesser answers that."""
    teller, guesser = await guessed(world, pair)
    invited = teller.invitation()
    assert [label for label, _ in invited.buttons] == [
        label("near_very"),
        label("near_partly"),
        label("near_not_this_time"),
        label("own_words"),
        label("worries_me"),
    ]
    assert "You'd made a guess about this." in guesser.invitation().text
    await teller.presses(Verb.NEAR, word.value)
    await world.deliver()
    told = guesser.last("near_told").text
    assert {"very": "very near", "partly": "partly there", "not_this_time": "not this time"}[word] in told
    assert "what you see now" in told
    assert invited.buttons == []
    assert teller.invitation().text.startswith("If you like, tell")
    await teller.presses(Verb.OWN_WORDS)
    await respond(teller, "it was like this")
    assert guesser.last("response_words").quoted == ["it was like this"]
    await guesser.presses(Heard.YES)
    await guesser.presses(Verb.OWN_WORDS)
    await respond(guesser, "now I see")
    assert teller.last("response_words").quoted == ["now I see"]
    assert await world.rows("SELECT near FROM turns WHERE near IS NOT NULL") == [(word.value,)]


async def test_it_is_said_once(world: World, pair: Pair) -> None:
    """A second word changes nothing, from whichever old button."""
    teller, guesser = await guessed(world, pair)
    round_ = await world.round()
    await teller.presses(Verb.NEAR, Near.VERY.value)
    await teller.presses_data(1, f"near:{base36(round_.id)}:partly")
    await world.deliver()
    assert guesser.kinds().count("near_told") == 1
    assert (await world.round()).turn(guesser.id).near is Near.VERY


async def test_it_is_for_a_guess_and_for_whoever_it_was_about(world: World, pair: Pair) -> None:
    """Not before the reveal, not by the guesser, not with a word that is none, not of another form."""
    async with world.unit() as work:
        sql = "UPDATE rounds SET prompt = 'perspective-the-hard-hour'"
        await work.context.transaction.rows(sql)
    round_ = await world.round()
    teller, guesser = sorted(pair, key=lambda person: round_.side(person.id))
    press = f"near:{base36(round_.id)}:very"
    await seal(guesser, "my guess")
    await teller.presses_data(1, press)
    await world.deliver()
    assert teller.last("refusal")
    await seal(teller, "how it was")
    await guesser.presses_data(1, press)
    await teller.presses_data(1, f"near:{base36(round_.id)}:9")
    await world.deliver()
    assert await world.rows("SELECT count(*) FROM turns WHERE near IS NOT NULL") == [(0,)]
    assert "near_told" not in teller.kinds() + guesser.kinds()


async def test_where_both_guess_each_says_how_near(world: World, pair: Pair) -> None:
    """One text for both that is a guess has two ends."""
    both = next(
        prompt.id
        for prompt in world.services.content.library("en").prompts.values()
        if prompt.form == "guess" and not prompt.two_sided
    )
    one, two = await guessed(world, pair, both)
    for person in (one, two):
        await person.presses(Verb.NEAR, Near.PARTLY.value)
    await world.deliver()
    assert one.kinds().count("near_told") == two.kinds().count("near_told") == 1


async def test_today_does_not_ask_twice(world: World, pair: Pair) -> None:
    """Once it is said, /today leads to the response alone."""
    teller, _ = await guessed(world, pair)
    await teller.presses(Verb.NEAR, Near.VERY.value)
    await world.deliver()
    teller.look_away()
    await teller.writes("/today")
    await world.deliver()
    await teller.presses(Verb.SHOW_AGAIN)
    await world.deliver()
    assert Verb.NEAR not in teller.asks()
    assert Verb.OWN_WORDS in teller.asks()


async def test_a_question_leads_to_an_answer(world: World, pair: Pair) -> None:
    """Whoever was asked is invited to answer, and no word of nearness is asked for."""
    asking = next(
        prompt.id
        for prompt in world.services.content.library("en").prompts.values()
        if prompt.form == "ask" and prompt.two_sided
    )
    asked, asker = await guessed(world, pair, asking)
    assert "answer" in asked.invitation().text
    assert Verb.NEAR not in asked.asks() + asker.asks()


TOLD = "It was in the kitchen, and I was cold all evening."


async def test_whoever_tells_is_not_asked_what_they_heard(world: World, pair: Pair) -> None:
    """The teller was asked what it was really like, or an answer; the same words of the guesser leave something out."""
    teller, guesser = await guessed(world, pair)
    await teller.presses(Verb.NEAR, Near.PARTLY.value)
    for person in (teller, guesser):
        await person.writes(TOLD)
    await world.deliver()
    lines = [person.last("response_draft").text.split(TOLD)[1].strip() for person in (teller, guesser)]
    assert lines[0] == ""
    assert lines[1]
