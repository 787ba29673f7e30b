"""A dialogue for two: one speaks and the other listens, then they swap; then each asks for one thing and gives one.

    SPEAK      the speaker says one thing, beginning with I
    MIRROR     the listener says back what they heard
    CHECK      the speaker says whether that was it, or that there is more
    VALIDATE   the listener says what makes sense to them
    IMAGINE    the listener says what the speaker may feel; then the two swap
    ASK_FOR    one thing that would help, from each
    GIVE       one thing that is given freely, from each

The table is the law: a step that it does not hold is a refusal.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.practice.refusals import Reason, Refusal


class Move(StrEnum):
    """What somebody does in a dialogue."""

    SPEAK = "speak"
    MIRROR = "mirror"
    CHECK = "check"
    VALIDATE = "validate"
    IMAGINE = "imagine"
    ASK_FOR = "ask_for"
    GIVE = "give"


class MoveAnswer(StrEnum):
    """How a move is done."""

    SEND = "send"  # on one phone: it's said aloud
    GOT_IT = "got_it"
    MORE = "more"
    PASS = "pass"  # noqa: S105 (nothing now, where a thing is asked for or given; no password)


TRANSITIONS: dict[tuple[Move, MoveAnswer], Move] = {
    (Move.SPEAK, MoveAnswer.SEND): Move.MIRROR,
    (Move.MIRROR, MoveAnswer.SEND): Move.CHECK,
    (Move.CHECK, MoveAnswer.MORE): Move.SPEAK,
    (Move.CHECK, MoveAnswer.GOT_IT): Move.VALIDATE,
    (Move.VALIDATE, MoveAnswer.SEND): Move.IMAGINE,
    (Move.IMAGINE, MoveAnswer.SEND): Move.ASK_FOR,
    (Move.ASK_FOR, MoveAnswer.SEND): Move.GIVE,
    (Move.ASK_FOR, MoveAnswer.PASS): Move.GIVE,
}
"""What follows a move, once both have had their turn at it."""

BOTH_FIRST: dict[Move, Move] = {
    Move.IMAGINE: Move.SPEAK,
    Move.ASK_FOR: Move.ASK_FOR,
    Move.GIVE: Move.GIVE,
}
"""After the first one's turn at these the two swap, and this comes next."""

ENDS = frozenset({(Move.GIVE, MoveAnswer.SEND), (Move.GIVE, MoveAnswer.PASS)})
LISTENING = frozenset({Move.MIRROR, Move.VALIDATE, Move.IMAGINE})
WRITTEN = frozenset(Move) - {Move.CHECK}
MAY_PASS = frozenset({Move.ASK_FOR, Move.GIVE})


@dataclass(frozen=True)
class Stage:
    """Where a dialogue stands: the move, which seat speaks, and a number that grows with every move."""

    move: Move = Move.SPEAK
    speaker: int = 0  # who asked for it speaks first
    number: int = 0

    @property
    def whose(self) -> int:
        """Tell which seat the move is for."""
        return 1 - self.speaker if self.move in LISTENING else self.speaker


def after(stage: Stage, answer: MoveAnswer) -> Stage | None:
    """Tell what follows a move; None for the end. Raises Refusal TALK_OVER for what is no answer to it."""
    step = (stage.move, answer)
    if step not in TRANSITIONS and step not in ENDS:
        raise Refusal(Reason.TALK_OVER)
    number = stage.number + 1
    if stage.speaker == 0 and stage.move in BOTH_FIRST:
        return Stage(BOTH_FIRST[stage.move], 1, number)
    if step in ENDS:
        return None
    following = TRANSITIONS[step]
    return Stage(following, 0 if following in MAY_PASS else stage.speaker, number)
