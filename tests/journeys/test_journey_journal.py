"""The journal: one's own words, and what the seal lets through, never more."""

import re

from memory import stored
from people import couple, next_round, settled

from bot.content import Content
from bot.home.house import Home
from bot.screens.callbacks import Verb

LONE = "A lone reflection about a lighthouse."


async def test_a_lapsed_reflection_stays_in_its_authors_journal_alone(home: Home) -> None:
    """The author finds it, by page and by search; the other's journal is empty."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(LONE)
    await settled(home)
    await next_round(home, ana, bo)
    ana.writes("/journal")
    page = await ana.sees("Your journal, newest first")
    ana.phone.press(page, page.labels[0])
    await ana.sees("lighthouse")
    ana.writes("/journal")
    await ana.presses(Verb.JOURNAL_SEARCH)
    await ana.sees("Which word")
    ana.writes("LIGHTHOUSE")
    await ana.sees("I found these")
    bo.writes("/journal")
    await bo.sees("No round is in your journal yet")


async def test_a_revealed_round_shows_both_until_the_couple_parts(home: Home) -> None:
    """While the couple lasts the journal holds the other's revealed words; after parting only one's own."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals("ana-words")
    await bo.seals("bo-words")
    await ana.sees("one sentence that shows")
    await settled(home)
    ana.writes("/journal")
    page = await ana.sees("Your journal")
    ana.phone.press(page, page.labels[0])
    end = await ana.sees("You wrote:")
    assert "Bo wrote:" in end.text
    assert "Did you two talk" in end.text
    bo.writes("/leave")
    await bo.presses(Verb.LEAVE)
    await ana.sees("come to an end")
    seen = len(ana.texts())
    ana.phone.press(page, page.labels[0])
    await ana.sees("You wrote:")
    await settled(home)
    assert not any("bo-words" in text for text in ana.texts()[seen:])
    ana.phone.press(end, "○ We talked")
    await ana.finds(lambda m: "✓ We talked" in m.labels)


async def test_a_single_rounds_own_words_can_be_destroyed(home: Home) -> None:
    """After one question the words are gone, from the database's bytes too; the other's stay."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals("the-planted-secret")
    await bo.seals("bo-words")
    await ana.sees("one sentence that shows")
    await settled(home)
    ana.writes("/journal")
    page = await ana.sees("Your journal")
    ana.phone.press(page, page.labels[0])
    await ana.presses(Verb.DELETE_ASK)
    await ana.sees("Delete what you wrote")
    await ana.presses(Verb.DELETE)
    await ana.sees("Deleted.")
    assert stored(home, "SELECT count(*) FROM pieces") == [(1,)]
    bo.writes("/journal")
    page = await bo.sees("Your journal")
    seen = len(bo.texts())
    bo.phone.press(page, page.labels[0])
    await bo.sees("Did you two talk")
    assert not any("the-planted-secret" in text for text in bo.texts()[seen:])


async def test_an_open_rounds_words_are_not_deleted_from_the_journal(home: Home) -> None:
    """While a round is open its words are changed there; the journal says so."""
    ana, _ = await couple(home, "Ana", "Bo")
    await ana.drafts("still writing")
    ana.writes("/journal")
    page = await ana.sees("Your journal")
    ana.phone.press(page, page.labels[0])
    end = await ana.sees("Nobody but you has seen")
    assert end.labels == []


async def test_a_round_is_called_by_the_first_words_of_its_card_and_found_by_any(
    home: Home, content: Content
) -> None:
    """The list names cards as each had them, also another one; the search reads them too, after one's own words."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.presses(Verb.ANOTHER_CARD)
    await settled(home)
    await ana.seals("nothing of the card")
    await bo.seals("bo-words")
    (taken,) = next(iter(stored(home, "SELECT card FROM turns WHERE card IS NOT NULL")))
    (came,) = next(iter(stored(home, "SELECT prompt FROM rounds")))
    for who, prompt in ((ana, str(taken)), (bo, str(came))):
        card = content.prompt(prompt, "en").single_text()
        who.writes("/journal")
        shown = (await who.sees("Your journal")).labels[0]
        day, _, title = shown.partition(" · ")
        assert day == "2 March"
        assert card.replace("{other}", "Bo" if who is ana else "Ana").startswith(title.rstrip("…"))
        assert len(title) > 8
        word = max(re.findall(r"\w+", card.replace("{other}", "")), key=len)
        await who.presses(Verb.JOURNAL_SEARCH)
        await who.sees("Which word")
        who.writes(word.upper())
        assert (await who.sees("I found these")).labels[0] == shown
