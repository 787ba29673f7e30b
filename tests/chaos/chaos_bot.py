"""The real bot as a process of its own, started again whenever it ends."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.sandbox import TOKEN

ROOT = Path(__file__).resolve().parents[2]
MOST_CRASHES = 3
REFUSED = 2  # the exit code of a start that was refused in a line
GRACE = 20.0  # seconds for a graceful end
SERVE = ("-m", "bot", "serve", "--sandbox-clock")
PATIENCE = 60.0  # seconds for what comes within moments


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    over = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < over, "it never came to that"
        await asyncio.sleep(0.01)


class BotProcess:
    """`python -m bot serve --sandbox-clock`, or another program, kept running until `finish`."""

    def __init__(
        self,
        url: str,
        folder: Path,
        within: Sequence[str] = (),
        program: Sequence[str] = SERVE,
        *,
        name: str = "bot",
        server: str = "",
        root: Path = ROOT,
    ) -> None:
        self.data = folder / "data"
        self.key_file = folder / "key" / "keyring.json"
        self.log = folder / f"{name}.log"
        self._root = root  # of the version that it runs
        self.server = server  # a PostgreSQL database's address, where it is instead of a file
        self.kills = 0
        self.crashes: list[int] = []  # exit codes that nobody caused
        self._url = url
        self._within = within  # a command that runs the bot in a house of its own
        self._program = program
        self._killed = False
        self._ending = False
        self._process: asyncio.subprocess.Process | None = None
        self.lives = 0

    async def keep(self) -> None:
        """Start it, and again after each end, until `finish`."""
        while not self._ending:
            with self.log.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *self._within,
                    sys.executable, *self._program,
                    cwd=self._root, env=self.environment(), stdout=log, stderr=log,
                )  # fmt: skip
            self._killed = False
            self.lives += 1
            code = await self._process.wait()
            if self.server and code == REFUSED:  # its database is away: a service manager tries again
                await asyncio.sleep(0.5)
            elif not self._killed and not self._ending:
                self.crashes.append(code)
                if len(self.crashes) > MOST_CRASHES:
                    raise RuntimeError(f"the bot ends by itself, again and again: {self._last_words()}")

    def kill(self) -> None:
        """Send SIGKILL, at once, unless it is dead already."""
        process = self._process
        if process is None or process.returncode is not None or self._killed:
            return
        self._killed = True
        self.kills += 1
        os.kill(process.pid, signal.SIGKILL)

    @property
    def memory(self) -> Path | str:
        """Tell where its database is."""
        return self.server or self.data / "attune.db"

    @property
    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.returncode is None and not self._killed

    @property
    def pid(self) -> int:
        """Tell the process id."""
        assert self._process is not None
        return self._process.pid

    async def finish(self, keeper: asyncio.Task[None]) -> None:
        """End it gracefully."""
        self._ending = True
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(GRACE):
            await keeper

    def environment(self) -> dict[str, str]:
        """Give its settings, for it and for the operator's commands."""
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "ATTUNE_TOKEN": TOKEN,
            "ATTUNE_API_URL": self._url,
            "ATTUNE_DATA": str(self.data),
            "ATTUNE_KEY_FILE": str(self.key_file),
            "ATTUNE_OPERATOR": "nobody in particular",
            "ATTUNE_ALLOW": "open",
            "ATTUNE_ZONE": "Europe/Dublin",
            **({"ATTUNE_DATABASE": self.server} if self.server else {}),
        }

    def _last_words(self) -> str:
        return " | ".join(self.log.read_text(errors="replace").splitlines()[-3:])
