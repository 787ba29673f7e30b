"""Key files as containers mount them: read-only, or a file by itself. Each mount is a real one, seen by one process."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from storage_house import House

pytestmark = pytest.mark.sqlite

ROOT = Path(__file__).parents[2]
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]  # its mounts end with it
REKEY = """
import sys
from pathlib import Path
from storage.errors import StorageError
from storage.keyring import Keyring
try:
    Keyring.load(Path(sys.argv[1])).add_generation()
except StorageError as error:
    print(type(error).__name__)
"""


def _may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*ALONE, "true"], capture_output=True, check=False)  # noqa: S603 (fixed words)
    return tried.returncode == 0


needs_mounts = pytest.mark.skipif(not _may_mount(), reason="this machine lets nobody mount for themselves")


def said_of(house: House, mounting: str) -> str:
    """Mount something by a line of shell, and tell what adding a key says then."""
    key = house.key_file
    line = f'{mounting} && exec "$PYTHON" -c "$REKEY" "$KEY"'
    environment = {"PYTHON": sys.executable, "REKEY": REKEY, "KEY": str(key), "KEYS": str(key.parent)}
    done = subprocess.run(  # noqa: S603 (lines of this file)
        [*ALONE, "sh", "-c", line],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@needs_mounts
@pytest.mark.parametrize(
    ("mounting", "told"),
    [
        ('mount --bind "$KEYS" "$KEYS" && mount -o remount,bind,ro "$KEYS"', "KeyBorrowed"),
        (
            'chmod 440 "$KEY" && mount --bind "$KEYS" "$KEYS" && mount -o remount,bind,ro "$KEYS"',
            "KeyBorrowed",
        ),
        ('mount --bind "$KEY" "$KEY"', "MountedAlone"),
        ("true", ""),
    ],
    ids=["read-only", "of a group", "by itself", "not mounted"],
)
def test_a_mounted_key_is_told_with_what_to_do(house: House, mounting: str, told: str) -> None:
    """Where nothing can be written beside the key, nobody could be forgotten: that is said at the start."""
    assert said_of(house, mounting) == told
