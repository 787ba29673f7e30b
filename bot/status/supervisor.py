"""What systemd is told: ready, well (only while every lasting task comes round), and why not."""

import asyncio
import logging
import os
import socket

from systemd_watchdog.systemd_watchdog import WatchDog

from bot.vitals import Vitals

log = logging.getLogger(__name__)

SHARE = 3  # of the watchdog's time: two pats may be missed
LONGEST = 20.0  # seconds between two looks


def supervised() -> bool:
    """Tell whether a service manager wants to be told."""
    return bool(os.environ.get("NOTIFY_SOCKET"))


async def pat(vitals: Vitals) -> None:
    """Say that the bot is ready, then that it is well, as long as it is; until cancelled.

    A task that does not come round stops the pats, and the service manager starts the bot anew: nothing is lost
    by that. The protocol is sd_notify's.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        manager = WatchDog(way)
        manager.ready()
        wait = min(LONGEST, manager.timeout_td.total_seconds() / SHARE)
        stuck: list[str] = []
        while True:
            stuck = _tell(manager, vitals.late(), stuck)
            await asyncio.sleep(wait)


def _tell(manager: WatchDog, late: list[str], told: list[str]) -> list[str]:
    """Pat, or say once why not; gives what is late."""
    names = ", ".join(late)
    if not late:
        manager.notify()
    elif late != told:
        log.error("The service manager is not told that all is well: %s does not come round", names)
        manager.status(f"{names} does not come round")
    return late
