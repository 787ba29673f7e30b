"""One's own words, put away: the offer, and seeing them again for a while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from bot.actions import put_away
from bot.actions.practised import PRACTICE
from bot.actions.quotation import parts_of, words_of
from bot.messages import Message, MessageKind
from bot.practice.draft import PieceKind
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot
from bot.screens import settings
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import Attachment, ButtonRows, Key, Unsaid, View

K = MessageKind

CLEAR_MINE = Key(Verb.CLEAR_MINE, "clear_mine")
SHOW_MINE = Key(Verb.SHOW_MINE, "show_mine")
HIDE_MINE = Key(Verb.HIDE_MINE, "hide_mine")


@dataclass(frozen=True)
class Away:
    """What a note tells of words that are put away: whether that goes on, and how many messages stay."""

    away: bool = False
    clearing: bool = False
    stays: int = 0
    doubt: bool = False  # a copy may stand there of which we don't know


async def away_of(context: RenderContext, slot: Slot) -> Away:
    """Tell what has become of words that a note is about; nothing where they are not put away."""
    details, me = context.message.details, context.me
    if me is None or not details.get(put_away.AWAY):
        return Away()
    traces = await context.work.traces.of(me.id, context.message.round, slot.value)
    stays = sum(trace.stays for trace in traces)
    return Away(away=True, clearing=len(traces) > stays, stays=stays, doubt=bool(details.get(put_away.DOUBT)))


class Mine(View):
    """A part of what was sealed or sent, shown to its author again."""

    words: Unsaid[str]
    first: Unsaid[bool]
    last: Unsaid[bool]
    kind: Unsaid[str]
    files: Unsaid[Sequence[str]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read the part; None where it is no more, or a draft again."""
        message = context.message
        if context.me is None or context.round is None:
            return None
        slot = Slot(str(message.details["slot"]))
        draft = await context.work.words.own(context.me.id, context.round.id, slot)
        pieces = parts_of(message, draft)
        if not pieces or draft.committed_at is None:
            return None
        return cls(
            words=words_of(message, draft),
            first=bool(message.details.get("first")),
            last=bool(message.details.get("last")),
            kind=pieces[0].kind.value,
            files=[piece.file or "" for piece in pieces],
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to put them away before their time is over."""
        del message
        return [[HIDE_MINE()]] if self.last else []


class MineWords(Mine, of=K.MINE_WORDS):
    """Words."""

    first: bool
    words: str


class MineMedia(Mine, of=K.MINE_MEDIA):
    """What was recorded or taken a picture of."""

    first: bool
    words: str

    @property
    def attachment(self) -> Attachment:
        """The file, as Telegram has it."""
        return Attachment(PieceKind(self.kind).value, self.files[0], more=tuple(self.files[1:]))


class StillHere(View, of=K.STILL_HERE):
    """Says how much of practice could not be deleted."""

    stays: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Count it."""
        if context.me is None:
            return None
        traces = await context.work.traces.of(context.me.id, None, PRACTICE)
        stays = sum(trace.stays for trace in traces)
        return cls(stays=stays) if stays else None


async def clear(request: Request) -> None:
    """Let one's own words leave the chat, these and from now on.

    Where they no longer stand under a seal, show what holds now.
    """
    if not await put_away.wish(request.work, request.me, request.round_of(), request.source):
        await settings.show_chosen(request)


async def show(request: Request) -> None:
    """Show one's own words for a while. Raises Refusal NOT_YOURS, and as put_away.show."""
    slot = request.press.text(1)
    if slot not in set(Slot):
        raise Refusal(Reason.NOT_YOURS)
    await put_away.show(request.work, request.me, request.round_of(), Slot(slot))


async def hide(request: Request) -> None:
    """Put away what is shown, before its time."""
    await put_away.hide(request.work, request.me)


PRESSES: Mapping[Verb, Handler] = {
    Verb.CLEAR_MINE: clear,
    Verb.SHOW_MINE: show,
    Verb.HIDE_MINE: hide,
}
