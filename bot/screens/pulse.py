"""A private pulse: three taps a week for oneself alone, when they are asked for, and the switch that ends it."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from bot.actions import pulse as actions
from bot.actions.people import expect
from bot.messages import Message, MessageKind
from bot.practice.hours import AskBack, Hour
from bot.practice.partner import Expecting
from bot.practice.pulse import ASKED, LEAST, MOST
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.hours import OWN, choices_of, read_hour
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
TAP = Key(Verb.PULSE)
AGAIN = Key(Verb.PULSE_AGAIN, "pulse_again")
MY_LINE = Key(Verb.GROWTH, "my_line")
SWITCH = Key(Verb.PULSE_SWITCH, "pulse_on")
DAYS = tuple(Key(Verb.PULSE_DAY, f"day_{day}") for day in range(7))
HOUR = Key(Verb.PULSE_HOUR, "pulse_hour")
BACK = Key(Verb.SETTINGS, "back")
LAST_DAY = date.max.toordinal()


class PulseAsked(View, of=K.PULSE):
    """The next of the three questions, or thanks; the taps themselves are never said."""

    asked: str
    week: Unsaid[int]
    step: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load what is answered; nothing to ask once the couple has ended, or the switch is off."""
        me, week = context.me, int(context.message.details[actions.WEEK])
        couple = await context.work.couples.of(me.id) if me else None
        plan = await context.work.pulses.plan(me.id) if me else None
        if me is None or couple is None or plan is None:
            return None
        found = await context.work.pulses.tapped(me.id, date.fromordinal(week))
        given = found.given if found is not None and found.couple == couple.id else ()
        if not (plan.asks or given):
            return None
        return cls(asked=ASKED[len(given)] if len(given) < len(ASKED) else "", week=week, step=len(given))

    def buttons(self, message: Message) -> ButtonRows:
        """Place five steps in a row; after the last tap the way to change it, and to the line."""
        del message
        if not self.asked:
            return [[AGAIN(self.week), MY_LINE()]]
        return [[TAP.saying(str(n), self.week, self.step, n) for n in range(LEAST, MOST + 1)]]


class PulseSettings(View, of=K.SETTINGS_PULSE):
    """Whether, on which day and at which hour somebody is asked."""

    on: bool
    day: str
    hour: str
    weekday: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the choice."""
        if context.me is None:
            return None
        plan = await actions.plan_of(context.work, context.me.id)
        day = context.say(f"weekday_{plan.weekday}")
        return cls(on=plan.asks, day=day, hour=clock(plan.minute), weekday=plan.weekday)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the switch; while it is on, the week and the hour."""
        del message
        if not self.on:
            return [[SWITCH(tick=False)], [BACK()]]
        days = [key(day, tick=day == self.weekday) for day, key in enumerate(DAYS)]
        return [[SWITCH(tick=True)], days[:4], days[4:], [HOUR(), BACK()]]


class AskPulseHour(View, of=K.ASK_PULSE_HOUR, asks=True):
    """Asks for an hour of one's own in words."""


def clock(minute: int) -> str:
    """Write a minute of the day as a clock shows it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _week(request: Request) -> date:
    """Read which week a button is of. Raises Refusal WEEK_OVER for none that there is."""
    day = request.press.number(0)
    if not 1 <= day <= LAST_DAY:
        raise Refusal(Reason.WEEK_OVER)
    return date.fromordinal(day)


async def tap(request: Request) -> None:
    """Take one tap."""
    week, press = _week(request), request.press
    value = press.number(2)
    await actions.tap(request.work, request.me, week, press.number(1), value=value, shown_in=request.source)


async def again(request: Request) -> None:
    """Begin the week's taps again."""
    await actions.anew(request.work, request.me, _week(request), request.source)


async def switch(request: Request) -> None:
    """Turn the weekly question on or off, and show which."""
    await actions.switch(request.work, request.me)
    await _show(request)


async def day(request: Request) -> None:
    """Choose the weekday."""
    await actions.set_day(request.work, request.me, request.press.number(0))
    await _show(request)


async def ask_hour(request: Request) -> None:
    """Ask for the hour in words."""
    await request.ask(Expecting.PULSE_HOUR, K.ASK_PULSE_HOUR)


async def at(request: Request) -> None:
    """Take an hour that a button offers, perhaps with a day."""
    press = request.press
    weekday = press.number(1) if len(press.arguments) > 1 else None
    await actions.set_hour(request.work, request.me, press.number(0), weekday)
    await _show(request)


async def typed_hour(request: Request) -> None:
    """Take words as one's own hour, or ask which they mean. Raises Refusal BAD_HOUR."""
    match await read_hour(request):
        case Hour(minute):
            await expect(request.work, request.me)
            await actions.set_hour(request.work, request.me, minute)
            await _show(request)
        case AskBack() as found:
            await request.say(K.HOUR_CHOICES, **choices_of(found), **{OWN: 1})
        case _:
            raise Refusal(Reason.BAD_HOUR)


async def _show(request: Request) -> None:
    shown = request.to_me(K.SETTINGS_PULSE)
    await request.work.outbox.put(shown.editing(request.source if request.pressed else None))


PRESSES: Mapping[Verb, Handler] = {
    Verb.PULSE: tap,
    Verb.PULSE_AGAIN: again,
    Verb.PULSE_SWITCH: switch,
    Verb.PULSE_DAY: day,
    Verb.PULSE_HOUR: ask_hour,
    Verb.PULSE_AT: at,
}
