"""Quoting back: what stands in the quotation is what goes out, and old quotations lose their buttons."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, World, reveal, run, seal, world
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.content import Content
from bot.practice.draft import MOST_PARTS
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
SEALING = "once you've both sealed"  # what a draft says of sealing


def drafts(person: Person) -> list[bool]:
    """Tell of every quotation of a draft whether it has buttons, oldest first."""
    return [bool(m.buttons) for m in person.shown.values() if m.kind == "draft"]


async def test_parts_that_come_quickly_leave_one_quotation(world: World, pair: Pair) -> None:
    """Those that were still waiting are not sent at all."""
    ana, _ = pair
    for text in ("one", "two", "three", "four"):
        await ana.writes(text)
    await world.deliver()
    assert drafts(ana) == [True]
    assert ana.last("draft").quoted == ["one", "two", "three", "four"]


async def test_one_quotation_stands_at_the_end_however_slowly_the_parts_come(
    world: World, pair: Pair
) -> None:
    """It moves below each line; of sealing it speaks until a first reveal, and where an answer is owed."""
    ana, bo = pair
    for text in ("one", "two", "three"):
        await ana.writes(text)
        await world.deliver()
    assert drafts(ana) == [True]
    assert ana.kinds()[-1] == "draft"
    assert SEALING in ana.last("draft").text
    await ana.presses(Verb.SEAL)
    await seal(bo, "bo's words")
    await world.deliver()
    await world.next_opening()
    for text, told in (("four", True), ("five", False)):
        await ana.writes(text)
        await world.deliver()
        assert (SEALING in ana.last("draft").text) is told


async def test_a_long_quotation_moves_with_all_its_parts(world: World, pair: Pair) -> None:
    """What does not fit one message is taken away in one call, and stands once again at the end."""
    ana, _ = pair
    long = " ".join(f"word{i}" for i in range(500))
    await ana.writes(long)
    await world.deliver()
    before = ana.kinds()
    ana.calls.clear()
    await ana.writes("more")
    await world.deliver()
    assert next(call.method for _, _, call in ana.calls) == "deleteMessages"
    assert ana.kinds() == [*before[:-1], "draft_part", "draft"]


async def test_a_quotation_too_old_to_delete_loses_its_buttons(world: World, pair: Pair) -> None:
    """Telegram lets a bot delete for 48 hours; what is older stays, without a way to seal it."""
    ana, _ = pair
    await ana.writes("one")
    await world.deliver()
    day = await world.round()
    await world.next_opening()
    await world.later(2 * DAY)
    await ana.writes("/today")
    await world.deliver()
    await ana.presses(Verb.EARLIER_CARD, day.id)
    await world.deliver()
    assert drafts(ana) == [False, True]


async def test_an_edit_changes_the_last_message_in_place(world: World, pair: Pair) -> None:
    """Where something has come after the quotation, it moves."""
    ana, _ = pair
    text = await ana.writes("one")
    await world.deliver()
    ana.calls.clear()
    await ana.edits(text, "two")
    await world.deliver()
    assert [call.method for _, _, call in ana.calls] == ["editMessageText"]
    assert ana.last("draft").quoted == ["two"]
    await ana.writes("/help")
    await world.deliver()
    ana.calls.clear()
    await ana.edits(text, "three")
    await world.deliver()
    assert [call.method for _, _, call in ana.calls] == ["deleteMessage", "sendMessage"]
    assert drafts(ana) == [True]


async def test_a_quotation_on_its_way_is_taken_away_when_it_has_arrived(world: World, pair: Pair) -> None:
    """The part that came meanwhile is quoted under the only buttons."""
    ana, _ = pair
    await ana.writes("one")
    while [row.message.kind.value for row, _ in world.flying] != ["draft"]:
        await world.land()
        await world.take_off()
    await ana.writes("two")
    await world.deliver()
    assert drafts(ana) == [True]


async def test_a_burst_costs_one_call_to_take_the_old_quotation_away(world: World, pair: Pair) -> None:
    """Each call to a chat costs a second."""
    ana, _ = pair
    await ana.writes("one")
    await world.deliver()
    ana.calls.clear()
    for text in ("two", "three", "four"):
        await ana.writes(text)
    await world.deliver()
    assert [call.method for _, _, call in ana.calls] == ["deleteMessage", "sendMessage"]


async def test_today_moves_the_buttons_to_a_new_quotation(world: World, pair: Pair) -> None:
    """The draft is quoted again, and its older quotation is gone."""
    ana, _ = pair
    await ana.writes("one")
    await world.deliver()
    await ana.writes("/today")
    await world.deliver()
    assert drafts(ana) == [True]


async def test_a_long_draft_is_quoted_whole_with_what_lies_between(world: World, pair: Pair) -> None:
    """Texts, a picture with its caption and a voice message, in their order, above the buttons."""
    ana, _ = pair
    long = " ".join(f"word{i}" for i in range(500))
    await ana.writes(long)
    await ana.sends("photo", "p1", "the window")
    await ana.sends("voice", "v1")
    await world.deliver()
    parts = [m for m in ana.shown.values() if m.kind == "draft_part"]
    assert squeezed("".join(q for m in parts for q in m.quoted)) == squeezed(long + "the window")
    assert [m.text.splitlines()[0] for m in parts[-2:]] == ["A picture", "A voice message"]
    assert "as shown above" in ana.last("draft").text
    assert ana.asks()[-3:] == [Verb.SEAL, Verb.TAKE_OUT, Verb.START_OVER]


async def test_a_long_response_is_quoted_before_it_can_be_sent(world: World, pair: Pair) -> None:
    """The whole of it stands above the buttons."""
    _, bo = pair
    await reveal(world)
    long = " ".join(f"word{i}" for i in range(500))
    await bo.writes(long)
    await world.deliver()
    quoted = [q for m in bo.shown.values() if m.kind == "draft_part" for q in m.quoted]
    assert squeezed("".join(quoted)) == squeezed(long)
    assert bo.asks()[-2:] == [Verb.SEND, Verb.REWRITE]


async def test_more_than_a_round_holds_is_refused_and_nothing_is_lost(world: World, pair: Pair) -> None:
    """The draft stays as it was, and its buttons stay good."""
    ana, _ = pair
    for number in range(MOST_PARTS):
        await ana.writes(f"part {number}")
    await world.deliver()
    await ana.writes("one too many")
    await world.deliver()
    assert "more than one round can hold" in ana.texts()[-1]
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert ana.last("sealed").quoted == [f"part {number}" for number in range(MOST_PARTS)]


@pytest.mark.parametrize("label", [Verb.SEAL, Verb.START_OVER, Verb.NOT_TODAY])
async def test_an_old_rounds_buttons_change_nothing(world: World, pair: Pair, label: str) -> None:
    """They are refused kindly, and say where the words are."""
    ana, _ = pair
    await ana.writes("old words")
    await world.deliver()
    old = next((m, data) for m, said, data in ana.offered if said == label)
    await world.next_opening()
    await world.later(14 * DAY)
    before = await world.rounds()
    await ana.presses_data(*old)
    await world.deliver()
    assert ana.texts()[-1].startswith("That round has ended")
    assert await world.rounds() == before


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=3000)
TEXTS = st.one_of(
    st.text("ab .\u0301\u200d\U0001f469\u05d0\u0e33", min_size=1, max_size=60),
    TEXT,
    TEXT.map(lambda t: t * 2),
)
PART = st.one_of(
    TEXTS.filter(lambda text: not text.startswith("/")).map(lambda text: ("text", text)),  # else a command
    st.tuples(st.sampled_from(["voice", "photo"]), st.just("") | st.text("xyz ", max_size=30).map(str.strip)),
    st.just(("video_note", "")),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(PART, min_size=1, max_size=5))
@example(parts=[("text", "one /two"), ("text", "\ud7fc/0")])
def test_what_is_quoted_is_what_is_revealed(content: Content, parts: list[tuple[str, str]]) -> None:
    """Any words and files: the other gets exactly what stood in the quotation; texts in the same order, as one."""

    async def story(folder: str) -> None:
        async with world(Path(folder), content) as made:
            ana, bo = await made.meet("Ana", "Bo")
            for number, (kind, text) in enumerate(parts):
                if kind == "text":
                    await ana.writes(f"{text}\u00a4")  # a text of blanks alone is none in Telegram
                else:
                    await ana.sends(kind, f"file{number}", text)
            await seal(bo, "mine")
            bo.look_away()
            await ana.presses(Verb.SEAL)
            quoted = "".join(
                q for m in ana.shown.values() for q in m.quoted if m.kind in ("draft", "draft_part")
            )
            await made.later(HOUR)
            shown = [m for m in bo.shown.values() if m.kind in ("reveal_words", "reveal_media")]
            assert sorted(squeezed("".join(q for m in shown for q in m.quoted))) == sorted(squeezed(quoted))
            words = "".join(q for m in shown for q in m.quoted if m.kind == "reveal_words")
            assert squeezed(words) == squeezed(
                "".join(f"{text}\u00a4" for kind, text in parts if kind == "text")
            )
            files = [f"file{number}" for number, (kind, _) in enumerate(parts) if kind != "text"]
            assert sorted(file for m in shown if m.media for file in m.media.split("+")) == files

    with TemporaryDirectory() as folder:
        run(story(folder))


def squeezed(text: str) -> str:
    """Leave out white space, which Telegram trims at a message's edges, and what makes no command of a slash."""
    return "".join(text.replace("\u2060", "").replace("\u2215", "/").split())


async def test_a_page_of_short_lines_is_quoted_in_few_messages(
    world: World, pair: tuple[Person, Person]
) -> None:
    """As many as fit stand in each, and each line once."""
    ana, _ = pair
    lines = [f"line number {number} about the lake and the boat on it" for number in range(80)]
    for line in lines:
        await ana.writes(line)
    await world.deliver()
    assert ana.kinds().count("draft_part") <= 2
    quoted = "\n".join(text for message in ana.shown.values() for text in message.quoted)
    assert [quoted.count(line) for line in lines] == [1] * len(lines)


async def test_a_long_caption_stands_among_the_words_alone(world: World, pair: tuple[Person, Person]) -> None:
    """And not under its picture once more."""
    ana, _ = pair
    caption = "the window and what was behind it " * 30
    await ana.sends("photo", "p1", caption)
    await ana.writes("and a line " * 100)
    await world.deliver()
    quoted = "".join(text for message in ana.shown.values() for text in message.quoted)
    assert squeezed(quoted).count(squeezed(caption)) == 1
