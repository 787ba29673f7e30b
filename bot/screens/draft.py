"""A reflection while it is one's own: its draft is quoted, changed, sealed, and taken back."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Self

from bot.actions import announce, edit, named, put_away, seal
from bot.actions.people import together
from bot.actions.quotation import HasPieces, is_said, marked_text, parts_of, words_of
from bot.actions.quote import show_again
from bot.actions.respond import PickedStarter
from bot.messages import InChat, Message, MessageKind
from bot.practice.destination import ANSWERS, QUESTION_LASTS
from bot.practice.draft import Draft, Piece, PieceKind, parts
from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, WRITABLE, Round, RoundState, Slot
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.prompt import answered_card, own_card_named, theirs_to_ask
from bot.screens.put_away import CLEAR_MINE, SHOW_MINE, Away, away_of
from bot.screens.request import Handler, Request
from bot.screens.solo import PRACTISE
from bot.screens.view import ButtonRows, Key, Unsaid, View, round_of, version_of

K = MessageKind
Pieces = Sequence[Mapping[str, str]]

SEAL = Key(Verb.SEAL, "seal", "primary")
START_OVER = Key(Verb.START_OVER, "start_over")
TAKE_OUT = Key(Verb.TAKE_OUT, "take_out")
TAKE_BACK = Key(Verb.TAKE_BACK, "take_back")


FATES = {RoundState.LAPSED: "over", RoundState.CLOSED: "ended"}  # its two weeks are, or the couple has


async def own(context: RenderContext, slot: Slot) -> Draft | None:
    """Load a partner's own words if they are still the version that the message was queued for."""
    if context.me is None or context.round is None:
        return None
    draft = await context.work.words.own(context.me.id, context.round.id, slot)
    return draft if draft.version == context.message.details.get("version", draft.version) else None


def shown(draft: Draft) -> Pieces:
    """Write a draft down for a template."""
    return shown_pieces(draft.pieces)


def shown_pieces(pieces: Sequence[Piece]) -> Pieces:
    """Write parts down for a template."""
    return [_shown(part) for part in parts(pieces)]


def under_files(draft: HasPieces, pieces: Sequence[Piece]) -> Pieces:
    """Write files down for a template; a caption that is too long to stand there is among the texts."""
    return shown_pieces([replace(one, text="", covers=()) if is_said(draft, one) else one for one in pieces])


def _shown(part: Sequence[Piece]) -> Mapping[str, str]:
    """Write a part down; an album with all its captions as one."""
    text = "\n".join(marked_text(piece) for piece in part if piece.text)
    kind = part[0].kind.value if len(part) == 1 else "album"
    return {"kind": kind, "text": text, "count": str(len(part)), "covered": ""}


def apart(draft: Draft) -> bool:
    """Return whether a draft was shown in parts, above the message with its buttons."""
    return not announce.fits_one_message(draft)


def is_shown(round_: Round) -> bool:
    """Tell whether a round's words are open to both, or were before the couple ended."""
    return round_.state in SHOWN or round_.revealed_at is not None


def fate_of(round_: Round) -> str:
    """Name what has become of a round whose words nobody else will see; empty for any other."""
    return "" if is_shown(round_) else FATES.get(round_.state, "")


class Reflection(View, of=K.DRAFT):
    """A draft that can still be sealed."""

    pieces: Pieces
    apart: bool
    day: str
    card: str
    several: bool  # cards, for parts of it
    explain: bool  # what sealing does: until a first reveal has shown it, and where the words may be for another day
    fate: str  # as `fate_of` has it

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the draft, the day that it is for, and the card where there was more than one."""
        draft = await own(context, Slot.REFLECTION)
        if draft is None or context.round is None or draft.committed_at:
            return None
        fate = fate_of(context.round)
        if context.round.state not in WRITABLE and not (fate and context.message.edit):
            return None
        apart, day = bool(context.message.details.get("apart")), await context.earlier_day()
        doubt = not fate and not apart and len(draft.pieces) == 1 and await _owes_another(context)
        return cls(
            pieces=shown(draft),
            apart=apart,
            day=day,
            card="" if fate else _card(context, context.round, draft.author, always=doubt),
            several=len(context.round.cards(draft.author)) > 1,
            explain=(_explains(context) or doubt) and not fate,
            fate=fate,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place what can be done with it: "not today" stands under the prompt."""
        if self.fate:
            return []
        round_ = round_of(message)
        several = [TAKE_OUT(round_, Slot.REFLECTION.value)] if len(self.pieces) > 1 else []
        return [[SEAL(round_, version_of(message))], [*several, START_OVER(round_)]]


def _explains(context: RenderContext) -> bool:
    return context.couple is not None and context.couple.kept == 0


async def _owes_another(context: RenderContext) -> bool:
    """Tell whether an answer of another day is open: what was just written may be meant as that."""
    us = await together(context.work, context.me.id) if context.me else None
    open_ = await named.open_places(context.work, us)
    return any(place.kind in ANSWERS and place.round is not None for place in open_)


def _card(context: RenderContext, round_: Round, author: PartnerId, *, always: bool) -> str:
    """Write the card that a draft is for; empty where its author has taken no other, unless `always`."""
    if context.me is None or not (always or round_.turn(author).swaps):
        return ""
    if theirs_to_ask(context, round_, context.me, round_.answered(author)):
        return own_card_named(context, context.called)
    return answered_card(context, round_, context.me, context.called)


class DraftPart(View, of=K.DRAFT_PART):
    """Parts of a draft that is too long for one message, as many as fit; of a very long one a piece."""

    pieces: Pieces

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load them."""
        draft = await own(context, Slot(str(context.message.details.get("slot", Slot.REFLECTION))))
        found = parts_of(context.message, draft)
        if context.message.start is None:
            return cls(pieces=under_files(draft, found)) if draft and found else None
        text = {"kind": PieceKind.TEXT.value, "text": words_of(context.message, draft)}
        return cls(pieces=[{**text, "count": "1", "covered": ""}]) if found else None


class Sealed(View, of=K.SEALED):
    """What was sealed, or that it is put away, and whether it can be taken back."""

    pieces: Pieces
    apart: bool
    open: bool
    taken: bool  # back
    shown: bool
    fate: str  # as `fate_of` has it
    day: str
    explain: bool  # as under the draft
    away: Away
    ask: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load what was sealed."""
        draft = await own(context, Slot.REFLECTION)
        if draft is None or context.round is None:
            return None
        taken = draft.committed_at is None
        if taken and not context.message.edit:
            return None
        waiting = context.round.state is RoundState.WAITING
        day = await context.earlier_day()
        fate = fate_of(context.round)
        return cls(
            pieces=shown(draft),
            apart=apart(draft),
            open=waiting and not taken,
            taken=taken,
            shown=is_shown(context.round),
            fate=fate,
            day=day,
            explain=_explains(context),
            away=await away_of(context, Slot.REFLECTION),
            ask=bool(context.message.details.get(put_away.ASK)) and not (fate or taken),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back, and something to do meanwhile; under the first seal, what is offered once instead."""
        round_ = round_of(message)
        if self.taken:
            return []
        if self.away.away:
            mine = SHOW_MINE(round_, Slot.REFLECTION.value)
            return [[mine, TAKE_BACK(round_)], [PRACTISE()]] if self.open else [[mine]]
        back = [TAKE_BACK(round_)] if self.open else []
        if self.ask:
            return [back, [CLEAR_MINE(round_)]]
        return [[*back, PRACTISE()]] if self.open else []


class RefusalSaid(View, of=K.REFUSAL):
    """The practice says no, kindly: each reason has words of its own."""

    reason: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take the reason that the message carries."""
        return cls(reason=str(context.message.details["reason"]))

    @classmethod
    def templates(cls) -> tuple[str, ...]:
        """Name one template a reason."""
        return tuple(f"refusal_{reason.value}" for reason in Reason)

    def template(self, message: Message) -> str:
        """Return the name of the reason's template."""
        del message
        return f"refusal_{self.reason}"

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back under sealed words that somebody wanted to change."""
        sealed = self.reason == Reason.ALREADY_SEALED
        return [[TAKE_BACK(round_of(message))]] if sealed and message.round else []


def opening(request: Request) -> PickedStarter | None:
    """Return the opening of the starter that was picked last, if any."""
    return request.services.content.opening(request.me.expectation.starter, request.language)


async def edited(request: Request) -> bool:
    """Let an edit in Telegram change the part that it edits; False where it is of no part."""
    if request.arrival is not None:
        return await edit.edit_piece(request.work, request.me, request.arrival, opening(request))
    part = await request.work.words.by_source(request.me.id, request.source)
    if part is not None:
        await unsupported(request)
    return part is not None


async def unsupported(request: Request) -> None:
    """Say what can be sent here; to strangers nothing."""
    await say_at_the_end(request, K.UNSUPPORTED)


async def say_at_the_end(request: Request, kind: MessageKind) -> None:
    """Say something to a partner; what has said so a moment ago goes, so that it stands once, at the end."""
    if request.partner is None:
        return
    outbox = request.work.outbox
    await outbox.withdraw(to=request.me.id, kinds=(kind,))
    for number in {
        one.number: one for one in await outbox.standing(request.me.id, (kind,)) if _is_young(request, one)
    }:
        await outbox.put(request.to_me(K.GONE).editing(number))
    await outbox.put(request.to_me(kind))


def _is_young(request: Request, one: InChat) -> bool:
    return one.number is not None and request.work.now - one.at < QUESTION_LASTS


async def press_seal(request: Request) -> None:
    """Seal what was quoted."""
    async with showing_changes(request, Slot.REFLECTION):
        version = request.press.number(1)
        await seal.seal(request.work, request.me, request.round_of(), version, request.source)


@asynccontextmanager
async def showing_changes(request: Request, slot: Slot) -> AsyncIterator[None]:
    """Say so where the words have changed since they were quoted, and quote them as they are now."""
    try:
        yield
    except Refusal as refusal:
        if refusal.reason is not Reason.WORDS_CHANGED:
            raise
        await request.say(K.REFUSAL, reason=refusal.reason.value)
        await show_again(request.work, request.me, request.round_of(), slot)


async def take_back(request: Request) -> None:
    """Open one's own seal again; whoever comes too late is shown the reveal."""
    try:
        await seal.take_back(request.work, request.me, request.round_of())
    except Refusal as refusal:
        if refusal.reason is not Reason.TOO_LATE:
            raise
        await request.say(K.REFUSAL, reason=refusal.reason.value)
        await seal.show_instead(request.work, request.me, request.round_of())


PRESSES: Mapping[Verb, Handler] = {
    Verb.SEAL: press_seal,
    Verb.TAKE_BACK: take_back,
}
