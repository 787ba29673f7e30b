"""The status pages: /healthz, /readyz and /metrics, on an address that only the operator's own machines reach."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

from bot.clock import Clock
from bot.config import Address, ConfigError
from bot.status.health import alive, ready
from bot.vitals import Vitals
from storage.database import Database
from storage.errors import StorageError
from storage.rotation import newest

WELL = "ok"


class StatusPages:
    """Answers the three pages; anything else gets nothing."""

    def __init__(self, vitals: Vitals, database: Database, clock: Clock, backups: Path | None) -> None:
        self._vitals = vitals
        self._database = database
        self._clock = clock
        self._backups = backups

    def app(self) -> web.Application:
        """Make the application."""
        app = web.Application()
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._readiness)
        app.router.add_get("/metrics", self._metrics)
        return app

    async def _health(self, _request: web.Request) -> web.Response:
        return _told(alive(self._vitals))

    async def _readiness(self, _request: web.Request) -> web.Response:
        return _told(await ready(self._vitals, lambda: self._database.census(self._clock.now())))

    async def _metrics(self, _request: web.Request) -> web.Response:
        from bot.status import metrics  # noqa: PLC0415 (a tenth of a second that nobody else should wait for)

        now = self._clock.now()
        try:
            counted = await self._database.census(now)
        except StorageError as failure:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text=type(failure).__name__)
        figures = metrics.Figures(self._vitals, counted, _age(self._backups, now))
        return web.Response(body=metrics.exposition(figures), headers={"Content-Type": metrics.CONTENT_TYPE})


@asynccontextmanager
async def served(pages: StatusPages, address: Address) -> AsyncIterator[str]:
    """Serve until the block ends; gives the root. Port 0 takes a free one. Raises ConfigError."""
    runner = web.AppRunner(pages.app(), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, address.host, address.port)
        try:
            await site.start()
        except OSError:
            raise ConfigError(
                "Set ATTUNE_STATUS to an address of this machine whose port is free, such as 127.0.0.1:9464."
            ) from None
        port = runner.addresses[0][1]
        yield f"http://{address.shown}:{port}"
    finally:
        await runner.cleanup()


def _told(wrong: list[str]) -> web.Response:
    if wrong:
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text="\n".join(wrong) + "\n")
    return web.Response(text=f"{WELL}\n")


def _age(backups: Path | None, now: datetime) -> float | None:
    found = newest(backups) if backups is not None else None
    return None if found is None else (now - found.made_at).total_seconds()
