"""What the coach has read in a response; nothing of it prints the person's words."""

from dataclasses import dataclass, field

NUMBERS = ("reflects", "names_feeling", "makes_sense", "asks", "warmth")


@dataclass(frozen=True, slots=True)
class Found:
    """Something noticed, pointed at by the words as they were written, `start` to `end` in the text."""

    kind: str
    words: str = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Five numbers from 0 (absent) to 1 (clearly expressed), and what gets in the way.

    `reflects`, `names_feeling` and `makes_sense` are an expressed understanding of the partner, `asks` is an
    opening to say more, `warmth` an expressed feeling or care for the partner.
    """

    reflects: float = 0.0
    names_feeling: float = 0.0
    makes_sense: float = 0.0
    asks: float = 0.0
    warmth: float = 0.0
    gets_in_the_way: tuple[Found, ...] = ()
    noticed: tuple[Found, ...] = ()
    text: str = field(default="", repr=False)
    sentences: tuple[tuple[int, int], ...] = ()
    """Where each sentence of the text begins and ends, its closing marks included."""
    legible: bool = False
    """Whether there was something to read in a language that the coach knows."""
