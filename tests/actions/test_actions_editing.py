"""Editing in Telegram: the draft follows, a changed seal opens, and what was seen stays as it was."""

from typing import Any

import pytest
from couple_person import Person, attachment
from couple_world import DAY, MINUTE, World, respond, reveal, seal
from going_on import going_on

from bot.practice.round import RoundState
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
VIDEO = {"video": {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}}


async def new(person: Person) -> list[str]:
    """Tell the kinds of all that is new or changed in a chat."""
    before = {id(message) for message in person.shown.values()}
    kept = list(person.shown.values())
    await person.world.deliver()
    del kept  # whose ids were not to be given away
    return [message.kind for message in person.shown.values() if id(message) not in before]


async def test_each_part_can_be_edited(world: World, pair: Pair) -> None:
    """A text by its text, a picture and a voice by their captions; each time the draft is quoted again."""
    ana, _ = pair
    text = await ana.writes("one")
    photo = await ana.sends("photo", "p1", "the window")
    voice = await ana.sends("voice", "v1")
    await world.deliver()
    await ana.edits(text, "two")
    await ana.edits(photo, "the door", caption_of=attachment("photo", "p1"))
    await ana.edits(voice, "the sound", caption_of=attachment("voice", "v1"))
    assert await new(ana) == ["draft"]
    assert ana.last("draft").quoted == ["two", "the door", "the sound"]


async def test_a_caption_can_be_taken_away(world: World, pair: Pair) -> None:
    """The picture stays."""
    ana, bo = pair
    photo = await ana.sends("photo", "p1", "the window")
    await ana.edits(photo, "", caption_of=attachment("photo", "p1"))
    await seal(bo, "bo's words")
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert ana.last("sealed").quoted == []
    assert bo.kinds()[-3:] == ["sealed", "reveal_frame", "reveal_media"]


@pytest.mark.parametrize("sealed", [False, True])
async def test_an_edit_that_changes_nothing_does_nothing(world: World, pair: Pair, *, sealed: bool) -> None:
    """Telegram tells of edits that a bot can't see, such as a preview that was found."""
    ana, _ = pair
    text = await ana.writes("one")
    photo = await ana.sends("photo", "p1", "the window")
    await world.deliver()
    if sealed:
        await ana.presses(Verb.SEAL)
        await world.deliver()
    await ana.edits(text, "one")
    await ana.edits(photo, "the window", caption_of=attachment("photo", "p1"))
    assert await new(ana) == []
    assert (await world.round()).state is (RoundState.WAITING if sealed else RoundState.OPEN)


async def test_an_edit_of_sealed_words_opens_the_seal(world: World, pair: Pair) -> None:
    """It says so and quotes the words as they are; the old button is gone, and the other sees nothing."""
    ana, bo = pair
    text = await ana.writes("one")
    await seal(ana)
    await ana.edits(text, "two")
    assert await new(ana) == ["unsealed_by_edit", "draft"]
    assert Verb.TAKE_BACK not in ana.asks()
    await seal(bo, "bo's words")
    assert (await world.round()).state is RoundState.WAITING
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert bo.last("reveal_words").quoted == ["two"]


async def test_a_replaced_picture_replaces_it_in_the_draft(pair: Pair) -> None:
    """Also where it was sealed, and where a text became a picture."""
    ana, bo = pair
    photo = await ana.sends("photo", "p1")
    text = await ana.writes("one")
    await seal(ana)
    await ana.edits(photo, "", caption_of=attachment("photo", "p2"))
    await ana.edits(text, "one", caption_of=attachment("photo", "p3"))
    assert await new(ana) == ["unsealed_by_edit", "draft"]
    await ana.presses(Verb.SEAL)
    await seal(bo, "bo's words")
    shown = [m for m in bo.shown.values() if m.kind.startswith("reveal_")]
    assert [m.media for m in shown if m.media] == ["p2", "p3"]
    assert [q for m in shown for q in m.quoted] == ["one"]


async def test_what_cannot_be_kept_leaves_the_draft_as_it_was(world: World, pair: Pair) -> None:
    """A picture that was replaced by a video: they are told."""
    ana, _ = pair
    photo = await ana.sends("photo", "p1", "the window")
    await world.deliver()
    await ana.edits(photo, "the film", caption_of=VIDEO)
    assert await new(ana) == ["unsupported"]
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert ana.last("sealed").quoted == ["the window"]


@pytest.mark.parametrize("body", [{}, VIDEO])
async def test_an_edit_of_what_is_no_part_means_nothing(pair: Pair, body: dict[str, Any]) -> None:
    """A command, or something that never was kept: it is said so, once, at the end."""
    ana, _ = pair
    await ana.edits(77, "/todya", caption_of=body)
    await ana.edits(77, "/today", caption_of=body)
    assert await new(ana) == ([] if body else ["edit_nowhere"])


async def test_an_edit_that_is_too_long_changes_nothing(world: World, pair: Pair) -> None:
    """They are told that it was kept as it was."""
    ana, _ = pair
    parts = [await ana.writes("x" * 4_000) for _ in range(5)]
    await world.deliver()
    await ana.edits(parts[0], "y" * 4_001)
    assert await new(ana) == ["refusal"]
    assert "kept it as it was" in ana.texts()[-1]


async def test_revealed_words_stay_as_they_were(world: World, pair: Pair) -> None:
    """The edit is told so kindly, and the other sees the words that were sealed."""
    ana, bo = pair
    text = await ana.writes("one")
    await seal(bo, "bo's words")
    await seal(ana)
    await ana.edits(text, "two")
    assert await new(ana) == ["refusal"]
    assert "Your edit changed nothing" in ana.texts()[-1]
    await bo.writes("/today")
    await world.deliver()
    assert bo.last("reveal_words").quoted == ["one"]


async def test_sent_responses_stay_as_they_were(world: World, pair: Pair) -> None:
    """As revealed words do; one that is not sent yet follows its edit."""
    _, bo = pair
    await reveal(world)
    text = await bo.writes("you were alone")
    await world.deliver()
    await bo.edits(text, "you were lonely")
    assert await new(bo) == ["response_draft"]
    assert bo.last("response_draft").quoted == ["you were lonely"]
    await bo.presses(Verb.SEND)
    await world.deliver()
    await bo.edits(text, "never mind")
    assert await new(bo) == ["refusal"]


async def test_an_edited_response_keeps_its_starter(world: World, pair: Pair) -> None:
    """Once, however often it is edited; not when it was written out by hand, nor after a rewrite."""
    _, bo = pair
    await reveal(world)
    invitation = bo.invitation()
    await bo.presses_data(invitation.id, invitation.buttons[0][1])
    await world.deliver()
    opening = bo.last("starter").text.splitlines()[0].removesuffix(" …")
    text = await bo.writes(going_on(opening, "tired"))
    said = f"{opening} {going_on(opening)}"
    for edited in (going_on(opening).capitalize(), said):
        await bo.edits(text, edited)
        await world.deliver()
        assert bo.last("response_draft").quoted == [said]
    await bo.edits(text, "Were you lonely?")
    await world.deliver()
    assert bo.last("response_draft").quoted == ["Were you lonely?"]
    await bo.edits(text, going_on(opening))
    await world.deliver()
    assert bo.last("response_draft").quoted == [said], "what stood alone meanwhile has it back"
    await bo.presses(Verb.REWRITE)
    text = await bo.writes("all new")
    await bo.edits(text, "all new again")
    await world.deliver()
    assert bo.last("response_draft").quoted == ["all new again"]


async def test_a_first_text_that_stood_alone_gets_its_starter_back(world: World, pair: Pair) -> None:
    """As soon as it is edited to fit; a text after it does not, and nor does what was there before it was picked."""
    _, bo = pair
    await reveal(world)
    before = await bo.writes("a word before that")
    invitation = bo.invitation()
    await bo.presses_data(invitation.id, invitation.buttons[0][1])
    await world.deliver()
    opening = bo.last("starter").text.splitlines()[0].removesuffix(" …")
    first = await bo.writes("Were you alone?")
    second = await bo.writes("Did it rain?")
    await bo.edits(second, going_on(opening, "tired"))
    await bo.edits(before, going_on(opening, "tired"))
    await world.deliver()
    alone = going_on(opening, "tired")
    assert bo.last("response_draft").quoted == [alone, "Were you alone?", alone]
    await bo.edits(first, going_on(opening).capitalize())
    await world.deliver()
    assert bo.last("response_draft").quoted == [alone, f"{opening} {going_on(opening)}", alone]


async def test_words_that_replace_a_started_response_have_no_starter(world: World, pair: Pair) -> None:
    """A part that follows stands alone, also after an edit."""
    _, bo = pair
    await reveal(world)
    invitation = bo.invitation()
    await bo.presses_data(invitation.id, invitation.buttons[0][1])
    await bo.writes("you were alone")
    text = await bo.writes("a grey morning")
    await bo.edits(text, "something new")
    await world.deliver()
    assert bo.last("response_draft").quoted[1:] == ["something new"]


async def test_a_clarification_keeps_the_starter_of_a_response_apart(world: World, pair: Pair) -> None:
    """An author who is in the midst of their own response clarifies without its starter, and it stays."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    invitation = ana.invitation()
    await ana.presses_data(invitation.id, invitation.buttons[0][1])
    await world.deliver()
    opening = ana.last("starter").text.splitlines()[0].removesuffix(" …")
    response = await ana.writes(going_on(opening, "tired"))
    await ana.presses(Heard.PARTLY)
    addition = await ana.writes("it was the silence")
    await ana.edits(addition, "it was the long silence")
    await ana.edits(response, going_on(opening))
    await world.deliver()
    assert ana.last("clarification_draft").quoted == ["it was the long silence"]
    assert ana.last("response_draft").quoted == [f"{opening} {going_on(opening)}"]


async def test_an_old_rounds_parts_are_over(world: World, pair: Pair) -> None:
    """A lapsed reflection, and a response of a round that is not the newest revealed one."""
    ana, _ = pair
    lapsed = await ana.writes("one")
    await seal(ana)
    await world.next_opening()
    await world.later(10 * MINUTE)
    await reveal(world)
    response = await ana.writes("my response")
    await world.next_opening()
    await world.later(10 * MINUTE)
    await reveal(world)
    await world.later(14 * DAY)
    for old in (lapsed, response):
        await ana.edits(old, "changed")
        assert await new(ana) == ["refusal"]
        assert ana.texts()[-1].startswith("That round has ended")


async def test_after_parting_an_edit_changes_nothing(world: World, pair: Pair) -> None:
    """Whatever it was; it is said kindly."""
    ana, bo = pair
    text = await ana.writes("one")
    await bo.writes("/leave")
    await world.deliver()
    await bo.presses(Verb.LEAVE)
    await world.deliver()
    await ana.edits(text, "two")
    assert await new(ana) == ["refusal"]
    assert ana.texts()[-1].startswith("That round has ended")


async def test_a_strangers_edit_means_nothing(world: World, pair: Pair) -> None:
    """Nobody but a partner has parts."""
    ana, _ = pair
    ana.chat = 4_711
    await ana.edits(1, "hello")
    assert await world.rows("SELECT count(*) FROM outbox WHERE chat_id = 4711") == [(0,)]
