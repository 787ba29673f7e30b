"""Find texts that say nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from prompts.pieces import Passage
from prompts.prompt import OTHER
from prompts.source import Finding


def find_alike(pieces: Iterable[Passage], limit: int) -> Iterator[Finding]:
    """Find pairs of one kind, of different owners, whose words are alike by `limit` hundredths or more.

    Measured by edit distance over sorted words, so that turning a sentence around does not hide it.
    """
    by_kind: dict[str, list[Passage]] = defaultdict(list)
    for piece in pieces:
        if piece.text:
            by_kind[piece.kind].append(piece)
    for alike in by_kind.values():
        words = [_sort(piece.text) for piece in alike]
        for place, first in enumerate(alike, 1):
            near = process.extract(
                words[place - 1], words[place:], scorer=fuzz.ratio, score_cutoff=limit, limit=None
            )
            for second in (alike[place + after] for _, _, after in near):
                if first.owner != second.owner:
                    wrong = f"Nearly the same as “{first.owner}” at {first.file}:{first.line}."
                    yield second.found(wrong, "Give it a thought of its own, or leave one out.")


def _sort(text: str) -> str:
    words = "".join(mark if mark.isalnum() else " " for mark in text.replace(OTHER, "").lower()).split()
    return " ".join(sorted(words))
