"""When the story of the two begins, which cards it has, and how it is found in their language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

MOMENT, HOUR = "listening-a-moment-that-stayed", "perspective-the-hard-hour"
PROMPTS = (MOMENT, HOUR)
USERNAMES = ("noa", "sam")  # Telegram's: Latin letters, whatever their names are


def starts(zone: str) -> datetime:
    """Return when the story begins, by the clock of the town that the two live in."""
    return _at(2, 7, 40, zone)


def next_morning(zone: str) -> datetime:
    """Return when the second round opens."""
    return _at(3, 8, 0, zone)


def ends(zone: str) -> datetime:
    """Return until when there are only the story's two cards."""
    return _at(3, 20, 0, zone)


def _at(day: int, hour: int, minute: int, zone: str) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
