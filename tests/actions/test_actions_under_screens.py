"""Words under what asks for a press, or for nothing: nothing of them goes where nobody meant it, or is lost unsaid."""

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, MINUTE, World, reveal

from bot.messages import MessageKind
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
K = MessageKind
SCREENS = ["", "days", "depth", "language", "themes"]


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def press(person: Person, ask: Verb | Heard, *about: int | str) -> None:
    """Press the newest button that asks for this, and let all that follows arrive."""
    await person.presses(ask, *about)
    await person.world.deliver()


async def asks_for_a_theme(person: Person, *, page: int = 0) -> None:
    """Wish for the first theme of those that can be asked for, or of a later page."""
    await says(person, "/settings")
    await press(person, Verb.SCREEN, "themes")
    await press(person, Verb.WISH_PAGE, 0)
    for number in range(page):
        await press(person, Verb.WISH_PAGE, number + 1)
    await press(person, Verb.WISH)


@pytest.mark.parametrize("screen", SCREENS)
async def test_words_under_a_screen_that_asks_for_none_are_asked_about(pair: Pair, screen: str) -> None:
    """They are kept and quoted, and today's draft has nothing of them."""
    ana, _ = pair
    await says(ana, "/settings")
    if screen:
        await press(ana, Verb.SCREEN, screen)
    assert await says(ana, "I felt so alone at the party on Saturday") == "kept_ask"
    assert "draft" not in ana.kinds()
    await press(ana, Verb.PLACE, "reflection")
    assert ana.last("draft").quoted == ["I felt so alone at the party on Saturday"]


async def test_a_screen_of_long_ago_asks_nothing_any_more(world: World, pair: Pair) -> None:
    """Words are the round's again."""
    ana, _ = pair
    await says(ana, "/settings")
    await press(ana, Verb.SCREEN, "depth")
    world.now += 16 * MINUTE
    assert await says(ana, "we sang in the car") == "draft"


async def test_what_was_no_answer_is_said_not_to_be_kept(pair: Pair) -> None:
    """The first words that a question doesn't understand may have been for something else."""
    ana, _ = pair
    await says(ana, "/settings")
    await press(ana, Verb.CITY)
    assert await says(ana, "the lighthouse") == "ask_again"
    assert "I haven't kept what you wrote" in ana.last("ask_again").text
    assert await says(ana, "the lighthouse") == "kept_ask"
    assert "I haven't kept" not in ana.last("ask_again").text
    assert ana.last("kept_ask").quoted == ["the lighthouse"]


async def test_some_words_that_are_no_answer_are_asked_about_at_once(world: World, pair: Pair) -> None:
    """And the question still takes its answer."""
    ana, _ = pair
    await says(ana, "/settings")
    await press(ana, Verb.CITY)
    assert await says(ana, "the lamp went out again") == "kept_ask"
    assert await says(ana, "Lyon") == "zone_set"
    await press(ana, Verb.PLACE, "reflection")
    assert ana.last("draft").quoted == ["the lamp went out again"]
    assert await world.rows("SELECT count(*) FROM kept") == [(0,)]


async def test_no_file_is_offered_to_what_takes_words_alone(pair: Pair) -> None:
    """A card of one's own can be no video."""
    ana, _ = pair
    await says(ana, "/card")
    await ana.sends("video_note", "file")
    await ana.world.deliver()
    places = [data for _, data in ana.last("kept_ask").buttons]
    assert any("reflection" in data for data in places)
    assert not any("card" in data for data in places)


async def test_an_old_offer_is_not_answered_by_a_yes(world: World, pair: Pair) -> None:
    """Nor does it join a draft: it's asked about, and where to press is said."""
    ana, bo = pair
    await says(bo, "the kettle was on when I came home")
    await asks_for_a_theme(ana)
    assert bo.kinds()[-1] == "wish_ask"
    world.now += 3 * HOUR
    await world.deliver()
    for text in ("yes", "ok!"):
        assert await says(bo, "it was warm") in ("draft", "kept_ask")
        await says(bo, text)
        quoted = [part for shown in bo.shown.values() if shown.kind == "draft" for part in shown.quoted]
        assert text not in quoted
        assert "Good." not in bo.texts()[-1]
    assert "wish_shared" not in (*ana.kinds(), *bo.kinds())


async def test_a_yes_a_day_later_is_of_the_day(world: World, pair: Pair) -> None:
    """What was offered that long ago is hardly meant."""
    ana, bo = pair
    await asks_for_a_theme(ana)
    world.now += DAY + HOUR
    await world.deliver()
    await says(bo, "/today")
    assert await says(bo, "yes") == "courtesy"
    assert "haven't kept it" in bo.texts()[-1]


async def test_an_answered_wish_has_no_buttons(pair: Pair) -> None:
    """It says what has come of it, in its place."""
    ana, bo = pair
    await asks_for_a_theme(ana)
    await press(bo, Verb.WISH_TOO)
    assert bo.kinds()[-1] == "wish_shared"
    assert not {Verb.WISH_TOO, Verb.WISH_NOT} & {*bo.asks(), *ana.asks()}


async def test_wishes_that_crossed_ask_no_more_once_one_is_shared(pair: Pair) -> None:
    """Both asked for another theme: one of them joins the other's, and neither question is left with buttons."""
    ana, bo = pair
    await asks_for_a_theme(ana)
    await asks_for_a_theme(bo, page=1)
    await press(bo, Verb.WISH_TOO)
    assert "wish_shared" in ana.kinds()
    assert not {Verb.WISH_TOO, Verb.WISH_NOT} & {*bo.asks(), *ana.asks()}


async def test_thanks_for_an_answer_are_for_the_other(world: World, pair: Pair) -> None:
    """The bot takes none of them for itself: it shows the buttons that tell, and then that nothing else does."""
    ana, bo = pair
    await reveal(world)
    await ana.writes("that sounds like a long day")
    await world.deliver()
    await press(ana, Verb.SEND)
    assert bo.kinds()[-1] == "response_words"
    assert await says(bo, "thanks") == "plain"
    assert "How did that land with you?" in bo.texts()[-1]
    assert await says(bo, "love you so much") == "kept_ask"
    assert "press one of the buttons" in bo.texts()[-1]
    await press(bo, Heard.YES)
    assert ana.kinds()[-1] == "heard_told"
    assert await says(ana, "thank you") == "courtesy"
    assert "You're welcome" not in ana.texts()[-1]


async def test_a_card_that_is_not_of_today_says_of_which_day_it_is(world: World, pair: Pair) -> None:
    """A block has kept it open since."""
    ana, bo = pair
    bo.blocks = True
    await world.next_opening()
    assert ana.last("prompt").text.startswith("Today")
    world.now += 2 * DAY
    await world.deliver()
    await says(ana, "/today")
    assert ana.last("today").text.startswith("3 March")
    await world.unblocks(bo)
    await world.deliver()
    assert bo.last("prompt").text.startswith("3 March")


async def test_send_under_a_letter_names_the_button_that_is_there(pair: Pair) -> None:
    """First a day, then the seal."""
    ana, _ = pair
    await says(ana, "/capsule")
    await says(ana, "by then the pears are ripe")
    assert await says(ana, "send it") == "courtesy"
    assert "Choose its day first" in ana.texts()[-1]
    await press(ana, Verb.CAPSULE_DAY)
    assert await says(ana, "send it") == "courtesy"
    assert "The button under your words does" in ana.texts()[-1]
