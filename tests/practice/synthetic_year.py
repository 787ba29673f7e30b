"""A library of 420 cards, in the proportions that the real one is to have."""

from __future__ import annotations

from dataclasses import dataclass

WAYS = {
    "listening": 66,
    "perspective": 66,
    "validation": 66,
    "roots": 64,
    "good": 60,
    "daily": 66,
    "repair": 32,
}
ARC_WAYS = ("listening", "perspective", "validation", "roots", "good", "daily") * 2
ARC_LENGTH = 6


@dataclass(frozen=True, slots=True)
class SyntheticCard:
    """A prompt as the rotation sees it."""

    id: str
    way: str
    depth: int = 1
    two_sided: bool = False
    heavy: bool = False
    arc: str | None = None
    place_in_arc: int | None = None


def synthetic_library() -> list[SyntheticCard]:
    """Make the cards: about half of depth 1, a quarter two-sided, one in fourteen heavy, twelve arcs."""
    cards: list[SyntheticCard] = []
    left = dict(WAYS)
    for number, way in enumerate(ARC_WAYS):
        for place in range(1, ARC_LENGTH + 1):
            depth = 2 if way == "roots" or place > ARC_LENGTH - 2 else 1
            arc = f"arc{number}"
            card = SyntheticCard(
                f"{arc}-{place}", way, depth, place == ARC_LENGTH, arc=arc, place_in_arc=place
            )
            cards.append(card)
            left[way] -= 1
    for way, count in left.items():
        for number in range(count):
            depth = (1, 2, 1, 3, 1, 2)[number % 6]
            if way in ("roots", "repair"):
                depth = 2 + (number % 3 == 0)
            heavy = number % 8 == 0 if way in ("roots", "repair") else depth == 3 and number % 4 == 3
            cards.append(SyntheticCard(f"{way}-{number}", way, depth, number % 4 == 1, heavy))
    return cards
