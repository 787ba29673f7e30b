"""What stays with a reader: which sentence, the sentence by itself, all of them, and the word to its author."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from bot.actions import highlight as actions
from bot.actions.highlight import ABOUT, PAGE, PER_PAGE, SaidSentence
from bot.actions.split import units
from bot.messages import Message, MessageKind
from bot.practice.highlight import Highlight
from bot.practice.ids import HighlightId
from bot.practice.round import SHOWN
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import Button, ButtonRows, Key, Unsaid, View, round_of

K = MessageKind

STAYS = Key(Verb.HIGHLIGHT_ASK, "stays")
PICK = Key(Verb.HIGHLIGHT_PICK)
ONE = Key(Verb.HIGHLIGHT)
ALL = Key(Verb.HIGHLIGHTS, "all_that_stays")
NEWER = Key(Verb.HIGHLIGHTS, "newer")
OLDER = Key(Verb.HIGHLIGHTS, "older")
FURTHER = Key(Verb.HIGHLIGHT_ASK, "more")
BEFORE = Key(Verb.HIGHLIGHT_ASK, "previous")
TELL = Key(Verb.HIGHLIGHT_TELL, "tell_other")
OUT = Key(Verb.HIGHLIGHT_OUT, "take_out_this")
WHICH = Key(Verb.HIGHLIGHT_WHICH, "which_one")

MOST = 6  # sentences in one question
ROOM = 2_600  # UTF-16 units of sentences in a message, of 4,096
LONGEST = 1_200  # characters of one among others; whoever wrote without a full stop has more
WIDE = 3  # buttons in a row


@dataclass(frozen=True)
class Numbered:
    """A sentence among others, by its number on a button."""

    number: int
    words: str = field(repr=False)
    covered: bool
    day: str = ""


async def has_sentences(context: RenderContext) -> bool:
    """Tell whether the other has written something in a round that was revealed."""
    round_, me = context.round, context.me
    if round_ is None or me is None or round_.state not in SHOWN:
        return False
    return bool(await actions.sentences_of(context.work, me, round_))


async def stays(context: RenderContext) -> list[Button]:
    """Place the way to mark a sentence, where there is one."""
    return [STAYS(context.round.id, 0)] if context.round and await has_sentences(context) else []


def pages_of(sentences: Sequence[SaidSentence]) -> list[list[tuple[int, SaidSentence]]]:
    """Part numbered sentences into pages that each fit one message."""
    pages: list[list[tuple[int, SaidSentence]]] = [[]]
    for number, sentence in enumerate(sentences, 1):
        room = ROOM - sum(units(_clipped(one.text)) for _, one in pages[-1])
        if pages[-1] and (len(pages[-1]) == MOST or units(_clipped(sentence.text)) > room):
            pages.append([])
        pages[-1].append((number, sentence))
    return pages


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}\N{HORIZONTAL ELLIPSIS}"


class HighlightAsk(View, of=K.HIGHLIGHT_ASK):
    """The other's sentences, numbered; gone where their words are."""

    lines: Sequence[Numbered]
    picks: Unsaid[Sequence[tuple[int, int, int, int]]]
    page: Unsaid[int]
    more: Unsaid[bool]
    protect: Unsaid[bool]

    @property
    def protected(self) -> bool:
        """Whether their author wants nobody to forward or save them."""
        return self.protect

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read them."""
        if context.me is None or context.round is None:
            return None
        pages = pages_of(await actions.sentences_of(context.work, context.me, context.round))
        page = min(int(context.message.details[PAGE]), len(pages) - 1)
        if not pages[page]:
            return None
        return cls(
            lines=[
                Numbered(number, _clipped(s.text), context.cover or s.covered) for number, s in pages[page]
            ],
            picks=[(number, s.piece, s.start, s.end) for number, s in pages[page]],
            page=page,
            more=page < len(pages) - 1,
            protect=context.other is not None and context.other.protect,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place a number for each, and the way to the rest."""
        round_ = round_of(message)
        picks = [PICK.saying(str(number), round_, *place) for number, *place in self.picks]
        rest = [BEFORE(round_, self.page - 1)] if self.page else []
        return [*_rows(picks), [*rest, *([FURTHER(round_, self.page + 1)] if self.more else [])]]


class HighlightShown(View, of=K.HIGHLIGHT):
    """A sentence that stays with its reader, and from when; gone where its author has deleted it."""

    words: str
    day: str
    cover: bool
    told: bool
    id: Unsaid[int]
    protect: Unsaid[bool]
    can_tell: Unsaid[bool]

    @property
    def protected(self) -> bool:
        """Whether its author wants nobody to forward or save it."""
        return self.protect

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read it."""
        marked, sentence = await _found(context)
        if marked is None or sentence is None or context.round is None or context.other is None:
            return None
        return cls(
            words=_clipped(sentence.text),
            day=context.date(context.round.local_date),
            cover=context.cover or sentence.covered,
            told=marked.told_at is not None,
            id=marked.id,
            protect=context.other.protect,
            can_tell=marked.told_at is None,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the word to its author, once; the way out; and the way to all."""
        del message
        return [[TELL(self.id)] if self.can_tell else [], [OUT(self.id), ALL(0)]]


class HighlightTold(View, of=K.HIGHLIGHT_TOLD):
    """Tells an author that a sentence of theirs stays; gone where it does not any more."""

    day: str
    id: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether it still does."""
        marked = await context.work.highlights.find(HighlightId(int(context.message.details[ABOUT])))
        if marked is None or context.round is None:
            return None
        return cls(day=context.date(context.round.local_date), id=marked.id)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to see which."""
        del message
        return [[WHICH(self.id)]]


class HighlightPage(View, of=K.HIGHLIGHTS):
    """A page of all that stays with somebody, newest first."""

    lines: Sequence[Numbered]
    ids: Unsaid[Sequence[int]]
    page: Unsaid[int]
    more: Unsaid[bool]
    protect: Unsaid[bool]

    @property
    def protected(self) -> bool:
        """Whether an author of one of them wants nobody to forward or save it."""
        return self.protect

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read them."""
        me = context.me
        if me is None:
            return None
        page = int(context.message.details[PAGE])
        found = await context.work.highlights.of(me.id, PER_PAGE + 1, page * PER_PAGE)
        lines: list[Numbered] = []
        ids: list[int] = []
        protect = False
        for marked in found[:PER_PAGE]:
            sentence = await actions.read(context.work, marked)
            round_ = await context.work.rounds.find(marked.round)
            if sentence is None or round_ is None:
                continue
            author = await context.work.partners.find(marked.author)
            protect |= author is not None and author.protect
            number = page * PER_PAGE + len(lines) + 1
            covered = context.cover or sentence.covered
            lines.append(Numbered(number, _short(sentence.text), covered, context.date(round_.local_date)))
            ids.append(marked.id)
        return cls(lines=lines, ids=ids, page=page, more=len(found) > PER_PAGE, protect=protect)

    def buttons(self, message: Message) -> ButtonRows:
        """Place a number for each, and the turning of pages."""
        del message
        ones = [ONE.saying(str(line.number), id_) for line, id_ in zip(self.lines, self.ids, strict=True)]
        turning = [NEWER(self.page - 1)] if self.page else []
        return [*_rows(ones), [*turning, *([OLDER(self.page + 1)] if self.more else [])]]


def _short(text: str) -> str:
    most = ROOM // PER_PAGE // 2
    return text if len(text) <= most else f"{text[:most].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _rows(buttons: list[Button]) -> ButtonRows:
    return [buttons[start : start + WIDE] for start in range(0, len(buttons), WIDE)]


async def _found(context: RenderContext) -> tuple[Highlight | None, SaidSentence | None]:
    marked = await context.work.highlights.find(HighlightId(int(context.message.details[ABOUT])))
    return marked, await actions.read(context.work, marked) if marked else None


async def ask(request: Request) -> None:
    """Ask which sentence stays; a page of the same question in place."""
    page = request.press.number(1)
    shown = await request.work.outbox.shown_in(request.me.id, request.source)
    turning = shown is not None and shown.kind is K.HIGHLIGHT_ASK
    await actions.ask(request.work, request.me, request.round_of(), page, request.source if turning else None)


async def pick(request: Request) -> None:
    """Mark a sentence."""
    piece, start, end = (request.press.number(place) for place in (1, 2, 3))
    await actions.mark(request.work, request.me, request.round_of(), (piece, start, end), request.source)


async def show(request: Request) -> None:
    """Show one of them."""
    await actions.show(request.work, request.me, _id(request), request.source)


async def show_all(request: Request) -> None:
    """Show a page of all of them, in place."""
    await actions.show_all(request.work, request.me, request.press.number(0), request.source)


async def show_newest(request: Request) -> None:
    """Show all of them anew."""
    await actions.show_all(request.work, request.me, 0)


async def tell(request: Request) -> None:
    """Tell the author."""
    await actions.tell(request.work, request.me, _id(request), request.source)


async def take_out(request: Request) -> None:
    """Let one go."""
    await actions.take_out(request.work, request.me, _id(request), request.source)


async def which(request: Request) -> None:
    """Show the author which."""
    await actions.which(request.work, request.me, _id(request))


def _id(request: Request) -> HighlightId:
    return HighlightId(request.press.number(0))


COMMANDS: Mapping[str, Handler] = {"kept": show_newest}
PRESSES: Mapping[Verb, Handler] = {
    Verb.HIGHLIGHT_ASK: ask,
    Verb.HIGHLIGHT_PICK: pick,
    Verb.HIGHLIGHT: show,
    Verb.HIGHLIGHTS: show_all,
    Verb.HIGHLIGHT_TELL: tell,
    Verb.HIGHLIGHT_OUT: take_out,
    Verb.HIGHLIGHT_WHICH: which,
}
