"""A small model that notices what no phrase says: weights of features, read from a file and added up.

It is trained from the project's own texts alone, by `tests/coach/train.py`, and holds no text but six of them as its
own examples: only how much each feature speaks for a kind ("contempt", "papers"), and for any of them. A file that
is none, or is damaged, raises ModelError.
"""

import json
from base64 import b85decode, b85encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import itemgetter, mul
from typing import Any, NamedTuple, Self
from zlib import compress, crc32, decompressobj, error

from bot.coach.features import features, parts
from bot.coach.senses import NONE, Senses
from bot.coach.wording import wording

FORMAT = "attune-model-4"
# No file of ours has more places; one that says so is foreign.
MOST_PLACES = 1 << 17
# How far a score may be from what the file's own examples say, and still be the same.
ALIKE = 0.001
WIDTH = 512
# The head that speaks for any of the kinds.
ANY = "any"


Take = Callable[[Sequence[int]], Sequence[int]]


class ModelError(Exception):
    """A file is no model of this format, or was damaged: on a line of it, where that is known."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Head:
    """How much each feature speaks for one kind: from -127 to 127, worth `scale`."""

    weights: memoryview
    scale: float
    bias: float

    def score(self, taken: Take, worth: Sequence[int], length: float) -> float:
        """Return how much some features speak for it: `taken` takes their weights, `length` is that of their worth."""
        total: int = sum(map(mul, taken(self.weights), worth))
        return self.bias + self.scale * total / length


@dataclass(frozen=True, slots=True)
class Limits:
    """From which scores on something is believed.

    Above `alone` the answer is yes. `support` is what a phrase that was found needs, `firm` what a less sure one
    needs; more than `alone` is never asked for. Above `doubt` nobody is said to feel heard, and below `heard` they
    are where nothing is in the way; of danger, below `doubt` not even a phrase counts that needs hardly any
    support. `share` is how much the head for any kind counts.
    """

    share: float
    alone: float
    support: float
    firm: float
    doubt: float
    heard: float


class Judged(NamedTuple):
    """How much a text speaks for some kind, for which the most, and how far that is ahead of the next."""

    score: float
    kind: str
    lead: float


class Model:
    """Made by `Model.from_text`; keeps nothing that it has read."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.about = str(data["about"])
        self.places = int(data["places"])
        if not 0 < self.places <= MOST_PLACES:
            raise ModelError("it has no number of places that is ours; train it again")
        self.common = frozenset(map(str, data["common"]))
        self._senses = Senses.from_data(data["senses"]) if "senses" in data else NONE
        self.language = str(data.get("language", "en"))
        meanings = {str(name): str(known) for name, known in data.get("meanings", {}).items()}
        self._wording = wording(self.language, meanings)
        self._worth = _unpacked(data["worth"], self.places)
        heads = {name: self._head(block) for name, block in data["heads"].items()}
        self._any = heads.pop(ANY)
        self.heads: Mapping[str, Head] = heads
        self.limits = Limits(**{key: float(value) for key, value in data["limits"].items()})
        self.examples = [(str(text), float(score)) for text, score in data["examples"]]
        if not heads:
            raise ModelError("it has no kinds; train it again")

    @classmethod
    def from_text(cls, written: str) -> Self:
        """Read a file; raise ModelError where it is no model."""
        try:
            data = json.loads(written)
            if data["format"] != FORMAT:
                raise ModelError("it is of another format; train it again")
            return cls(data)
        except json.JSONDecodeError as broken:
            raise ModelError(f"it is no JSON ({broken.msg}); train it again", broken.lineno) from None
        except KeyError as missing:
            raise ModelError(f"“{missing.args[0]}” is missing from it; train it again") from None
        except (ValueError, TypeError, AttributeError, RecursionError, error) as broken:
            raise ModelError(
                f"it can't be read as a model ({type(broken).__name__}); train it again"
            ) from None

    def _head(self, block: Mapping[str, Any]) -> Head:
        return Head(_unpacked(block, self.places), float(block["scale"]), float(block["bias"]))

    def judge(self, text: str, hints: Iterable[str] = ()) -> Judged:
        """Return how much a text speaks for some kind, and for which: the most that a part of it does.

        `hints` are features that are known from elsewhere. A text without words speaks for none.
        """
        known = tuple(hints)
        found = [self._judge(self._places(part, known)) for part in parts(text, self._wording)]
        return max(found, default=Judged(-1.0, next(iter(self.heads)), 0.0))

    def score(self, text: str, hints: Iterable[str] = ()) -> float:
        """Return how much a text speaks for some kind."""
        return self.judge(text, hints).score

    def scores(self, part: list[str], hints: Iterable[str] = ()) -> dict[str, float]:
        """Return how much one part of a text, as `parts` gives it, speaks for each kind and for any of them."""
        return self._scores(self._places(part, hints))

    def _places(self, part: list[str], hints: Iterable[str]) -> list[int]:
        return features(part, self.places, hints, self.common, self._senses, wording=self._wording)

    def _scores(self, places: list[int]) -> dict[str, float]:
        taken = itemgetter(
            *places, 0, 0
        )  # two more, worth nothing: of fewer than two it would return no tuple
        worth = [*map(self._worth.__getitem__, places), 0, 0]
        length = sqrt(sum(map(mul, worth, worth))) or 1.0
        heads = (*self.heads.items(), (ANY, self._any))
        return {name: head.score(taken, worth, length) for name, head in heads}

    def _judge(self, places: list[int]) -> Judged:
        scores = self._scores(places)
        anything = scores.pop(ANY)
        ranked = sorted((score, name) for name, score in scores.items())
        score, kind = ranked[-1]
        lead = score - ranked[-2][0] if len(ranked) > 1 else score
        return Judged(score + self.limits.share * anything, kind, lead)

    def flaws(self) -> list[str]:
        """Return in which of the file's own examples this reader comes to another score than the trainer did."""
        return [
            f"example {number} of “{self.about}” scores {self.score(text):.3f} and not {score:.3f}"
            for number, (text, score) in enumerate(self.examples, 1)
            if abs(self.score(text) - score) > ALIKE
        ]


def write_model(data: Mapping[str, Any]) -> str:
    """Return the file of a model: what `Model` reads, with `worth` and the heads' `weights` as whole numbers."""
    blocks = {name: {**block, **_packed(block["weights"])} for name, block in data["heads"].items()}
    written = {"format": FORMAT, **data, "worth": _packed(data["worth"]), "heads": blocks}
    return json.dumps(written, indent=1, ensure_ascii=False) + "\n"


def _packed(weights: Iterable[int]) -> dict[str, Any]:
    raw = bytes(weight & 0xFF for weight in weights)
    written = b85encode(compress(raw, 9)).decode("ascii")
    return {"sum": crc32(raw), "weights": [written[at : at + WIDTH] for at in range(0, len(written), WIDTH)]}


def _unpacked(block: Mapping[str, Any], places: int) -> memoryview:
    raw = decompressobj().decompress(b85decode("".join(block["weights"])), places + 1)
    if len(raw) != places or crc32(raw) != block["sum"]:
        raise ModelError("its weights are damaged; train it again")
    return memoryview(raw).cast("b")
