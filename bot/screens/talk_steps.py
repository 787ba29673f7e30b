"""A talk's steps: what is asked, one's own words quoted before they go, and what the other has said."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from bot.actions import talk as talks
from bot.actions import talk_keep, talk_steps
from bot.actions.advice import SUGGEST
from bot.actions.people import together
from bot.actions.quotation import parts_of, words_of
from bot.actions.reflect import Arrival
from bot.actions.talk_told import BACK, BLAMES, LABEL, STEP, VERSION, StepPress, heard_last
from bot.messages import Message, MessageKind, Shown
from bot.practice import talk as rules
from bot.practice.dialogue import MAY_PASS, Move, MoveAnswer
from bot.practice.ids import PartnerId, TalkId
from bot.practice.refusals import Reason, Refusal
from bot.practice.repair import CardState, state_of
from bot.practice.saying import Saying
from bot.practice.talk import Talk, TalkKind, TalkState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import Pieces, shown_pieces
from bot.screens.request import Handler, Request
from bot.screens.talk import PAUSE, STOP, loaded, talk_id, talk_of
from bot.screens.view import Attachment, ButtonRows, Key, Unsaid, View

K = MessageKind

GOT_IT = Key(Verb.TALK_ANSWER, "talk_got_it")
MORE = Key(Verb.TALK_ANSWER, "talk_more")
SAID_IT = Key(Verb.TALK_ANSWER, "talk_said_it")
PASS = Key(Verb.TALK_ANSWER, "talk_pass")
BLANK = Key(Verb.TALK_ANSWER, "talk_blank")
SEND = Key(Verb.TALK_SEND, "send", "primary")
SEAL = Key(Verb.TALK_SEND, "seal", "primary")
REWRITE = Key(Verb.TALK_REWRITE, "rewrite")
CARD_BACK = Key(Verb.TALK_CARD_BACK, "take_back")
READ = Key(Verb.TALK_READ)
DELETE = Key(Verb.TALK_DELETE, "delete_mine", "danger")


def step_of(message: Message) -> int:
    """Return the step that a message is about."""
    return int(message.details[STEP])


async def is_asked_to_press(request: Request, shown: Shown) -> bool:
    """Tell whether a step that stands in the chat asks its reader for a press, and for no words."""
    us = await together(request.work, request.me.id)
    talk = await request.work.talks.live(us.couple.id) if us else None
    if talk is None or talk.state is not TalkState.GOING or shown.details[LABEL] != Move.CHECK:
        return False
    return talk.kind is not TalkKind.REPAIR and talk.partners[talk.stage.whose] == request.me.id


class NextStep(View, of=K.TALK_STEP):
    """Says what is next: to whose step it is, to the one who listens, or on one phone by name."""

    label: str
    mine: bool
    whose: str  # on one phone: who holds it next
    whom: str  # and the other
    host: bool  # it's on the reader's phone
    back: bool
    kind: str
    sofa: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; gone where the talk has moved on."""
        talk = await loaded(context, TalkState.GOING)
        if talk is None or context.me is None or context.other is None:
            return None
        me, details = context.me, context.message.details
        if _number(talk, me.id) != step_of(context.message):
            return None
        holds = talk.partners[talk.stage.whose] == me.id
        names = (me.name, context.other.name) if holds else (context.other.name, me.name)
        repair = talk.kind is TalkKind.REPAIR
        return cls(
            label=str(details[LABEL]),
            mine=rules.writes(talk, me.id) is not None or (holds and not repair),
            whose=names[0],
            whom=names[1],
            host=talk.partners[0] == me.id,
            back=bool(details[BACK]),
            kind=talk.kind.value,
            sofa=talk.sofa,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place what does the step without words, then the rest and the end."""
        talk, step = talk_of(message), step_of(message)
        ends = [PAUSE(talk), STOP(talk)]
        if self.kind == TalkKind.REPAIR:
            return [[BLANK(talk, step, MoveAnswer.PASS.value)] if self.mine else [], ends]
        if self.sofa and not self.host:
            return [[STOP(talk)]]
        if self.label == Move.CHECK and (self.mine or self.sofa):
            return [
                [GOT_IT(talk, step, MoveAnswer.GOT_IT.value), MORE(talk, step, MoveAnswer.MORE.value)],
                ends,
            ]
        if self.sofa:
            return [[SAID_IT(talk, step, MoveAnswer.SEND.value)], ends]
        may_pass = self.mine and Move(self.label) in MAY_PASS
        return [[PASS(talk, step, MoveAnswer.PASS.value)] if may_pass else [], ends]


def _number(talk: Talk, partner: PartnerId) -> int:
    return talk.sealed[talk.seat(partner)] if talk.kind is TalkKind.REPAIR else talk.stage.number


async def _own(context: RenderContext) -> tuple[Talk, Saying] | None:
    """Load one's own words for a step, if they are still the version that the message was queued for."""
    talk = await loaded(context, *rules.UNDER_WAY, TalkState.KEEPING)
    if talk is None or context.me is None:
        return None
    saying = await context.work.talks.own(context.me.id, talk, step_of(context.message))
    return (talk, saying) if saying.version == context.message.details[VERSION] else None


class SayingDraft(View, of=K.TALK_DRAFT):
    """Quotes one's own words before they go, perhaps with one private suggestion."""

    kind: str
    pieces: Pieces
    suggestion: str  # the coach's, on what a listener says
    hint: bool  # that words may be hard to hear

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load them; gone where they were sent, or the step is over."""
        found = await _own(context)
        if found is None or context.me is None or found[1].sent_at is not None or not found[1].pieces:
            return None
        talk, saying = found
        return cls(
            kind=talk.kind.value,
            pieces=shown_pieces(saying.pieces),
            suggestion=await _suggestion(context, talk, saying),
            hint=BLAMES in context.message.details,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way on and the way back."""
        talk, step = talk_of(message), step_of(message)
        go = SEAL if self.kind == TalkKind.REPAIR else SEND
        return [[go(talk, step, int(message.details[VERSION])), REWRITE(talk, step)]]


async def _suggestion(context: RenderContext, talk: Talk, mine: Saying) -> str:
    """Write the coach's suggestion that was chosen when these words came; empty for none."""
    us = await together(context.work, mine.author)
    adviser = context.content.adviser(context.language)
    if SUGGEST not in context.message.details or adviser is None or us is None:
        return ""
    heard, kind = await heard_last(context.work, us, talk), str(context.message.details[SUGGEST])
    return adviser.words(kind, mine.text, heard, None, us.other.name)


class SentNote(View, of=K.TALK_SENT):
    """Says that one's words have gone, or are sealed."""

    kind: str
    pieces: Pieces
    open: bool  # a card of a repair that the other hasn't sealed
    newest: Unsaid[bool]  # and that can be taken back

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load them, unless they leave the chat."""
        found = await _own(context)
        if found is None:
            return None
        talk, saying = found
        away = bool(context.message.details["away"])
        waits = talk.kind is TalkKind.REPAIR and state_of(talk.sealed, saying.step) is CardState.WAITING
        pieces = [] if away else shown_pieces(saying.pieces)
        newest = waits and _number(talk, saying.author) - 1 == saying.step
        return cls(kind=talk.kind.value, pieces=pieces, open=waits, newest=newest)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back where there is one."""
        return [[CARD_BACK(talk_of(message), step_of(message))]] if self.newest else []


class TheirWords(View):
    """A part of the other's words, as the seal of a talk lets it through."""

    label: str
    words: str
    cover: bool
    cover_file: Unsaid[bool]
    first: bool
    protect: Unsaid[bool]
    kind: Unsaid[str]
    files: Unsaid[Sequence[str]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read the part."""
        talk = await loaded(context, *rules.UNDER_WAY, TalkState.KEEPING, TalkState.KEPT)
        if talk is None or context.me is None or context.other is None:
            return None
        step = step_of(context.message)
        saying = await context.work.talks.read(context.me.id, context.other.id, talk, step)
        pieces = parts_of(context.message, saying)
        if saying is None or not pieces:
            return None
        return cls(
            label=saying.label,
            words=words_of(context.message, saying),
            cover=context.cover,
            cover_file=context.cover or any(piece.covered for piece in pieces),
            first=bool(context.message.details.get("first")),
            protect=context.other.protect,
            kind=pieces[0].kind.value,
            files=[piece.file or "" for piece in pieces],
        )

    @property
    def protected(self) -> bool:
        """Whether their author wants nobody to forward or save them."""
        return self.protect


class SaidByOther(TheirWords, of=K.TALK_WORDS):
    """The other's words."""

    label: str
    words: str
    cover: bool
    first: bool


class RecordedByOther(TheirWords, of=K.TALK_MEDIA):
    """What the other recorded or took pictures of."""

    label: str
    words: str
    cover: bool
    first: Unsaid[bool]

    @property
    def attachment(self) -> Attachment:
        """The file, as Telegram has it."""
        return Attachment(self.kind, self.files[0], cover=self.cover_file, more=tuple(self.files[1:]))


class LeftBlank(View, of=K.TALK_BLANK):
    """Says that the other left a card blank."""

    label: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load which card."""
        return cls(label=str(context.message.details[LABEL]))


class KeptTalks(View, of=K.TALKS):
    """Talks that were kept, as buttons."""

    talks: Sequence[tuple[int, str]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Write their dates."""
        found = []
        for name, number in context.message.details.items():
            talk = await context.work.talks.find(TalkId(int(number))) if name.startswith("talk") else None
            if talk is not None:
                found.append(
                    (talk.id, f"{context.date(talk.asked_at.date())} · {context.say(talk.kind.value)}")
                )
        return cls(talks=found)

    def buttons(self, message: Message) -> ButtonRows:
        """Place one a row."""
        del message
        return [[READ.saying(label, number)] for number, label in self.talks]


class KeptTalk(View, of=K.TALK_READ):
    """A talk that was kept: one's own words, and the other's while the couple lasts."""

    kind: str
    day: str
    lines: Sequence[Mapping[str, Any]]
    protect: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read it through the seal; shortened to what one message holds."""
        talk = await loaded(context, TalkState.KEPT)
        if talk is None or context.me is None:
            return None
        said = await context.work.talks.said(context.me.id, talk)
        theirs = any(one.author != context.me.id for one in said)
        return cls(
            kind=talk.kind.value,
            day=context.date(talk.asked_at.date()),
            lines=_short([_line(context, one) for one in said if one.pieces]),
            protect=theirs and context.other is not None and context.other.protect,
        )

    @property
    def protected(self) -> bool:
        """Whether the other wants nobody to forward or save what stands here."""
        return self.protect

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to destroy one's own."""
        return [[DELETE(talk_of(message))]]


MOST_SHOWN = 3_000  # characters of a talk in one message: all of it is in the export


def _line(context: RenderContext, saying: Saying) -> dict[str, Any]:
    mine = context.me is not None and saying.author == context.me.id
    return {"mine": mine, "label": saying.label, "pieces": shown_pieces(saying.pieces)}


def _short(lines: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    left, shown = MOST_SHOWN, []
    for line in lines:
        pieces = []
        for piece in line["pieces"]:
            text = piece["text"]
            short = text if len(text) <= left else f"{text[: max(left - 2, 0)]} …"
            left = max(left - len(short), 0)
            pieces.append({**piece, "text": short})
        shown.append({**line, "pieces": pieces})
    return shown


@dataclass(frozen=True)
class OwnReader:
    """Reads words in their author's language: with its coach where it has one."""

    request: Request

    def kind(self, text: str, about: str) -> str | None:
        """Name the one suggestion on what a listener says; None to stay silent, or where there is no coach."""
        adviser = self.request.services.content.adviser(self.request.language)
        if adviser is None or self.request.only_helps(text):
            return None
        return adviser.kind(text, about, None)

    def blames(self, text: str) -> bool:
        """Tell whether words may sound like blame."""
        return self.request.services.content.hard_to_hear(text, self.request.language)


async def take(request: Request, arrivals: Sequence[Arrival]) -> None:
    """Take words for the step that is theirs."""
    await talk_steps.take(request.work, request.me, arrivals, OwnReader(request))


async def edited(request: Request) -> bool:
    """Let an edit in Telegram change what it is of; False where it is of no step."""
    if request.arrival is None:
        return False
    return await talk_steps.edit(request.work, request.me, request.arrival, OwnReader(request))


@asynccontextmanager
async def showing(request: Request) -> AsyncIterator[None]:
    """Say so where a button is old, and show where the talk stands."""
    try:
        async with request.work.savepoint():
            yield
    except Refusal as refusal:
        if refusal.reason not in (Reason.TALK_OVER, Reason.WORDS_CHANGED):
            raise
        await request.say(K.REFUSAL, reason=refusal.reason.value)
        if refusal.reason is Reason.WORDS_CHANGED:
            await talk_steps.take(request.work, request.me, (), OwnReader(request))
        elif await together(request.work, request.me.id) is not None:
            await talks.stand_again(request.work, request.me)


async def send(request: Request) -> None:
    """Send or seal what was quoted."""
    step, version = request.press.number(1), request.press.number(2)
    async with showing(request):
        pressed = StepPress(talk_id(request), step, request.source)
        await talk_steps.send(request.work, request.me, pressed, version)


async def rewrite(request: Request) -> None:
    """Write it anew."""
    async with showing(request):
        await talk_steps.rewrite(request.work, request.me, talk_id(request), request.press.number(1))


async def answer(request: Request) -> None:
    """Take a press that does a step without words. Raises Refusal NOT_YOURS where it names no answer."""
    said = request.press.text(2)
    if said not in set(MoveAnswer):
        raise Refusal(Reason.NOT_YOURS)
    async with showing(request):
        pressed = StepPress(talk_id(request), request.press.number(1), request.source)
        await talk_steps.answer(request.work, request.me, pressed, MoveAnswer(said))


async def take_back(request: Request) -> None:
    """Open one's newest seal again."""
    async with showing(request):
        talk, card = talk_id(request), request.press.number(1)
        await talk_steps.take_back(request.work, request.me, talk, card, request.source)


async def take_up(request: Request) -> None:
    """Go on with a step that was put aside. Raises Refusal TALK_OVER."""
    if not await talks.stand_again(request.work, request.me):
        raise Refusal(Reason.TALK_OVER)


async def list_kept(request: Request) -> None:
    """List what was kept."""
    await talk_keep.list_kept(request.work, request.me)


async def read(request: Request) -> None:
    """Show what was kept."""
    await talk_keep.read(request.work, request.me, talk_id(request))


async def delete(request: Request) -> None:
    """Destroy one's own words in it."""
    await talk_keep.delete(request.work, request.me, talk_id(request), request.source)


PRESSES: Mapping[Verb, Handler] = {
    Verb.TALK_SEND: send,
    Verb.TALK_REWRITE: rewrite,
    Verb.TALK_ANSWER: answer,
    Verb.TALK_CARD_BACK: take_back,
    Verb.TALK_LIST: list_kept,
    Verb.TALK_READ: read,
    Verb.TALK_DELETE: delete,
}
