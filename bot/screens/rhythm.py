"""The couple's rhythm, as each reader's own clock shows it: hour, days, and slowing down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self, TypedDict

from bot.actions import preferences, rest, rhythm
from bot.actions.people import message as to_one
from bot.messages import Message, MessageKind
from bot.practice import calendar
from bot.practice.couple import Couple
from bot.practice.partner import DEPTHS, Expecting
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
HOURS = (
    (8 * 60, Key(Verb.HOUR, "morning")),
    (12 * 60 + 30, Key(Verb.HOUR, "noon")),
    (20 * 60, Key(Verb.HOUR, "evening")),
)
MORNING, NOON, EVENING = (key for _, key in HOURS)
ANOTHER_TIME = Key(Verb.OTHER_HOUR, "another_time")
OTHER_DAYS = Key(Verb.SCREEN, "other_days")
TELL_CITY = Key(Verb.CITY, "tell_city")
DEEPER = Key(Verb.DEEPER, "deeper")
AS_DEEP = Key(Verb.DEEPER, "as_deep")
SLOWER = Key(Verb.SLOWER, "slower")
REST = Key(Verb.REST, "rest")
KEEP = Key(Verb.KEEP, "keep_rhythm")


class Coming(TypedDict):
    """When the next prompt comes; nothing where none is planned."""

    next_time: str
    next_ahead: int
    next_weekday: str
    next_unix: int  # seconds: a phone whose zone is another than is known shows the hour in its own


NEVER = Coming(next_time="", next_ahead=0, next_weekday="", next_unix=0)


def coming(context: RenderContext) -> Coming:
    """Return when the next prompt comes: never to whoever rests."""
    due = context.couple.next_opening if context.couple and not context.couple.parted_at else None
    if due is None or (context.me is not None and context.me.resting):
        return NEVER
    days = calendar.local_date(due, context.zone) - calendar.local_date(context.work.now, context.zone)
    local = due.astimezone(calendar.zone_named(context.zone))
    return {
        "next_time": local.strftime("%H:%M"),
        "next_ahead": days.days,
        "next_weekday": context.say(f"weekday_{local.weekday()}"),
        "next_unix": int(due.timestamp()),
    }


def together_in(context: RenderContext) -> Couple | None:
    """Return the couple that the message is about, unless it has parted."""
    return None if context.couple is None or context.couple.parted_at is not None else context.couple


def hour_of(context: RenderContext, couple: Couple) -> str:
    """Return the couple's hour as the reader's clock shows it at the next opening."""
    own = couple.rhythm
    today = calendar.local_date(context.work.now, own.zone)
    moment: datetime = couple.next_opening or calendar.instant(today, own.minute, own.zone)
    return moment.astimezone(calendar.zone_named(context.zone)).strftime("%H:%M")


def days_of(context: RenderContext, couple: Couple) -> str:
    """Return the names of the couple's weekdays; empty for every day."""
    days = sorted(couple.rhythm.weekdays)
    if len(days) == len(calendar.EVERY_DAY):
        return ""
    return context.content.tongue(context.language).listed(context.say(f"each_weekday_{day}") for day in days)


class AskHour(View, of=K.ASK_HOUR):
    """Asks when the next prompt should come, unless somebody has said so meanwhile."""

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether it is still to be said."""
        couple = together_in(context)
        return cls() if couple is not None and couple.rhythm.set_by is None else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place a morning and an evening: any other time is written."""
        del message
        (morning, early), _, (evening, late) = HOURS
        return [[early(morning), late(evening)]]


def hour_rows() -> ButtonRows:
    """Place three hours, and another."""
    given = [key(minute) for minute, key in HOURS]
    return [given[:2], [given[2], ANOTHER_TIME()]]


class AskHourTyped(View, of=K.ASK_HOUR_TYPED, asks=True):
    """Asks for an hour in words."""


class RhythmSet(View, of=K.RHYTHM_SET):
    """The couple's hour and weekdays; gone once they have parted."""

    own: bool
    asks_city: bool
    zone_known: bool
    hour: str
    days: str
    next_time: str
    next_ahead: int
    next_weekday: str
    next_unix: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the rhythm."""
        couple = together_in(context)
        if couple is None:
            return None
        return cls(
            own=bool(context.message.details.get("own")),
            asks_city=bool(context.message.details.get(rhythm.ASKS)),
            zone_known=bool(context.me and context.me.zone),
            hour=hour_of(context, couple),
            days=days_of(context, couple),
            **coming(context),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place what is likely to be missing."""
        del message
        if self.own:
            return [[OTHER_DAYS("days")]]
        return [] if self.zone_known else [[TELL_CITY()]]


class Resumed(View, of=K.RESUMED):
    """A rest that has ended, and the couple's next hour: the same whether or not the other rests."""

    next_time: str
    next_ahead: int
    next_weekday: str
    next_unix: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load when it is."""
        return cls(**coming(context))


class SlowerOffer(View, of=K.SLOWER_OFFER):
    """Asks whether another rhythm would suit better."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place three answers."""
        del message
        return [[SLOWER(), REST()], [KEEP()]]


class DeeperOffer(View, of=K.DEEPER_OFFER):
    """Asks somebody alone whether prompts may go one step deeper."""

    depth: int
    deeper: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the reader's own choice; nothing where it is as deep as can be, or they have said no meanwhile."""
        me = context.me
        if me is None or me.depth >= max(DEPTHS) or me.deeper_no or together_in(context) is None:
            return None
        return cls(depth=me.depth, deeper=me.depth + 1)

    def buttons(self, message: Message) -> ButtonRows:
        """Place a yes and a no."""
        del message
        return [[DEEPER(self.deeper), AS_DEEP(preferences.NO)]]


class DeeperSet(View, of=K.DEEPER_SET):
    """Says what the reader has chosen, and when it counts."""

    depth: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the reader's own choice."""
        return cls(depth=context.me.depth if context.me else min(DEPTHS))


async def hour(request: Request) -> None:
    """Set the couple's hour."""
    await rhythm.set_hour(request.work, request.me, request.press.number(0), request.source)


async def other_hour(request: Request) -> None:
    """Ask for an hour in words."""
    await request.ask(Expecting.HOUR, K.ASK_HOUR_TYPED)


async def deeper(request: Request) -> None:
    """Take the answer to whether prompts may go deeper."""
    await preferences.answer_deeper(request.work, request.me, request.press.number(0), request.source)


async def slower(request: Request) -> None:
    """Keep three days a week."""
    await rhythm.slow_down(request.work, request.me)


async def keep(request: Request) -> None:
    """Keep the rhythm as it is."""
    await request.work.outbox.put(to_one(K.SLOWER_KEPT, request.me))


async def pause(request: Request) -> None:
    """Begin one's own rest."""
    await rest.pause(request.work, request.me)


async def resume(request: Request) -> None:
    """End one's own rest."""
    await rest.resume(request.work, request.me)


COMMANDS: Mapping[str, Handler] = {"pause": pause, "resume": resume}
PRESSES: Mapping[Verb, Handler] = {
    Verb.HOUR: hour,
    Verb.OTHER_HOUR: other_hour,
    Verb.DEEPER: deeper,
    Verb.SLOWER: slower,
    Verb.REST: pause,
    Verb.KEEP: keep,
}
