"""A sentence of the other's stays with its reader: marked alone, read through the seal, told by the reader's press."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.actions import put_away
from bot.actions.announce import to_other
from bot.actions.journal import IN_ORDER, entry
from bot.actions.people import Together, message, together
from bot.actions.ports import Work
from bot.actions.quotation import is_said
from bot.messages import Message, MessageKind
from bot.practice import highlight as rules
from bot.practice.draft import Draft
from bot.practice.highlight import Highlight
from bot.practice.ids import HighlightId, PieceId, RoundId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round, Slot

K = MessageKind
ABOUT, PAGE = "highlight", "page"
PER_PAGE = 5  # of all that stays with somebody


@dataclass(frozen=True)
class SaidSentence:
    """A sentence of the other's, and where it stands."""

    slot: Slot
    piece: PieceId
    start: int
    end: int
    covered: bool
    text: str = field(repr=False)


async def sentences_of(work: Work, reader: Partner, round_: Round) -> list[SaidSentence]:
    """List what the other has said in a round, sentence by sentence, as far as the seal lets it through."""
    author = round_.other(reader.id).partner
    read = [await work.words.read(reader.id, author, round_.id, slot) for slot in IN_ORDER]
    return [sentence for draft in read if draft is not None for sentence in _in(draft)]


def _in(draft: Draft) -> Iterator[SaidSentence]:
    for piece in draft.pieces:
        for start, end in rules.sentences(piece.text):
            yield SaidSentence(
                draft.slot, piece.id, start, end, piece.hides(start, end), piece.text[start:end]
            )


async def read(work: Work, highlight: Highlight) -> SaidSentence | None:
    """Read a sentence through the seal, as its reader may; None where it is no more."""
    where = (highlight.reader, highlight.author, highlight.round, highlight.slot)
    draft = await work.words.read(*where)
    piece = next((p for p in draft.pieces if p.id == highlight.piece), None) if draft else None
    text = piece.text[highlight.start : highlight.end] if piece else ""
    if piece is None or not text:
        return None
    hidden = piece.hides(highlight.start, highlight.end)
    return SaidSentence(highlight.slot, piece.id, highlight.start, highlight.end, hidden, text)


async def ask(work: Work, partner: Partner, round_: RoundId, page: int, shown_in: int | None = None) -> None:
    """Ask which sentence stays; where there is one alone, it does. Raises Refusal NOT_IN_JOURNAL, NO_SENTENCE."""
    found = await entry(work, partner, round_)
    all_ = await sentences_of(work, partner, found)
    if not all_:
        raise Refusal(Reason.NO_SENTENCE)
    if len(all_) == 1:
        await _mark(work, partner, found, all_[0], None)
        return
    asked = replace(message(K.HIGHLIGHT_ASK, partner, **{PAGE: page}), round=found.id)
    await work.outbox.put(replace(asked, about=found.other(partner.id).partner, edit=shown_in))


async def mark(
    work: Work, partner: Partner, round_: RoundId, place: tuple[int, int, int], shown_in: int
) -> None:
    """Mark the sentence that stands in a part, from here to there. Raises Refusal NOT_IN_JOURNAL, NO_SENTENCE."""
    found = await entry(work, partner, round_)
    for sentence in await sentences_of(work, partner, found):
        if (sentence.piece, sentence.start, sentence.end) == place:
            await _mark(work, partner, found, sentence, shown_in)
            return
    raise Refusal(Reason.NO_SENTENCE)


async def _mark(
    work: Work, partner: Partner, round_: Round, sentence: SaidSentence, shown_in: int | None
) -> None:
    known = await work.highlights.of(partner.id, 1_000, round_=round_.id)
    same = (h for h in known if (h.piece, h.start) == (sentence.piece, sentence.start))
    marked = next(same, None)
    if marked is None:
        marked = Highlight(
            id=HighlightId(work.new_id()),
            reader=partner.id,
            author=round_.other(partner.id).partner,
            round=round_.id,
            slot=sentence.slot,
            piece=sentence.piece,
            start=sentence.start,
            end=sentence.end,
            made_at=work.now,
        )
        await work.highlights.add(marked)
    await work.outbox.put(_about(partner, marked, K.HIGHLIGHT).editing(shown_in))


async def show(work: Work, partner: Partner, id_: HighlightId, shown_in: int) -> None:
    """Show one that stays with somebody, in place. Raises Refusal HIGHLIGHT_GONE."""
    marked = await _theirs(work, partner, id_)
    await work.outbox.put(_about(partner, marked, K.HIGHLIGHT).editing(shown_in))


async def show_all(work: Work, partner: Partner, page: int, shown_in: int | None = None) -> None:
    """Show all that stays with somebody, newest first, a page at a time."""
    await work.outbox.put(message(K.HIGHLIGHTS, partner, **{PAGE: page}).editing(shown_in))


async def take_out(work: Work, partner: Partner, id_: HighlightId, shown_in: int) -> None:
    """Let a sentence go; nobody is told. Raises Refusal HIGHLIGHT_GONE."""
    await work.highlights.drop((await _theirs(work, partner, id_)).id)
    await work.outbox.put(message(K.HIGHLIGHT_OUT, partner).editing(shown_in))


async def tell(work: Work, partner: Partner, id_: HighlightId, shown_in: int) -> None:
    """Tell the author, once, that a sentence of theirs stays. Raises Refusal HIGHLIGHT_GONE."""
    marked = await _theirs(work, partner, id_)
    us = await together(work, partner.id)
    if us is None or us.other.id != marked.author:
        raise Refusal(Reason.HIGHLIGHT_GONE)
    if marked.told_at is None:
        marked = replace(marked, told_at=work.now)
        await work.highlights.save(marked)
        await work.outbox.put(*to_other(us, _told(us, marked), now=work.now))
    await work.outbox.put(_about(partner, marked, K.HIGHLIGHT).editing(shown_in))


def _told(us: Together, marked: Highlight) -> Message:
    once = f"{K.HIGHLIGHT_TOLD.value}:{marked.id}"
    return us.message(K.HIGHLIGHT_TOLD, us.other, marked.round, details={ABOUT: marked.id}, dedupe=once)


async def which(work: Work, author: Partner, id_: HighlightId) -> None:
    """Show an author, for ten minutes, which of their sentences stays with the other. Raises Refusal HIGHLIGHT_GONE."""
    marked = await work.highlights.find(id_)
    if marked is None or marked.author != author.id or marked.told_at is None:
        raise Refusal(Reason.HIGHLIGHT_GONE)
    draft = await work.words.own(author.id, marked.round, marked.slot)
    piece = next((p for p in draft.pieces if p.id == marked.piece), None)
    if piece is None:
        raise Refusal(Reason.HIGHLIGHT_GONE)
    part = (piece.id, marked.start, marked.end) if is_said(draft, piece) else None
    await put_away.show(work, author, marked.round, marked.slot, part)


async def _theirs(work: Work, reader: Partner, id_: HighlightId) -> Highlight:
    marked = await work.highlights.find(id_)
    if marked is None or marked.reader != reader.id or await read(work, marked) is None:
        raise Refusal(Reason.HIGHLIGHT_GONE)
    return marked


def _about(reader: Partner, marked: Highlight, kind: MessageKind) -> Message:
    about = message(kind, reader, **{ABOUT: marked.id})
    return replace(about, round=marked.round, about=marked.author)
