"""Practising alone, and one private suggestion: nothing of either reaches the other."""

from labels import label
from memory import stored, traces
from people import MakeHome, Person, couple, later, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb

SHARP = "That sounds hard, but you should have just asked for help."


SAD = "I was so tired on Monday that I cried in the car."


async def revealed(home: Home, words: str = SAD) -> tuple[Person, Person]:
    """Bring two people to their first reveal."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(words)
    await bo.seals("bo-words")
    for person in (ana, bo):
        await person.sees("one sentence that shows")
    await settled(home)
    return ana, bo


async def test_a_suggestion_is_its_writers_alone_and_costs_nothing(home: Home) -> None:
    """The writer is shown one; "Send as it is" stands first, and the other gets exactly what was written."""
    ana, bo = await revealed(home)
    bo.writes(SHARP)
    quoted = await bo.sees("To Ana, about this round")
    assert "<i>" in quoted.html
    assert quoted.labels[0] == label("send")
    await bo.presses(Verb.SEND)
    arrived = await ana.sees("Bo answers your words")
    assert SHARP in arrived.text
    assert "<i>" not in arrived.html


async def test_the_same_suggestion_never_comes_twice_in_a_row(home: Home) -> None:
    """Writing on in the same manner brings no second hint of the same kind."""
    _, bo = await revealed(home)
    bo.writes("That sounds hard, but it will pass.")
    first = await bo.sees("To Ana, about this round")
    await bo.presses(Verb.REWRITE)
    bo.writes("That sounds sad, but it will pass.")
    second = await bo.sees("That sounds sad")
    assert "<i>" in first.html
    assert "<i>" not in second.html


async def test_what_is_missing_is_named_once_a_week(make_home: MakeHome) -> None:
    """Where nothing is in the way; the next time it comes without, and a week later with it.

    On cards that both answer for themselves: whoever was guessed about has heard nothing to say back. And under words
    with nothing sad in them.
    """
    home = await make_home(prompts=("listening-a-moment-that-stayed", "listening-comfort-that-misses"))
    ana, bo = await revealed(home, "On Monday I sang in the car.")
    seen = []
    for words in ("I'll do the school run tomorrow.", "I can do the shopping, too."):
        bo.writes(words)
        seen.append("what you heard" in (await bo.sees(words)).html)
        await bo.presses(Verb.REWRITE)
    await later(home, hours=24 * 8)
    await ana.seals("I sat on the stairs for a while.")
    await bo.seals("bo-words")
    await bo.finds("one sentence that shows")
    bo.writes("I'll cook dinner on Friday.")
    seen.append("what you heard" in (await bo.sees("I'll cook dinner on Friday.")).html)
    assert seen == [True, False, True]
    assert not any("what you heard" in text for text in ana.texts())


async def test_suggestions_can_be_switched_off(home: Home) -> None:
    """With the switch off the coach is silent."""
    _, bo = await revealed(home)
    bo.writes("/settings")
    await bo.presses(Verb.SWITCH, "coach")
    await settled(home)
    bo.writes(SHARP)
    quoted = await bo.sees("To Ana, about this round")
    assert "<i>" not in quoted.html


async def test_a_voice_response_goes_out_without_a_word_from_the_coach(home: Home) -> None:
    """The coach can't hear; the response is quoted as a voice message and sent."""
    ana, bo = await revealed(home)
    bo.phone.send_voice(b"OggS" + bytes(40), 3)
    quoted = await bo.sees("To Ana, about this round")
    assert quoted.html.count("<i>") == 1  # "A voice message", and no suggestion
    await bo.presses(Verb.SEND)
    await ana.finds(lambda m: m.media is not None and m.media.kind == "voice")


async def test_solo_practice_keeps_nothing_and_reaches_nobody(home: Home) -> None:
    """A moment, an answer, how it landed, two good ones; the database holds none of it."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals("words")
    await settled(home)
    seen = len(bo.texts())
    ana.writes("/practice")
    await ana.sees("Here's a moment")
    ana.writes("planted-answer: you should just forget it.")
    await ana.sees("Two ways that could land well")
    await ana.presses(Verb.SOLO_AGAIN)
    await ana.sees("Here's a moment")
    ana.writes("That sounds lonely. I can see why it stayed with you.")
    await ana.sees("Two ways that could land well")
    await ana.presses(Verb.SOLO_ENOUGH)
    await ana.sees("nothing of it is kept")
    await settled(home)
    assert len(bo.texts()) == seen
    assert stored(home, "SELECT count(*) FROM pieces") == [(1,)]
    assert traces(home, "planted-answer") == []


async def test_words_in_solo_practice_end_with_it(home: Home) -> None:
    """After "Enough" the next words are asked about, for they may be of practice still; later they are the round's."""
    ana, _ = await couple(home, "Ana", "Bo")
    for words, minutes in (("This may be for today.", 0), ("This is for today.", 16)):
        ana.writes("/practice")
        await ana.presses(Verb.SOLO_ENOUGH)
        await ana.sees("nothing of it is kept")
        await later(home, minutes=minutes)
        ana.writes(words)
        if not minutes:
            await ana.presses(Verb.PLACE, on=await ana.sees("What's this for?"))
        await ana.sees("That's yours for now")


NOT_MET = "Sometimes I think everybody would be better off without me."


async def test_despair_is_met_with_help_and_no_remark(home: Home) -> None:
    """Whoever practises and says that hears help alone: nothing of how it landed, and no answer that could."""
    ana, _ = await couple(home, "Ana", "Bo")
    ana.writes("/practice")
    await ana.hears()
    ana.writes(NOT_MET)
    heard = await ana.hears()
    assert len(heard) == 1
    assert heard[0].startswith("This is only for you.")


async def test_despair_in_an_answer_has_no_suggestion(home: Home) -> None:
    """It is quoted with its buttons, and help comes to its writer alone."""
    _, bo = await revealed(home)
    bo.writes(f"You're right, I'm a terrible partner. {NOT_MET}")
    quoted = await bo.sees("To Ana, about this round")
    assert "<i>" not in quoted.html
    assert quoted.labels == [label("send"), label("rewrite")]
    await bo.sees("This is only for you.")
