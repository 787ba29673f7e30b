"""A person's own settings, each screen of them in place of the last."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from bot.actions import preferences, rhythm
from bot.actions.named import CHOSEN
from bot.actions.people import expect, must_be_together, together
from bot.actions.pulse import plan_of
from bot.messages import Message, MessageKind
from bot.practice.calendar import Quiet
from bot.practice.partner import Expectation, Expecting
from bot.practice.refusals import Reason, Refusal
from bot.practice.reveal import may_keep
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.rhythm import days_of, hour_of, hour_rows, together_in
from bot.screens.view import ButtonRows, Key, Unsaid, View
from bot.screens.week import SET_WEEK

K = MessageKind
SCREENS = {
    "hour": K.SETTINGS_HOUR,
    "days": K.SETTINGS_DAYS,
    "quiet": K.SETTINGS_QUIET,
    "depth": K.SETTINGS_DEPTH,
    "themes": K.SETTINGS_THEMES,
    "quick": K.SETTINGS_QUICK,
    "language": K.SETTINGS_LANGUAGE,
    "pulse": K.SETTINGS_PULSE,
}
FOR_TWO = frozenset({K.SETTINGS_THEMES, K.SETTINGS_QUICK})
SWITCHED_ON = {"quick": K.SETTINGS_QUICK}  # the page on which a switch stands
TYPED_ON = {K.SETTINGS_HOUR: Expecting.HOUR, K.SETTINGS_QUIET: Expecting.QUIET}  # what is typed there answers
USUAL_QUIET = (22 * 60, 8 * 60)  # minutes of the day

SET_HOUR = Key(Verb.SCREEN, "set_hour")
SET_DAYS = Key(Verb.SCREEN, "set_days")
SET_ZONE = Key(Verb.CITY, "set_zone")
SET_QUIET = Key(Verb.SCREEN, "set_quiet")
SET_NAME = Key(Verb.NAME, "set_name")
SET_LANGUAGE = Key(Verb.SCREEN, "set_language")
SET_DEPTH = Key(Verb.SCREEN, "set_depth")
SET_THEMES = Key(Verb.SCREEN, "set_themes")
SET_QUICK = Key(Verb.SCREEN, "set_quick")
SET_PULSE = Key(Verb.SCREEN, "set_pulse")
SET_FRIEND = Key(Verb.SWITCH, "set_friend")
SET_REMINDERS = Key(Verb.SWITCH, "set_reminders")
SET_PROTECT = Key(Verb.SWITCH, "set_protect")
SET_KEEPABLE = Key(Verb.KEEPABLE, "set_keepable")
SET_PUT_AWAY = Key(Verb.SWITCH, "set_put_away")
SET_COVER = Key(Verb.SWITCH, "set_cover")
SET_COACH = Key(Verb.SWITCH, "set_coach")
SET_PLAIN = Key(Verb.SWITCH, "set_plain")
BACK = Key(Verb.SETTINGS, "back")
NEVER_MIND = Key(Verb.NEVER_MIND, "withdraw")
DAYS = tuple(Key(Verb.DAY, f"day_{day}") for day in range(7))
BUSY_DAYS = tuple(Key(Verb.BUSY, f"day_{day}") for day in range(7))
PREFER_QUICK = Key(Verb.SWITCH, "prefer_quick")
QUIET_USUAL = Key(Verb.QUIET, "quiet_usual")
QUIET_NONE = Key(Verb.QUIET, "quiet_none")
QUIET_OTHER = Key(Verb.OTHER_QUIET, "quiet_other")
DEPTHS = tuple(Key(Verb.DEPTH, f"depth_{depth}") for depth in (1, 2, 3))


class Settings(View, of=K.SETTINGS):
    """All that a person can choose, and the couple's rhythm while they are in one."""

    together: bool
    language: str  # by its own name; empty where one alone is spoken here
    hour: str
    days: str
    city: str
    quiet_start: str
    quiet_end: str
    reminders: bool
    depth: int
    protect: bool
    put_away: bool
    cover: bool
    plain: bool
    coach: bool
    keepable: bool  # one's own words in the other's keepsake
    pulse: bool  # one is asked about one's week
    friend: bool  # the neutral friend is offered

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the choices."""
        me, couple = context.me, together_in(context)
        if me is None:
            return None
        return cls(
            together=context.couple is not None,
            language=_language(context),
            hour=hour_of(context, couple) if couple else "",
            days=days_of(context, couple) if couple else "",
            city=me.city or (me.zone or "").rpartition("/")[2].replace("_", " "),
            quiet_start=_start(me.quiet),
            quiet_end=_clock(me.quiet.end),
            reminders=me.reminders,
            depth=me.depth,
            protect=me.protect,
            put_away=bool(me.put_away),
            cover=me.cover,
            plain=me.plain,
            coach=me.coach,
            keepable=context.couple is not None and may_keep(me, context.couple),
            pulse=(await plan_of(context.work, me.id)).asks,
            friend=me.friend_offers,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place every choice; more rows than anywhere else."""
        del message
        own = [
            [SET_ZONE(), SET_QUIET("quiet")],
            [SET_NAME(), SET_DEPTH("depth")],
            *([[SET_LANGUAGE("language")]] if self.language else []),
            [SET_REMINDERS("reminders", tick=self.reminders)],
            [SET_PROTECT("protect", tick=self.protect)],
            [SET_PUT_AWAY("put_away", tick=self.put_away)],
            [SET_COVER("cover", tick=self.cover)],
            [SET_COACH("coach", tick=self.coach)],
            [SET_PLAIN("plain", tick=self.plain)],
        ]
        if not self.together:
            return own
        return [
            [SET_HOUR("hour"), SET_DAYS("days")],
            [SET_THEMES("themes"), SET_QUICK("quick")],
            *own,
            [SET_PULSE("pulse")],
            [SET_FRIEND("friend", tick=self.friend)],
            [SET_KEEPABLE(tick=self.keepable)],
        ]


class HourChoice(View, of=K.SETTINGS_HOUR):
    """The couple's hour."""

    hour: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the hour; none outside a couple."""
        couple = together_in(context)
        return cls(hour=hour_of(context, couple) if couple else "") if context.me else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the hours."""
        del message
        return [*hour_rows(), [BACK()]]


class DayChoices(View, of=K.SETTINGS_DAYS):
    """The couple's weekdays."""

    weekdays: Unsaid[frozenset[int]]
    together: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the weekdays; none outside a couple."""
        kept = context.couple.rhythm.weekdays if context.couple else frozenset()
        return cls(weekdays=kept, together=context.couple is not None) if context.me else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the week."""
        del message
        days = [key(day, tick=day in self.weekdays) for day, key in enumerate(DAYS)]
        return [days[:4], days[4:], [SET_WEEK(), BACK()] if self.together else [BACK()]]


class QuickChoice(View, of=K.SETTINGS_QUICK):
    """When a prompt that a tap answers is to come."""

    busy: Unsaid[frozenset[int]]
    quick: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load one's own choices; none outside a couple."""
        me = context.me
        return cls(busy=me.busy, quick=me.quick) if me and context.other else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the week, and the wish for them always."""
        del message
        days = [key(day, tick=day in self.busy) for day, key in enumerate(BUSY_DAYS)]
        return [days[:4], days[4:], [PREFER_QUICK("quick", tick=self.quick)], [BACK()]]


class QuietChoice(View, of=K.SETTINGS_QUIET):
    """A person's quiet hours."""

    quiet_start: str
    quiet_end: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the hours."""
        me = context.me
        return cls(quiet_start=_start(me.quiet), quiet_end=_clock(me.quiet.end)) if me else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the usual ones, none, and others."""
        del message
        return [[QUIET_USUAL(*USUAL_QUIET), QUIET_NONE(0, 0)], [QUIET_OTHER(), BACK()]]


class DepthChoice(View, of=K.SETTINGS_DEPTH):
    """How deep prompts may go."""

    depth: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the choice."""
        return cls(depth=context.me.depth) if context.me else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the three depths."""
        del message
        return [*([key(depth, tick=self.depth == depth)] for depth, key in enumerate(DEPTHS, 1)), [BACK()]]


class AskName(View, of=K.ASK_NAME, asks=True):
    """Asks what to call a partner."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way out."""
        del message
        return [[NEVER_MIND(Expecting.NAME.value)]]


class AskQuiet(View, of=K.ASK_QUIET, asks=True):
    """Asks for quiet hours in words."""


def _language(context: RenderContext) -> str:
    content = context.content
    return content.tongue(context.language).name if len(content.spoken()) > 1 else ""


def _start(quiet: Quiet) -> str:
    return _clock(quiet.start) if quiet.minutes else ""


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


async def show(request: Request) -> None:
    """Show one's own settings, in place where a button asked for them."""
    await _screen(request, K.SETTINGS)


async def show_chosen(request: Request, kind: MessageKind = K.SETTINGS) -> None:
    """Show one's settings once something has been chosen there."""
    await _screen(request, kind, **{CHOSEN: 1})


async def _screen(request: Request, kind: MessageKind, **details: int) -> None:
    us = await together(request.work, request.me.id)
    shown = us.message(kind, us.me) if us else request.to_me(kind)
    shown = replace(shown, details={**shown.details, **details})
    await request.work.outbox.put(shown.editing(request.source if request.pressed else None))


async def screen(request: Request) -> None:
    """Show one page of the settings."""
    kind = SCREENS.get(request.press.text(0))
    if kind is None:
        raise Refusal(Reason.NOT_YOURS)
    if kind in FOR_TWO:
        await must_be_together(request.work, request.me.id)
    if kind in TYPED_ON:
        await expect(request.work, request.me, Expectation(TYPED_ON[kind]))
    await _screen(request, kind)


async def switch(request: Request) -> None:
    """Turn one of one's own switches."""
    switched = request.press.text(0)
    await preferences.switch(request.work, request.me, switched)
    await show_chosen(request, SWITCHED_ON.get(switched, K.SETTINGS))


async def keepable(request: Request) -> None:
    """Allow one's own words in the other's keepsake, or no more."""
    await preferences.toggle_keepable(request.work, request.me)
    await show_chosen(request, K.SETTINGS)


async def depth(request: Request) -> None:
    """Choose one's own depth."""
    await preferences.set_depth(request.work, request.me, request.press.number(0))
    await show_chosen(request, K.SETTINGS_DEPTH)


async def day(request: Request) -> None:
    """Add or take one of the couple's weekdays."""
    weekday = request.press.number(0)
    if weekday not in range(len(DAYS)):
        raise Refusal(Reason.NOT_YOURS)
    await rhythm.toggle_day(request.work, request.me, weekday)
    await show_chosen(request, K.SETTINGS_DAYS)


async def busy_day(request: Request) -> None:
    """Call a weekday busy for oneself, or no more."""
    weekday = request.press.number(0)
    if weekday not in range(len(BUSY_DAYS)):
        raise Refusal(Reason.NOT_YOURS)
    await preferences.turn_busy_day(request.work, request.me, weekday)
    await show_chosen(request, K.SETTINGS_QUICK)


async def quiet(request: Request) -> None:
    """Set one's own quiet hours."""
    await preferences.set_quiet(request.work, request.me, request.press.number(0), request.press.number(1))
    await show_chosen(request, K.SETTINGS)


async def other_quiet(request: Request) -> None:
    """Ask for quiet hours in words."""
    await request.ask(Expecting.QUIET, K.ASK_QUIET)


async def name(request: Request) -> None:
    """Ask what to call a partner."""
    await request.ask(Expecting.NAME, K.ASK_NAME)


COMMANDS: Mapping[str, Handler] = {"settings": show}
PRESSES: Mapping[Verb, Handler] = {
    Verb.SETTINGS: show,
    Verb.SCREEN: screen,
    Verb.SWITCH: switch,
    Verb.KEEPABLE: keepable,
    Verb.DEPTH: depth,
    Verb.DAY: day,
    Verb.BUSY: busy_day,
    Verb.QUIET: quiet,
    Verb.OTHER_QUIET: other_quiet,
    Verb.NAME: name,
}
