"""A letter that opens later: written after /capsule, quoted, sealed for a day, taken back, and read on its day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.actions import capsule as actions
from bot.actions.capsule import ABOUT, AGAIN, APART, AWAY, DAY, NAMED, VERSION
from bot.actions.people import expect, must_be_together
from bot.actions.quotation import FIRST, LAST, parts_of, words_of
from bot.messages import Message, MessageKind
from bot.practice import calendar
from bot.practice.calendar import months_later
from bot.practice.capsule import Capsule, CapsuleState
from bot.practice.draft import PieceKind
from bot.practice.hours import is_hour, names_anniversary, names_hour, read_away, read_weekday
from bot.practice.ids import CapsuleId
from bot.practice.partner import Expectation, Expecting
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.days import read_day
from bot.screens.draft import Pieces, shown_pieces, under_files
from bot.screens.journal import written_day
from bot.screens.labels import letters
from bot.screens.prompt import WORRIES
from bot.screens.request import Handler, Request
from bot.screens.view import Attachment, Button, ButtonRows, Key, Unsaid, View
from prompts.courtesies import CHANGE, FINE

K = MessageKind

IN_A_MONTH = Key(Verb.CAPSULE_DAY, "in_a_month")
IN_HALF_A_YEAR = Key(Verb.CAPSULE_DAY, "in_half_a_year")
IN_A_YEAR = Key(Verb.CAPSULE_DAY, "in_a_year")
AWAYS = {1: IN_A_MONTH, 6: IN_HALF_A_YEAR, 12: IN_A_YEAR}  # by how many months
OTHER_DAY = Key(Verb.CAPSULE_OTHER_DAY, "other_day")
SEAL = Key(Verb.CAPSULE_SEAL, "seal", "primary")
BACK = Key(Verb.CAPSULE_BACK, "take_back")
OUT = Key(Verb.CAPSULE_OUT, "let_letter_go")
SHOW = Key(Verb.CAPSULE_SHOW)
BESIDE_A_DRAFT = frozenset({"undo", "send", "send_letter"})  # what is said under it of its buttons
ANNIVERSARY = "anniversary"
HOUR = "clock_alone"  # an hour without a day
_DAY = re.compile(
    r"[^\W\d_]{4}|[^\W_][\s./-]+[^\W_]"
)  # no number and no short word by itself: "10", "may", "sun"


@dataclass(frozen=True)
class Letter:
    """A letter in a list: the day that it is known by."""

    id: int
    day: str


def _letter(context: RenderContext, capsule: Capsule) -> Letter:
    day = capsule.opens_on or calendar.local_date(capsule.made_at, context.zone)
    return Letter(capsule.id, written_day(context, day))


class CapsuleList(View, of=K.CAPSULES):
    """What waits for its day, what has opened, and how to write one."""

    waiting: Sequence[Letter]
    opened: Sequence[Letter]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load one's own that wait, and the newest that were to this reader."""
        if context.me is None or context.other is None:
            return None
        own = await context.work.capsules.of(context.me.id)
        ids = await context.work.capsules.opened_to(context.me.id, actions.MOST_OPENED)
        read = [await context.work.capsules.read(context.me.id, id_) for id_ in ids]
        return cls(
            waiting=[_letter(context, one) for one in own if one.state is CapsuleState.SEALED],
            opened=[_letter(context, one) for one in read if one is not None],
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to each."""
        del message
        return [[SHOW.saying(letter.day, letter.id)] for letter in (*self.waiting, *self.opened)]


async def _own(context: RenderContext) -> Capsule | None:
    """Load the reader's own letter that the message is about."""
    id_ = CapsuleId(int(context.message.details[ABOUT]))
    return await context.work.capsules.own(context.me.id, id_) if context.me else None


class CapsulePart(View, of=K.CAPSULE_PART):
    """A part of one's own letter that needed a message of its own, to be read before it is sealed."""

    pieces: Pieces

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the part, if it is still of the version that was quoted."""
        capsule, details = await _own(context), context.message.details
        if capsule is None or capsule.version != details[VERSION]:
            return None
        found = parts_of(context.message, capsule.words)
        kind = found[0].kind.value if found else PieceKind.TEXT.value
        if context.message.start is not None:
            words = words_of(context.message, capsule.words)
            return cls(pieces=[{"kind": "text", "text": words, "count": "1", "covered": ""}])
        shown = under_files(capsule.words, found)
        return cls(pieces=[{**one, "kind": kind} for one in shown]) if found else None


class CapsuleDraft(View, of=K.CAPSULE_DRAFT):
    """A letter that can be sealed: first a day is chosen, and then it is sealed for that."""

    pieces: Pieces
    apart: bool
    again: bool
    hour: bool  # one was named with the day, and isn't the letter's
    day: str
    id: Unsaid[int]
    iso: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it, if it is still the version that was quoted."""
        capsule, details = await _own(context), context.message.details
        if capsule is None or capsule.version != details[VERSION] or capsule.state is not CapsuleState.DRAFT:
            return None
        iso = str(details.get(DAY, ""))
        return cls(
            pieces=shown_pieces(capsule.pieces),
            apart=bool(details[APART]),
            again=bool(details.get(AGAIN)),
            hour=bool(details.get(NAMED)),
            day=_weekday(context, date.fromisoformat(iso)) if iso else "",
            id=capsule.id,
            iso=iso,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the days, or the seal; and the way out."""
        out = [OTHER_DAY(), OUT(self.id)]
        if self.iso:
            return [[SEAL(self.id, int(message.details[VERSION]), self.iso)], out]
        days: list[Button] = [key(months) for months, key in AWAYS.items()]
        return [days, out]


def _weekday(context: RenderContext, day: date) -> str:
    tongue = context.content.tongue(context.language)
    return tongue.weekday_date(context.say(f"weekday_{day.weekday()}"), day)


class CapsuleSealed(View, of=K.CAPSULE_SEALED):
    """Says for which day a letter is sealed, and whether it can still be taken back."""

    day: str
    opened: bool
    away: bool
    id: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; gone where its seal is open."""
        capsule = await _own(context)
        if capsule is None or capsule.opens_on is None:
            return None
        opened = capsule.state is CapsuleState.OPENED
        day = _weekday(context, capsule.opens_on)
        return cls(day=day, opened=opened, away=bool(context.message.details[AWAY]), id=capsule.id)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back, and the way out."""
        del message
        return [] if self.opened else [[BACK(self.id), OUT(self.id)]]


class CapsuleOver(View, of=K.CAPSULE_OVER):
    """Says that it opens for nobody, because the couple has ended."""

    id: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; none where its author has let it go."""
        capsule = await _own(context)
        return None if capsule is None else cls(id=capsule.id)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to destroy it."""
        del message
        return [[OUT(self.id)]]


class Opened(View):
    """A part of a letter, read through the seal. Its subclasses declare anew what they say."""

    mine: bool
    first: bool
    day: str
    words: str
    cover: bool  # all of it; what its author has covered is marked in the words
    cover_file: Unsaid[bool]
    last: Unsaid[bool]
    protect: Unsaid[bool]
    kind: Unsaid[str]
    files: Unsaid[Sequence[str]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read the part; None where the letter is no more."""
        message, me = context.message, context.me
        capsule = (
            await context.work.capsules.read(me.id, CapsuleId(int(message.details[ABOUT]))) if me else None
        )
        pieces = parts_of(message, capsule.words) if capsule else ()
        if me is None or capsule is None or not pieces or capsule.sealed_at is None:
            return None
        mine = capsule.author == me.id
        return cls(
            mine=mine,
            first=bool(message.details[FIRST]),
            day=written_day(context, calendar.local_date(capsule.sealed_at, context.zone)),
            words=words_of(message, capsule.words),
            cover=context.cover and not mine,
            cover_file=(context.cover and not mine) or any(piece.covered for piece in pieces),
            last=bool(message.details.get(LAST)),
            protect=not mine and context.other is not None and context.other.protect,
            kind=pieces[0].kind.value,
            files=[piece.file or "" for piece in pieces],
        )

    @property
    def protected(self) -> bool:
        """Whether its author wants nobody to forward or save it."""
        return self.protect

    def buttons(self, message: Message) -> ButtonRows:
        """Place help under the end of the other's letter."""
        del message
        return [[WORRIES()]] if self.last and not self.mine else []


class LetterWords(Opened, of=K.CAPSULE_WORDS):
    """Words of a letter."""


class LetterMedia(Opened, of=K.CAPSULE_MEDIA):
    """What was recorded for a letter, or taken a picture of."""

    @property
    def attachment(self) -> Attachment:
        """The file, as Telegram has it."""
        return Attachment(self.kind, self.files[0], cover=self.cover_file, more=tuple(self.files[1:]))


async def look(request: Request) -> None:
    """Show what there is; the next words are for a letter."""
    await actions.look(request.work, request.me, again=True)


async def show_button(request: Request) -> None:
    """Say what seals a letter: the button under it, or first a day; it is shown again where it's no more the last."""
    quoted = await request.work.outbox.newest(request.me.id, (K.CAPSULE_DRAFT,))
    chosen = bool(quoted and quoted[0].details.get(DAY))
    await request.say(K.COURTESY, what="send" if chosen else "send_letter")
    _, last = await request.work.outbox.shown_last(request.me.id)
    if last is None or last.kind is not K.CAPSULE_DRAFT:
        await actions.look(request.work, request.me)


async def choose_away(request: Request) -> None:
    """Choose a day so many months from now. Raises Refusal NOT_YOURS for another number."""
    months = request.press.number(0)
    if months not in AWAYS:
        raise Refusal(Reason.NOT_YOURS)
    us = await must_be_together(request.work, request.me.id)
    day = months_later(actions.today(us, request.work), months)
    await actions.choose_day(request.work, request.me, day)


async def ask_day(request: Request) -> None:
    """Ask for another day, in words."""
    await request.ask(Expecting.CAPSULE_DAY, K.CAPSULE_DAY_ASK)


async def _read(request: Request, today: date) -> date | None:
    """Read a day; a button's own words are what it chooses.

    Raises Refusal BAD_DAY for "friday the 9th" where that is a Monday.
    """
    said, language = request.text.strip(" .!").casefold(), request.language
    for months, key in AWAYS.items():
        if said == request.services.content.renderer.button(key.label, language).casefold():
            return months_later(today, months)
    content = request.services.content
    words, later = content.hours(language), content.later(language)
    away = read_away(request.text, words, later, today)
    beside = read_weekday(request.text, words, later, today) if away is None else None
    if beside is not None:
        if not beside:
            raise Refusal(Reason.BAD_DAY)
        return beside[0]
    return away or await read_day(request.text, language, today)


async def answers_beside(request: Request, courtesy: str | None) -> bool:
    """Meet a no or an ok that is no line of a letter; False for any other words.

    Before its first line a no lets the letter be. Right under what is written, the buttons there are said.
    """
    no = request.says_no() or courtesy == CHANGE
    if not (no or courtesy == FINE):
        return False
    if no and not await actions.is_begun(request.work, request.me):
        await expect(request.work, request.me)
        await request.say(K.CANCELLED, what=Expecting.CAPSULE.value)
        return True
    if not await _is_under_draft(request):
        return False
    if no:
        await request.say(K.COURTESY, what="undo")
    else:
        await show_button(request)
    return True


async def _is_under_draft(request: Request) -> bool:
    """Tell whether a letter stands last in the chat, or what was said under it of its buttons."""
    _, shown = await request.work.outbox.shown_last(request.me.id)
    said = shown is not None and shown.kind is K.COURTESY and shown.details["what"] in BESIDE_A_DRAFT
    return shown is not None and (said or shown.kind is K.CAPSULE_DRAFT)


async def takes_day(request: Request) -> bool:
    """Take words right under a letter that are a day, and nothing else, as when it opens; False for more of it."""
    if not await _is_under_draft(request):
        return False
    said = request.services.content.renderer.button(OTHER_DAY.label, request.language)
    if letters(request.text) == letters(said):
        await ask_day(request)
        return True
    if not _DAY.search(request.text):
        return False
    us = await must_be_together(request.work, request.me.id)
    if _is_hour(request):
        await _ask_again(request, HOUR)
        return True
    try:
        day = await _read(request, actions.today(us, request.work))
    except Refusal:
        await _ask_again(request)
        return True
    return day is not None and await _is_chosen(request, day)


async def _is_chosen(request: Request, day: date) -> bool:
    """Choose a day; False for one that is over, or too far: it may be of the letter."""
    try:
        async with request.work.savepoint():
            await _choose(request, day)
    except Refusal:
        return False
    return True


async def _choose(request: Request, day: date) -> None:
    hour = names_hour(request.text, request.services.content.hours(request.language), day)
    await actions.choose_day(request.work, request.me, day, hour=hour)


def _is_hour(request: Request) -> bool:
    return is_hour(request.text, request.services.content.hours(request.language))


async def _ask_again(request: Request, why: str = "") -> None:
    """Ask once more on which day it opens, where an hour was said or what can't be the day: it's no line of it."""
    await expect(request.work, request.me, Expectation(Expecting.CAPSULE_DAY, again=1))
    await request.say(K.ASK_AGAIN, what=Expecting.CAPSULE_DAY.value, last=0, why=why, kept=0)


async def typed_day(request: Request) -> str | None:
    """Take a day as it was written; return why it is to be asked again: an anniversary's, or an hour alone.

    Raises Refusal BAD_DAY where it is none, and as choose_day.
    """
    if _is_hour(request):
        return HOUR
    us = await must_be_together(request.work, request.me.id)
    day = await _read(request, actions.today(us, request.work))
    if day is not None:
        await _choose(request, day)
        return None
    if names_anniversary(request.text, request.services.content.later(request.language)):
        return ANNIVERSARY
    raise Refusal(Reason.BAD_DAY)


async def seal(request: Request) -> None:
    """Seal what was quoted; where the words have changed since, quote them as they are now."""
    press = request.press
    try:
        day = date.fromisoformat(press.text(2))
    except ValueError:
        raise Refusal(Reason.NOT_YOURS) from None
    quoted = CapsuleId(press.number(0)), press.number(1)
    try:
        await actions.seal(request.work, request.me, quoted, day, request.source)
    except Refusal as refusal:
        if refusal.reason is not Reason.WORDS_CHANGED:
            raise
        await request.say(K.REFUSAL, reason=refusal.reason.value)
        await actions.choose_day(request.work, request.me, day)


async def take_back(request: Request) -> None:
    """Open one's own seal again."""
    await actions.take_back(request.work, request.me, _id(request))


async def destroy(request: Request) -> None:
    """Let a letter go."""
    await actions.destroy(request.work, request.me, _id(request), request.source)


async def show(request: Request) -> None:
    """Show where one letter stands, or read it."""
    await actions.show_sealed(request.work, request.me, _id(request))


def _id(request: Request) -> CapsuleId:
    return CapsuleId(request.press.number(0))


COMMANDS: Mapping[str, Handler] = {"capsule": look}
PRESSES: Mapping[Verb, Handler] = {
    Verb.CAPSULE_DAY: choose_away,
    Verb.CAPSULE_OTHER_DAY: ask_day,
    Verb.CAPSULE_SEAL: seal,
    Verb.CAPSULE_BACK: take_back,
    Verb.CAPSULE_OUT: destroy,
    Verb.CAPSULE_SHOW: show,
}
