"""Health and readiness: whether the process lives, and whether it can serve."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.vitals import Vitals
from storage.census import Census
from storage.errors import StorageError

TELEGRAM_WITHIN = 60.0  # seconds: a poll is answered within 30, or given up after 40

STUCK = timedelta(minutes=10)  # a message that is due, of a chat that nothing holds, leaves within seconds

TakeCensus = Callable[[], Awaitable[Census]]


def alive(vitals: Vitals) -> list[str]:
    """Tell what is stuck, a line each; nothing where the process is well."""
    return [f"{task} does not come round" for task in vitals.late()]


async def ready(vitals: Vitals, take_census: TakeCensus) -> list[str]:
    """Tell what keeps the bot from serving, a line each; nothing where it can."""
    found = alive(vitals)
    if vitals.telegram_seen is None:
        found.append("Telegram has not answered yet")
    elif (silent := vitals.clock() - vitals.telegram_seen) > TELEGRAM_WITHIN:
        found.append(f"Telegram has not answered for {silent:.0f} s")
    try:
        counted = await take_census()
    except StorageError as failure:
        return [*found, f"the database can't be read: {type(failure).__name__}"]
    if counted.oldest > STUCK:
        found.append(f"a message has waited for {counted.oldest.total_seconds():.0f} s")
    return found
