"""No word stands in any file in the clear; and of a forgotten person nothing can be read any more."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from storage_house import BROKEN, DAY, NOW, House, a_couple, a_draft, a_message, a_partner, a_round

from bot.messages import Message, MessageKind, Priority, Sent
from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import InviteId, PartnerId, PieceId
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Partner
from bot.practice.round import Round, RoundState, Slot, Turn
from storage import errors
from storage.database import Database
from storage.partners import _FORGET
from storage.tombstones import Tombstones
from storage.unit import Unit

SECRETS = ("Zebulon Quist", "zeb_quist", "I felt unseen on Tuesday", "AgADfile-id-of-a-voice", "kQ3-the-code")
SHORT = 64  # bytes
TELLING = 16  # bytes: shorter ones stand somewhere by chance
MARKED = NOW.date().isoformat()


class OddError(Exception):
    """Something that went wrong."""


async def a_story(unit: Unit) -> tuple[Partner, Partner, Round]:
    """Store two people with names, words in a revealed round, a file, an invite and messages."""
    name, username, words, file, code = SECRETS
    couple, one, two = await a_couple(unit, name=name, username=username)
    round_ = await a_round(unit, couple, turns=(Turn(one.id, NOW), Turn(two.id, NOW)))
    await unit.rounds.save(replace(round_, state=RoundState.REVEALED))
    for author in (one, two):
        draft = a_draft(unit, round_, author.id, words, words * 400)
        voice = Piece(PieceId(unit.new_id()), PieceKind.VOICE, words, 9, file)
        draft = replace(draft, pieces=(*draft.pieces, voice), committed_at=NOW)
        await unit.words.save(draft)
        await unit.words.save(replace(draft, pieces=draft.pieces[1:]))
    await unit.invites.add(Invite(InviteId(unit.new_id()), one.id, NOW + DAY), code)
    await unit.outbox.put(a_message(one), a_message(two, about=one.id), a_message(two))
    return one, two, round_


def in_the_clear(house: House) -> list[str]:
    """Name the files that hold a secret as it was written, in any of the ways it could be."""
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return [name for secret in SECRETS for way in encodings for name in house.holding(secret.encode(way))]


def sealed(house: House, partner: PartnerId) -> list[bytes]:
    """Read everything that is sealed for one partner, and their key as it is wrapped: in short pieces.

    A long value goes on in other pages, so that it stands nowhere as a whole.
    """
    found = house.outside("SELECT wrapped_key, name, username FROM partners WHERE id = ?", partner)
    found += house.outside("SELECT body, file FROM pieces WHERE author_id = ?", partner)
    found += house.outside("SELECT code, code_hash FROM invites WHERE inviter_id = ?", partner)
    values = [value for row in found for value in row if value]
    pieces = [value[start : start + SHORT] for value in values for start in range(0, len(value), SHORT)]
    return [piece for piece in pieces if len(piece) >= TELLING]


@pytest.mark.sqlite
async def test_no_word_stands_in_any_file(house: House) -> None:
    """While the bot runs, with its log and its lock; after it has closed; and in the key's folder."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            await a_story(unit)
        assert len(house.files()) == 5
        assert in_the_clear(house) == []
    assert len(house.files()) == 3
    assert in_the_clear(house) == []


@pytest.mark.sqlite
async def test_a_search_for_secrets_would_find_them(house: House, database: Database) -> None:
    """The search itself works: what is no secret stands in the log for everybody to see."""
    async with database.unit(NOW) as unit:
        await unit.outbox.put(Message(MessageKind.HELP, 1, dedupe=SECRETS[0]))
    assert "data/attune.db-wal" in in_the_clear(house)


@pytest.mark.sqlite
async def test_a_forgotten_person_leaves_no_trace_to_read(house: House) -> None:
    """Neither their sealed words nor their wrapped key is in any file, at once and after closing."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            one, two, round_ = await a_story(unit)
        gone, kept = sealed(house, one.id), sealed(house, two.id)
        assert len(gone) > 150
        assert sum(not house.holding(value) for value in gone) < 10  # those that a page's end cuts
        async with database.unit(NOW) as unit:
            await unit.partners.forget(one.id)
        assert [house.holding(value) for value in gone] == [[] for _ in gone]
        assert sum(not house.holding(value) for value in kept) < 10
        async with database.unit(NOW) as unit:
            assert (await unit.words.own(two.id, round_.id, Slot.REFLECTION)).pieces
            assert await unit.words.read(two.id, one.id, round_.id, Slot.REFLECTION) is None
            assert await unit.words.read(one.id, two.id, round_.id, Slot.REFLECTION) is None
        assert await database.verify() == []
    assert [house.holding(value) for value in gone] == [[] for _ in gone]
    assert in_the_clear(house) == []


async def test_many_forgotten_people_leave_no_trace_either(house: House) -> None:
    """Pages that were split, moved and joined again keep no stale copy of a wrapped key or a sealed name."""
    async with house.open() as database:
        people: list[Partner] = []
        for turn in range(4):
            async with database.unit(NOW) as unit:
                for number in range(40):
                    people.append(a_partner(unit, name="N" * (number * 7 % 40), username=None))
                    await unit.partners.add(people[-1])
                for person in people[turn::3]:
                    await unit.partners.save(replace(person, username="U" * 32, zone="Europe/Berlin"))
        gone = [value for person in people for value in sealed(house, person.id)]
        for start in range(0, len(people), 20):
            async with database.unit(NOW) as unit:
                for person in people[start : start + 20]:
                    await unit.partners.forget(person.id)
        await database.scrub()
        whole = b"".join(house.files().values())
        assert len(gone) > 300
        assert [value for value in gone if value in whole] == []


async def test_forgetting_takes_what_is_theirs_and_leaves_what_is_the_others(
    house: House, database: Database
) -> None:
    """Rounds, turns and seats stay as numbers; an invite that they had taken up is spent."""
    async with database.unit(NOW) as unit:
        one, two, round_ = await a_story(unit)
        _, inviter, _ = await a_couple(unit)
        taken = Invite(InviteId(unit.new_id()), inviter.id, NOW + DAY, InviteState.CLAIMED, one.id)
        await unit.invites.add(taken, "another-code")
        await unit.outbox.put(Message(MessageKind.WELCOME, one.chat), Message(MessageKind.NOT_NOW, one.chat))
        for row in await unit.spool.lease(99):
            if row.message.kind is MessageKind.WELCOME:
                await unit.spool.settle(row.id, Sent(1))
            if row.message.kind is MessageKind.NOT_NOW:
                await unit.spool.postpone(row.id, one.chat, NOW + DAY, counted=True)
    async with database.unit(NOW) as unit:
        await unit.partners.forget(one.id)
        await unit.outbox.put(Message(MessageKind.FORGOTTEN, one.chat, priority=Priority.REPLY))
        assert await unit.partners.by_chat(one.chat) is None
        assert await unit.invites.get(taken.id) == replace(taken, state=InviteState.SPENT, joiner=None)
        assert await unit.rounds.seen([one.id]) == {}
        stays = await unit.rounds.get(round_.id)
        assert [turn.partner for turn in stays.turns] == [one.id, two.id]
    left = house.outside("SELECT kind, chat_id FROM outbox ORDER BY id")
    assert left == [("help", two.chat), ("welcome", 0), ("not_now", one.chat), ("forgotten", one.chat)]
    for table, column in (("drafts", "author_id"), ("pieces", "author_id"), ("seen_prompts", "partner_id")):
        assert house.outside(f"SELECT count(*) FROM {table} WHERE {column} = ?", one.id) == [(0,)]  # noqa: S608 (named above)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.LAPSED, None])
async def test_forgetting_ends_a_couple_that_nobody_has_ended(
    database: Database, state: RoundState | None
) -> None:
    """The other is free, and a round that was live is closed."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        if state:
            round_ = await a_round(unit, couple)
            await unit.rounds.save(replace(round_, state=state))
    async with database.unit(NOW + DAY) as unit:
        await unit.partners.forget(one.id)
        assert await unit.couples.of(two.id) is None
        ended = await unit.couples.get(couple.id)
        assert (ended.parted_at, ended.next_opening) == (NOW + DAY, None)
        latest = await unit.rounds.latest(couple.id)
        expected = {RoundState.OPEN: RoundState.CLOSED, RoundState.LAPSED: RoundState.LAPSED}
        assert (latest and latest.state) == (state and expected[state])


async def test_a_tombstone_names_nobody(house: House, database: Database) -> None:
    """It is a keyed hash and a day, in a private file beside the key file."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        await unit.partners.forget(one.id)
        await unit.partners.forget(two.id)
    marks = Tombstones(house.keyring)
    content = marks.path.read_text()
    assert [line.split(" ")[1] for line in content.splitlines()] == [MARKED, MARKED]
    for number in (one.id, one.chat, two.id, two.chat):
        assert str(number) not in content
    assert marks.path.stat().st_mode & 0o777 == 0o600
    assert list(marks.read()) == [marks.mark(one.id), marks.mark(two.id)]
    other = Tombstones(type(house.keyring).create(house.root / "other"))
    assert other.mark(one.id) != marks.mark(one.id)
    assert other.read() == {}
    assert other.last() == ""


@pytest.mark.sqlite
async def test_a_forgetting_that_is_rolled_back_leaves_no_tombstone(house: House, database: Database) -> None:
    """In a unit, in a savepoint, and where the commit itself fails; the person is there as before."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
    with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.partners.forget(one.id)
            raise OddError
    async with database.unit(NOW) as unit:
        with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
            async with unit.savepoint():
                await unit.partners.forget(one.id)
                raise OddError
        await unit.partners.forget(two.id)
    marks = Tombstones(house.keyring)
    assert list(marks.read()) == [marks.mark(two.id)]
    whole = marks.path.read_bytes()
    with pytest.raises(BROKEN):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.partners.forget(one.id)
            # A reference to nobody is found at the commit, when the tombstone is set already.
            await unit.context.transaction.rows("PRAGMA defer_foreign_keys = ON")
            await unit.context.transaction.rows(
                "INSERT INTO seats (couple_id, seat, partner_id, active, rest_told) VALUES (9, 0, 9, 0, 0)"
            )
    assert marks.path.read_bytes() == whole
    async with database.unit(NOW) as unit:
        assert await unit.partners.get(one.id) == one


async def test_a_forgetting_cut_short_by_a_crash_is_finished(house: House) -> None:
    """The tombstone was set, the commit never came: the next start finds the person and forgets them."""
    async with house.open() as database, database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
    marks = Tombstones(house.keyring)
    marks.add([one.id], NOW)
    with marks.path.open("ab") as file:
        file.write(b"half a line of ano")
    async with house.open() as database, database.unit(NOW) as unit:
        assert await unit.partners.find(one.id) is None
        assert await unit.partners.get(two.id) == two
        ended = await unit.couples.get(couple.id)
        assert ended.parted_at == datetime.fromisoformat(MARKED + "T00:00:00+00:00")
        await unit.partners.forget(two.id)
    assert list(marks.read()) == [marks.mark(one.id), marks.mark(two.id)]
    async with house.open():
        pass


@pytest.mark.sqlite
async def test_an_old_copy_put_back_by_hand_forgets_them_again(house: House) -> None:
    """Without `restore`: the database has not seen the newest tombstone."""
    async with house.open() as database, database.unit(NOW) as unit:
        one, two, _ = await a_story(unit)
    old = house.path.read_bytes()
    async with house.open() as database, database.unit(NOW) as unit:
        await unit.partners.forget(one.id)
    house.path.write_bytes(old)
    assert house.outside("SELECT count(*) FROM partners") == [(2,)]
    async with house.open() as database:
        assert house.outside("SELECT id FROM partners") == [(two.id,)]
        assert await database.verify() == []


@pytest.mark.sqlite
async def test_a_log_that_is_being_read_is_scrubbed_later(house: House, database: Database) -> None:
    """A reader keeps the log; the next commit after it empties it."""
    async with database.unit(NOW) as unit:
        one, *_ = await a_story(unit)
    gone = sealed(house, one.id)
    with closing(sqlite3.connect(house.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM partners").fetchall()
        async with database.unit(NOW) as unit:
            await unit.partners.forget(one.id)
        assert not await database.scrub()
        assert any(house.holding(value) for value in gone)
    async with database.unit(NOW) as unit:
        await unit.updates.record(1)
    assert not any(house.holding(value) for value in gone)
    assert await database.scrub()


async def test_a_cancellation_during_the_scrubbing_is_raised_after_it(
    house: House, database: Database
) -> None:
    """Whoever is forgotten is forgotten."""
    async with database.unit(NOW) as unit:
        one, *_ = await a_story(unit)
    gone = sealed(house, one.id)

    async def work() -> None:
        async with database.unit(NOW) as unit:
            await unit.partners.forget(one.id)

    task = asyncio.ensure_future(work())
    while not Tombstones(house.keyring).last():  # noqa: ASYNC110 (the file is the event)
        await asyncio.sleep(0)
    while task.cancel():  # noqa: ASYNC110 (each turn of the loop cancels)
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await task
    if house.outside("SELECT count(*) FROM partners WHERE id = ?", one.id) == [(0,)]:
        assert not any(house.holding(value) for value in gone)
    else:
        assert Tombstones(house.keyring).last() == ""


async def test_a_tombstone_that_cannot_be_written_forgets_nobody(house: House, database: Database) -> None:
    """The person hears that it was not done, and it was not."""
    async with database.unit(NOW) as unit:
        one, *_ = await a_story(unit)
    Tombstones(house.keyring).path.mkdir()
    with pytest.raises(errors.IsFolder):
        async with database.unit(NOW) as unit:
            await unit.partners.forget(one.id)
    assert house.outside("SELECT count(*) FROM partners WHERE id = ?", one.id) == [(1,)]


def test_marks_are_of_the_partner_and_not_of_the_chat(tmp_path: Path) -> None:
    """Whoever comes back has a new id, and no old tombstone means them."""
    house = House(tmp_path)
    marks = Tombstones(house.keyring)
    assert marks.add([7], NOW) is not None
    assert marks.add([7], NOW) is None
    lines = marks.add([7, 8], NOW + DAY)
    assert lines is not None
    assert marks.read() == {
        marks.mark(7): datetime.fromisoformat(MARKED + "T00:00:00+00:00"),
        marks.mark(8): datetime.fromisoformat((NOW + DAY).date().isoformat() + "T00:00:00+00:00"),
    }
    assert marks.add([9], NOW) is not None
    marks.take_back(lines)
    assert list(marks.read()) == [marks.mark(7), marks.mark(9)], "what another process has added stays"


@pytest.mark.sqlite
async def test_no_table_of_a_person_is_left_out_of_forgetting(house: House, database: Database) -> None:
    """Whoever's a row is by a column, it goes with them; seats and turns stay for the other, as numbers."""
    del database  # its schema is there
    columns = house.outside(
        "SELECT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND c.name IN ('author_id', 'partner_id', 'reader_id', 'inviter_id')"
    )
    theirs = {str(name) for (name,) in columns} - {"seats", "turns"}
    assert {"said_pieces", "sayings", "capsules", "pulses", "sittings", "highlights"} <= theirs
    cleared = {step.split()[2] for step in _FORGET if step.startswith("DELETE FROM")}
    assert theirs - cleared == set()
