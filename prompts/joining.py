"""Join a starter's opening with what a person goes on with: grammar, and where that is unsure, their words alone.

Pure. What is not surely of the kind that an opening needs stands alone, as a
whole sentence of one's own always reads well, and a broken one under a partner's name never does. So does what
is a sentence and yet nobody would say: a wonder about oneself, a name in place of "you", thanks for "a hug".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from prompts.joining_rules import Joints
from prompts.joining_words import (
    ADVERBS,
    ADVICE,
    ASIDES,
    BARE,
    DEGREES,
    DETERMINERS,
    DONE_TO,
    FEELINGS,
    GLAD_STATES,
    GLAD_VERBS,
    INDEFINITE,
    LINKS,
    MANNERS,
    NEVER,
    NO_ANSWER,
    NO_DOING,
    OBJECTS,
    OTHERS,
    OWN,
    PRESENT,
    RELATIVES,
    SAYING,
    SORE,
    STATES,
    SUBJECTS,
    SYMPATHY,
    TURNS,
    VERBS,
    WHO,
)

ENGLISH = "en"
WHOM = ("i", "my", "we", "you")
ABOUT = ("my", "we", "you")
"""Whom of the two what follows may be about: who writes ("i") or what is theirs, both of them, or whoever reads.

Others always.
"""
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_FIRST = re.compile("[^.!?\n…;:\u061f\u061b]*[.!?\n…;:\u061f\u061b]*")
ASKS = frozenset("?\u061f¿")
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
    """The words that are put first, what may follow them, and whom of the two that may be about.

    A `glad` one is put before nothing sore, and only before what is surely good to have happened: "I love that she
    walked out on you" would be a cruel slip, and nobody can list all that hurts.
    """

    words: str
    follows: Follows
    about: tuple[str, ...] = ABOUT
    glad: bool = False
    language: str = ENGLISH
    joints: Joints | None = None
    """How a language other than English joins; None where it has no rules of its own."""

    def join(self, text: str) -> str:
        """Put the opening before a text where the two make a sentence; else give the text alone."""
        text = text.strip()
        if _plain(text).startswith(_plain(self.words.rstrip(":,"))):
            return text
        rest = self._without_overlap(text)
        if not self._fits(rest):
            return text
        if self.follows is Follows.SENTENCE:
            return f"{self.words} {rest}"
        return f"{self.words} {self.joints.lowered(rest) if self.joints else _lowered(rest)}"

    @property
    def _last(self) -> str:
        return _plain(self.words).split()[-1]

    def _without_overlap(self, text: str) -> str:
        """Leave out a last word of the opening that the text begins with, as in "because …, because"."""
        last = self._last
        head, _, rest = text.partition(" ")
        if last in LINKS and _plain(head) == last and "," not in rest and _subject(_tokens(rest)) is not None:
            return rest
        return text

    def _fits(self, text: str) -> bool:
        found = _FIRST.match(text)
        first = found[0] if found else ""
        tokens = _tokens(first)
        if not tokens or not ASKS.isdisjoint(first) or not text[0].isalpha():
            return False
        if self.joints:
            return self.joints.fits(self.follows, text, first, glad=self.glad)
        if self.glad and _is_sore(first, tokens):
            return False
        if self.follows is Follows.SENTENCE:
            return self.language != ENGLISH or _answers(first, tokens)
        if self.language != ENGLISH:  # whose capitals we don't know: a small letter is one that goes on
            return len(tokens) > 1 and text[0].islower()
        return not _acronym(text) and self._continues(first, tokens)

    def _continues(self, first: str, tokens: Sequence[str]) -> bool:
        match self.follows:
            case Follows.CLAUSE:
                return self._is_clause(tokens) and not _named(first, tokens)
            case Follows.NOUN:
                enough = len(tokens) > 1 or self._last == "for"
                return (
                    enough
                    and _is_noun(first, tokens)
                    and self._takes(tokens)
                    and not self._is_of_another(tokens)
                )
            case _:
                return _is_feeling(tokens) and ("you" in self.about or not self._likens_you(tokens))

    def _likens_you(self, tokens: Sequence[str]) -> bool:
        """Tell whether a feeling is likened to something of the reader's that is none of the writer's."""
        if {"like", "as"}.isdisjoint(tokens) or {"you", "your"}.isdisjoint(tokens):
            return False
        return "i" not in self.about or {"me", "my", "i"}.isdisjoint(tokens)

    def _is_of_another(self, tokens: Sequence[str]) -> bool:
        """Tell whether a thing is of whom it can't be of; what the reader has said is of both."""
        if "i" not in self.about and "i" in tokens:
            return True
        if "you" in self.about:
            return False
        if tokens[0] == "your":
            return True
        verbs = [after for word, after in pairwise(tokens) if word == "you"]
        return any(verb not in SAYING for verb in verbs)

    def _takes(self, tokens: Sequence[str]) -> bool:
        """Tell whether such a thing can stand here: "a hug" is no thing that both know, and "how" is like nothing."""
        head, last = tokens[0], self._last
        if self.glad and any(word in OTHERS for word in tokens):  # "how they treated you"
            return False
        if head in INDEFINITE:
            return last in {"like", "was"} or (last == "for" and (head == "every" or len(tokens) > _PAIR))
        if head == "how":
            return last != "like" and (last != "for" or tokens[1] in SUBJECTS)
        return not (head.endswith("ing") and (last == "at" or "notice" in self.words))

    def _is_clause(self, tokens: Sequence[str]) -> bool:
        verb = _subject(tokens)
        if verb is None or not self._is_about(tokens) or not self._takes_verb(tokens, verb):
            return False
        if self.glad and not _is_good(tokens, verb):
            return False
        first, second = tokens[0], tokens[1]
        if first in {"that", "that's"} and _plain(self.words).endswith(" that"):
            return False
        return " ".join(tokens[:_PAIR]) not in ASIDES and second not in ADVICE and "'ll" not in first

    def _is_about(self, tokens: Sequence[str]) -> bool:
        """Tell whether a clause is about whom it may be; "everyone laughed at you" is about the reader."""
        who = WHO.get(tokens[0].split("'")[0])
        if who is not None and who not in self.about:
            return False
        if "you" not in self.about and "you" in (tokens[:-1] if who else tokens):
            return False
        return who != "i" or not any(word in OWN for word in tokens[:_NEAR])

    def _takes_verb(self, tokens: Sequence[str], verb: int) -> bool:
        """Tell whether a clause, whose verb's place is given, can follow the opening's last word."""
        match self._last:
            case "how":
                return _tells_how(tokens, verb)
            case "why":
                return _can_be_understood(tokens, verb)
            case "when" if self.words.endswith("been there when"):
                return tokens[verb] not in PRESENT
            case _:
                return True


def _plain(text: str) -> str:
    return text.replace("\u2019", "'").casefold()


def _tells_how(tokens: Sequence[str], verb: int) -> bool:
    """Tell whether a clause says how something was done: not that it was so, nor what was never done."""
    if any(word in NEVER or word.endswith("n't") for word in tokens[: verb + 1]):
        return False
    return tokens[verb] not in STATES and "'" not in tokens[verb]


def _can_be_understood(tokens: Sequence[str], verb: int) -> bool:
    """Tell whether a clause tells how it was for somebody: not what others did to them.

    "I understand why nobody asked you" would side with those who didn't.
    """
    if tokens[0].split("'")[0] not in {"you", "it", "this", "that"} or any(word in NEVER for word in tokens):
        return False
    state = next((word for word in tokens[verb + 1 :] if word not in DEGREES and word not in ADVERBS), "")
    return state not in DONE_TO and not (state.endswith("ed") and state not in FEELINGS)


def _is_good(tokens: Sequence[str], verb: int) -> bool:
    """Tell whether a clause surely says something good: by its verb, or by how somebody was or felt."""
    if tokens[verb] in GLAD_VERBS:
        return True
    said = (word for word in tokens[verb + 1 :] if word not in DEGREES and word not in ADVERBS)
    state = tokens[verb] in {"is", "are", "was", "were", "feel", "feels", "felt"} or "'" in tokens[verb]
    return state and next(said, "") in GLAD_STATES


def _is_sore(first: str, tokens: Sequence[str]) -> bool:
    """Tell whether a sentence has something that hurts in it, or a no; "laughed at you" does."""
    at = any(one == "at" and other in OBJECTS for one, other in pairwise(tokens))
    return at or not TURNS.isdisjoint(tokens) or SORE.holds(first)


def _answers(first: str, tokens: Sequence[str]) -> bool:
    """Tell whether a sentence can answer a question: not what comforts, thanks, advises, or tells it back."""
    head, pair = tokens[0], " ".join(tokens[:_PAIR])
    if head in NO_ANSWER or pair in SYMPATHY or (head in {"what", "how"} and "!" in first):
        return False
    if not {"you", "your", "you're"}.isdisjoint(tokens) and _is_sore(first, tokens):
        return False
    return head != "you" or len(tokens) < _PAIR or tokens[1] not in ADVICE


def _tokens(text: str) -> list[str]:
    return [_plain(word) for word in _TOKEN.findall(text)]


def _named(first: str, tokens: Sequence[str]) -> bool:
    """Tell whether somebody is spoken to before the sentence begins: a comma right after the first word."""
    return re.match(rf"{re.escape(tokens[0])}\s*,", _plain(first)) is not None


def _acronym(text: str) -> bool:
    word = _TOKEN.findall(text)[0]
    return len(word) > 1 and word.isupper() and not text.isupper()


def _lowered(text: str) -> str:
    """Take a phone's capital away, unless it belongs to the word, or everything is in capitals."""
    word = _TOKEN.findall(text)[0]
    bare = _plain(word).split("'")[0]
    if bare == "i" or (text.isupper() and len(text) > 1):
        return text
    return text[0].lower() + text[1:]


def _is_verb(word: str, *, third: bool) -> bool:
    return (
        word in VERBS
        or (word.endswith("ed") and len(word) > len("need"))
        or (third and word.endswith("s") and not word.endswith("ss") and len(word) > len("was"))
    )


def _subject(tokens: Sequence[str]) -> int | None:
    """Tell where the verb of a clause is; None where there is no clause."""
    if len(tokens) < _PAIR:
        return None
    head, _, short = tokens[0].partition("'")
    if short:
        return 0 if head in SUBJECTS and short in {"re", "s", "d", "ve", "m", "ll"} else None
    if head in SUBJECTS:
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


def _is_noun(first: str, tokens: Sequence[str]) -> bool:
    """Tell whether a text names a thing, how something was, or a doing, and doesn't say anything of it."""
    head = tokens[0]
    doing = head.endswith("ing") and len(head) >= len("being") and head not in NO_DOING
    free = head in {"how", "what"} and any(word in SUBJECTS for word in tokens[1 : 1 + _NEAR])
    if len(tokens) < _PAIR or not (doing or free or head in DETERMINERS):
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
