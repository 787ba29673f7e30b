"""A talk begins, rests and ends: a dialogue for two, or five cards after a quarrel."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from bot.actions import talk as actions
from bot.actions import talk_keep, talk_later
from bot.actions.people import must_be_together
from bot.actions.talk_told import KIND, TALK, Subject
from bot.messages import Message, MessageKind
from bot.practice import calendar
from bot.practice.hours import read_later
from bot.practice.ids import TalkId
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import MOST_CALM, Talk, TalkKind, TalkState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.safety import FIND_HELP
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
EVENING_HOUR = 20 * 60
SOON, MORNING_HOUR = 60, 8 * 60
MINUTE = 60

CALM = Key(Verb.TALK_CALM)
HERE = Key(Verb.TALK_WHERE, "talk_chats")
SOFA = Key(Verb.TALK_WHERE, "talk_sofa")
YES = Key(Verb.TALK_YES, "talk_yes")
LATER = Key(Verb.TALK_LATER, "talk_later")
NOT_NOW = Key(Verb.TALK_NO, "not_now")
IN_AN_HOUR = Key(Verb.TALK_UNTIL, "in_an_hour")
TOMORROW = Key(Verb.TALK_UNTIL, "tomorrow_at_eight")
THEN = Key(Verb.TALK_UNTIL)
ASK_THEM = Key(Verb.TALK_BEGIN, "talk_ask_them")
PAUSE = Key(Verb.TALK_PAUSE, "talk_pause")
STOP = Key(Verb.TALK_STOP, "talk_stop")
TAKE_IT_BACK = Key(Verb.TALK_STOP, "take_back")
GO_ON = Key(Verb.TALK_GO_ON, "take_up")
KEEP = Key(Verb.TALK_KEEP, "talk_keep")
LET_GO = Key(Verb.TALK_KEEP, "talk_let_go")
NEVER_MIND = Key(Verb.NEVER_MIND, "withdraw")


def talk_of(message: Message) -> int:
    """Return the id of the talk that a message is about; 0 for none."""
    return int(message.details.get(TALK, 0))


def kind_of(context: RenderContext) -> str:
    """Return which kind of talk a message is about."""
    return str(context.message.details.get(KIND, TalkKind.DIALOGUE.value))


async def loaded(context: RenderContext, *states: TalkState) -> Talk | None:
    """Load the talk that a message is about, in one of these states; None where it has moved on."""
    found = await context.work.talks.find(TalkId(talk_of(context.message)))
    return found if found is not None and found.state in states else None


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


class TalkCalm(View, of=K.TALK_CALM):
    """Asks one person alone how calm they are. The answer is kept nowhere."""

    kind: str
    asked: bool  # by the other

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load what it is for; gone where the question is over."""
        asked = bool(talk_of(context.message))
        if asked and await loaded(context, TalkState.ASKED) is None:
            return None
        return cls(kind=kind_of(context), asked=asked)

    def buttons(self, message: Message) -> ButtonRows:
        """Place one to five, and help where there was a quarrel."""
        talk = talk_of(message)
        numbers = [CALM.saying(str(n), self.kind, n, talk) for n in range(1, MOST_CALM + 1)]
        return [numbers, [FIND_HELP(0)] if self.kind == TalkKind.REPAIR else []]


class TalkWhere(View, of=K.TALK_WHERE):
    """Asks whether each writes in their own chat, or both sit together with one phone."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place both."""
        since = int(message.details[actions.SINCE])
        return [[HERE(0, since)], [SOFA(1, since)]]


class TalkWaits(View, of=K.TALK_WAITS):
    """Says that the other is asked."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back."""
        return [[TAKE_IT_BACK(talk_of(message))]]


class TalkAsked(View, of=K.TALK_ASK):
    """Asks the other whether now is a good time."""

    kind: str
    sofa: bool
    back: bool  # they had asked themselves, and the other has time now

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; gone where it has been answered or taken back."""
        talk = await loaded(context, TalkState.ASKED)
        if talk is None or context.me is None or talk.partners[talk.asked] != context.me.id:
            return None
        return cls(kind=talk.kind.value, sofa=talk.sofa, back=talk.asked == 0)

    def buttons(self, message: Message) -> ButtonRows:
        """Place yes, later, and not now; and help where there was a quarrel."""
        talk = talk_of(message)
        help_ = [FIND_HELP(0)] if self.kind == TalkKind.REPAIR else []
        return [[YES(talk), LATER(talk)], [NOT_NOW(talk), *help_]]


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


def _times(now: datetime, zone: str, kind: str, talk: int) -> list[Any]:
    """Offer an hour from now, and tomorrow at eight in the evening."""
    hour = int(now.timestamp()) // MINUTE + SOON
    tomorrow = calendar.local_date(now, zone).toordinal() + 1
    at = calendar.instant(calendar.local_date(now, zone).fromordinal(tomorrow), EVENING_HOUR, zone)
    return [IN_AN_HOUR(kind, talk, hour), TOMORROW(kind, talk, int(at.timestamp()) // MINUTE)]


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


class TalkEnds(View, of=(K.TALK_STOPPED_TOLD, K.TALK_PAUSED_TOLD, K.TALK_CLOSED)):
    """A sentence about a talk of either kind."""

    kind: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load which."""
        return cls(kind=kind_of(context))


class TalkStopped(View, of=K.TALK_STOPPED):
    """Says to who has stopped it that nothing is kept."""

    kind: str
    asked: bool  # it hadn't begun

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load which."""
        return cls(kind=kind_of(context), asked=bool(context.message.details["asked"]))


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


class TalkChoices(View, of=K.TALK_LATER_CHOICES, asks=True):
    """Times that may be meant, to pick one."""

    labels: Unsaid[Sequence[tuple[str, int]]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Write them down."""
        details = context.message.details
        minutes = [
            int(details[f"{talk_later.AT}{i}"])
            for i in range(talk_later.MOST_OFFERED)
            if f"{talk_later.AT}{i}" in details
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
        at = datetime.fromtimestamp(int(context.message.details[talk_later.AT]) * MINUTE, UTC)
        return cls(**when(context, at))


class TalkPaused(View, of=K.TALK_PAUSED):
    """Says until when it rests: to whoever asks or has said so."""

    kind: str
    time: str
    weekday: str
    unix: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the time; gone where it rests no more."""
        talk = await loaded(context, TalkState.PAUSED)
        return None if talk is None else cls(kind=talk.kind.value, **when(context, talk.back_at))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way on, another time, and the end."""
        talk = talk_of(message)
        return [[GO_ON(talk), STOP(talk)]]


class KeepAsk(View, of=K.TALK_KEEP_ASK):
    """Asks one of the two alone whether what was said shall stay."""

    kind: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether it is still to be said."""
        talk = await loaded(context, TalkState.KEEPING)
        return None if talk is None else cls(kind=talk.kind.value)

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers."""
        talk = talk_of(message)
        return [[KEEP(talk, 1), LET_GO(talk, 0)]]


class KeepNoted(View, of=K.TALK_KEEP_NOTED):
    """One's own answer: nothing here depends on the other's."""

    keep: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load one's own answer."""
        return cls(keep=bool(context.message.details["keep"]))


async def dialogue(request: Request) -> None:
    """Begin a dialogue, or show what is open."""
    await actions.begin(request.work, request.me, TalkKind.DIALOGUE)


async def repair(request: Request) -> None:
    """Begin what follows a quarrel, or show what is open."""
    await actions.begin(request.work, request.me, TalkKind.REPAIR)


def _kind(request: Request, place: int = 0) -> TalkKind:
    said = request.press.text(place)
    if said not in set(TalkKind):
        raise Refusal(Reason.NOT_YOURS)
    return TalkKind(said)


def talk_id(request: Request, place: int = 0) -> TalkId:
    """Read which talk a button is of."""
    return TalkId(request.press.number(place))


async def calm(request: Request) -> None:
    """Take an answer to how calm somebody is."""
    number, talk = request.press.number(1), request.press.number(2)
    subject = Subject(_kind(request), TalkId(talk) if talk else None)
    await actions.say_calm(request.work, request.me, subject, number, request.source)


async def where(request: Request) -> None:
    """Take where the two are."""
    sofa, since = bool(request.press.number(0)), request.press.number(1)
    await actions.say_where(request.work, request.me, since, request.source, sofa=sofa)


async def yes(request: Request) -> None:
    """Take a yes."""
    await actions.say_yes(request.work, request.me, talk_id(request), request.source)


async def later(request: Request) -> None:
    """Take the wish for a later time."""
    await actions.say_not_now(request.work, request.me, talk_id(request), request.source, later=True)


async def not_now(request: Request) -> None:
    """Take a no."""
    await actions.say_not_now(request.work, request.me, talk_id(request), request.source, later=False)


async def begin_again(request: Request) -> None:
    """Begin after a time that one has named."""
    await actions.begin(request.work, request.me, _kind(request), request.source)


async def pause(request: Request) -> None:
    """Ask until when it shall rest."""
    await talk_later.ask_pause(request.work, request.me, talk_id(request))


async def until(request: Request) -> None:
    """Take a time from a button. Raises Refusal BAD_LATER where it has passed."""
    talk, minute = request.press.number(1), request.press.number(2)
    try:
        at = datetime.fromtimestamp(minute * MINUTE, UTC)
    except (OverflowError, OSError, ValueError):
        raise Refusal(Reason.BAD_LATER) from None
    subject = Subject(_kind(request), TalkId(talk) if talk else None)
    await talk_later.come_back(request.work, request.me, subject, at, request.source)


async def typed_later(request: Request) -> None:
    """Take words as the time to come back, or ask which is meant. Raises Refusal BAD_LATER."""
    subject = talk_later.asked_about(request.me)
    content, now = request.services.content, request.work.now
    couple = await request.work.couples.of(request.me.id)
    zone = request.me.zone or (couple.rhythm.zone if couple else "UTC")
    words, more = content.hours(request.language), content.later(request.language)
    match list(read_later(request.text, words, more, now, zone)):
        case []:
            raise Refusal(Reason.BAD_LATER)
        case [at]:
            await talk_later.come_back(request.work, request.me, subject, at, None)
        case several:
            await talk_later.offer(request.work, request.me, several)


async def ask_later(request: Request) -> None:
    """Ask again when to come back, after something else was asked."""
    kind, _, talk = request.press.text(2).partition("-")
    if kind not in set(TalkKind) or not talk.isdecimal():
        raise Refusal(Reason.NOT_YOURS)
    if int(talk):
        await talk_later.ask_pause(request.work, request.me, TalkId(int(talk)))
    else:
        us = await must_be_together(request.work, request.me.id)
        await talk_later.ask_when(request.work, us, Subject(TalkKind(kind)))


async def go_on(request: Request) -> None:
    """Take it up before its time."""
    await talk_later.go_on(request.work, request.me, talk_id(request))


async def stop(request: Request) -> None:
    """End it."""
    await talk_later.stop(request.work, request.me, talk_id(request), request.source)


async def keep(request: Request) -> None:
    """Take somebody's answer to whether it stays."""
    yes = request.press.number(1) == 1
    await talk_keep.say(request.work, request.me, talk_id(request), request.source, keep=yes)


COMMANDS: Mapping[str, Handler] = {"dialogue": dialogue, "repair": repair}
PRESSES: Mapping[Verb, Handler] = {
    Verb.TALK_CALM: calm,
    Verb.TALK_WHERE: where,
    Verb.TALK_YES: yes,
    Verb.TALK_LATER: later,
    Verb.TALK_NO: not_now,
    Verb.TALK_UNTIL: until,
    Verb.TALK_BEGIN: begin_again,
    Verb.TALK_PAUSE: pause,
    Verb.TALK_STOP: stop,
    Verb.TALK_GO_ON: go_on,
    Verb.TALK_KEEP: keep,
}
