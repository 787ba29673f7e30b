"""What one small model learns: its samples, its size, and its thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.coach.model import Limits

PLACES, MORE_PLACES = 1 << 15, 1 << 17
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its kind (empty: it is harmless), how much it weighs, whose it is, and in which language."""

    text: str
    hand: str
    group: str
    kind: str = ""
    weight: float = 1.0
    hints: frozenset[str] = field(default=frozenset())
    language: str = FALLBACK


@dataclass(frozen=True, slots=True)
class Plan:
    """What one model learns, and the thresholds that were chosen for it."""

    about: str
    samples: Sequence[Sample]
    limits: Limits
    largest: int = 7
    places: int = PLACES
    # How many of the words that stand most often make frames.
    frames: int = 0
    # English words that mean alike, as `senses.toml` has them.
    senses: dict[str, Any] = field(default_factory=dict)
    language: str = FALLBACK
    # The senses of words, by language: of a sample in another language only these are learnt from.
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
