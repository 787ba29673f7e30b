"""The demo: a page with two phones, and behind it the real bot on a clock that the visitor moves.

The page is served first, and the bot loaded while it already answers. "Start over" ends one home and begins
another; the page stays.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bot.home import script
from bot.home.keep import DemoFolder
from bot.home.play import IN_ENGLISH, STALLED, Play
from bot.sandbox.stage import Stage, serve_page
from prompts.overlay import Overlay
from prompts.source import FALLBACK

if TYPE_CHECKING:
    from bot.home.house import Home

SAVE_AFTER = 0.5  # seconds that what happened may wait to be kept
BOT = 4200000001
PEOPLE = ("Noa", "Sam")
log = logging.getLogger(__name__)


async def demo(
    *,
    port: int,
    data: Path | None,
    stop: asyncio.Event,
    tell: Callable[[str, str], None],
    pace: float = 1.0,
    overlay: Overlay | None = None,
    language: str = FALLBACK,
) -> None:
    """Serve the page until `stop` is set. Raises OSError for a port in use.

    `tell` hears once where the page is, and an address for a command line, which leads there a single time.
    `pace` stretches the play's pauses: 1 is slow enough to read, 0 waits for nobody. `overlay` is laid over our words.
    `language` is that of both phones.
    """
    keep = DemoFolder(data)
    stage = Stage(zone=script.ZONE, token=keep.token(), intro=script.INTRO)
    async with serve_page(stage, port=port) as page:
        tell(page.url, page.once())
        # The bot takes a second to load: in a thread, so that the page answers meanwhile.
        await asyncio.to_thread(import_module, "bot.home.house")
        await _Director(stage, keep, stop, pace=pace, overlay=overlay, language=language).run()


class _Director:
    """Runs one home after another, and does what the page's visitor asks of the story."""

    def __init__(
        self,
        stage: Stage,
        keep: DemoFolder,
        stop: asyncio.Event,
        *,
        pace: float,
        overlay: Overlay | None,
        language: str,
    ) -> None:
        self.stage = stage
        self.keep = keep
        self.ended = stop
        self.pace = pace
        self.overlay = overlay
        self.language = language
        self._turn = asyncio.Event()
        self._home: Home | None = None
        self._playing: asyncio.Task[str] | None = None
        stage.director = self

    async def run(self) -> None:
        """Run homes until the end."""
        ending = asyncio.create_task(self._turn_at_the_end())
        try:
            while not self.ended.is_set():
                await self._run_one()
        finally:
            ending.cancel()

    async def _turn_at_the_end(self) -> None:
        await self.ended.wait()
        self._turn.set()

    async def _run_one(self) -> None:
        house = import_module("bot.home.house")
        state = self.keep.load()
        async with house.at_home(
            script.START,
            zone=script.ZONE,
            data=self.keep.database,
            prompts=script.PROMPTS,
            last=script.STORY_ENDS,
            state=state.get("world"),
            running_clock=True,
            content=house.load_content(self.overlay),
            token=f"{BOT}:{secrets.token_urlsafe(24)}",  # no other site can guess it, and act as the bot
        ) as home:
            self._show(home, state)
            saving = asyncio.create_task(self._save_on(home))
            try:
                await home.app.until(self._turn)
            finally:
                saving.cancel()
                await asyncio.gather(saving, return_exceptions=True)
                await self.stop()
                self._home = None
                self.stage.clear()
        if self.ended.is_set():
            self._save(home, ended=True)
        else:
            self.keep.forget()
            self._turn.clear()

    def _show(self, home: "Home", state: dict[str, object]) -> None:
        self._home = home
        shown = state.get("stage")
        if isinstance(shown, dict):
            self.stage.show(home.world, **shown)
            return
        people = [
            home.world.phone(first_name=name, username=name.lower(), language_code=self.language)
            for name in PEOPLE
        ]
        self.stage.show(home.world, [phone.user_id for phone in people])

    # Keeping

    async def _save_on(self, home: "Home") -> None:
        while True:
            saved = home.world.events.last
            await home.world.events.bell.wait(3600)
            await asyncio.sleep(SAVE_AFTER)
            if home.world.events.last != saved:
                self._save(home, ended=False)

    def _save(self, home: "Home", *, ended: bool) -> None:
        if self.keep.folder is not None:
            world, stage = home.world.snapshot(), self.stage.to_json()
            self.keep.save({"world": world, "stage": stage, "ended": ended})

    # What the visitor asks

    async def next_opening(self) -> datetime | None:
        """Tell when the next round opens."""
        if self._home is None:
            return None
        async with self._home.app.database.unit(self._home.clock.now()) as work:
            return await work.couples.next_due()

    async def is_idle(self) -> bool:
        """Tell whether the bot has nothing to send or open now."""
        if self._home is None:
            return True
        now = self._home.clock.now()
        async with self._home.app.database.unit(now) as work:
            due = [await work.spool.next_due(), await work.couples.next_due(), await work.pulses.next_due()]
            if await work.spool.on_the_way():
                return False
        return all(instant is None or instant > now for instant in due)

    async def start_over(self) -> None:
        """Begin anew with empty chats."""
        self._turn.set()

    async def play(self) -> None:
        """Let the people on show act by themselves."""
        if self._home is None or self._playing is not None:
            return
        if self.language != FALLBACK:
            self.stage.set_playing(playing=False, note=IN_ENGLISH)
            return
        self.stage.set_playing(playing=True)
        self._playing = asyncio.create_task(Play(self.stage, self, self.pace).run())
        self._playing.add_done_callback(self._played)

    async def stop(self) -> None:
        """Give the phones back."""
        if self._playing is not None:
            playing = self._playing
            playing.cancel()
            with suppress(asyncio.CancelledError):
                await playing

    def _played(self, task: "asyncio.Task[str]") -> None:
        self._playing = None
        if task.cancelled():
            note = ""
        elif task.exception() is not None:
            log.error("the play stopped: %s", type(task.exception()).__name__)
            note = STALLED
        else:
            note = task.result()
        self.stage.set_playing(playing=False, note=note)
