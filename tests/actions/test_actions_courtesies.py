"""Thanks and greetings get a short answer where nothing asks for words; where something does, they go by the law."""

import pytest
from couple_person import Person
from couple_world import HOUR, World, each, respond, reveal, seal

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def says(person: Person, text: str) -> str:
    """Write; give what stands last in the chat."""
    await person.writes(text)
    await person.world.deliver()
    return person.texts()[-1]


async def over(world: World, pair: Pair) -> None:
    """Complete the open round."""
    await reveal(world)
    for me, other in each(*pair):
        await respond(me, "I hear you")
        await other.presses(Heard.YES)
        await world.deliver()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("thank you!", "You're welcome."),
        ("good night", "Good night. Sleep well."),
        ("\U0001f44d", "Good. The next one comes on Tuesday at 09:00."),
    ],
)
async def test_a_short_human_answer(world: World, pair: Pair, text: str, answer: str) -> None:
    """Nothing is kept, and nobody needs to read that."""
    await over(world, pair)
    assert await says(pair[0], text) == answer


async def test_what_says_more_is_asked_about(world: World, pair: Pair) -> None:
    """A sentence may have been meant for somebody."""
    await over(world, pair)
    assert "A letter takes this" in await says(pair[0], "thank you for the soup, Bo")


async def test_thanks_go_where_words_are_asked_for(world: World, pair: Pair) -> None:
    """A response can be two words long, and is quoted before it goes."""
    ana, _ = pair
    await reveal(world)
    assert "thank you" in await says(ana, "thank you")
    assert ana.kinds()[-1] == "response_draft"


SAID = [
    ("thank you!", "You're welcome."),
    ("Thanks so much", "You're welcome."),
    ("good night", "Good night. Sleep well."),
    ("ok", "Good."),
    ("\U0001f642", "Good."),
    ("bye", "Take care."),
]


@pytest.mark.parametrize(("text", "answer"), SAID)
async def test_right_after_ones_own_seal(world: World, pair: Pair, text: str, answer: str) -> None:
    """It is not asked what that is for, and the words stay sealed as they were."""
    ana, _ = pair
    await seal(ana, "ana's words")
    assert (await says(ana, text)).startswith(answer)
    assert await world.rows("SELECT count(*) FROM pieces") == [(1,)]
    assert await world.rows("SELECT count(*) FROM kept") == [(0,)]


@pytest.mark.parametrize(
    "text",
    ["thank you for yesterday, it helped", "I'm sorry", "ok, one more thing", "good night was what he said"],
)
async def test_real_words_after_a_seal_are_asked_about(pair: Pair, text: str) -> None:
    """And so is a sorry: it may be meant for the other."""
    ana, _ = pair
    await seal(ana, "ana's words")
    assert "This isn't with them yet" in await says(ana, text)
    assert ana.last("kept_ask").quoted == [text]


@pytest.mark.parametrize(("text", "answer"), SAID)
async def test_after_a_setting_while_a_prompt_is_open(
    world: World, pair: Pair, text: str, answer: str
) -> None:
    """What the bot said last asks for nothing, and the next words are for the round as before."""
    ana, _ = pair
    await ana.writes("/settings")
    await world.deliver()
    assert (await says(ana, text)).startswith(answer)
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]
    await says(ana, "It rained on Tuesday.")
    assert ana.last("draft").quoted == ["It rained on Tuesday."]


@pytest.mark.parametrize(("text", "answer"), SAID)
async def test_after_not_today_and_after_a_reminder(world: World, pair: Pair, text: str, answer: str) -> None:
    """An "ok" to either is no part of the round."""
    ana, bo = pair
    await ana.presses(Verb.NOT_TODAY)
    await world.deliver()
    assert (await says(ana, text)).startswith(answer)
    await world.later(14 * HOUR)
    assert bo.kinds()[-1] == "reminder"
    assert (await says(bo, text)).startswith(answer)
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]


async def test_a_reminder_speaks_of_what_waits_for_its_place(world: World, pair: Pair) -> None:
    """It goes a while later, and its writer may have meant it for today."""
    ana, bo = pair
    await ana.writes("remove what I said about the soup")
    await world.later(14 * HOUR)
    assert "Some words of yours still wait further up" in ana.last("reminder").text
    assert "still wait" not in bo.last("reminder").text


async def test_a_reminder_speaks_of_a_draft_that_is_not_sealed(world: World, pair: Pair) -> None:
    """Whoever has written isn't asked for a few minutes; the other still is."""
    ana, bo = pair
    await says(ana, "we sang in the car")
    await world.later(14 * HOUR)
    assert ana.last("reminder").text.startswith("What you've written for today is still yours alone.")
    assert bo.last("reminder").text.startswith("Today's prompt is still here")


@pytest.mark.parametrize(
    ("text", "answer"), [("yep", "Good."), ("thx", "You're welcome."), ("I'm sorry", "No harm done.")]
)
async def test_right_under_a_prompt_they_begin_no_draft(
    world: World, pair: Pair, text: str, answer: str
) -> None:
    """They're answered, and aren't kept; but all that somebody has to tell may be "fine": a button takes it back."""
    ana, _ = pair
    assert await says(ana, text) == f"{answer}\n\nI took that as said to me, and haven't kept it."
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]
    await ana.presses(Verb.NOT_FOR_YOU)
    await world.deliver()
    assert not any("haven't kept it" in said for said in ana.texts())
    assert ana.last("kept_ask").quoted == [text]
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert await says(ana, "fine") == ana.last("draft").text
    assert await world.rows("SELECT count(*) FROM pieces") == [(2,)]


async def test_one_word_that_a_card_asks_for_is_its_answer(world: World, pair: Pair) -> None:
    """A quick card has its answers on buttons, and one of them may be typed."""
    ana, _ = pair
    await world.rows("UPDATE rounds SET prompt = :id", id="quick-word-for-you")
    assert await says(ana, "Thanks!") == ana.last("draft").text
    assert ana.last("draft").quoted == ["Thanks"]


@pytest.mark.parametrize("text", ["I want to start over", "don't send it"])
async def test_a_wish_that_was_for_the_other_is_given_its_place(world: World, pair: Pair, text: str) -> None:
    """Over a draft it is taken as said to the bot, which says so; a second press, or a restart, finds nothing."""
    ana, bo = pair
    await says(ana, "we sang in the car")
    assert "haven't kept it" in await says(ana, text)
    shown = ana.last("courtesy")
    await bo.presses_data(shown.id, shown.buttons[0][1])
    await world.deliver()
    assert "I don't have that any more" in bo.texts()[-1]
    await ana.presses(Verb.NOT_FOR_YOU)
    await world.deliver()
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert ana.last("draft").quoted == ["we sang in the car", text]
    await ana.presses_data(shown.id, shown.buttons[0][1])
    await world.deliver()
    assert "I don't have that any more" in ana.texts()[-1]


async def test_a_question_while_an_answer_is_written_can_be_part_of_it(world: World, pair: Pair) -> None:
    """The bot answers it, and says below that it keeps nothing of it; under a card it only answers."""
    ana, _ = pair
    assert await says(ana, "what did you ask?") == ana.last("today").text
    await reveal(world)
    assert "haven't kept it" in await says(ana, "what did she say?")
    await ana.presses(Verb.NOT_FOR_YOU)
    await world.deliver()
    assert ana.last("kept_ask").quoted == ["what did she say?"]


async def test_a_reply_names_what_they_are_for(world: World, pair: Pair) -> None:
    """Whatever was said since."""
    ana, _ = pair
    prompt = ana.last("prompt").id
    await ana.writes("/settings")
    await world.deliver()
    await ana.replies(prompt, "thank you")
    await world.deliver()
    assert ana.last("draft").quoted == ["thank you"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("thank you", "How did that land with you?"), ("good night", "Good night. Sleep well.")],
)
async def test_thanks_for_the_others_answer_show_the_button_that_says_so(
    world: World, pair: Pair, text: str, answer: str
) -> None:
    """The bot can't thank for them; a good night is said to the bot."""
    ana, bo = pair
    await reveal(world)
    await respond(ana, "I hear you")
    await respond(bo, "I hear you")
    await world.deliver()
    assert answer in await says(ana, text)


async def test_an_ok_to_what_waits_is_not_put_to_it(pair: Pair) -> None:
    """It is said that a button answers: once more for each word. Thanks are answered, and an apology is put to it."""
    ana, _ = pair
    await seal(ana, "ana's words")
    await says(ana, "and the dog was there")
    for text in ("ok", "forget it"):
        assert await says(ana, text) == "To answer that, press one of the buttons there."
    assert await says(ana, "thanks") == "You're welcome."
    assert ana.last("kept_ask").quoted == ["and the dog was there"]
    await says(ana, "I'm sorry")
    assert ana.last("kept_ask").quoted == ["and the dog was there", "I'm sorry"]


async def test_while_something_waits_to_be_done_nothing_is_said_of_what_comes_next(
    world: World, pair: Pair
) -> None:
    """Neither over a draft that isn't sealed nor over an answer that isn't given."""
    ana, bo = pair
    await says(ana, "ana's words")
    await ana.writes("/help")
    await world.deliver()
    assert await says(ana, "ok") == "Good."
    await ana.presses(Verb.SEAL)
    await seal(bo, "bo's words")
    await world.deliver()
    await ana.writes("/help")
    await world.deliver()
    assert await says(ana, "ok") == "Good."


async def test_whoever_rests_is_answered_too(world: World, pair: Pair) -> None:
    """Without a time at which nothing comes."""
    await over(world, pair)
    ana, _ = pair
    await ana.writes("/pause")
    assert await says(ana, "ok") == "Good."


async def test_whoever_rests_is_told_of_no_next_prompt(world: World, pair: Pair) -> None:
    """Also while the round is not over: nothing comes before they say so."""
    ana, _ = pair
    await reveal(world)
    await respond(ana, "I hear you")
    assert "The next one comes" in await says(ana, "did it arrive?")
    await ana.writes("/pause")
    await world.deliver()
    assert "/resume brings the prompts back" in await says(ana, "how long do I rest?")
    assert "The next one comes" not in ana.texts()[-1]


async def test_somebody_alone_is_answered_and_first_told_what_has_happened(world: World, pair: Pair) -> None:
    """That the couple has ended is never held back by a pleasantry, and offers nothing new."""
    ana, bo = pair
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.deliver()
    told = bo.texts()[-1]
    assert "come to an end" in told
    assert "/invite" not in told
    assert await says(bo, "thank you") == "You're welcome."


CANCELLED = {
    Verb.OTHER_HOUR.value: "the hour stays as it is",
    Verb.CITY.value: "I won't ask about your city",
    Verb.OTHER_QUIET.value: "your quiet hours stay as they are",
    Verb.NAME.value: "your name stays as it is",
    Verb.JOURNAL_SEARCH.value: "no search then",
    Verb.SOLO.value: "that's it for practice",
}


@pytest.mark.parametrize("asked", CANCELLED)
async def test_cancel_names_what_it_has_cancelled(world: World, pair: Pair, asked: str) -> None:
    """Whatever question waits; a second time there is nothing to stop."""
    ana, _ = pair
    await ana.presses_data(1, asked)
    await world.deliver()
    assert CANCELLED[asked] in await says(ana, "/cancel")
    assert "nothing to stop" in await says(ana, "/cancel")


async def test_cancel_leaves_waiting_words_and_says_so(world: World, pair: Pair) -> None:
    """They are not dropped by a word that does not name them."""
    ana, _ = pair
    await ana.writes("the snow on the roof")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await says(ana, "and one more thing")
    assert ana.kinds()[-1] == "kept_ask"
    assert "Your words above still wait" in await says(ana, "/cancel")
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    assert "nothing to stop" in await says(ana, "/cancel")


ASKS = [
    "who sees this?",
    "Can he read this already?",
    "can she see that I\u2019m writing?",
    "is this private",
]


@pytest.mark.parametrize("text", ASKS)
async def test_who_reads_is_answered_and_never_filed(world: World, pair: Pair, text: str) -> None:
    """Under a prompt, under one's own seal and under a reveal: nobody writes that for the other."""
    ana, bo = pair
    assert "Only you, until you've both sealed" in await says(ana, text)
    await seal(ana, "ana's words")
    assert "Only you, until you've both sealed" in await says(ana, text)
    await seal(bo, "bo's words")
    assert "Only you, until you've both sealed" in await says(ana, text)
    assert await world.rows("SELECT count(*) FROM pieces") == [(2,)]
    assert await world.rows("SELECT count(*) FROM kept") == [(0,)]


@pytest.mark.parametrize("text", ["what now?", "What do I do", "what happens next?"])
async def test_what_comes_now_is_answered_as_today_is(world: World, pair: Pair, text: str) -> None:
    """With the buttons that stand open."""
    ana, bo = pair
    await says(ana, text)
    assert ana.kinds()[-1] == "today"
    await reveal(world)
    await respond(bo, "I hear you")
    await says(ana, text)
    assert Heard.YES in ana.asks()
    assert await world.rows("SELECT count(*) FROM pieces") == [(3,)]


@pytest.mark.parametrize(
    "text",
    ["who sees this side of you?", "what now seems so far away", "help me understand this side of you"],
)
async def test_words_that_only_begin_like_a_question_are_the_rounds(pair: Pair, text: str) -> None:
    """Every word of it has to be one."""
    ana, _ = pair
    await says(ana, text)
    assert ana.last("draft").quoted == [text]


@pytest.mark.parametrize(
    ("text", "answer"), [("ok thanks", "courtesy"), ("good night", "courtesy"), ("Ty", "kept_ask")]
)
async def test_no_thanks_become_a_name(pair: Pair, text: str, answer: str) -> None:
    """The other would read it in every sentence; one word can be a name, and is asked about."""
    ana, _ = pair
    await ana.presses_data(1, Verb.NAME.value)
    await ana.world.deliver()
    await says(ana, text)
    assert ana.kinds()[-1] == answer


async def test_who_says_that_they_are_back_in_their_rest_is_told_how_it_ends(
    world: World, pair: Pair
) -> None:
    """A greeting alone would leave them waiting for what doesn't come."""
    ana, _ = pair
    await ana.writes("/pause")
    await world.deliver()
    assert "/resume" in await says(ana, "I'm back")


@pytest.mark.parametrize("text", ["I'm 15", "i am only 16 years old", "Hi, I'm 13"])
async def test_who_is_no_adult_is_told_kindly_that_this_is_for_adults(
    world: World, pair: Pair, text: str
) -> None:
    """With the way out, and who to talk to; nothing of it is kept, and "15 minutes late" is something else."""
    ana, _ = pair
    said = await says(ana, text)
    assert "I'm made for adults" in said
    assert "/forget" in said
    assert "/safety" in said
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]
    await says(ana, "I'm 15 minutes late, and you waited")
    assert ana.kinds()[-1] == "draft"
