"""Late is welcome: a day that is over stays open to both for two weeks."""

from labels import label, labels
from memory import stored
from people import MakeHome, Person, couple, later, next_round, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb

ANA_WORDS = "I stood at the harbour and counted the boats."
BO_WORDS = "I was late on Monday, and I've thought of it since."


async def opens_the_day(who: Person) -> None:
    """Open the only earlier day from /today."""
    who.writes("/today")
    await who.presses(Verb.EARLIER_CARD, on=await who.sees("Earlier ones"))


async def test_a_day_is_revealed_late_in_its_frame_and_with_its_date(home: Home) -> None:
    """The one is told that hers stays sealed; the other writes two days after, and both read."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await next_round(home)
    told = await ana.sees("stay sealed and safe")
    assert told.labels == labels("take_back", "keep_to_oneself")
    await ana.sees("Today ·")
    assert not bo.was_told("stay sealed and safe")
    await opens_the_day(bo)
    card = await bo.sees("It's open to you both up to")
    assert card.labels == labels("another_card", "write_for")
    await bo.presses(Verb.WRITE_FOR)
    await bo.sees("what comes next is for 2 March")
    bo.writes(BO_WORDS)
    await bo.presses(Verb.SEAL, on=await bo.sees("That's yours for now, for 2 March"))
    for reader, author in ((ana, "Bo"), (bo, "Ana")):
        await reader.sees(f"{author}'s words of 2 March")
    await ana.sees("late on Monday")
    await bo.sees("counted the boats")
    assert stored(home, "SELECT state FROM rounds ORDER BY ordinal") == [("revealed",), ("open",)]
    prompt = [message for message in bo.phone.from_bot if message.text.startswith("Today ·")][-1]
    bo.phone.send_text("And this is for today.", reply_to=prompt.message_id)
    await bo.sees("That's yours for now")


async def test_words_can_be_kept_to_oneself_and_the_day_stays_open(home: Home) -> None:
    """Under the sentence at the end of the day; the journal leads to that day again."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await next_round(home)
    await ana.presses(Verb.KEEP_TO_ONESELF, on=await ana.sees("stay sealed and safe"))
    await ana.sees("yours alone again")
    ana.writes("/journal")
    page = await ana.sees("Your journal, newest first")
    assert page.labels[-1] == label("earlier")
    ana.phone.press(page, page.labels[0])
    entry = await ana.sees("Nobody but you has seen")
    assert "counted the boats" in entry.text
    await ana.presses(Verb.EARLIER_CARD, on=entry)
    await ana.presses(Verb.SEAL, on=await ana.sees("That's yours for now, for 2 March"))
    await settled(home)
    assert not bo.was_told("harbour")
    assert stored(home, "SELECT state FROM rounds WHERE ordinal = 0") == [("waiting",)]


async def test_after_two_weeks_it_is_over_for_both(home: Home) -> None:
    """Its author hears once that nobody has seen it; whoever wrote nothing hears nothing."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await later(home, days=16)
    assert [text for text in ana.texts() if "The two weeks for 2 March are over" in text] != []
    assert not any("two weeks" in text and "over" in text for text in bo.texts())
    bo.writes("/today")
    listed = await bo.sees("Earlier ones")
    assert not any(label.startswith("2 March") for label in listed.labels)
    await later(home, days=1)
    assert len([text for text in ana.texts() if "What you wrote for it was shown to nobody" in text]) == 1


async def test_a_draft_of_a_day_that_is_over_for_good_promises_and_asks_for_nothing(home: Home) -> None:
    """It changes where it stands; a note over a seal does too, and neither has a button any more."""
    ana, bo = await couple(home, "Ana", "Bo")
    draft = await ana.drafts(ANA_WORDS)
    await bo.seals(BO_WORDS)
    sealed = await bo.finds("Sealed.")
    assert draft.labels
    assert sealed.labels
    await next_round(home)
    promised = await bo.finds("stay sealed and safe")
    await later(home, days=16)
    for who, message in ((ana, draft), (bo, sealed), (bo, promised)):
        shown = who.phone.chat.messages[message.message_id]
        assert "The two weeks for 2 March are over." in shown.text
        assert shown.labels == []
    assert ANA_WORDS in ana.phone.chat.messages[draft.message_id].text
    assert not bo.was_told("harbour")


async def test_another_card_and_a_tap_are_there_for_a_day_that_is_over_too(make_home: MakeHome) -> None:
    """The card of an earlier day has all that its prompt had."""
    home = await make_home(prompts=("quick-sleep-as-a-fabric",))
    _, bo = await couple(home, "Ana", "Bo")
    await next_round(home)
    await opens_the_day(bo)
    card = await bo.sees("It's open to you both up to")
    assert "One tap will do" in card.text
    tapped, *_, another, write = card.labels
    assert (another, write) == (label("another_card"), label("write_for"))
    await bo.presses(tapped, on=card)
    assert tapped in (await bo.sees("That's yours for now, for 2 March")).text


async def test_deleting_words_that_nobody_has_seen_says_so(home: Home) -> None:
    """Nothing of them stands in the other's chat, and nobody is told that it does."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await later(home, days=16)
    ana.writes("/journal")
    page = await ana.sees("Your journal, newest first")
    ana.phone.press(page, page.labels[0])
    await ana.presses(Verb.DELETE_ASK, on=await ana.sees("Nobody but you has seen"))
    asked = await ana.sees("Delete what you wrote in this round? Nobody else has seen it.")
    await ana.presses(Verb.DELETE, on=asked)
    assert (await ana.sees("Deleted.")).text == "Deleted. Nobody else has seen it."
    assert not ana.was_told("already delivered")
    assert not bo.was_told("harbour")
