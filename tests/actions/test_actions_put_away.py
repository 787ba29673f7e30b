"""Words that are put away, where something comes in between: each case is decided, and what is said is so."""

import cleared
import pytest
from couple_person import Person
from couple_world import DAY, HOUR, MINUTE, World, base36, respond, seal
from labels import label

from bot.actions import left_in_chat, put_away
from bot.messages import Refused
from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import PieceId
from bot.practice.round import RoundState, Slot
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
SEALED = "sealed"


@pytest.fixture
async def ana(world: World, pair: Pair) -> Person:
    """Give somebody whose words leave the chat."""
    await world.change(pair[0], put_away=True)
    return pair[0]


async def deletes(world: World) -> list[list[int]]:
    """Tell which messages the calls to the first of the two have deleted, one list a call."""
    calls = (call for _, _, call in world.people[0].calls if call.method == "deleteMessages")
    return [list(call.payload["message_ids"]) for call in calls]


async def test_what_was_taken_out_or_begun_anew_leaves_too(world: World, ana: Person) -> None:
    """All that somebody has written for the round, and each of our quotations of it, in one call."""
    first = await ana.writes("a tin kettle")
    await world.deliver()
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    second, third = await ana.writes("a wool scarf"), await ana.writes("a blue ladder")
    await world.deliver()
    await ana.presses(Verb.TAKE_OUT)
    await world.deliver()
    await seal(ana)
    assert {first, second, third} <= ana.deleted
    assert len(await deletes(world)) == 1
    assert not any("a wool scarf" in text or "a blue ladder" in text for text in ana.texts())
    assert await cleared.look(ana) == 1


async def test_more_than_a_hundred_messages_leave_in_as_many_calls_as_they_need(
    world: World, ana: Person
) -> None:
    """Telegram takes a hundred a call."""
    sources = []
    for _ in range(7):
        sources += [await ana.writes(f"part {number}") for number in range(20)]
        await world.deliver()
        await ana.presses(Verb.START_OVER)
        await world.deliver()
        await ana.presses(Verb.START_OVER_SURELY)
        await world.deliver()
    sources.append(await ana.writes("a wobbly kettle at last"))
    await seal(ana)
    assert set(sources) <= ana.deleted
    assert max(map(len, await deletes(world))) == 100
    assert await cleared.look(ana) == 1


async def test_what_telegram_refuses_is_asked_for_alone_and_what_stays_is_said(
    ana: Person,
) -> None:
    """One message that can't be deleted keeps none of the others there."""
    sources = [await ana.writes(text) for text in ("one", "two", "three")]
    ana.refuses = {sources[1]}
    await seal(ana)
    assert ana.deleted >= {sources[0], sources[2]}
    assert sources[1] not in ana.deleted
    note = ana.last(SEALED)
    assert "I've cleared what I could. One message is still here" in note.text
    assert cleared.CLEARED not in note.text


async def test_a_quotation_that_cannot_be_deleted_is_written_over(world: World, ana: Person) -> None:
    """An edit has no 48 hours."""
    await ana.writes("a grey window")
    await world.deliver()
    old = ana.last("draft")
    ana.refuses = {old.id}
    await ana.writes("a green door")
    await world.deliver()
    await seal(ana)
    assert old.id not in ana.deleted
    assert ana.shown[old.id].text == "Your words stood here. They've left this chat."
    assert await cleared.look(ana) == 1


async def test_a_refusal_of_all_is_said_and_nothing_is_tried_for_ever(world: World, ana: Person) -> None:
    """Whatever Telegram's reason is."""
    sources = {await ana.writes(text) for text in ("one", "two")}
    ana.refuses = set(range(1000))
    await seal(ana)
    assert not ana.deleted
    assert "2 messages are still here" in ana.last(SEALED).text
    assert await world.rows("SELECT count(*) FROM outbox WHERE state IN ('queued', 'leased')") != []
    calls = len(await deletes(world))
    await world.later(30 * MINUTE)
    assert len(await deletes(world)) == calls
    assert sources


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_crash_on_the_way_leaves_nothing_half_done(
    world: World, ana: Person, *, arrived: bool
) -> None:
    """Whether Telegram has taken the call or not: it is made again, and the note comes after it."""
    source = await ana.writes("a wobbly window")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    while not any(row.message.kind is put_away.K.PUT_AWAY for row, _ in world.flying):
        await world.land()
        await world.take_off()
    if arrived:
        world.arrive_unknown()
    await world.crash()
    assert cleared.CLEARED not in ana.last("draft").text
    await world.deliver()
    assert source in ana.deleted
    assert await cleared.look(ana) == 1


async def test_a_second_copy_after_a_crash_goes_as_well_and_is_hinted_at(world: World, ana: Person) -> None:
    """Telegram took a quotation, and the bot died before it knew: it is sent again, and both go."""
    await ana.writes("a wobbly window")
    while not any(row.message.kind is put_away.K.DRAFT for row, _ in world.flying):
        await world.land()
        await world.take_off()
    world.arrive_unknown()
    await world.crash()
    await world.deliver()
    assert sum("a wobbly window" in text for text in ana.texts()) == 2
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert not any("a wobbly window" in text for text in ana.texts())
    assert "look up once" in ana.last(SEALED).text


async def test_a_copy_of_a_quotation_that_has_moved_since_goes_too(world: World, ana: Person) -> None:
    """A next part has moved the quotation to the end of the chat; the copy that nobody knew of stayed above."""
    await ana.writes("a wobbly window")
    while not any(row.message.kind is put_away.K.DRAFT for row, _ in world.flying):
        await world.land()
        await world.take_off()
    world.arrive_unknown()
    await world.crash()
    await world.deliver()
    await ana.writes("and a draught")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert not any("a wobbly window" in text for text in ana.texts())
    assert "look up once" in ana.last(SEALED).text


async def left_unknown(world: World, kind: put_away.K) -> None:
    """Let Telegram take the next message of a kind, and the bot die before it knows."""
    while not any(row.message.kind is kind for row, _ in world.flying):
        await world.land()
        await world.take_off()
    world.arrive_unknown()
    await world.crash()


async def test_an_answer_that_was_lost_before_the_end_is_remembered(world: World, ana: Person) -> None:
    """The call was to be made again after a while, and the bot ended before that: it still may stand there twice."""
    await ana.writes("a wobbly window")
    while not any(row.message.kind is put_away.K.DRAFT for row, _ in world.flying):
        await world.land()
        await world.take_off()
    await world.lose_the_answer()
    await world.crash()
    await world.deliver()
    assert sum("a wobbly window" in text for text in ana.texts()) == 2
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert not any("a wobbly window" in text for text in ana.texts())
    assert "look up once" in ana.last(SEALED).text


async def test_a_copy_is_found_also_where_what_was_put_before_it_has_left_since(
    world: World, ana: Person
) -> None:
    """The evening's reminder was planned in the morning: it stands below, and the copy above it."""
    await ana.writes("a wobbly window")
    await left_unknown(world, put_away.K.DRAFT)
    await world.deliver()
    await world.later(12 * HOUR)
    assert "reminder" in ana.kinds()
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert not any("a wobbly window" in text for text in ana.texts())


async def test_what_was_on_its_way_is_looked_for_also_where_telegram_refuses(
    world: World, ana: Person
) -> None:
    """Sealed under the second of two copies of which the bot knew neither, and one message can't be deleted."""
    source = await ana.writes("a wobbly window")
    await left_unknown(world, put_away.K.DRAFT)
    await left_unknown(world, put_away.K.DRAFT)
    first, second = (message.id for message in ana.shown.values() if message.kind == "draft")
    ana.refuses = {source}
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert first in ana.deleted
    assert "One message is still here" in ana.shown[second].text


async def test_a_copy_is_not_forgotten_where_the_deletion_never_left(world: World, ana: Person) -> None:
    """The seal was opened before: what was to be deleted with it is deleted with the next one."""
    await ana.writes("a wobbly window")
    await left_unknown(world, put_away.K.DRAFT)
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await ana.presses_data(1, f"tb:{base36((await world.round()).id)}")
    await world.deliver()
    assert sum("a wobbly window" in text for text in ana.texts()) > 1
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert not any("a wobbly window" in text for text in ana.texts())
    assert "look up once" in ana.last(SEALED).text


async def test_a_copy_that_is_found_later_is_hinted_at_too(world: World, ana: Person) -> None:
    """Sealed under one of two copies before the bot has learnt of either."""
    await ana.writes("a wobbly window")
    await left_unknown(world, put_away.K.DRAFT)
    await left_unknown(world, put_away.K.DRAFT)
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert sum("a wobbly window" in text for text in ana.texts()) == 0
    assert "look up once" in ana.last(SEALED).text


async def test_a_note_that_has_changed_in_place_still_knows_that_words_are_put_away(
    world: World, pair: Pair, ana: Person
) -> None:
    """The other seals while Telegram still refuses one of the messages: the note never quotes the words anew."""
    _, bo = pair
    await bo.writes("a wobbly kettle")
    source = await ana.writes("a wobbly window")
    await ana.writes("and a draught")
    await world.deliver()
    ana.refuses = {source}
    await ana.presses(Verb.SEAL)
    while put_away.K.PUT_AWAY not in [row.message.kind for row, _ in world.flying]:
        await world.land()
        await world.take_off()
    await bo.presses(Verb.SEAL)
    await world.deliver()
    assert "and open now" in ana.last(SEALED).text
    assert "One message is still here" in ana.last(SEALED).text
    assert "a wobbly window" not in "".join(ana.texts())


async def test_words_that_wait_for_their_place_are_no_copy(world: World, ana: Person) -> None:
    """They came between the copy of which the bot doesn't know and the other one: they stay."""
    await ana.writes("a wobbly window")
    await left_unknown(world, put_away.K.DRAFT)
    waits = ana.number()
    async with world.unit() as work:
        piece = Piece(PieceId(work.new_id()), PieceKind.TEXT, "a grey morning", source=waits)
        await work.kept.add(ana.id, piece)
    await world.deliver()
    for _ in range(2):  # that they wait beside it is said first
        await ana.presses(Verb.SEAL)
        await world.deliver()
    assert not any("a wobbly window" in text for text in ana.texts())
    assert waits not in ana.deleted


async def test_the_others_seal_meanwhile_reveals_and_changes_nothing_of_it(world: World, pair: Pair) -> None:
    """Both press in the same moment: each note says what is so, and each is shown the other's words."""
    ana, bo = pair
    sources: list[int] = []
    for person in pair:
        await world.change(person, put_away=True)
        sources.append(await person.writes(f"{person.name} kept a kettle"))
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await world.take_off()
    await bo.presses(Verb.SEAL)
    await world.deliver()
    assert (await world.round()).state is RoundState.REVEALED
    for person, other, source in ((ana, bo, sources[0]), (bo, ana, sources[1])):
        assert source in person.deleted
        assert sum(f"{other.name} kept a kettle" in text for text in person.texts()) == 1
        assert not any(f"{person.name} kept a kettle" in text for text in person.texts())
        assert await cleared.look(person) == 1
        assert person.last(SEALED).buttons[0][0] == label("show_mine")
        assert Verb.TAKE_BACK not in person.asks()


async def test_taken_back_before_the_call_left_the_messages_stay(world: World, ana: Person) -> None:
    """A deletion is looked at again when it leaves."""
    source = await ana.writes("a wobbly window")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    round_ = await world.round()
    await ana.presses_data(1, f"tb:{base36(round_.id)}")
    await world.deliver()
    assert source not in ana.deleted
    assert "a wobbly window" in ana.last("draft").text


async def test_an_edit_of_a_message_that_is_gone_opens_the_seal(world: World, ana: Person) -> None:
    """It was made before, and arrives late: what it says is quoted, and leaves again with the next seal."""
    source = await ana.writes("a wobbly window")
    await seal(ana)
    assert source in ana.deleted
    await ana.edits(source, "a wobbly door")
    await world.deliver()
    assert "unsealed_by_edit" in ana.kinds()
    assert ana.last("draft").quoted == ["a wobbly door"]
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert not any("a wobbly door" in text for text in ana.texts())


async def test_an_edit_that_comes_before_its_message_counts_and_the_message_adds_nothing(
    world: World, ana: Person
) -> None:
    """Neither to the draft, nor, once that is sealed and away, as a question what it is for."""
    source = ana.number()
    await ana.edits(source, "a wobbly door")
    await ana.writes("a wobbly window", source)
    await world.deliver()
    assert ana.last("draft").quoted == ["a wobbly door"]
    await seal(ana)
    await ana.writes("a wobbly window", source)
    await world.deliver()
    assert "kept_ask" not in ana.kinds()
    assert not any("a wobbly window" in text for text in ana.texts())
    assert (await world.round()).turn(ana.id).sealed


async def test_what_is_shown_again_goes_after_ten_minutes_whatever_happens(world: World, ana: Person) -> None:
    """After a crash, after the reveal, and where two phones ask for it in the same moment."""
    _, bo = world.people
    await ana.sends("voice", "v1", "listen")
    await seal(ana, "a wobbly window")
    for _ in range(2):
        await ana.presses(Verb.SHOW_MINE)
    await world.deliver()
    assert ana.kinds().count("mine_media") == ana.kinds().count("mine_words") == 1
    await world.crash()
    await seal(bo, "a wobbly kettle")
    await world.later(9 * MINUTE)
    assert "mine_words" in ana.kinds()
    await world.later(2 * MINUTE)
    assert not {"mine_words", "mine_media"} & {*ana.kinds()}


async def test_a_draft_or_what_was_deleted_is_not_shown(world: World, ana: Person) -> None:
    """An old button says so kindly."""
    await seal(ana, "a wobbly window")
    note = ana.last(SEALED)
    show = next(data for words, data in note.buttons if words == label("show_mine"))
    await ana.presses(Verb.TAKE_BACK)
    await world.deliver()
    await ana.presses_data(note.id, show)
    await world.deliver()
    assert ana.kinds()[-1] == "refusal"
    assert "mine_words" not in ana.kinds()


async def test_after_two_days_it_is_said_which_are_left(world: World, ana: Person) -> None:
    """Nothing is asked of Telegram that it can't do; our own old quotations are written over."""
    source = await ana.writes("a wobbly window")
    await world.deliver()
    world.now += 2 * DAY
    await seal(ana, "a wobbly door")
    assert source not in ana.deleted
    assert source not in [number for numbers in await deletes(world) for number in numbers]
    assert "One message is still here" in ana.last(SEALED).text
    assert not any("a wobbly window" in text for text in ana.texts())


async def test_what_asked_what_words_are_for_leaves_with_them(world: World, ana: Person) -> None:
    """Also a copy of the question that nobody knows of, after a crash."""
    await seal(ana, "a wobbly window")
    await ana.writes("a grey morning")
    while not any(row.message.kind is put_away.K.KEPT_ASK for row, _ in world.flying):
        await world.land()
        await world.take_off()
    world.arrive_unknown()
    await world.crash()
    await world.deliver()
    assert ana.kinds().count("kept_ask") == 2
    await ana.presses(Verb.PLACE)
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert not any("a grey morning" in text for text in ana.texts())


async def test_a_question_that_stands_there_twice_is_answered_under_either(world: World, ana: Person) -> None:
    """The words wait for the answer, whichever of the two somebody presses."""
    await seal(ana, "a wobbly window")
    await ana.writes("a grey morning")
    await left_unknown(world, put_away.K.KEPT_ASK)
    copy = ana.last("kept_ask")
    await world.deliver()
    await ana.presses_data(copy.id, copy.buttons[0][1])
    await world.deliver()
    assert "a grey morning" in ana.last("draft").text


async def test_the_note_is_written_anew_once_however_many_are_asked_for_alone(ana: Person) -> None:
    """Each edit takes a place in the chat, and whoever waits for an answer would wait behind all of them."""
    sources = [await ana.writes(f"part {number}") for number in range(20)]
    ana.refuses = {sources[4]}
    await seal(ana)
    assert set(sources) - ana.deleted == {sources[4]}
    assert sum(row.message.kind is put_away.K.SEALED for _, row, _ in ana.calls) == 2
    assert "One message is still here" in ana.last(SEALED).text


async def test_responses_and_what_is_added_to_them_leave_when_they_are_sent(pair: Pair, ana: Person) -> None:
    """Each slot has its own messages: sending the one takes nothing of the other."""
    _, bo = pair
    await seal(ana, "a wobbly window")
    await seal(bo, "a wobbly kettle")
    await respond(ana, "that was loud")
    assert "that was loud" not in "".join(ana.texts())
    sent = ana.last("response_sent")
    assert sent.text.startswith("Sent to Bo. Your words are cleared")
    assert await cleared.look(ana) == 2


async def test_practice_that_telegram_keeps_is_said_plainly(world: World, ana: Person) -> None:
    """In a line of its own: nothing else tells of practice once it is over."""
    await ana.writes("/practice")
    await world.deliver()
    source = await ana.writes("That sounds lonely.")
    await world.deliver()
    ana.refuses = {source}
    await ana.presses(Verb.SOLO_ENOUGH)
    await world.deliver()
    assert "One message is still here" in ana.last("still_here").text


async def test_practice_that_has_grown_too_old_to_be_deleted_is_said_plainly(
    world: World, ana: Person
) -> None:
    """The bot was down for days: Telegram is asked for nothing that it can't do, and what stays is said."""
    await ana.writes("/practice")
    await world.deliver()
    await ana.writes("That sounds lonely.")
    await world.deliver()
    world.now += 3 * DAY
    await world.deliver()
    assert "One message is still here" in ana.last("still_here").text


async def test_nothing_of_a_message_is_kept_but_its_number(world: World, ana: Person) -> None:
    """And not that, once it is deleted or somebody is forgotten."""
    await ana.writes("a wobbly window")
    await world.deliver()
    assert await world.rows("SELECT slot, stays FROM traces") == [(Slot.REFLECTION.value, 0)]
    await seal(ana)
    assert await world.rows("SELECT count(*) FROM traces") == [(0,)]
    await ana.presses(Verb.TAKE_BACK)
    await ana.writes("a wobbly door")
    async with world.unit() as work:
        await work.partners.forget(ana.id)
    assert await world.rows("SELECT count(*) FROM traces") == [(0,)]


async def test_a_refused_row_that_failed_for_hours_is_treated_as_any(world: World, ana: Person) -> None:
    """Given up as a whole, then each alone."""
    await seal(ana, "a wobbly window")
    round_ = await world.round()
    async with world.unit() as work:
        corner = left_in_chat.Corner(await work.partners.get(ana.id), round_.id, Slot.REFLECTION.value)
        await work.outbox.put(corner.message(put_away.K.PUT_AWAY, numbers="7,8"))
        (row,) = await work.spool.lease(1)
        await work.spool.settle(row.id, Refused("fails alone"))
        await put_away.came_back(work, row, Refused("fails alone"))
    await world.deliver()
    assert (await deletes(world))[-2:] == [[7], [8]]
