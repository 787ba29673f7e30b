"""A page of a month or a year: when it comes, and what it is about."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from two_people import a_couple

from bot.practice.month import PageSpan, evenly, month_before, page_due

DAYS = st.dates(date(2026, 1, 1), date(2029, 1, 1))


@given(st.lists(DAYS, min_size=1, max_size=12))
def test_a_month_has_one_page_at_most(days: list[date]) -> None:
    """With the first look back of a later month; all of the month before is in it, and nothing of this one."""
    couple, told = a_couple(), []
    for day in sorted(days):
        span = page_due(couple, day)
        if span is None:
            assert couple.month_back == month_before(day)
            continue
        assert span.last == day.replace(day=1) - timedelta(days=1) or span.year
        assert span.first <= month_before(day) or span.year
        assert span.last < day
        told.append(month_before(day))
        couple = replace(couple, month_back=month_before(day))
    assert told == sorted(set(told)) == sorted({month_before(day) for day in days})


@given(st.dates(date(2026, 2, 1), date(2026, 12, 31)), st.lists(DAYS, max_size=12))
def test_a_year_has_one_page(began: date, days: list[date]) -> None:
    """With the first look back of the next, whenever that is; whoever began in that year has no older one."""
    couple = a_couple()
    years = []
    for day in [began, *sorted(day for day in days if day > began)]:
        span = page_due(couple, day)
        if span is not None:
            couple = replace(couple, month_back=month_before(day))
            years += [span.first.year] if span.year else []
    looked = {day.year for day in days if day > began}
    assert years == [year - 1 for year in sorted(looked - {2026})]


def test_a_year_s_page_comes_in_place_of_a_month_s() -> None:
    """In January, or later where there was no look back in January."""
    couple = replace(a_couple(), month_back=date(2026, 11, 1))
    whole = PageSpan(date(2026, 1, 1), date(2026, 12, 31))
    assert page_due(couple, date(2027, 1, 3)) == whole
    assert page_due(couple, date(2027, 2, 7)) == whole
    told = replace(couple, month_back=date(2026, 12, 1))
    assert page_due(told, date(2027, 1, 31)) is None
    assert page_due(told, date(2027, 2, 7)) == PageSpan(date(2027, 1, 1), date(2027, 1, 31))


@given(st.lists(st.integers(), unique=True), st.integers(2, 12))
def test_what_a_page_can_t_hold_is_left_out_evenly(items: list[int], most: int) -> None:
    """In their order, the first and the last among them, none twice."""
    kept = list(evenly(items, most))
    assert len(kept) == min(len(items), most)
    assert [item for item in items if item in kept] == kept
    assert kept[:1] + kept[-1:] == items[:1] + items[-1:]
