"""A talk rests and comes back: when that shall be, by a button or in one's own words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from bot.actions import talk as actions
from bot.actions import talk_later as coming_back
from bot.actions.people import must_be_together
from bot.actions.talk_told import KIND, Subject
from bot.messages import Message, MessageKind
from bot.practice import calendar
from bot.practice.hours import read_later
from bot.practice.ids import TalkId
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import TalkKind, TalkState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.safety import FIND_HELP
from bot.screens.talk_common import STOP, kind_of, loaded, pressed_kind, talk_id, talk_of
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
EVENING_HOUR = 20 * 60
SOON = 60  # minutes
MINUTE = 60

IN_AN_HOUR = Key(Verb.TALK_UNTIL, "in_an_hour")
TOMORROW = Key(Verb.TALK_UNTIL, "tomorrow_at_eight")
THEN = Key(Verb.TALK_UNTIL)
ASK_THEM = Key(Verb.TALK_BEGIN, "talk_ask_them")
GO_ON = Key(Verb.TALK_GO_ON, "take_up")
NEVER_MIND = Key(Verb.NEVER_MIND, "withdraw")


class TalkRest(View, of=K.TALK_REST):
    """Offers a rest, and the next point in time, to who isn't calm: to them alone."""

    kind: Unsaid[str]
    zone: Unsaid[str]
    now: Unsaid[datetime]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load what it was for."""
        return cls(kind=kind_of(context), zone=context.zone, now=context.work.now)

    def buttons(self, message: Message) -> ButtonRows:
        """Place two times, and help."""
        return [_times(self.now, self.zone, self.kind, talk_of(message)), [FIND_HELP(0)]]


class TalkWhen(View, of=K.TALK_LATER_ASK, asks=True):
    """Asks when to come back, in one's own words or by a button."""

    pause: bool
    zone: Unsaid[str]
    now: Unsaid[datetime]
    kind: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load what for."""
        pause = bool(talk_of(context.message))
        return cls(pause=pause, zone=context.zone, now=context.work.now, kind=kind_of(context))

    def buttons(self, message: Message) -> ButtonRows:
        """Place two times, and the way out."""
        return [_times(self.now, self.zone, self.kind, talk_of(message)), [NEVER_MIND()]]


def _times(now: datetime, zone: str, kind: str, talk: int) -> list[Any]:
    """Offer an hour from now, and tomorrow at eight in the evening."""
    hour = int(now.timestamp()) // MINUTE + SOON
    tomorrow = calendar.local_date(now, zone).toordinal() + 1
    at = calendar.instant(calendar.local_date(now, zone).fromordinal(tomorrow), EVENING_HOUR, zone)
    return [IN_AN_HOUR(kind, talk, hour), TOMORROW(kind, talk, int(at.timestamp()) // MINUTE)]


class TalkChoices(View, of=K.TALK_LATER_CHOICES, asks=True):
    """Times that may be meant, to pick one."""

    labels: Unsaid[Sequence[tuple[str, int]]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Write them down."""
        details = context.message.details
        minutes = [
            int(details[f"{coming_back.AT}{i}"])
            for i in range(coming_back.MOST_OFFERED)
            if f"{coming_back.AT}{i}" in details
        ]
        return cls(labels=[(_label(context, minute), minute) for minute in minutes])

    def buttons(self, message: Message) -> ButtonRows:
        """Place them."""
        kind, talk = str(message.details[KIND]), talk_of(message)
        given = [THEN.saying(label, kind, talk, minute) for label, minute in self.labels]
        return [given[:2], given[2:], [NEVER_MIND()]]


def _label(context: RenderContext, minute: int) -> str:
    shown = when(context, datetime.fromtimestamp(minute * MINUTE, UTC))
    return f"{shown['weekday']} {shown['time']}"


class TalkNoted(View, of=K.TALK_LATER_NOTED):
    """Says when somebody is asked again, alone."""

    time: str
    weekday: str
    unix: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Write the time."""
        at = datetime.fromtimestamp(int(context.message.details[coming_back.AT]) * MINUTE, UTC)
        return cls(**when(context, at))


class TalkPaused(View, of=K.TALK_PAUSED):
    """Says until when it rests: to whoever asks or has said so."""

    kind: str
    time: str
    weekday: str
    unix: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load when it comes back to the reader, whose quiet hours hold it; gone where it rests no more."""
        talk, me = await loaded(context, TalkState.PAUSED), context.me
        if talk is None:
            return None
        back = talk.back_at
        if me is not None and back is not None:
            back = calendar.deliver_at(back, me.quiet, context.zone, me.acted_at)
        return cls(kind=talk.kind.value, **when(context, back))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way on, another time, and the end."""
        talk = talk_of(message)
        return [[GO_ON(talk), STOP(talk)]]


def when(context: RenderContext, at: datetime | None) -> dict[str, Any]:
    """Write an instant as the reader's clock shows it."""
    if at is None:
        return {"time": "", "weekday": "", "unix": 0}
    local = at.astimezone(calendar.zone_named(context.zone))
    return {
        "time": local.strftime("%H:%M"),
        "weekday": context.say(f"weekday_{local.weekday()}"),
        "unix": int(at.timestamp()),
    }


class TalkAgain(View, of=K.TALK_AGAIN):
    """Comes back to whoever had no time, alone."""

    kind: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether there is still somebody to talk with, and nothing under way."""
        if context.couple is None or context.couple.parted_at is not None:
            return None
        under_way = await context.work.talks.live(context.couple.id)
        return None if under_way is not None else cls(kind=kind_of(context))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to ask the other."""
        del message
        return [[ASK_THEM(self.kind)]]


async def begin_again(request: Request) -> None:
    """Begin after a time that one has named."""
    await actions.begin(request.work, request.me, pressed_kind(request), request.source)


async def pause(request: Request) -> None:
    """Ask until when it shall rest."""
    await coming_back.ask_pause(request.work, request.me, talk_id(request))


async def until(request: Request) -> None:
    """Take a time from a button. Raises Refusal BAD_LATER where it has passed."""
    talk, minute = request.press.number(1), request.press.number(2)
    try:
        at = datetime.fromtimestamp(minute * MINUTE, UTC)
    except (OverflowError, OSError, ValueError):
        raise Refusal(Reason.BAD_LATER) from None
    subject = Subject(pressed_kind(request), TalkId(talk) if talk else None)
    await coming_back.come_back(request.work, request.me, subject, at, request.source)


async def typed_later(request: Request) -> None:
    """Take words as the time to come back, or ask which is meant. Raises Refusal BAD_LATER."""
    subject = coming_back.asked_about(request.me)
    content, now = request.services.content, request.work.now
    couple = await request.work.couples.of(request.me.id)
    zone = request.me.zone or (couple.rhythm.zone if couple else "UTC")
    words, more = content.hours(request.language), content.later(request.language)
    match list(read_later(request.text, words, more, now, zone)):
        case []:
            raise Refusal(Reason.BAD_LATER)
        case [at]:
            await coming_back.come_back(request.work, request.me, subject, at, None)
        case several:
            await coming_back.offer(request.work, request.me, several)


async def ask_later(request: Request) -> None:
    """Ask again when to come back, after something else was asked."""
    kind, _, talk = request.press.text(2).partition("-")
    if kind not in set(TalkKind) or not talk.isdecimal():
        raise Refusal(Reason.NOT_YOURS)
    if int(talk):
        await coming_back.ask_pause(request.work, request.me, TalkId(int(talk)))
    else:
        us = await must_be_together(request.work, request.me.id)
        await coming_back.ask_when(request.work, us, Subject(TalkKind(kind)))


async def go_on(request: Request) -> None:
    """Take it up before its time."""
    await coming_back.go_on(request.work, request.me, talk_id(request))


PRESSES: Mapping[Verb, Handler] = {
    Verb.TALK_UNTIL: until,
    Verb.TALK_BEGIN: begin_again,
    Verb.TALK_PAUSE: pause,
    Verb.TALK_GO_ON: go_on,
}
