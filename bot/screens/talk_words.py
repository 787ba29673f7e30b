"""What the other has said in a talk, as its seal lets it through."""

from collections.abc import Sequence
from typing import Self

from bot.actions.quotation import parts_of, words_of
from bot.actions.talk_told import LABEL
from bot.messages import MessageKind
from bot.practice import talk as rules
from bot.practice.talk import TalkState
from bot.screens.context import RenderContext
from bot.screens.talk_common import loaded, step_of
from bot.screens.view import Attachment, Unsaid, View

K = MessageKind


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
