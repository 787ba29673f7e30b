"""Breaking one rule at a time in a copy of the project, and running the tests nearest to it."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from break_list import ROOT, Break

LEFT_OUT = shutil.ignore_patterns(".*", "uv.lock", "__pycache__", "node_modules")
LONGEST = 600.0  # seconds of a whole run; pytest ends a test that hangs, this a start that does
LONGEST_WHOLE = 1800.0  # seconds that all the tests together may take, with nothing broken
FAILED, INTERRUPTED = 1, 2  # pytest's own statuses: a test was red; what a file does at its top was
NOTHING_RAN = 5  # likewise; also said of what cannot be imported, which fails every test and proves none
NO_PROGRAM = re.compile(r"(Syntax|Import|ModuleNotFound|Name|Indentation)Error")
PYTEST = (
    *("-x", "-q", "--tb=line", "-o", "junit_duration_report=call"),
    *("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"),
)


class NotGreen(Exception):  # noqa: N818 (it says what is so)
    """A test is red with nothing broken: it would find everything."""


@dataclass(frozen=True)
class Outcome:
    """What became of a break; `seconds` is the time in tests until one was red, None where none was."""

    broken: Break
    seconds: float | None
    told: str

    @property
    def found(self) -> bool:
        """Tell whether a test was red."""
        return self.seconds is not None


class Copy:
    """A copy of the project, in which one thing at a time is broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def make(cls, root: Path, folder: Path) -> "Copy":
        """Copy a project; its bytecode is known by content, as a break may keep a file's size and second."""
        shutil.copytree(root, folder, ignore=LEFT_OUT)
        compile_all = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "."]
        subprocess.run(compile_all, cwd=folder, check=True)  # noqa: S603 (our own words)
        return cls(folder)

    def run(self, tests: Sequence[str], longest: float = LONGEST) -> tuple[int, str, float]:
        """Run tests until one is red; give pytest's status, its last words, and the seconds spent in tests."""
        report = self.folder.with_suffix(".xml")
        command = [sys.executable, "-m", "pytest", *PYTEST, f"--junitxml={report}", *tests]
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
        try:
            done = subprocess.run(  # noqa: S603 (our own words)
                command, cwd=self.folder, env=environment, capture_output=True, text=True,
                timeout=longest, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return FAILED, "it hung", longest
        seconds = sum(float(case.get("time", 0)) for case in ET.parse(report).iter("testcase"))  # noqa: S314 (pytest has just written it)
        no_program = done.returncode == INTERRUPTED and NO_PROGRAM.search(done.stdout)
        return NOTHING_RAN if no_program else done.returncode, _last_words(done.stdout), seconds

    def try_out(self, broken: Break) -> Outcome:
        """Break the rule, run its tests, and mend it."""
        with self._broken(broken):
            status, told, seconds = self.run(broken.tests)
        return Outcome(broken, seconds if status in (FAILED, INTERRUPTED) else None, told)

    @contextmanager
    def _broken(self, broken: Break) -> Iterator[None]:
        path = self.folder / broken.file
        whole = path.read_bytes()
        path.write_text(broken.applied(whole.decode("utf-8")), "utf-8")
        try:
            yield
        finally:
            path.write_bytes(whole)


def try_all(breaks: Sequence[Break], scratch: Path, jobs: int = 1, root: Path = ROOT) -> Iterator[Outcome]:
    """Try every break, several at a time, each in a copy; give the outcomes in the order of the list.

    Raises NotGreen where the tests are not green before anything is broken.
    """
    first = Copy.make(root, scratch / "copy0")
    _see_green(first, breaks)
    copies: SimpleQueue[Copy] = SimpleQueue()
    copies.put(first)
    for number in range(1, jobs):
        shutil.copytree(first.folder, scratch / f"copy{number}")
        copies.put(Copy(scratch / f"copy{number}"))

    def try_one(broken: Break) -> Outcome:
        copy = copies.get()
        try:
            return copy.try_out(broken)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(jobs) as hands:
        yield from hands.map(try_one, breaks)


def _see_green(copy: Copy, breaks: Sequence[Break]) -> None:
    """Run all the tests: one that is red anyway would find everything."""
    status, told, _ = copy.run(sorted({test for broken in breaks for test in broken.tests}), LONGEST_WHOLE)
    if status:
        raise NotGreen(f"the tests are not green before anything is broken: {told}")


def _last_words(printed: str) -> str:
    lines = [line for line in printed.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return (lines or printed.splitlines() or [""])[-1]
