"""What follows the reveal: a response, whether it was heard, one clarification, and the closing."""

from collections.abc import Mapping
from typing import Self

from bot.actions import announce, hear, respond
from bot.actions.advice import BEFORE, SUGGEST, text_of
from bot.messages import Message, MessageKind
from bot.practice.draft import Draft
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot
from bot.practice.thread import Heard, ThreadState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import TAKE_OUT, Pieces, apart, own, showing_changes, shown
from bot.screens.prompt import prompt_answered, task_of
from bot.screens.put_away import SHOW_MINE, Away, away_of
from bot.screens.request import Handler, Request
from bot.screens.reveal import OWN_WORDS, TheirFile, Theirs
from bot.screens.ten_minutes import TEN_MINUTES, can_be_asked_for
from bot.screens.view import ButtonRows, Key, Unsaid, View, round_of, version_of
from prompts.deck import with_name
from prompts.prompt import Task

K = MessageKind
THEIRS, OWN = 0, 1  # whose thread a button leaves there

SEND = Key(Verb.SEND, "send", "primary")
REWRITE = Key(Verb.REWRITE, "rewrite")
HEARD = Key(Verb.HEARD, "heard")
PARTLY = Key(Verb.HEARD, "partly")
NOT_YET = Key(Verb.HEARD, "not_yet")
LEAVE_THERE = Key(Verb.LEAVE_THERE, "leave_there")


class StarterPicked(View, of=K.STARTER, asks=True):
    """The opening that was picked; an empty one for own words."""

    opening: str
    second: str  # what the reader may ask themselves of the other's words; empty on light ones

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the opening."""
        picked = str(context.message.details.get("starter", ""))
        found = context.content.opening(picked, context.language)
        return cls(opening=found.words if found else "", second=_second_question(context))


def _second_question(context: RenderContext) -> str:
    """Write the second question, for a first answer to words that weigh something; not on the first day of all."""
    round_, other = context.round, context.other
    if round_ is None or other is None or round_.turn(other.id).thread is not ThreadState.QUIET:
        return ""
    prompt = prompt_answered(context, round_, other)
    if prompt.light or prompt.quick or round_.ordinal == 0:
        return ""
    guessed = task_of(context.content, context.language, round_, other.id) is Task.GUESS
    kind = Task.GUESS if guessed else prompt.way
    return with_name(context.content.second_question(kind.value, context.language), other.name)


class ToSend(View):
    """A response or a clarification that has not gone out. A response may come with one suggestion."""

    pieces: Pieces
    apart: bool
    day: str
    ended: bool  # the couple has
    suggestion: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the draft."""
        draft = await own(context, _slot_of(context.message))
        if draft is None or draft.committed_at or not draft.pieces or context.round is None:
            return None
        return cls(
            pieces=shown(draft),
            apart=bool(context.message.details.get("apart")),
            day=await context.earlier_day(),
            ended=context.couple is not None and context.couple.parted_at is not None,
            suggestion=await _suggestion(context, draft),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place what can be done with it."""
        if self.ended:
            return []
        slot, round_ = _slot_of(message).value, round_of(message)
        several = [TAKE_OUT(round_, slot)] if len(self.pieces) > 1 else []
        return [[SEND(round_, version_of(message), slot), REWRITE(round_, slot)], several]


class ResponseDraft(ToSend, of=K.RESPONSE_DRAFT):
    """A response that has not gone out."""

    suggestion: str


class ClarificationDraft(ToSend, of=K.CLARIFICATION_DRAFT):
    """A clarification that has not gone out."""


class RewriteAsk(View, of=K.RESPONSE_REWRITE, asks=True):
    """Asks for the words anew."""


class SentAway(View, of=(K.RESPONSE_SENT, K.CLARIFICATION_SENT)):
    """What has gone out, in place of its buttons, or that it is put away."""

    pieces: Pieces
    apart: bool
    away: Away

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load what has gone out."""
        slot = _slot_of(context.message)
        draft = await own(context, slot)
        if draft is None:
            return None
        return cls(pieces=shown(draft), apart=apart(draft), away=await away_of(context, slot))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to see what is put away."""
        return [[SHOW_MINE(round_of(message), _slot_of(message).value)]] if self.away.away else []


def _slot_of(message: Message) -> Slot:
    return Slot(str(message.details["slot"]))


async def _suggestion(context: RenderContext, draft: Draft) -> str:
    """Write the private suggestion that was chosen when these words came; none for most."""
    details = context.message.details
    adviser = context.content.adviser(context.language)
    if SUGGEST not in details or adviser is None or not (context.me and context.other):
        return ""
    about = await context.work.words.read(context.me.id, context.other.id, draft.round, Slot.REFLECTION)
    last = str(details.get(BEFORE, "")) or None
    return adviser.words(str(details[SUGGEST]), text_of(draft), text_of(about), last, context.other.name)


def heard_rows(message: Message) -> ButtonRows:
    """Place the author's three words on a response."""
    round_ = round_of(message)
    return [
        [HEARD(round_, Heard.YES.value)],
        [PARTLY(round_, Heard.PARTLY.value), NOT_YET(round_, Heard.NOT_YET.value)],
    ]


def _after_last(message: Message, rows: ButtonRows) -> ButtonRows:
    """Place buttons under the last part of the other's words alone."""
    return rows if message.details.get("last") else []


class ResponseWords(Theirs, of=K.RESPONSE_WORDS):
    """The other's response."""

    slot = Slot.RESPONSE

    first: bool
    words: str
    cover: bool
    day: str

    def buttons(self, message: Message) -> ButtonRows:
        """Place the author's word on it."""
        return _after_last(message, heard_rows(message))


class ResponseMedia(TheirFile, of=K.RESPONSE_MEDIA):
    """The other's response, recorded."""

    slot = Slot.RESPONSE

    day: str

    def buttons(self, message: Message) -> ButtonRows:
        """Place the author's word on it."""
        return _after_last(message, heard_rows(message))


class HeardNoted(View, of=K.HEARD_NOTED):
    """The author's word, said: it alone stays of the three."""

    buttons_alone = True

    def buttons(self, message: Message) -> ButtonRows:
        """Place it, ticked."""
        return [[HEARD(round_of(message), Heard.YES.value, tick=True)]]


class ClarifyAsk(View, of=K.CLARIFY_ASK, asks=True):
    """Asks the author what they would like understood; `partly` where the other hears of it being left there."""

    partly: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the author's word."""
        turn = context.round.turn(context.me.id) if context.round and context.me else None
        return cls(partly=turn is not None and turn.heard is Heard.PARTLY)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to leave it."""
        return [[LEAVE_THERE(round_of(message), OWN)]]


class ClarificationWords(Theirs, of=K.CLARIFICATION_WORDS):
    """The other's clarification."""

    slot = Slot.CLARIFICATION

    first: bool
    words: str
    cover: bool
    day: str
    last: bool

    def buttons(self, message: Message) -> ButtonRows:
        """Place the ways to end it."""
        return _after_last(message, _clarified_rows(message))


class ClarificationMedia(TheirFile, of=K.CLARIFICATION_MEDIA):
    """The other's clarification, recorded."""

    slot = Slot.CLARIFICATION

    day: str
    last: bool

    def buttons(self, message: Message) -> ButtonRows:
        """Place the ways to end it."""
        return _after_last(message, _clarified_rows(message))


def _clarified_rows(message: Message) -> ButtonRows:
    round_ = round_of(message)
    return [[OWN_WORDS(round_), LEAVE_THERE(round_, THEIRS)]]


class SecondResponseWords(Theirs, of=K.SECOND_RESPONSE_WORDS):
    """The other's answer to a clarification."""

    slot = Slot.SECOND_RESPONSE

    first: bool
    words: str
    cover: bool


class SecondResponseMedia(TheirFile, of=K.SECOND_RESPONSE_MEDIA):
    """The other's answer to a clarification, recorded."""

    slot = Slot.SECOND_RESPONSE


class RoundClosing(View, of=K.CLOSING):
    """Closes the round in words that differ from the last ones."""

    closing: str
    heard: bool
    together: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Choose the words."""
        if context.round is None:
            return None
        words = context.content.words(context.language)
        chosen = words.closing_for(context.round.couple, context.round.ordinal)
        heard = bool(context.message.details.get(announce.HEARD))
        return cls(
            closing=with_name(chosen.text, context.other_name),
            heard=heard,
            together=can_be_asked_for(context),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to ten minutes together."""
        return [[TEN_MINUTES(round_of(message))]] if self.together else []


async def starter(request: Request) -> None:
    """Begin a response with a starter that there is."""
    picked = request.press.text(1)
    if not request.services.content.opening(picked, request.language):
        raise Refusal(Reason.NOT_YOURS)
    await respond.begin_response(request.work, request.me, request.round_of(), picked)


async def own_words(request: Request) -> None:
    """Begin a response in one's own words."""
    await respond.begin_response(request.work, request.me, request.round_of(), None)


def _slot(request: Request, place: int) -> Slot:
    """Read which words a button would send. Raises Refusal NOT_YOURS where it could not."""
    said = request.press.text(place)
    if said not in set(Slot) - {Slot.REFLECTION}:
        raise Refusal(Reason.NOT_YOURS)
    return Slot(said)


async def send(request: Request) -> None:
    """Send the quoted response or clarification."""
    slot = _slot(request, 2)
    async with showing_changes(request, slot):
        round_, version = request.round_of(), request.press.number(1)
        await respond.send(request.work, request.me, round_, slot, version, shown_in=request.source)


async def rewrite(request: Request) -> None:
    """Write the response or the clarification anew."""
    await respond.rewrite(request.work, request.me, request.round_of(), _slot(request, 1))


async def heard(request: Request) -> None:
    """Take the author's word on a response."""
    word = request.press.text(1)
    if word not in set(Heard):
        raise Refusal(Reason.NOT_YOURS)
    await hear.say_heard(request.work, request.me, request.round_of(), Heard(word), request.source)


async def leave_there(request: Request) -> None:
    """Close a thread without more words: one's own, or the other's."""
    whose = bool(request.press.number(1))
    await hear.leave_there(request.work, request.me, request.round_of(), request.source, own=whose)


COMMANDS: Mapping[str, Handler] = {}
PRESSES: Mapping[Verb, Handler] = {
    Verb.STARTER: starter,
    Verb.OWN_WORDS: own_words,
    Verb.SEND: send,
    Verb.REWRITE: rewrite,
    Verb.HEARD: heard,
    Verb.LEAVE_THERE: leave_there,
}
