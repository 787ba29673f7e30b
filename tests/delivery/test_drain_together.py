"""A chat's rows are rendered together, leave one after the other, and never say what is no longer so."""

from collections.abc import Sequence

import pytest
from drain_stage import Stage, Telegram
from hypothesis import given, settings
from hypothesis import strategies as st
from jumping_loop import run

from bot.delivery.flights import BEHIND, Made
from bot.delivery.pace import Pace
from bot.messages import Outcome, Priority, Row, Sent, TryLater, Unreachable, Withdrawn


class Rendering(Telegram):
    """Notes which rows were rendered together; of some rows there is nothing to say, some go wrong."""

    def __init__(self, empty: Sequence[int] = (), wrong: Sequence[int] = ()) -> None:
        super().__init__()
        self.together: list[list[int]] = []
        self.empty = set(empty)
        self.wrong = set(wrong)  # the first time

    async def prepare(self, rows: Sequence[Row]) -> list[Made]:
        """Render rows, and note them."""
        self.together.append([row.id for row in rows])
        return await super().prepare(rows)

    async def made(self, row: Row) -> Made:
        """Render a row."""
        if row.id in self.wrong:
            self.wrong.discard(row.id)
            return LookupError("gone")
        return Withdrawn() if row.id in self.empty else await super().made(row)


def stage_of(rendering: Rendering, pace: Pace | None = None) -> Stage:
    """Make a stage without limits, whose rows are rendered so."""
    return Stage(rendering, pace=pace or Pace.unlimited())


def test_the_rows_of_a_chat_are_rendered_together_and_called_in_turn() -> None:
    """A few at a time: one unit of work for them, and one call in the air."""

    async def story() -> None:
        stage = stage_of(telegram := Rendering())
        rows = [stage.put(7) for _ in range(6)]
        await stage.play(5)
        assert telegram.ids() == rows
        assert telegram.together == [rows[:BEHIND], rows[BEHIND:]]
        assert telegram.most == 1

    run(story())


def test_what_has_changed_meanwhile_is_rendered_anew() -> None:
    """What was rendered behind another row, that is: words may be deleted while the first is on its way."""

    async def story() -> None:
        stage = stage_of(telegram := Rendering())
        rows = [stage.put(7) for _ in range(3)]

        def answer(row: Row) -> Outcome:
            if row.id == rows[0]:
                stage.store.changes += 1
                telegram.empty.add(rows[1])
            return Sent(1)

        telegram.answer = answer
        await stage.play(5)
        assert telegram.together == [rows, rows[1:]]
        assert telegram.ids() == [rows[0], rows[2]]

    run(story())


def test_no_more_is_rendered_than_may_leave() -> None:
    """Three for a chat with Telegram's limits, and then one after the other as its second passes."""

    async def story() -> None:
        stage = stage_of(telegram := Rendering(), Pace())
        rows = [stage.put(7, Priority.REPLY) for _ in range(5)]
        await stage.play(9)
        assert telegram.ids() == rows
        assert telegram.together == [rows[:3], rows[3:4], rows[4:]]

    run(story())


def test_what_needs_no_call_is_settled_with_the_next_that_does() -> None:
    """A unit of work less; where there is none behind it, by itself."""

    async def story() -> None:
        stage = stage_of(telegram := Rendering(empty=[1, 3]))
        rows = [stage.put(7) for _ in range(3)]
        await stage.play(5)
        assert rows == [1, 2, 3]
        assert telegram.ids() == [2]
        assert stage.store.states() == {"sent": 1, "failed": 2}
        assert telegram.together == [[1, 2, 3], [3]]

    run(story())


@pytest.mark.parametrize("outcome", [TryLater(), Unreachable()])
def test_what_stands_behind_a_row_that_did_not_arrive_waits_for_it(outcome: Outcome) -> None:
    """Nothing overtakes it, and where nobody is there nothing more is called."""

    async def story() -> None:
        stage = stage_of(telegram := Rendering())
        rows = [stage.put(7) for _ in range(3)]
        first = True

        def answer(row: Row) -> Outcome:
            nonlocal first
            fails, first = first, False
            return outcome if fails and row.id == rows[0] else Sent(1)

        telegram.answer = answer
        await stage.play(60)
        if isinstance(outcome, Unreachable):
            assert telegram.ids() == rows[:1]
            assert stage.store.states() == {"failed": 3}
        else:
            assert telegram.ids() == [rows[0], *rows]

    run(story())


acts = st.sampled_from(["", "empty", "wrong", "fails", "changes"])


@settings(max_examples=150, deadline=None)
@given(plan=st.lists(st.tuples(st.integers(1, 3), acts), min_size=1, max_size=14))
def test_whatever_happens_each_row_leaves_once_and_in_its_chats_order(plan: list[tuple[int, str]]) -> None:
    """Rows that have nothing to say, that go wrong, that are refused for a while, or behind which all changes."""

    async def story() -> None:
        stage = stage_of(telegram := Rendering())
        rows = {stage.put(chat): (chat, act) for chat, act in plan}
        telegram.empty = {row for row, (_, act) in rows.items() if act == "empty"}
        telegram.wrong = {row for row, (_, act) in rows.items() if act == "wrong"}
        failing = {row for row, (_, act) in rows.items() if act == "fails"}
        arrived: list[int] = []

        def answer(row: Row) -> Outcome:
            if row.id in failing:
                failing.discard(row.id)
                return TryLater()
            stage.store.changes += rows[row.id][1] == "changes"
            arrived.append(row.id)
            return Sent(1)

        telegram.answer = answer
        await stage.play(3000)
        assert sorted(arrived) == sorted(rows.keys() - telegram.empty)
        for chat in (1, 2, 3):
            of_chat = [row for row in arrived if rows[row][0] == chat]
            assert of_chat == sorted(of_chat)
        assert stage.store.leased() == stage.store.queued() == []

    run(story())
