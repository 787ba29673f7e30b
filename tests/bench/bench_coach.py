"""Measure the coach: how long its start takes, and one text.

    python tests/bench/bench_coach.py [--small]

Promised are 200 texts a second after the start, and less than 5 ms for one. Counted is the time of the processor, so
that a busy machine does not change the figures. `--small` reads fewer texts and is done in a few seconds. The texts
are the half of the labelled ones that patterns may be tuned on.
"""

import resource
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bot.coach.coach import Coach  # noqa: E402 - found only once the root is on the path
from bot.coach.danger import Danger  # noqa: E402 - as above
from bot.coach.model import Model  # noqa: E402 - as above

ENGLISH = ROOT / "prompts" / "en"
TEXTS_A_SECOND = 200
MILLISECONDS = 5.0
IMPORTS = ("regex", "rapidfuzz.distance.OSA", "bot.coach.coach")
FULL = "I hear you, but you should have told them that it was only a joke, and you always do this. "
NEARLY = "he said that i want to tell you that it hit me "

Row = tuple[str, str, str]


def milliseconds(act: Callable[[], object]) -> float:
    """Return how much of the processor one call takes."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def starts(times: int) -> list[Row]:
    """Measure what has to happen once: importing, parsing the files, making coach and danger from them."""
    bare = min(_fresh("pass") for _ in range(times))
    rows: list[Row] = []
    for name in IMPORTS:
        took = min(_fresh(f"import {name}") for _ in range(times)) - bare
        rows.append((f"import {name}", f"{took:.0f} ms", ""))
    for file, make in (("coach.toml", Coach.from_data), ("danger.toml", Danger.from_data)):
        written = (ENGLISH / file).read_text("utf-8")
        parsed = min(milliseconds(partial(tomllib.loads, written)) for _ in range(times))
        made = min(milliseconds(partial(make, tomllib.loads(written))) for _ in range(times))
        name = file.removesuffix(".toml")
        read = min(milliseconds(partial(_model, name)) for _ in range(times))
        rows.append((f"read {name}.model", f"{read:.0f} ms", ""))
        rows += [(f"parse {file}", f"{parsed:.0f} ms", ""), (f"make it from {file}", f"{made:.0f} ms", "")]
    return rows


def texts(coach: Coach, pairs: Sequence[tuple[str, str]]) -> list[Row]:
    """Measure reading and suggesting, text by text."""
    took = [milliseconds(partial(_whole, coach, text, about)) for about, text in pairs]
    rate, half = len(took) / sum(took) * 1000, statistics.median(took)
    worst = statistics.quantiles(took, n=100)[98]
    return [
        ("texts read", f"{len(took)}", ""),
        ("texts a second", f"{rate:.0f}", _verdict(kept=rate >= TEXTS_A_SECOND, promise="at least 200")),
        ("one text, median", f"{half:.2f} ms", _verdict(kept=half < MILLISECONDS, promise="under 5 ms")),
        ("one text, 99 of 100", f"{worst:.2f} ms", _verdict(kept=worst < MILLISECONDS, promise="under 5 ms")),
    ]


def lengths(coach: Coach, danger: Danger, times: int) -> list[Row]:
    """Measure growing texts: the time may grow with the length and no faster."""
    rows: list[Row] = []
    for signs in (1000, 2000, 4000):
        text = (FULL * signs)[:signs]
        took = min(milliseconds(partial(coach.read, text, text)) for _ in range(times))
        rows.append((f"full of what gets in the way, {signs} signs", f"{took:.1f} ms", ""))
    for signs in (4000, 16_000, 64_000):
        text = (NEARLY * signs)[:signs]
        took = min(milliseconds(partial(danger.notices, text)) for _ in range(times))
        rows.append((f"danger, {signs} signs", f"{took:.1f} ms", ""))
    return rows


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 when a promise is not kept."""
    small = "--small" in arguments
    data = tomllib.loads((ROOT / "tests" / "coach" / "tuning.toml").read_text("utf-8"))
    pairs = [(moment["about"], item["text"]) for moment in data["moment"] for item in moment["response"]]
    coach = Coach.from_data(tomllib.loads((ENGLISH / "coach.toml").read_text("utf-8")), _model("coach"))
    danger = Danger.from_data(tomllib.loads((ENGLISH / "danger.toml").read_text("utf-8")), _model("danger"))
    times = 2 if small else 7
    rows = [
        *starts(times),
        *texts(coach, pairs[:100] if small else pairs * 3),
        *lengths(coach, danger, times),
    ]
    for name, value, verdict in rows:
        print(f"{name:<46}{value:>10}  {verdict}".rstrip())  # noqa: T201 - its purpose
    return int(any(verdict.startswith("NOT") for _, _, verdict in rows))


def _model(name: str) -> Model:
    return Model.from_text((ENGLISH / f"{name}.model").read_text("utf-8"))


def _whole(coach: Coach, text: str, about: str) -> None:
    coach.suggest(coach.read(text, about))


def _fresh(code: str) -> float:
    """Return what a new interpreter takes for some code, in milliseconds of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)  # noqa: S603 - our own interpreter and code
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _verdict(*, kept: bool, promise: str) -> str:
    return f"{'kept' if kept else 'NOT kept'}: {promise}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
