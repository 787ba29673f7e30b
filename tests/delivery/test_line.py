"""The line is known to be down soon, asked after rarely, and trusted again at the first answer."""

import itertools

from bot.delivery.line import APART, LONGEST, REMEMBERED, Alone, CircuitBreaker
from bot.practice.ids import RowId


def test_a_call_that_did_not_leave_takes_the_line_down() -> None:
    """No such host is nobody's own fault."""
    line = CircuitBreaker()
    line.bad(1, 0.0, 0.5, certain=True)
    assert line.down
    assert line.opens_at > 0.0


def test_one_chats_failures_are_its_own() -> None:
    """A server that fails for one chat again and again does not stop the others."""
    line = CircuitBreaker()
    for at in range(10):
        line.bad(1, float(at), 0.5, certain=False)
    assert not line.down


def test_three_chats_in_a_row_take_it_down() -> None:
    """An answer between them does not let it come to that."""
    line = CircuitBreaker()
    line.bad(1, 0.0, 0.5, certain=False)
    line.bad(2, 0.0, 0.5, certain=False)
    line.good()
    line.bad(3, 0.0, 0.5, certain=False)
    assert not line.down
    line.bad(4, 0.0, 0.5, certain=False)
    line.bad(5, 0.0, 0.5, certain=False)
    assert line.down


def test_calls_that_were_in_the_air_count_once() -> None:
    """Sixteen that fail together make one pause, not sixteen doublings."""
    line = CircuitBreaker()
    for chat in range(16):
        line.bad(chat, 0.0, 1.0, certain=True)
    assert line.opens_at == 1.0


def test_pauses_grow_to_a_minute() -> None:
    """Each try that fails makes the next pause longer."""
    line, now, pauses = CircuitBreaker(), 0.0, []
    for _ in range(12):
        line.bad(1, now, 1.0, certain=True)
        pauses.append(line.opens_at - now)
        now = line.opens_at
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST


def test_an_answer_lifts_it() -> None:
    """Whatever the answer says, the line is up."""
    line = CircuitBreaker()
    line.bad(1, 0.0, 0.5, certain=True)
    line.good()
    assert not line.down


def test_a_sign_of_life_is_believed_soon() -> None:
    """Something came in: the next try is at most five seconds after the last."""
    line, now = CircuitBreaker(), 0.0
    for _ in range(12):
        line.bad(1, now, 1.0, certain=True)
        now = line.opens_at
    line.bad(1, now, 1.0, certain=True)
    line.hint()
    assert line.down
    assert line.opens_at == now + 5.0


def test_whom_to_try_changes_while_it_is_down() -> None:
    """First who has not failed, then who has not in this round; then a new round begins."""
    line = CircuitBreaker()
    for chat in (1, 2, 3):
        line.bad(chat, 0.0, 0.5, certain=False)
    assert [set(chats) for chats in line.passing_over()] == [{1, 2, 3}, {1, 2, 3}, set()]
    line.bad(1, 100.0, 0.5, certain=False)
    assert [set(chats) for chats in line.passing_over()] == [{1, 2, 3}, {1}, set()]
    line.good()
    assert [set(chats) for chats in line.passing_over()] == [set()] * 3


def test_only_a_failure_while_others_are_taken_is_a_rows_own() -> None:
    """While nobody gets through, nothing counts; what was taken in the end begins anew."""
    alone, later = Alone(), itertools.count(step=APART)
    assert [alone.failed(RowId(1), next(later)) for _ in range(3)] == [0, 0, 0]
    alone.taken(RowId(2))
    assert [alone.failed(RowId(1), next(later)) for _ in range(3)] == [1, 1, 1]
    assert alone.failed(RowId(3), next(later)) == 0
    alone.taken(RowId(2))
    assert (alone.failed(RowId(1), next(later)), alone.failed(RowId(3), next(later))) == (2, 1)
    alone.taken(RowId(1))
    assert alone.failed(RowId(1), next(later)) == 0


def test_failures_count_once_in_a_while() -> None:
    """Ten in a minute are one trouble, however many others are taken."""
    alone = Alone()
    counted = []
    for second in range(0, int(3 * APART), 10):
        counted.append(alone.failed(RowId(1), float(second)))
        alone.taken(RowId(2))
    assert counted[-1] == 3
    assert counted.index(2) - counted.index(1) == APART / 10


def test_failing_rows_are_remembered_within_bounds() -> None:
    """The ones that failed longest ago go first."""
    alone = Alone()
    for number in range(2 * REMEMBERED):
        alone.failed(RowId(number), 0.0)
    alone.taken(RowId(-1))
    assert alone.failed(RowId(2 * REMEMBERED - 1), APART) == 1
    assert alone.failed(RowId(0), APART) == 0
