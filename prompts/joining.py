"""Join a starter's opening with what a person goes on with: grammar, and where that is unsure, their words alone.

Pure: the couple's names are handed in. What is not surely of the kind that an opening needs stands alone, as a
whole sentence of one's own always reads well, and a broken one under a partner's name never does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prompts.joining_words import (
    ADVERBS,
    ADVICE,
    ASIDES,
    BARE,
    DEGREES,
    DETERMINERS,
    FEELINGS,
    LINKS,
    MANNERS,
    NO_ANSWER,
    NO_DOING,
    OWN,
    RELATIVES,
    SUBJECTS,
    VERBS,
)

ENGLISH = "en"
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_FIRST = re.compile(r"[^.!?\n…;:]*[.!?\n…;:]*")
_NEAR = 3  # words within which a verb follows its subject
_PAIR = 2


class Follows(StrEnum):
    """What an opening needs after it."""

    CLAUSE = "clause"
    NOUN = "noun"
    NAME = "name"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class LeadIn:
    """The words that are put first, and what may follow them; `me` where that may be about who writes it."""

    words: str
    follows: Follows
    me: bool = False
    language: str = ENGLISH

    def join(self, text: str, names: Collection[str] = ()) -> str:
        """Put the opening before a text where the two make a sentence; else give the text alone."""
        text = text.strip()
        if _plain(text).startswith(_plain(self.words.rstrip(":,"))):
            return text
        rest = self._without_overlap(text)
        if not self._fits(rest, names):
            return text
        return f"{self.words} {rest if self.follows is Follows.SENTENCE else _lowered(rest, names)}"

    def _without_overlap(self, text: str) -> str:
        """Leave out a last word of the opening that the text begins with, as in "because …, because"."""
        last = _plain(self.words).split()[-1]
        head, _, rest = text.partition(" ")
        if (
            last in LINKS
            and _plain(head) == last
            and "," not in rest
            and _subject(_tokens(rest), ()) is not None
        ):
            return rest
        return text

    def _fits(self, text: str, names: Collection[str]) -> bool:
        found = _FIRST.match(text)
        first = found[0] if found else ""
        tokens = _tokens(first)
        if not tokens or "?" in first or not text[0].isalpha():
            return False
        if self.follows is Follows.SENTENCE:
            return self.language != ENGLISH or tokens[0] not in NO_ANSWER
        if self.language != ENGLISH:  # whose capitals we don't know: a small letter is one that goes on
            return len(tokens) > 1 and text[0].islower()
        return not _acronym(text) and self._continues(first, tokens, names)

    def _continues(self, first: str, tokens: Sequence[str], names: Collection[str]) -> bool:
        match self.follows:
            case Follows.CLAUSE:
                return self._is_clause(tokens, names) and not _named(first, tokens)
            case Follows.NOUN:
                return _is_noun(first, tokens, names) and (len(tokens) > 1 or self.words.endswith(" for"))
            case _:
                return _is_feeling(tokens)

    def _is_clause(self, tokens: Sequence[str], names: Collection[str]) -> bool:
        verb = _subject(tokens, names)
        if verb is None:
            return False
        first, second = tokens[0], tokens[1]
        if first.split("'")[0] == "i" and (not self.me or any(word in OWN for word in tokens[:_NEAR])):
            return False
        if first in {"that", "that's"} and _plain(self.words).endswith(" that"):
            return False
        return " ".join(tokens[:_PAIR]) not in ASIDES and second not in ADVICE and "'ll" not in first


def _plain(text: str) -> str:
    return text.replace("\u2019", "'").casefold()


def _known(names: Collection[str]) -> set[str]:
    return {word for name in names for word in _tokens(name)}


def _tokens(text: str) -> list[str]:
    return [_plain(word) for word in _TOKEN.findall(text)]


def _named(first: str, tokens: Sequence[str]) -> bool:
    """Tell whether somebody is spoken to before the sentence begins: a comma right after the first word."""
    return re.match(rf"{re.escape(tokens[0])}\s*,", _plain(first)) is not None


def _acronym(text: str) -> bool:
    word = _TOKEN.findall(text)[0]
    return len(word) > 1 and word.isupper() and not text.isupper()


def _lowered(text: str, names: Collection[str]) -> str:
    """Take a phone's capital away, unless it belongs to the word, or everything is in capitals."""
    word = _TOKEN.findall(text)[0]
    bare = _plain(word).split("'")[0]
    if bare == "i" or bare in _known(names) or (text.isupper() and len(text) > 1):
        return text
    return text[0].lower() + text[1:]


def _is_verb(word: str, *, third: bool) -> bool:
    return (
        word in VERBS
        or (word.endswith("ed") and len(word) > len("need"))
        or (third and word.endswith("s") and not word.endswith("ss") and len(word) > len("was"))
    )


def _subject(tokens: Sequence[str], names: Collection[str]) -> int | None:
    """Tell where the verb of a clause is; None where there is no clause."""
    if len(tokens) < _PAIR:
        return None
    head, _, short = tokens[0].partition("'")
    if short:
        return 0 if head in SUBJECTS and short in {"re", "s", "d", "ve", "m", "ll"} else None
    if head in SUBJECTS or head in _known(names):
        return _verb(tokens, 1, third=head not in {"you", "i", "we", "they"})
    if head in DETERMINERS and not any(word in RELATIVES for word in tokens[1:_NEAR]):
        return _verb(tokens, 2, third=False)
    return None


def _verb(tokens: Sequence[str], start: int, *, third: bool) -> int | None:
    """Tell where a subject's verb is, after a few adverbs; None where it is not near, or ends the clause bare."""
    for place, word in enumerate(tokens[start : start + _NEAR], start):
        if word in ADVERBS or word.endswith("ly"):
            continue
        if not _is_verb(word, third=third):
            return None
        return place if place + 1 < len(tokens) or word not in BARE else None
    return None


def _is_noun(first: str, tokens: Sequence[str], names: Collection[str]) -> bool:
    """Tell whether a text names a thing, how something was, or a doing, and doesn't say anything of it."""
    head = tokens[0]
    doing = head.endswith("ing") and len(head) >= len("being") and head not in NO_DOING
    owned = head.endswith("'s") and head[:-2] in _known(names)
    free = head in {"how", "what"} and any(word in SUBJECTS for word in tokens[1 : 1 + _NEAR])
    if len(tokens) < _PAIR or not (doing or owned or free or head in DETERMINERS):
        return len(tokens) < _PAIR and doing
    if "," in " ".join(first.split()[:_NEAR]):
        return False
    place = next((n for n, word in enumerate(tokens) if n and word.split("'")[0] in RELATIVES), len(tokens))
    before, after = tokens[1:place], tokens[place + 1 :]
    return (free or not _says(head, before, doing=doing)) and not _says_more(after)


def _says(head: str, before: Sequence[str], *, doing: bool) -> bool:
    """Tell whether something is said of the thing that a text begins with: its verb is there."""
    if any(_is_verb(word, third=False) for word in (before if doing else before[1:])):
        return True
    if head in {"this", "that"} and (not before or _is_verb(before[0], third=True)):
        return True
    return not doing and len(before) > 1 and before[1].endswith("s") and not before[1].endswith("ss")


def _says_more(after: Sequence[str]) -> bool:
    """Tell whether a second verb follows that of "the way you waited"."""
    verbs = sum(_is_verb(word, third=False) for word in after)
    return verbs >= _PAIR and any(word in MANNERS for word in after[1:])


def _is_feeling(tokens: Sequence[str]) -> bool:
    words = list(tokens)
    while words and words[0] in DEGREES:
        words = words[1:]
    if not words:
        return False
    like = words[0] in {"like", "as"} and len(words) > _PAIR
    return like or words[0] in FEELINGS
