"""A person's own journal: what they wrote, round by round, newest first, and what was revealed to them.

It is theirs alone. Of a partner it shows what the seal lets through: nothing after parting.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.actions import earlier
from bot.actions.deleted import take_away
from bot.actions.over import todays
from bot.actions.people import expect, message
from bot.actions.ports import Work
from bot.actions.quotation import Kinds, is_said, marked_text, quotation
from bot.actions.quote import in_place, retire
from bot.actions.split import units
from bot.messages import Message, MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.draft import Draft
from bot.practice.ids import RoundId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import WRITABLE, Round, Slot

K = MessageKind
PAGE = 5
WHOLE = 2_800  # UTF-16 units of what was written, beside the prompt and who wrote what, of 4,096
ALL, ENDS = "all", "ends"  # an entry with all that was written; one with the buttons
FOUND = 10  # by a search, on one page
WORDS: Kinds = (K.JOURNAL_WORDS, K.JOURNAL_MEDIA)
IN_ORDER = (Slot.REFLECTION, Slot.RESPONSE, Slot.CLARIFICATION, Slot.SECOND_RESPONSE)


async def show_page(work: Work, partner: Partner, page: int, shown_in: int | None = None) -> None:
    """Show a page of a person's rounds, newest first; in place of message `shown_in` if given."""
    found = await work.words.written(partner.id, PAGE + 1, page * PAGE)
    note = _page(partner, found[:PAGE], page, more=len(found) > PAGE)
    if page == 0 and await earlier.are_there(work, partner):
        note = replace(note, details={**note.details, "earlier": 1})
    if page == 0 and await work.talks.kept(partner.id, 1):
        note = replace(note, details={**note.details, "talks": 1})
    await work.outbox.put(note.editing(shown_in))


def _page(partner: Partner, rounds: Sequence[RoundId], page: int, *, more: bool) -> Message:
    details: dict[str, int | str] = {"page": page, "more": int(more)}
    return message(K.JOURNAL, partner, **details, **{f"round{i}": r for i, r in enumerate(rounds)})


async def ask_search(work: Work, partner: Partner) -> None:
    """Ask what to look for; the next words are for that, and are not kept."""
    await expect(work, partner, Expectation(Expecting.SEARCH))
    await work.outbox.put(message(K.JOURNAL_ASK, partner))


async def search(work: Work, partner: Partner, wanted: str, cards: Collection[str]) -> None:
    """Show the rounds in which a person's own words hold what they look for, and then those of cards that do.

    `cards` are the prompts that do. What they write next looks again, until something else is named or pressed.
    """
    partner = await expect(work, partner, Expectation(Expecting.SEARCH, again=1))
    found = await work.words.search(partner.id, wanted, FOUND + 1)
    for_cards = await work.words.for_cards(partner.id, cards, FOUND + 1) if cards else []
    found += [round_ for round_ in for_cards if round_ not in found]
    note = _page(partner, found[:FOUND], 0, more=False)
    many = int(len(found) > FOUND)
    await work.outbox.put(replace(note, details={**note.details, "found": 1, "many": many}))


async def entry(work: Work, partner: Partner, round_: RoundId) -> Round:
    """Load a round of one's own, as it is now. Raises Refusal NOT_IN_JOURNAL."""
    found = await work.rounds.find(round_)
    if found is None or partner.id not in {turn.partner for turn in found.turns}:
        raise Refusal(Reason.NOT_IN_JOURNAL)
    return rules.as_of(found, work.now)


async def show_entry(work: Work, partner: Partner, round_: RoundId) -> None:
    """Show one round: its prompt, one's own words, and what was revealed. Raises Refusal NOT_IN_JOURNAL.

    All that was written is one message, as far as it fits; pictures and recordings follow.
    """
    found = await entry(work, partner, round_)
    told = await told_in(work, partner, found)
    whole = sum(units(text_in(words)) for words in told) <= WHOLE
    frame = replace(message(K.JOURNAL_ENTRY, partner), round=found.id)
    quoted = [m for words in told for m in _quoted(frame, words, whole=whole)]
    details: dict[str, int | str] = {ALL: int(whole), ENDS: int(whole and not quoted)}
    end = [] if details[ENDS] else [replace(frame, kind=K.JOURNAL_END)]
    await work.outbox.put(replace(frame, details=details), *quoted, *end)


def _quoted(frame: Message, words: Draft, *, whole: bool) -> list[Message]:
    """Quote somebody's words, or their files alone where all texts stand in the entry itself."""
    about = replace(frame, about=words.author, details={"slot": words.slot.value})
    return [m for m in quotation(about, words, WORDS) if m.kind is K.JOURNAL_MEDIA or not whole]


async def told_in(work: Work, partner: Partner, round_: Round) -> list[Draft]:
    """Load all that was said in a round, as far as the seal lets it through, in its order."""
    pair = (partner.id, round_.other(partner.id).partner)
    read = [
        await work.words.read(partner.id, author, round_.id, slot) for slot in IN_ORDER for author in pair
    ]
    return [words for words in read if words is not None and words.pieces]


def text_in(words: Draft) -> str:
    """Write somebody's texts as one; what stands under a file is not among them, and what is covered is marked."""
    return "\n".join(marked_text(piece) for piece in words.pieces if is_said(words, piece))


async def toggle_talked(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Mark a round as talked about, or not; only in one's own journal.

    Raises Refusal NOT_IN_JOURNAL, and NOT_REVEALED where there was nothing to talk about.
    """
    found = await entry(work, partner, round_)
    if found.revealed_at is None:
        raise Refusal(Reason.NOT_REVEALED)
    turn = found.turn(partner.id)
    await work.rounds.save(found.with_turn(replace(turn, talked=not turn.talked)))
    await show_marks(work, partner, found.id, shown_in)


async def show_marks(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Show what a person has marked, in place: in the entry where it is one message, or else at its end."""
    shown = await work.outbox.shown_in(partner.id, shown_in)
    marked = message(K.JOURNAL_END, partner)
    if shown is not None and shown.kind is K.JOURNAL_ENTRY:
        marked = replace(marked, kind=shown.kind, details=shown.details)
    await work.outbox.put(replace(marked, round=round_, edit=shown_in))


async def ask_delete(work: Work, partner: Partner, round_: RoundId) -> None:
    """Ask once before deleting one's own words of a round. Raises Refusal NOT_IN_JOURNAL, STILL_OPEN."""
    found = await entry(work, partner, round_)
    _check_ended(found)
    await work.outbox.put(replace(message(K.JOURNAL_DELETE_ASK, partner), round=found.id))


async def delete(work: Work, partner: Partner, round_: RoundId) -> None:
    """Destroy one's own words of a round, and withdraw what of them is still queued.

    Raises Refusal NOT_IN_JOURNAL, STILL_OPEN.
    """
    found = await entry(work, partner, round_)
    _check_ended(found)
    await work.words.delete(partner.id, found.id)
    if found.late:
        found = await _empty(work, partner, found)
    turn = replace(found.turn(partner.id), on_page=False, page_yes=False)
    await work.rounds.save(found.with_turn(turn))
    await take_away(work, partner, found.id)
    await work.outbox.put(replace(message(K.JOURNAL_DELETED, partner), round=found.id))


async def _empty(work: Work, partner: Partner, round_: Round) -> Round:
    """Open the seal over words that are no more, so that it stands for nothing."""
    if round_.turn(partner.id).sealed:
        round_ = rules.keep_to_oneself(round_, partner.id)
    draft = await work.words.own(partner.id, round_.id, Slot.REFLECTION)
    await work.words.save(drafts.clear(draft))
    await retire(work, partner, round_.id, Slot.REFLECTION)
    late = (replace(message(kind, partner), round=round_.id) for kind in (K.STAYS_SEALED, K.EARLIER_CARD))
    await work.outbox.put(*(in_place(one, one.kind) for one in late), *await todays(work, partner, round_))
    return round_


def _check_ended(round_: Round) -> None:
    if round_.state in WRITABLE and not round_.late:
        raise Refusal(Reason.STILL_OPEN)
