"""A talk: a dialogue, or what follows a quarrel. What both have in common, from the question to the end.

    ASKED     one would like to; the other has not said yes
    GOING     step by step, as its own table has it
    PAUSED    until a time that one of the two has named
    KEEPING   all is said; each is asked alone whether it stays
    KEPT      both have said so
    OVER      declined, stopped, run out of time, let go, or the couple has parted: its words are destroyed

No, a later time, an answer that says one is not calm, and no answer for a day are one event here, and so one
sentence to whoever has asked. The table is the law: a step that it does not hold is a refusal.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice import dialogue, repair
from bot.practice.dialogue import MoveAnswer, Stage
from bot.practice.ids import CoupleId, PartnerId, TalkId
from bot.practice.refusals import Reason, Refusal

ASK_LASTS = timedelta(days=1)
LASTS = timedelta(days=7)  # without a step; a pause counts from its end
LONGEST_PAUSE = timedelta(days=7)  # from its beginning, however often another time is named
KEEPING_LASTS = timedelta(days=1)
ASK_EVERY = timedelta(minutes=30)
CALM_LASTS = timedelta(minutes=30)  # a calm answer older than that says little about now
CALM_ENOUGH = 3
MOST_CALM = 5


class TalkKind(StrEnum):
    """What it is."""

    DIALOGUE = "dialogue"
    REPAIR = "repair"


class TalkState(StrEnum):
    """Where it stands."""

    ASKED = "asked"
    GOING = "going"
    PAUSED = "paused"
    KEEPING = "keeping"
    KEPT = "kept"
    OVER = "over"


class TalkStep(StrEnum):
    """What moves it."""

    AGREE = "agree"
    NOT_NOW = "not_now"
    PAUSE = "pause"
    GO_ON = "go_on"  # the time has come, or either takes it up before
    FINISH = "finish"
    KEEP = "keep"  # the second of the two
    LET_GO = "let_go"
    STOP = "stop"
    TIME_RUNS_OUT = "time_runs_out"
    PART = "part"


TRANSITIONS: dict[tuple[TalkState, TalkStep], TalkState] = {
    (TalkState.ASKED, TalkStep.AGREE): TalkState.GOING,
    (TalkState.ASKED, TalkStep.NOT_NOW): TalkState.OVER,
    (TalkState.ASKED, TalkStep.STOP): TalkState.OVER,
    (TalkState.GOING, TalkStep.PAUSE): TalkState.PAUSED,
    (TalkState.PAUSED, TalkStep.PAUSE): TalkState.PAUSED,
    (TalkState.PAUSED, TalkStep.GO_ON): TalkState.GOING,
    (TalkState.GOING, TalkStep.FINISH): TalkState.KEEPING,
    (TalkState.GOING, TalkStep.STOP): TalkState.OVER,
    (TalkState.PAUSED, TalkStep.STOP): TalkState.OVER,
    (TalkState.GOING, TalkStep.TIME_RUNS_OUT): TalkState.OVER,
    (TalkState.KEEPING, TalkStep.KEEP): TalkState.KEPT,
    (TalkState.KEEPING, TalkStep.LET_GO): TalkState.OVER,
    (TalkState.KEEPING, TalkStep.TIME_RUNS_OUT): TalkState.OVER,
    (TalkState.ASKED, TalkStep.PART): TalkState.OVER,
    (TalkState.GOING, TalkStep.PART): TalkState.OVER,
    (TalkState.PAUSED, TalkStep.PART): TalkState.OVER,
    (TalkState.KEEPING, TalkStep.PART): TalkState.OVER,
}

LIVE = frozenset({TalkState.ASKED, TalkState.GOING, TalkState.PAUSED})
UNDER_WAY = frozenset({TalkState.GOING, TalkState.PAUSED})


@dataclass(frozen=True)
class Talk:
    """A couple's talk. `partners`: who asked for it has seat 0, and speaks first in a dialogue."""

    id: TalkId
    couple: CoupleId
    kind: TalkKind
    partners: tuple[PartnerId, PartnerId]
    asked_at: datetime
    moved_at: datetime
    state: TalkState = TalkState.ASKED
    asked: int = 1  # the seat whose yes is waited for
    sofa: bool = False  # side by side, on the phone of whoever asked: said aloud, and nothing is written
    stage: Stage = field(default_factory=Stage)  # of a dialogue
    sealed: repair.CardsSealed = (0, 0)  # of a repair
    keeps: tuple[bool | None, bool | None] = (None, None)
    back_at: datetime | None = None

    def seat(self, partner: PartnerId) -> int:
        """Tell somebody's seat. Raises Refusal NOT_YOURS for anybody else."""
        if partner not in self.partners:
            raise Refusal(Reason.NOT_YOURS)
        return self.partners.index(partner)

    def other(self, partner: PartnerId) -> PartnerId:
        """Name the other one. Raises Refusal as seat."""
        return self.partners[1 - self.seat(partner)]

    @property
    def due_at(self) -> datetime | None:
        """Tell when the clock moves it; None for never."""
        match self.state:
            case TalkState.ASKED:
                return self.moved_at + ASK_LASTS
            case TalkState.GOING:
                return self.moved_at + LASTS
            case TalkState.PAUSED:
                return self.back_at
            case TalkState.KEEPING:
                return self.moved_at + KEEPING_LASTS
            case _:
                return None


def is_calm(answer: int) -> bool:
    """Tell whether it is a moment to talk, from 1 to 5. Raises Refusal NOT_YOURS for any other number."""
    if not 1 <= answer <= MOST_CALM:
        raise Refusal(Reason.NOT_YOURS)
    return answer >= CALM_ENOUGH


def moved(talk: Talk, step: TalkStep, now: datetime) -> Talk:
    """Move a talk. Raises Refusal TALK_OVER for what the table does not hold."""
    if (talk.state, step) not in TRANSITIONS:
        raise Refusal(Reason.TALK_OVER)
    return replace(talk, state=TRANSITIONS[talk.state, step], moved_at=now, back_at=None)


def agree(talk: Talk, now: datetime) -> Talk:
    """Begin, or ask back: where the first one's calm answer is old, they are the one who is asked."""
    if talk.state is TalkState.ASKED and not timedelta(0) <= now - talk.asked_at <= CALM_LASTS:
        return replace(talk, asked=1 - talk.asked, asked_at=now, moved_at=now)
    return moved(talk, TalkStep.AGREE, now)


def pause(talk: Talk, until: datetime, now: datetime) -> Talk:
    """Pause until a time within seven days, or name another one. Raises Refusal TALK_OVER, BAD_LATER."""
    check_later(until, now)
    paused = replace(moved(talk, TalkStep.PAUSE, now), back_at=until)
    if talk.state is not TalkState.PAUSED:
        return paused
    check_later(until, min(talk.moved_at, now))
    return replace(paused, moved_at=min(talk.moved_at, now))


def check_later(until: datetime, now: datetime) -> None:
    """Refuse a time to come back that has passed, or is further off than seven days. Raises Refusal BAD_LATER."""
    if not now < until <= now + LONGEST_PAUSE:
        raise Refusal(Reason.BAD_LATER)


def check_ask(before: Talk | None, asker: PartnerId, now: datetime) -> None:
    """Refuse somebody who has asked a moment ago. Raises Refusal TALK_ASKED_LATELY."""
    if before is None or before.partners[0] != asker:
        return
    if timedelta(0) <= now - before.asked_at < ASK_EVERY:
        raise Refusal(Reason.TALK_ASKED_LATELY)


def writes(talk: Talk, partner: PartnerId) -> int | None:
    """Tell the number of the step for which somebody's words are wanted now; None for none."""
    if talk.state is not TalkState.GOING or talk.sofa:
        return None
    seat = talk.seat(partner)
    if talk.kind is TalkKind.REPAIR:
        return talk.sealed[seat] if talk.sealed[seat] < len(repair.CARDS) else None
    mine = talk.stage.whose == seat and talk.stage.move in dialogue.WRITTEN
    return talk.stage.number if mine else None


def answered(talk: Talk, partner: PartnerId, number: int, answer: MoveAnswer, now: datetime) -> Talk:
    """Take a move's answer; the last one brings the end. Raises Refusal NOT_YOURS, TALK_OVER.

    On one phone everything is pressed by whoever holds it.
    """
    seat = talk.seat(partner)
    if talk.state is not TalkState.GOING or talk.kind is not TalkKind.DIALOGUE or talk.stage.number != number:
        raise Refusal(Reason.TALK_OVER)
    if seat != (0 if talk.sofa else talk.stage.whose):
        raise Refusal(Reason.NOT_YOURS)
    following = dialogue.after(talk.stage, answer)
    if following is not None:
        return replace(talk, stage=following, moved_at=now)
    step = TalkStep.STOP if talk.sofa else TalkStep.FINISH  # of what was said aloud there is nothing to keep
    return moved(replace(talk, stage=replace(talk.stage, number=number + 1)), step, now)


def sealed(talk: Talk, partner: PartnerId, card: int, now: datetime) -> Talk:
    """Seal a card, with words or without; the last one brings the end. Raises Refusal TALK_OVER."""
    _check_repair(talk)
    found = replace(talk, sealed=repair.seal(talk.sealed, talk.seat(partner), card), moved_at=now)
    return moved(found, TalkStep.FINISH, now) if repair.is_done(found.sealed) else found


def taken_back(talk: Talk, partner: PartnerId, card: int, now: datetime) -> Talk:
    """Open one's newest seal again. Raises Refusal TALK_OVER, TOO_LATE."""
    _check_repair(talk)
    return replace(talk, sealed=repair.take_back(talk.sealed, talk.seat(partner), card), moved_at=now)


def _check_repair(talk: Talk) -> None:
    if talk.state is not TalkState.GOING or talk.kind is not TalkKind.REPAIR:
        raise Refusal(Reason.TALK_OVER)


def said_to_keep(talk: Talk, partner: PartnerId, now: datetime, *, keep: bool) -> Talk:
    """Take one's answer to whether it stays: it does by the yes of both, and an answer can't be changed.

    It goes once both have answered, so that what is on its way still arrives. Raises Refusal TALK_OVER.
    """
    if talk.state is not TalkState.KEEPING:
        raise Refusal(Reason.TALK_OVER)
    seat = talk.seat(partner)
    if talk.keeps[seat] is not None:
        return talk
    said = (keep, talk.keeps[1]) if seat == 0 else (talk.keeps[0], keep)
    found = replace(talk, keeps=said)
    if None in said:
        return found
    return moved(found, TalkStep.KEEP if all(said) else TalkStep.LET_GO, now)


def by_the_clock(talk: Talk, now: datetime) -> Talk:
    """Do what is due; a talk that is not due stays as it is.

    What a clock that was ahead has noted counts from now.
    """
    if talk.due_at is None:
        return talk
    if talk.due_at > now + LASTS:
        return replace(talk, moved_at=now, back_at=now if talk.back_at else None)
    if talk.due_at > now:
        return talk
    match talk.state:
        case TalkState.ASKED:
            return moved(talk, TalkStep.NOT_NOW, now)
        case TalkState.PAUSED:
            return moved(talk, TalkStep.GO_ON, now)
        case _:
            return moved(talk, TalkStep.TIME_RUNS_OUT, now)


def may_read(
    reader: PartnerId, author: PartnerId, talk: Talk, step: int, *, sent: bool, parted: bool
) -> bool:
    """Tell whether `reader` may read what `author` wrote for a step.

    One's own always, as long as it is there; the other's while the couple lasts, once sent, and in a repair once
    both have sealed that card. Nothing of a talk that is over.
    """
    if not {reader, author} <= set(talk.partners) or talk.state is TalkState.OVER:
        return False
    if reader == author:
        return True
    if parted or not sent:
        return False
    return talk.kind is TalkKind.DIALOGUE or step < repair.shown(talk.sealed)


def label_of(talk: Talk, step: int) -> str:
    """Name a step of a repair; of a dialogue, the move that is open."""
    if talk.kind is TalkKind.REPAIR:
        return repair.CARDS[min(step, len(repair.CARDS) - 1)].value
    return talk.stage.move.value
