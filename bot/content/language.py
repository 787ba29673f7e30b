"""All that is read of one language besides its messages and its coach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.places import PlaceWords, read_words
from bot.practice.hours import LaterWords, Vocabulary, later_words, vocabulary
from prompts.courtesies import Courtesies, read_courtesies
from prompts.deck import Library, load_library
from prompts.overlay import Overlay
from prompts.prompt import WAYS, Task
from prompts.safety import Country, load_safety
from prompts.source import FALLBACK, Finding, WordsError, read_toml
from prompts.style import Style, load_style
from prompts.vignettes import Vignette, load_vignettes
from prompts.words import Phrasing, load_words

HOURS = "hours.toml"
PLACES = "places.toml"
SECOND = "second.toml"
COURTESIES = "courtesies.toml"
_Made = TypeVar("_Made")


def read_made(path: Path, root: Path, make: Callable[[Mapping[str, Any]], _Made]) -> _Made:
    """Read a file and make of it what it is for. Raises WordsError, with what is amiss."""
    source = read_toml(path, root)
    try:
        return make(source.data)
    except (KeyError, TypeError, ValueError) as wrong:
        what = f"This does not fit: {wrong}."
        raise WordsError([Finding(source.name, 1, what, "Write it as en's file does.")]) from None


def second_questions(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Take the second question of every way and of a guess. Raises KeyError where one lacks, TypeError for no text."""
    found = {kind: data["questions"][kind] for kind in (*WAYS, Task.GUESS.value)}
    if not all(isinstance(text, str) and text.strip() for text in found.values()):
        raise TypeError("each way has one text, and so has a guess")
    return found


@dataclass(frozen=True, kw_only=True)
class LanguageWords:
    """All that is read of one language besides its messages and its coach."""

    library: Library
    words: Phrasing
    vignettes: Mapping[str, Vignette]
    countries: Mapping[str, Country]
    hours: Vocabulary
    later: LaterWords
    places: PlaceWords
    seconds: Mapping[str, str]
    courtesies: Courtesies
    style: Style


def load_language(
    name: str, root: Path, overlay: Overlay | None, english: LanguageWords | None
) -> LanguageWords:
    """Read a language; what it has no file for is English's. Raises WordsError."""

    def read(file: str, make: Callable[[Mapping[str, Any]], _Made]) -> _Made:
        path = root / name / file
        return read_made(path if english is None or path.exists() else root / FALLBACK / file, root, make)

    return LanguageWords(
        library=load_library(name, root, overlay, english.library if english else None),
        words=load_words(name, root, overlay, english.words if english else None),
        vignettes=load_vignettes(name, root),
        countries=load_safety(name, root),
        hours=read(HOURS, vocabulary),
        later=read(HOURS, later_words),
        places=read(PLACES, read_words),
        seconds=read(SECOND, second_questions),
        courtesies=read(COURTESIES, read_courtesies),
        style=load_style(root / name, root, []).blaming(),
    )
