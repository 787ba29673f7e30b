"""A look into the bot's memory from outside: through a second connection, and at the bytes of its files."""

import atexit
import re
import sqlite3
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from bot.home.house import Home
from storage.postgres.dialect import spoken
from storage.postgres.engine import PostgresEngine

PATIENCE = 60.0  # seconds
DECKS = Path(__file__).resolve().parents[2] / "prompts" / "en" / "decks"


def memory(home: Home) -> Path:
    """Name the database file."""
    return Path(home.app.database.path)


def stored(home: Home, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Ask the database through a second connection."""
    url = server_of(home)
    if url is not None:
        text, given = spoken(sql, values)
        return _SERVER.to(url).execute(text.encode(), given).fetchall()
    return _FILE.to(memory(home)).execute(sql, values).fetchall()


class _FileBeside:
    """One connection beside the bot's, kept from look to look: to open one costs ten times what a look does."""

    def __init__(self) -> None:
        self._file: tuple[Path, int] | None = None
        self._connection: sqlite3.Connection | None = None

    def to(self, path: Path) -> sqlite3.Connection:
        """Return a connection to this file, which may have taken the place of another of its name."""
        file = path, path.stat().st_ino
        if self._connection is None or file != self._file:
            self.close()
            self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
            self._file = file
        return self._connection

    def close(self) -> None:
        """Close it, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _ServerBeside:
    """The same beside a bot whose database is on a server, where it costs a process."""

    def __init__(self) -> None:
        self._url = ""
        self._connection: psycopg.Connection[Any] | None = None

    def to(self, url: str) -> "psycopg.Connection[Any]":
        """Return a connection to this database, of which each look sees what is committed then."""
        if self._connection is None or url != self._url or self._connection.closed:
            self.close()
            self._connection = psycopg.connect(url, autocommit=True, cursor_factory=psycopg.RawCursor)
            self._url = url
        return self._connection

    def close(self) -> None:
        """Close it, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def look_away() -> None:
    """Close what looks beside a bot: who copies a server's database must be alone with it."""
    _FILE.close()
    _SERVER.close()


_FILE, _SERVER = _FileBeside(), _ServerBeside()
atexit.register(look_away)


def everything(home: Home) -> list[str]:
    """Give every row of every table, written out; a card is named by none of the words in its name.

    Which card a couple draws differs from run to run, and "words you took care over" is no trace of anybody's.
    """
    rows = (f"{table}: {row}" for table in _tables(home) for row in _rows_of(home, table))
    return [_cards().sub("a card", row) for row in rows]


@cache
def _cards() -> re.Pattern[str]:
    """Match the name of any card."""
    decks = (tomllib.loads(path.read_text("utf-8")) for path in DECKS.glob("*.toml"))
    names = [prompt["id"] for deck in decks for prompt in deck["prompt"]]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


def traces(home: Home, *words: str) -> list[str]:
    """Tell which of these words stand in clear in anything that is kept."""
    held = bytes_of(home)
    return [w for w in words if any(w.encode(code) in f for f in held for code in ("utf-8", "utf-16-le"))]


def bytes_of(home: Home) -> list[bytes]:
    """Read every file of the data folder and beside the key.

    On a server, every value of every row: its own files keep what was deleted until they are vacuumed.
    """
    if server_of(home) is not None:
        cells = (cell for table in _tables(home) for row in _rows_of(home, table) for cell in row)
        return [cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells]
    folders = (memory(home).parent, memory(home).parent.parent / "key")
    return [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]


def server_of(home: Home) -> str | None:
    """Tell the address of a server's database; None where it is a file."""
    engine = home.app.database._engine
    return engine._url if isinstance(engine, PostgresEngine) else None


def _tables(home: Home) -> list[str]:
    """Name all tables."""
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    if server_of(home) is not None:
        sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return [name for (name,) in stored(home, sql)]


def _rows_of(home: Home, table: str) -> list[tuple[Any, ...]]:
    """Read every row of a table."""
    return stored(home, f"SELECT * FROM {table}")  # noqa: S608 (made of our own names)


def opening(home: Home) -> datetime:
    """Read the couple's next opening."""
    ((micros,),) = stored(home, "SELECT next_opening FROM couples")
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


async def behind(home: Home, statement: str) -> None:
    """Change what is stored as no action does, in a unit of work of the bot's own: what it knew, it reads anew."""
    async with home.app.database.unit(home.clock.now()) as work:
        await work.context.transaction.rows(statement)
