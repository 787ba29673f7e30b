"""Few, calm messages: what the two are given to read, counted."""

import pytest
from labels import label, labels
from people import MakeHome, Person, couple, invites, joins, person, settled
from tally import FirstDay, covers, tally, taps

from bot.content import Content
from bot.home.house import Home
from bot.practice.thread import Heard
from bot.sandbox import Message
from bot.screens.callbacks import Verb

LINES = (
    "It rained on Tuesday.",
    "I stood under the bridge.",
    "Nobody came by.",
    "I sang a bit.",
    "It helped.",
)


def since(reader: Person, last: int) -> list[Message]:
    """List what the bot has said after a message, as it stands now."""
    return [message for message in reader.phone.from_bot if message.message_id > last]


def end_of(reader: Person) -> int:
    """Tell the number of the last message in a chat."""
    return max(reader.phone.chat.messages)


async def record(writer: Person) -> None:
    """Write three lines, say something, and show a picture."""
    for line in LINES[:3]:
        writer.writes(line)
    writer.phone.send_voice(b"voice", 3)
    writer.phone.send_photo(b"picture")
    await settled(writer.home)


@pytest.mark.parametrize("apart", [False, True])
async def test_five_short_lines_make_one_draft(home: Home, *, apart: bool) -> None:
    """Within three seconds or one after the other: one quotation of all stands in the chat, at its end."""
    noa, _ = await couple(home)
    for line in LINES:
        noa.writes(line)
        if apart:
            await settled(home)
    await settled(home)
    (draft,) = [message for message in noa.phone.from_bot if "That's yours for now" in message.text]
    assert all(line in draft.text for line in LINES)
    assert draft.message_id == end_of(noa)


async def test_an_album_is_one_part_of_one_draft(home: Home) -> None:
    """Five pictures that were sent together are quoted, taken out and shown as one."""
    noa, sam = await couple(home)
    noa.phone.send_album([b"a", b"b", b"c", b"d", b"e"], caption="The river.")
    await settled(home)
    (draft,) = [message for message in noa.phone.from_bot if "That's yours for now" in message.text]
    assert "An album of 5 pictures" in draft.text
    assert label("take_out") not in draft.labels
    noa.writes(LINES[0])
    await settled(home)
    await noa.presses(Verb.TAKE_OUT)
    await noa.presses(label("part_album"))
    await settled(home)
    draft = await noa.finds("That's yours for now")
    assert "album" not in draft.text
    noa.phone.send_album([b"f", b"g", b"h"], caption="The bridge.")
    await settled(home)
    await noa.presses(Verb.SEAL)
    await settled(home)
    last = end_of(sam)
    await sam.seals(LINES[1])
    shown = since(sam, last)
    start = next(n for n, message in enumerate(shown) if message.text.startswith("Before you"))
    shown = shown[start:]
    assert [bool(m.media) for m in shown] == [False, True, True, True, False], [m.text for m in shown]
    assert len({message.body.get("media_group_id") for message in shown if message.media}) == 1
    assert "The bridge." in shown[1].text


@pytest.mark.parametrize(("cover", "most"), [(True, 2), (False, 0)])
async def test_a_reveal_is_four_messages(home: Home, *, cover: bool, most: int) -> None:
    """The frame, the lines as one, the picture and the voice, which invites to respond; covers as asked for."""
    noa, sam = await couple(home)
    if not cover:
        sam.writes("/settings")
        await sam.presses(Verb.SWITCH, "cover", on=await sam.sees("Your settings"))
        await settled(home)
    await record(noa)
    await noa.presses(Verb.SEAL)
    await sam.drafts("One line.")
    await settled(home)
    last = end_of(sam)
    await sam.presses(Verb.SEAL)
    await settled(home)
    frame, words, picture, voice = since(sam, last)
    assert frame.text.startswith("Before you read Noa's words")
    assert "\n".join(LINES[:3]) in words.text
    assert [message.media.kind for message in (picture, voice) if message.media] == ["photo", "voice"]
    assert "one sentence that shows" in voice.text or voice.labels
    assert covers([frame, words, picture, voice]) == most


async def test_a_round_in_the_journal_is_four_messages(home: Home) -> None:
    """All that was written as one, the picture, the voice, and what can be done; nothing is covered again."""
    noa, sam = await couple(home)
    await record(noa)
    await noa.presses(Verb.SEAL)
    await sam.seals("One line.")
    for one, two in ((noa, sam), (sam, noa)):
        one.writes("I hear you.")
        await one.presses(Verb.SEND)
        await two.presses(Verb.HEARD, Heard.YES)
        await settled(home)
    for reader in (noa, sam):
        reader.writes("/journal")
        page = await reader.sees("Your journal")
        await reader.presses(Verb.ENTRY, on=page)
        await settled(home)
        shown = since(reader, page.message_id)
        assert len(shown) == 4
        assert covers(shown) == 0
        assert "\n".join(LINES[:3]) in shown[0].text
        assert shown[0].text.count("I hear you.") == 2


async def test_today_shows_each_thing_once_and_nothing_covered_again(home: Home) -> None:
    """After the reveal it says where one stands; the words come when they are asked for, uncovered, in its place."""
    noa, sam = await couple(home)
    await record(noa)
    await noa.presses(Verb.SEAL)
    await sam.seals("One line.")
    last = end_of(sam)
    sam.writes("/today")
    await settled(home)
    (today,) = since(sam, last)
    assert today.labels == labels("show_again")
    await sam.presses(Verb.SHOW_AGAIN)
    await settled(home)
    shown = since(sam, last)
    assert len(shown) == 3
    assert covers(shown) == 0
    assert "\n".join(LINES[:3]) in shown[0].text


async def begins(home: Home) -> tuple[Person, Person]:
    """Let two people come together as anybody does; look at nothing else."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    await joins(sam, await invites(noa))
    await noa.presses(Verb.CONFIRM)
    await settled(home)
    return noa, sam


@pytest.fixture
def first(content: Content) -> FirstDay:
    """Measure what a first day can bring."""
    return FirstDay(content)


async def longest(make_home: MakeHome, first: FirstDay) -> Home:
    """Make a home in which the first card is the longest that can come first."""
    return await make_home(prompts={first.card})


async def test_little_stands_before_the_first_sentence(make_home: MakeHome, first: FirstDay) -> None:
    """Whoever starts can write in peace after four messages and five taps, under the longest first card."""
    noa, _ = await begins(await longest(make_home, first))
    assert tally(noa).within(messages=6, words=150, buttons=8)
    assert taps(noa) <= 5


async def test_a_first_day_is_calm(make_home: MakeHome, first: FirstDay) -> None:
    """From the start to heard, for the one who starts, with the hour, the city and the question under the seal.

    Counted with the longest card, frame, beginning and closing that a first day can bring.
    """
    home = await longest(make_home, first)
    noa, sam = await begins(home)
    await noa.seals(LINES[0])
    await noa.presses(Verb.HOUR, 20 * 60)
    await settled(home)
    noa.writes("Lyon")
    await settled(home)
    await sam.seals(LINES[1])
    await noa.presses(Verb.STARTER)
    noa.writes("you were glad of it.")
    await noa.presses(Verb.SEND)
    sam.writes("I hear you.")
    await sam.presses(Verb.SEND)
    await settled(home)
    await noa.presses(Verb.HEARD, Heard.YES)
    await settled(home)
    await sam.presses(Verb.HEARD, Heard.YES)
    await settled(home)
    worst = first.at_its_longest(noa)
    assert worst.within(messages=13, words=280, buttons=20), worst


async def test_the_closing_takes_the_place_of_the_word_before_it(home: Home) -> None:
    """Whoever was heard first and then says so reads the end where "feels heard" stood; their word stays, ticked."""
    noa, sam = await begins(home)
    await noa.seals(LINES[0])
    await sam.seals(LINES[1])
    for responder in (noa, sam):
        await responder.presses(Verb.OWN_WORDS)
        responder.writes("I hear you.")
        await responder.presses(Verb.SEND)
        await settled(home)
    await sam.presses(Verb.HEARD, Heard.YES)
    await settled(home)
    told = noa.phone.last
    assert told.text == "Sam feels heard."
    await noa.presses(Verb.HEARD, Heard.YES)
    await settled(home)
    assert noa.phone.last.message_id == told.message_id
    assert noa.phone.last.text.startswith("Sam feels heard.\n\n")
    assert ["✓ I feel heard"] in [message.labels for message in noa.phone.from_bot]
