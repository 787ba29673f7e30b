"""Files that a writer edits: read with care, each thing known by its line.

`tomli` is `tomllib` compiled, and takes a third of its time. Neither gives positions, nor does tomlkit (its issue
55, open since 2019), so a line is found by a plain search for headers and keys. Where a key is written in an unusual
way, its table's line is named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import tomli

ROOT = Path(__file__).parent
FALLBACK = "en"

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?")
_KEY = re.compile(r"""\s*(?:([A-Za-z0-9_-]+)|"([^"\\]+)"|'([^']+)')\s*=""")
_BEGINNING = 30
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing in the words that a writer should know, and what to write instead.

    `file` is as a writer knows it (`prompts/en/decks/home.toml`); a `note` is information, nothing to repair.
    """

    file: str
    line: int
    wrong: str
    write: str
    note: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong} {self.write}".rstrip()


class WordsError(Exception):
    """The words cannot be used as they are; `findings` says where and what to write."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


Location = tuple[str, int] | None
"""A table of a file: its header's name and which of them, from 0; None is the top of the file."""


@dataclass(frozen=True)
class Source:
    """A parsed TOML file that knows its lines, once somebody asks for one."""

    name: str
    text: str
    data: Mapping[str, object]

    @cached_property
    def lines(self) -> Mapping[tuple[Location, str], int]:
        """The lines of headers and keys, by where they stand."""
        return _find_lines(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        """The lines of all headers and keys, in order."""
        return sorted(set(self.lines.values()))

    @cached_property
    def _rows(self) -> list[str]:
        return self.text.splitlines()

    def line(self, place: Location = None, key: str = "") -> int:
        """Tell the line of a key or a header, or of the table it is in where it is not found."""
        return self.first_line(_trail(place, key))

    def line_of(self, words: str, place: Location, key: str) -> int:
        """Tell the line on which a key's words begin, where they are one of several; else that of the key."""
        return self.first_line(_trail(place, key), words)

    def first_line(self, trail: Iterable[tuple[Location, str]], words: str = "") -> int:
        """Tell the line of the first of these that is found, or of the words in what follows it; else 1.

        Each of the trail is a place with a key below it, or with "" for its header.
        """
        first = next((self.lines[step] for step in trail if step in self.lines), 1)
        if not words:
            return first
        after = bisect_right(self._starts, first)
        following = self._rows[first - 1 : self._starts[after] - 1 if after < len(self._starts) else None]
        for sought in filter(None, (words, words[:_BEGINNING])):
            for number, line in enumerate(following, first):
                if sought in line:
                    return number
        return first


def _trail(place: Location, key: str) -> tuple[tuple[Location, str], ...]:
    """Where to look for a key: where it stands, as a header of its own, and at the table that should have it."""
    inner = (f"{place[0]}.{key}", place[1]) if place else (key, 0)
    return (place, key), (inner, ""), (place, "")


def languages(root: Path = ROOT) -> tuple[str, ...]:
    """List the languages that have a folder, English first."""
    found = sorted(path.name for path in root.iterdir() if path.is_dir() and _LANGUAGE.fullmatch(path.name))
    return tuple(sorted(found, key=lambda name: name != FALLBACK))


def nearest(language: str, known: Collection[str]) -> Sequence[str]:
    """List the languages to read for a person's, the nearest first and English last.

    A language comes from Telegram: it only ever picks from the folders that are there.
    """
    return _nearest(language, tuple(known))


@lru_cache(maxsize=512)  # asked several times an update; whatever Telegram names
def _nearest(language: str, known: tuple[str, ...]) -> tuple[str, ...]:
    wanted = language.lower().replace("_", "-")
    bare = wanted.partition("-")[0]
    kin = sorted(
        name for name in known if name.startswith(f"{bare}-")
    )  # another country's is nearer than English
    chain = dict.fromkeys([wanted, bare, *kin[:1], FALLBACK])
    return tuple(name for name in chain if name in known)


def display_name(path: Path, root: Path) -> str:
    """Name a file the way a writer knows it, without anything of the machine."""
    return path.relative_to(root.parent).as_posix()


def read_text(path: Path, root: Path) -> str:
    """Read a text file; raise WordsError where it is missing or not UTF-8."""
    name = display_name(path, root)
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise WordsError(
            [Finding(name, 1, "This file is missing.", "Write it; STYLE.md shows how.")]
        ) from None
    except OSError as error:
        wrong = f"This can't be read ({type(error).__name__})."
        raise WordsError([Finding(name, 1, wrong, "Make it a file that this program may read.")]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise WordsError([Finding(name, line, "This is not UTF-8.", "Save the file as UTF-8.")]) from None


def read_toml(path: Path, root: Path) -> Source:
    """Read a TOML file; raise WordsError, with the line, where its form is broken."""
    text = read_text(path, root)
    name = display_name(path, root)
    try:
        return Source(name, text, tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else max(1, len(text.splitlines()))
        what = _AT_LINE.sub("", str(error)).removesuffix(" (at end of document)")
        wrong = f"This is not valid TOML: {what[:1].lower()}{what[1:]}."
        raise WordsError(
            [Finding(name, line, wrong, "Look for a missing quote, bracket or comma.")]
        ) from None


def _find_lines(text: str) -> dict[tuple[Location, str], int]:
    lines: dict[tuple[Location, str], int] = {}
    counts: dict[str, int] = {}
    place: Location = None
    in_long_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not in_long_text:
            if header := _HEADER.match(line):
                place = _place(header, counts)
                lines[place, ""] = number
                around = place[0].rpartition(".")[0], place[1]  # the table around it may have no header
                lines.setdefault((around, ""), number)
            elif key := _KEY.match(line):
                lines.setdefault((place, key[1] or key[2] or key[3]), number)
        if (line.count('"""') + line.count("'''")) % 2:
            in_long_text = not in_long_text
    return lines


def _place(header: re.Match[str], counts: dict[str, int]) -> tuple[str, int]:
    """Count a header; a table below one of several has the number of that one."""
    name = header[2]
    if header[1] == "[[":
        counts[name] = counts.get(name, 0) + 1
        return name, counts[name] - 1
    return name, counts.get(name.rpartition(".")[0], 1) - 1
