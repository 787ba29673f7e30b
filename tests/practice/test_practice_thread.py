"""A thread: what becomes of one author's revealed words."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice import thread
from bot.practice.refusals import Reason, Refusal
from bot.practice.thread import Act, Heard, ThreadState

# The design's sentence on a thread, once more: what is not here is refused.
LAW = """
quiet      respond  answered
quiet      tap      tapped
answered   hear     heard
answered   miss     unheard
unheard    clarify  clarified
unheard    leave    left
clarified  respond  answered_again
clarified  leave    left
"""
ALLOWED = {(state, act): after for state, act, after in (line.split() for line in LAW.split("\n") if line)}
LIVES = re.compile("tap |respond (hear|miss (leave|clarify (respond|leave))) ")


def refused(state: ThreadState, act: Act) -> Reason:
    """Tell why a step is refused."""
    with pytest.raises(Refusal) as refusal:
        thread.move(state, act)
    return refusal.value.reason


@pytest.mark.parametrize(("state", "act"), [*product(ThreadState, Act)])
def test_every_act_in_every_state_of_a_thread_is_the_tables(state: ThreadState, act: Act) -> None:
    """Each pair leads where the law says, or is one named refusal that says why."""
    if (state, act) in ALLOWED:
        assert thread.move(state, act) == ALLOWED[state, act]
    elif act in (Act.RESPOND, Act.TAP):
        assert refused(state, act) is Reason.ALREADY_ANSWERED
    elif state is ThreadState.QUIET:
        assert refused(state, act) is Reason.NOT_ANSWERED
    else:
        assert refused(state, act) is Reason.ALREADY_SAID


def test_a_thread_is_closed_where_no_act_leads_on() -> None:
    """Closed are exactly the states that the table never leaves."""
    assert {state for state in ThreadState if state not in {s for s, _ in ALLOWED}} == thread.CLOSED


@given(st.lists(st.sampled_from(Act), max_size=12))
def test_a_thread_has_one_clarifying_turn_and_then_ends(acts: list[Act]) -> None:
    """Whatever is tried in whatever order, what is done is one of five lives, or its start."""
    state, lived = ThreadState.QUIET, ""
    for act in acts:
        try:
            state = thread.move(state, act)
        except Refusal:
            continue
        lived += f"{act.value} "
    assert (state in thread.CLOSED) == bool(LIVES.fullmatch(lived))
    assert lived.count("clarify") <= 1
    assert lived.count("respond") <= 2


@pytest.mark.parametrize(("word", "act"), [("yes", "hear"), ("partly", "miss"), ("not_yet", "miss")])
def test_partly_and_not_yet_ask_for_the_same(word: str, act: str) -> None:
    """Only "I feel heard" closes a thread; both others leave room for one more turn."""
    assert thread.act_of(Heard(word)) == act
