"""Putting a draft of several parts right: which part shall go, and whether all of it shall."""

from collections.abc import Mapping, Sequence
from typing import Self

from bot.actions import parts
from bot.messages import Message, MessageKind
from bot.practice.draft import Piece, PieceKind
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import own, showing_changes
from bot.screens.leaving import STAY
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View, round_of, version_of

K = MessageKind
SHORT = 24  # characters of a part on its button
MOST = 30  # parts to choose from: a keyboard of many more is too long for Telegram, and for a reader

ONE_PART = Key(Verb.TAKE_OUT_PART)
SURELY = Key(Verb.START_OVER_SURELY, "start_over_surely")


class TakeOutAsk(View, of=K.TAKE_OUT_ASK):
    """Asks which part shall go; gone once the words have changed."""

    labels: Unsaid[Sequence[str]]  # of the newest parts
    first: Unsaid[int]  # the place of the first of them
    slot: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the parts of the version that was asked about."""
        slot = Slot(str(context.message.details["slot"]))
        draft = await own(context, slot)
        if draft is None or not draft.pieces:
            return None
        first = max(0, len(draft.parts) - MOST)
        labels = [_label(context, part) for part in draft.parts[first:]]
        return cls(labels=labels, first=first, slot=slot.value)

    def buttons(self, message: Message) -> ButtonRows:
        """Place a button a part."""
        about = round_of(message), version_of(message)
        return [
            [ONE_PART.saying(label, *about, n, self.slot)] for n, label in enumerate(self.labels, self.first)
        ]


def _label(context: RenderContext, part: Sequence[Piece]) -> str:
    """Write how a part begins, or what it is."""
    piece = part[0]
    if len(part) > 1:
        return context.say("part_album")
    words = " ".join(piece.text.split())
    begun = words if len(words) <= SHORT else f"{words[:SHORT].rstrip()} …"
    return begun if piece.kind is PieceKind.TEXT else context.say(f"part_{piece.kind.value}")


class StartOverAsk(View, of=K.START_OVER_ASK):
    """Asks once before all parts go."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers."""
        return [[SURELY(round_of(message), version_of(message)), STAY()]]


async def ask_which(request: Request) -> None:
    """Ask which part shall go."""
    await parts.ask_which(request.work, request.me, request.round_of(), _slot(request, 1))


async def take_out(request: Request) -> None:
    """Take one part out."""
    slot, press = _slot(request, 3), request.press
    async with showing_changes(request, slot):
        round_, version, place = request.round_of(), press.number(1), press.number(2)
        await parts.take_out(
            request.work, request.me, round_, slot, version=version, place=place, shown_in=request.source
        )


def _slot(request: Request, place: int) -> Slot:
    said = request.press.text(place)
    if said not in set(Slot):
        raise Refusal(Reason.NOT_YOURS)
    return Slot(said)


async def start_over(request: Request) -> None:
    """Clear the draft, or ask first."""
    await parts.start_over_or_ask(request.work, request.me, request.round_of())


async def surely(request: Request) -> None:
    """Clear the draft that was asked about; an old button names no version."""
    version = request.press.number(1) if len(request.press.arguments) > 1 else -1
    async with showing_changes(request, Slot.REFLECTION):
        await parts.surely_start_over(
            request.work, request.me, request.round_of(), version=version, shown_in=request.source
        )


PRESSES: Mapping[Verb, Handler] = {
    Verb.TAKE_OUT: ask_which,
    Verb.TAKE_OUT_PART: take_out,
    Verb.START_OVER: start_over,
    Verb.START_OVER_SURELY: surely,
}
