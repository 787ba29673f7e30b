"""The small language in which a pattern is written, and finding it among words.

    you should          these words, one after the other
    mum|dad             one of these words
    (a bit|a little)    one of these groups
    just? (so much)?    may be there
    {feeling}           a word or a group from the file's list of that name
    ...                 up to four words, within the sentence
    _                   any one word
    !{kind}  !x         what follows is not this
    ^  $                a clause begins here; the sentence ends here
    ?                   (standing alone) the sentence is a question

Matching keeps the set of places that a pattern can have reached, and every part reaches a bounded distance,
so that the time for a text grows with its length alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from bot.coach.alphabet import UNKNOWN
from bot.coach.tokens import ENDS, PAUSE, Tokens

LONGEST_GAP = 4
# How many words may stand before a clause without being part of it ("oh well, and so").
LONGEST_LEAD_IN = 4


class PatternPart(Protocol):
    """A piece of a pattern."""

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return where this piece can end when it begins at a word."""


@dataclass(frozen=True, slots=True)
class WordGroups:
    """One of several single words, or of several groups of words; each word is the letter that the alphabet has for it.

    There are thousands with many thousand words, so that each is two strings: the letters of single words, and the
    groups with a mark before and after each.
    """

    single: str
    groups: str = ""

    @classmethod
    def of(cls, choices: Iterable[str]) -> Self:
        """Make it of words and groups of words."""
        whole = sorted({*choices})
        single = "".join(choice for choice in whole if len(choice) == 1)
        groups = "".join(f"{choice}{UNKNOWN}" for choice in whole if len(choice) > 1)
        return cls(single, groups and UNKNOWN + groups)

    @property
    def choices(self) -> list[str]:
        """Its words and groups of words."""
        return [*self.single, *self.groups.strip(UNKNOWN).split(UNKNOWN)] if self.groups else [*self.single]

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return the place after each word or group that stands here."""
        letters, groups = text.letters, self.groups
        if at >= len(letters):
            return ()
        alone = letters[at] in self.single
        if not groups:
            return (at + 1,) if alone else ()
        found = [at + 1] if alone else []
        head = UNKNOWN + letters[at]
        begins = groups.find(head)
        while begins >= 0:
            ends = groups.index(UNKNOWN, begins + 1)
            if letters.startswith(groups[begins + 1 : ends], at):
                found.append(at + ends - begins - 1)
            begins = groups.find(head, ends)
        return found


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces one after the other."""

    parts: tuple[PatternPart, ...]

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return where the last piece can end."""
        places: Collection[int] = (at,)
        for part in self.parts:
            if len(places) == 1:
                (place,) = places
                places = part.ends(text, place)
            else:
                places = {end for place in places for end in part.ends(text, place)}
            if not places:
                break
        return places


@dataclass(frozen=True, slots=True)
class Either:
    """One of several runs."""

    runs: tuple[Run, ...]

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return where any of the runs can end."""
        return {end for run in self.runs for end in run.ends(text, at)}


@dataclass(frozen=True, slots=True)
class Maybe:
    """A piece that may be there."""

    part: PatternPart

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return this place, and where the piece can end."""
        found = self.part.ends(text, at)
        return {at, *found} if found else (at,)


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to a few words of any kind, within the sentence; commas do not count."""

    longest: int
    shortest: int = 0

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return the places after none, one, two ... words."""
        places = [at] if self.shortest == 0 else []
        seen = 0
        while at < len(text.words) and text.words[at] not in ENDS and seen < self.longest:
            seen += text.words[at] != PAUSE
            at += 1
            if seen >= self.shortest:
                places.append(at)
        return places


@dataclass(frozen=True, slots=True)
class Without:
    """A place where a piece does not stand."""

    part: PatternPart

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return this place when the piece does not stand here."""
        return () if self.part.ends(text, at) else (at,)


@dataclass(frozen=True, slots=True)
class Edge:
    """A place in the sentence: "^" where a clause begins, "$" where it ends, "?" anywhere in a question."""

    sign: str
    lead_in: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()

    def ends(self, text: Tokens, at: int) -> Collection[int]:
        """Return this place when it is such a one."""
        return (at,) if self._holds(text, at) else ()

    def _holds(self, text: Tokens, at: int) -> bool:
        if self.sign == "$":
            return at >= len(text.words) or text.words[at] in ENDS
        if self.sign == "?":
            return text.sentence(min(at, len(text.words) - 1)).asked
        return self._begins(text, at)

    def _begins(self, text: Tokens, at: int) -> bool:
        for back in range(at - 1, max(at - 2 - LONGEST_LEAD_IN, -1), -1):
            word = text.words[back]
            if word in ENDS or word == PAUSE or word in self.conjunctions:
                return True
            if word not in self.lead_in:
                return False
        return at <= LONGEST_LEAD_IN
