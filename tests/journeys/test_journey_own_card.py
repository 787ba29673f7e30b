"""A card of one's own over HTTP: quoted, waiting, asked of both as theirs, taken back, and what can go wrong."""

import json

import pytest
from chosen_page import page
from forging import forges
from labels import label, labels
from memory import stored, traces
from people import Person, couple, later, meet, next_round, person, screen, settled
from test_journey_chosen import chooses
from test_journey_export import keepsake
from test_journey_forgetting import forgets

from bot.actions.people import must_be_together
from bot.home.house import Home
from bot.messages import MessageKind
from bot.practice.ids import RoundId
from bot.sandbox import Message
from bot.screens.callbacks import Verb, encode

ASKED = "Which smell takes you back to the house by the quarry?"
CAME_IN = "SELECT id FROM rounds WHERE own_card IS NOT NULL"
BOS = "What did the ferry sound like to you?"


async def _puts_in(partner: Person, text: str) -> None:
    partner.writes(f"/card {text}")
    await partner.presses(Verb.CARD_COME, on=await partner.sees("Your card, for the two of you"))
    await partner.finds("marked as yours")
    await settled(partner.home)


async def test_it_comes_to_both_as_theirs_and_is_answered_like_any_other(home: Home) -> None:
    """Until then the other sees nothing of it; then both have it, covered for whoever did not write it."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, ASKED)
    assert await bo.hears() == []
    assert traces(home, "quarry") == []
    await next_round(home, ana, bo)
    mine, theirs = await ana.finds("your own card"), await bo.finds("Ana's own card")
    for shown in (mine, theirs):
        assert ASKED in shown.text
    covered = [{e["type"] for e in shown.entities} & {"spoiler"} for shown in (mine, theirs)]
    assert covered == [set(), {"spoiler"}]
    assert (mine.protected, theirs.protected) == (False, True)
    assert [label("worries_me") in shown.labels for shown in (mine, theirs)] == [False, True]
    for partner, is_covered in ((ana, False), (bo, True)):
        await partner.hears()
        partner.writes("/today")
        assert_covered(await partner.sees("own card"), covered=is_covered)
    for partner in (ana, bo):
        await partner.seals(f"Tar, says {partner.name}.")
    assert await bo.finds("Tar, says Ana.")
    await next_round(home, ana, bo)
    assert ASKED not in bo.phone.last.text
    assert traces(home, "quarry") == []


def assert_covered(shown: Message, *, covered: bool) -> None:
    """Check that the card stands there, and whether it is under a spoiler; then it is held in the chat, too.

    Help stands under it for whoever did not write it.
    """
    assert ASKED in shown.text
    assert (label("worries_me") in shown.labels) is covered
    words = next((e for e in shown.entities if e["type"] == "spoiler"), None)
    assert (words is not None) is covered
    assert shown.protected or not covered
    if words is not None:
        assert shown.text[words["offset"] :].startswith(ASKED)


async def test_who_is_worried_by_a_card_hears_what_they_can_do(home: Home) -> None:
    """From the card itself or its reminder, before a word is written, and alone."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, "I will kill you")
    await next_round(home, ana, bo)
    await bo.presses(label("worries_me"), on=await bo.finds("Ana's own card"))
    await bo.finds("right to take it seriously")
    await later(home, hours=12)
    reminded = [m for m in bo.phone.from_bot if "I will kill you" in m.text and "own card" not in m.text]
    assert [m.labels for m in reminded] == [[label("worries_me")]]
    assert not ana.was_told("right to take it seriously")


async def test_it_stays_covered_wherever_it_stands_again(home: Home) -> None:
    """As an earlier one, in the journal, and when it comes up a month later; its author has it open."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, ASKED)
    await next_round(home, ana, bo)
    await bo.seals("Tar.")
    await next_round(home, ana, bo)
    for partner, whose in ((ana, "your own card"), (bo, "Ana's own card")):
        partner.writes("/today")
        listed = await partner.sees("Earlier ones")
        assert any(label.endswith(whose) for label in listed.labels)
        await partner.presses(Verb.EARLIER_CARD, stored(home, CAME_IN)[0][0])
        assert_covered(await partner.sees("own card"), covered=partner is bo)
    await ana.presses(Verb.WRITE_FOR)
    await settled(home)
    await ana.seals("Coal.")
    for partner in (ana, bo):
        await partner.hears()
        partner.writes("/journal")
        await partner.presses(Verb.ENTRY, stored(home, CAME_IN)[0][0])
        await settled(home)
        entry = next(m for m in reversed(partner.phone.from_bot) if ASKED in m.text and "Tar." in m.text)
        assert ("your own card" if partner is ana else "Ana's own card") in entry.text.splitlines()[0]
        assert_covered(entry, covered=partner is bo)
    async with home.app.database.unit(home.clock.now()) as unit:
        ((round_,),) = stored(home, CAME_IN)
        for partner in (ana, bo):
            me = await unit.partners.by_chat(partner.phone.user_id)
            us = await must_be_together(unit, me.id) if me else None
            assert us is not None
            told = us.message(MessageKind.LOOK_BACK, us.me, RoundId(round_), details={"ago": "month"})
            await unit.outbox.put(told)
    await settled(home)
    for partner in (ana, bo):
        assert_covered(await partner.finds("A month ago"), covered=partner is bo)


async def test_whoever_covers_nothing_reads_it_open(home: Home) -> None:
    """The cover is the reader's; that it is held in the chat is its author's."""
    ana, bo = await couple(home, "Ana", "Bo")
    await screen(bo, (Verb.SWITCH, "cover"))
    await _puts_in(ana, ASKED)
    await next_round(home, ana, bo)
    await bo.hears()
    bo.writes("/today")
    shown = await bo.sees("Ana's own card")
    assert ASKED in shown.text
    assert not any(e["type"] == "spoiler" for e in shown.entities)
    assert shown.protected


async def test_a_draft_for_it_names_it_and_does_not_quote_it(home: Home) -> None:
    """Once another card has been taken, a draft says which one it is for: of the other's, only whose it is."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, ASKED)
    await next_round(home, ana, bo)
    await bo.drafts("Tar.")
    await bo.presses(Verb.ANOTHER_CARD)
    await settled(home)
    await bo.hears()
    bo.writes("/today")
    assert "Ana's own card" in (await bo.sees("It's for this card")).text


async def test_on_a_page_it_needs_the_yes_of_both_to_that_very_round(home: Home) -> None:
    """What the other allows in a keepsake is not yet a yes to a page."""
    ana, bo = await couple(home, "Ana", "Bo")
    await screen(ana, (Verb.SWITCH, "protect"))
    await screen(ana, Verb.KEEPABLE)
    await _puts_in(ana, ASKED)
    await next_round(home, ana, bo)
    for partner in (ana, bo):
        await partner.seals(f"Tar, says {partner.name}.")
    await chooses(bo, Verb.PAGE_MARK, Verb.PAGE_YES)
    made = await page(bo)
    assert "Tar, says Bo." in made
    assert ASKED not in made
    await chooses(ana, Verb.PAGE_YES)
    assert ASKED in await page(bo)
    assert ASKED in (await keepsake(home, bo))[0]


async def test_two_cards_for_one_day_come_on_two_days(home: Home) -> None:
    """The one that was ready first comes first."""
    ana, bo = await couple(home, "Ana", "Bo")
    bo.writes(f"/card {BOS}")
    await bo.sees("Your card, for the two of you")
    await _puts_in(ana, ASKED)
    await later(home, minutes=5)
    await bo.presses(Verb.CARD_COME)
    await settled(home)
    await next_round(home, ana, bo)
    assert ASKED in (await bo.finds("Ana's own card")).text
    assert not ana.was_told(BOS)
    await next_round(home, ana, bo)
    assert BOS in (await ana.finds("Bo's own card")).text
    days = stored(home, "SELECT count(*), count(DISTINCT local_date) FROM rounds")
    assert days[0][0] == days[0][1]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "You can write a card yourself"),
        ("?!", "A card needs a few words"),
        ("Why? " * 200, "300 signs are the most"),
        ("Shall we watch https://example.org/film?", "without links"),
        ("Shall we read example.berlin tonight?", "without links"),
        ("What would you say to @somebody_else?", "without links"),
        ("Would you write to me@example.org?", "without links"),
    ],
)
async def test_what_is_no_card_is_kindly_refused(home: Home, text: str, answer: str) -> None:
    """Empty, enormous, a link: nothing is kept of it."""
    ana, bo = await couple(home, "Ana", "Bo")
    assert answer in await ana.answer(f"/card {text}")
    assert stored(home, "SELECT count(*) FROM own_cards") == [(0,)]
    assert await bo.hears() == []


async def test_an_edit_writes_a_draft_anew_and_leaves_what_was_let_come(home: Home) -> None:
    """What the answer says is so: a draft has the new words, and a card that was let come has its own."""
    ana, bo = await couple(home, "Ana", "Bo")
    written = ana.writes("/card Why do you never listen?")
    assert "could sound like blame" in (await ana.sees("Your card, for the two of you")).text
    ana.phone.edit_text(written.message_id, f"/card {ASKED}")
    anew = await ana.sees("Your card, for the two of you")
    assert ASKED in anew.text
    ana.phone.edit_text(written.message_id, f"/card {ASKED}")
    await settled(home)
    assert await ana.hears() == []
    await ana.presses(Verb.CARD_COME, on=anew)
    await ana.finds("marked as yours")
    ana.phone.edit_text(written.message_id, f"/card {BOS}")
    assert "changing your message doesn't change the card" in (await ana.sees("Your card stays")).text
    await next_round(home, ana, bo)
    assert ASKED in (await bo.finds("Ana's own card")).text
    assert not bo.was_told(BOS)


async def test_an_edit_that_may_mean_danger_is_heard(home: Home) -> None:
    """As its message would have been."""
    ana, bo = await couple(home, "Ana", "Bo")
    written = ana.writes(f"/card {ASKED}")
    await ana.sees("Your card, for the two of you")
    ana.phone.edit_text(written.message_id, "/card I want to die. Would you miss me?")
    await ana.sees("This is only for you.")
    assert not bo.was_told("I want to die")


async def test_an_edit_mends_what_was_no_card(home: Home) -> None:
    """Where a link stood, what is written over it is a card."""
    ana, _ = await couple(home, "Ana", "Bo")
    written = ana.writes("/card See https://example.org/film?")
    await ana.sees("without links")
    ana.phone.edit_text(written.message_id, f"/card {ASKED}")
    assert ASKED in (await ana.sees("Your card, for the two of you")).text


@pytest.mark.parametrize("words", ["I want to die. Would you miss me?", "I will kill you"])
async def test_a_threat_gets_its_author_the_calm_message_and_no_refusal(home: Home, words: str) -> None:
    """What may mean danger is answered privately, as everywhere; the card is quoted, and goes nowhere by itself."""
    ana, bo = await couple(home, "Ana", "Bo")
    ana.writes(f"/card {words}")
    heard = await ana.hears()
    assert any("Your card, for the two of you" in text for text in heard)
    assert any("This is only for you." in text for text in heard)
    await next_round(home, ana, bo)
    assert not bo.was_told(words)


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("Why do you never listen to me?", True),
        ("Bo never listens. What is it like to be Bo?", True),
        ("Who were you with on Friday?", True),
        ("Promise me you'll stay?", True),
        ("When did you last feel heard?", False),
    ],
)
async def test_what_sounds_like_blame_is_offered_to_be_softened_and_never_refused(
    home: Home, text: str, *, blames: bool
) -> None:
    """The note is there or not, and the way on in either case."""
    ana, _ = await couple(home, "Ana", "Bo")
    shown = await ana.answer(f"/card {text}")
    assert ("could sound like blame" in shown, "would any honest answer" in shown) == (blames, not blames)
    assert ana.phone.last.labels == labels("let_come", "withdraw")


async def test_it_can_be_taken_back_until_it_has_come(home: Home) -> None:
    """Then it is destroyed; afterwards the button says that it has come."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, BOS)
    await ana.presses(Verb.CARD_BACK)
    await ana.finds("That card is gone")
    assert stored(home, "SELECT count(*) FROM own_cards") == [(0,)]
    await _puts_in(ana, ASKED)
    waits = await ana.finds("marked as yours")
    await next_round(home, ana, bo)
    await ana.presses(Verb.CARD_BACK, on=waits)
    await ana.sees("isn't waiting any more")
    assert bo.was_told(ASKED)


async def test_one_a_week_and_a_new_draft_takes_the_olds_place(home: Home) -> None:
    """A second one within the week is refused; an old draft's button brings nothing."""
    ana, _ = await couple(home, "Ana", "Bo")
    ana.writes(f"/card {BOS}")
    old = await ana.sees("Your card, for the two of you")
    await _puts_in(ana, ASKED)
    await ana.presses(Verb.CARD_COME, on=old)
    await ana.sees("isn't waiting any more")
    assert "is in already" in await ana.answer(f"/card {BOS}")
    assert stored(home, "SELECT count(*) FROM own_cards") == [(1,)]


async def test_nobody_handles_anothers_card(home: Home) -> None:
    """The other can neither let it come nor destroy it with a forged button."""
    ana, bo = await couple(home, "Ana", "Bo")
    ana.writes(f"/card {ASKED}")
    await ana.sees("Your card, for the two of you")
    ((card,),) = stored(home, "SELECT id FROM own_cards")
    for verb in (Verb.CARD_COME, Verb.CARD_BACK):
        await forges(bo, bo.phone.last, encode(verb, card))
    assert stored(home, "SELECT ready_at FROM own_cards") == [(None,)]
    assert not bo.was_told(ASKED)


async def test_a_card_comes_to_nobody_after_its_author_has_left(home: Home) -> None:
    """Between writing and opening: it meets neither the other nor the next couple, and stays its author's."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, ASKED)
    ana.writes("/leave")
    await ana.presses(Verb.LEAVE, on=await ana.sees("Leave"))
    await settled(home)
    cleo, dan = await couple(home, "Cleo", "Dan")
    await next_round(home, cleo, dan)
    assert not any(person.was_told(ASKED) for person in (bo, cleo, dan))
    page, _, _ = await keepsake(home, ana)
    assert ASKED in page


@pytest.mark.parametrize("leaves", ["author", "other"])
async def test_whose_card_waited_hears_that_it_comes_to_nobody(home: Home, leaves: str) -> None:
    """In place of what was promised; it can be destroyed then, and keeps nobody from a card for somebody new."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, ASKED)
    leaver = ana if leaves == "author" else bo
    leaver.writes("/leave")
    await leaver.presses(Verb.LEAVE, on=await leaver.sees("Leave"))
    await settled(home)
    over = await ana.finds("Your card won't come")
    assert not ana.was_told("comes at a coming hour, marked as yours, for you both")
    assert not bo.was_told("Your card won't come")
    await meet(ana, person(home, "Cleo"))
    assert "Your card, for the two of you" in await ana.answer(f"/card {BOS}")
    await ana.presses(Verb.CARD_BACK, on=over)
    await ana.finds("That card is gone")
    assert stored(home, "SELECT count(*) FROM own_cards WHERE ready_at IS NOT NULL") == [(0,)]


async def test_it_is_in_its_authors_export_and_forgotten_with_them(home: Home) -> None:
    """Of the other's, as long as its author protects it, there is nothing."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _puts_in(ana, ASKED)
    await next_round(home, ana, bo)
    for partner in (ana, bo):
        await partner.seals("Tar.")
    for partner, there in ((ana, True), (bo, False)):
        page, data, _ = await keepsake(home, partner)
        assert (ASKED in page, ASKED in json.dumps(data)) == (there, there)
    await forgets(ana)
    assert stored(home, "SELECT count(*) FROM own_cards") == [(0,)]
    bo.writes("/journal")
    await bo.presses(Verb.ENTRY, on=await bo.sees("Your journal"))
    heard = await bo.hears()
    assert not any(ASKED in text for text in heard)
    assert any(
        "This card was written by the other one of you. Its words aren't kept here." in t for t in heard
    )


async def test_words_after_a_card_are_no_words_of_the_round(home: Home) -> None:
    """Whoever writes on under a card that asks for a press is asked what that is for."""
    noa, sam = await couple(home)
    await noa.hears()
    await noa.answer("/card")
    assert (await noa.answer("What did you dream of?")).startswith("Your card, for the two of you")
    assert (await noa.answer("And why did you?")).startswith("What's this for?")
    await noa.presses(Verb.NOWHERE)
    await noa.hears()
    await noa.presses(Verb.CARD_COME)
    assert (await noa.answer("And why then?")).startswith("What's this for?")
    await noa.presses(Verb.NOWHERE)
    await later(home, minutes=20)
    assert "That's yours for now" in await noa.answer("The pear tree stood in bloom.")
    assert not sam.was_told("pear tree")
