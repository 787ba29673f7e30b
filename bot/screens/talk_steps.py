"""A talk's steps: what is asked, and one's own words quoted before they go."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from bot.actions import talk as talks
from bot.actions import talk_steps
from bot.actions.advice import SUGGEST
from bot.actions.people import together
from bot.actions.reflect import Arrival
from bot.actions.talk_told import BACK, BLAMES, LABEL, VERSION, StepPress, heard_last
from bot.messages import Message, MessageKind, Shown
from bot.practice import talk as rules
from bot.practice.dialogue import MAY_PASS, Move, MoveAnswer
from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.repair import CardState, state_of
from bot.practice.saying import Saying
from bot.practice.talk import Talk, TalkKind, TalkState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import Pieces, shown_pieces
from bot.screens.request import Handler, Request
from bot.screens.talk_common import PAUSE, STOP, loaded, step_of, talk_id, talk_of
from bot.screens.view import ButtonRows, Key, Unsaid, View
from prompts.courtesies import BREAK, FINE

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
    """Take words for the step that is theirs; a wish for a break is none, and is told how to rest or stop.

    Nor is a bare "done" that a yes can be, where nothing is written for the step.
    """
    text = arrivals[0].text if len(arrivals) == 1 else ""
    done = request.says_done() and request.courtesy(text) == FINE
    if (done or request.wants_rest(text)) and await meets_rest(request):
        return
    await talk_steps.take(request.work, request.me, arrivals, OwnReader(request))


async def meets_rest(request: Request) -> bool:
    """Say to who wishes to rest or to stop while they talk which buttons do, and show them; False in no talk."""
    us = await together(request.work, request.me.id)
    talk = await request.work.talks.live(us.couple.id) if us is not None else None
    if talk is None or talk.state is not TalkState.GOING:
        return False
    await request.say(K.COURTESY, what=BREAK)
    return await talks.stand_again(request.work, request.me)


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


PRESSES: Mapping[Verb, Handler] = {
    Verb.TALK_SEND: send,
    Verb.TALK_REWRITE: rewrite,
    Verb.TALK_ANSWER: answer,
    Verb.TALK_CARD_BACK: take_back,
}
