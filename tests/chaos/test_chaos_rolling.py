"""A rolling upgrade: a process of the next version brings the database on while one of this version goes on serving."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chaos_bot import ROOT, BotProcess
from postgres_cluster import Cluster
from test_chaos_several import PATIENCE, answered, leads

from bot.sandbox import World, serve
from storage import migrate

COLUMN = "ALTER TABLE partners ADD COLUMN hue TEXT;\n"


@pytest.fixture
def shared(cluster: Cluster) -> Iterator[str]:
    """Make a database on a server; tell its address."""
    url = cluster.create()
    yield url
    cluster.drop(url)


def next_version(folder: Path) -> Path:
    """Copy this version, with a migration more."""
    for room in ("bot", "prompts", "storage"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "storage" / "migrations" / f"{migrate.latest() + 1:04}_hue.sql").write_text(COLUMN)
    return folder


async def migrated(cluster: Cluster, url: str) -> None:
    """Wait until the database is of the next version."""
    with cluster.connect(url) as beside:
        async with asyncio.timeout(PATIENCE):
            while beside.execute("SELECT number FROM attune").fetchone() != (migrate.latest() + 1,):  # noqa: ASYNC110 (another process's doing)
                await asyncio.sleep(0.05)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_two_versions_serve_side_by_side(tmp_path: Path, cluster: Cluster, shared: str) -> None:
    """Neither misses an answer; the older one can't be started any more, and says so in a line."""
    world = World()
    phone = world.phone(first_name="Ana")
    async with serve(world) as telegram:
        older = BotProcess(telegram.url, tmp_path, name="older", server=shared)
        newer = BotProcess(
            telegram.url, tmp_path, name="newer", server=shared, root=next_version(tmp_path / "next")
        )
        async with asyncio.TaskGroup() as group:
            olders = group.create_task(older.keep())
            phone.send_text("/start")
            await answered(phone)
            newers = group.create_task(newer.keep())
            await migrated(cluster, shared)
            await answered(phone)
            assert leads(older, "drain")
            await older.finish(olders)
            await answered(phone)
            assert leads(newer, "drain")
            await newer.finish(newers)
        refused = subprocess.run(  # noqa: ASYNC221 (our own, and nothing else runs)
            [sys.executable, "-m", "bot"],
            cwd=ROOT,
            env=older.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 2
    assert "newer Attune" in refused.stderr
    assert sum(message.from_bot for message in phone.messages) >= 4
    assert older.crashes + newer.crashes == []
