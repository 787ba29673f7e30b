"""A look back at the week: what both have seen of it, before the question of the day; and the day that is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self

from bot.actions import week as actions
from bot.actions.named import CHOSEN
from bot.actions.people import must_be_together
from bot.messages import Message, MessageKind
from bot.practice import themes
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.titles import title_of
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
MOST = 4  # titles: it's a look, and no list

SET_WEEK = Key(Verb.WEEK, "set_week")
WEEK_DAYS = tuple(Key(Verb.WEEK_DAY, f"day_{day}") for day in range(7))
BACK_TO_DAYS = Key(Verb.SCREEN, "back")


class WeekBack(View, of=K.WEEK_BACK):
    """Three lines that both have seen: what their week was about, a sentence that stays, and what is ahead."""

    titles: Sequence[str]
    stays: str
    mine: bool  # the sentence is the reader's own
    cover: bool
    ahead: str  # a theme that both wish for
    protect: Unsaid[bool]

    @property
    def protected(self) -> bool:
        """Whether the sentence's author wants nobody to forward or save it."""
        return self.protect

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look what stands by now; gone where nothing of the week does."""
        round_, me, other, couple = context.round, context.me, context.other, context.couple
        if round_ is None or me is None or other is None or couple is None or couple.parted_at is not None:
            return None
        week = await actions.seen_by_both(context.work, couple, me.id, round_.local_date)
        if not week.rounds:
            return None
        marked, sentence = week.stays or (None, None)
        mine = marked is not None and marked.author == me.id
        shown = sentence is not None and not (mine and me.put_away)  # what was cleared stays so
        wish = themes.wished((me, other), context.work.now)
        known = context.content.library(context.language).themes
        return cls(
            titles=[title_of(context, one, me.id, other.name) for one in week.rounds[:MOST]],
            stays=sentence.text if sentence is not None and shown else "",
            mine=mine,
            cover=sentence is not None and ((context.cover and not mine) or sentence.covered),
            ahead=known[wish].title if wish is not None and wish in known else "",
            protect=shown and not mine and other.protect,
        )


class WeekDayChoice(View, of=K.SETTINGS_WEEK):
    """The day on which the two look back."""

    day: str
    weekdays: Unsaid[frozenset[int]]
    chosen: Unsaid[int | None]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; none outside a couple."""
        couple = context.couple
        if couple is None or context.me is None:
            return None
        return cls(day=_day(context), weekdays=couple.rhythm.weekdays, chosen=couple.week_day)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the couple's days."""
        del message
        days = [
            key(day, tick=day == self.chosen) for day, key in enumerate(WEEK_DAYS) if day in self.weekdays
        ]
        return [days[:4], days[4:], [BACK_TO_DAYS("days")]]


class WeekDaySet(View, of=K.WEEK_DAY_SET):
    """Tells the other which day it is now."""

    day: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Take it as it is now."""
        return cls(day=_day(context)) if context.couple else None


def _day(context: RenderContext) -> str:
    chosen = context.couple.week_day if context.couple else None
    return context.say(f"weekday_{chosen}") if chosen is not None else ""


async def _show(request: Request, **details: int) -> None:
    us = await must_be_together(request.work, request.me.id)
    shown = replace(us.message(K.SETTINGS_WEEK, us.me), details=details)
    await request.work.outbox.put(shown.editing(request.source))


async def show(request: Request) -> None:
    """Show the choice, in place."""
    await _show(request)


async def turn_day(request: Request) -> None:
    """Choose a day, or none. Raises Refusal NOT_YOURS for what is none."""
    weekday = request.press.number(0)
    if weekday not in range(7):
        raise Refusal(Reason.NOT_YOURS)
    await actions.turn_day(request.work, request.me, weekday)
    await _show(request, **{CHOSEN: 1})


COMMANDS: Mapping[str, Handler] = {}
PRESSES: Mapping[Verb, Handler] = {Verb.WEEK: show, Verb.WEEK_DAY: turn_day}
