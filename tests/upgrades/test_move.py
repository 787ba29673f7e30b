"""A house with couples in the middle of everything moves from its file to a PostgreSQL server, and back."""

import gzip
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from postgres_cluster import Cluster

from storage import engines, files, moving
from storage.database import Database
from storage.errors import HouseThere, MovedAmiss, TargetExists, Unfinished
from storage.keyring import Keyring

RELEASE = Path(__file__).parent / "0.2.0"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Moved:
    """A house in a file, a server to move to, and what was told."""

    root: Path
    server: str
    told: list[tuple[str, int, bool]]

    @property
    def file(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def keyring(self) -> Keyring:
        """The key."""
        return Keyring.load(self.root / "keyring.json")

    def move(self, old: Path | str, new: Path | str, until: str = "") -> bool:
        """Move, or be interrupted after a table."""
        self.told.clear()

        def tell(table: str, rows: int, there: bool) -> None:  # noqa: FBT001 (called by place)
            self.told.append((table, rows, there))
            if table == until:
                raise KeyboardInterrupt

        return engines.move(old, new, self.keyring, tell)

    def change(self, sql: str) -> None:
        """Change the file's database behind Attune's back."""
        with closing(sqlite3.connect(self.file / files.DATABASE, isolation_level=None)) as connection:
            connection.execute(sql)


@pytest.fixture
async def house(tmp_path: Path, cluster: Cluster) -> AsyncIterator[Moved]:
    """Keep the release's house in a file, brought up to date."""
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(RELEASE / "keyring.json", tmp_path / "keyring.json")
    (tmp_path / "keyring.json").chmod(0o600)
    (tmp_path / "data" / files.DATABASE).write_bytes(gzip.decompress((RELEASE / "attune.db.gz").read_bytes()))
    url = cluster.create()
    made = Moved(tmp_path, url, [])
    await (await Database.open(made.file, made.keyring)).close()
    yield made
    cluster.drop(url)


def contents(folder: Path) -> dict[str, list[moving.Cells]]:
    """Read every row of every table."""
    with closing(sqlite3.connect(folder / files.DATABASE)) as connection:
        return {table.name: sorted(moving.selected(connection, table), key=repr) for table in moving.tables()}


async def test_there_and_back(house: Moved) -> None:
    """Not a row, a byte or a type differs, all keys open, and each can be served; the old house is as it was."""
    before = contents(house.file)
    assert not house.move(house.file, house.server)
    assert contents(house.file) == before
    assert {(name, rows) for name, rows, _ in house.told} == {
        (name, len(rows)) for name, rows in before.items()
    }
    assert sum(rows for _, rows, _ in house.told) >= 300
    assert engines.verify(house.server, house.keyring) == []
    assert not house.move(house.server, house.root / "back")
    assert contents(house.root / "back") == before
    assert engines.verify(house.root / "back", house.keyring) == []
    for place in (house.server, house.root / "back"):
        await (await Database.open(place, house.keyring)).close()
    with pytest.raises(HouseThere):
        house.move(house.file, house.server)
    with pytest.raises(TargetExists):
        house.move(house.server, house.root / "back")


@pytest.mark.parametrize("back", [False, True])
async def test_an_interrupted_move_goes_on(house: Moved, back: bool) -> None:  # noqa: FBT001 (drawn)
    """It can't be served before it is whole; what is there is passed over, and what has changed since comes anew."""
    old: Path | str = house.file
    new: Path | str = house.server
    if back:
        house.move(house.file, house.server)
        old, new = house.server, house.root / "back"
    with pytest.raises(KeyboardInterrupt):
        house.move(old, new, until="rounds")
    so_far = [table for table, *_ in house.told]
    if back:
        assert not (house.root / "back" / files.DATABASE).exists()
    else:
        with pytest.raises(Unfinished):
            await Database.open(new, house.keyring)
        house.change("UPDATE couples SET kept = kept + 1")
    house.move(old, new)
    there = [table for table, _, there in house.told if there]
    changed = len(so_far) if back else so_far.index("couples")
    assert there[:changed] == so_far[:changed]
    assert "couples" in there if back else "couples" not in there
    if not back:
        house.move(house.server, house.root / "back")
    assert contents(house.root / "back") == contents(house.file)


async def test_a_house_in_use_is_moved_as_it_is(house: Moved) -> None:
    """Whoever moves it hears that it was in use."""
    database = await Database.open(house.file, house.keyring)
    try:
        assert house.move(house.file, house.server)
    finally:
        await database.close()


def test_a_row_that_is_lost_is_found() -> None:
    """Nothing is served then."""

    class Losing:
        """Keeps all rows but the first."""

        def __init__(self) -> None:
            self.kept: dict[str, list[moving.Cells]] = {}
            self.served = False

        def rows(self, table: moving.Relation) -> Iterator[moving.Cells]:
            return iter(self.kept.get(table.name, []))

        def fill(self, _: object, table: moving.Relation, rows: Iterator[moving.Cells]) -> None:
            self.kept[table.name] = list(rows)[1:]

        def finish(self) -> None:
            self.served = True

    class Old:
        """Has two rows of everything."""

        def rows(self, _: moving.Relation) -> Iterator[moving.Cells]:
            return iter([(1, b"a"), (2, None)])

    losing = Losing()
    with pytest.raises(MovedAmiss):
        moving.move(Old(), losing, lambda *_: None)
    assert not losing.served


def test_as_a_command(house: Moved) -> None:
    """It says what it does, table by table, and what to set."""
    environment = {"ATTUNE_DATA": str(house.file), "ATTUNE_KEY_FILE": str(house.root / "keyring.json")}

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 (our own)
            [sys.executable, "-m", "bot", "move", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("--to", house.server)
    assert done.returncode == 0, done.stderr
    assert "the same" in done.stdout
    assert done.stdout.count(" rows") > 15
    again = run("--to", house.server)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "holds a house already" in again.stderr
    assert run("--to", str(house.root / "other")).returncode == 2
