"""A sentence that stays with its reader: marked alone, told by a press, gone with the words and with parting."""

import json
from zoneinfo import ZoneInfo

import pytest
from forging import forges
from labels import label, labels
from memory import stored, traces
from people import Person, couple, later, next_round, screen, settled
from test_journey_export import keepsake
from test_journey_forgetting import forgets

from bot.home.house import Home
from bot.screens.callbacks import Verb, encode

KEPT = "You held the lantern while I looked."
SAMS = f"It was dark by the weir. {KEPT} I'd like that again."


async def revealed(home: Home) -> tuple[Person, Person]:
    """Make a couple whose second round is revealed: Sam wrote three sentences, Noa one."""
    noa, sam = await couple(home)
    await next_round(home, noa, sam)
    await noa.seals("The heron stood still.")
    await sam.seals(SAMS)
    await noa.sees("Sam wrote:")
    for who in (noa, sam):
        await who.hears()
    return noa, sam


async def marks(reader: Person, number: str = "2") -> None:
    """Mark a sentence under the words that were revealed last."""
    await reader.presses(Verb.HIGHLIGHT_ASK)
    await reader.presses(number, on=await reader.sees("Which one stays with you?"))
    await reader.finds("This one stays with you")
    await settled(reader.home)


async def test_a_sentence_is_marked_for_oneself(home: Home) -> None:
    """Numbered under a spoiler; the other hears nothing; /kept shows it, and lets it go."""
    noa, sam = await revealed(home)
    await noa.presses(Verb.HIGHLIGHT_ASK)
    asked = await noa.sees("Which one stays with you?")
    assert asked.labels == ["1", "2", "3"]
    assert [e["type"] for e in asked.entities].count("spoiler") == 3
    assert asked.protected
    await noa.presses("2", on=asked)
    shown = await noa.finds("This one stays with you")
    assert KEPT in shown.text
    assert "the weir" not in shown.text
    assert shown.protected
    assert await sam.hears() == []
    noa.writes("/kept")
    listed = await noa.sees("What stays with you")
    assert KEPT in listed.text
    await noa.presses("1", on=listed)
    await noa.presses(Verb.HIGHLIGHT_OUT, on=await noa.finds(lambda m: "This one stays" in m.text))
    await noa.finds("It's out.")
    assert stored(home, "SELECT count(*) FROM highlights") == [(0,)]
    assert "Nothing here yet" in await noa.answer("/kept")
    assert traces(home, "lantern") == []


async def test_one_sentence_alone_needs_no_question(home: Home) -> None:
    """It stays at once, and marking it again changes nothing."""
    _, sam = await revealed(home)
    for _ in range(2):
        await sam.presses(Verb.HIGHLIGHT_ASK)
        assert "The heron stood still." in (await sam.sees("This one stays with you")).text
    await settled(home)
    assert stored(home, "SELECT count(*) FROM highlights") == [(1,)]


async def test_telling_the_author_is_a_gift_by_a_press(home: Home) -> None:
    """They hear it once, and can see which for ten minutes, with no word of theirs left in the chat after."""
    noa, sam = await revealed(home)
    await marks(noa)
    told = await noa.finds("This one stays with you")
    for _ in range(2):
        await noa.presses(Verb.HIGHLIGHT_TELL, on=told)
        await settled(home)
    assert (await noa.finds("gets to hear it")).labels == labels("take_out_this", "all_that_stays")
    heard = await sam.hears()
    assert heard == [
        "Noa kept a sentence of yours, from 3 March. It stays with them, and they wanted you to know."
    ]
    await sam.presses(Verb.HIGHLIGHT_WHICH)
    assert await sam.hears() == [f"Your words, for ten minutes:\n{KEPT}"]
    await later(home, minutes=11)
    assert not sam.was_told(f"minutes:\n{KEPT}")


async def test_what_was_told_in_quiet_hours_and_taken_out_is_not_said(home: Home) -> None:
    """It waits for the morning; by then it is no longer so."""
    noa, sam = await revealed(home)
    await marks(noa)
    evening = home.clock.now().astimezone(ZoneInfo("Europe/Dublin")).replace(hour=23, minute=0)
    await later(home, seconds=(evening - home.clock.now()).total_seconds())
    await noa.presses(Verb.HIGHLIGHT_TELL)
    await settled(home)
    await noa.presses(Verb.HIGHLIGHT_OUT)
    await later(home, hours=14)
    assert not sam.was_told("kept a sentence")


async def test_a_sentence_goes_with_the_words(home: Home) -> None:
    """Whoever wrote them deletes them: nothing is marked any more, and no old button brings them back."""
    noa, sam = await revealed(home)
    await marks(noa)
    shown = await noa.finds("This one stays with you")
    await later(home, hours=20)
    sam.writes("/journal")
    await sam.presses(Verb.ENTRY, on=await sam.sees("Your journal"))
    await settled(home)
    await sam.presses(Verb.DELETE_ASK)
    await sam.presses(Verb.DELETE, on=await sam.sees("Delete what you wrote"))
    await settled(home)
    assert stored(home, "SELECT count(*) FROM highlights") == [(0,)]
    await noa.hears()
    await noa.presses(Verb.HIGHLIGHT_TELL, on=shown)
    assert "isn't here any more" in await noa.answer("/kept") or noa.was_told("isn't here any more")
    assert await sam.hears()
    assert not sam.was_told("kept a sentence")


@pytest.mark.parametrize("who", ["reader", "author"])
@pytest.mark.parametrize("way", ["leaves", "forgets"])
async def test_nothing_stays_when_a_couple_parts(home: Home, who: str, way: str) -> None:
    """Whoever leaves or is forgotten: the marks go at once, and /kept is empty."""
    noa, sam = await revealed(home)
    await marks(noa)
    going = noa if who == "reader" else sam
    if way == "forgets":
        await forgets(going)
    else:
        going.writes("/leave")
        await going.presses(Verb.LEAVE, on=await going.finds("Leave this couple?"))
    await settled(home)
    assert stored(home, "SELECT count(*) FROM highlights") == [(0,)]
    await noa.hears()
    if not (who == "reader" and way == "forgets"):
        noa.writes("/kept")
        assert await noa.sees("Nothing here yet")


async def test_a_keepsake_holds_what_stays_by_the_authors_yes_alone(home: Home) -> None:
    """As with all of the other's words."""
    noa, sam = await revealed(home)
    await marks(noa)
    page, data, _ = await keepsake(home, noa)
    assert KEPT not in page + json.dumps(data)
    await screen(sam, (Verb.SWITCH, "protect"), Verb.KEEPABLE)
    await later(home, days=2)
    page, data, _ = await keepsake(home, noa)
    assert f">{KEPT}</p>" in page
    assert [one["stays"] for one in data["rounds"] if one["stays"]] == [[KEPT]]  # type: ignore[attr-defined]  # what JSON holds


async def test_a_forged_button_marks_nothing(home: Home) -> None:
    """Not a piece of a sentence, not one's own words, not a sealed round's, and nobody else's mark."""
    noa, sam = await revealed(home)
    await marks(noa)
    ((id_, round_, piece, start, end),) = stored(
        home, "SELECT id, round_id, piece_id, start_at, end_at FROM highlights"
    )
    for data in (
        encode(Verb.HIGHLIGHT_PICK, round_, piece, start, end - 1),
        encode(Verb.HIGHLIGHT_PICK, round_, piece, 0, 999_999),
        encode(Verb.HIGHLIGHT_PICK, round_ + 1, piece, start, end),
        encode(Verb.HIGHLIGHT_PICK, round_),
        encode(Verb.HIGHLIGHT, id_ + 1),
    ):
        await forges(noa, noa.phone.last, data)
    for verb in (Verb.HIGHLIGHT, Verb.HIGHLIGHT_TELL, Verb.HIGHLIGHT_OUT, Verb.HIGHLIGHT_WHICH):
        await forges(sam, sam.phone.last, encode(verb, id_))
    await forges(sam, sam.phone.last, encode(Verb.HIGHLIGHT_PICK, round_, piece, start, end))
    await settled(home)
    assert stored(home, "SELECT id, told_at FROM highlights") == [(id_, None)]
    assert not sam.was_told("for ten minutes")


async def test_a_long_letter_is_asked_about_in_pages(home: Home) -> None:
    """Forty sentences, and one of four thousand characters: each page fits a message."""
    noa, sam = await couple(home)
    await next_round(home, noa, sam)
    await noa.seals("A kite.")
    await sam.seals(" ".join(f"Sentence number {n}." for n in range(40)))
    await noa.sees("Sam wrote:")
    await noa.presses(Verb.HIGHLIGHT_ASK)
    asked = await noa.sees("Which one stays with you?")
    for page in range(1, 7):
        await noa.presses(label("more"), on=noa.phone.chat.messages[asked.message_id])
        await settled(home)
        assert f"number {page * 6}." in noa.phone.chat.messages[asked.message_id].text
    await noa.presses("37", on=noa.phone.chat.messages[asked.message_id])
    assert "number 36." in (await noa.finds("This one stays with you")).text


async def test_the_first_rounds_words_can_stay_by_the_journal(home: Home) -> None:
    """Its reveal has enough to choose from; what /kept says of the journal holds for it, too."""
    noa, sam = await couple(home)
    await noa.seals("The heron stood still.")
    await sam.seals(KEPT)
    assert label("stays") not in [label for message in noa.phone.from_bot for label in message.labels]
    noa.writes("/journal")
    await noa.presses(Verb.ENTRY, on=await noa.sees("Your journal"))
    await noa.presses(Verb.HIGHLIGHT_ASK)
    assert KEPT in (await noa.finds("This one stays with you")).text
    noa.writes("/kept")
    assert KEPT in (await noa.sees("What stays with you")).text
