"""What the screens of the settings show."""

from bot.telegram.facts.rhythm import hour_and_days
from bot.telegram.scene import Facts, Scene


async def choices(scene: Scene) -> Facts | None:
    """Tell all that a person can choose, and the couple's rhythm while they are in one."""
    me = scene.me
    if me is None:
        return None
    found: Facts = {
        "together": scene.couple is not None,
        "hour": "",
        "days": "",
        "weekdays": frozenset(),
        "zone": (me.zone or "").replace("_", " "),
        "quiet_start": _clock(me.quiet.start) if me.quiet.minutes else "",
        "quiet_end": _clock(me.quiet.end),
        "reminders": me.reminders,
        "depth": me.depth,
        "protect": me.protect,
        "cover": me.cover,
        "plain": me.plain,
        "coach": me.coach,
    }
    if scene.couple is not None:
        found |= await hour_and_days(scene) or {}
        found["weekdays"] = scene.couple.rhythm.weekdays
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
