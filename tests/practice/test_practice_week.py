"""A look back at the week: when it is due, and what it asks."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from two_people import NOW, a_couple
from whole_words import whole_words

from bot.practice import week
from bot.practice.circumstances import Past

SUNDAY = date(2026, 3, 8)
DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))


def past(on: date, *, lapsed: bool = False) -> Past:
    """Make a round of before."""
    return Past("good-1", on, lapsed=lapsed, arc=None, swapped=False, passed=0)


@given(
    DAYS, st.integers(0, 6) | st.none(), st.lists(st.tuples(st.integers(1, 20), st.booleans()), max_size=6)
)
def test_it_is_due_on_the_chosen_day_where_something_was_revealed(
    day: date, chosen: int | None, before: list[tuple[int, bool]]
) -> None:
    """On no other day, for nothing older than a week, and for nothing that was not revealed."""
    couple = replace(a_couple(), week_day=chosen)
    rounds = [past(day - timedelta(days=ago), lapsed=lapsed) for ago, lapsed in before]
    shown = any(ago <= 7 and not lapsed for ago, lapsed in before)
    assert week.is_due(couple, rounds, day) is (day.weekday() == chosen and shown)


@dataclass(frozen=True)
class _Asked:
    id: str


@given(st.lists(st.sampled_from(range(9)), unique=True))
def test_every_question_comes_once_before_any_comes_again(there: list[int]) -> None:
    """Whatever was seen before, by either; and other cards are left alone."""
    cards = [_Asked(f"{week.PREFIX}{n}") for n in there] + [_Asked("good-1")]
    seen: dict[str, datetime] = {}
    asked = []
    for turn in range(2 * len(there)):
        found = week.question(cards, seen)  # type: ignore[arg-type]  # it needs their ids alone
        assert found is not None
        asked.append(found)
        seen[found] = NOW + timedelta(days=7 * turn)
    assert len(set(asked[: len(there)])) == len(there)
    assert asked[len(there) :] == asked[: len(there)]
    if not there:
        assert week.question(cards, seen) is None  # type: ignore[arg-type]  # as above


def test_the_library_has_questions_that_the_rotation_leaves_alone() -> None:
    """Each is one that comes in no other way."""
    cards = [card for card in whole_words().cards() if card.id.startswith(week.PREFIX)]
    assert len(cards) >= 6
    assert all(card.retired for card in cards)
