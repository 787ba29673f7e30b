"""A letter that opens later over HTTP: written, sealed for a day, taken back, opened, and what can go wrong."""

import json
from datetime import timedelta

import pytest
from forging import forges
from labels import label, labels
from memory import stored, traces
from people import Person, after_a_stop, couple, later, meet, screen, settled
from test_journey_export import PICTURE, keepsake
from test_journey_forgetting import forgets

from bot.home.house import Home
from bot.screens.callbacks import Verb, encode

SAID = "I hid the brass key where we first sat."
OPENED = "A letter from Noa"
MONTH = 32


async def writes(author: Person, text: str = SAID) -> None:
    """Ask for a letter, and write it."""
    author.writes("/capsule")
    await author.sees("A letter for later")
    author.writes(text)
    await author.sees("Your letter to")
    await settled(author.home)


async def seals(author: Person) -> None:
    """Choose a month from now where no day stands under the letter, and seal."""
    quoted = author.phone.last
    if "It opens on" not in quoted.text:
        await author.presses(label("in_a_month"))
        quoted = await author.sees("It opens on")
    await author.presses(Verb.CAPSULE_SEAL, on=quoted)
    await author.finds("Sealed. Your letter opens")
    await settled(author.home)


async def test_it_opens_on_its_day_and_not_before(home: Home) -> None:
    """Quoted, sealed for a day, and the other hears nothing until then: then they read it, covered and protected."""
    noa, sam = await couple(home)
    await writes(noa)
    quoted = noa.phone.last
    assert SAID in quoted.text
    assert label("seal") not in quoted.labels
    await seals(noa)
    assert traces(home, "brass key") == []
    await later(home, days=27)
    assert not sam.was_told("letter")
    await later(home, days=5)
    shown = await sam.finds(OPENED)
    assert SAID in shown.text
    assert "spoiler" in [entity["type"] for entity in shown.entities]
    assert shown.protected
    assert label("worries_me") in shown.labels
    (opened, due) = stored(home, "SELECT opened_at, opens_at FROM capsules")[0]
    assert opened == due
    sam.writes("/capsule")
    listed = await sam.sees("A letter for later")
    await sam.presses(Verb.CAPSULE_SHOW, on=listed)
    assert SAID in (await sam.sees(OPENED)).text


async def test_it_is_taken_back_changed_and_let_go(home: Home) -> None:
    """Until its day; what was taken back is a draft again, and is never sent by itself."""
    noa, sam = await couple(home)
    await writes(noa)
    await seals(noa)
    await noa.presses(Verb.CAPSULE_BACK)
    assert SAID in (await noa.sees("Your letter to")).text
    await later(home, days=MONTH)
    assert not sam.was_told(OPENED)
    noa.writes("/capsule")
    assert SAID in (await noa.sees("Your letter to")).text
    await noa.presses(Verb.CAPSULE_OUT, on=noa.phone.last)
    await noa.finds("That letter is gone.")
    await settled(home)
    assert stored(home, "SELECT count(*) FROM capsules") == [(0,)]
    assert stored(home, "SELECT count(*) FROM capsule_pieces") == [(0,)]


async def test_a_day_is_written_as_one_says_it(home: Home) -> None:
    """A date, an anniversary's date, a leap day; what is over or is none is asked once more, and nothing is lost."""
    noa, _ = await couple(home)
    await writes(noa)
    for said, answered in (
        ("14 February", "Sunday, 14 February 2027"),
        ("29 February", "Tuesday, 29 February 2028"),
        ("in two years", "Thursday, 2 March 2028"),
        ("5/4/2027", "Monday, 5 April 2027"),
    ):
        await noa.presses(Verb.CAPSULE_OTHER_DAY)
        await noa.sees("Which day?")
        noa.writes(said)
        assert answered in (await noa.sees("It opens on")).text
    for said, answered in (
        ("1 January 2020", "has come already"),
        ("in 90 years", "Twenty years at most"),
        ("when you smile", "I don't get that day"),
        ("on our anniversary!", "I don't know that date, and won't guess it."),
        ("29 February 2027", "I don't get that day"),
        ("9" * 60, "I don't get that day"),
    ):
        await noa.presses(Verb.CAPSULE_OTHER_DAY)
        await noa.sees("Which day?")
        noa.writes(said)
        await noa.sees(answered)
    noa.writes("/capsule")
    assert SAID in (await noa.sees("Your letter to")).text


async def test_voice_and_pictures_are_taken_and_covered(home: Home) -> None:
    """Several parts, one an edit; the picture comes under a spoiler."""
    noa, sam = await couple(home)
    await writes(noa)
    noa.phone.send_photo(PICTURE, caption="the bench")
    await noa.finds(lambda m: "Your letter to" in m.text and "A picture" in m.text)
    await settled(home)
    await seals(noa)
    await later(home, days=MONTH)
    picture = await sam.finds(lambda m: m.media is not None)
    assert picture.spoiler
    assert "the bench" in picture.text
    assert sam.was_told(SAID)


async def test_an_edit_opens_the_seal_and_after_the_day_changes_nothing(home: Home) -> None:
    """As with any sealed words."""
    noa, sam = await couple(home)
    noa.writes("/capsule")
    await noa.sees("A letter for later")
    said = noa.writes("The first way of saying it.")
    await noa.sees("Your letter to")
    await seals(noa)
    noa.phone.edit_text(said.message_id, "Another way of saying it.")
    assert "Another way" in (await noa.sees("Your letter to")).text
    await settled(home)
    await seals(noa)
    await later(home, days=MONTH)
    noa.phone.edit_text(said.message_id, "A third way of saying it.")
    await settled(home)
    assert sam.was_told("Another way")
    assert not sam.was_told("third way")
    assert traces(home, "third way") == []


async def test_a_rest_holds_it_and_a_stop_delays_it(home: Home) -> None:
    """While one of the two rests nothing comes; a machine that was off opens it late."""
    noa, sam = await couple(home)
    await writes(noa)
    await seals(noa)
    sam.writes("/pause")
    await sam.sees("rest")
    await later(home, days=MONTH)
    assert not sam.was_told(OPENED)
    sam.writes("/resume")
    await later(home, hours=26)
    assert sam.was_told(OPENED)
    await writes(noa, "The second one.")
    await seals(noa)
    await after_a_stop(home, days=MONTH)
    assert not sam.was_told("The second one.")
    await later(home, hours=14)
    assert sam.was_told("The second one.")


async def test_a_clock_that_is_a_year_ahead_opens_nothing(home: Home) -> None:
    """It is put right within the hour, and the letter waits for its own day."""
    noa, sam = await couple(home)
    await writes(noa)
    await seals(noa)
    right = home.clock.now()
    home.clock.set(right + timedelta(days=365))
    await settled(home)
    home.clock.set(right + timedelta(minutes=30))
    await settled(home)
    await later(home, days=20)
    assert not sam.was_told(OPENED)
    ((opens_at,),) = stored(home, "SELECT opens_at FROM capsules")
    await later(home, seconds=opens_at / 1_000_000 - home.clock.now().timestamp() + 1)
    assert SAID in (await sam.finds(OPENED)).text


@pytest.mark.parametrize("who", ["author", "reader"])
@pytest.mark.parametrize("way", ["leaves", "forgets"])
async def test_every_letter_stays_its_author_s_alone_when_they_part(home: Home, who: str, way: str) -> None:
    """Whoever leaves or is forgotten: it never opens; its author has it still, until they let it go."""
    noa, sam = await couple(home)
    await writes(noa)
    await seals(noa)
    going = noa if who == "author" else sam
    if way == "forgets":
        await forgets(going)
    else:
        going.writes("/leave")
        await going.presses(Verb.LEAVE, on=await going.sees("Leave"))
    await settled(home)
    kept = (who, way) != ("author", "forgets")
    assert stored(home, "SELECT count(*) FROM capsules") == [(int(kept),)]
    await later(home, days=MONTH)
    assert not sam.was_told(OPENED)
    if kept:
        over = await noa.finds("Your letter won't open")
        page, _, _ = await keepsake(home, noa)
        assert SAID in page
        await noa.presses(Verb.CAPSULE_OUT, on=over)
        await noa.finds("That letter is gone.")
        await settled(home)
    assert stored(home, "SELECT count(*) FROM capsule_pieces") == [(0,)]


async def test_a_letter_to_one_before_is_no_part_of_what_is_written_to_another(home: Home) -> None:
    """Nor does /capsule show it: it is of a couple that has ended, and an edit of its message changes nothing."""
    noa, sam = await couple(home)
    await writes(noa)
    await seals(noa)
    noa.writes("/leave")
    await noa.presses(Verb.LEAVE, on=await noa.sees("Leave"))
    await noa.finds("Your letter won't open")
    await meet(noa, sam)
    noa.writes("/capsule")
    assert SAID not in (await noa.sees("A letter for later")).text
    noa.writes("Another one.")
    assert SAID not in (await noa.sees("Your letter to")).text
    await settled(home)
    assert stored(home, "SELECT count(*) FROM capsules") == [(2,)]


async def test_its_words_leave_the_chat_where_that_is_wanted(home: Home) -> None:
    """Once it is sealed neither what was written nor a quotation of it stands there."""
    noa, _ = await couple(home)
    await screen(noa, (Verb.SWITCH, "put_away"))
    await writes(noa)
    noa.writes("And one more line.")
    await noa.sees("Your letter to")
    await settled(home)
    await seals(noa)
    left = "\n".join(message.text for message in noa.phone.messages)
    assert SAID not in left
    assert "one more line" not in left
    assert noa.was_told("I'm clearing its words")


async def test_a_keepsake_holds_ones_own_letters_and_the_others_by_their_yes(home: Home) -> None:
    """Sealed or not for its author; the other's only once it has opened, and where they allow it."""
    noa, sam = await couple(home)
    await writes(noa)
    await seals(noa)
    page, _, _ = await keepsake(home, noa)
    assert SAID in page
    await screen(noa, (Verb.SWITCH, "protect"), Verb.KEEPABLE)
    await sam.seals("something of mine")
    page, data, _ = await keepsake(home, sam)
    assert SAID not in page + json.dumps(data)
    await later(home, days=MONTH)
    page, _, _ = await keepsake(home, sam)
    assert SAID in page


async def test_a_forged_button_opens_and_takes_nothing(home: Home) -> None:
    """The other's buttons, a day that is none, an old version: nothing moves."""
    noa, sam = await couple(home)
    await writes(noa)
    ((id_, version),) = stored(home, "SELECT id, version FROM capsules")
    for data in (
        encode(Verb.CAPSULE_SEAL, id_, version, "2020-01-01"),
        encode(Verb.CAPSULE_SEAL, id_, version, "2027-99-01"),
        encode(Verb.CAPSULE_SEAL, id_, version + 1, "2027-01-01"),
        encode(Verb.CAPSULE_SEAL, id_),
        encode(Verb.CAPSULE_DAY, 7),
        encode(Verb.CAPSULE_BACK, id_),
    ):
        await forges(noa, noa.phone.last, data)
    assert stored(home, "SELECT sealed_at FROM capsules") == [(None,)]
    await noa.hears()
    noa.writes("/capsule")
    await noa.sees("Your letter to")
    await seals(noa)
    for data in (
        encode(Verb.CAPSULE_SHOW, id_),
        encode(Verb.CAPSULE_BACK, id_),
        encode(Verb.CAPSULE_OUT, id_),
        encode(Verb.CAPSULE_SEAL, id_, version, "2027-01-01"),
    ):
        await forges(sam, sam.phone.last, data)
    assert not sam.was_told(SAID)
    ((opened, sealed),) = stored(home, "SELECT opened_at, sealed_at FROM capsules")
    assert opened is None
    assert sealed is not None


async def test_three_letters_can_wait(home: Home) -> None:
    """A fourth stays a draft, and is told why."""
    noa, _ = await couple(home)
    for number in range(3):
        await writes(noa, f"letter {number}")
        await seals(noa)
    await writes(noa, "one too many")
    await noa.presses(label("in_a_year"))
    await noa.presses(Verb.CAPSULE_SEAL, on=await noa.sees("It opens on"))
    await noa.sees("Three letters are waiting already")


async def test_words_of_danger_in_a_letter_bring_help_and_stop_nothing(home: Home) -> None:
    """To their author alone."""
    noa, sam = await couple(home)
    await writes(noa, "I want to die tonight.")
    assert noa.was_told("/safety")
    await seals(noa)
    assert await sam.hears() == []


async def test_a_long_letter_is_quoted_whole_before_it_is_sealed(home: Home) -> None:
    """In parts above its buttons; and comes whole."""
    noa, sam = await couple(home)
    await writes(noa, "a" * 3_900)
    noa.writes("b" * 3_900)
    await noa.finds("as shown above")
    await settled(home)
    await seals(noa)
    await later(home, days=MONTH)
    read = "".join(sam.texts())
    assert read.count("a" * 3_900) == read.count("b" * 3_900) == 1


async def test_more_of_a_letter_in_place_of_its_day_is_asked_about(home: Home) -> None:
    """Asked for the day, whoever writes on is asked whether that is for the letter; nothing says that it can wait."""
    noa, _ = await couple(home)
    noa.writes("/capsule")
    await noa.sees("A letter for later")
    assert "Your letter to Sam" in await noa.answer("I love the way you hum.")
    assert "Which day?" in await noa.press_answer(Verb.CAPSULE_OTHER_DAY)
    more = "And when we are old and grey. I want to sit with you at the harbour and hear it again."
    assert more in await noa.answer(more)
    assert noa.phone.last.labels == labels(
        "place_capsule", "place_reflection", "place_capsule_day", "place_nowhere"
    )
    letter = await noa.press_answer(Verb.PLACE, "capsule")
    assert letter.startswith("Your letter to Sam:\nI love the way you hum.\nAnd when")


async def test_more_after_a_sealed_letter_is_no_word_of_the_day(home: Home) -> None:
    """It is asked about; and once the letter's own edit has asked for more, words are the letter's again."""
    noa, _ = await couple(home)
    noa.writes("/capsule")
    written = noa.writes("I love the way you hum.")
    await settled(home)
    await noa.presses(Verb.CAPSULE_DAY, 12)
    await noa.presses(Verb.CAPSULE_SEAL)
    await noa.hears()
    assert (await noa.answer("Oh, and one more thing.")).startswith("What's this for?")
    await noa.presses(Verb.NOWHERE)
    await noa.hears()
    noa.phone.edit_text(written.message_id, "I love the way you whistle.")
    assert "I love the way you whistle." in "\n".join(await noa.hears())
    assert "whistle.\nAt dusk." in await noa.answer("At dusk.")
