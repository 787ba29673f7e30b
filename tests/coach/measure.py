"""Count how the coach does on the labelled responses, and print the table.

    python tests/coach/measure.py                the half that patterns may be tuned on
    python tests/coach/measure.py tuning_single  responses without a moment, for tuning as well
    python tests/coach/measure.py held_apart     the half that is only counted

A suggestion on a kind response is a false alarm. Nothing of the texts is printed unless `--show` asks for it,
and that is refused for the half that is held apart.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bot.coach.coach import Coach  # noqa: E402 - found only once the root is on the path
from bot.coach.model import Model  # noqa: E402 - as above
from bot.coach.reading import NUMBERS  # noqa: E402 - as above

HALVES = ("tuning", "tuning_single", "held_apart")
# A number counts as expressed from here on.
EXPRESSED = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A response with what people would say of it."""

    about: str
    text: str
    kind: bool
    in_the_way: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset(NUMBERS)


@dataclass(slots=True)
class Count:
    """What was right and wrong on one half."""

    kind: int = 0
    unhelpful: int = 0
    false_alarms: int = 0
    caught: int = 0
    labelled: int = 0
    right_kind: int = 0
    numbers: dict[str, Counter[tuple[bool, bool]]] = field(
        default_factory=lambda: {name: Counter() for name in NUMBERS}
    )

    @property
    def precision(self) -> float:
        """Of the suggestions, how many were on unhelpful responses."""
        return self.caught / max(1, self.caught + self.false_alarms)

    @property
    def recall(self) -> float:
        """Of the unhelpful responses, how many got a suggestion."""
        return self.caught / max(1, self.unhelpful)

    def accuracy(self, number: str) -> float:
        """Of the judged responses, on how many a number was on the right side."""
        counts = self.numbers[number]
        return (counts[True, True] + counts[False, False]) / max(1, counts.total())

    def precision_of(self, number: str) -> float:
        """Of the responses in which a number was found expressed, in how many it was."""
        counts = self.numbers[number]
        return counts[True, True] / max(1, counts[True, True] + counts[False, True])

    def recall_of(self, number: str) -> float:
        """Of the responses that express it, in how many it was found."""
        counts = self.numbers[number]
        return counts[True, True] / max(1, counts[True, True] + counts[True, False])


def coach() -> Coach:
    """Return the coach with the English phrases and model."""
    folder = ROOT / "prompts" / "en"
    model = Model.from_text((folder / "coach.model").read_text("utf-8"))
    return Coach.from_data(tomllib.loads((folder / "coach.toml").read_text("utf-8")), model)


def labelled(half: str) -> Iterator[Labelled]:
    """Yield the responses of a half."""
    data = tomllib.loads((HERE / f"{half}.toml").read_text("utf-8"))
    for label in ("kind", "unhelpful"):
        for text in data.get(label, ()):
            yield Labelled(about="", text=text, kind=label == "kind")
    for moment in data.get("moment", ()):
        for response in moment["response"]:
            yield Labelled(
                about=moment["about"],
                text=response["text"],
                kind=response["label"] == "kind",
                in_the_way=frozenset(response.get("in_the_way", ())),
                shows=frozenset(response["shows"]),
                unsure=frozenset(response.get("unsure", ())),
            )


def count(reader: Coach, half: str, *, show: bool = False) -> Count:
    """Read every response of a half and count."""
    result = Count()
    for item in labelled(half):
        reading = reader.read(item.text, item.about)
        suggestion = reader.suggest(reading)
        ways = {found.kind for found in reading.gets_in_the_way}
        result.kind += item.kind
        result.unhelpful += not item.kind
        result.false_alarms += item.kind and suggestion is not None
        result.caught += not item.kind and suggestion is not None
        result.labelled += bool(item.in_the_way)
        result.right_kind += not item.kind and bool(ways & item.in_the_way)
        wrong = [
            name for name in NUMBERS if not _judge(result, name, item, getattr(reading, name) >= EXPRESSED)
        ]
        if show and (wrong or item.kind != (suggestion is None)):
            _show(
                item,
                sorted(ways),
                {name: getattr(reading, name) for name in wrong},
                alarmed=suggestion is not None,
            )
    return result


def _judge(result: Count, name: str, item: Labelled, found: bool) -> bool:  # noqa: FBT001 - the two sides of a table
    if name in item.unsure:
        return True
    expressed = name in item.shows
    result.numbers[name][expressed, found] += 1
    return expressed == found


def _show(item: Labelled, ways: list[str], wrong: dict[str, float], *, alarmed: bool) -> None:
    mark = "FALSE ALARM" if item.kind and alarmed else "missed" if not item.kind and not alarmed else ""
    label = "kind" if item.kind else ",".join(sorted(item.in_the_way))
    print(f"{mark:12}[{label}] {item.text}\n{'':13}ways {ways} numbers {wrong}")  # noqa: T201 - its purpose


def table(half: str, result: Count) -> str:
    """Return the counts as a table."""
    rows = [
        f"{half}: {result.kind} kind, {result.unhelpful} unhelpful",
        f"  precision {result.precision:.3f}   recall {result.recall:.3f}",
        f"  false alarms {result.false_alarms} in {result.kind}",
    ]
    if result.labelled:
        rows.append(f"  the right kind named {result.right_kind / result.labelled:.3f}")
    judged = [name for name in NUMBERS if result.numbers[name]]
    if judged:
        rows.append(f"  {'number':<15}{'accuracy':>9}{'precision':>11}{'recall':>8}{'judged':>8}")
    rows += [
        f"  {name:<15}{result.accuracy(name):>9.3f}{result.precision_of(name):>11.3f}"
        f"{result.recall_of(name):>8.3f}{result.numbers[name].total():>8}"
        for name in judged
    ]
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Print the table of the half that was asked for."""
    half = next((name for name in HALVES if name in arguments), HALVES[0])
    show = "--show" in arguments
    if show and half == "held_apart":
        print("The half that is held apart is counted and not looked at.")  # noqa: T201 - its purpose
        return 2
    print(table(half, count(coach(), half, show=show)))  # noqa: T201 - its purpose
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
