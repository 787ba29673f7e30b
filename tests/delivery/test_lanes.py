"""Lanes keep each chat's order, whatever is taken, put back or lifted."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.lanes import Lanes
from bot.messages import Message, MessageKind, Priority, Row
from bot.practice.ids import RowId

_numbers = itertools.count(1)


def a_row(chat: int, priority: Priority = Priority.MORNING) -> Row:
    """Make the next row."""
    return Row(RowId(next(_numbers)), Message(MessageKind.PROMPT, chat, priority=priority))


def take(lanes: Lanes) -> tuple[Row, Priority]:
    """Take the next, whichever it is."""
    picked = lanes.pick(lambda _row, _urgency: True)
    assert picked is not None
    return picked


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(Priority))), st.lists(st.booleans()))
def test_order_within_a_chat_holds(rows: list[tuple[int, Priority]], put_back: list[bool]) -> None:
    """Also where a row is put back before it is taken for good."""
    lanes = Lanes()
    lanes.add(a_row(chat, priority) for chat, priority in rows)
    again = iter(put_back)
    taken: list[Row] = []
    while lanes:
        row, _ = take(lanes)
        if next(again, False):
            lanes.put_back(row)
        else:
            taken.append(row)
    assert len(taken) == len(rows)
    for chat in range(1, 6):
        ids = [row.id for row in taken if row.message.chat == chat]
        assert ids == sorted(ids)


def test_the_most_urgent_lane_goes_first() -> None:
    """A reply before an event before the morning; of equals, the one that came first."""
    lanes = Lanes()
    lanes.add([a_row(1), a_row(2, Priority.EVENT), a_row(3), a_row(4, Priority.REPLY)])
    assert [take(lanes)[0].message.chat for _ in range(4)] == [4, 2, 1, 3]


def test_a_reply_lifts_what_stands_before_it() -> None:
    """The prompt before it goes at once, as urgent as the reply; what is left is judged anew."""
    lanes = Lanes()
    lanes.add([a_row(1), a_row(2), a_row(2, Priority.REPLY), a_row(2)])
    first, urgency = take(lanes)
    assert (first.message.chat, first.message.priority, urgency) == (2, Priority.MORNING, Priority.REPLY)
    assert take(lanes)[0].message.priority is Priority.REPLY
    assert [take(lanes)[0].message.chat for _ in range(2)] == [1, 2]


def test_what_is_not_ready_is_passed_over() -> None:
    """A chat that must rest holds up nobody else, and keeps its row."""
    lanes = Lanes()
    lanes.add([a_row(1, Priority.REPLY), a_row(2)])
    picked = lanes.pick(lambda row, _urgency: row.message.chat != 1)
    assert picked is not None
    assert picked[0].message.chat == 2
    assert lanes.chats() == [1]
    assert lanes.pick(lambda _row, _urgency: False) is None


def test_a_chat_can_be_dropped() -> None:
    """Its rows were given back."""
    lanes = Lanes()
    lanes.add([a_row(1), a_row(1), a_row(2)])
    assert lanes.at_least(2) == [1]
    assert len(lanes.of(1)) == 2
    lanes.drop(1)
    assert len(lanes) == 1
