"""When the couple's prompts come, as the reader's own clock shows it."""

from datetime import datetime

from bot.practice import calendar
from bot.telegram.scene import Facts, Scene


def coming(scene: Scene) -> Facts:
    """Tell when the next prompt comes; nothing where none is planned."""
    due = scene.couple.next_opening if scene.couple and not scene.couple.parted_at else None
    if due is None:
        return {"next_time": "", "next_ahead": 0, "next_weekday": ""}
    days = calendar.local_date(due, scene.zone) - calendar.local_date(scene.work.now, scene.zone)
    local = due.astimezone(calendar.zone_named(scene.zone))
    return {
        "next_time": local.strftime("%H:%M"),
        "next_ahead": days.days,
        "next_weekday": scene.lexicon.renderer.button(f"weekday_{local.weekday()}", scene.language),
    }


async def hour_and_days(scene: Scene) -> Facts | None:
    """Tell the couple's hour and weekdays; nothing once they have parted."""
    if scene.couple is None or scene.couple.parted_at is not None:
        return None
    days = sorted(scene.couple.rhythm.weekdays)
    names = [scene.lexicon.renderer.button(f"weekday_{d}", scene.language) for d in days]
    return {
        "own": bool(scene.message.details.get("own")),
        "zone_known": bool(scene.me and scene.me.zone),
        "hour": _hour(scene),
        "days": "" if len(days) == len(calendar.EVERY_DAY) else ", ".join(names),
        **coming(scene),
    }


async def zone_set(scene: Scene) -> Facts:
    """Tell the time where the reader is now, and the couple's hour there if that is news."""
    now = scene.work.now.astimezone(calendar.zone_named(scene.zone))
    chosen = scene.couple is not None and scene.couple.rhythm.set_by is not None
    found = await hour_and_days(scene) if chosen and scene.message.details.get("news") else None
    return {"clock": now.strftime("%H:%M"), "hour": "", "days": "", **coming(scene), **(found or {})}


def _hour(scene: Scene) -> str:
    """Tell the couple's hour as the reader's clock shows it at the next opening."""
    if scene.couple is None:
        return ""
    own = scene.couple.rhythm
    today = calendar.local_date(scene.work.now, own.zone)
    moment: datetime = scene.couple.next_opening or calendar.instant(today, own.minute, own.zone)
    return moment.astimezone(calendar.zone_named(scene.zone)).strftime("%H:%M")
