"""All that is read of one language besides its messages and its coach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.content.extras import (
    COURTESIES,
    HOURS,
    MENU,
    NAMES,
    PLACES,
    SECOND,
    hour_words,
    read_extra,
    second_questions,
)
from bot.places import PlaceWords, read_words
from bot.practice.hours import LaterWords, Vocabulary
from bot.practice.naming import NameWords, name_words
from prompts.courtesies import Courtesies, read_courtesies
from prompts.deck import Library, load_library
from prompts.menu import MenuWords, menu_words
from prompts.overlay import Overlay
from prompts.safety import Country, load_safety
from prompts.source import FALLBACK
from prompts.style import Style, load_style
from prompts.vignettes import Vignette, load_vignettes
from prompts.words import Phrasing, load_words

_Made = TypeVar("_Made")


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
    names: NameWords
    menu: MenuWords
    style: Style


def load_language(
    name: str, root: Path, overlay: Overlay | None, english: LanguageWords | None
) -> LanguageWords:
    """Read a language; what it has no file for is English's. Raises WordsError."""

    def read(file: str, make: Callable[[Mapping[str, Any]], _Made]) -> _Made:
        path = root / name / file
        return read_extra(path if english is None or path.exists() else root / FALLBACK / file, root, make)

    hours, later = read(HOURS, hour_words)
    return LanguageWords(
        library=load_library(name, root, overlay, english.library if english else None),
        words=load_words(name, root, overlay, english.words if english else None),
        vignettes=load_vignettes(name, root),
        countries=load_safety(name, root, english.countries if english else None),
        hours=hours,
        later=later,
        places=read(PLACES, read_words),
        seconds=read(SECOND, second_questions),
        courtesies=read(COURTESIES, read_courtesies),
        names=read(NAMES, name_words),
        menu=read(MENU, menu_words),
        style=load_style(root / name, root, []).blaming(),
    )
