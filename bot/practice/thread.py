"""A thread: what happens to one author's revealed words, between them and their partner.

QUIET     the partner has not responded
ANSWERED  the response has reached the author, who may say how it landed
UNHEARD   "partly" or "not yet": the author may add one thing, or leave it there
CLARIFIED the author's one addition has reached the partner, who may respond once more
HEARD, LEFT, ANSWERED_AGAIN   closed
TAPPED    closed: the partner has answered a quick prompt with a tap
"""

from enum import StrEnum

from bot.practice.refusals import Reason, Refusal


class ThreadState(StrEnum):
    """Where a thread stands."""

    QUIET = "quiet"
    ANSWERED = "answered"
    UNHEARD = "unheard"
    CLARIFIED = "clarified"
    HEARD = "heard"
    LEFT = "left"
    ANSWERED_AGAIN = "answered_again"
    TAPPED = "tapped"


class Heard(StrEnum):
    """The author's word on a response."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class Act(StrEnum):
    """What either of the two can do in a thread."""

    RESPOND = "respond"  # the partner
    TAP = "tap"  # the partner, where the prompt was a quick one
    HEAR = "hear"  # the author: yes
    MISS = "miss"  # the author: partly, not yet
    CLARIFY = "clarify"  # the author
    LEAVE = "leave"  # whoever's turn it is after a "partly" or a "not yet"


TRANSITIONS: dict[tuple[ThreadState, Act], ThreadState] = {
    (ThreadState.QUIET, Act.RESPOND): ThreadState.ANSWERED,
    (ThreadState.QUIET, Act.TAP): ThreadState.TAPPED,
    (ThreadState.ANSWERED, Act.HEAR): ThreadState.HEARD,
    (ThreadState.ANSWERED, Act.MISS): ThreadState.UNHEARD,
    (ThreadState.UNHEARD, Act.CLARIFY): ThreadState.CLARIFIED,
    (ThreadState.UNHEARD, Act.LEAVE): ThreadState.LEFT,
    (ThreadState.CLARIFIED, Act.RESPOND): ThreadState.ANSWERED_AGAIN,
    (ThreadState.CLARIFIED, Act.LEAVE): ThreadState.LEFT,
}

CLOSED = frozenset({ThreadState.HEARD, ThreadState.LEFT, ThreadState.ANSWERED_AGAIN, ThreadState.TAPPED})


def move(state: ThreadState, act: Act) -> ThreadState:
    """Take one step in a thread.

    Raises Refusal: NOT_ANSWERED (nothing to hear yet), ALREADY_ANSWERED, ALREADY_SAID.
    """
    following = TRANSITIONS.get((state, act))
    if following is not None:
        return following
    if act in (Act.RESPOND, Act.TAP):
        raise Refusal(Reason.ALREADY_ANSWERED)
    if state is ThreadState.QUIET:
        raise Refusal(Reason.NOT_ANSWERED)
    raise Refusal(Reason.ALREADY_SAID)


def act_of(word: Heard) -> Act:
    """Tell which step an author's word is."""
    return Act.HEAR if word is Heard.YES else Act.MISS
