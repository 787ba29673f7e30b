"""What is counted, and when a task is late."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Priority, Refused, Sent
from bot.status.health import alive
from bot.vitals import BOUNDS, PATIENCE, Vitals


class Seconds:
    """Seconds that a test steps."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """Tell them."""
        return self.at


@given(st.sampled_from(sorted(PATIENCE)), st.floats(0, 1e6))
def test_a_task_is_late_once_its_patience_is_over(task: str, seconds: float) -> None:
    """Not before it has begun, not within its time; after it, until it comes round again."""
    clock = Seconds()
    vitals = Vitals(clock)
    assert vitals.late() == []
    vitals.step(task)
    clock.at = seconds
    assert vitals.late() == ([task] if seconds > PATIENCE[task] else [])
    assert alive(vitals) == [f"{late} does not come round" for late in vitals.late()]
    vitals.step(task)
    assert vitals.late() == []


@given(st.lists(st.floats(0, 100)))
def test_every_commit_stands_in_one_bucket(seconds: list[float]) -> None:
    """By its upper bound, which belongs to it; the last has none."""
    vitals = Vitals()
    for commit in seconds:
        vitals.committed(commit)
    assert sum(vitals.commits) == len(seconds)
    for number, bound in enumerate(BOUNDS):
        assert sum(vitals.commits[: number + 1]) == sum(commit <= bound for commit in seconds)


def test_calls_are_told_by_urgency_and_outcome_alone() -> None:
    """Never by their kind: it would show who has asked for help."""
    vitals = Vitals()
    vitals.called(Priority.REPLY, Sent(5))
    vitals.called(Priority.REPLY, Sent(6))
    vitals.called(Priority.MORNING, Refused("chat not found"))
    assert vitals.calls == {(Priority.REPLY, "Sent"): 2, (Priority.MORNING, "Refused"): 1}
