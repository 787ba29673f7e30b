"""Where people are: set where it is plain, offered or asked where it isn't; never one guess that may be wrong."""

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_places import KINDS, measure
from said_places import SETS, judge
from said_places import cases as said
from typed_cases import cases

from bot import places, zones
from bot.places import Choices, Place, PlaceAnswer, PlainPlace, Unclear, Why
from bot.places.fold import fold, folds
from prompts.source import ROOT, languages, read_toml
from prompts.tongue import Tongue

NOW = datetime(2026, 11, 29, 12, 7, tzinfo=UTC)
WORDS = places.read_words(read_toml(ROOT / "en" / "places.toml", ROOT).data)
TYPED = cases("places")


def find(text: str, now: datetime = NOW) -> PlaceAnswer:
    """Find a place by English words."""
    return places.find(text, WORDS, now)


def offered(outcome: PlaceAnswer) -> set[str]:
    """List the zones that are offered, if any."""
    return {place.zone for place in outcome.places} if isinstance(outcome, Choices) else set()


@pytest.mark.parametrize(("kind", "typed", "meant"), TYPED)
def test_a_place_is_set_offered_or_asked(kind: str, typed: str, meant: str) -> None:
    """As different people type it; set is only what is meant."""
    outcome = find(typed)
    if not meant.endswith("?"):
        assert isinstance(outcome, PlainPlace), kind
        assert outcome.place.zone == meant, kind
        return
    assert not isinstance(outcome, PlainPlace), kind
    assert set(meant[:-1].split()) <= offered(outcome), kind


ELSEWHERE = [typed for kind, typed, _ in TYPED if kind == "such words about something else"]


@pytest.mark.parametrize("typed", ELSEWHERE)
def test_a_city_in_words_about_something_else_is_no_answer(typed: str) -> None:
    """Whose past, whose husband, whose wish: nothing is offered either."""
    assert isinstance(find(typed), Unclear)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_read_well_and_never_silently_wrong(kind: str) -> None:
    """Inputs made from GeoNames' cities at random, which nobody has looked at: 19 of 20, and none set wrong."""
    tried = list(measure(kind, 40, seed=2711))
    assert [case.typed for case, _, _, silent in tried if silent] == []
    assert sum(right for _, _, right, _ in tried) >= 38


@pytest.mark.parametrize("language", languages())
def test_a_short_name_of_a_language_is_a_place(language: str) -> None:
    """Set or offered, or a clock's name as well: a name that our data calls otherwise would be nothing."""
    words = places.read_words(read_toml(ROOT / language / "places.toml", ROOT).data)
    assert [name for name in words.short if places.find(name, words, NOW) == Unclear(Why.UNKNOWN)] == []


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_letters_that_a_keyboard_put_together_are_the_same(form: str) -> None:
    """Whole letters or letters in pieces, capitals or small ones."""
    for kind, typed, _ in TYPED:
        if kind == "in another script":
            again = find(unicodedata.normalize(form, typed))  # type: ignore[arg-type]
            assert isinstance(again, PlainPlace), typed


def test_the_name_of_a_zone_finds_itself() -> None:
    """As IANA writes it, in small letters, or with a space; short ones without a city in them are no places."""
    for zone in available_timezones():
        for typed in (zone, zone.lower(), zone.replace("_", " "), f"  {zone}\n"):
            if "/" in zone and not zone.startswith("Etc/"):
                outcome = find(typed)
                assert isinstance(outcome, PlainPlace)
                assert outcome.place.zone == zone


@pytest.mark.parametrize(
    "typed", ["Portland", "Springfield", "San Jose", "Cambridge", "Georgia", "Washington"]
)
def test_no_two_offers_are_called_alike(typed: str) -> None:
    """At most six, no label twice, the likeliest first, each different time among them."""
    outcome = find(typed)
    assert isinstance(outcome, Choices)
    labels = [place.label for place in outcome.places]
    assert len(set(labels)) == len(labels) <= 6


def test_a_place_is_named_in_the_readers_words() -> None:
    """With what tells it from others, and capitals as names have them."""
    named = {
        "münchen": "München, Germany",
        "portland, or": "Portland, Oregon",
        "sao paulo": "São Paulo, Brazil",
        "rio de janeiro": "Rio de Janeiro, Brazil",
        "I'm in KÖLN": "Köln, Germany",
        "Leipzgi": "Leipzig, Germany",
        "singapore": "Singapore",
        "scotland": "Scotland, United Kingdom",
        "nyc": "New York City, New York",
    }
    for typed, label in named.items():
        outcome = find(typed)
        assert isinstance(outcome, PlainPlace), typed
        assert outcome.place.label == label


def test_an_offer_that_is_pressed_is_called_as_it_was() -> None:
    """By its number; another index, or another zone, gives no name."""
    outcome = find("Portland")
    assert isinstance(outcome, Choices)
    first = outcome.places[0]
    assert places.called(first.city, first.zone) == first
    assert first.label == "Portland, Oregon"
    assert places.called(first.city, "Europe/Paris") is None
    assert places.called(10**9, first.zone) is places.called(-1, first.zone) is None


def test_a_country_is_called_as_the_reader_calls_it() -> None:
    """A region keeps its name, and a country that a language has no word for keeps English's."""
    german = Tongue("de", "Deutsch", "de").locale.territories
    told = {"münchen": "München, Deutschland", "portland, or": "Portland, Oregon", "singapore": "Singapore"}
    for typed, label in told.items():
        outcome = find(typed)
        assert isinstance(outcome, PlainPlace), typed
        assert outcome.place.told(german).label == label
    several = find("Cambridge")
    assert isinstance(several, Choices)
    assert [place.told(german).label for place in several.places][:2] == [
        "Cambridge, Vereinigtes Königreich",
        "Cambridge, Ontario",
    ]
    assert [place.told({}) for place in several.places] == list(several.places)


def test_why_a_place_is_asked_again() -> None:
    """A clock's letters, a part of the world, and what is not known."""
    assert find("BST") == Unclear(Why.CLOCK)
    assert find("we are on Pacific time") == Unclear(Why.CLOCK)
    assert find("Europe") == Unclear(Why.WIDE)
    assert find("USA") == Unclear(Why.WIDE, "United States")
    assert find("Nowhereville") == Unclear(Why.UNKNOWN)


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_whatever_is_typed_is_a_place_some_or_none(text: str) -> None:
    """No text raises; every zone that comes back is one that can be set."""
    outcome = find(text)
    found = [outcome.place] if isinstance(outcome, PlainPlace) else getattr(outcome, "places", ())
    assert all(place.zone in available_timezones() for place in found)
    assert len(found) <= 6


@given(st.text(max_size=30))
def test_a_folded_name_stays_as_it_is(text: str) -> None:
    """Twice folded is once folded, so both sides meet."""
    assert fold(fold(text)) == fold(text)
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(text.replace("'", "\u2019"))


def test_both_sides_are_folded_alike() -> None:
    """Accents, dots, hyphens, apostrophes and saints; marks that make another letter stay."""
    same = [
        ("St. John's", "saint johns"),
        ("Saint-\u00c9tienne", "st etienne"),
        ("Sankt P\u00f6lten", "St Polten"),
        ("\u0130stanbul", "istanbul"),
        ("\u0141\u00f3d\u017a", "lodz"),
        ("N\u02bcDjamena", "ndjamena"),
    ]
    for one, other in same:
        assert fold(one) == fold(other)
    assert fold("\u0915\u093f") != fold("\u0915\u0941"), "two vowels of Hindi"
    assert fold("\u304c") != fold("\u304b"), "ga and ka"
    assert folds("Biel/Bienne") == {"biel bienne", "biel", "bienne"}
    assert {"halle saale", "halle"} <= folds("Halle (Saale)")


@pytest.mark.parametrize("now", [NOW, NOW.replace(month=7, hour=23, minute=59)])
def test_the_time_on_any_clock_in_the_world_finds_its_rule(now: datetime) -> None:
    """Odd offsets and both sides of the date line too; whoever keeps that time finds one that goes on as theirs."""
    own = {zone: zones.rule(ZoneInfo(zone), now.replace(hour=0), 731) for zone in places.ready().greatest}
    for rule in set(own.values()):
        shown = now + rule[0][1]
        found = places.by_clock([shown.hour * 60 + shown.minute], now)
        assert [own[place.zone] for place in found].count(rule) == 1
        days_apart = {(own[place.zone][0][1] - rule[0][1]) % timedelta(days=1) for place in found}
        assert days_apart == {timedelta(0)}, "all show that time now"


def test_a_summer_clock_offers_those_that_part_in_autumn() -> None:
    """At 16:00 in July, 19:00 is Athens', Istanbul's, Cairo's and Jerusalem's: an hour apart from November."""
    july = datetime(2026, 7, 1, 16, tzinfo=UTC)
    found = [place.zone for place in places.by_clock([19 * 60], july)]
    assert found[0] == "Europe/Istanbul"
    rules = {zones.rule(ZoneInfo(zone), july) for zone in found}
    for other in ("Europe/Athens", "Africa/Cairo", "Asia/Beirut", "Asia/Jerusalem", "Africa/Nairobi"):
        assert zones.rule(ZoneInfo(other), july) in rules


@pytest.mark.parametrize("late", [-7, -3, 0, 4, 7])
def test_a_clock_that_is_some_minutes_wrong_is_understood(late: int) -> None:
    """To the quarter of an hour, also where the offset is one: Kathmandu is 5:45 ahead."""
    for zone, city in (("Asia/Kathmandu", "Kathmandu, Nepal"), ("Asia/Kolkata", "Delhi, India")):
        wrong = NOW.astimezone(ZoneInfo(zone)) + timedelta(minutes=late)
        found = places.by_clock([wrong.hour * 60 + wrong.minute], NOW)
        assert zone in {place.zone for place in found}, city


@pytest.mark.parametrize(
    ("point", "zone", "label"),
    [
        ((45.76, 4.84), "Europe/Paris", "Lyon, France"),
        ((40.64, -73.95), "America/New_York", "New York City, New York"),
        ((-33.86, 151.21), "Australia/Sydney", "Sydney, New South Wales"),
        ((-16.5, 179.99), "Pacific/Fiji", None),
        ((-17.0, -179.99), "Pacific/Fiji", None),
        ((64.15, -21.94), "Atlantic/Reykjavik", None),
        ((90.0, 0.0), None, None),
    ],
)
def test_a_point_is_its_nearest_city(point: tuple[float, float], zone: str | None, label: str | None) -> None:
    """Of the city, not of its district; over the date line too."""
    place = places.nearest(*point)
    assert isinstance(place, Place)
    assert zone in {None, place.zone}
    assert label in {None, place.label}


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_read_well_by_the_thousand(kind: str) -> None:
    """As above, with other cities: what is set wrong is a name that a far greater city shares."""
    tried = list(measure(kind, 1000, seed=1))
    assert sum(right for _, _, right, _ in tried) >= 970
    assert sum(silent for _, _, _, silent in tried) <= 5


def test_a_sentence_is_offered_and_never_set_wrong() -> None:
    """Where its writer is comes first, in many phrasings and languages: one in six of the sets, for time's sake."""
    kept = [case for name in SETS for case in said(name)][::6]
    judged = [(typed, *judge(meant, find(typed))) for _, typed, meant in kept]
    assert [typed for typed, _, silent in judged if silent] == []
    assert sum(right for _, right, _ in judged) >= 0.96 * len(judged)
