"""Hours and cities as the readers of seven languages type them."""

from datetime import UTC, datetime

import pytest
from whole_words import whole_words

from bot.places import find
from bot.places.outcome import Place, PlainPlace
from bot.practice.hours import AskBack, Hour, read
from prompts.tongue import load_tongues

CONTENT = whole_words()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

EVENING = [
    ("es", "a las nueve y media de la noche"),
    ("es", "21:30"),
    ("de", "halb zehn abends"),
    ("de", "21.30 Uhr"),
    ("fr", "21h30"),
    ("fr", "neuf heures et demie du soir"),
    ("pt-br", "nove e meia da noite"),
    ("pt-br", "21h30"),
    ("ru", "половина десятого вечера"),
    ("ru", "в 21:30"),
    ("ar", "التاسعة والنصف مساءً"),
    ("ar", "٢١:٣٠"),
]
EITHER = [("es", "las nueve y media"), ("de", "halb zehn"), ("fr", "9h30"), ("fr", "neuf heures et demie")]
PLACES = [
    ("de", "München, Deutschland", "Europe/Berlin", "München"),
    ("de", "Genf", "Europe/Zurich", "Genf"),
    ("de", "Rom", "Europe/Rome", "Rom"),
    ("de", "Rom, Italien", "Europe/Rome", "Rom"),
    ("de", "rom italien", "Europe/Rome", "Rom"),
    ("es", "Roma", "Europe/Rome", "Roma"),
    ("es", "Londres, Inglaterra", "Europe/London", "Londres"),
    ("es", "Nueva York, Estados Unidos", "America/New_York", "Nueva York"),
    ("pt-br", "Madri, Espanha", "Europe/Madrid", "Madri"),
    ("ru", "Рим, Италия", "Europe/Rome", "Рим"),
    ("en", "NYC, USA", "America/New_York", "New York City"),
    ("fr", "Genève", "Europe/Zurich", "Genève"),
    ("fr", "Londres", "Europe/London", "Londres"),
    ("ru", "Москва", "Europe/Moscow", "Москва"),
    ("ru", "Санкт-Петербург", "Europe/Moscow", "Санкт-Петербург"),
    ("ar", "القاهرة", "Africa/Cairo", "القاهرة"),
    ("ar", "دمشق، سوريا", "Asia/Damascus", "دمشق"),
    ("es", "Ciudad de México", "America/Mexico_City", "Ciudad de México"),
    ("pt-br", "São Paulo", "America/Sao_Paulo", "São Paulo"),
]


@pytest.mark.parametrize(("language", "text"), EVENING)
def test_half_past_nine_in_the_evening(language: str, text: str) -> None:
    """However it is said or written, in whatever digits."""
    assert read(text, CONTENT._of(language).hours) == Hour(21 * 60 + 30)


@pytest.mark.parametrize(("language", "text"), EITHER)
def test_an_hour_of_either_half_is_asked_back(language: str, text: str) -> None:
    """Half past nine, and never half past ten."""
    asked = read(text, CONTENT._of(language).hours)
    assert isinstance(asked, AskBack)
    assert set(asked.minutes) == {9 * 60 + 30, 21 * 60 + 30}


@pytest.mark.parametrize(("language", "text", "zone", "name"), PLACES)
def test_a_city_is_found_and_called_as_it_is_written(language: str, text: str, zone: str, name: str) -> None:
    """In its reader's script, with or without its country."""
    found = find(text, CONTENT._of(language).places, NOW)
    assert isinstance(found, PlainPlace)
    assert (found.place.zone, found.place.name) == (zone, name)


def test_a_place_s_names_are_parted_by_the_language_s_own_comma() -> None:
    """Its region and its country, and nothing where it stands alone."""
    rome, comma = Place("روما", "Europe/Rome", country="Italy", code="IT"), load_tongues()["ar"].comma
    assert rome.told({"IT": "إيطاليا"}, comma).label == "روما، إيطاليا"
    assert rome.told({}, load_tongues()["ru"].comma).label == "روما, Italy"
    assert Place("مصر", "Africa/Cairo").told({}, comma).label == "مصر"
