"""From what happened to what is sent: pure, one function an occasion."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.actions.aside import aside
from bot.actions.people import Together
from bot.actions.quotation import Kinds, each_once, quotation
from bot.actions.split import LONGEST
from bot.messages import Message, MessageKind, Priority
from bot.practice import calendar
from bot.practice.draft import Draft, PieceKind
from bot.practice.month import PageSpan
from bot.practice.opening import Opening
from bot.practice.partner import Partner
from bot.practice.round import Round, Slot
from bot.practice.thread import ThreadState

K = MessageKind
VERSION = "version"
OPEN = "open"  # words that are not covered: their reader asked for them
HEARD = "heard"  # the closing that says so, too
FIRST_DAY, LAST_DAY = "first_day", "last_day"  # of what a page is about
INVITES = "invites"  # the message that invites to respond

REVEAL: Kinds = (K.REVEAL_WORDS, K.REVEAL_MEDIA)
RESPONSE: Kinds = (K.RESPONSE_WORDS, K.RESPONSE_MEDIA)
CLARIFICATION: Kinds = (K.CLARIFICATION_WORDS, K.CLARIFICATION_MEDIA)
SECOND_RESPONSE: Kinds = (K.SECOND_RESPONSE_WORDS, K.SECOND_RESPONSE_MEDIA)
SENT_AS = {
    Slot.RESPONSE: RESPONSE,
    Slot.CLARIFICATION: CLARIFICATION,
    Slot.SECOND_RESPONSE: SECOND_RESPONSE,
}
REVEALING = (K.REVEAL_FRAME, *REVEAL, K.REVEAL_INVITE)


def home_zone(partner: Partner, us: Together) -> str:
    """Tell a partner's zone; the couple's until they have named their own."""
    return partner.zone or us.couple.rhythm.zone


def to_other(us: Together, *messages: Message, now: datetime) -> list[Message]:
    """Time messages to the one who is not acting: their quiet hours hold, unless they acted just now."""
    due = calendar.deliver_at(now, us.other.quiet, home_zone(us.other, us), us.other.acted_at)
    return [replace(message, priority=Priority.EVENT, due=due) for message in messages]


def fits_one_message(draft: Draft) -> bool:
    """Tell whether a whole draft can be quoted in one message; a character takes two units at most."""
    return sum(len(piece.text) * 2 for piece in draft.pieces) <= LONGEST


def own_words(frame: Message, draft: Draft, kind: MessageKind) -> list[Message]:
    """Show a partner their own draft: quoted in one message with its buttons where it fits, else in few."""
    frame = replace(frame, kind=kind, details={**frame.details, VERSION: draft.version})
    if fits_one_message(draft):
        return [frame]
    parts = quotation(frame, draft, (K.DRAFT_PART, K.DRAFT_PART))
    return each_once([*parts, replace(frame, details={**frame.details, "apart": 1})])


def opened(opening: Opening, now: datetime) -> list[Message]:
    """Say what an opening brings: both prompts, an offer, or the one sentence of a rest.

    Whoever has sealed what stays open hears so first, alone.
    """
    us = Together(*opening.pair, opening.couple)
    found: list[Message] = []
    for partner in opening.stay_sealed:
        sealed = us.message(K.STAYS_SEALED, partner, opening.before[0].id)
        found.append(_with_prompts(us, sealed, partner, now))
    found += _looking_back(us, opening, now)
    if opening.round and opening.weekly:
        found += _week_back(us, opening.round, now)
        found += _month_back(us, opening.page, now)
    found += prompted(us, opening.round) if opening.round else []
    for partner in us.pair if opening.slower_offered else ():
        found.append(_with_prompts(us, us.message(K.SLOWER_OFFER, partner), partner, now))
    for partner in opening.deeper_offered:
        found.append(_with_prompts(us, us.message(K.DEEPER_OFFER, partner), partner, now))
    for partner in opening.friend_offered:
        offered = replace(us.message(K.FRIEND_OFFER, partner), about=None)
        found.append(_with_prompts(us, offered, partner, now))
    for partner in opening.rest_told:
        found.append(_with_prompts(us, replace(us.message(K.REST_TOLD, partner), about=None), partner, now))
    return found


def _looking_back(us: Together, opening: Opening, now: datetime) -> Iterator[Message]:
    """Bring up a round of long ago before the prompts, which stay what was said last."""
    back = opening.look_back
    if back is None:
        return
    for partner in us.pair:
        told = us.message(K.LOOK_BACK, partner, back.round.id, details={"ago": back.ago.value})
        yield replace(_with_prompts(us, told, partner, now), not_after=us.couple.next_opening)


def _week_back(us: Together, round_: Round, now: datetime) -> Iterator[Message]:
    """Show both what they have seen of their week, before its question."""
    for partner in us.pair:
        told = us.message(K.WEEK_BACK, partner, round_.id)
        yield replace(_with_prompts(us, told, partner, now), not_after=us.couple.next_opening)


def _month_back(us: Together, span: PageSpan | None, now: datetime) -> Iterator[Message]:
    """Bring both the page of a month or a year."""
    for partner in us.pair if span else ():
        days = {FIRST_DAY: span.first.isoformat(), LAST_DAY: span.last.isoformat()} if span else {}
        told = us.message(K.MONTH_BACK, partner, details=days)
        yield replace(_with_prompts(us, told, partner, now), not_after=us.couple.next_opening)


def _with_prompts(us: Together, message: Message, partner: Partner, now: datetime) -> Message:
    """Time a message as a prompt that opens now."""
    due = calendar.prompt_at(now, us.couple.rhythm, partner.quiet, home_zone(partner, us))
    return replace(message, priority=Priority.MORNING, due=due)


def prompted(us: Together, round_: Round) -> list[Message]:
    """Send both their prompt, and queue each one's own reminder."""
    opened = round_.opened_at
    found: list[Message] = []
    for partner in us.pair:
        zone = home_zone(partner, us)
        due = calendar.prompt_at(opened, us.couple.rhythm, partner.quiet, zone, partner.acted_at)
        remind = calendar.reminder_at(opened, due, partner.quiet, zone)
        found += [replace(m, priority=Priority.MORNING, due=due) for m in aside(partner, opened)]
        for kind, moment in ((K.PROMPT, due), (K.REMINDER, remind)):
            once = f"{kind.value}:{round_.id}:{partner.id}"
            urgency = Priority.MORNING
            found.append(us.message(kind, partner, round_.id, priority=urgency, due=moment, dedupe=once))
    return found


def revealing(us: Together, round_: Round, reader: Partner, words: Draft) -> list[Message]:
    """Show one partner the other's words: the frame, the words, and with the last the invitation to respond."""
    frame = us.message(K.REVEAL_FRAME, reader, round_.id)
    quoted = quotation(frame, words, REVEAL)
    open_ = round_.turn(words.author).thread is ThreadState.QUIET
    return [frame, *(_inviting(frame, quoted, words) if open_ and quoted else quoted)]


def _inviting(frame: Message, quoted: list[Message], words: Draft) -> list[Message]:
    """Let the last message invite to respond; after a video note, which has no words of its own, another does."""
    *before, last = quoted
    if any(piece.id == last.piece and piece.kind is PieceKind.VIDEO_NOTE for piece in words.pieces):
        return [*quoted, replace(frame, kind=K.REVEAL_INVITE)]
    return [*before, replace(last, details={**last.details, INVITES: 1})]


def lapsed(partner: Partner, round_: Round, zone: str, now: datetime) -> Message:
    """Tell somebody alone that a round in which they have written is over; `zone` is theirs or the couple's."""
    due = calendar.deliver_at(now, partner.quiet, zone)
    told = Message(K.LAPSED, partner.chat, partner.id, couple=round_.couple, round=round_.id)
    return replace(told, priority=Priority.MORNING, due=due)


def closing(us: Together, round_: Round, now: datetime) -> list[Message]:
    """End a round for both."""
    mine = us.message(K.CLOSING, us.me, round_.id)
    return [mine, *to_other(us, us.message(K.CLOSING, us.other, round_.id), now=now)]
