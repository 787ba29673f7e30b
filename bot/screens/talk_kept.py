"""A talk ends, and stays where both want it: what was kept is read again, and one's own words go."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from bot.actions import talk_keep, talk_later
from bot.messages import Message, MessageKind
from bot.practice.ids import TalkId
from bot.practice.saying import Saying
from bot.practice.talk import TalkState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import shown_pieces
from bot.screens.request import Handler, Request
from bot.screens.talk_common import kind_of, loaded, talk_id, talk_of
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
MOST_SHOWN = 3_000  # characters of a talk in one message: all of it is in the export

KEEP = Key(Verb.TALK_KEEP, "talk_keep")
LET_GO = Key(Verb.TALK_KEEP, "talk_let_go")
READ = Key(Verb.TALK_READ)
DELETE = Key(Verb.TALK_DELETE, "delete_mine", "danger")


class TalkEnds(View, of=(K.TALK_STOPPED_TOLD, K.TALK_PAUSED_TOLD, K.TALK_CLOSED)):
    """A sentence about a talk of either kind."""

    kind: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load which."""
        return cls(kind=kind_of(context))


class TalkStopped(View, of=K.TALK_STOPPED):
    """Says to who has stopped it that nothing is kept."""

    kind: str
    asked: bool  # it hadn't begun

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load which."""
        return cls(kind=kind_of(context), asked=bool(context.message.details["asked"]))


class KeepAsk(View, of=K.TALK_KEEP_ASK):
    """Asks one of the two alone whether what was said shall stay."""

    kind: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether it is still to be said."""
        talk = await loaded(context, TalkState.KEEPING)
        return None if talk is None else cls(kind=talk.kind.value)

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers."""
        talk = talk_of(message)
        return [[KEEP(talk, 1), LET_GO(talk, 0)]]


class KeepNoted(View, of=K.TALK_KEEP_NOTED):
    """One's own answer: nothing here depends on the other's."""

    keep: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load one's own answer."""
        return cls(keep=bool(context.message.details["keep"]))


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


async def stop(request: Request) -> None:
    """End it."""
    await talk_later.stop(request.work, request.me, talk_id(request), request.source)


async def keep(request: Request) -> None:
    """Take somebody's answer to whether it stays."""
    yes = request.press.number(1) == 1
    await talk_keep.say(request.work, request.me, talk_id(request), request.source, keep=yes)


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
    Verb.TALK_STOP: stop,
    Verb.TALK_KEEP: keep,
    Verb.TALK_LIST: list_kept,
    Verb.TALK_READ: read,
    Verb.TALK_DELETE: delete,
}
