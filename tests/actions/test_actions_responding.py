"""Responding: in one's own words, quoted before they go, to the newest revealed round and to no other."""

import pytest
from couple_person import Person, asked
from couple_world import World, base36, respond, reveal, seal
from going_on import going_on

from bot.practice.thread import Heard, ThreadState
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def threads(world: World) -> list[ThreadState]:
    """Tell where both threads of the newest revealed round stand, Ana's first."""
    shown = [round_ for round_ in await world.rounds() if round_.revealed_at is not None]
    return [turn.thread for turn in shown[-1].turns]


async def started(person: Person, starter: str = "") -> str:
    """Pick the starter that is offered, or one that a later round would offer; tell its opening."""
    invitation = person.invitation()
    offered = invitation.buttons[0][1]
    await person.presses_data(
        invitation.id, f"{offered.rpartition(':')[0]}:{starter}" if starter else offered
    )
    await person.world.deliver()
    return person.last("starter").text.splitlines()[0].removesuffix(" …")


async def test_a_response_goes_only_by_the_button_under_it(world: World, pair: Pair) -> None:
    """Free text makes a draft; it says for whom and for which round."""
    ana, bo = pair
    await reveal(world)
    await bo.writes("you were alone")
    await world.deliver()
    assert bo.last("response_draft").text.startswith("To Ana, about this round:")
    assert "response_words" not in ana.kinds()
    await bo.presses(Verb.SEND)
    await world.deliver()
    assert ana.last("response_words").quoted == ["you were alone"]
    assert [asked(data) for _, data in ana.last("response_words").buttons] == [
        Heard.YES,
        Heard.PARTLY,
        Heard.NOT_YET,
    ]
    assert await threads(world) == [ThreadState.ANSWERED, ThreadState.QUIET]


async def test_what_led_to_a_response_has_no_buttons_once_it_is_sent(world: World, pair: Pair) -> None:
    """Neither the invitation nor the quotation."""
    _, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    kept = [Verb.CLEAR_MINE]  # what is offered once, under the first seal
    assert bo.asks() == [Verb.ANOTHER_CARD, Verb.NOT_TODAY, *kept]  # and of the prompt, which stays


async def test_a_starter_stands_before_the_words_without_a_phones_capital(world: World, pair: Pair) -> None:
    """The words that were on the button."""
    _, bo = pair
    await reveal(world)
    label = bo.invitation().buttons[0][0]
    opening = await started(bo)
    assert label == f"{opening} …"
    await bo.writes(going_on(opening).capitalize())
    await world.deliver()
    assert bo.last("response_draft").quoted == [f"{opening} {going_on(opening)}"]


@pytest.mark.parametrize(
    ("written", "quoted"),
    [("{} it was quiet", "{} it was quiet"), ("Were you alone?", "Were you alone?"), (" 🙂 ", "🙂")],
)
async def test_what_makes_no_sentence_with_a_starter_stands_alone(
    world: World, pair: Pair, written: str, quoted: str
) -> None:
    """And one that was written out by hand, in any case, stands once."""
    _, bo = pair
    await reveal(world)
    opening = await started(bo)
    await bo.writes(written.format(opening.upper()))
    await world.deliver()
    assert bo.last("response_draft").quoted == [quoted.format(opening.upper())]


async def test_the_last_starter_picked_counts(world: World, pair: Pair) -> None:
    """And own words take it away."""
    _, bo = pair
    await reveal(world)
    await started(bo)
    second = await started(bo, "reflect-hear")
    said = going_on(second)
    await bo.writes(said)
    await world.deliver()
    assert bo.last("response_draft").quoted == [f"{second} {said}"]
    await bo.presses(Verb.OWN_WORDS)
    await bo.writes("mine alone")
    await world.deliver()
    assert bo.last("response_draft").quoted == [f"{second} {said}", "mine alone"]


async def test_a_voice_message_can_be_the_response(world: World, pair: Pair) -> None:
    """It is said in its quotation, and reaches the author with the buttons under it."""
    ana, bo = pair
    await reveal(world)
    await started(bo)
    await bo.sends("voice", "v1")
    await world.deliver()
    assert "A voice message" in bo.last("response_draft").text
    await bo.presses(Verb.SEND)
    await world.deliver()
    heard = ana.last("response_media")
    assert (heard.media, heard.text, len(heard.buttons)) == ("v1", "Bo answers your words.", 3)


async def test_a_pictures_caption_stands_under_it_with_the_buttons(world: World, pair: Pair) -> None:
    """One call; the starter stands before the caption."""
    ana, bo = pair
    await reveal(world)
    opening = await started(bo)
    await bo.sends("photo", "p1", going_on(opening))
    await world.deliver()
    await bo.presses(Verb.SEND)
    await world.deliver()
    assert ana.kinds()[-2:] == ["reveal_words", "response_media"]
    assert ana.last("response_media").quoted == [f"{opening} {going_on(opening)}"]
    assert len(ana.last("response_media").buttons) == 3


async def test_a_response_can_be_written_anew(world: World, pair: Pair) -> None:
    """By the button; what is written after it is added, and the old quotation's buttons send nothing."""
    ana, bo = pair
    await reveal(world)
    await bo.writes("first")
    await world.deliver()
    worn = next((m, data) for m, ask, data in bo.offered if ask == Verb.SEND)
    await bo.presses(Verb.REWRITE)
    await world.deliver()
    assert Verb.SEND not in bo.asks()
    await bo.writes("second")
    await bo.writes("third")
    await world.deliver()
    await bo.presses_data(*worn)
    await world.deliver()
    assert bo.kinds()[-2:] == ["refusal", "response_draft"]
    assert bo.last("response_draft").quoted == ["second", "third"]
    assert "response_words" not in ana.kinds()


async def test_a_second_tap_sends_nothing_twice(world: World, pair: Pair) -> None:
    """And is no reproach."""
    ana, bo = pair
    await reveal(world)
    await bo.writes("you were alone")
    await world.deliver()
    for _ in range(2):
        await bo.presses(Verb.SEND)
    await world.deliver()
    assert ana.kinds().count("response_words") == 1
    assert bo.kinds().count("refusal") == 0


async def test_a_worn_button_of_the_first_response_cannot_send_the_second(world: World, pair: Pair) -> None:
    """Both are the first version of their draft; the button names which one stood above it."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "first")
    worn = next((m, data) for m, ask, data in bo.offered if ask == Verb.SEND)
    await ana.presses(Heard.PARTLY)
    await respond(ana, "it was the silence")
    await bo.writes("second")
    await world.deliver()
    await bo.presses_data(*worn)
    await world.deliver()
    assert "second_response_words" not in ana.kinds()


async def test_an_answered_thread_takes_no_further_response(world: World, pair: Pair) -> None:
    """The starters' worn buttons, and rewriting, say so."""
    _, bo = pair
    await reveal(world)
    await bo.writes("you were alone")
    await world.deliver()
    worn = [(m, data) for m, ask, data in bo.offered if ask in (Verb.REWRITE, Verb.OWN_WORDS)]
    await bo.presses(Verb.SEND)
    for button in worn:
        await bo.presses_data(*button)
        await world.deliver()
        assert bo.texts()[-1].startswith("You've answered that already")


async def test_nothing_is_sent_before_the_reveal(world: World, pair: Pair) -> None:
    """A forged starter, sending and rewriting are refused kindly."""
    _, bo = pair
    round_ = await world.round()
    await reveal(world)
    data = [data for _, ask, data in bo.offered if ask == Verb.OWN_WORDS]
    await world.next_opening()
    newest = await world.round()
    forged = data[0].replace(base36(round_.id), base36(newest.id))
    for button in (forged, f"send:{base36(newest.id)}:1:response", f"rw:{base36(newest.id)}:clarification"):
        await bo.presses_data(1, button)
        await world.deliver()
        assert bo.texts()[-1].startswith("That's still sealed")


@pytest.mark.parametrize("slot", ["reflection", "poem", "1", ""])
async def test_a_forged_slot_is_refused(world: World, pair: Pair, slot: str) -> None:
    """There are three kinds of words that can be sent."""
    _, bo = pair
    await reveal(world)
    await bo.presses_data(1, f"send:{base36((await world.round()).id)}:1:{slot}")
    await world.deliver()
    assert bo.texts()[-1].startswith("That button doesn't do anything")


async def test_there_is_nothing_to_send_of_a_deleted_draft(world: World, pair: Pair) -> None:
    """Whoever deleted their words of a round cannot send them by a worn button."""
    _, bo = pair
    await reveal(world)
    await bo.writes("you were alone")
    await world.deliver()
    async with world.unit() as work:
        await work.words.delete(bo.id, (await work.rounds.recent(world.couple, 1))[0].id)
    await bo.presses(Verb.SEND)
    await world.deliver()
    assert "Write a few words first" in bo.texts()[-1]


async def test_a_late_response_goes_by_its_own_buttons(world: World, pair: Pair) -> None:
    """It says of which day it is, to both; plain words are for the new round."""
    ana, bo = pair
    await reveal(world)
    await bo.writes("you were alone")
    await world.deliver()
    await world.next_opening()
    await bo.writes("for today")
    await world.deliver()
    assert bo.last("draft").quoted == ["for today"]
    await bo.presses(Verb.OWN_WORDS)
    await bo.writes("I still think of it")
    await world.deliver()
    assert bo.last("response_draft").text.startswith("To Ana, about 2 March:")
    await bo.presses(Verb.SEND)
    await world.deliver()
    (answer,) = (shown for shown in ana.shown.values() if shown.kind == "response_words")
    assert answer.text.startswith("Bo answers your words of 2 March:")
    assert answer.quoted == ["you were alone\nI still think of it"]
    await ana.presses(Heard.NOT_YET)
    await respond(ana, "and the yellow door")
    assert "about 2 March" in bo.last("clarification_words").text
    assert ana.kinds().count("closing") == 0, "that round was over"


async def test_a_picked_starter_of_an_older_round_catches_no_words(world: World, pair: Pair) -> None:
    """Once a later round is revealed, what is written is for that one."""
    ana, bo = pair
    await reveal(world)
    old = next((m, data) for m, ask, data in bo.offered if ask == Verb.OWN_WORDS)
    await world.next_opening()
    await seal(bo, "bo's words")
    await bo.presses_data(*old)
    await seal(ana, "ana's words")
    await bo.writes("you were glad")
    await world.deliver()
    assert bo.last("response_draft").text.startswith("To Ana, about this round:")
    await bo.presses_data(*old)
    await world.deliver()
    assert bo.texts()[-1].startswith("That round has ended")


async def test_a_first_response_is_not_rewritten_into_a_second(world: World, pair: Pair) -> None:
    """After a clarification there is room for another response, by its own buttons."""
    ana, bo = pair
    await reveal(world)
    await bo.writes("first")
    await world.deliver()
    worn = next((m, data) for m, ask, data in bo.offered if ask == Verb.REWRITE)
    await bo.presses(Verb.SEND)
    await world.deliver()
    await ana.presses(Heard.PARTLY)
    await respond(ana, "it was the silence")
    await bo.presses_data(*worn)
    await world.deliver()
    assert bo.texts()[-1].startswith("You've answered that already")
    await respond(bo, "second")
    assert ana.last("second_response_words").quoted == ["second"]
