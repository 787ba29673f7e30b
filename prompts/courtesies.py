"""Thanks, greetings, questions to the bot and their kin: what is for nobody's page.

A text is a courtesy where every word of it is one, or may stand beside one. A name, a second thought, anything
else makes it none: what somebody may have meant for a page is never answered with a pleasantry.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

KINDS = (
    "thanks",
    "night",
    "bye",
    "wish",
    "hello",
    "how",
    "sorry",
    "fine",
    "send",
    "who",
    "now",
    "help",
    "break",
    "not_now",
    "undo",
)
TO_THE_BOT = frozenset({"who", "now", "help"})  # questions that only the bot can answer
BREAK = "break"  # a wish to rest or to stop
NOT_NOW = "not_now"  # a wish to put off what is asked
RESTS = frozenset({BREAK, NOT_NOW})
UNDO = "undo"  # a wish for the button that takes back
SEND = "send"  # a wish for the button that sends or seals
BESIDES = "besides"
LONGEST = 80  # characters
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_TWICE = re.compile(r"(.)\1")
_SIGNS = re.compile(r"[\s\u2000-\u33ff\ufe0f\U0001f000-\U0001faff!.,<>:;()*'\-]+")
_CLAUSES = re.compile(r"[.,;:!?…\u2013\u2014\u060c\u061b\u061f\n]+|\s-+\s")
_ASKED = frozenset({"hello", "how", "wish", SEND, UNDO}) | RESTS | TO_THE_BOT


@dataclass(frozen=True, slots=True)
class Courtesies:
    """What a language says so, by the words of each phrase."""

    phrases: Mapping[tuple[str, ...], str]
    longest: int

    def find(self, text: str) -> str | None:
        """Name the courtesy that a text is, the last where there are several; None where it is none."""
        if len(text) > LONGEST:
            return None
        words = _words(text)
        if not words:
            return "fine" if text.strip() and _SIGNS.fullmatch(text) else None
        known = {word for phrase in self.phrases for word in phrase}
        if "?" in text and self._asks_of_a_name(text, words, known):
            return "who"
        found = self._read([word if word in known else _TWICE.sub(r"\1", word) for word in words])
        return None if "?" in text and found not in _ASKED else found

    def rests_in(self, text: str) -> bool:
        """Tell whether a clause of a text is nothing but a wish for a break, or to put off what is asked."""
        return any(self.find(clause) in RESTS for clause in _CLAUSES.split(text))

    def _asks_of_a_name(self, text: str, words: Sequence[str], known: Collection[str]) -> bool:
        """Tell whether it is "can he see this?" or the like, with a name in place of one of its words."""
        strange = [place for place, word in enumerate(words) if word not in known]
        if len(strange) != 1:
            return False
        [place] = strange
        written = _WORD.findall(text)
        if len(written) != len(words) or not _may_be_a_name(written[place]):
            return False
        rest = (*words[:place], *words[place + 1 :])
        return any(
            kind == "who" and len(phrase) == len(words) and (*phrase[:place], *phrase[place + 1 :]) == rest
            for phrase, kind in self.phrases.items()
        )

    def _read(self, words: Sequence[str]) -> str | None:
        said, place = None, 0
        while place < len(words):
            lengths = range(min(self.longest, len(words) - place), 0, -1)
            length = next((n for n in lengths if tuple(words[place : place + n]) in self.phrases), 0)
            if not length:
                return None
            kind = self.phrases[tuple(words[place : place + length])]
            said = said if kind == BESIDES or said == SEND or (said and kind == "fine") else kind
            place += length
        return said


def read_courtesies(tables: Mapping[str, Sequence[str]]) -> Courtesies:
    """Make them of a file's tables. Raises ValueError for one that there is not, or that is missing."""
    if {*tables} != {*KINDS, BESIDES}:
        raise ValueError(", ".join(sorted({*tables} ^ {*KINDS, BESIDES})))
    phrases = {tuple(_words(phrase)): kind for kind in (BESIDES, *reversed(KINDS)) for phrase in tables[kind]}
    return Courtesies(phrases, max(map(len, phrases)))


def _may_be_a_name(word: str) -> bool:
    """Tell whether a word begins with a capital, or is in letters that have none."""
    return word[:1].isupper() or word.lower() == word.upper()


def _words(text: str) -> list[str]:
    return _WORD.findall(_DRAWN_OUT.sub(r"\1\1", text.replace("\u2019", "'").casefold()))
