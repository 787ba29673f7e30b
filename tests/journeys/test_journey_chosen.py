"""A page of chosen rounds: one's own words, and the other's where both said yes to that very round."""

from chosen_page import opens, page
from labels import label
from people import Person, couple, next_round, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb


async def sealed_by_both(noa: Person, sam: Person, words: str) -> None:
    """Reveal a round in which each wrote these words, marked with their name."""
    await noa.seals(f"noa-{words}")
    await sam.seals(f"sam-{words}")
    await noa.hears()
    await sam.hears()


async def chooses(who: Person, *verbs: Verb, place: int = 0) -> None:
    """Answer what is asked about a round."""
    await opens(who, place)
    for verb in verbs:
        await who.presses(verb)
        await settled(who.home)


async def test_a_page_holds_the_rounds_that_were_chosen_oldest_first(home: Home) -> None:
    """One's own words of these and no others, under their cards and dates; unmarked, there is nothing to make."""
    noa, sam = await couple(home)
    for words in ("first", "second", "third"):
        await sealed_by_both(noa, sam, words)
        await next_round(home, noa, sam)
    await chooses(noa, Verb.PAGE_MARK, place=2)
    await chooses(noa, Verb.PAGE_MARK)
    made = await page(noa)
    assert made.index("noa-first") < made.index("noa-third")
    assert "noa-second" not in made
    assert "sam-" not in made
    assert "From Noa's journal" in made
    assert "Noa wrote" in made
    noa.writes("/journal")
    shown = await noa.sees("Your journal")
    assert [label.startswith("✓") for label in shown.labels[:3]] == [True, False, True]
    await noa.presses(Verb.PAGE_CLEAR, on=shown)
    await settled(home)
    assert label("make_page") not in noa.phone.chat.messages[shown.message_id].labels
    await noa.presses(Verb.PAGE_MAKE)
    await noa.sees("You haven't marked a round")


async def test_the_others_words_need_the_yes_of_both_to_that_very_round(home: Home) -> None:
    """One yes alone, the yes to another round, and a yes taken back: none of them is enough."""
    noa, sam = await couple(home)
    await sealed_by_both(noa, sam, "first")
    await next_round(home, noa, sam)
    await sealed_by_both(noa, sam, "second")
    await chooses(noa, Verb.PAGE_MARK, Verb.PAGE_YES)
    await chooses(noa, Verb.PAGE_MARK, place=1)
    assert "sam-" not in await page(noa)
    await chooses(sam, Verb.PAGE_YES, place=1)
    assert "sam-" not in await page(noa)
    await chooses(sam, Verb.PAGE_YES)
    made = await page(noa)
    assert "sam-second" in made
    assert "sam-first" not in made
    assert noa.was_told("Sam's words are on it where you both said yes")
    await chooses(sam, Verb.PAGE_YES)
    assert "sam-" not in await page(noa)


async def test_an_exs_words_are_on_no_page(home: Home) -> None:
    """Whatever both said yes to, the end of the couple takes it back; one's own stay."""
    noa, sam = await couple(home)
    await sealed_by_both(noa, sam, "words")
    await chooses(sam, Verb.PAGE_YES)
    await chooses(noa, Verb.PAGE_MARK, Verb.PAGE_YES)
    sam.writes("/leave")
    await sam.presses(Verb.LEAVE)
    await noa.sees("come to an end")
    made = await page(noa)
    assert "noa-words" in made
    assert "sam-" not in made
    assert "Sam" not in made
    await opens(noa)
    assert label("page_yes") not in "".join(noa.phone.last.labels)


async def test_what_was_deleted_is_on_no_page(home: Home) -> None:
    """Words that their writer deletes leave both's pages; a round without words of one's own is left out."""
    noa, sam = await couple(home)
    await sealed_by_both(noa, sam, "words")
    await chooses(sam, Verb.PAGE_MARK, Verb.PAGE_YES)
    await chooses(noa, Verb.PAGE_MARK, Verb.PAGE_YES)
    await sam.presses(Verb.DELETE_ASK)
    await sam.presses(Verb.DELETE, on=await sam.sees("Delete what you wrote"))
    await settled(home)
    assert "sam-" not in await page(noa)
    await sam.hears()
    await sam.presses(Verb.PAGE_MAKE)
    assert not any("Your page" in text for text in await sam.hears())


async def test_a_page_of_rounds_whose_words_are_deleted_is_said_to_be_none(home: Home) -> None:
    """An old button answers in words, and none stands under the journal any more."""
    noa, sam = await couple(home)
    await sealed_by_both(noa, sam, "first")
    await chooses(noa, Verb.PAGE_MARK, Verb.DELETE_ASK, Verb.DELETE)
    await noa.hears()
    await noa.presses(Verb.PAGE_MAKE)
    await noa.sees("You haven't marked a round")
    noa.writes("/journal")
    assert label("make_page") not in (await noa.sees("journal")).labels


async def test_a_second_page_comes_after_a_minute(home: Home) -> None:
    """Two presses make one page; the second is told so kindly."""
    noa, sam = await couple(home)
    await sealed_by_both(noa, sam, "words")
    await chooses(noa, Verb.PAGE_MARK)
    await page(noa)
    await noa.presses(Verb.PAGE_MAKE)
    await noa.sees("only just made")
    assert "noa-words" in await page(noa)


async def test_a_round_that_nobody_has_seen_can_be_chosen_and_asks_no_yes(home: Home) -> None:
    """What was never revealed is one's own, and the other's is not asked about."""
    noa, sam = await couple(home)
    await noa.seals("noa-alone")
    await next_round(home, noa, sam)
    await opens(noa)
    assert [label for label in noa.phone.last.labels if "both" in label] == []
    await noa.presses(Verb.PAGE_MARK)
    await settled(home)
    assert "noa-alone" in await page(noa)
