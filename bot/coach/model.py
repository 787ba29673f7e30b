"""A small model that notices what no phrase says: weights of features, read from a file and added up.

It is trained from the project's own texts alone, by `tests/coach/train.py`, and holds no text: only how much each
feature speaks for a head ("danger", "unhelpful"). A file that is none, or is damaged, raises ModelError.
"""

import json
from base64 import b85decode, b85encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Self
from zlib import compress, crc32, decompressobj, error

from bot.coach.features import features, parts

FORMAT = "attune-model-1"
# No head of ours has more places; a file that says so is foreign.
MOST_PLACES = 1 << 18
# How far a score may be from what the file's own examples say, and still be the same.
ALIKE = 0.001
WIDTH = 96
_NUMBERS = ("scale", "bias", "alone", "support", "firm")


class ModelError(Exception):
    """A file is no model of this format, or was damaged."""


@dataclass(frozen=True, slots=True)
class Head:
    """What one question's weights are: each from -127 to 127, worth `scale`; above `alone` the answer is yes.

    `support` is what a phrase that was found needs to be believed, `firm` what a less sure one needs; more than
    `alone` is never asked for.
    """

    weights: memoryview
    scale: float
    bias: float
    alone: float
    support: float
    firm: float

    def score(self, places: Iterable[int]) -> float:
        """Return how much some features speak for it."""
        found = list(places)
        if not found:
            return self.bias
        return self.bias + self.scale * sum(map(self.weights.__getitem__, found)) / sqrt(len(found))


class Model:
    """Made by `Model.from_text`; keeps nothing that it has read."""

    def __init__(self, heads: Mapping[str, Head], examples: Iterable[tuple[str, str, float]]) -> None:
        self.heads = dict(heads)
        self.examples = tuple(examples)

    @classmethod
    def from_text(cls, written: str) -> Self:
        """Read a file; raise ModelError where it is no model."""
        try:
            data = json.loads(written)
            if data["format"] != FORMAT:
                raise ModelError("it is of another format; train it again")
            heads = {name: _head(block) for name, block in data["heads"].items()}
            examples = [(str(name), str(text), float(score)) for name, text, score in data["examples"]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, error) as broken:
            raise ModelError(
                f"it can't be read as a model ({type(broken).__name__}); train it again"
            ) from None
        if any(name not in heads for name, _, _ in examples):
            raise ModelError("its examples ask for a head that it has not; train it again")
        return cls(heads, examples)

    def score(self, name: str, text: str) -> float:
        """Return how much a text speaks for a head: the most that a part of it does, the bias for no words."""
        head = self.heads[name]
        scores = (head.score(features(part, len(head.weights))) for part in parts(text))
        return max(scores, default=head.bias)

    def flaws(self) -> list[str]:
        """Return in which of the file's own examples this reader comes to another score than the trainer did."""
        return [
            f"example {number} of “{name}” scores {self.score(name, text):.3f} and not {score:.3f}"
            for number, (name, text, score) in enumerate(self.examples, 1)
            if abs(self.score(name, text) - score) > ALIKE
        ]


def write_model(heads: Mapping[str, Mapping[str, Any]], examples: Iterable[tuple[str, str, float]]) -> str:
    """Return the file of a model: for each head `weights` (whole numbers), `scale`, `bias` and thresholds."""
    blocks = {name: {**block, **_packed(block["weights"])} for name, block in heads.items()}
    return (
        json.dumps(
            {"format": FORMAT, "examples": list(examples), "heads": blocks}, indent=1, ensure_ascii=False
        )
        + "\n"
    )


def _packed(weights: Iterable[int]) -> dict[str, Any]:
    raw = bytes(weight & 0xFF for weight in weights)
    written = b85encode(compress(raw, 9)).decode("ascii")
    return {
        "places": len(raw),
        "sum": crc32(raw),
        "weights": [written[at : at + WIDTH] for at in range(0, len(written), WIDTH)],
    }


def _head(block: Mapping[str, Any]) -> Head:
    places = int(block["places"])
    if not 0 < places <= MOST_PLACES:
        raise ModelError("it has no number of places that is ours; train it again")
    raw = decompressobj().decompress(b85decode("".join(block["weights"])), places + 1)
    if len(raw) != places or crc32(raw) != block["sum"]:
        raise ModelError("its weights are damaged; train it again")
    return Head(memoryview(raw).cast("b"), *(float(block[key]) for key in _NUMBERS))
