"""A round: one prompt, one couple, one local date.

    OPEN      nobody has sealed
    WAITING   one has sealed
    REVEALED  both have sealed; both have been shown the other's words
    COMPLETE  both threads are closed, or the next round has opened
    LAPSED    two weeks have passed since its day, and there was no reveal
    CLOSED    the couple parted while the round was live

Its day ends when the next one opens. Late is welcome: what was not revealed by then stays open to both alike,
whatever either has written. The table is the law: a step that it does not hold is a refusal.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.practice import thread
from bot.practice.ids import CoupleId, OwnCardId, PartnerId, RoundId
from bot.practice.refusals import Reason, Refusal
from bot.practice.thread import Act, Heard, ThreadState


class RoundState(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    WAITING = "waiting"
    REVEALED = "revealed"
    COMPLETE = "complete"
    LAPSED = "lapsed"
    CLOSED = "closed"


class Step(StrEnum):
    """What moves a round."""

    SEAL = "seal"  # the first of the two
    TAKE_BACK = "take_back"
    SEAL_LAST = "seal_last"  # the second: the reveal
    CLOSE_THREADS = "close_threads"
    NEXT_OPENS = "next_opens"
    TIME_RUNS_OUT = "time_runs_out"  # two weeks after the next one opened
    PART = "part"


TRANSITIONS: dict[tuple[RoundState, Step], RoundState] = {
    (RoundState.OPEN, Step.SEAL): RoundState.WAITING,
    (RoundState.WAITING, Step.TAKE_BACK): RoundState.OPEN,
    (RoundState.WAITING, Step.SEAL_LAST): RoundState.REVEALED,
    (RoundState.REVEALED, Step.CLOSE_THREADS): RoundState.COMPLETE,
    (RoundState.REVEALED, Step.NEXT_OPENS): RoundState.COMPLETE,
    (RoundState.OPEN, Step.NEXT_OPENS): RoundState.OPEN,
    (RoundState.WAITING, Step.NEXT_OPENS): RoundState.WAITING,
    (RoundState.OPEN, Step.TIME_RUNS_OUT): RoundState.LAPSED,
    (RoundState.WAITING, Step.TIME_RUNS_OUT): RoundState.LAPSED,
    (RoundState.OPEN, Step.PART): RoundState.CLOSED,
    (RoundState.WAITING, Step.PART): RoundState.CLOSED,
    (RoundState.REVEALED, Step.PART): RoundState.CLOSED,
}

MOST_SWAPS = 2  # other cards that a partner may take in a round
LATE = timedelta(days=14)  # how long a round stays open after its day

LIVE = frozenset({RoundState.OPEN, RoundState.WAITING, RoundState.REVEALED})
WRITABLE = frozenset({RoundState.OPEN, RoundState.WAITING})
SHOWN = frozenset({RoundState.REVEALED, RoundState.COMPLETE})


class Slot(StrEnum):
    """What a partner's words are in a round; each partner has one of each."""

    REFLECTION = "reflection"
    RESPONSE = "response"
    CLARIFICATION = "clarification"
    SECOND_RESPONSE = "second_response"


class Near(StrEnum):
    """The teller's word on a guess: said to the guesser, and never counted."""

    VERY = "very"
    PARTLY = "partly"
    NOT_THIS_TIME = "not_this_time"


class Nearby(StrEnum):
    """A yes to ten minutes together: where the two are, as the one who says it sees it."""

    HERE = "here"
    APART = "apart"


class Tap(StrEnum):
    """What one tap says to the words of a quick prompt, as it stands on the button."""

    NEW = "new"
    KNEW = "knew"
    MORE = "more"


@dataclass(frozen=True)
class Turn:
    """One partner's part in a round."""

    partner: PartnerId
    sealed_at: datetime | None = None
    declined: bool = False  # "not today": no reminder; writing stays welcome
    thread: ThreadState = ThreadState.QUIET  # what became of this partner's revealed words
    heard: Heard | None = None
    talked: bool = False  # "we talked", in this partner's own journal
    card: str | None = None  # the prompt that they have taken instead of the round's
    answered: str | None = None  # the one that was there when they wrote last
    before: tuple[str, ...] = ()  # those that were there when they wrote earlier parts of it
    near: Near | None = None  # the other's word on what this partner has guessed about them
    swaps: int = 0  # how often they have taken another
    on_page: bool = False  # chosen for a page, in this partner's own journal
    heavy: bool = False  # not to come up again by itself, in this partner's own journal
    page_yes: bool = False  # their yes to both's words on such a page
    together: Nearby | None = None  # their yes to ten minutes together, which counts where both have said it
    together_at: datetime | None = None  # when they said so

    @property
    def sealed(self) -> bool:
        """Tell whether this partner's words are sealed."""
        return self.sealed_at is not None


@dataclass(frozen=True)
class Round:
    """One prompt, one couple, one local date."""

    id: RoundId
    couple: CoupleId
    prompt: str
    local_date: date
    opened_at: datetime
    turns: tuple[Turn, Turn]
    swapped: bool = False  # which seat has the first side of a two-sided prompt
    arc: str | None = None
    ordinal: int = 0  # how many rounds this couple had before
    state: RoundState = RoundState.OPEN
    revealed_at: datetime | None = None
    ended_at: datetime | None = None
    closes_at: datetime | None = None  # when its two weeks are over; None while its day lasts
    own: OwnCardId | None = None  # the card of one of them that it asks, in place of its prompt's words
    passed: int = 0  # how many of the two had passed its prompt over when it was stored
    thing: str | None = None  # the small thing to do together that it brought, once both had said yes

    @property
    def late(self) -> bool:
        """Tell whether its day is over, and it can still be written to."""
        return self.closes_at is not None and self.state in WRITABLE

    def turn(self, partner: PartnerId) -> Turn:
        """Find one partner's turn. Raises Refusal NOT_YOURS for anybody else."""
        for turn in self.turns:
            if turn.partner == partner:
                return turn
        raise Refusal(Reason.NOT_YOURS)

    def other(self, partner: PartnerId) -> Turn:
        """Find the turn of the one who is not `partner`. Raises Refusal NOT_YOURS."""
        self.turn(partner)
        first, second = self.turns
        return second if first.partner == partner else first

    def side(self, partner: PartnerId) -> int:
        """Tell which side of a two-sided prompt a partner has: 0 or 1."""
        seat = 0 if self.turn(partner) is self.turns[0] else 1
        return 1 - seat if self.swapped else seat

    def card(self, partner: PartnerId) -> str:
        """Name the prompt that a partner has now: the round's, or another that they have taken."""
        return self.turn(partner).card or self.prompt

    def answered(self, partner: PartnerId) -> str:
        """Name the prompt that a partner's words are for."""
        return self.turn(partner).answered or self.prompt

    def cards(self, partner: PartnerId) -> tuple[str, ...]:
        """Name the prompts that parts of a partner's words are for, in the order in which they were there."""
        return (*self.turn(partner).before, self.answered(partner))

    def with_turn(self, changed: Turn) -> "Round":
        """Copy the round with one turn replaced."""
        first, second = self.turns
        turns = (changed, second) if first.partner == changed.partner else (first, changed)
        return replace(self, turns=turns)


def _step(round_: Round, step: Step) -> RoundState:
    following = TRANSITIONS.get((round_.state, step))
    if following is None:
        raise Refusal(Reason.ROUND_OVER)
    return following


def check_writable(round_: Round, partner: PartnerId) -> None:
    """Refuse words for a reflection that is sealed, revealed or over.

    Raises Refusal: NOT_YOURS, ALREADY_SEALED, TOO_LATE (revealed), ROUND_OVER.
    """
    turn = round_.turn(partner)
    if round_.state in SHOWN:
        raise Refusal(Reason.TOO_LATE)
    if round_.state not in WRITABLE:
        raise Refusal(Reason.ROUND_OVER)
    if turn.sealed:
        raise Refusal(Reason.ALREADY_SEALED)


def write(round_: Round, partner: PartnerId, *, begun: bool = False) -> Round:
    """Take a part of a reflection: writing undoes a "not today". Raises as check_writable.

    Where it has `begun` for another card, it is for that one, too.
    """
    check_writable(round_, partner)
    turn, cards = round_.turn(partner), round_.cards(partner) if begun else ()
    before = tuple(dict.fromkeys(card for card in cards if card != round_.card(partner)))
    return round_.with_turn(replace(turn, declined=False, answered=turn.card, before=before))


def swap(round_: Round, partner: PartnerId, card: str) -> Round:
    """Take another card for one partner, twice at most. Raises NO_CARD_LEFT, and as check_writable.

    What they have written stays for the card that it answers, until they write on.
    """
    check_writable(round_, partner)
    turn = round_.turn(partner)
    if turn.swaps >= MOST_SWAPS:
        raise Refusal(Reason.NO_CARD_LEFT)
    return round_.with_turn(replace(turn, card=card, swaps=turn.swaps + 1, declined=False))


def decline(round_: Round, partner: PartnerId) -> Round:
    """Note "not today" for one partner; the round stays open for them. Raises as check_writable."""
    check_writable(round_, partner)
    return round_.with_turn(replace(round_.turn(partner), declined=True))


def seal(round_: Round, partner: PartnerId, now: datetime) -> Round:
    """Seal one partner's words; the second seal is the reveal. Raises as check_writable."""
    check_writable(round_, partner)
    sealed = round_.with_turn(replace(round_.turn(partner), sealed_at=now, declined=False))
    if round_.other(partner).sealed:
        return replace(sealed, state=_step(round_, Step.SEAL_LAST), revealed_at=now)
    return replace(sealed, state=_step(round_, Step.SEAL))


def take_back(round_: Round, partner: PartnerId) -> Round:
    """Open one partner's seal before the reveal.

    Raises Refusal: NOT_YOURS, TOO_LATE (revealed), ROUND_OVER, NOT_SEALED.
    """
    turn = round_.turn(partner)
    if round_.state in SHOWN:
        raise Refusal(Reason.TOO_LATE)
    if round_.state not in WRITABLE:
        raise Refusal(Reason.ROUND_OVER)
    if not turn.sealed:
        raise Refusal(Reason.NOT_SEALED)
    state = _step(round_, Step.TAKE_BACK)
    return replace(round_.with_turn(replace(turn, sealed_at=None)), state=state)


def keep_to_oneself(round_: Round, partner: PartnerId) -> Round:
    """Take one partner's words back for good, as far as they know now: sealing stays possible. Raises as take_back."""
    return decline(take_back(round_, partner), partner)


def next_opens(round_: Round, now: datetime) -> Round:
    """End a round's day because the next one opens: what was revealed is complete, the rest stays open."""
    state, passed = _step(round_, Step.NEXT_OPENS), passed_over(round_)
    if state in WRITABLE:
        return replace(round_, state=state, closes_at=round_.closes_at or now + LATE, passed=passed)
    return replace(round_, state=state, ended_at=now, passed=passed)


def passed_over(round_: Round) -> int:
    """Count who has taken another prompt or let the round be while its day lasted; what comes later has no say."""
    if round_.closes_at is not None:
        return round_.passed
    return sum(turn.swaps > 0 or turn.declined for turn in round_.turns)


def as_of(round_: Round, now: datetime) -> Round:
    """Return a round as it is at an instant: lapsed as soon as its two weeks are over, whoever has noted it."""
    if not round_.late or round_.closes_at is None or now < round_.closes_at:
        return round_
    return replace(round_, state=_step(round_, Step.TIME_RUNS_OUT), ended_at=round_.closes_at)


def part(round_: Round, now: datetime) -> Round:
    """Close a live round because the couple parts."""
    return replace(round_, state=_step(round_, Step.PART), ended_at=now)


def _check_revealed(round_: Round, author: PartnerId) -> Turn:
    turn = round_.turn(author)
    if round_.state in SHOWN:
        return turn
    raise Refusal(Reason.NOT_REVEALED if round_.state in WRITABLE else Reason.ROUND_OVER)


def _advance(round_: Round, author: PartnerId, act: Act, now: datetime, heard: Heard | None = None) -> Round:
    turn = _check_revealed(round_, author)
    state = thread.move(turn.thread, act)
    moved = round_.with_turn(replace(turn, thread=state, heard=heard or turn.heard))
    if round_.state is RoundState.REVEALED and all(t.thread in thread.CLOSED for t in moved.turns):
        return replace(moved, state=_step(round_, Step.CLOSE_THREADS), ended_at=now)
    return moved


def say_near(round_: Round, teller: PartnerId, word: Near) -> Round:
    """Take the teller's word on the other's guess, once. Raises Refusal NOT_REVEALED, ROUND_OVER, ALREADY_SAID."""
    guesser = _check_revealed(round_, round_.other(teller).partner)
    if guesser.near is not None:
        raise Refusal(Reason.ALREADY_SAID)
    return round_.with_turn(replace(guesser, near=word))


def respond(round_: Round, responder: PartnerId, now: datetime) -> Round:
    """Send a response to the other's words. Raises Refusal NOT_REVEALED, ROUND_OVER, ALREADY_ANSWERED."""
    return _advance(round_, round_.other(responder).partner, Act.RESPOND, now)


def tap(round_: Round, responder: PartnerId, now: datetime) -> Round:
    """Answer the other's words with a tap, which closes their thread. Raises Refusal as respond."""
    return _advance(round_, round_.other(responder).partner, Act.TAP, now)


def hear(round_: Round, author: PartnerId, word: Heard, now: datetime) -> Round:
    """Take the author's word on a response. Raises Refusal NOT_ANSWERED, ALREADY_SAID and as respond."""
    return _advance(round_, author, thread.act_of(word), now, word)


def clarify(round_: Round, author: PartnerId, now: datetime) -> Round:
    """Send the author's one addition. Raises Refusal as hear."""
    return _advance(round_, author, Act.CLARIFY, now)


def leave_there(round_: Round, author: PartnerId, now: datetime) -> Round:
    """Close one author's thread after a "partly" or a "not yet". Raises Refusal as hear."""
    return _advance(round_, author, Act.LEAVE, now)


def response_slot(round_: Round, responder: PartnerId) -> Slot:
    """Tell which response a partner's words would be now.

    Raises Refusal: NOT_REVEALED, ROUND_OVER, ALREADY_ANSWERED.
    """
    turn = _check_revealed(round_, round_.other(responder).partner)
    thread.move(turn.thread, Act.RESPOND)
    return Slot.RESPONSE if turn.thread is ThreadState.QUIET else Slot.SECOND_RESPONSE


def check_clarifiable(round_: Round, author: PartnerId) -> None:
    """Refuse a clarification that is not the author's to make now. Raises Refusal as hear."""
    thread.move(_check_revealed(round_, author).thread, Act.CLARIFY)


def open_slots(round_: Round, partner: PartnerId) -> tuple[Slot, ...]:
    """Tell what a partner may write and send after the reveal, as things stand; nothing before it.

    Raises Refusal NOT_YOURS.
    """
    mine, theirs = round_.turn(partner).thread, round_.other(partner).thread
    if round_.state not in SHOWN:
        return ()
    response = (response_slot(round_, partner),) if (theirs, Act.RESPOND) in thread.TRANSITIONS else ()
    clarification = (Slot.CLARIFICATION,) if (mine, Act.CLARIFY) in thread.TRANSITIONS else ()
    return response + clarification
