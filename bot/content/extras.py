"""What a language may bring besides messages and decks: hours, places, courtesies, names, second questions, the menu.

Each file is held against what it has to hold before anything is made of it, so that whoever broke it is told the
line and what to write: when the bot starts as well as by `check`.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.places import SentenceError, read_words
from bot.places.telling import LISTS
from bot.practice.hours import LaterWords, Vocabulary, later_words, vocabulary
from bot.practice.hours.slips import Slip, find_slips
from bot.practice.naming import LISTS as NAME_LISTS
from bot.practice.naming import name_words
from prompts.courtesies import LISTS as COURTESY_LISTS
from prompts.courtesies import read_courtesies
from prompts.fields import Fields
from prompts.menu import COMMANDS, menu_words
from prompts.prompt import WAYS, Task
from prompts.source import Finding, Source, WordsError, read_toml

HOURS = "hours.toml"
PLACES = "places.toml"
SECOND = "second.toml"
COURTESIES = "courtesies.toml"
NAMES = "names.toml"
MENU = "menu.toml"
_QUESTIONS = (*WAYS, Task.GUESS.value)
_SHOWN = 40  # characters of an entry
_Extra = TypeVar("_Extra")


def hour_words(data: Mapping[str, Any]) -> tuple[Vocabulary, LaterWords]:
    """Make the words for times of day, and for times to come."""
    return vocabulary(data), later_words(data)


def second_questions(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Take the second question of every way and of a guess."""
    return {kind: data["questions"][kind] for kind in _QUESTIONS}


def read_extra(path: Path, root: Path, make: Callable[[Mapping[str, Any]], _Extra]) -> _Extra:
    """Read a file and make of it what it is for. Raises WordsError, with each thing that is amiss and its line."""
    source = read_toml(path, root)
    findings = _NEEDS[path.name](source)
    if findings:
        raise WordsError(sorted(findings))
    try:
        return make(source.data)
    except SentenceError as wrong:
        line = source.line_of(wrong.entry, wrong.place, wrong.key)
        raise WordsError(
            [Finding(source.name, line, f"“{_short(wrong.entry)}”: {wrong}", wrong.write)]
        ) from None


def _short(entry: str) -> str:
    return entry if len(entry) <= _SHOWN else f"{entry[:_SHOWN]}…"


def find_unfit(path: Path, root: Path) -> list[Finding]:
    """Read one of these files as the bot does, and say what is amiss."""
    try:
        read_extra(path, root, EXTRAS[path.name])
    except WordsError as broken:
        return list(broken.findings)
    return []


EXTRAS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    HOURS: hour_words,
    PLACES: read_words,
    SECOND: second_questions,
    COURTESIES: read_courtesies,
    NAMES: name_words,
    MENU: menu_words,
}


def _hours(source: Source) -> list[Finding]:
    return [
        Finding(source.name, _line_of(source, slip), slip.wrong, slip.write)
        for slip in find_slips(source.data)
    ]


def _line_of(source: Source, slip: Slip) -> int:
    if slip.entry:
        return source.line_of(slip.entry, slip.place, slip.key)
    return source.line(slip.place, slip.key)


def _places(source: Source) -> list[Finding]:
    findings: list[Finding] = []
    top = Fields(source, source.data, findings)
    for key in ("answers", "sentences", "around", "against", "between", "either"):
        top.texts(key, empty=True)
    for name in ("patterns", "short", "called"):
        table = top.inside(name)
        for key in table.names():
            table.text(key)
    words = top.inside("words")
    for key in ("clocks", "wide", "everyday"):
        words.texts(key, empty=True)
    words.finish()
    telling = top.inside("telling")
    for key in LISTS:
        for phrase in telling.texts(key, empty=True):
            if phrase != phrase.casefold():
                line = source.line_of(phrase, telling.place, key)
                findings.append(
                    Finding(source.name, line, f"“{phrase}” is not in small letters.", "Write it small.")
                )
    sloppy = telling.inside("sloppy")
    for key in sloppy.names():
        sloppy.text(key)
    telling.finish()
    top.finish()
    return findings


def _second(source: Source) -> list[Finding]:
    findings: list[Finding] = []
    top = Fields(source, source.data, findings)
    questions = top.inside("questions")
    for kind in _QUESTIONS:
        questions.text(kind)
    questions.finish()
    top.finish()
    return findings


def _lists(source: Source, *, of: Collection[str], empty: bool) -> list[Finding]:
    """Check a file that holds these lists and nothing else."""
    findings: list[Finding] = []
    top = Fields(source, source.data, findings)
    for key in of:
        top.texts(key, empty=empty)
    top.finish()
    return findings


_NEEDS: Mapping[str, Callable[[Source], list[Finding]]] = {
    HOURS: _hours,
    PLACES: _places,
    SECOND: _second,
    COURTESIES: partial(_lists, of=COURTESY_LISTS, empty=False),
    NAMES: partial(_lists, of=NAME_LISTS, empty=True),
    MENU: partial(_lists, of=COMMANDS, empty=True),
}
