"""Another card, for oneself alone: the other's screen stays as it was, and the reveal shows each their card."""

from dataclasses import replace

import pytest
from couple_person import Person
from couple_world import World, base36, each, seal, without_ids

from bot.practice.round import Round
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def takes_another(person: Person) -> str:
    """Take another card; tell its words."""
    await person.presses(Verb.ANOTHER_CARD)
    await person.world.deliver()
    return card(person)


def card(person: Person) -> str:
    """Tell the words of the newest prompt in a chat: its second line."""
    return person.last("prompt").text.split("\n")[1]


async def with_prompt(world: World, prompt: str) -> Round:
    """Let today's round have a prompt."""
    async with world.unit() as work:
        await work.context.transaction.rows("UPDATE rounds SET prompt = :prompt", prompt=prompt)
    return await world.round()


async def test_it_is_for_oneself_alone_and_twice_at_most(world: World, pair: Pair) -> None:
    """The other is sent nothing; a second tap on the same button does nothing; the third is not offered."""
    ana, bo = pair
    quiet = len(bo.calls)
    cards = [card(ana)]
    first = next((m, data) for m, said, data in ana.offered if said == Verb.ANOTHER_CARD)
    cards.append(await takes_another(ana))
    await ana.presses_data(*first)
    await world.deliver()
    assert ana.kinds().count("prompt") == 2
    cards.append(await takes_another(ana))
    assert len(set(cards)) == 3
    assert Verb.ANOTHER_CARD not in ana.asks()
    await ana.presses_data(1, f"ac:{base36((await world.round()).id)}:2")
    await world.deliver()
    assert ana.texts()[-1].startswith("There's no other card")
    assert len(bo.calls) == quiet


async def test_at_the_reveal_each_ones_words_stand_under_their_card(world: World, pair: Pair) -> None:
    """And in the journal; where both answered the same, no card is named."""
    ana, bo = pair
    await with_prompt(world, "listening-a-moment-that-stayed")
    taken = await takes_another(ana)
    await seal(ana, "a window")
    await seal(bo, "a kettle")
    assert taken.replace("Bo", "you") != taken or taken in bo.last("reveal_frame").text
    assert "Ana's card was:" in bo.last("reveal_frame").text
    assert "Bo's card was:" in ana.last("reveal_frame").text
    assert "stayed with you" in ana.last("reveal_frame").text
    await bo.presses_data(1, f"je:{base36((await world.round()).id)}")
    await world.deliver()
    assert "stayed with you" in bo.last("journal_entry").text
    theirs = bo.last("journal_entry")
    assert theirs.quoted == ["a kettle", "a window"]
    assert "stayed with you" in theirs.text.splitlines()[1]
    assert theirs.text.splitlines()[-4] != "", "their card stands above their words"


async def test_where_both_answered_the_same_no_card_is_named(world: World, pair: Pair) -> None:
    """One text for both needs no repetition."""
    ana, bo = pair
    await with_prompt(world, "listening-a-moment-that-stayed")
    await seal(ana, "a window")
    await seal(bo, "a kettle")
    assert "card was" not in ana.last("reveal_frame").text + bo.last("reveal_frame").text


@pytest.mark.parametrize("swapper", ["teller", "guesser"])
async def test_a_guess_without_its_other_half_still_makes_sense(
    world: World, pair: Pair, swapper: str
) -> None:
    """Where the guesser has gone, what is told is told of oneself; where the teller has, the guess is a guess."""
    round_ = await with_prompt(world, "perspective-the-hard-hour")
    by_side = {round_.side(person.id): person for person in pair}
    teller, guesser = by_side[0], by_side[1]
    gone, stays = (teller, guesser) if swapper == "teller" else (guesser, teller)
    before = list(stays.texts())
    await takes_another(gone)
    assert stays.texts() == before
    for person in pair:
        await seal(person, f"words of {person.name}")
    assert ("How near did" if stays is guesser else "Give ") in gone.invitation().text
    assert "Give " in stays.invitation().text


async def test_a_draft_stays_and_says_which_card_it_is_for(world: World, pair: Pair) -> None:
    """Sealed as it is, it stands under the first card; written on, under both."""
    ana, bo = pair
    await with_prompt(world, "listening-a-moment-that-stayed")
    await ana.writes("a window")
    await world.deliver()
    taken = await takes_another(ana)
    draft = ana.last("draft")
    assert draft.quoted == ["a window"]
    assert "It's for this card:" in draft.text
    assert "stayed with you" in draft.text
    await ana.writes("and a door")
    await world.deliver()
    assert taken in ana.last("draft").text
    await ana.presses(Verb.SEAL)
    await seal(bo, "a kettle")
    assert "Ana's cards were:" in bo.last("reveal_frame").text


async def test_a_draft_that_is_sealed_as_it_was_answers_the_first_card(world: World, pair: Pair) -> None:
    """Nothing that was written for one card stands under another unasked."""
    ana, bo = pair
    await with_prompt(world, "listening-a-moment-that-stayed")
    await ana.writes("a window")
    await world.deliver()
    await takes_another(ana)
    await ana.presses(Verb.SEAL)
    await seal(bo, "a kettle")
    assert "card was" not in bo.last("reveal_frame").text


async def test_both_take_another_while_one_seals(world: World, pair: Pair) -> None:
    """Whatever the order: a sealed partner keeps theirs, and each is shown the other's card."""
    ana, bo = pair
    await takes_another(ana)
    await seal(ana, "a window")
    await ana.presses_data(1, f"ac:{base36((await world.round()).id)}:1")
    await world.deliver()
    assert ana.last("refusal").text.startswith("Your words for this round are sealed")
    await takes_another(bo)
    await takes_another(bo)
    await seal(bo, "a kettle")
    for reader, author in each(*pair):
        assert f"{author.name}'s card was:" in reader.last("reveal_frame").text
    seen = await world.rows("SELECT partner_id, count(*) FROM seen_prompts GROUP BY 1")
    assert {count for _, count in seen} == {3}


async def test_what_was_taken_is_not_seen_before_the_reveal(world: World, pair: Pair) -> None:
    """Else the next day's prompt would tell of it."""
    ana, _ = pair
    await takes_another(ana)
    await seal(ana, "a window")
    seen = await world.rows("SELECT partner_id, count(*) FROM seen_prompts GROUP BY 1")
    assert {count for _, count in seen} == {1}


async def test_a_card_that_is_retired_meanwhile_stays_theirs(world: World, pair: Pair) -> None:
    """It is told, written to and revealed, and comes to nobody any more."""
    ana, bo = pair
    taken = await takes_another(ana)
    content = world.services.content
    id_ = (await world.round()).card(ana.id)
    prompts = content.library("en").prompts.values()
    content._cards = {frozenset({"en"}): tuple(replace(c, retired=c.id == id_) for c in prompts)}
    try:
        await ana.writes("/today")
        await world.deliver()
        assert taken in ana.last("today").text
        await seal(ana, "a window")
        await bo.presses(Verb.ANOTHER_CARD)
        await world.deliver()
        assert (await world.round()).card(bo.id) != id_
        await seal(bo, "a kettle")
        assert "Ana's card was:" in bo.last("reveal_frame").text
    finally:
        content._cards = {}
    assert without_ids(bo.calls[-1][2])


async def test_what_was_written_for_two_cards_stands_under_both(world: World, pair: Pair) -> None:
    """In the draft, at the reveal and in both journals."""
    ana, bo = pair
    await with_prompt(world, "listening-a-moment-that-stayed")
    await ana.writes("the boat was for the first")
    await world.deliver()
    second = await takes_another(ana)
    await ana.writes("a kite for the second")
    await world.deliver()
    draft = ana.last("draft").text
    assert draft.index("It's for these cards:") < draft.index("stayed with you") < draft.index(second)
    await ana.presses(Verb.SEAL)
    await world.deliver()
    await seal(bo, "a kettle")
    head, *cards = bo.last("reveal_frame").text.splitlines()[-3:]
    assert head == "Ana's cards were:"
    assert "stayed with you" in cards[0]
    assert "stayed with you" not in cards[1]
    for person in pair:
        await person.presses_data(1, f"je:{base36((await world.round()).id)}")
        await world.deliver()
        assert "stayed with you" in person.last("journal_entry").text


async def test_what_is_begun_anew_is_for_the_last_card_alone(world: World, pair: Pair) -> None:
    """Nothing of what it was begun for stands there any more."""
    ana, _ = pair
    await with_prompt(world, "listening-a-moment-that-stayed")
    await ana.writes("the boat was for the first")
    await world.deliver()
    second = await takes_another(ana)
    await ana.presses(Verb.START_OVER)
    await ana.writes("a kite for the second")
    await world.deliver()
    draft = ana.last("draft").text
    assert "It's for this card:" in draft
    assert second in draft
    assert "stayed with you" not in draft
