"""Migrations: one at a time or all at once, the schema is the same, and a failing one leaves nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from storage_house import NOW, House, a_couple

from storage import files, migrate
from storage.migrate import Migration

pytestmark = pytest.mark.sqlite

NEXT = Migration(
    migrate.latest() + 1,
    """
    -- A step of a kind that will come: a table is rebuilt while others refer to it; and a trigger.
    CREATE TABLE partners_new (
        id BIGINT NOT NULL PRIMARY KEY, mood TEXT NOT NULL DEFAULT 'fine; and dandy' -- not a statement;
    );
    INSERT INTO partners_new (id) SELECT id FROM partners;
    DROP TABLE partners;
    ALTER TABLE partners_new RENAME TO partners;
    CREATE TRIGGER kept AFTER DELETE ON partners BEGIN
        DELETE FROM updates;
        DELETE FROM notes;
    END;
    -- The end.
    """,
)


@pytest.fixture
def memory() -> Iterator[sqlite3.Connection]:
    """Keep a database in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def test_migrated_equals_fresh(tmp_path: Path) -> None:
    """A database that met each step alone, in a process of its own, is made of the same as a new one."""
    steps = (*migrate.load(), NEXT)
    for step in steps:
        with closing(sqlite3.connect(tmp_path / "old", isolation_level=None)) as old:
            migrate.migrate(old, steps[: step.number])
            assert migrate.version(old) == step.number
    with (
        closing(sqlite3.connect(tmp_path / "old")) as old,
        closing(sqlite3.connect(tmp_path / "new", isolation_level=None)) as new,
    ):
        migrate.migrate(new, steps)
        assert migrate.schema(old) == migrate.schema(new)
        assert {name for _, name, *_ in migrate.schema(new)} >= {"partners", "outbox_due", "kept"}


async def test_an_older_database_is_migrated_at_the_start(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its rows in it, and still as private."""
    async with house.open() as database, database.unit(NOW) as unit:
        await a_couple(unit)
    steps = (
        *migrate.load(),
        Migration(migrate.latest() + 1, "CREATE TABLE shelves (id BIGINT NOT NULL PRIMARY KEY);"),
    )
    monkeypatch.setattr(migrate, "load", lambda: steps)
    migrate.expected.cache_clear()
    async with house.open() as database:
        assert await database.verify() == []
    migrate.expected.cache_clear()
    assert house.outside("SELECT count(*) FROM partners") == [(2,)]
    assert house.outside("SELECT count(*) FROM shelves") == [(0,)]
    assert house.path.stat().st_mode & 0o777 == files.PRIVATE_FILE


def test_a_step_that_fails_leaves_the_database_as_it_was(memory: sqlite3.Connection) -> None:
    """The steps before it stay."""
    migrate.migrate(memory)
    before = migrate.schema(memory)
    broken = Migration(migrate.latest() + 1, "CREATE TABLE one (x BIGINT);\nCREATE TABLE one (x BIGINT);")
    with pytest.raises(sqlite3.OperationalError):
        migrate.migrate(memory, (*migrate.load(), broken))
    assert migrate.schema(memory) == before
    assert migrate.version(memory) == migrate.latest()
    assert not memory.in_transaction


def test_a_step_that_breaks_references_is_refused(memory: sqlite3.Connection) -> None:
    """While tables are rebuilt SQLite does not watch; the end of the step does."""
    migrate.migrate(memory)
    broken = Migration(
        migrate.latest() + 1,
        "INSERT INTO seats (couple_id, seat, partner_id, active, rest_told) VALUES (9, 0, 9, 0, 0);",
    )
    with pytest.raises(ValueError, match="references"):
        migrate.migrate(memory, (*migrate.load(), broken))
    assert migrate.version(memory) == migrate.latest()


def test_a_step_without_an_end_is_refused() -> None:
    """A missing semicolon would lose the last statement."""
    with pytest.raises(ValueError, match="middle of a statement"):
        list(Migration(1, "CREATE TABLE a (x BIGINT);\nCREATE TABLE b (x BIGINT)").statements())


def test_numbers_have_no_gaps(tmp_path: Path) -> None:
    """Two people who number the same step meet here, and not in a database."""
    (tmp_path / "0001_first.sql").write_text("")
    (tmp_path / "0003_third.sql").write_text("")
    with pytest.raises(ValueError, match="without gaps"):
        migrate.load(tmp_path)


def test_comments_and_spacing_are_no_difference(memory: sqlite3.Connection) -> None:
    """A comment in an old step can be mended."""
    memory.execute("CREATE TABLE a (x BIGINT,  -- this\n  y TEXT)")
    assert migrate.schema(memory) == {("table", "a", "a", "CREATE TABLE a (x BIGINT, y TEXT)")}
