"""One's own line says a change only beyond one's own noise; both lines show what both have agreed to, and no more."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.growth import (
    LINE_OF_BOTH,
    SHOWN,
    Change,
    agreed,
    agrees,
    both,
    line,
    looking_since,
)
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.pulse import WEEK, Pulse

ANA, BO = PartnerId(1), PartnerId(2)
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MONDAY = date(2026, 1, 5)
TAPS = st.tuples(*[st.integers(1, 5)] * 3)
WEEKS = st.dictionaries(st.integers(0, 60), TAPS, max_size=40)
NEAR = st.dictionaries(st.integers(0, 9), TAPS, min_size=5)  # two of these have weeks in common
TOGETHER = Couple(CoupleId(9), (ANA, BO), Rhythm(480, "UTC"), NOW, MONDAY, None)


def pulses(weeks: Mapping[int, tuple[int, ...]], who: PartnerId = ANA, at: datetime = NOW) -> list[Pulse]:
    """Make somebody's weeks, by their number."""
    return [Pulse(who, TOGETHER.id, MONDAY + WEEK * number, at, taps) for number, taps in weeks.items()]


def steady(levels: list[int]) -> list[Pulse]:
    """Make weeks that follow one another, each with the same three taps."""
    return pulses({number: (level,) * 3 for number, level in enumerate(levels)})


@given(WEEKS)
def test_a_line_shows_what_was_tapped_and_gaps_where_nothing_was(weeks: dict[int, tuple[int, ...]]) -> None:
    """The newest weeks, none made up, none left out; and within 1 to 5 the band."""
    drawn = line(pulses(weeks))
    newest = max(weeks, default=0)
    there = {n: sum(taps) / 3 for n, taps in weeks.items() if n > newest - SHOWN}
    if drawn is None:
        assert len(there) < 2
        return
    first = (drawn.first - MONDAY) // WEEK
    assert {first + i: level for i, level in enumerate(drawn.levels) if level is not None} == there
    assert drawn.last == MONDAY + WEEK * newest
    assert len(drawn.levels) <= SHOWN
    if drawn.usual is not None:
        assert 1 <= drawn.usual.low <= drawn.usual.high <= 5


@given(WEEKS, st.tuples(st.integers(1, 5), st.integers(1, 5)))
def test_a_week_that_was_not_finished_is_a_gap(
    weeks: dict[int, tuple[int, ...]], begun: tuple[int, int]
) -> None:
    """It draws nothing and moves nothing."""
    assert line([*pulses(weeks), *pulses({61: begun})]) == line(pulses(weeks))


def test_a_change_is_said_both_ways_and_only_where_there_is_one() -> None:
    """After a quiet quarter, four weeks elsewhere; and none where they are where weeks have been before."""
    quiet = [3, 3, 4, 3, 3, 4, 3, 3, 3, 4, 3, 3]
    for last, change in (([5, 5, 4, 5], Change.HIGHER), ([1, 2, 1, 1], Change.LOWER), ([4, 3, 3, 4], None)):
        drawn = line(steady(quiet + last))
        assert drawn is not None
        assert drawn.change is change
    loud = [1, 5, 2, 5, 1, 4, 1, 5, 3, 1, 5, 2]
    drawn = line(steady([*loud, 4, 5, 4, 4]))
    assert drawn is not None
    assert drawn.change is None


def test_nothing_usual_is_told_of_few_weeks() -> None:
    """Neither a band nor a change before eight weeks, five of which follow others; nor by two of the last four."""
    few = line(steady([3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5]))
    assert few is not None
    assert (few.usual, few.change) == (None, None)
    apart = line(pulses(dict.fromkeys(range(0, 24, 2), (3, 3, 3)) | dict.fromkeys(range(23, 27), (5, 5, 5))))
    assert apart is not None
    assert (apart.usual, apart.change) == (None, None)
    lately = line(pulses(dict.fromkeys(range(12), (3, 3, 3)) | {14: (5, 5, 5), 15: (5, 5, 5)}))
    assert lately is not None
    assert lately.usual is not None
    assert lately.change is None


def _share(told: Callable[[random.Random], bool | None], people: int) -> float:
    said = [answer for seed in range(people) if (answer := told(random.Random(seed))) is not None]  # noqa: S311 (people made up)
    assert len(said) > people / 2
    return sum(said) / len(said)


def _weeks(dice: random.Random, follows: float, noise: float, shift: float) -> list[Pulse]:
    mean, drift, made = dice.choice((2.0, 3.0, 3.5, 4.3)), 0.0, {}
    mean = min(mean, 3.0) if shift else mean
    for number in range(26):
        drift = follows * drift + dice.gauss(0, noise)
        level = mean + drift + (shift if number >= 22 else 0)
        taps = tuple(max(1, min(5, round(level + dice.gauss(0, 0.35)))) for _ in range(3))
        if dice.random() > 0.2:
            made[number] = taps
    return pulses(made)


def test_few_are_told_of_a_change_that_is_none() -> None:
    """Of a thousand people made up: where each week is a draw of its own, and where a week takes after the last."""
    for follows, most in ((0.0, 0.02), (0.3, 0.04)):

        def told(dice: random.Random, follows: float = follows) -> bool | None:
            drawn = line(_weeks(dice, follows, dice.choice((0.2, 0.4, 0.6, 1.0)), 0.0))
            return None if drawn is None or drawn.usual is None else drawn.change is not None

        assert _share(told, 1_000) <= most


def test_most_are_told_of_a_change_where_weeks_differ_little() -> None:
    """The rule is not silent."""

    def told(dice: random.Random) -> bool | None:
        drawn = line(_weeks(dice, 0.0, 0.3, 1.2))
        return None if drawn is None or drawn.usual is None else drawn.change is Change.HIGHER

    assert _share(told, 300) >= 0.7


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12))
def test_both_look_only_while_both_agree(acts: list[tuple[bool, bool]]) -> None:
    """Whatever they say, in whatever order: since the later of the two yeses, and never after a no."""
    couple, now = TOGETHER, NOW
    yes: dict[PartnerId, datetime | None] = {ANA: None, BO: None}
    for ana, says_yes in acts:
        who, now = (ANA if ana else BO), now + timedelta(days=1)
        couple = replace(couple, lines_since=agreed(couple, who, now if says_yes else None))
        yes[who] = (yes[who] or now) if says_yes else None
        wanted = [moment for moment in yes.values() if moment is not None]
        assert agrees(couple, ANA) is (yes[ANA] is not None)
        assert agrees(couple, BO) is (yes[BO] is not None)
        assert looking_since(couple) == (max(wanted) if len(wanted) == 2 else None)
        assert looking_since(replace(couple, parted_at=now)) is None


@given(NEAR, NEAR, st.integers(0, 9))
def test_both_lines_hold_the_weeks_of_both_after_both_agreed(
    anas: dict[int, tuple[int, ...]], bos: dict[int, tuple[int, ...]], agreed_in: int
) -> None:
    """Not one week that only one has answered, none of before, and nothing of fewer than three."""

    def made(weeks: Mapping[int, tuple[int, ...]], who: PartnerId) -> list[Pulse]:
        return [replace(p, answered_at=NOW + WEEK * ((p.week - MONDAY) // WEEK)) for p in pulses(weeks, who)]

    since = NOW + WEEK * agreed_in
    found = both(made(anas, ANA), made(bos, BO), since)
    common = {n for n in anas.keys() & bos.keys() if n > agreed_in}
    common = {n for n in common if n > max(common) - SHOWN}
    if found is None:
        assert len(common) < LINE_OF_BOTH
        return
    first = (found.first - MONDAY) // WEEK
    shown = {first + i: level for i, level in enumerate(found.levels) if level is not None}
    assert shown == {n: (sum(anas[n]) / 3, sum(bos[n]) / 3) for n in common}
    assert both(made(anas, ANA), made(bos, BO), None) is None


def test_a_week_of_one_alone_leaves_no_gap_behind_at_either_end() -> None:
    """Where the weeks of both begin and end is all that the picture tells."""
    common, alone = dict.fromkeys((3, 4, 5), (3, 3, 3)), {1: (1, 1, 1), 8: (5, 5, 5)}
    seen = both(pulses(common | alone), pulses(common, BO), NOW - WEEK)
    assert seen is not None
    assert (seen.first, len(seen.levels)) == (MONDAY + 3 * WEEK, 3)


@given(NEAR, NEAR, WEEKS)
def test_what_one_taps_alone_moves_nothing_of_both_lines(
    anas: dict[int, tuple[int, ...]], bos: dict[int, tuple[int, ...]], besides: dict[int, tuple[int, ...]]
) -> None:
    """Two worlds: more weeks of one, which the other has left out, and the same lines."""
    alone = {n: taps for n, taps in besides.items() if n not in anas and n not in bos}
    since = NOW - WEEK
    assert both(pulses(anas), pulses(bos, BO), since) == both(pulses(anas | alone), pulses(bos, BO), since)
