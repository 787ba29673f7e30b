"""Many couples of the release of 23 November 2026: its fixture's database, and a crowd beside those in it.

`python tests/upgrades/crowd.py 100000` times a start that brings them up to date, kills others in the middle of it at
random instants, lets each go on, and prints what was seen.
"""

import gzip
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench")]

from bench_fill import crowd  # noqa: E402 (found by the lines above)

from storage import migrate  # noqa: E402 (found by the path above)

RELEASE = HERE / "2026-11-23"
KILLS = 10
START = """
import asyncio, logging, sys
from pathlib import Path
from storage.database import Database
from storage.keyring import Keyring
logging.basicConfig(level="INFO", format="%(message)s")
async def main(folder):
    await (await Database.open(folder / "data", Keyring.load(folder / "key" / "keyring.json"))).close()
asyncio.run(main(Path(sys.argv[1])))
"""


def populate(folder: Path, couples: int) -> Path:
    """Lay the release's files out in a folder, with so many more couples; tell the database."""
    for name in ("data", "key"):
        (folder / name).mkdir(mode=0o700, parents=True)
    path = folder / "data" / "attune.db"
    path.write_bytes(gzip.decompress((RELEASE / "attune.db.gz").read_bytes()))
    path.chmod(0o600)
    shutil.copy(RELEASE / "keyring.json", folder / "key" / "keyring.json")
    (folder / "key" / "keyring.json").chmod(0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        crowd(connection, couples, 0, datetime(2026, 3, 9, 20, tzinfo=UTC), chat=900_000_001)
    return path


def counts(path: Path) -> dict[str, int]:
    """Count the rows of what people have."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 (of our own)
            for table in ("partners", "couples", "seats", "rounds", "turns", "seen_prompts", "pieces")
        }


def _begin(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", START, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)  # noqa: S603 (our own)


def _shown(path: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(path)) as connection:
        told = sorted(migrate.schema(connection))
        return migrate.version(connection), hashlib.sha256(repr(told).encode()).hexdigest()[:8]


def main(couples: int) -> None:
    """Time one start, and kill others."""
    with tempfile.TemporaryDirectory() as scratch:
        first = Path(scratch) / "first"
        path = populate(first, couples)
        kept = Path(scratch) / "kept.db"
        shutil.copy(path, kept)
        before = counts(path)
        print(f"{couples:,} couples, {path.stat().st_size / 1e6:.0f} MB, schema {_shown(path)[0]}")  # noqa: T201 (for whoever runs it)
        began = time.monotonic()
        running = _begin(first)
        for line in running.stderr or ():
            print(f"{time.monotonic() - began:6.1f} s  {line.rstrip()}")  # noqa: T201 (as above)
        took = time.monotonic() - began
        assert running.wait() == 0
        assert counts(path) == before
        print(f"up to date in {took:.1f} s; every row is there")  # noqa: T201 (as above)
        killed = 0
        shutil.copy(kept, path)
        while killed < KILLS:
            running = _begin(first)
            time.sleep(random.uniform(took * 0.1, took))  # noqa: S311 (no secret)
            os.kill(running.pid, signal.SIGKILL)
            running.communicate()
            killed += 1
            print(f"killed at schema {_shown(path)[0]}")  # noqa: T201 (as above)
            if _shown(path)[0] == migrate.latest():
                shutil.copy(kept, path)
                for beside in path.parent.glob("attune.db-*"):
                    beside.unlink()
        assert _begin(first).wait() == 0
        assert counts(path) == before
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        print(f"after {killed} kills: up to date, whole, every row is there")  # noqa: T201 (as above)


if __name__ == "__main__":
    main(int(sys.argv[1]))
