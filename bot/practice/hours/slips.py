"""What is amiss in a language's words for times of day: each thing with its place in the file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.practice.hours.later import AWAY_TABLES, FEASTS, LATER_LISTS, LATER_TABLES, WEEKDAYS
from bot.practice.hours.vocabulary import LISTS, TABLES

DAYS = 7
LEAP = 2028  # a year that has every day

_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):[0-5][0-9]")
_FEAST = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_WORDS = (*LISTS, "am", "pm")
_PART = ("from", "to", "offer", "words")
_TOP = ("halves", *TABLES, "fixed", "words", "parts", "later")


@dataclass(frozen=True)
class Slip:
    """One thing that is amiss: in a table (its header and which of them, from 0; None is the top), at a key."""

    place: tuple[str, int] | None
    key: str
    entry: str
    wrong: str
    write: str


def find_slips(tables: Mapping[str, Any]) -> Iterator[Slip]:
    """Find all that `vocabulary` would stumble over, and what it would pass over unread."""
    yield from _only(tables, None, _TOP)
    if not isinstance(tables.get("halves"), bool):
        yield Slip(None, "halves", "", "`halves` is missing, or is not true or false.", "Write halves = true")
    for name in TABLES:
        yield from _each(
            tables.get(name), name, _is_number, "Write the minutes, or the number, without quotes."
        )
    yield from _each(tables.get("fixed"), "fixed", _is_clock, 'Write a time of day: "12:00".')
    words = tables.get("words")
    if not isinstance(words, Mapping):
        yield Slip(None, "words", "", "There is no [words].", "Write it; a list may be empty.")
    else:
        yield from _only(words, ("words", 0), _WORDS)
        for name in _WORDS:
            yield from _phrases(words.get(name), ("words", 0), name)
    if "later" in tables:
        yield from _later(tables["later"])
    parts = tables.get("parts")
    if not isinstance(parts, list):
        yield Slip(None, "parts", "", "There is no [[parts]].", "Write parts = [] where there are none.")
    else:
        for number, part in enumerate(parts):
            yield from _part(part, ("parts", number))


def _later(later: Any) -> Iterator[Slip]:
    if not isinstance(later, Mapping):
        yield Slip(None, "later", "", "`later` is not a table.", "Begin it with [later], or leave it out.")
        return
    yield from _only(later, ("later", 0), (*LATER_TABLES, FEASTS, *LATER_LISTS))
    for name in LATER_TABLES:
        fits = _is_weekday if name == WEEKDAYS else _is_number
        write = (
            "Write 0 for Monday to 6 for Sunday."
            if name == WEEKDAYS
            else "Write the minutes or the months, without quotes."
        )
        given = later.get(name, {} if name in AWAY_TABLES else None)
        yield from _each(given, f"later.{name}", fits, write)
    yield from _each(later.get(FEASTS, {}), f"later.{FEASTS}", _is_feast, 'Write month and day: "12-24"')
    for name in LATER_LISTS:
        yield from _phrases(later.get(name), ("later", 0), name)


def _is_feast(value: Any) -> bool:
    """Tell whether it is a month and a day that some year has."""
    found = _FEAST.fullmatch(value) if isinstance(value, str) else None
    try:
        return found is not None and bool(date(LEAP, int(found[1]), int(found[2])))
    except ValueError:
        return False


def _part(part: Any, place: tuple[str, int]) -> Iterator[Slip]:
    if not isinstance(part, Mapping):
        yield Slip(place, "", "", "This is no table.", "Begin each part with [[parts]].")
        return
    yield from _only(part, place, _PART)
    for key in ("from", "to"):
        if not _is_clock(part.get(key)):
            yield Slip(place, key, "", f"`{key}` is no time of day.", f'Write {key} = "18:00"')
    offer = part.get("offer")
    if not isinstance(offer, list) or not all(map(_is_clock, offer)):
        yield Slip(place, "offer", "", "`offer` is not a list of times of day.", 'Write offer = ["20:00"]')
    yield from _phrases(part.get("words"), place, "words")


def _each(table: Any, name: str, fits: Any, write: str) -> Iterator[Slip]:
    if not isinstance(table, Mapping):
        yield Slip(None, name, "", f"There is no [{name}].", "Write it; it may be empty.")
        return
    for phrase, value in table.items():
        if not fits(value):
            yield Slip((name, 0), phrase, "", f"`{phrase}` is {value!r}.", write)
        elif not _is_phrase(phrase):
            yield Slip((name, 0), phrase, "", f"“{phrase}” is not in small letters.", "Write it small.")


def _phrases(found: Any, place: tuple[str, int], key: str) -> Iterator[Slip]:
    if not isinstance(found, list):
        yield Slip(
            place, key, "", f"`{key}` is not a list of words.", f'Write {key} = ["…"]; it may be empty.'
        )
        return
    for phrase in found:
        if not _is_phrase(phrase):
            yield Slip(place, key, str(phrase), f"“{phrase}” is not in small letters.", "Write it small.")


def _only(table: Mapping[str, Any], place: tuple[str, int] | None, known: tuple[str, ...]) -> Iterator[Slip]:
    for key in table:
        if key not in known:
            yield Slip(place, key, "", f"`{key}` has no meaning here.", f"Known here: {', '.join(known)}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_weekday(value: Any) -> bool:
    return _is_number(value) and 0 <= value < DAYS


def _is_clock(value: Any) -> bool:
    return isinstance(value, str) and _CLOCK.fullmatch(value) is not None


def _is_phrase(phrase: Any) -> bool:
    return isinstance(phrase, str) and bool(phrase.strip("- ")) and phrase == phrase.casefold()
