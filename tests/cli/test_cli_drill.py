"""`drill` and a folder of backups, as a timer runs them."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from processes import environment

from storage.database import Database
from storage.keyring import Keyring
from storage.rotation import all_in, name_for


async def run(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """Run a command; tell its status and what it has said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=environment(folder, **settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def lived_in(folder: Path) -> Path:
    """Make a key and a database; name a folder for backups."""
    keyring = Keyring.ready(folder / "key" / "keyring.json", folder / "data")
    await (await Database.open(folder / "data", keyring)).close()
    return folder / "backups"


async def test_a_month_of_nights(tmp_path: Path) -> None:
    """Backups are made and discarded; the newest is restored and thrown away; the live data stays as it is."""
    backups = await lived_in(tmp_path)
    given = {"ATTUNE_BACKUPS": str(backups)}
    assert (await run(tmp_path, "backup", **given))[0] == 0
    first = all_in(backups)[0]
    for days in (1, 2, 3):  # nights before it
        (backups / name_for(first.made_at - timedelta(days=days))).write_bytes(first.file.read_bytes())
    before = contents(tmp_path)
    status, said = await run(tmp_path, "drill", **given)
    assert (status, said.strip()) == (
        0,
        f"{first.file.name} can be restored: all of it was read. It is 0 hours old.",
    )
    assert contents(tmp_path) == before
    first.file.rename(backups / name_for(first.made_at - timedelta(hours=1)))
    status, said = await run(tmp_path, "backup", "--keep", "2", **given)
    assert status == 0
    assert "Discarded 3 older: the newest 2 are kept." in said
    assert len(all_in(backups)) == 2


async def test_what_a_drill_finds_wrong(tmp_path: Path) -> None:
    """No folder named, none in it, an old one, a damaged one: each in words, and a status that a timer notices."""
    backups = await lived_in(tmp_path)
    given = {"ATTUNE_BACKUPS": str(backups)}
    assert await run(tmp_path, "drill") == (2, "Set ATTUNE_BACKUPS to the folder that backup fills.\n")
    status, said = await run(tmp_path, "backup")
    assert (status, said) == (2, "Name a new file, or set ATTUNE_BACKUPS to a folder for backups.\n")
    status, said = await run(tmp_path, "drill", **given)
    assert (status, "Make a first backup" in said) == (2, True)
    assert (await run(tmp_path, "backup", **given))[0] == 0
    made = all_in(backups)[0].file
    old = made.rename(backups / name_for(datetime.now(UTC) - timedelta(days=9, hours=5)))
    status, said = await run(tmp_path, "drill", **given)
    assert (status, "It is 9 days and 5 hours old." in said, "too old" in said) == (1, True, True)
    old.write_bytes(old.read_bytes()[:-4096])
    status, said = await run(tmp_path, "drill", **given)
    assert (status, "is damaged" in said) == (2, True)
