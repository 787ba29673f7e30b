"""What a demo keeps between two runs, in a folder of its own; without a folder, nothing.

DIR/key.json      the page's token, so that an open tab goes on after a restart
DIR/phones.json   the sandbox: people, chats, what waits, and who is on show
DIR/bot/          the bot's database, with its keys in DIR/key/
"""

import json
import secrets
import shutil
from pathlib import Path
from typing import Any

LEAP = 10_000


class KeepError(Exception):
    """What was kept can't be used; the message is one line that says what to do."""


class DemoFolder:
    """A demo's folder, or none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def database(self) -> Path | None:
        """Return the bot's own folder."""
        return self.folder / "bot" if self.folder else None

    def token(self) -> str:
        """Return the page's token: the kept one, or a new one."""
        if self.folder is None:
            return secrets.token_urlsafe(24)
        path = self.folder / "key.json"
        if not path.exists():
            _write(path, {"token": secrets.token_urlsafe(24)})
        return str(_read(path)["token"])

    def load(self) -> dict[str, Any]:
        """Return what was saved; empty where nothing was. Raises KeepError."""
        path = self.folder / "phones.json" if self.folder else None
        state = _read(path) if path and path.exists() else {}
        if state and not state.get("ended"):
            _leap(state["world"])
        return state

    def save(self, state: dict[str, Any]) -> None:
        """Keep this, whole or not at all."""
        if self.folder is not None:
            _write(self.folder / "phones.json", state)

    def forget(self) -> None:
        """Begin anew: only the token stays."""
        if self.folder is not None:
            (self.folder / "phones.json").unlink(missing_ok=True)
            shutil.rmtree(self.folder / "bot", ignore_errors=True)
            shutil.rmtree(self.folder / "key", ignore_errors=True)


def _leap(world: dict[str, Any]) -> None:
    """Pass over numbers that may have been given after the last save, before the power went.

    The bot remembers which updates it has seen: a number given twice would be an update that it never takes.
    """
    world["updates"]["next_id"] += LEAP
    world["last_event"] += LEAP
    for name in ("message", "query"):
        world["counters"][name] += LEAP


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise KeepError(f"{path} can't be read; remove it to begin anew")
    return found


def _write(path: Path, content: dict[str, Any]) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(content), encoding="utf-8")
    fresh.replace(path)
