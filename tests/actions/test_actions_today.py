"""/today and words that are for nothing in particular: what is one's own to do, and nothing of the other."""

import pytest
from couple_person import Person
from couple_world import World, respond, reveal, seal
from labels import label

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def answer(person: Person, text: str) -> list[str]:
    """Write, and tell the kinds of what answers."""
    await person.world.deliver()
    person.look_away()
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()


async def test_before_the_first_word_today_shows_the_prompt(pair: Pair) -> None:
    """With the way to let it be; a command that we don't have says that the round is open."""
    ana, _ = pair
    prompt = ana.last("prompt").text
    assert await answer(ana, "/today") == ["today"]
    assert ana.texts()[0].splitlines()[1] in prompt
    assert ana.asks() == [Verb.ANOTHER_CARD, Verb.NOT_TODAY]
    assert await answer(ana, "/nonsense") == ["plain"]
    assert "This round is open" in ana.texts()[0]


async def test_with_a_draft_today_quotes_it(pair: Pair) -> None:
    """Under its buttons."""
    ana, _ = pair
    await ana.writes("one")
    assert await answer(ana, "/today") == ["draft"]
    assert ana.asks() == [Verb.SEAL, Verb.START_OVER]
    assert await answer(ana, "/nonsense") == ["plain"]


async def test_sealed_words_can_be_taken_back_from_today(world: World, pair: Pair) -> None:
    """Further words wait, and are added by a button alone."""
    ana, _ = pair
    await seal(ana, "one")
    assert await answer(ana, "/today") == ["today"]
    assert ana.asks() == [Verb.TAKE_BACK]
    assert await answer(ana, "more") == ["kept_ask"]
    assert ana.asks() == [Verb.PLACE, Verb.NOWHERE, Verb.TAKE_BACK]
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    assert await answer(ana, "/today") == ["today"]
    assert await answer(ana, "/nonsense") == ["plain"]
    assert "sealed" in ana.texts()[0]
    await ana.presses(Verb.TAKE_BACK)
    await world.deliver()
    assert ana.last("draft").quoted == ["one"]


async def show(person: Person) -> list[str]:
    """Press the way to the other's words, and tell the kinds of what stands then."""
    await person.presses(Verb.SHOW_AGAIN)
    await person.world.deliver()
    return person.kinds()


async def test_after_the_reveal_today_says_so_and_shows_it_when_asked(world: World, pair: Pair) -> None:
    """Uncovered, with the invitation to respond until one has; nothing is held back or told twice."""
    ana, bo = pair
    await reveal(world)
    assert "tg-spoiler" in str(ana.last("reveal_words").call.payload["text"])
    assert await answer(ana, "/today") == ["today"]
    assert await show(ana) == ["reveal_words"], "in place of what offered it, and without the frame again"
    assert "tg-spoiler" not in str(ana.last("reveal_words").call.payload["text"])
    assert Verb.STARTER in ana.asks()
    assert await answer(ana, "/nonsense") == ["plain"]
    assert "You can respond to Bo's words" in ana.texts()[0]
    await respond(ana, "you laughed")
    assert await answer(ana, "/today") == ["today"]
    assert "nothing is left for you to do" in ana.texts()[0]
    assert await answer(ana, "/nonsense") == ["plain"]
    assert "Nothing is left for you to do" in ana.texts()[0]
    assert await answer(ana, "one more") == ["kept_ask"]
    await answer(bo, "/today")
    await show(bo)
    assert Verb.STARTER in bo.asks(), "their own response is still theirs to give"


async def test_an_answer_that_waits_for_a_word_is_shown_again(world: World, pair: Pair) -> None:
    """/today quotes it with its buttons; a yes brings the buttons too."""
    ana, bo = pair
    await reveal(world)
    await respond(ana, "you laughed")
    await respond(bo, "you were alone")
    assert await answer(ana, "/today") == ["today"]
    assert ana.asks() == [Heard.YES, Heard.PARTLY, Heard.NOT_YET, Verb.SHOW_AGAIN]
    assert await show(ana) == ["response_words"]
    assert ana.last("response_words").quoted == ["you were alone"]
    assert ana.asks() == [Heard.YES, Heard.PARTLY, Heard.NOT_YET]
    assert await answer(ana, "ok") == ["plain"]
    assert ana.asks() == [Heard.YES, Heard.PARTLY, Heard.NOT_YET]
    await ana.presses(Heard.PARTLY)
    assert await answer(ana, "/today") == ["today"]
    assert ana.asks() == [Verb.LEAVE_THERE, Verb.SHOW_AGAIN], "how it landed has been said"
    assert await show(ana) == ["response_words"]
    assert ana.last("response_words").quoted == ["you were alone"]
    assert await answer(ana, "/nonsense") == ["plain"]
    assert "what you'd want Bo to understand" in ana.texts()[0]
    assert await answer(ana, "it was the silence") == ["clarification_draft"]


async def test_a_clarification_is_shown_again_with_its_buttons(world: World, pair: Pair) -> None:
    """After the words that it is about."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(Heard.PARTLY)
    await respond(ana, "it was the silence")
    assert await answer(bo, "/today") == ["today"]
    assert await show(bo) == ["reveal_words", "clarification_words"]
    assert bo.asks() == [Verb.OWN_WORDS, Verb.LEAVE_THERE]


async def test_an_unsent_response_is_quoted_again(world: World, pair: Pair) -> None:
    """Under its own buttons; the older quotation's are gone, and it goes out from the new one."""
    ana, bo = pair
    await reveal(world)
    await bo.writes("you were alone")
    await world.deliver()
    older = bo.last("response_draft").id
    await bo.writes("/today")
    await world.deliver()
    assert bo.kinds()[-2:] == ["today", "response_draft"]
    assert bo.last("response_draft").quoted == ["you were alone"]
    assert older not in bo.shown
    await bo.presses(Verb.SEND)
    await world.deliver()
    assert ana.last("response_words").quoted == ["you were alone"]
    assert await answer(bo, "/today") == ["today"], "what has gone out is no draft any more"


async def test_an_unsent_clarification_and_second_response_are_quoted_again(world: World, pair: Pair) -> None:
    """Each while it is its author's turn, and to nobody else."""
    ana, bo = pair
    await reveal(world)
    await respond(ana, "you laughed")
    await respond(bo, "you were alone")
    await ana.presses(Heard.PARTLY)
    await ana.writes("it was the silence")
    assert await answer(ana, "/today") == ["today", "clarification_draft"]
    assert ana.last("clarification_draft").quoted == ["it was the silence"]
    await answer(bo, "/today")
    assert not any("it was the silence" in text for text in bo.texts())
    await ana.presses(Verb.SEND)
    await world.deliver()
    await bo.writes("the quiet, then")
    assert await answer(bo, "/today") == ["today", "response_draft"]
    assert bo.last("response_draft").quoted == ["the quiet, then"]
    await show(bo)
    await bo.presses(Verb.LEAVE_THERE)
    await world.deliver()
    assert "response_draft" not in await answer(bo, "/today"), "it cannot be sent any more"


async def test_two_unsent_drafts_are_both_quoted_again(world: World, pair: Pair) -> None:
    """Whoever owes a response may have an addition of their own half written; each has its own buttons."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    await ana.presses(Verb.OWN_WORDS)
    await ana.writes("you laughed")
    await ana.presses(Heard.PARTLY)
    await ana.writes("it was the silence")
    await world.deliver()
    assert (await answer(ana, "/today"))[-2:] == ["response_draft", "clarification_draft"]
    for kind in ("response_draft", "clarification_draft"):
        await ana.presses_data(ana.last(kind).id, ana.last(kind).buttons[0][1])
        await world.deliver()
    assert bo.last("response_words").quoted == ["you laughed"]
    assert bo.last("clarification_words").quoted == ["it was the silence"]


async def test_deleted_words_are_not_announced(world: World, pair: Pair) -> None:
    """Neither the reveal nor an answer that its author has deleted; what was held of it is gone too."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    async with world.unit() as work:
        await work.words.delete(bo.id, (await work.rounds.recent(world.couple, 1))[0].id)
    assert await answer(ana, "/today") == ["today"]
    assert "aren't here any more" in ana.texts()[0]
    await respond(ana, "you laughed")
    assert await answer(ana, "/today") == ["today"]


@pytest.mark.parametrize("text", ["/today", "/nonsense"])
async def test_between_rounds_the_next_one_is_told(world: World, pair: Pair, text: str) -> None:
    """In the reader's own time."""
    ana, bo = pair
    await reveal(world)
    for me, other in ((ana, bo), (bo, ana)):
        await respond(me, "I hear you")
        await other.presses(Heard.YES)
    kind = await answer(ana, text)
    assert kind == (["today"] if text == "/today" else ["plain"])
    assert "The next one comes on Tuesday at 09:00." in ana.texts()[0]


async def test_a_rest_says_so_where_nothing_is_open(world: World, pair: Pair) -> None:
    """An open round stays open: what is written in it is taken."""
    ana, bo = pair
    await answer(ana, "/pause")
    assert await answer(ana, "/today") == ["today", "today"]
    assert "You're resting" in ana.texts()[0]
    assert ana.texts()[1].startswith("2 March · ")
    assert [label for label, _ in ana.last("today").buttons] == [label("another_card"), label("not_today")]
    assert await answer(ana, "one") == ["draft"]
    await world.next_opening()
    assert bo.texts()[-1].startswith("Attune is resting for you both.")
    assert await answer(bo, "/today") == ["today", "today"]
    assert bo.texts()[1].startswith("2 March · ")
    assert await answer(bo, "two") == ["draft"]
    await ana.presses(Verb.SEAL)
    await seal(bo)
    for me, other in ((ana, bo), (bo, ana)):
        await respond(me, "I hear you")
        await other.presses(Heard.YES)
    assert await answer(ana, "/nonsense") == ["plain"]
    assert "/resume" in ana.texts()[0]
    assert await answer(bo, "/nonsense") == ["plain"]
    assert "Attune is resting for you both" in bo.texts()[0]


async def test_a_text_that_shows_nothing_is_no_part(world: World, pair: Pair) -> None:
    """Telegram sends none; whatever does is answered."""
    ana, _ = pair
    assert await answer(ana, "\x01") == ["unsupported"]
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]


@pytest.mark.parametrize("kind", ["voice", "photo"])
async def test_a_strangers_media_are_answered_and_not_kept(world: World, pair: Pair, kind: str) -> None:
    """Consent comes first."""
    ana, _ = pair
    ana.chat = 4_711
    await ana.sends(kind, "f1")
    assert await world.rows("SELECT kind, chat_id FROM outbox WHERE chat_id = 4711") == [("refusal", 4711)]
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]


async def test_what_is_begun_is_what_today_asks_for(world: World, pair: Pair) -> None:
    """Whoever has begun to say what they would like understood isn't told to write for something else."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "You were late, I hear.")
    await ana.presses(Heard.PARTLY)
    await world.deliver()
    await ana.writes("It was the waiting.")
    assert await answer(ana, "/today") == ["today", "clarification_draft"]
    assert "what you'd want" in ana.texts()[0]
    assert "just write" not in ana.texts()[0]


async def test_an_answer_that_the_next_prompt_overtook_is_found_by_today(world: World, pair: Pair) -> None:
    """It can still be sent; what asks for words last is today's card."""
    ana, bo = pair
    await reveal(world)
    await ana.writes("You were late, I hear.")
    await world.next_opening()
    assert await answer(ana, "/today") == ["response_draft", "today"]
    await ana.presses(Verb.SEND)
    await world.deliver()
    assert "You were late, I hear." in bo.last("response_words").quoted
