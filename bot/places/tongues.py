"""Where somebody says that they are in a language that the bot does not speak: offered, never set.

A text counts where it has words of one language that say "I live", "we are in", and none that turn them around. Names
may have endings there ("w Gdańsku", "Tampereella"), or stand without blanks ("我住在上海").
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from bot.places.clauses import plain
from bot.places.fold import fold

FILE = Path(__file__).parent / "tongues.toml"
LONGEST = 4  # words of a name
UNSPACED = 8  # letters of a name in a script without blanks
MOST_ENDING = 5  # letters of an ending
LEAST_STEM = 3  # letters
LETTER = 2  # of the Hebrew or Arabic letters that mean "in", what must follow one
_BLANKLESS = ("CJK", "HIRAGANA", "KATAKANA", "THAI")
_PREFIXED = {"HEBREW": "במל", "ARABIC": "ب"}
ARTICLE = "\u0627\u0644"  # the Arabic one


@dataclass(frozen=True)
class OtherTongue:
    """One language's words around a place, plain."""

    here: tuple[str, ...]
    at: frozenset[str]
    away: frozenset[str]
    against: tuple[str, ...]
    endings: bool  # a name may have one
    spoken: frozenset[str]  # the countries' codes
    own: frozenset[str]  # all its words, one by one


class NameLook(Protocol):
    """Finds what a key names."""

    def __call__(self, key: str, *, led: bool = False) -> Any:
        """Find it; `led`: something like "in" stands before it."""


Begun = Callable[[str], Any]


@cache
def tongues(read: Callable[[Path], Any]) -> tuple[OtherTongue, ...]:
    """Read all languages' words."""
    return tuple(map(_tongue, read(FILE).values()))


def _tongue(table: Mapping[str, Any]) -> OtherTongue:
    here, at, against = (
        [_words(plain(p)).strip() for p in table[name]] for name in ("here", "at", "against")
    )
    own = frozenset(word for phrase in (*here, *at, *against) for word in phrase.split())
    away, spoken = frozenset(map(plain, table["from"])), frozenset(table["in"])
    return OtherTongue(
        tuple(here), frozenset(at), away, tuple(against), table.get("endings", False), spoken, own
    )


def told(
    text: str, known: Sequence[OtherTongue], named: NameLook, begun: Begun
) -> list[tuple[Any, frozenset[str]]] | None:
    """List where a text says, in some language, that its writer is, with the countries that speak it.

    An empty list where it is denied, past, wished or another's; None where nothing is said of it.
    """
    small = " ".join(_words(plain(text)).split())
    blankless = any(_script(letter) in _BLANKLESS for letter in text)
    matched = [t for t in known if _holds(small, t.here, blankless=blankless)]
    likeliest = sorted(matched, key=lambda t: -_likeness(small, t))
    best = [t for t in likeliest if _likeness(small, t) == _likeness(small, likeliest[0])]
    for tongue in best:
        if _holds(small, tongue.against, blankless=blankless):
            continue
        found = list(_unspaced(text, named) if blankless else _spaced(text, tongue, named, begun))
        near = [what for what, away in found if not away] or [what for what, _ in found]
        if near:
            return [(what, tongue.spoken) for what in near]
    turned = [word for tongue in known for word in tongue.against if len(word) > LEAST_STEM]
    return [] if _holds(small, turned, blankless=blankless) or best else None


def _likeness(small: str, tongue: OtherTongue) -> int:
    """Count the words that a text shares with a language."""
    return len(tongue.own.intersection(small.split()))


def _holds(small: str, phrases: Sequence[str], *, blankless: bool) -> bool:
    if blankless or any(_script(letter) == "HANGUL" for letter in small):
        return any(phrase in small for phrase in phrases)
    return any(f" {phrase} " in f" {small} " for phrase in phrases)


def _words(text: str) -> str:
    """Put blanks for signs; a mark belongs to its letter."""
    return "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in text)


def _spaced(text: str, tongue: OtherTongue, named: NameLook, begun: Begun) -> Iterator[tuple[Any, bool]]:
    raws = [raw for raw in re.split(r"[\s,.;:!?()\u060c\u061f\u0964]+", text) if raw]
    at = 0
    while at < len(raws):
        found, taken = None, 1
        led = plain(raws[at - 1]) in tongue.at if at else False
        away = plain(raws[at - 1]) in tongue.away if at else False
        cased = raws[at][:1] != raws[at][:1].swapcase()
        fits = ((led and len(raws[at]) > LETTER) or not cased or raws[at][:1].isupper()) and plain(
            raws[at]
        ) not in tongue.own
        for length in range(min(LONGEST, len(raws) - at) if fits else 0, 0, -1):
            found = _one(" ".join(raws[at : at + length]), named, begun, led=led, endings=tongue.endings)
            if found:
                taken = length
                break
        if found:
            yield found, away
        at += taken


def _one(name: str, named: NameLook, begun: Begun, *, led: bool, endings: bool) -> Any:
    """Find a name as it is, before an apostrophe, without a letter that means "in", or without an ending."""
    key = fold(name)
    stem = fold(re.split(r"['\u2019]", name)[0])
    found = named(key, led=led) or (named(stem) if stem != key and len(stem) >= LEAST_STEM else None)
    script = _script(name[:1])
    if not found and name[:1] in _PREFIXED.get(script, "") and len(name) > LETTER:
        bare = name[1:]
        found = named(fold(bare), led=True) or named(fold(ARTICLE + bare.removeprefix(ARTICLE)), led=True)
    if found or not endings or len(key.split()) > LETTER:
        return found
    for cut in range(1, MOST_ENDING + 1):
        if len(key) - cut < LEAST_STEM and script != "HANGUL":
            break
        if len(key) - cut < LETTER:
            break
        found = named(key[:-cut]) or begun(key[:-cut])
        if found:
            return found
    return None


def _unspaced(text: str, named: NameLook) -> Iterator[tuple[Any, bool]]:
    letters = fold(text).replace(" ", "")
    at = 0
    while at < len(letters):
        for length in range(min(UNSPACED * 2, len(letters) - at), 1, -1):
            found = named(letters[at : at + length])
            if found:
                yield found, False
                at += length - 1
                break
        at += 1


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""
