"""A house to test memory in: a data folder, a key file elsewhere, and people to put into it."""

import itertools
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from postgres_cluster import Questions

from bot.messages import Message, MessageKind
from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.draft import Draft, Piece, PieceKind
from bot.practice.ids import CoupleId, PartnerId, PieceId, RoundId
from bot.practice.partner import Partner
from bot.practice.round import Round, Slot, Turn
from storage.database import Database
from storage.files import DATABASE
from storage.keyring import Keyring
from storage.unit import Unit

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

_chats = itertools.count(1001)


BROKEN = (sqlite3.IntegrityError, psycopg.IntegrityError)
"""What breaks a constraint, as each engine says it."""


@dataclass
class House:
    """Where a test's memory is kept."""

    root: Path
    server: str | None = None
    """Where the database is instead of the data folder."""
    keyring: Keyring = field(init=False)

    def __post_init__(self) -> None:
        self.keyring = Keyring.ready(self.key_file, self.data)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def path(self) -> Path:
        """The database."""
        return self.data / DATABASE

    @property
    def key_file(self) -> Path:
        """The key file, in a folder of its own."""
        return self.root / "keys" / "keyring.json"

    @property
    def backup(self) -> Path:
        """Where a backup goes."""
        return self.root / "backups" / "monday.db"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Database]:
        """Open the database for a block."""
        database = await Database.open(self.server or self.data, self.keyring)
        try:
            yield database
        finally:
            await database.close()

    def outside(self, sql: str, *values: object) -> list[Any]:
        """Ask through a second connection, which sees what is committed."""
        with self.beside() as connection, connection:
            return list(connection.execute(sql, values).fetchall())

    def files(self) -> dict[str, bytes]:
        """Read all files of the data folder and the key's folder."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def holding(self, secret: bytes) -> list[str]:
        """Name the files in which some bytes stand."""
        return [name for name, content in self.files().items() if secret in content]

    @contextmanager
    def tampering(self) -> Iterator[Any]:
        """Change a database behind Attune's back."""
        with self.beside() as connection, connection:
            yield connection

    @contextmanager
    def beside(self) -> Iterator[Any]:
        """Connect past Attune's back, and past references; `?` stands for a value."""
        if self.server is None:
            with closing(sqlite3.connect(self.path)) as connection:
                yield connection
        else:
            with closing(psycopg.connect(self.server, cursor_factory=Questions)) as other:
                other.execute("SET session_replication_role = replica")
                other.commit()
                yield other


def a_partner(unit: Unit, **choices: Any) -> Partner:
    """Make up a person."""
    chat = next(_chats)
    given = {"name": f"Name {chat}", "username": f"user{chat}", **choices}
    return Partner(
        PartnerId(unit.new_id()), given.pop("chat", chat), language="en", consented_at=NOW, **given
    )


async def a_couple(unit: Unit, **choices: Any) -> tuple[Couple, Partner, Partner]:
    """Store two people and their couple."""
    one, two = a_partner(unit, **choices), a_partner(unit, **choices)
    await unit.partners.add(one)
    await unit.partners.add(two)
    couple = Couple(
        id=CoupleId(unit.new_id()),
        partners=(one.id, two.id),
        rhythm=Rhythm(20 * 60, "Europe/Berlin"),
        last_opening=unit.now,
        last_date=unit.now.date(),
        next_opening=unit.now + DAY,
    )
    await unit.couples.add(couple)
    return couple, one, two


async def a_round(unit: Unit, couple: Couple, **facts: Any) -> Round:
    """Store a round of a couple."""
    one, two = couple.partners
    given = {"prompt": "good-1", "local_date": unit.now.date(), "turns": (Turn(one), Turn(two)), **facts}
    made = Round(RoundId(unit.new_id()), couple.id, opened_at=unit.now, **given)
    await unit.rounds.add(made)
    return made


def a_draft(unit: Unit, round_: Round, author: PartnerId, *texts: str, slot: Slot = Slot.REFLECTION) -> Draft:
    """Write texts."""
    pieces = tuple(
        Piece(PieceId(unit.new_id()), PieceKind.TEXT, text, source) for source, text in enumerate(texts, 1)
    )
    return Draft(round_.id, author, slot, 1, pieces)


def a_message(to: Partner, **facts: Any) -> Message:
    """Address a message."""
    return Message(**{"kind": MessageKind.HELP, "chat": to.chat, "to": to.id, **facts})


async def empty_outbox(unit: Unit) -> None:
    """Begin anew, between Hypothesis' examples."""
    for table in ("outbox", "holds"):
        await unit.context.transaction.rows(f"DELETE FROM {table}")  # noqa: S608 (named above)
