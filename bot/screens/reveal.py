"""The reveal: a frame, the other's words as the seal lets them through, and the invitation to respond."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from bot.actions import announce, guess
from bot.actions import tap as taps
from bot.actions.announce import INVITES, OPEN
from bot.actions.quotation import parts_of, words_of
from bot.messages import Message, MessageKind
from bot.practice.draft import Draft, PieceKind
from bot.practice.own_card import OWN_CARD
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, Near, Round, Slot, Tap
from bot.practice.thread import ThreadState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.highlight import stays
from bot.screens.prompt import (
    WORRIES,
    answered_card,
    own_card_named,
    prompt_answered,
    starters_of,
    task_of,
)
from bot.screens.request import Handler, Request
from bot.screens.view import Attachment, Button, ButtonRows, Key, Unsaid, View, round_of
from prompts.deck import with_name
from prompts.prompt import Task

K = MessageKind

STARTER = Key(Verb.STARTER)
OWN_WORDS = Key(Verb.OWN_WORDS, "own_words")
FEW = 1  # beginning in the first round of all: it brings enough to choose from
NEAR_VERY = Key(Verb.NEAR, "near_very")
NEAR_PARTLY = Key(Verb.NEAR, "near_partly")
NEAR_NOT = Key(Verb.NEAR, "near_not_this_time")
NEAR_KEYS = (NEAR_VERY, NEAR_PARTLY, NEAR_NOT)  # in the order of the words


TAP_NEW = Key(Verb.TAP, "tap_new")
TAP_KNEW = Key(Verb.TAP, "tap_knew")
TAP_MORE = Key(Verb.TAP, "tap_more")
TAP_KEYS = (TAP_NEW, TAP_KNEW, TAP_MORE)  # in the order of the words


class RevealFrame(View, of=K.REVEAL_FRAME):
    """The frame before the other's words, by what their side of the prompt does; gone where they are deleted."""

    frame: str
    several: bool  # cards of the other's
    listened: bool
    day: str
    card: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Choose the frame, and name the card that the words are for."""
        if context.round is None or context.me is None or context.other is None:
            return None
        round_ = context.round
        theirs = await context.work.words.read(context.me.id, context.other.id, round_.id, Slot.REFLECTION)
        if theirs is None or not theirs.pieces:
            return None
        prompt = prompt_answered(context, round_, context.other)
        words = context.content.words(context.language)
        task = task_of(context.content, context.language, round_, context.other.id)
        chosen = words.frame_for(
            prompt.way,
            round_.couple,
            round_.ordinal,
            task,
            light=prompt.light,
            sore=are_sore(context, context.other, theirs),
            grave=are_grave(context, context.other, theirs),
        )
        heard = (PieceKind.VOICE, PieceKind.VIDEO_NOTE)
        listened = all(piece.kind in heard for piece in theirs.pieces)
        return cls(
            frame=with_name(chosen.words(listened=listened), context.other.name),
            listened=listened,
            day=await context.earlier_day(),
            card=their_card(context, round_, context.me, context.other),
            several=len(round_.cards(context.other.id)) > 1,
        )


def are_grave(context: RenderContext, author: Partner, theirs: Draft | None) -> bool:
    """Tell whether only what fits any words may stand around an author's: read where they are shown, and kept nowhere.

    It chooses among what comes around other words, too, and so tells nothing that the words themselves don't.
    """
    text = _text_of(theirs)
    return bool(text) and context.content.grave(text, author.language, context.language)


def are_sore(context: RenderContext, author: Partner, theirs: Draft | None) -> bool:
    """Tell whether nothing glad or brisk may stand around an author's words, by what is sad in them or denied.

    Danger is never asked about: of a bad day and of a blow the same is told, and nothing of what the bot has heard.
    """
    return context.content.sore(_text_of(theirs), author.language)


def _text_of(theirs: Draft | None) -> str:
    return "\n".join(piece.text for piece in theirs.pieces if piece.text) if theirs else ""


def their_card(context: RenderContext, round_: Round, me: Partner, other: Partner) -> str:
    """Write the card that the other's words are for; empty where it is the reader's own."""
    theirs = answered_card(context, round_, other, me.name)
    if theirs == answered_card(context, round_, me, me.name):
        return ""
    return own_card_named(context, other.name) if round_.answered(other.id) == OWN_CARD else theirs


class Theirs(View):
    """A part of the other's words, read through the seal. Its subclasses declare anew what they say."""

    slot: ClassVar[Slot] = Slot.REFLECTION

    words: Unsaid[str]
    first: Unsaid[bool]
    last: Unsaid[bool]
    cover: Unsaid[bool]  # all, as their reader wishes; what their author has covered is marked in the words
    cover_file: Unsaid[bool]
    protect: Unsaid[bool]
    day: Unsaid[str]
    kind: Unsaid[str]
    files: Unsaid[Sequence[str]]
    several: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read the part."""
        if context.me is None or context.other is None or context.round is None:
            return None
        draft = await context.work.words.read(context.me.id, context.other.id, context.round.id, cls.slot)
        pieces = parts_of(context.message, draft)
        if not pieces:
            return None
        wished = context.cover and not context.message.details.get(OPEN)
        return cls(
            **await cls.besides(context),
            words=words_of(context.message, draft),
            first=bool(context.message.details.get("first")),
            last=bool(context.message.details.get("last")),
            cover=wished,
            cover_file=wished or any(piece.covered for piece in pieces),
            protect=context.other.protect,
            day=await context.earlier_day(),
            kind=pieces[0].kind.value,
            files=[piece.file or "" for piece in pieces],
            several=len(pieces) > 1,
        )

    @classmethod
    async def besides(cls, context: RenderContext) -> dict[str, Any]:
        """Load what a subclass says besides."""
        del context
        return {}

    @property
    def protected(self) -> bool:
        """Whether their author wants nobody to forward or save them."""
        return self.protect


class TheirFile(Theirs):
    """A file of the other's or an album of pictures, with a caption of ours, and theirs where there is one."""

    words: str
    cover: bool

    @property
    def attachment(self) -> Attachment:
        """The file, as Telegram has it."""
        return Attachment(self.kind, self.files[0], cover=self.cover_file, more=tuple(self.files[1:]))


class ResponseInvitation(View):
    """The invitation to respond, with starters that fit what the other's side of the prompt does."""

    task: str
    near: str  # the reader's own word on a guess, where they have said it
    quick: bool  # a tap can answer
    starters: Unsaid[Sequence[tuple[str, str]]]
    stays: Unsaid[list[Button]]  # a sentence can be marked

    def buttons(self, message: Message) -> ButtonRows:
        """Place the teller's three words on a guess, or else the starters; one's own words; and what is for oneself."""
        round_ = round_of(message)
        alone = [*self.stays, WORRIES()]
        if self.task == Task.GUESS.value and not self.near:
            words = [key(round_, word.value) for key, word in zip(NEAR_KEYS, Near, strict=True)]
            return [words[:2], [*words[2:], OWN_WORDS(round_)], alone]
        if self.quick:
            new, knew, more = (key(round_, word.value) for key, word in zip(TAP_KEYS, Tap, strict=True))
            return [[new, knew], [more, OWN_WORDS(round_)], alone]
        given = [STARTER.saying(label, round_, key) for key, label in self.starters]
        return [given[:2], [*given[2:], OWN_WORDS(round_)], alone]


async def invited(context: RenderContext) -> dict[str, Any]:
    """Choose the starters, and what the reader is asked for."""
    if context.round is None or context.me is None or context.other is None:
        return {"task": "", "near": "", "quick": False, "starters": (), "stays": []}
    round_ = context.round
    task = task_of(context.content, context.language, round_, context.other.id)
    theirs = await context.work.words.read(context.me.id, context.other.id, round_.id, Slot.REFLECTION)
    mine = await context.work.words.own(context.me.id, round_.id, Slot.REFLECTION)
    answered = round_.answered(context.other.id)
    chosen = _text_of(theirs) in context.content.prompt(answered, context.other.language).choices
    grave = are_grave(context, context.other, theirs)
    sore = are_sore(context, context.other, theirs)
    given = context.content.words(context.language).starters_for(
        starters_of(context, round_, context.other),
        round_.couple,
        round_.ordinal,
        task,
        # whoever has just told of a loss of their own is in no mood for glad words either
        sore=sore or are_grave(context, context.me, mine),
        grave=grave,
    )
    near = round_.turn(context.other.id).near
    return {
        "task": task.value,
        "near": near.value if near else "",
        # one of a quick card's own answers is nobody's sorrow, though there's a "not" in it
        "quick": prompt_answered(context, round_, context.other).quick and (chosen or not (sore or grave)),
        # a first reveal has enough to choose from: the journal has it there, too
        "stays": await stays(context) if round_.ordinal else [],
        "starters": [
            (starter.id, starter.button) for starter in given[: FEW if round_.ordinal == 0 else None]
        ],
    }


async def _was_refused(context: RenderContext) -> bool:
    if context.me is None or context.round is None:
        return False
    return await context.work.outbox.refused(context.me.id, announce.REVEALING, context.round.id)


class Respond(ResponseInvitation, of=K.REVEAL_INVITE):
    """The invitation in a message of its own."""

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Choose the starters; there is nothing to respond to where a part of the words was refused."""
        if context.round is None or context.other is None or await _was_refused(context):
            return None
        return cls(**await invited(context))


class Revealed(Theirs):
    """A part of the other's reflection; the last one invites to respond. Its subclasses declare anew what they say."""

    invites: bool
    task: str
    near: str
    quick: bool
    starters: Unsaid[Sequence[tuple[str, str]]]
    stays: Unsaid[list[Button]]

    @classmethod
    async def besides(cls, context: RenderContext) -> dict[str, Any]:
        """Choose the starters, where it invites; not where a part of the words was refused."""
        invites = bool(context.message.details.get(INVITES)) and not await _was_refused(context)
        return {**await invited(context), "invites": invites}

    def buttons(self, message: Message) -> ButtonRows:
        """Place the ways to respond under the last part."""
        if not self.invites:
            return []
        return ResponseInvitation(
            task=self.task, near=self.near, quick=self.quick, starters=self.starters, stays=self.stays
        ).buttons(message)


class RevealWords(Revealed, of=K.REVEAL_WORDS):
    """The other's reflection."""

    first: bool
    words: str
    cover: bool


class RevealMedia(Revealed, TheirFile, of=K.REVEAL_MEDIA):
    """What the other recorded or took pictures of."""

    kind: str
    several: bool
    words: str
    cover: bool


class NotShown(View, of=K.NOT_SHOWN):
    """A part of the other's words that Telegram refuses to the reader, and what they can do about it."""

    voice: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Tell whether the reader's own settings refuse voice and video messages."""
        return cls(voice=bool(context.message.details.get("voice")))


class NearTold(View, of=K.NEAR_TOLD):
    """The teller's word on the reader's guess, and whether a response is still theirs to give."""

    near: str
    invited: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Take the word that the message carries."""
        round_, me, other = context.round, context.me, context.other
        if round_ is None or me is None or other is None:
            return None
        invited = round_.state in SHOWN and round_.turn(other.id).thread is ThreadState.QUIET
        return cls(near=str(context.message.details[guess.NEAR]), invited=invited)


async def near(request: Request) -> None:
    """Say how near the other's guess was. Raises Refusal NOT_YOURS where their words are none."""
    word = request.press.text(1)
    round_ = await request.work.rounds.find(request.round_of())
    if round_ is None or word not in set(Near):
        raise Refusal(Reason.NOT_YOURS)
    author = round_.other(request.me.id).partner
    if task_of(request.services.content, request.language, round_, author) is not Task.GUESS:
        raise Refusal(Reason.NOT_YOURS)
    await guess.say_near(request.work, request.me, round_.id, Near(word), request.source)


class TapTold(View, of=K.TAP_TOLD):
    """What a tap has said."""

    word: str
    unsent: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take the word that the message carries, as it stands on the button."""
        key = TAP_KEYS[list(Tap).index(Tap(str(context.message.details[taps.WORD])))]
        return cls(word=context.say(key.label), unsent=bool(context.message.details.get(taps.UNSENT)))


class Tapped(TapTold, of=K.TAPPED):
    """The same to whoever tapped, who may have drafted an answer before."""

    word: str
    unsent: bool


async def tap(request: Request) -> None:
    """Answer a quick prompt's words with a tap. Raises Refusal NOT_YOURS where they are of none."""
    word = request.press.text(1)
    round_ = await request.work.rounds.find(request.round_of())
    if round_ is None or word not in set(Tap):
        raise Refusal(Reason.NOT_YOURS)
    answered = round_.answered(round_.other(request.me.id).partner)
    if not request.services.content.prompt(answered, request.language).quick:
        raise Refusal(Reason.NOT_YOURS)
    await taps.tap(request.work, request.me, round_.id, Tap(word), request.source)


PRESSES: Mapping[Verb, Handler] = {Verb.NEAR: near, Verb.TAP: tap}
