"""Run python-telegram-bot's own live tests against the sandbox: `run.py [pytest's options]`.

It makes a folder with an environment of its own, takes the tests from the library's source distribution, and stands
in for the media files that this leaves out. Needs a package index; takes two minutes.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path
from typing import Any

from ptb_media import MEDIA

VERSION = "22.8"
HERE = Path(__file__).parent
NEEDED = (
    f"python-telegram-bot[all]=={VERSION}",
    "pytest==9.0.3",
    "pytest-asyncio==0.21.2",
    "pytest-xdist==3.8.0",
    "flaky==3.8.1",
    "pytz==2026.2",
    "beautifulsoup4==4.14.3",
    "aiohttp==3.14.5",
    "regex==2026.11.15",
    "tzdata==2026.6",
)
JPEG = b"\xff\xd8\xff\xc0\x00\x11\x08\x03\x20\x03\x20" + b"\x00" * 12
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x03\x20\x00\x00\x03\x20"


def _run(command: list[str], **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run a program of the folder that was just made."""
    return subprocess.run(command, text=True, **options)  # noqa: PLW1510, S603  its words are all ours


def prepare(folder: Path) -> tuple[Path, Path]:
    """Make the environment and the tests; return the interpreter and the tests' root."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "install", *NEEDED], check=True)
    source = ["--no-deps", "--no-binary", ":all:", "--dest", str(folder), f"python-telegram-bot=={VERSION}"]
    _run([*pip, "download", *source], check=True)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    root = folder / f"python_telegram_bot-{VERSION}"
    for name, size in MEDIA.items():
        head = {".jpg": JPEG, ".png": PNG}.get(Path(name).suffix, b"\x01")
        (root / "tests" / "data" / name).write_bytes(head.ljust(size, b"\x00"))
    return python, root


def main() -> int:
    """Run the tests that ask Telegram, and say how many pass."""
    with tempfile.TemporaryDirectory() as name:
        python, root = prepare(Path(name).resolve())
        command = [str(python), "-m", "pytest", "-p", "plugin", "-m", "req", "-q", "-p", "no:cacheprovider"]
        options = ["--no-header", "--tb=line", "-rfE", *sys.argv[1:]]
        environment = {"PYTHONPATH": str(HERE), "PATH": "/usr/bin:/bin"}
        done = _run([*command, *options], cwd=root, env=environment, capture_output=True, check=False)
    for line in done.stdout.splitlines():
        if re.match("FAILED|ERROR", line):
            sys.stdout.write(line + "\n")
    summary = done.stdout.strip().splitlines()[-1] if done.stdout else done.stderr
    sys.stdout.write(summary + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
