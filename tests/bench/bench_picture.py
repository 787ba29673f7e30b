"""Measure a picture of a line: what loading costs, in time and memory, and one picture, beside matplotlib.

    uv run --with matplotlib==3.11.2 python tests/bench/bench_picture.py

Each way runs in a process of its own. Promised is less than a second and 60 MB for the first picture, with all that it
loads. Without matplotlib, ours is measured alone.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 1.0, 60.0
PEERS = {
    "a template and resvg": """
from bot.screens.picture import Drawing, draw
LEVELS = [None if i % 7 == 5 else 1 + i * 37 % 9 / 2.25 for i in range(26)]
def picture(): return draw(Drawing([LEVELS], "7 September", "29 November", (2.4, 4.3)))
""",
    "matplotlib": """
import io
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
LEVELS = [float("nan") if i % 7 == 5 else 1 + i * 37 % 9 / 2.25 for i in range(26)]
def picture():
    figure = Figure(figsize=(3.9, 3.0), dpi=300)
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.axhspan(2.4, 4.3, color="#dfece6")
    axes.plot(LEVELS, color="#1d6a58", marker="o")
    made = io.BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()
""",
}
BEFORE = """
import json, resource, statistics, time
def now(): return time.process_time()
def size(): return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6
empty, start = size(), now()
"""
AFTER = """
loaded = now() - start
begun = now()
picture()
first = now() - begun
several = []
for _ in range(9):
    begun = now()
    picture()
    several.append(now() - begun)
status = open("/proc/self/status").read()  # of this program alone: what getrusage tells is its parent's, too
peak = int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
print(json.dumps([loaded, first, statistics.median(several), size() - empty, peak - empty]))
"""


def measured(code: str) -> list[float]:
    """Run one way; give the seconds of the processor for loading, the first and a later picture, and megabytes."""
    command = [sys.executable, "-c", f"{BEFORE}{code}{AFTER}"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 (ours)
    return [float(figure) for figure in json.loads(done.stdout)]


def rows(peers: Sequence[str]) -> dict[str, list[float]]:
    """Measure these ways, one after the other."""
    return {name: measured(PEERS[name]) for name in peers}


def main() -> int:
    """Print a table; 1 where ours takes more than is promised."""
    peers = [name for name in PEERS if name != "matplotlib" or importlib.util.find_spec(name)]
    found = rows(peers)
    table = [
        "| CPU, one run | loading | first picture | a later one | memory kept | at its peak |",
        "|---|---|---|---|---|---|",
    ]
    for name, (loaded, first, later, kept, peak) in found.items():
        told = [f"{1000 * seconds:.0f} ms" for seconds in (loaded, first, later)]
        table.append(f"| {name} | {' | '.join(told)} | {kept:.0f} MB | {peak:.0f} MB |")
    sys.stdout.write("\n".join((*table, "")))
    loaded, first, _, _, peak = found["a template and resvg"]
    return int(loaded + first > SECONDS or peak > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
