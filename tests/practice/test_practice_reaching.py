"""When an opening reaches each partner: the couple's hour, and the far partner's night."""

from datetime import date, datetime, timedelta

from by_the_clock import HOUR, MINUTE
from hypothesis import assume, given
from hypothesis import strategies as st
from nights import BERLIN, NIGHT, at, minutes, nights, windows, zones

from bot.practice import calendar
from bot.practice.calendar import Quiet, Rhythm

DAY = timedelta(days=1)


@given(minutes, windows(), zones, st.dates(date(2011, 12, 1), date(2036, 1, 1)))
def test_the_couples_hour_wins_in_the_zone_that_it_was_set_in(
    minute: int, quiet: Quiet, zone: str, day: date
) -> None:
    """Who keeps that zone gets the prompt at the hour, whatever their quiet hours say."""
    rhythm = Rhythm(minute, zone)
    opened = calendar.instant(day, 0, zone)
    due = calendar.next_opening(rhythm, opened, day, opened)
    assert calendar.prompt_at(due, rhythm, quiet, zone) == due
    late = due + 3 * MINUTE
    assert calendar.prompt_at(late, rhythm, quiet, zone) == late, "a tick or two late is still the hour"


@given(nights(), minutes, zones)
def test_in_another_zone_quiet_hours_hold_the_prompt(
    night: tuple[datetime, Quiet, str], minute: int, couples: str
) -> None:
    """The far partner's night is theirs: the prompt waits for its end, but for who has just acted."""
    moment, quiet, zone = night
    assume(zone != couples)
    rhythm = Rhythm(minute, couples)
    assert calendar.prompt_at(moment, rhythm, quiet, zone) == calendar.deliver_at(moment, quiet, zone)
    assert calendar.prompt_at(moment, rhythm, quiet, zone, moment - MINUTE) == moment


def test_a_round_that_opens_late_at_night_waits_for_the_morning() -> None:
    """The hour was nine in the evening; the bot came back at one. Nobody has chosen one in the morning."""
    rhythm = Rhythm(21 * 60, BERLIN)
    assert calendar.prompt_at(at("2025-06-02T01:00"), rhythm, NIGHT, BERLIN) == at("2025-06-02T08:00")
    assert calendar.prompt_at(at("2025-06-01T21:20"), rhythm, NIGHT, BERLIN) == at("2025-06-01T21:20")


def test_a_first_round_in_the_night_reaches_who_is_awake() -> None:
    """It opens when the inviter confirms: the inviter gets it at once, a joiner asleep gets it at eight."""
    rhythm = Rhythm(20 * 60, BERLIN)
    confirmed = at("2025-06-01T23:30")
    assert calendar.prompt_at(confirmed, rhythm, NIGHT, BERLIN, confirmed) == confirmed
    asleep = confirmed - 2 * HOUR
    assert calendar.prompt_at(confirmed, rhythm, NIGHT, BERLIN, asleep) == at("2025-06-02T08:00")
