"""No query reads a whole table: each finds its rows by an index, however many there are."""

import inspect
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from storage_house import DAY, NOW, House, a_couple, a_draft, a_message, a_round

from bot.messages import MessageKind, Priority, Sent
from bot.practice.capsule import Capsule
from bot.practice.couple import Couple
from bot.practice.draft import Piece, PieceKind
from bot.practice.friend import Sitting, SittingId
from bot.practice.highlight import Highlight
from bot.practice.ids import CapsuleId, CoupleId, HighlightId, InviteId, PieceId, RoundId
from bot.practice.invite import Invite
from bot.practice.opening import Facts, Opening
from bot.practice.partner import Partner
from bot.practice.pulse import Plan, Pulse
from bot.practice.round import Round, Slot
from storage import (
    capsules,
    couples,
    highlights,
    invites,
    kept,
    openings,
    outbox,
    partners,
    pulses,
    rounds,
    sittings,
    spool,
    updates,
    words,
)
from storage.database import Database
from storage.engine import Engine, Value, Visit
from storage.sqlite import spread
from storage.sweep import put_right, sweep
from storage.unit import Unit

pytestmark = pytest.mark.sqlite

ROOMS = (
    capsules,
    couples,
    highlights,
    invites,
    kept,
    openings,
    outbox,
    partners,
    pulses,
    rounds,
    sittings,
    spool,
    updates,
    words,
)

# After a database was put back from a backup, and never else.
READS_ALL = {"SELECT id FROM partners"}

Statements = dict[str, Mapping[str, Value]]


class Listener:
    """Hears every statement that an engine runs, and lets it pass."""

    def __init__(self, engine: Engine) -> None:
        self.heard: Statements = {}
        self._make = engine.make

    async def make(self, visit: Visit) -> None:
        """Make a visit."""
        self.heard |= dict(spread(step.sql, step.sets[0]) for step in visit._steps)
        await self._make(visit)


@pytest.fixture
async def heard(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Statements]:
    """Listen to the database."""
    listener = Listener(database._engine)
    monkeypatch.setattr(database._engine, "make", listener.make)
    yield listener.heard
    monkeypatch.undo()


async def use_people(unit: Unit) -> None:
    """Call all there is of partners, couples, rounds, words, invites and updates."""
    couple, one, two = await a_couple(unit)
    round_ = await a_round(unit, couple, arc="arc")
    await unit.partners.get(one.id)
    await unit.partners.by_chat(one.chat)
    await unit.partners.save(one)
    await unit.couples.get(couple.id)
    await unit.couples.save(couple)
    await unit.couples.due(NOW, 9)
    await unit.couples.due_after(NOW, 9)
    await unit.couples.planned(CoupleId(0), 5)
    await unit.couples.next_due()
    await use_rounds(unit, couple, round_)
    await use_pulses(unit, couple)
    await unit.rounds.see([one.id], ["good-1"])
    await unit.rounds.seen([one.id, two.id])
    await unit.couples.many([couple.id])
    await unit.couples.save_all([couple])
    facts = await unit.openings.load([couple.id])
    assert isinstance(facts[couple.id], Facts)
    next_day = replace(round_, id=RoundId(unit.new_id()), local_date=NOW.date() + DAY)
    await unit.openings.save([Opening(couple, (one, two), before=(round_,), round=next_day)])
    await unit.openings.put_off([couple.id], NOW)
    await unit.partners.many([one.id, two.id])
    await unit.words.save(a_draft(unit, round_, one.id, "a", "b"))
    await unit.words.own(one.id, round_.id, Slot.REFLECTION)
    await unit.words.read(two.id, one.id, round_.id, Slot.REFLECTION)
    await unit.words.exchange(one.id, two.id, round_.id, Slot.REFLECTION)
    await unit.recall([a_message(one, about=two.id, couple=couple.id, round=round_.id)])
    await unit.words.by_source(one.id, 1)
    await unit.words.authors(round_.id)
    await unit.words.written(one.id, 5)
    await unit.words.search(one.id, "a", 5)
    await unit.words.for_cards(one.id, ["good-1"], 5)
    await use_highlights(unit, round_, two, one)
    await use_capsules(unit, couple, one, two)
    await unit.words.delete(one.id, round_.id)
    invite = Invite(InviteId(unit.new_id()), one.id, NOW + DAY)
    await unit.invites.add(invite, "code")
    await unit.invites.get(invite.id)
    await unit.invites.by_code("code")
    await unit.invites.code(invite.id)
    await unit.invites.of(one.id)
    await unit.invites.save(invite)
    await unit.updates.record(1)
    unit.context.known.forget()
    await unit.updates.record_all({2: one.chat, 3: two.chat})
    await unit.partners.everybody()
    await unit.partners.rewrap(5)
    await unit.partners.forget(one.id)


async def use_capsules(unit: Unit, couple: Couple, author: Partner, reader: Partner) -> None:
    """Call all there is of capsules."""
    piece = Piece(PieceId(unit.new_id()), PieceKind.TEXT, "a", 1)
    made = Capsule(CapsuleId(unit.new_id()), author.id, couple.id, NOW, 1, (piece,))
    sealed = replace(made, sealed_at=NOW, opens_on=NOW.date(), opens_at=NOW)
    await unit.capsules.save(sealed)
    assert await unit.capsules.due(NOW, 5) == [sealed]
    assert await unit.capsules.of(author.id) == [sealed]
    assert await unit.capsules.own(author.id, made.id) == sealed
    assert await unit.capsules.own(reader.id, made.id) is None
    assert await unit.capsules.read(reader.id, made.id) is None
    assert await unit.capsules.by_source(author.id, 1) == made.id
    opened = replace(sealed, opened_at=NOW)
    await unit.capsules.save(opened)
    assert await unit.capsules.read(reader.id, made.id) == opened
    assert await unit.capsules.opened_to(reader.id, 5) == [made.id]
    await unit.next_due()
    await unit.capsules.destroy(made.id)
    await unit.capsules.save(made)


async def test_a_letter_that_waits_does_not_come_back(database: Database) -> None:
    """Not to whom it is to, and not once their couple has parted: only its author's own does."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        await use_capsules(unit, couple, one, two)


async def use_highlights(unit: Unit, round_: Round, reader: Partner, author: Partner) -> None:
    """Call all there is of highlights."""
    made = Highlight(
        HighlightId(unit.new_id()), reader.id, author.id, round_.id, Slot.REFLECTION, PieceId(1), 0, 1, NOW
    )
    await unit.highlights.add(made)
    await unit.highlights.find(made.id)
    await unit.highlights.of(reader.id, 5)
    await unit.highlights.of(reader.id, 5, round_=round_.id)
    await unit.highlights.save(replace(made, told_at=NOW))
    await unit.highlights.drop(made.id)
    await unit.highlights.end([reader.id])


async def use_rounds(unit: Unit, couple: Couple, round_: Round) -> None:
    """Call all there is of rounds."""
    await unit.rounds.get(round_.id)
    await unit.rounds.latest(couple.id)
    await unit.rounds.latest_shown(couple.id)
    await unit.rounds.live(couple.id)
    await unit.rounds.live_and_shown(couple.id)
    await unit.rounds.revealed_of([couple.id])
    await unit.rounds.closing(5)
    await unit.rounds.next_closing()
    await unit.rounds.recent(couple.id, 5)
    await unit.rounds.on_page(couple.partners[0], 5)
    await unit.rounds.things(couple.partners)
    await unit.rounds.save(round_)
    await unit.rounds.newest_of([couple.id])
    await unit.rounds.things([couple.partners[0]])


async def use_pulses(unit: Unit, couple: Couple) -> None:
    """Call all there is of pulses and of the neutral friend."""
    one, _ = couple.partners
    week = NOW.date()
    await unit.pulses.plan(one)
    await unit.pulses.save_plan(Plan(one, due=NOW))
    await unit.pulses.due(NOW, 5)
    await unit.pulses.due_after(NOW, 5)
    await unit.pulses.next_due()
    await unit.pulses.save(Pulse(one, couple.id, week, NOW, (1, 2, 3)))
    await unit.pulses.tapped(one, week)
    await unit.pulses.of(one)
    await unit.pulses.both(replace(couple, lines_since=(NOW, NOW)))
    await unit.sittings.save(Sitting(SittingId(unit.new_id()), one, NOW))
    await unit.sittings.unfinished(one)
    await unit.sittings.of(one)
    await unit.sittings.let_go(one)
    await unit.sittings.destroy(one, SittingId(1))


async def use_outbox(unit: Unit) -> None:
    """Call all there is of the outbox, the spool and what waits, each way of withdrawing, and sweep."""
    _, one, two = await a_couple(unit)
    await unit.outbox.put(a_message(one, dedupe="x"), a_message(two))
    await unit.outbox.put(a_message(one, not_after=NOW - DAY))
    first, *_ = await unit.spool.lease(9, [5, 6])
    await unit.outbox.waits(one.id, [MessageKind.HELP])
    await unit.outbox.waits(one.id, [MessageKind.HELP], RoundId(1))
    await unit.spool.lease(9, only=Priority.EVENT)
    await unit.spool.on_the_way()
    await unit.spool.settle(first.id, Sent(1))
    await unit.spool.postpone(first.id, one.chat, NOW, counted=True)
    await unit.spool.release()
    await unit.spool.release([first.id])
    await unit.spool.next_due()
    await unit.outbox.sent(one.id, [MessageKind.HELP], None)
    await unit.outbox.newest(one.id, [MessageKind.HELP])
    await unit.outbox.shown_in(one.id, 1)
    await unit.outbox.last(one.id)
    await unit.outbox.sent(one.id, [MessageKind.HELP], RoundId(1))
    await unit.outbox.with_buttons(one.id, [MessageKind.HELP], RoundId(1))
    await unit.outbox.shown_last(one.id)
    await unit.outbox.hold_until(one.id, NOW + DAY, but=[MessageKind.REMINDER])
    await unit.outbox.refused(one.id, [MessageKind.REVEAL_FRAME, MessageKind.REVEAL_WORDS], RoundId(1))
    await unit.outbox.undelivered(one.id, [MessageKind.HELP])
    await unit.outbox.standing(one.id, [MessageKind.HELP])
    await unit.outbox.standing(one.id, [MessageKind.HELP], RoundId(1))
    await unit.outbox.newest_standing(one.id, 6)
    await unit.outbox.look(one.id, standing=[MessageKind.HELP], newest=[MessageKind.HELP])
    await unit.outbox.around(one.id, first.id)
    await unit.outbox.ours(one.id, [1])
    await unit.outbox.gone(one.id, [1])
    await unit.outbox.certain(one.id, [first.id])
    await unit.traces.add(one.id, RoundId(1), "reflection", [1, 2])
    await unit.traces.stay(one.id, None, "practice", [3])
    await unit.traces.of(one.id, None, "practice")
    await unit.traces.between(one.id, 1, 2)
    await unit.traces.places(one.id)
    await unit.traces.gone(one.id, [1])
    await unit.outbox.put(a_message(one, due=NOW + DAY))
    await unit.outbox.hasten(one.id, [MessageKind.HELP])
    for kinds in ((), (MessageKind.HELP,)):
        ways: list[dict[str, Any]] = [
            {"to": one.id},
            {"couple": CoupleId(1)},
            {"round_": RoundId(1)},
            {"about": one.id},
            {"to": one.id, "round_": RoundId(1)},
        ]
        for way in ways:
            await unit.outbox.withdraw(**way, kinds=kinds)
    await unit.outbox.withdraw_all([RoundId(1), RoundId(2)], [MessageKind.PROMPT])
    piece = Piece(PieceId(unit.new_id()), PieceKind.TEXT, "a", 1)
    await unit.kept.add(one.id, piece)
    await unit.kept.of(one.id)
    await unit.kept.over(5)
    await unit.kept.drop(one.id, [piece.id])
    await sweep(unit, 5)
    await put_right(unit, 5)


def methods() -> Iterator[str]:
    """Name every public method of every repository."""
    for module in ROOMS:
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__:
                yield from (f".{method}(" for method in vars(kind) if not method.startswith("_"))
                assert name


def test_the_stories_call_everything() -> None:
    """A method that is added is added to the stories above."""
    story = (
        inspect.getsource(use_people)
        + inspect.getsource(use_highlights)
        + inspect.getsource(use_capsules)
        + inspect.getsource(use_rounds)
        + inspect.getsource(use_pulses)
        + inspect.getsource(use_outbox)
        + inspect.getsource(a_couple)
    )
    story += inspect.getsource(a_round)
    # Called by those that are, or after them:
    inner = {".key(", ".open(", ".hasten_later_than(", ".ask(", ".ask_next_due(", ".run("}
    told = {".rows(", ".found(", ".at("}  # what a statement has found
    assert {method for method in methods() if method not in story} == inner | told


async def test_no_query_reads_a_whole_table(house: House, database: Database, heard: Statements) -> None:
    """Asked of SQLite for every statement that was run."""
    await database._get_ready()
    async with database.unit(NOW) as unit:
        await a_couple(unit)
        house.keyring.add_generation()
        await use_people(unit)
        await use_outbox(unit)
    await database.rewrap(5)
    assert len(heard) > 70
    plans = {sql: explain(house, sql, values) for sql, values in heard.items() if is_query(sql)}
    reading_all = {
        sql: plan for sql, plan in plans.items() if any(map(is_scan, plan)) and sql not in READS_ALL
    }
    assert reading_all == {}


def is_query(sql: str) -> bool:
    """Tell statements that read or write rows."""
    return sql.strip().partition(" ")[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}


def explain(house: House, sql: str, values: Mapping[str, Value]) -> list[str]:
    """Ask SQLite how it would run a statement."""
    with closing(sqlite3.connect(house.path)) as connection:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]


def is_scan(step: str) -> bool:
    """Tell a step that goes through a whole table, or a whole index.

    Not the rows of a VALUES, not a part of this statement, and not the index of what is leased just now.
    """
    return step.startswith("SCAN") and not re.search(
        r"CONSTANT|VALUES CLAUSE|newest|placed|subquery|next_|waiting_|outbox_leased", step
    )
