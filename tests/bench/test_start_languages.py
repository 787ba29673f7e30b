"""What seven languages weigh at a start, beside English alone: both in one run, by turns."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from prompts.source import FALLBACK, ROOT, languages

TURNS = 3
CPU = 1.1  # times English alone, until everything is read that a start reads
MEMORY = 12.0  # MiB more
START = """
import resource, time
from bot.app import running
from bot.screens.table import load_content
from bot.telegram.connection import profile
content = load_content()
for language in content.renderer.languages:
    profile(content, language)
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

USED = 12.0  # MiB more once each of the six has been needed, beside English in use
SLACK = 1.5  # MiB by which such a figure differs from run to run
NEEDED = """
import ctypes, datetime, gc
from bot.screens.table import load_content
content = load_content()
content.warm()
def weight():
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    rows = open("/proc/self/smaps_rollup").read().splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith("Private_Dirty:")) / 1024
def need(language):
    content.library(language), content.alarms("x", language), content.adviser(language)
    tongue, day = content.tongue(language), datetime.date(2026, 3, 5)
    tongue.full_date(day), tongue.month(day), tongue.listed(["a", "b"]), tongue.plurals
    for name in content.renderer._words(language).messages.texts if COMPILED else ():
        content.renderer._words(language).messages.get_template(name)
need("en")
before = weight()
for language in content.renderer.languages:
    need(language)
print(weight() - before)
"""


@pytest.mark.long
def test_six_languages_in_use_weigh_little() -> None:
    """What is read, danger and grammar with it; templates are compiled when they are said, and weigh the rest."""
    read, said = (
        float(
            subprocess.run(  # noqa: S603 (our own program)
                [sys.executable, "-c", NEEDED.replace("COMPILED", compiled)],
                cwd=ROOT.parent,
                env=os.environ | {"PYTHONPATH": str(ROOT.parent)},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for compiled in ("False", "True")
    )
    sys.stdout.write(f"six in use: {read:+.1f} MiB, {said:+.1f} with every message said once\n")
    assert read < USED + SLACK


@pytest.mark.long
def test_a_start_weighs_hardly_more_with_seven_languages(tmp_path: Path) -> None:
    """Only what the menu says is read of another language before somebody needs it."""
    house = ROOT.parent
    for room in ("bot", "prompts", "storage"):
        shutil.copytree(house / room, tmp_path / room)
    for language in languages(ROOT):
        if language != FALLBACK:
            shutil.rmtree(tmp_path / "prompts" / language)
    taken: dict[Path, list[tuple[float, float]]] = {house: [], tmp_path: []}
    for _ in range(TURNS):
        for root, times in taken.items():
            times.append(start(root))
    (cpu, memory), (cpu_alone, memory_alone) = (
        (median(one for one, _ in times), median(two for _, two in times)) for times in taken.values()
    )
    sys.stdout.write(
        f"CPU {cpu:.2f} s, {cpu / cpu_alone:.2f} times; {memory:.0f} MiB, {memory - memory_alone:+.1f}\n"
    )
    assert cpu < CPU * cpu_alone
    assert memory < memory_alone + MEMORY


def start(root: Path) -> tuple[float, float]:
    """Read the words as a start does, in a process of its own; tell the CPU seconds and the MiB."""
    environment = os.environ | {"PYTHONPATH": str(root)}
    told = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", START], cwd=root, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    return float(told[0]), float(told[1])
