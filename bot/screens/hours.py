"""Hours in a person's own words: read, or asked back with what they may mean."""

from collections.abc import Mapping
from typing import Self

from bot.actions import named, preferences, rhythm
from bot.actions.people import expect
from bot.messages import Message, MessageKind, Shown
from bot.practice import hours
from bot.practice.calendar import LONGEST_QUIET, Quiet
from bot.practice.destination import QUESTION_LASTS, expected_place
from bot.practice.hours import AskBack, AskSpan, Hour, Span
from bot.practice.refusals import Reason, Refusal
from bot.screens import settings, stands_last
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, View

K = MessageKind
MOST = 4
ASKED = (K.ASK_HOUR, K.HOUR_CHOICES)
DAY = 24 * 60
THIS_HOUR = Key(Verb.HOUR)
OWN = "own"  # of the question about the week, and not of the couple
OWN_HOUR = Key(Verb.PULSE_AT)  # of the question about the week
THESE_HOURS = Key(Verb.QUIET)


class HourChoices(View, of=K.HOUR_CHOICES, asks=True):
    """Hours that may be meant, to pick one."""

    why: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load why it is asked."""
        return cls(why=str(context.message.details["why"]))

    def buttons(self, message: Message) -> ButtonRows:
        """Place two hours in a row."""
        given = message.details
        picked = OWN_HOUR if given.get(OWN) else THIS_HOUR
        keys = [picked.saying(_clock(minute), minute) for minute in _minutes(given)]
        return [keys[:2], keys[2:]] if len(keys) > 2 else [keys]  # noqa: PLR2004 (two in a row)


class QuietChoices(View, of=K.QUIET_CHOICES, asks=True):
    """Quiet hours that may be meant, to pick some."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place each on a row of its own."""
        given = message.details
        spans = [
            (int(given[f"start{i}"]), int(given[f"end{i}"])) for i in range(MOST) if f"start{i}" in given
        ]
        return [
            [THESE_HOURS.saying(f"{_clock(start)}\u2013{_clock(end)}", start, end)] for start, end in spans
        ]


async def typed_hour(request: Request) -> None:
    """Take words as the couple's hour, or ask which they mean. Raises Refusal BAD_HOUR."""
    match await read_hour(request):
        case Hour(minute):
            await expect(request.work, request.me)
            await rhythm.set_hour(request.work, request.me, minute)
        case AskBack() as found:
            await request.say(K.HOUR_CHOICES, **choices_of(found))
        case _:
            raise Refusal(Reason.BAD_HOUR)


async def read_hour(request: Request) -> Hour | AskBack | None:
    """Read an hour; "evening" under a few that it was asked about is the one that it can be."""
    words, asked = request.services.content.hours(request.language), await _standing(request)
    picked = hours.chosen(request.text, words, _minutes(asked.details)) if asked is not None else None
    return picked if picked is not None else hours.read(request.text, words)


async def answers_what_stands(request: Request) -> bool:
    """Tell whether words can only be the hour that was asked for under a first seal, or which half of the day it is.

    That question stands by itself, and may be let be: it is no question that has to be answered, and whatever else is
    written or comes doesn't end it; but what asks for a press since, or is looked at, has the numbers. "Morning" names
    one of its buttons; "good morning" is said to somebody, and "the morning was hard" is of the day.
    """
    # What words are for is asked of the chat in several ways: all of it is read in one go.
    await request.work.outbox.look(request.me.id, standing=ASKED, newest=named.SAID)
    text, asked = request.text.strip(), await _standing(request)
    if asked is None or asked.details.get(OWN) or request.passed_on:
        return False
    if expected_place(request.me.expectation):
        return False
    if request.reply and await request.work.outbox.shown_in(request.me.id, request.reply) != asked:
        return False
    since = await stands_last.question(request)
    if since is not None and since.kind in named.PRESSED_UNDER and since.row > asked.row:
        return False
    if " " in text and request.courtesy(text):
        return False
    words = request.services.content.hours(request.language)
    picked = hours.chosen(text, words, _minutes(asked.details))
    return picked is not None or (hours.read(text, words) is not None and hours.understood(text, words))


async def _standing(request: Request) -> Shown | None:
    """Find the newest question for the couple's hour that buttons answer, too, and that stands there unanswered."""
    work, me = request.work, request.me
    asked = await work.outbox.standing(me.id, ASKED)
    if not asked:
        return None
    answered = max((one.row for one in await work.outbox.newest(me.id, (K.RHYTHM_SET,))), default=0)
    for one in reversed(asked):
        shown = await work.outbox.shown_in(me.id, one.number) if one.number is not None else None
        if shown is None or shown.row != one.row or shown.row < answered:
            continue
        if work.now - shown.at < QUESTION_LASTS:
            return shown
    return None


def _minutes(given: Mapping[str, int | str]) -> list[int]:
    return [int(given[f"minute{i}"]) for i in range(MOST) if f"minute{i}" in given]


def choices_of(found: AskBack) -> dict[str, int | str]:
    """Give what a message needs to offer the hours that words may mean."""
    return {
        "why": found.why.value,
        **{f"minute{number}": minute for number, minute in enumerate(found.minutes)},
    }


async def typed_quiet(request: Request) -> None:
    """Take words as one's quiet hours, or ask which they mean. Raises Refusal BAD_QUIET."""
    match hours.read_span(request.text, request.services.content.hours(request.language)):
        case Span(start, end):
            await preferences.set_quiet(request.work, request.me, start, end)
            await settings.show_chosen(request)
        case AskSpan(spans):
            offered: dict[str, int | str] = {}
            for number, (first, last) in enumerate(spans):
                whole = _whole(request.me.quiet, first, last)
                offered |= {f"start{number}": whole.start, f"end{number}": whole.end}
            await request.say(K.QUIET_CHOICES, **offered)
        case _:
            raise Refusal(Reason.BAD_QUIET)


def _whole(now: Quiet, start: int | None, end: int | None) -> Quiet:
    """Fill in the end that was not named: as it is now, as it usually is, or half a day away."""
    usual = Quiet()
    pairs = ((now.start, now.end), (usual.start, usual.end))
    for known_start, known_end in pairs:
        first = known_start if start is None else start
        last = known_end if end is None else end
        if 0 < (last - first) % DAY <= LONGEST_QUIET:
            return Quiet(first, last)
    if start is None:
        return Quiet(((end or 0) - LONGEST_QUIET) % DAY, end or 0)
    return Quiet(start, (start + LONGEST_QUIET) % DAY)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


COMMANDS: Mapping[str, Handler] = {}
PRESSES: Mapping[Verb, Handler] = {}
