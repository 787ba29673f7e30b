"""Turns of phrase that a library falls back on: fine once, and a tic the eleventh time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prompts.pieces import Passage
from prompts.source import Finding

PHRASE_WORDS = range(3, 5)
_WORD = re.compile(r"\{other\}|[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_NOT_COUNTED = frozenset(
    {"title", "label", "choice", "button", "frame_listened", "prompt_plain", "prompt_single"}
)
"""Names, and what is said again in another form."""


@dataclass(frozen=True, slots=True)
class Tics:
    """The phrases that a language's writer watches, and how often each can stand in all the words."""

    phrases: Mapping[str, str]
    at_most: int

    def count(self, pieces: Iterable[Passage]) -> Counter[str]:
        """Count them in texts."""
        counts: Counter[str] = Counter(dict.fromkeys(self.phrases, 0))
        for piece in pieces:
            for phrase, words in self.phrases.items():
                counts[phrase] += len(re.findall(words, _plain(piece)))
        return counts

    def find(self, pieces: Iterable[Passage]) -> Iterator[Finding]:
        """Find every place beyond the last that is allowed."""
        counts: Counter[str] = Counter()
        for piece in pieces:
            for phrase, words in self.phrases.items():
                counts[phrase] += (here := len(re.findall(words, _plain(piece))))
                if here and counts[phrase] > self.at_most:
                    wrong = f"“{phrase}” stands here, and {counts[phrase] - here} times before."
                    yield piece.found(wrong, f"Say it in another way: {self.at_most} times are enough.")


def common_phrases(pieces: Iterable[Passage], number: int) -> Sequence[tuple[str, int]]:
    """List the phrases of three or four words that stand in most texts, the most frequent first."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        words = _WORD.findall(_plain(piece).lower())
        for length in PHRASE_WORDS:
            runs = (words[start : start + length] for start in range(len(words) - length + 1))
            counts.update({" ".join(run) for run in runs})
    return counts.most_common(number)


def said(pieces: Iterable[Passage], retired: Iterable[str]) -> list[Passage]:
    """Keep the texts that a couple can meet."""
    gone = set(retired)
    return [p for p in pieces if not _NOT_COUNTED.intersection(p.kinds) and p.owner not in gone]


def _plain(piece: Passage) -> str:
    return piece.text.replace("\u2019", "'")
