"""A look into the bot's memory from outside: through a second connection, and at the bytes of its files."""

import asyncio
import atexit
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bot.home.house import Home
from storage.postgres.dialect import spoken
from storage.postgres.engine import PostgresEngine

PATIENCE = 60.0  # seconds


def memory(home: Home) -> Path:
    """Name the database file."""
    return Path(home.app.database.path)


def stored(home: Home, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Ask the database through a second connection."""
    engine = home.app.database._engine
    if isinstance(engine, PostgresEngine):
        with psycopg.connect(engine._url, cursor_factory=psycopg.RawCursor) as beside:
            text, given = spoken(sql, values)
            return beside.execute(text.encode(), given).fetchall()
    return _BESIDE.to(memory(home)).execute(sql, values).fetchall()


class _Beside:
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


_BESIDE = _Beside()
atexit.register(_BESIDE.close)


def everything(home: Home) -> list[str]:
    """Give every row of every table, written out."""
    tables = [name for (name,) in stored(home, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [f"{t}: {row}" for t in tables for row in stored(home, f"SELECT * FROM {t}")]  # noqa: S608 (made of our own names)


def traces(home: Home, *words: str) -> list[str]:
    """Tell which of these words stand in clear in any file of the data folder or beside the key."""
    folders = (memory(home).parent, memory(home).parent.parent / "key")
    files = [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [w for w in words if any(w.encode(code) in f for f in files for code in ("utf-8", "utf-16-le"))]


def opening(home: Home) -> datetime:
    """Read the couple's next opening."""
    ((micros,),) = stored(home, "SELECT next_opening FROM couples")
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


async def behind(home: Home, statement: str) -> None:
    """Change the database behind the bot's back, in a thread of its own: the bot may have to end its write first."""
    await asyncio.to_thread(_behind, home, statement)


def _behind(home: Home, statement: str) -> None:
    engine = home.app.database._engine
    if isinstance(engine, PostgresEngine):
        with psycopg.connect(engine._url) as beside:
            beside.execute(statement.encode())
        return
    # the bot may hold its own write open for long where every processor is busy
    with closing(sqlite3.connect(memory(home), timeout=PATIENCE)) as connection:
        connection.execute(statement)
        connection.commit()
