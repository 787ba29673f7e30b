"""A time to come back in people's own words: an instant, some to choose from, and never another day than was said."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.practice.hours import names_anniversary, read_later

NOW = datetime(2026, 1, 12, 18, tzinfo=UTC)  # a Monday
WEEK = timedelta(days=7)


def read(content: Content, language: str, text: str, now: datetime = NOW) -> list[str]:
    """Write down what is understood, as day and hour."""
    words, more = content.hours(language), content.later(language)
    return [f"{at:%d %H:%M}" for at in read_later(text, words, more, now, "UTC")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in an hour", ["12 19:00"]),
        ("in three days", ["15 18:00"]),
        ("in a week", ["19 18:00"]),
        ("in eight days", []),
        ("in three weeks", []),
        ("tomorrow at 19:30", ["13 19:30"]),
        ("the day after tomorrow at 19:30", ["14 19:30"]),
        ("on Friday at eight", ["16 08:00", "16 20:00"]),
        ("Friday, 20:00", ["16 20:00"]),
        ("Monday at 20:00", ["12 20:00"]),
        ("Monday at 9:00 am", ["19 09:00"]),
        ("at 20:00", ["12 20:00"]),
        ("on Friday", []),
    ],
)
def test_english(content: Content, text: str, found: list[str]) -> None:
    """A span, tomorrow, a weekday; what is further off than a week is none."""
    assert read(content, "en", text) == found


@pytest.mark.parametrize(
    ("language", "friday", "after_tomorrow"),
    [
        ("ar", "الجمعة الساعة 20:00", "بعد غد الساعة 20:00"),
        ("de", "am Freitag um 20 Uhr", "übermorgen um 20 Uhr"),
        ("es", "el viernes a las 20:00", "pasado mañana a las 20:00"),
        ("fr", "vendredi à 20h", "après-demain à 20h"),
        ("pt-br", "na sexta às 20h", "depois de amanhã às 20h"),
        ("ru", "в пятницу в 20:00", "послезавтра в 20:00"),
    ],
)
def test_a_day_that_is_named_is_not_taken_for_another(
    content: Content, language: str, friday: str, after_tomorrow: str
) -> None:
    """In every language that is offered."""
    assert read(content, language, friday) == ["16 20:00"]
    assert read(content, language, after_tomorrow) == ["14 20:00"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "في ذكرى زواجنا"),
        ("de", "an unserem Jahrestag"),
        ("en", "on your birthday"),
        ("es", "en tu cumple"),
        ("de", "an deinem Geburtstag"),
        ("pt-br", "no seu niver"),
        ("ru", "на твой день рождения"),
        ("ar", "في عيد ميلادك"),
        ("en", "on our anniversary"),
        ("es", "en nuestro aniversario"),
        ("fr", "à notre anniversaire"),
        ("pt-br", "no nosso aniversário"),
        ("ru", "на нашу годовщину"),
    ],
)
def test_an_anniversary_is_known_as_one(content: Content, language: str, text: str) -> None:
    """So that its date can be asked for; a date is none."""
    assert names_anniversary(text, content.later(language))
    assert not names_anniversary("14.2.", content.later(language))


@given(
    day=st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    hour=st.integers(13, 23),
    off=st.timedeltas(timedelta(0), WEEK),
)
def test_a_weekday_is_that_day_within_a_week(content: Content, day: str, hour: int, off: timedelta) -> None:
    """Whenever it is said."""
    now = NOW + off
    words, more = content.hours("en"), content.later("en")
    (at,) = read_later(f"{day} at {hour}:00", words, more, now, "UTC")
    assert now < at <= now + WEEK
    assert f"{at:%A %H:%M}" == f"{day} {hour}:00"
