"""The one composition root: config -> storage, clock, Telegram, supervised tasks."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

from bot.actions import open_rounds, rest
from bot.actions.open_rounds import Content, House
from bot.actions.ports import Work
from bot.clock import Clock
from bot.config import Config, Retention
from bot.delivery.drain import Drain
from bot.delivery.heartbeat import Heartbeat
from bot.delivery.pace import Pace
from bot.messages import Row
from bot.supervise import Supervisor
from bot.telegram.act import Setting
from bot.telegram.compose import Composer, preparer
from bot.telegram.connection import Connection, connect
from bot.telegram.lexicon import Lexicon
from bot.telegram.patience import Patience
from bot.telegram.scene import Installation
from storage.database import Database
from storage.keyring import Keyring
from storage.sweep import Keep, put_right, sweep

log = logging.getLogger(__name__)

DUE_AT_ONCE = 100  # couples in one transaction of the heartbeat: people's updates wait no longer than that
SWEPT_AT_ONCE = 500
REWRAPPED_AT_ONCE = 200
SWEEP_EVERY = timedelta(hours=1)
STOP_WITHIN = 5.0  # seconds


class App:
    """The running bot. Made by `running`."""

    def __init__(self, database: Database, house: House, clock: Clock, keep: Keep) -> None:
        self.database = database
        self.supervisor = Supervisor()
        self._house = house
        self._clock = clock
        self._keep = keep
        self._swept_at: datetime | None = None
        self.hurry = asyncio.Event()

    def tidy_now(self) -> None:
        """Sweep and wrap keys anew at once, not within the hour: for an operator who has added a key."""
        self._swept_at = None
        self.hurry.set()

    async def until(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; raise what ended a task before that."""
        await self.supervisor.until(stop)

    async def beat(self, now: datetime) -> datetime | None:
        """Open what is due, in bounded transactions; tell when the next opening or sweep falls due."""
        while True:
            async with self.database.unit(now) as work:
                due = await work.couples.due(now, DUE_AT_ONCE)
                failed = await open_rounds.open_due(work, due, self._house) if due else {}
                following = await work.couples.next_due()
            for couple, failure in failed.items():
                log.error("Couple %d was not opened: %s", couple, type(failure).__name__)
            if len(due) < DUE_AT_ONCE:
                break
        sweep_at = await self._sweep(now)
        return min(following, sweep_at) if following else sweep_at

    async def _sweep(self, now: datetime) -> datetime:
        """Delete what has served its time, once an hour; tell when next."""
        if self._swept_at is None or not timedelta(0) <= now - self._swept_at < SWEEP_EVERY:
            # An hour has passed in an hour: a clock that was put wrong at the start is right by then.
            steady = self._swept_at is not None and SWEEP_EVERY <= now - self._swept_at < 2 * SWEEP_EVERY
            self._swept_at = now
            deleted = SWEPT_AT_ONCE
            while deleted == SWEPT_AT_ONCE:
                async with self.database.unit(now) as work:
                    deleted = await sweep(work, SWEPT_AT_ONCE, self._keep)
            await self.rewrap()
            if steady:
                await self._bring_back(now)
                await self._put_right(now)
        return self._swept_at + SWEEP_EVERY

    async def _bring_back(self, now: datetime) -> None:
        """Plan anew what a clock that was wrong has planned too far ahead."""
        found = DUE_AT_ONCE
        while found == DUE_AT_ONCE:
            async with self.database.unit(now) as work:
                found = await open_rounds.bring_back(work, DUE_AT_ONCE)
            if found:
                log.warning(
                    "%d openings were planned by a clock that was wrong: they are planned anew", found
                )

    async def _put_right(self, now: datetime) -> None:
        """Let leave what was queued for too far ahead."""
        found = SWEPT_AT_ONCE
        while found == SWEPT_AT_ONCE:
            async with self.database.unit(now) as work:
                found = await put_right(work, SWEPT_AT_ONCE)

    async def rewrap(self) -> None:
        """Wrap everybody's key by the operator's newest one, if there is a new one."""
        while await self.database.rewrap(REWRAPPED_AT_ONCE):
            pass


def _keep(retention: Retention) -> Keep:
    return Keep(
        updates=timedelta(days=retention.updates),
        messages=timedelta(days=retention.messages),
        invites=timedelta(days=retention.invites),
    )


async def _lose(unit: Work, row: Row) -> None:
    """Let the practice know that a partner can't be reached."""
    if row.message.to is not None:
        await rest.lose(unit, row.message.to)


@asynccontextmanager
async def running(
    config: Config,
    clock: Clock,
    lexicon: Lexicon,
    *,
    content: Content | None = None,
    pace: Pace | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[App]:
    """Run the bot until the block ends. Raises StorageError, TokenRefused.

    `content` limits the decks, `pace` replaces Telegram's limits, `patience` how much of one person is taken
    at a time: all for the bot at home.
    """
    async with AsyncExitStack() as stack:
        keyring = Keyring.ready(config.key_file, config.data)
        database = await Database.open(config.data, keyring)
        stack.push_async_callback(database.close)
        house = House(content or lexicon, config.zone)
        app = App(database, house, clock, _keep(config.retention))
        telegram = await connect(config, clock)
        stack.push_async_callback(telegram.close)
        setting = Setting(config, lexicon, house, patience=patience or Patience())
        telegram.route(setting)
        _start(app, telegram, setting, clock, pace or Pace(config.rate))
        stack.push_async_callback(app.supervisor.stop, STOP_WITHIN)
        yield app


def _start(app: App, telegram: Connection, setting: Setting, clock: Clock, pace: Pace) -> None:
    wake = asyncio.Event()
    app.database.on_queued(wake.set)
    config = setting.config
    here = Installation(config.operator, telegram.username, config.retention, setting.whispers)
    composer = Composer(setting.lexicon, here)
    prepare = preparer(app.database, composer, telegram.sender, telegram.fetch, clock.now)
    drain = Drain(app.database, prepare, clock=clock, pace=pace, on_unreachable=_lose, wake=wake)
    # No opening has to wake it: none is ever planned nearer than the clock's longest wait.
    heartbeat = Heartbeat(app.beat, clock=clock, wake=app.hurry)
    app.supervisor.start("drain", drain.run())
    app.supervisor.start("heartbeat", heartbeat.run())
    app.supervisor.start("intake", telegram.intake(app.database).run())
    app.supervisor.start("coach", asyncio.to_thread(setting.lexicon.warm), ends=True)
    app.supervisor.start("profile", telegram.introduce(setting.lexicon), ends=True)
