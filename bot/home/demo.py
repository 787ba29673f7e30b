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
from bot.home.legible import ChatReader
from bot.home.play import Play
from bot.sandbox.stage import PageWords, Stage, serve_page
from prompts.demo_words import has_page, load_page, load_play
from prompts.overlay import Overlay
from prompts.source import FALLBACK
from prompts.tongue import Tongue, load_tongues

if TYPE_CHECKING:
    from bot.content import Content
    from bot.home.house import Home

SAVE_AFTER = 0.5  # seconds that what happened may wait to be kept
BOT = 4200000001
log = logging.getLogger(__name__)


async def demo(
    *,
    port: int,
    data: Path | None,
    stop: asyncio.Event,
    tell: Callable[[str, str], None],
    pace: float = 1.0,
    overlay: Overlay | None = None,
    language: str = "",
    content: "Content | None" = None,
) -> None:
    """Serve the page until `stop` is set. Raises OSError for a port in use.

    `tell` hears once where the page is, and an address for a command line, which leads there a single time.
    `pace` stretches the play's pauses: 1 is slow enough to read, 0 waits for nobody. `overlay` is laid over our words.
    `language` is that of both phones and of the page; without one, what was kept goes on in its own, or English.
    `content` is one that has been read already, for whoever runs many demos.
    """
    keep = DemoFolder(data)
    language = language or str(keep.load().get("language") or FALLBACK)
    stage = Stage(token=keep.token())
    dress(stage, language)
    async with serve_page(stage, port=port) as page:
        tell(page.url, page.once())
        # The bot takes a second to load: in a thread, so that the page answers meanwhile.
        await asyncio.to_thread(import_module, "bot.home.house")
        director = _Director(
            stage, keep, stop, pace=pace, overlay=overlay, language=language, content=content
        )
        await director.run()


def dress(stage: Stage, language: str) -> None:
    """Show the people of a language's play, and say what the page says in it."""
    tongues = {code: tongue for code, tongue in load_tongues().items() if tongue.offered}
    said = tongues[language if has_page(language) else FALLBACK]
    play, choices = load_play(language), {code: (one.name, one.rtl) for code, one in tongues.items()}
    words = PageWords(load_page(language), language, _bcp47(said), said.rtl, choices)
    stage.dress(zone=play.zone, place=play.city, intro=play.intro, words=words)


def _bcp47(tongue: Tongue) -> str:
    return tongue.locale_name.replace("_", "-")


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
        content: "Content | None",
    ) -> None:
        self.stage = stage
        self.keep = keep
        self.ended = stop
        self.pace = pace
        self.overlay = overlay
        self.language = language
        self._turn = asyncio.Event()
        self._home: Home | None = None
        self._given = content
        self._content: Content | None = None
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
        play = load_play(self.language)
        content: Content = self._given or house.load_content(self.overlay)
        async with house.at_home(
            script.starts(play.zone),
            zone=play.zone,
            data=self.keep.database,
            prompts=script.PROMPTS,
            last=script.ends(play.zone),
            state=state.get("world"),
            running_clock=True,
            content=content,
            token=f"{BOT}:{secrets.token_urlsafe(24)}",  # no other site can guess it, and act as the bot
        ) as home:
            self._content = content
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
            home.world.phone(first_name=name, username=username, language_code=self.language)
            for name, username in zip(load_play(self.language).names, script.USERNAMES, strict=True)
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
            self.keep.save({"world": world, "stage": stage, "ended": ended, "language": self.language})

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

    async def speak(self, language: str) -> None:
        """Begin anew in another language; raises LookupError for one that there is not."""
        if language not in self.stage.words.choices:
            raise LookupError("there is no such language here")
        self.language = language
        dress(self.stage, language)
        self._turn.set()

    async def play(self) -> None:
        """Let the people on show act by themselves."""
        if self._home is None or self._content is None or self._playing is not None:
            return
        self.stage.set_playing(playing=True)
        words, reader = load_play(self.language), ChatReader(self._content, self.language)
        self._playing = asyncio.create_task(Play(self.stage, self, words, reader, self.pace).run())
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
            note = load_play(self.language).stalled
        else:
            note = task.result()
        self.stage.set_playing(playing=False, note=note)
