"""Failure is decided purely: from what became of a call and how often it was tried."""

from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.delivery.backoff import ALONE, LONGEST, LONGEST_TOLD, TRIES, Again, Done, GiveUp, decide
from bot.messages import Outcome, Refused, Sent, TryLater, Unreachable, Withdrawn
from storage.spool import LONGEST_HOLD

attempts = st.integers(0, 10_000)
noises = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize("outcome", [Sent(7), Sent(None), Withdrawn()])
def test_what_is_over_is_done(outcome: Outcome) -> None:
    """What was sent, or has nothing to say any more, is settled."""
    assert decide(outcome, 0, 0.5) == Done()


@given(attempts, noises)
def test_a_refusal_gives_up_at_once(attempt: int, noise: float) -> None:
    """Telegram will never take it: no second try."""
    assert decide(Refused("text too long"), attempt, noise) == GiveUp("text too long")
    assert decide(Unreachable(), attempt, noise) == GiveUp("unreachable")


@given(attempts, noises)
def test_the_network_is_tried_for_ever_and_ever_more_slowly(attempt: int, noise: float) -> None:
    """Never given up, never within half a second, never later than five minutes."""
    step = decide(TryLater(), attempt, noise)
    assert isinstance(step, Again)
    assert timedelta(seconds=0.5) <= step.after <= LONGEST


@given(st.integers(0, 3 * TRIES), st.integers(0, 3 * ALONE), noises)
def test_what_fails_alone_for_hours_is_given_up(attempt: int, alone: int, noise: float) -> None:
    """Both are needed: many tries, and others that were taken meanwhile; Telegram's own wish is no failure."""
    given_up = attempt >= TRIES and alone >= ALONE
    assert isinstance(decide(TryLater(), attempt, noise, alone), GiveUp if given_up else Again)
    assert isinstance(decide(TryLater(everyone=True), attempt, noise, alone), Again)
    assert isinstance(decide(TryLater(timedelta(0)), attempt, noise, alone), Again)


def test_the_tries_take_hours() -> None:
    """However the dice fall: a Telegram that is ill for an hour or two costs nobody a message."""
    for noise, least in ((0.0, timedelta(hours=3.5)), (0.999, timedelta(hours=7))):
        steps = [decide(TryLater(), attempt, noise, alone=attempt) for attempt in range(TRIES)]
        assert sum((step.after for step in steps if isinstance(step, Again)), timedelta(0)) > least


def test_pauses_double() -> None:
    """One second, two, four, up to five minutes, at most."""
    most = [decide(TryLater(), attempt, 1.0).after.total_seconds() for attempt in range(11)]  # type: ignore[union-attr]
    assert most == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


@given(st.floats(0, 86_400 * 3), attempts, noises)
def test_retry_after_is_honoured_an_hour_at_a_time(seconds: float, attempt: int, noise: float) -> None:
    """Never sooner than Telegram said, unless it said more than an hour: then one call asks again."""
    step = decide(TryLater(timedelta(seconds=seconds)), attempt, noise)
    assert isinstance(step, Again)
    told = timedelta(seconds=seconds)
    assert min(told, LONGEST_TOLD) <= step.after <= LONGEST_TOLD
    assert step.after <= told * 1.1 + timedelta(microseconds=1)


@given(st.none() | st.timedeltas(min_value=timedelta(0)), attempts, noises)
@example(timedelta.max, 0, 0.9)
def test_no_pause_is_longer_than_storage_believes(
    after: timedelta | None, attempt: int, noise: float
) -> None:
    """A hold that ends later than that is taken for a wrong clock's."""
    step = decide(TryLater(after), attempt, noise)
    assert isinstance(step, Again)
    assert step.after < LONGEST_HOLD


@given(st.booleans(), noises)
def test_whose_wait_it_is_is_handed_on(everyone: bool, noise: float) -> None:  # noqa: FBT001 (Hypothesis gives it)
    """`everyone` is the outcome's own."""
    for after in (None, timedelta(seconds=3)):
        step = decide(TryLater(after, everyone=everyone), 0, noise)
        assert isinstance(step, Again)
        assert step.everyone is everyone
