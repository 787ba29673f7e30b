"""A letter that opens later: its states, its days, and its hour, whatever the clock does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from two_people import ADA, BEN, NOW

from bot.practice import calendar, capsule, reveal
from bot.practice.calendar import Rhythm, months_later
from bot.practice.capsule import Capsule, CapsuleState
from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import CapsuleId, CoupleId, PieceId
from bot.practice.refusals import Reason, Refusal

RHYTHM = Rhythm(8 * 60, "Europe/Dublin")
TODAY = calendar.local_date(NOW, RHYTHM.zone)
DAYS = st.integers(1, 7_000).map(lambda days: TODAY + timedelta(days=days))
ZONES = st.sampled_from(
    ["Europe/Dublin", "Pacific/Apia", "America/Nuuk", "Asia/Kolkata", "Pacific/Kiritimati"]
)


def a_letter() -> Capsule:
    """Make a letter of one part."""
    piece = Piece(PieceId(1), PieceKind.TEXT, "hello", 1)
    return Capsule(CapsuleId(1), ADA, CoupleId(1), NOW, 1, (piece,))


def sealed(day: date, rhythm: Rhythm = RHYTHM) -> Capsule:
    """Seal it for a day."""
    return capsule.seal(a_letter(), 1, day, rhythm, NOW)


@given(DAYS, st.integers(0, 1439), ZONES)
def test_it_opens_on_its_day_at_the_couples_hour(day: date, minute: int, zone: str) -> None:
    """On that local date, or on the next that the zone's clocks show; not an instant before."""
    rhythm = Rhythm(minute, zone)
    if day <= calendar.local_date(NOW, zone):
        return
    letter = sealed(day, rhythm)
    assert letter.opens_at is not None
    assert calendar.local_date(letter.opens_at, zone) >= day
    early = letter.opens_at - timedelta(seconds=1)
    assert capsule.come_due(letter, rhythm, early, resting=False).state is CapsuleState.SEALED
    assert capsule.come_due(letter, rhythm, letter.opens_at, resting=False).opened_at == letter.opens_at


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (TODAY, Reason.CAPSULE_DAY_OVER),
        (TODAY - timedelta(days=1), Reason.CAPSULE_DAY_OVER),
        (months_later(TODAY, 240) + timedelta(days=1), Reason.CAPSULE_DAY_FAR),
        (date(9999, 12, 31), Reason.CAPSULE_DAY_FAR),
    ],
)
def test_a_day_that_cannot_be_is_refused(day: date, reason: Reason) -> None:
    """Over, today, or twenty years off."""
    with pytest.raises(Refusal) as refused:
        sealed(day)
    assert refused.value.reason is reason


def test_a_leap_day_is_followed_by_the_last_of_february() -> None:
    """A year on, and twelve months before; and a month from the 31st."""
    assert months_later(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_later(date(2028, 2, 29), -12) == date(2027, 2, 28)
    assert months_later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_later(date(2027, 12, 31), 2) == date(2028, 2, 29)


@given(st.integers(-400, 400), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_months_later_keeps_the_day_where_the_month_has_it(months: int, day: date) -> None:
    """And the number of months, always."""
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_what_was_late_is_looked_at_again_after_an_hour_and_then_opens() -> None:
    """The machine was off, or the clock is wrong: an hour tells."""
    letter = sealed(TODAY + timedelta(days=3))
    assert letter.opens_at is not None
    late = letter.opens_at + timedelta(days=300)
    held = capsule.come_due(letter, RHYTHM, late, resting=False)
    assert (held.opened_at, held.look_at) == (None, late + capsule.LOOK_AGAIN)
    put_right = capsule.come_due(held, RHYTHM, letter.opens_at - timedelta(days=1), resting=False)
    assert (put_right.opened_at, put_right.look_at) == (None, None)
    assert capsule.come_due(held, RHYTHM, late + capsule.LOOK_AGAIN, resting=False).opened_at is not None


def test_it_waits_while_one_of_them_rests_and_follows_a_changed_hour() -> None:
    """Each is looked at again."""
    letter = sealed(TODAY + timedelta(days=3))
    assert letter.opens_at is not None
    held = capsule.come_due(letter, RHYTHM, letter.opens_at, resting=True)
    assert held.state is CapsuleState.SEALED
    moved = capsule.come_due(letter, replace(RHYTHM, minute=20 * 60), letter.opens_at, resting=False)
    assert moved.opens_at == letter.opens_at + timedelta(hours=12)
    assert moved.opened_at is None


@pytest.mark.parametrize("addressed", [True, False])
@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("parted", [True, False])
def test_who_may_read_a_letter(*, addressed: bool, opened: bool, parted: bool) -> None:
    """Its author always; whom it is to once it has opened, and while they are together."""
    facts = {"addressed": addressed, "opened": opened, "parted": parted}
    assert reveal.may_read_letter(ADA, ADA, **facts)
    assert reveal.may_read_letter(BEN, ADA, **facts) is (addressed and opened and not parted)


class Letters(RuleBasedStateMachine):
    """One letter, sealed, taken back and come due, under a clock that jumps and a couple that rests."""

    @initialize()
    def begin(self) -> None:
        """Write it."""
        self.letter, self.now, self.quoted = a_letter(), NOW, 1

    @rule(days=st.integers(-40, 400))
    def seal(self, days: int) -> None:
        """Seal what is quoted, for a day."""
        day = calendar.local_date(self.now, RHYTHM.zone) + timedelta(days=days)
        before = self.letter
        try:
            self.letter = capsule.seal(before, before.version, day, RHYTHM, self.now)
        except Refusal:
            assert before.state is not CapsuleState.DRAFT or days <= 0
        else:
            assert before.state is CapsuleState.DRAFT
            assert days > 0

    @rule()
    def seal_an_older_quotation(self) -> None:
        """Seal what was quoted before a change: never possible."""
        with pytest.raises(Refusal):
            capsule.seal(self.letter, self.letter.version - 1, date(2027, 1, 1), RHYTHM, self.now)

    @rule()
    def take_back(self) -> None:
        """Take it back."""
        before = self.letter
        try:
            self.letter = capsule.take_back(before)
        except Refusal:
            assert before.state is not CapsuleState.SEALED
        else:
            assert self.letter.version > before.version

    @rule(minutes=st.integers(-600_000, 600_000), resting=st.booleans())
    def beat(self, minutes: int, *, resting: bool) -> None:
        """Let the clock jump, and look whether it is due."""
        self.now = max(datetime(2021, 1, 1, tzinfo=UTC), self.now + timedelta(minutes=minutes))
        before = self.letter
        if before.state is not CapsuleState.SEALED:
            return
        self.letter = capsule.come_due(before, RHYTHM, self.now, resting=resting)
        if self.letter.opened_at is not None:
            assert not resting
            assert before.opens_at is not None
            assert before.opens_at <= self.now

    @invariant()
    def it_is_whole(self) -> None:
        """Its words are as they were; it has a day while it is sealed, and none while it is a draft."""
        assert self.letter.pieces == a_letter().pieces
        assert (self.letter.opens_on is None) is (self.letter.state is CapsuleState.DRAFT)


TestLetters = Letters.TestCase
