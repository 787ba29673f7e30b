"""Themes over HTTP: each opens them alone, what both opened comes, and a wish is asked of the other."""

from datetime import date, timedelta

import pytest
from forging import forges
from memory import stored
from people import MakeHome, Person, couple, later, next_round, screen, settled

from bot.content import Content
from bot.home.house import Home
from bot.screens.callbacks import Verb, encode

THEMES = (Verb.SCREEN, "themes")
TOUCH = (Verb.THEME, "touch")


async def _opens(partner: Person, *themes: str) -> str:
    return await screen(partner, THEMES, *((Verb.THEME, theme) for theme in themes))


async def test_a_theme_is_shown_as_opened_once_both_have(home: Home) -> None:
    """Before that the other's page and chat are as they were."""
    noa, sam = await couple(home)
    assert "You've both opened" not in await _opens(noa, "touch", "money")
    assert await sam.hears() == []
    text = await _opens(sam, "touch")
    assert "You've both opened: Touch and closeness." in text
    assert "You've both opened: Touch and closeness." in await screen(noa, THEMES)
    assert "You've both opened" not in await _opens(noa, "touch")
    assert "You've both opened: Touch and closeness." in await screen(sam, THEMES)


def _cards(content: Content, *themes: str, each: int = 1) -> tuple[str, ...]:
    """Name some easy prompts of these themes."""
    easy = [card for card in content.cards() if card.depth == 1 and not (card.quick or card.retired)]
    return tuple(
        prompt for theme in themes for prompt in [card.id for card in easy if card.theme == theme][:each]
    )


async def test_what_both_opened_comes_and_what_one_opened_does_not(
    make_home: MakeHome, content: Content
) -> None:
    """Of the themes that need a yes there come cards of the one that both have, and none of those that one has."""
    home = await make_home(
        prompts=_cards(content, "touch", "money", "families", "faith", "fun", "firsts", "thanks")
    )
    noa, sam = await couple(home)
    await _opens(noa, "touch", "money", "families")
    await _opens(sam, "touch", "faith")
    for _ in range(6):
        await next_round(home, noa, sam)
    came = {content.prompt(prompt, "en").theme for (prompt,) in stored(home, "SELECT prompt FROM rounds")}
    assert came == {"touch", "fun", "firsts", "thanks"}


async def test_two_who_closed_every_theme_get_a_card_each_day(make_home: MakeHome, content: Content) -> None:
    """Also where there is little else: then what was seen comes again, and never what nobody opened."""
    home = await make_home(prompts=_cards(content, "touch", "money", each=3) + _cards(content, "fun"))
    noa, sam = await couple(home)
    for _ in range(3):
        await next_round(home, noa, sam)
    came = {content.prompt(prompt, "en").theme for (prompt,) in stored(home, "SELECT prompt FROM rounds")}
    assert came == {"fun"}
    days = [date.fromisoformat(day) for (day,) in stored(home, "SELECT local_date FROM rounds ORDER BY 1")]
    assert days == [days[0] + timedelta(days=number) for number in range(5)]


async def test_a_theme_closed_while_its_card_is_open_stays(make_home: MakeHome, content: Content) -> None:
    """The card stays to be written to, another can be taken, and that is of no such theme."""
    home = await make_home(prompts=_cards(content, "touch", "fun", "firsts"))
    noa, sam = await couple(home)
    for partner in (noa, sam):
        await _opens(partner, "touch")
    newest = "SELECT id, prompt FROM rounds ORDER BY ordinal DESC LIMIT 1"
    for _ in range(3):
        if content.prompt(stored(home, newest)[0][1], "en").theme != "touch":
            await later(home, days=1)
    ((round_, prompt),) = stored(home, newest)
    assert content.prompt(prompt, "en").theme == "touch"
    await _opens(noa, "touch")
    noa.writes("/today")
    await noa.hears()
    await noa.drafts("A hand on the back of the chair.")
    await noa.presses(Verb.ANOTHER_CARD, round_)
    await settled(home)
    ((card,),) = stored(home, "SELECT card FROM turns WHERE card IS NOT NULL")
    assert not content.prompt(card, "en").by_consent
    await sam.drafts("The same chair.")


async def test_a_wish_is_asked_of_the_other_and_holds_once_both_want_it(home: Home) -> None:
    """The other alone is asked; the yes is told to both, and shown on both pages."""
    noa, sam = await couple(home)
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "what-i-love"))
    asked = await sam.sees("would like more of this theme")
    assert "What I love in you" in asked.text
    await sam.presses(Verb.WISH_TOO, on=asked)
    for partner in (noa, sam):
        assert "What I love in you" in (await partner.finds("You'd both like it")).text
        assert "You both wanted this for the week: What I love in you." in await screen(partner, THEMES)


async def test_a_yes_to_what_one_has_closed_says_that_it_opens_it(home: Home) -> None:
    """Before and after, to them alone; who never closed it reads none of it."""
    noa, sam = await couple(home)
    for partner in (noa, sam):
        await _opens(partner, "touch")
    await _opens(sam, "touch")
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "touch"))
    asked = await sam.sees("would like more of this theme")
    assert "A yes opens it for you again; /settings closes it." in asked.text
    await sam.presses(Verb.WISH_TOO, on=asked)
    told = await sam.finds("You'd both like it")
    assert told.text.endswith("This opens the theme for you again; /settings closes it.")
    assert "again" not in (await noa.sees("You'd both like it")).text


async def test_two_wishes_from_their_own_pages_leave_no_question(home: Home) -> None:
    """The question changes in place; a press that comes late is told what is so, and a no to it is none."""
    noa, sam = await couple(home)
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "what-i-love"))
    asked = await sam.sees("would like more of this theme")
    yes, no = (button.value for button in asked.buttons[0])
    await screen(sam, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "what-i-love"))
    await settled(home)
    shown = await sam.finds("would like more of this theme")
    assert shown.labels == []
    heard = len(noa.texts())
    for late in (yes, no):
        await forges(sam, shown, str(late))
    await settled(home)
    assert not sam.was_told("Nothing changes, and")
    assert len([text for text in sam.texts() if "You'd both like it" in text]) == 2
    assert len(noa.texts()) == heard
    assert "You both wanted this for the week" in await screen(noa, THEMES)


async def test_whoever_rests_is_asked_once_the_rest_is_over(home: Home) -> None:
    """And once only; whoever wishes sees the same."""
    noa, sam = await couple(home)
    sam.writes("/pause")
    await settled(home)
    await sam.hears()
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "what-i-love"))
    await settled(home)
    assert noa.was_told("pass your wish on")
    assert await sam.hears() == []
    for asked in (1, 1):
        sam.writes("/resume")
        await settled(home)
        assert len([text for text in sam.texts() if "would like more of this theme" in text]) == asked
        sam.writes("/pause")
        await settled(home)


async def test_whoever_had_blocked_the_bot_is_asked_once_it_is_let_in_again(home: Home) -> None:
    """A wish that could not reach them is not lost."""
    noa, sam = await couple(home)
    sam.phone.block()
    await settled(home)
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "what-i-love"))
    await settled(home)
    sam.phone.unblock()
    await settled(home)
    assert len([text for text in sam.texts() if "would like more of this theme" in text]) == 1


async def test_a_second_wish_in_a_week_is_kindly_refused(home: Home) -> None:
    """And nothing reaches the other."""
    noa, sam = await couple(home)
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "what-i-love"))
    await sam.hears()
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0))
    await noa.presses(Verb.WISH, "affection")
    assert "said already what you'd like more of" in (await noa.sees("already")).text
    assert await sam.hears() == []


@pytest.mark.parametrize(
    "data",
    [
        encode(Verb.THEME, "fun"),
        encode(Verb.THEME, "no-such-theme"),
        encode(Verb.WISH, "desire"),
        encode(Verb.WISH_TOO, "fun"),
        encode(Verb.WISH_TOO, "desire"),
    ],
)
async def test_a_forged_button_opens_nothing(home: Home, data: str) -> None:
    """A theme that needs no yes, one there is not, one that isn't open to both, a wish that nobody has."""
    noa, sam = await couple(home)
    await screen(noa, THEMES)
    shown = noa.phone.last
    await forges(noa, shown, data)
    assert stored(home, "SELECT count(*) FROM partners WHERE themes IS NOT NULL OR wish IS NOT NULL") == [
        (0,)
    ]
    assert await sam.hears() == []


async def test_a_yes_ends_with_the_couple(home: Home) -> None:
    """Whoever leaves takes no opened theme along, and leaves none."""
    noa, sam = await couple(home)
    for partner in (noa, sam):
        await _opens(partner, "touch")
    noa.writes("/leave")
    await noa.presses(Verb.LEAVE, on=await noa.sees("Leave"))
    await settled(home)
    kept = "SELECT count(*) FROM partners WHERE themes IS NOT NULL OR shared IS NOT NULL"
    assert stored(home, kept) == [(0,)]


async def test_no_theme_that_somebody_wished_for_stands_in_the_clear(home: Home) -> None:
    """Neither with the wish nor in what was sent about it, while it waits and once both want it."""
    noa, sam = await couple(home)
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "what-i-love"))
    asked = await sam.sees("would like more of this theme")
    await sam.presses(Verb.WISH_TOO, on=asked)
    for partner in (noa, sam):
        await partner.finds("You'd both like it")
    await settled(home)
    told = stored(home, "SELECT ids FROM outbox WHERE kind LIKE 'wish%'")
    assert len(told) > len((noa, sam))
    assert not [ids for (ids,) in told if "what-i-love" in ids]
