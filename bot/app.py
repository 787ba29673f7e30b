"""The one composition root: config -> storage, clock, Telegram, supervised tasks."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot import places
from bot.actions import open_rounds, refused, rest
from bot.actions.follow_ups import FOLLOW_UPS
from bot.actions.open_rounds import House
from bot.actions.ports import Work
from bot.clock import Clock
from bot.config import Config, Retention
from bot.content import Content
from bot.delivery.drain import LONGEST_LOOK, Drain
from bot.delivery.heartbeat import Heartbeat
from bot.delivery.pace import Pace
from bot.leading import Led, Riders, lead
from bot.messages import Row
from bot.screens.context import Deployment
from bot.screens.ephemeral import Whispers
from bot.screens.render import MessageRenderer
from bot.screens.request import Services
from bot.screens.table import SCREENS
from bot.status import supervisor
from bot.stopping import aside
from bot.supervise import Supervisor
from bot.telegram.connection import TelegramConnection, connect
from bot.telegram.prepare import preparer
from bot.telegram.throttle import Throttle
from bot.telegram.uploads import Uploads
from bot.upkeep import Upkeep
from bot.vitals import Vitals
from storage import rotation
from storage.copying import copy
from storage.database import Database
from storage.engines import keyring_of
from storage.leaders import Leadership
from storage.sweep import Keep

log = logging.getLogger(__name__)

STOP_WITHIN = 5.0  # seconds
LOOK_EVERY = timedelta(milliseconds=100)  # into the outbox, where other processes put messages there too


class App:
    """The running bot. Made by `running`."""

    def __init__(self, database: Database, upkeep: Upkeep, vitals: Vitals) -> None:
        self.database = database
        self.upkeep = upkeep
        self.vitals = vitals
        self.supervisor = Supervisor()

    async def until(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; raise what ended a task before that."""
        await self.supervisor.until(stop)


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


def _keep_aside(database: Path, config: Config, clock: Clock) -> None:
    """Copy a database that is about to be migrated, for whoever wants to go back."""
    if config.backups is None:
        log.warning("no copy of it as it was is kept: ATTUNE_BACKUPS names no folder")
        return
    target = config.backups / rotation.name_for(clock.now())
    copy(database, target)
    log.info("a copy of it as it was is kept in %s", target.name)


@asynccontextmanager
async def running(
    config: Config,
    clock: Clock,
    content: Content,
    *,
    decks: open_rounds.Decks | None = None,
    pace: Pace | None = None,
    throttle: Throttle | None = None,
) -> AsyncIterator[App]:
    """Run the bot until the block ends. Raises StorageError, TokenRefused, WordsError.

    `decks` limits what is asked, `pace` replaces Telegram's limits, `throttle` how much of one person is taken
    at a time: all for the bot at home.
    """
    SCREENS.hold()
    async with AsyncExitStack() as stack:
        keyring = keyring_of(config.memory, config.key_file)
        database = await Database.open(config.memory, keyring, lambda path: _keep_aside(path, config, clock))
        stack.push_async_callback(database.close)
        house = House(decks or content, config.zone)
        vitals = Vitals()
        database.on_commit(vitals.committed)
        app = App(database, Upkeep(database, house, _keep(config.retention)), vitals)
        if config.status is not None:
            from bot.status.server import StatusPages, served  # noqa: PLC0415 (a start without it need not wait)

            pages = StatusPages(vitals, database, clock, config.backups)
            await stack.enter_async_context(served(pages, config.status))
        telegram = await connect(config, clock)
        stack.push_async_callback(telegram.close)
        whispers = Whispers()
        here = Deployment(config.operator, telegram.username, config.retention, whispers)
        renderer = MessageRenderer(content, here)
        services = Services(config, content, house, renderer.labels, whispers)
        telegram.route(services, throttle or Throttle())
        _start(app, telegram, services, renderer, clock=clock, pace=pace or Pace(config.rate))
        stack.push_async_callback(app.supervisor.stop, STOP_WITHIN)
        yield app


def _start(
    app: App,
    telegram: TelegramConnection,
    services: Services,
    renderer: MessageRenderer,
    *,
    clock: Clock,
    pace: Pace,
) -> None:
    config, content = services.config, services.content
    wake = asyncio.Event()
    app.database.on_queued(wake.set)
    sender, fetch = telegram.sender, telegram.fetch
    uploads = Uploads(app.database, sender, fetch, clock, lost=_lose, failed=refused.export_failed)
    prepare = preparer(app.database, renderer, sender, fetch, now=clock.now, upload=uploads.take)
    riders = Riders()
    app.database.carry(riders.ride)

    async def drain(leading: Leadership) -> None:
        """Send, at the pace of one bot, in each chat's order: one process does it for all."""
        sending = Drain(
            Led(app.database, leading),
            prepare,
            clock=clock,
            pace=pace,
            on_unreachable=_lose,
            on_refused=refused.not_shown,
            wake=wake,
            vitals=app.vitals,
            follow_ups=FOLLOW_UPS,
            leads=lambda: leading.sure,
            look_every=LOOK_EVERY if app.database.shared else LONGEST_LOOK,
            glance=app.database.due if app.database.shared else None,
        )
        with riders.aboard(sending, leading):
            await sending.run()

    async def heartbeat(leading: Leadership) -> None:
        """Open what is due. No opening has to wake it: none is planned nearer than the clock's longest wait."""
        app.upkeep.leading = leading
        await Heartbeat(app.upkeep.beat, clock=clock, wake=app.upkeep.hurry, vitals=app.vitals).run()

    async def poll(_: Leadership) -> None:
        """Ask for updates, which Telegram hands to one process."""
        await telegram.intake(app.database, app.vitals).run()

    for role, job in (("drain", drain), ("heartbeat", heartbeat)):
        app.supervisor.start(role, lead(app.database, role, job, app.vitals))
    app.supervisor.start("uploads", uploads.run())
    intake = (
        telegram.reception(app.database, config.webhook, app.vitals).run()
        if config.webhook
        else lead(app.database, "intake", poll, app.vitals)
    )
    app.supervisor.start("intake", intake)
    if supervisor.supervised():
        app.supervisor.start("watchdog", supervisor.pat(app.vitals))
    app.supervisor.start("settling", _settle(telegram, content), ends=True)


async def _settle(telegram: TelegramConnection, content: Content) -> None:
    """Do what nobody has to wait for, once updates are asked for: one after the other, beside the first people."""
    await telegram.introduce(content)
    await aside(content.warm)
    await _prepare_places()


async def _prepare_places() -> None:
    """Make the index of places where this machine has none, before anybody is asked where they are."""
    try:
        await asyncio.to_thread(places.prepare)
    except asyncio.CancelledError:
        places.give_up()
        raise
