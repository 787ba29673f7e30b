"""What every run begins with: a place in memory for what tests write, and the index of places.

A test's database waits for the disk at every commit, as it should; on a disk that is much of the run. Where
there is room in memory and nobody has said otherwise by TMPDIR, temporary files stand there.
"""

import gc
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from postgres_cluster import Cluster, programs
from whole_words import whole_words

from bot import places
from bot.content import Content
from storage.postgres import engine

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of a name of its own is made in it)
ROOM = 2 * 1024**3  # bytes that must be free
PATIENT = 60_000  # milliseconds


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the engine be chosen that memory's tests run on."""
    parser.addoption("--engine", choices=("sqlite", "postgres"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is of SQLite's file alone where another engine is chosen."""
    if config.getoption("--engine") != "sqlite":
        left_out = [item for item in items if item.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture(autouse=True)
def _same_chance(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test's ids, and the cards that are drawn by them, be the same in each run: a red test stays red."""
    dice = random.Random(request.node.nodeid)  # noqa: S311 (no secret)
    chance = SimpleNamespace(randbelow=dice.randrange, token_bytes=dice.randbytes)
    monkeypatch.setattr("storage.database.secrets", chance)


@pytest.fixture(scope="session")
def content() -> Content:
    """Return all the words: nobody changes them."""
    return whole_words()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL server."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server is installed here: apt-get install postgresql")
    running = Cluster.start(found)
    yield running
    running.end()


@pytest.fixture
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str | None]:
    """Make a database on the chosen engine's server, and tell its address; None where SQLite is chosen.

    A test that stands still for some seconds, on a busy machine, isn't ended for it as a bot would be.
    """
    if request.config.getoption("--engine") == "sqlite":
        yield None
        return
    monkeypatch.setattr(engine, "_NUMBER", engine._NUMBER.replace(f"'{engine.ALONE}'", f"'{PATIENT}'"))
    monkeypatch.setattr(engine, "ALONE", PATIENT)
    running: Cluster = request.getfixturevalue("cluster")
    url = running.make()
    yield url
    running.drop(url)


# Where that is forbidden, each worker and each of the bots that tests start compiles everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
gc.disable()  # until all tests are collected: what is read until then stays


def pytest_configure() -> None:
    """Write to memory where there is room; whatever a test starts does as well."""
    there = "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if there and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_collection_finish() -> None:
    """Look for garbage in what the tests make alone: eight thousand of them stay, with all that they import."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_sessionstart() -> None:
    """Make the index where there is none yet."""
    places.prepare()
