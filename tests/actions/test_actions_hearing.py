"""How a response landed: heard, or one clarifying turn, or left there; and the end of the round."""

import pytest
from couple_person import Ask, Person, asked
from couple_world import World, base36, each, respond, reveal

from bot.practice.round import RoundState
from bot.practice.thread import Heard, ThreadState
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def threads(world: World) -> list[ThreadState]:
    """Tell where both threads of the newest round stand, Ana's first."""
    return [turn.thread for turn in (await world.round()).turns]


async def clarified(world: World, pair: Pair, word: Heard = Heard.PARTLY) -> None:
    """Bring Ana's thread to where she has added one thing."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(word)
    await world.deliver()
    await respond(ana, "it was the silence")


def worn(person: Person, ask: Ask, place: int = 0) -> tuple[int, str]:
    """Find a button that was offered at some time."""
    return [(m, data) for m, said, data in person.offered if said is ask][place]


async def test_heard_closes_a_thread_and_tells_the_responder(world: World, pair: Pair) -> None:
    """The buttons go; a second word is settled already."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(Heard.YES)
    await world.deliver()
    assert [label for label, _ in ana.last("response_words").buttons] == ["✓ I feel heard"]
    assert bo.kinds()[-1] == "heard_told"
    assert await threads(world) == [ThreadState.HEARD, ThreadState.QUIET]
    await ana.presses_data(*worn(ana, Heard.NOT_YET))
    await world.deliver()
    assert ana.texts()[-1] == "That's been settled already."


async def test_both_heard_says_the_closing_once_to_each(world: World, pair: Pair) -> None:
    """The round is complete, and words after it get a helpful answer."""
    ana, bo = pair
    await reveal(world)
    for me, other in each(ana, bo):
        await respond(me, "I hear you")
        await other.presses(Heard.YES)
        await world.deliver()
    assert (await world.round()).state is RoundState.COMPLETE
    for person in pair:
        assert person.kinds().count("closing") == 1
        await person.writes("and one more thing")
        await world.deliver()
        assert "Nothing is open for you two just now" in person.texts()[-1]
        assert "The next one comes" in person.texts()[-1]


@pytest.mark.parametrize("word", [Heard.PARTLY, Heard.NOT_YET])
async def test_one_clarification_brings_one_more_response(world: World, pair: Pair, word: Heard) -> None:
    """Quoted before it goes; after the second response the thread is closed, without a further question."""
    ana, bo = pair
    await clarified(world, pair, word)
    turn = (await world.round()).turn(ana.id)
    assert turn.heard is word
    shown = bo.last("clarification_words")
    assert shown.quoted == ["it was the silence"]
    assert [asked(data) for _, data in shown.buttons] == [Verb.OWN_WORDS, Verb.LEAVE_THERE]
    assert Verb.LEAVE_THERE not in ana.asks(), "what asked for the clarification is answered"
    await respond(bo, "you wanted one call")
    assert bo.last("clarification_words").buttons == []
    assert ana.last("second_response_words").quoted == ["you wanted one call"]
    assert ana.last("second_response_words").buttons == []
    assert (await threads(world))[0] is ThreadState.ANSWERED_AGAIN
    await bo.writes("and more")
    await world.deliver()
    assert bo.places(max(bo.shown)) == ["capsule"], "nothing can be added to it any more"


async def test_nothing_of_a_clarification_goes_before_its_button(world: World, pair: Pair) -> None:
    """What "partly" means stays with the author until they add to it."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    before = bo.texts()
    await ana.presses(Heard.PARTLY)
    await ana.writes("it was the silence")
    await world.deliver()
    assert bo.texts() == before
    assert ana.last("clarification_draft").text.startswith("To Bo, what you'd like understood:")


async def test_after_partly_the_responder_hears_that_it_was_enough(world: World, pair: Pair) -> None:
    """The author has read that they will, before they leave it there."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(Heard.PARTLY)
    await world.deliver()
    assert "\n\nIf you leave it there, Bo hears that part of it reached you" in ana.last("clarify_ask").text
    await ana.presses(Verb.LEAVE_THERE)
    await world.deliver()
    assert "Part of what you said reached Ana, and for today that's enough." in bo.texts()[-1]
    assert (await threads(world))[0] is ThreadState.LEFT


async def test_after_partly_words_that_go_say_it_themselves(world: World, pair: Pair) -> None:
    """Whoever adds something has not left it there, and nobody is told that it was enough."""
    ana, bo = pair
    await clarified(world, pair, Heard.PARTLY)
    await bo.presses(Verb.LEAVE_THERE)
    await world.deliver()
    assert "enough_told" not in {*ana.kinds(), *bo.kinds()}


async def test_the_author_can_leave_it_there_after_a_not_yet(world: World, pair: Pair) -> None:
    """The thread closes; the responder is told nothing of it, as the question has not said so."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(Heard.NOT_YET)
    await world.deliver()
    assert "If you leave it there" not in ana.last("clarify_ask").text
    before = bo.texts()
    await ana.presses(Verb.LEAVE_THERE)
    await world.deliver()
    assert ana.kinds()[-1] == "left_there"
    assert ana.last("clarify_ask").buttons == []
    assert bo.texts() == before
    assert (await threads(world))[0] is ThreadState.LEFT


async def test_the_responder_can_leave_it_there(world: World, pair: Pair) -> None:
    """After a clarification a second response is an offer, no duty."""
    _, bo = pair
    await clarified(world, pair)
    await bo.presses(Verb.LEAVE_THERE)
    await world.deliver()
    assert bo.kinds()[-1] == "left_there"
    assert (await threads(world))[0] is ThreadState.LEFT


async def test_an_author_cannot_close_what_they_have_clarified(world: World, pair: Pair) -> None:
    """Their worn button does not take away the response that they asked for."""
    ana, _ = pair
    await clarified(world, pair)
    await ana.presses_data(*worn(ana, Verb.LEAVE_THERE))
    await world.deliver()
    assert ana.texts()[-1] == "That's been settled already."
    assert (await threads(world))[0] is ThreadState.CLARIFIED


async def test_leave_it_there_closes_the_thread_that_it_stands_under(world: World, pair: Pair) -> None:
    """Where both threads could be left by the same person, each button has its own."""
    ana, bo = pair
    await clarified(world, pair)
    await respond(ana, "you laughed")
    await bo.presses(Heard.PARTLY)
    await world.deliver()
    await bo.presses_data(*worn(bo, Verb.LEAVE_THERE))
    await world.deliver()
    assert await threads(world) == [ThreadState.LEFT, ThreadState.UNHEARD]
    await bo.presses_data(*worn(bo, Verb.LEAVE_THERE, 1))
    await world.deliver()
    assert await threads(world) == [ThreadState.LEFT, ThreadState.LEFT]
    assert [person.kinds().count("closing") for person in (ana, bo)] == [1, 1]


async def test_what_the_author_adds_can_be_written_anew(world: World, pair: Pair) -> None:
    """By its button, and it is sent by the button under the new quotation."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(Heard.PARTLY)
    await ana.writes("first")
    await world.deliver()
    await ana.presses(Verb.REWRITE)
    await respond(ana, "second")
    assert bo.last("clarification_words").quoted == ["second"]


async def test_a_clarification_can_be_spoken(world: World, pair: Pair) -> None:
    """The room for one more response stands under what is listened to."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(Heard.PARTLY)
    await ana.sends("voice", "v1")
    await world.deliver()
    await ana.presses(Verb.SEND)
    await world.deliver()
    shown = bo.last("clarification_media")
    assert (shown.media, len(shown.buttons)) == ("v1", 2)
    assert "room for one more response" in shown.text
    await bo.sends("photo", "p1")
    await world.deliver()
    await bo.presses(Verb.SEND)
    await world.deliver()
    assert ana.last("second_response_media").media == "p1"


async def test_there_is_nothing_to_hear_before_a_response(world: World, pair: Pair) -> None:
    """A forged word is refused, and so is one that is none."""
    ana, _ = pair
    await reveal(world)
    code = base36((await world.round()).id)
    for data, answer in (
        (f"hear:{code}:yes", "There's no answer to it yet."),
        (f"lt:{code}:1", "There's no answer to it yet."),
        (f"hear:{code}:maybe", "That button doesn't do anything any more."),
    ):
        await ana.presses_data(1, data)
        await world.deliver()
        assert ana.texts()[-1].startswith(answer)
    assert await threads(world) == [ThreadState.QUIET, ThreadState.QUIET]


async def test_a_late_word_is_taken_on_the_newest_revealed_round_alone(world: World, pair: Pair) -> None:
    """By its own buttons; on an older one they are refused, and nothing changes."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    first = (await world.round()).id
    await world.next_opening()
    await ana.presses_data(*worn(ana, Heard.PARTLY))
    await world.deliver()
    assert ana.kinds()[-1] == "clarify_ask"
    await ana.presses(Verb.NOT_TODAY)
    await world.deliver()
    await reveal(world)
    for ask in (Verb.LEAVE_THERE, Heard.YES):
        await ana.presses_data(*worn(ana, ask))
        await world.deliver()
        assert ana.texts()[-1].startswith("That round has ended")
    found = next(round_ for round_ in await world.rounds() if round_.id == first)
    assert found.turn(ana.id).thread is ThreadState.UNHEARD


async def test_the_next_opening_leaves_a_drafted_response_where_it_was(world: World, pair: Pair) -> None:
    """It can still be sent by its own button; nobody hears a closing."""
    ana, bo = pair
    await reveal(world)
    await bo.writes("you were alone")
    await world.deliver()
    await world.next_opening()
    await bo.presses(Verb.SEND)
    await world.deliver()
    assert ana.last("response_words").quoted == ["you were alone"]
    assert "closing" not in ana.kinds() + bo.kinds()
