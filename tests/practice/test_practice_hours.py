"""Hours as people type them: read, or asked back; never set to what nobody meant."""

import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_cases import cases

from bot.practice import hours
from bot.practice.hours import AskBack, AskSpan, Hour, Span
from prompts.source import ROOT

ENGLISH = hours.vocabulary(tomllib.loads((ROOT / "en" / "hours.toml").read_text(encoding="utf-8")))
UNITS = [
    *("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}


def minute(clock: str) -> int | None:
    """Read a clock of the table; None for an end that was not named."""
    if not clock:
        return None
    hour, _, minutes = clock.partition(":")
    return int(hour) * 60 + int(minutes)


def ends(span: str) -> tuple[int | None, int | None]:
    """Read a span of the table."""
    start, _, end = span.partition("-")
    return minute(start), minute(end)


@pytest.mark.parametrize(("kind", "typed", "meant"), cases("hours"))
def test_an_hour_is_read_or_asked(kind: str, typed: str, meant: str) -> None:
    """What is plain is read; what is not is asked, with what may be meant among the offers."""
    found = hours.read(typed, ENGLISH)
    if not meant.endswith("?"):
        assert found == Hour(minute(meant) or 0), kind
        return
    assert not isinstance(found, Hour), kind
    offered = set(found.minutes) if found else set()
    assert {minute(clock) for clock in meant[:-1].split()} <= offered, kind


@pytest.mark.parametrize(("kind", "typed", "meant"), cases("spans"))
def test_quiet_hours_are_read_or_asked(kind: str, typed: str, meant: str) -> None:
    """As with an hour; the likeliest of what may be meant comes first."""
    found = hours.read_span(typed, ENGLISH)
    if not meant.endswith("?"):
        assert found == Span(*(end or 0 for end in ends(meant))), kind
        return
    assert not isinstance(found, Span), kind
    wanted = [ends(span) for span in meant[:-1].split()]
    assert list(found.spans[: len(wanted)]) == wanted if found else not wanted, kind


def spoken(number: int) -> str:
    """Say a number from 0 to 59; 0 as nobody says it of minutes."""
    if number < len(UNITS):
        return UNITS[number]
    return "-".join(filter(None, (TENS[number // 10 * 10], UNITS[number % 10] if number % 10 else "")))


def ways(hour: int, at: int) -> list[str]:
    """Say a minute of the day in every way that leaves no doubt."""
    half, twelve = ("am", "pm")[hour // 12], (hour + 11) % 12 + 1
    next_half, following = ("am", "pm")[(hour + 1) % 24 // 12], twelve % 12 + 1
    figures = () if 10 <= hour <= 12 else (f"{hour:02}:{at:02}", f"{hour:02}.{at:02}", f"{hour:02}{at:02}")
    said = [
        *figures,
        f"{twelve}:{at:02} {half}",
        f"at {twelve}.{at:02}{half.upper()} please",
        f"{twelve}:{at:02} {half[0]}. m.",
        f"{twelve:02}:{at:02}{half}",
        f"{twelve}{at:02}{half}",
    ]
    if at == 0:
        said += [f"{twelve}{half}", f"{spoken(twelve)} o'clock {half}", f"{twelve} {half[0].upper()}.M."]
    elif at >= 10:
        said += [f"{spoken(twelve)} {spoken(at)} {half}", f"{twelve} {at} {half}"]
    if 0 < at <= 30 and twelve != 12:
        said += [f"{spoken(at)} past {spoken(twelve)} {half}", f"{at} minutes past {twelve} {half}"]
    if at > 30 and following != 12:
        span = 60 - at <= 12 and at % 5  # "eight to nine" may be an hour up to another
        said.append(f"{spoken(60 - at)} {'minutes ' if span else ''}to {following} {next_half}")
    named = {30: "half past", 15: "quarter past"}.get(at)
    if named and twelve != 12:
        said.append(f"{named} {twelve}{half}")
    part = "in the morning" if 5 <= hour < 12 else "in the evening" if 17 <= hour < 23 else ""
    if part:
        said += [f"{twelve}:{at:02} {part}", f"{part} at {twelve}:{at:02}"]
    return said


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_can_be_said_in_every_way(hour: int, at: int) -> None:
    """Figures, words, halves and parts of the day: all mean the same minute."""
    for said in ways(hour, at):
        assert hours.read(said, ENGLISH) == Hour(hour * 60 + at), said


@given(st.integers(1, 12), st.integers(0, 59))
def test_what_may_be_either_half_of_the_day_is_asked(hour: int, at: int) -> None:
    """Both are offered, however it was said."""
    both = {hour % 12 * 60 + at, hour % 12 * 60 + at + 720}
    said = [f"{hour}:{at:02}", f"at {hour}.{at:02}", f"around {hour}:{at:02}"]
    said += [str(hour), spoken(hour), f"{hour} o'clock"] if at == 0 else [f"{spoken(at)} past {spoken(hour)}"]
    for text in said if hour < 10 or at else said[:3]:
        found = hours.read(text, ENGLISH)
        assert isinstance(found, AskBack), text
        assert set(found.minutes) == both, text


@given(st.integers(0, 23), st.integers(0, 59), st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9))
def test_words_around_an_hour_are_never_dropped(hour: int, at: int, word: str) -> None:
    """With a word that means nothing here, the hour is asked, not set."""
    known = {said for phrase in ENGLISH.phrases for said in phrase}
    if word not in known and not word.endswith("ish"):
        for text in (
            f"{word} {hour:02}:{at:02}",
            f"{hour:02}:{at:02} {word}",
            f"{hour:02}:{at:02}, {word} it",
        ):
            assert not isinstance(hours.read(text, ENGLISH), Hour)


@given(
    st.integers(0, 1439), st.integers(1, 720), st.sampled_from([" to ", "-", " \u2013 ", " until ", " till "])
)
def test_every_span_can_be_said(start: int, length: int, between: str) -> None:
    """By the 24 hours and by their halves, with and without "from"."""
    end = (start + length) % 1440
    styles: tuple[Callable[[int], str], ...] = (
        lambda at: f"{at // 60:02}:{at % 60:02}",
        lambda at: f"{(at // 60 + 11) % 12 + 1}:{at % 60:02}{('am', 'pm')[at // 720]}",
    )
    for style in styles:
        for lead in ("", "from "):
            found = hours.read_span(f"{lead}{style(start)}{between}{style(end)}", ENGLISH)
            assert found == Span(start, end) or (isinstance(found, AskSpan) and (start, end) in found.spans)
            plain = style(start)[-1] == "m" or {start, end} - set(range(600, 780))
            assert isinstance(found, Span) or not plain


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_minute_a_question_or_nothing(text: str) -> None:
    """No text raises or leaves the day; a question has one to four offers."""
    found, span = hours.read(text, ENGLISH), hours.read_span(text, ENGLISH)
    minutes = (found.minute,) if isinstance(found, Hour) else found.minutes if found else (0,)
    assert all(0 <= at < 1440 for at in minutes)
    assert 1 <= len(minutes) <= 4
    spans = [(span.start, span.end)] if isinstance(span, Span) else span.spans if span else [(0, 0)]
    assert all(at is None or 0 <= at < 1440 for pair in spans for at in pair)
    assert 1 <= len(spans) <= 4


def test_another_language_needs_only_its_words() -> None:
    """German's half is before the hour, and its writing counts to 24."""
    tables = {
        "halves": False,
        "numbers": {"fünf": 5, "zehn": 10, "acht": 8, "neun": 9},
        "before_hour": {"halb": -30, "viertel nach": 15, "viertel vor": -15, "dreiviertel": -15},
        "between": {"nach": 1, "vor": -1},
        "after_hour": {},
        "hour_then": {},
        "fixed": {"mittag": "12:00", "mitternacht": "0:00"},
        "words": dict.fromkeys(("am", "pm", "military", "about", "soft", "start", "end", "none", "units"), ())
        | {"oclock": ("uhr",), "join": ("bis",), "filler": ("um", "von")},
        "parts": [{"words": ["abends", "am abend"], "from": "17:00", "to": "24:00", "offer": ["20:00"]}],
    }
    german = hours.vocabulary(tables)
    for said, at in {
        "halb neun": 510,
        "halb neun abends": 1230,
        "fünf vor halb neun": 505,
        "viertel nach acht am Abend": 1215,
        "dreiviertel neun": 525,
        "20 Uhr": 1200,
        "8 Uhr 30": 510,
        "zehn vor Mitternacht": 1430,
    }.items():
        found = hours.read(said, german)
        assert at in (found.minutes if isinstance(found, AskBack) else (found and found.minute,)), said
    assert hours.read_span("von 22 bis 7 Uhr", german) == Span(1320, 420)
    assert isinstance(hours.read("halb 9", german), AskBack | Hour)


@pytest.mark.parametrize("phrase", ["Noon", "", " "])
def test_a_phrase_that_can_never_be_met_is_a_fault(phrase: str) -> None:
    """Capitals and nothing: whoever writes a language's file is told."""
    tables = tomllib.loads((ROOT / "en" / "hours.toml").read_text(encoding="utf-8"))
    tables["words"]["filler"].append(phrase)
    with pytest.raises(ValueError, match="not a phrase"):
        hours.vocabulary(tables)


def test_offers_of_one_end_leave_the_other_open() -> None:
    """At quiet hours, ten is an evening's."""
    assert hours.read_span("after ten", ENGLISH) == AskSpan(((1320, None),))
