"""Where people are: a city in any script, or what their clock shows."""

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import places

NOW = datetime(2025, 6, 1, 12, 7, tzinfo=UTC)


def zones(text: str) -> list[str]:
    """List the zones of the cities that a text names."""
    return [place.zone for place in places.by_city(text)]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        (" berlin. ", "Europe/Berlin"),
        ("ZURICH", "Europe/Zurich"),
        ("Zürich", "Europe/Zurich"),
        ("München", "Europe/Berlin"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao  paulo", "America/Sao_Paulo"),
        ("Łódź", "Europe/Warsaw"),
        ("Lodz", "Europe/Warsaw"),
        ("İstanbul", "Europe/Istanbul"),
        ("Москва", "Europe/Moscow"),
        ("Київ", "Europe/Kyiv"),
        ("Αθήνα", "Europe/Athens"),
        ("東京", "Asia/Tokyo"),
        ("\uff34\uff4f\uff4b\uff59\uff4f", "Asia/Tokyo"),
        ("서울", "Asia/Seoul"),
        ("القاهرة", "Africa/Cairo"),
        ("תל אביב", "Asia/Jerusalem"),
        ("मुंबई", "Asia/Kolkata"),
        ("काठमाण्डू", "Asia/Kathmandu"),
        ("Thành phố Hồ Chí Minh", "Asia/Ho_Chi_Minh"),
        ("St. John's", "America/St_Johns"),
        ("NYC", "America/New_York"),
        ("Nuuk", "America/Nuuk"),
        ("Apia", "Pacific/Apia"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_city_is_found_in_its_own_script(typed: str, zone: str, form: str) -> None:
    """With or without accents, in capitals or not, whole letters or letters that a keyboard put together."""
    assert zones(unicodedata.normalize(form, typed))[0] == zone  # type: ignore[arg-type]


def test_the_name_of_a_zone_finds_itself() -> None:
    """As IANA writes it, in small letters, or with a space."""
    for zone in available_timezones() - places.WINTER_ONLY:
        for typed in (zone, zone.lower(), zone.replace("_", " "), f"  {zone}\n"):
            assert places.by_city(typed) == [places.Place(zone, zone)]


@pytest.mark.parametrize("typed", ["EST", "est", "MST", "HST"])
def test_an_abbreviation_without_summer_time_is_no_answer(typed: str) -> None:
    """IANA's EST is Panama's: whoever types it in New York would be an hour late all summer."""
    assert typed.upper() not in zones(typed)


def test_one_name_in_many_places_gives_the_most_populous_of_each_zone() -> None:
    """At most four, no zone twice, the greatest first."""
    found = places.by_city("San Jose")
    assert found[0] == places.Place("San Jose, United States", "America/Los_Angeles")
    assert "America/Costa_Rica" in zones("San Jose")
    assert len(found) <= places.MOST
    assert len(set(zones("San Jose"))) == len(found)


def test_a_country_after_a_comma_narrows_the_choice() -> None:
    """Where it is known; where it is not, all remain."""
    assert zones("London, Canada") == ["America/Toronto"]
    assert zones("London, Atlantis") == zones("London")
    assert zones("Los Angeles, ") == zones("Los Angeles")


@pytest.mark.parametrize(
    "typed", ["", "  ", ",", ".", "Nowhereville", "\n", "Berlin, where I live with my two cats"]
)
def test_what_is_no_city_finds_none(typed: str) -> None:
    """An empty answer, an unknown name, a sentence that begins with a city."""
    assert places.by_city(typed) == []


@given(st.text(max_size=40))
@settings(max_examples=30)
def test_whatever_is_typed_is_a_few_places_or_none(text: str) -> None:
    """No text raises; every zone that comes back is one that can be set."""
    for place in (*places.by_city(text), *places.by_clock(text, NOW)):
        assert place.zone in available_timezones()
    assert len(places.by_clock(text, NOW)) <= places.MOST


@pytest.mark.parametrize(
    "now", [NOW, NOW.replace(hour=0, minute=0), NOW.replace(month=12, hour=23, minute=59)]
)
def test_the_time_on_any_clock_in_the_world_finds_its_zone(now: datetime) -> None:
    """Odd offsets and both sides of the date line too: what is offered shows the time that was typed."""
    clocks = {now.astimezone(ZoneInfo(zone)).strftime("%H:%M") for zone in places.load().by_zone}
    assert len(clocks) >= 25
    for typed in clocks:
        found = places.by_clock(typed, now)
        assert {now.astimezone(ZoneInfo(place.zone)).strftime("%H:%M") for place in found} == {typed}


@pytest.mark.parametrize("late", [-7, -3, 0, 4, 7])
def test_a_clock_that_is_some_minutes_wrong_is_understood(late: int) -> None:
    """To the quarter of an hour, also where the offset is one: Kathmandu is 5:45 ahead."""
    for zone, city in (("Asia/Kathmandu", "Kathmandu, Nepal"), ("Asia/Kolkata", "Mumbai, India")):
        wrong = NOW.astimezone(ZoneInfo(zone)) + timedelta(minutes=late)
        assert places.by_clock(f"{wrong:%H:%M}", NOW)[0].name == city


def test_the_time_here_is_offered_with_the_most_populous_city_first() -> None:
    """Half the world shares its clock with somebody; the likeliest comes first."""
    assert places.by_clock("20:07", NOW)[0].zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("7", 420),
        ("07", 420),
        ("0", 0),
        ("23", 1380),
        ("24", None),
        ("7:30", 450),
        ("07.30", 450),
        ("19h05", 1145),
        ("19h", 1140),
        (" 19:05 ", 1145),
        ("00:00", 0),
        ("23:59", 1439),
        ("24:00", None),
        ("7:60", None),
        ("7:5", None),
        ("8 pm", 1200),
        ("8pm", 1200),
        ("8 P.M.", 1200),
        ("8\u202fPM", 1200),
        ("8:15 p.m", 1215),
        ("8 am", 480),
        ("12 am", 0),
        ("12:30 am", 30),
        ("12 pm", 720),
        ("0 am", None),
        ("13 pm", None),
        ("\uff12\uff10\uff1a\uff10\uff15", 1205),
        ("\u0668:\u0663\u0660", 510),
        ("1907", None),
        ("-1:00", None),
        ("noon", None),
        ("", None),
        ("7 8", None),
        ("7:30:00", None),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, minute: int | None) -> None:
    """Both halves of the day or twenty-four hours, with a colon, a full stop or an h; nothing else."""
    assert places.clock_minute(typed) == minute


@given(st.text(max_size=12))
def test_a_time_of_day_is_a_minute_of_the_day_or_none(text: str) -> None:
    """No text raises or leaves the day."""
    minute = places.clock_minute(text)
    assert minute is None or 0 <= minute < 24 * 60
    assert all(0 <= found < 24 * 60 for found in places.clock_minutes(text))


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_can_be_typed(hour: int, minute: int) -> None:
    """In either way of telling the hours."""
    half = "am" if hour < 12 else "pm"
    for typed in (
        f"{hour}:{minute:02}",
        f"{hour:02}.{minute:02}",
        f"{(hour + 11) % 12 + 1}:{minute:02} {half}",
    ):
        assert places.clock_minute(typed) == hour * 60 + minute
        assert places.clock_minutes(f"at {typed}") == [hour * 60 + minute]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("from 23:00 to 7", [1380, 420]),
        ("22h - 7h", [1320, 420]),
        ("10:30 pm to 6am", [1350, 360]),
        ("at 8 pm", [1200]),
        ("8", [480]),
        ("from 23:00 to 25:00", []),
        ("never", []),
        ("", []),
    ],
)
def test_times_are_found_in_a_few_words(typed: str, found: list[int]) -> None:
    """All of them, or none where one of them is no time."""
    assert places.clock_minutes(typed) == found
