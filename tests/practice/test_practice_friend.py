"""The neutral friend: words stand where they were written, whatever comes twice, and an offer looks at nobody else."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.friend import EVERY, MOST_UNITS, STEPS, WAITS, Sitting, SittingId, is_due, waits, write
from bot.practice.ids import PartnerId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
EMPTY = Sitting(SittingId(1), PartnerId(1), NOW)
ANA = Partner(PartnerId(1), 1, "Ana", "en", NOW)
WRITTEN = st.lists(st.tuples(st.integers(-1, 3), st.integers(1, 5), st.text(max_size=900)), max_size=12)


@given(WRITTEN)
def test_words_stand_in_their_step_and_an_edit_where_it_stood(acts: list[tuple[int, int, str]]) -> None:
    """What a message says is there once, as it said it last, in the step that it was first for; or nothing changes."""
    sitting, known = EMPTY, dict[int, tuple[int, str]]()
    for step, source, text in acts:
        before = sitting
        with suppress(Refusal):
            sitting = write(sitting, step, source, text)
            known[source] = (known[source][0] if source in known else step, text)
        assert sitting == before or {n.source: (n.step, n.text) for n in sitting.notes} == known
        assert len({note.source for note in sitting.notes}) == len(sitting.notes)
    for number in range(len(STEPS)):
        assert sitting.said(number) == "\n".join(text for step, text in known.values() if step == number)
    assert sum(len(note.text) for note in sitting.notes) <= MOST_UNITS


def test_an_edit_stands_where_it_stood() -> None:
    """In the step that its message was first for."""
    sitting = write(write(write(EMPTY, 0, 5, "a"), 1, 6, "b"), 1, 5, "c")
    assert [sitting.said(step) for step in (0, 1)] == ["c", "b"]


def test_too_much_is_refused_and_what_was_there_stays() -> None:
    """Counted as Telegram counts; and no step but the three."""
    full = write(EMPTY, 0, 1, "\U0001f642" * (MOST_UNITS // 2))
    with pytest.raises(Refusal) as refused:
        write(full, 0, 2, "x")
    assert refused.value.reason is Reason.SITTING_FULL
    assert write(full, 0, 1, "x").said(0) == "x"
    for step in (-1, 3):
        with pytest.raises(Refusal):
            write(EMPTY, step, 1, "x")


@given(
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.none() | st.timedeltas(timedelta(0), timedelta(days=400)),
)
def test_it_is_offered_once_in_four_months(since: timedelta, offered: timedelta | None) -> None:
    """Counted from the last, or from the beginning; and never to somebody who rests or can't be reached."""
    last = NOW - offered if offered is not None else None
    ana = replace(ANA, consented_at=NOW - since, friend_at=last)
    assert is_due(ana, NOW) is ((since if offered is None else offered) >= EVERY)
    assert not is_due(replace(ana, resting=True), NOW)
    assert not is_due(replace(ana, reachable=False), NOW)
    assert not is_due(replace(ana, friend_offers=False), NOW)


def test_what_was_not_kept_waits_for_a_day() -> None:
    """And what was kept for nothing; a repr shows no words."""
    assert waits(EMPTY, NOW + WAITS - timedelta(seconds=1))
    assert not waits(EMPTY, NOW + WAITS)
    assert not waits(replace(EMPTY, kept_at=NOW), NOW)
    assert "marmalade" not in repr(write(EMPTY, 0, 1, "marmalade"))
