"""One's own line as a picture, and both lines where both agree to look at them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Self

from bot.actions import growth as actions
from bot.actions import pulse
from bot.actions.refused import WORDS
from bot.messages import Message, MessageKind
from bot.practice.growth import Both as BothSeen
from bot.practice.growth import OwnLine
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.picture import Drawing
from bot.screens.pulse import clock
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
FIRST_DAY, FIRST_MINUTE = 6, 18 * 60  # Sundays at 18:00
TURN = 1

ON_DARK = Key(Verb.GROWTH, "line_dark")
ON_LIGHT = Key(Verb.GROWTH, "line_light")
BOTH = Key(Verb.BOTH, "both_lines")
YES = Key(Verb.BOTH_YES, "both_yes")
NOT_ANY_MORE = Key(Verb.BOTH_NOT, "both_not")
START = Key(Verb.PULSE_AT, "pulse_start")
WHEN = Key(Verb.SCREEN, "pulse_when")


class Growth(View, of=K.GROWTH):
    """One's own line: the numbers in words, which are the picture's caption, and the picture."""

    first: str
    last: str
    low: str
    high: str
    newest: str
    usual_low: str
    usual_high: str
    change: str
    cover: bool
    line: Unsaid[OwnLine]
    dark: Unsaid[bool]
    words: Unsaid[bool]
    together: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Draw the line of what is there now; nothing where it has been destroyed meanwhile."""
        me = context.me
        line = await actions.line_of(context.work, me.id) if me else None
        if me is None or line is None:
            return None
        return cls.of_line(
            line,
            context.date,
            dark=(await pulse.plan_of(context.work, me.id)).dark,
            cover=context.cover,
            words=bool(context.message.details.get(WORDS)),
            together=context.couple is not None and context.couple.parted_at is None,
        )

    @classmethod
    def of_line(cls, line: OwnLine, write: Callable[[date], str], **besides: bool) -> Self:
        """Say a line in words; `write` writes a date."""
        usual, given = line.usual, line.given
        return cls(
            first=write(line.first),
            last=write(line.last),
            low=_written(min(given)),
            high=_written(max(given)),
            newest=_written(given[-1]),
            usual_low=_written(usual.low) if usual else "",
            usual_high=_written(usual.high) if usual else "",
            change=line.change.value if line.change else "",
            line=line,
            **besides,
        )

    @property
    def drawing(self) -> Drawing | None:
        """The line, week by week."""
        if self.words:
            return None
        usual = (self.line.usual.low, self.line.usual.high) if self.line.usual else None
        lines = [self.line.levels]
        return Drawing(lines, self.first, self.last, usual, dark=self.dark, cover=self.cover)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the other ground, and both lines."""
        del message
        ground = [] if self.words else [(ON_LIGHT if self.dark else ON_DARK)(TURN)]
        return [ground, [BOTH()] if self.together else []]


class NoLine(View, of=K.GROWTH_NONE):
    """How a line begins."""

    on: bool
    together: bool
    day: str
    hour: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load whether somebody is asked, and when."""
        if context.me is None:
            return None
        plan = await pulse.plan_of(context.work, context.me.id)
        return cls(
            on=plan.asks,
            together=context.couple is not None and context.couple.parted_at is None,
            day=context.say(f"weekday_{plan.weekday}"),
            hour=clock(plan.minute),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place a beginning, or the way to change when."""
        del message
        if self.on:
            return [[WHEN("pulse")]]
        return [[START(FIRST_MINUTE, FIRST_DAY)], [WHEN("pulse")]] if self.together else []


class BothAsk(View, of=K.BOTH_ASK):
    """Asks one of the two alone; nothing here depends on the other's answer."""

    was: bool  # they have just taken a yes back

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message."""
        return cls(was=bool(context.message.details.get("was")))

    def buttons(self, message: Message) -> ButtonRows:
        """Place a yes: leaving it is the no."""
        del message
        return [[YES()]]


class BothNone(View, of=K.BOTH_NONE):
    """Nothing to look at together, whatever the reason."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to take one's yes back."""
        del message
        return [[NOT_ANY_MORE()]]


class BothLines(View, of=K.BOTH_LINES):
    """Both lines without names, the same picture for either."""

    first: str
    last: str
    low: str
    high: str
    other_low: str
    other_high: str
    cover: bool
    lines: Unsaid[tuple[tuple[float | None, ...], ...]]
    dark: Unsaid[bool]
    words: Unsaid[bool]
    protect: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read both lines as far as both agree now; nothing where one has taken it back meanwhile."""
        me, couple = context.me, context.couple
        seen = await context.work.pulses.both(couple) if me and couple else None
        if me is None or seen is None:
            return None
        return cls.of_both(
            seen,
            context.date,
            dark=(await pulse.plan_of(context.work, me.id)).dark,
            cover=context.cover,
            words=bool(context.message.details.get(WORDS)),
            protect=context.other is not None and context.other.protect,
        )

    @classmethod
    def of_both(cls, seen: BothSeen, write: Callable[[date], str], **besides: bool) -> Self:
        """Say both lines in words; `write` writes a date."""
        weeks = [level for level in seen.levels if level is not None]
        one, two = ([level[seat] for level in weeks] for seat in (0, 1))
        return cls(
            first=write(seen.first),
            last=write(seen.last),
            low=_written(min(one)),
            high=_written(max(one)),
            other_low=_written(min(two)),
            other_high=_written(max(two)),
            lines=tuple(tuple(level[seat] if level else None for level in seen.levels) for seat in (0, 1)),
            **besides,
        )

    @property
    def drawing(self) -> Drawing | None:
        """Both lines, over the same weeks."""
        if self.words:
            return None
        return Drawing(self.lines, self.first, self.last, dark=self.dark, cover=self.cover)

    @property
    def protected(self) -> bool:
        """Whether the other protects what is theirs."""
        return self.protect

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to take one's yes back."""
        del message
        return [[NOT_ANY_MORE()]]


def _written(level: float) -> str:
    return f"{level:.1f}"


async def show(request: Request) -> None:
    """Show one's own line; a button under it may ask for it on the other ground."""
    turn = request.pressed is not None and bool(request.pressed.arguments)
    await (actions.turn_ground if turn else actions.show)(request.work, request.me)


async def look(request: Request) -> None:
    """Show both lines, or ask."""
    await actions.look(request.work, request.me)


async def agree(request: Request) -> None:
    """Take a yes."""
    await actions.agree(request.work, request.me, request.source)


async def withdraw(request: Request) -> None:
    """Take a yes back."""
    await actions.withdraw(request.work, request.me, request.source)


COMMANDS: Mapping[str, Handler] = {"growth": show}
PRESSES: Mapping[Verb, Handler] = {
    Verb.GROWTH: show,
    Verb.BOTH: look,
    Verb.BOTH_YES: agree,
    Verb.BOTH_NOT: withdraw,
}
