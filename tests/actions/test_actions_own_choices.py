"""What a person chooses for themselves, and what their worn or forged buttons cannot."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, World, base36, each, respond, reveal

from bot.actions import rest
from bot.actions.reflect import Arrival
from bot.practice.draft import PieceKind
from bot.practice.ids import CoupleId
from bot.practice.partner import Partner
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
SWITCHES = ("reminders", "protect", "cover", "plain", "coach")


async def stored(person: Person) -> Partner:
    """Load a partner as they are stored."""
    async with person.world.unit() as work:
        return await work.partners.get(person.id)


async def said(person: Person, data: str) -> str:
    """Press a button by what it carries; give the last thing that stands in the chat."""
    await person.presses_data(1, data)
    await person.world.deliver()
    return person.texts()[-1]


@pytest.mark.parametrize("name", SWITCHES)
async def test_a_switch_turns_one_thing_and_back(pair: Pair, name: str) -> None:
    """Nothing else of theirs changes, and nothing of the other's."""
    ana, bo = pair
    mine, theirs = await stored(ana), await stored(bo)
    await ana.presses_data(1, f"sw:{name}")
    acted = (await stored(ana)).acted_at
    turned: dict[str, Any] = {name: not getattr(mine, name)}
    assert await stored(ana) == replace(mine, acted_at=acted, **turned)
    await ana.presses_data(1, f"sw:{name}")
    assert await stored(ana) == replace(mine, acted_at=acted)
    assert await stored(bo) == theirs


@pytest.mark.parametrize("data", ["sw:resting", "sw:", "dep:0", "dep:4", "dep:zz"])
async def test_a_forged_choice_is_refused(pair: Pair, data: str) -> None:
    """There are five switches and three depths."""
    ana, _ = pair
    before = await stored(ana)
    assert (await said(ana, data)).startswith("That button doesn't do anything")
    assert await stored(ana) == replace(before, acted_at=(await stored(ana)).acted_at)


async def test_a_forged_zone_is_refused(pair: Pair) -> None:
    """A zone that the time zone data does not have is never stored."""
    ana, _ = pair
    assert "I don't know that place" in await said(ana, "zone:Mars/Base")
    assert (await stored(ana)).zone is None


async def test_a_rhythm_can_change_while_nothing_is_planned(world: World, pair: Pair) -> None:
    """In a rest that was told the hour is stored; the opening is planned when the rest ends."""
    ana, bo = pair
    await ana.writes("/pause")
    await world.next_opening()
    assert await world.due() is None
    await bo.presses_data(1, "hour:" + base36(18 * 60))
    assert await world.due() is None
    await ana.writes("/resume")
    due = await world.due()
    assert due is not None
    assert (due.hour, due - world.now < 2 * DAY) == (18, True)


async def test_leaving_a_thread_tells_only_whoever_leaves(world: World, pair: Pair) -> None:
    """The open round stays, the thread is over for both, and the other hears nothing."""
    ana, bo = pair
    async with world.unit() as work:
        couple = await work.couples.get(world.couple)
        await work.couples.save(replace(couple, arc="arc-kind-guesses"))
    bo.look_away()
    assert "The thread ends here" in await said(ana, "arc")
    assert bo.kinds() == []
    async with world.unit() as work:
        assert (await work.couples.get(world.couple)).arc is None
    assert (await world.round()).state == "open"


async def test_a_reminder_that_has_come_does_not_come_again(world: World, pair: Pair) -> None:
    """New quiet hours move one that waits, and bring none back that was sent."""
    ana, _ = pair
    await world.later(timedelta(hours=12, minutes=1))
    assert ana.kinds().count("reminder") == 1
    await ana.presses_data(1, f"qt:{base36(23 * 60)}:{base36(7 * 60)}")
    await world.later(HOUR)
    assert ana.kinds().count("reminder") == 1


async def test_an_open_rounds_words_are_not_deleted_by_a_forged_button(world: World, pair: Pair) -> None:
    """They are changed in the round; a round that is nobody's or not theirs is in no journal."""
    ana, _ = pair
    await ana.writes("one")
    await world.deliver()
    round_ = base36((await world.round()).id)
    for verb in ("jd", "jdd"):
        assert (await said(ana, f"{verb}:{round_}")).startswith("That round is still open")
    for verb in ("je", "jt", "jd", "jdd"):
        assert (await said(ana, f"{verb}:123")).startswith("That isn't in your journal")
    assert await world.rows("SELECT count(*) FROM pieces") == [(1,)]


async def test_a_block_that_is_told_of_late_changes_nothing(world: World, pair: Pair) -> None:
    """Somebody may have been forgotten by then; their former partner is reached as before."""
    ana, bo = pair
    await bo.writes("/forget")
    await world.deliver()
    await bo.presses(Verb.FORGET)
    async with world.unit() as work:
        await rest.lose(work, bo.id)
    async with world.unit() as work:
        assert await work.partners.find(bo.id) is None
    assert (await stored(ana)).reachable


async def test_a_couple_without_a_round_is_told_that_nothing_is_open(world: World, pair: Pair) -> None:
    """Whatever kept their first one back, words and /today are answered truly."""
    ana, bo = pair
    await bo.writes("/leave")
    await world.deliver()
    await bo.presses(Verb.LEAVE)
    await world.deliver()
    async with world.unit() as work:
        before = await work.couples.get(world.couple)
        await work.couples.add(replace(before, id=CoupleId(work.new_id()), parted_at=None))
    for text, told in (
        ("/today", "Nothing is open for you now"),
        ("a word about the soup", "Nothing is open for you two"),
    ):
        await ana.writes(text)
        await world.deliver()
        assert told in ana.texts()[-1]


async def test_leaving_between_two_rounds_changes_no_round(world: World, pair: Pair) -> None:
    """What was completed stays so: each keeps it in their own journal."""
    ana, bo = pair
    await reveal(world)
    for me, other in each(ana, bo):
        await respond(me, "I hear you")
        await other.presses(Heard.YES)
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.deliver()
    assert (await world.round()).state == "complete"
    assert await world.due() is None
    assert "come to an end" in bo.texts()[-1]


def test_what_arrived_shows_no_words_in_a_traceback() -> None:
    """Nor the file, nor the message's number."""
    assert repr(Arrival(PieceKind.VOICE, "a planted caption", 4711, "file-1")) == "Arrival(voice)"
