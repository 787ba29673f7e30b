"""Find texts that say nearly the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz

from prompts.pieces import Passage
from prompts.prompt import OTHER
from prompts.source import Finding


def find_alike(pieces: Iterable[Passage], limit: int) -> Iterator[Finding]:
    """Find pairs of one kind, of different owners, whose words are alike by `limit` hundredths or more.

    Measured by edit distance over sorted words, so that turning a sentence around does not hide it.
    """
    sorted_words = [(piece, _sort(piece.text)) for piece in pieces if piece.text]
    for (first, its_words), (second, other_words) in combinations(sorted_words, 2):
        if first.owner == second.owner or first.kind != second.kind:
            continue
        if fuzz.ratio(its_words, other_words, score_cutoff=limit):
            wrong = f"Nearly the same as “{first.owner}” at {first.file}:{first.line}."
            yield second.found(wrong, "Give it a thought of its own, or leave one out.")


def _sort(text: str) -> str:
    words = "".join(mark if mark.isalnum() else " " for mark in text.replace(OTHER, "").lower()).split()
    return " ".join(sorted(words))
