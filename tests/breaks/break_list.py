"""The named breaks: a rule of the code, taken out on purpose, and the tests nearest to it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Break:
    """One break: `old` becomes `new` in a file, and one of the tests must be red.

    `keeps` names what is broken by it: points of SECURITY.md by their number, its attacks by how they begin.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    keeps: tuple[str, ...] = ()

    def applied(self, text: str) -> str:
        """Break a file's text. Raises ValueError where the rule does not stand in it exactly once."""
        if (times := text.count(self.old)) != 1:
            raise ValueError(f"{self.name}: the old text stands {times} times in {self.file}")
        return text.replace(self.old, self.new)


def load(folder: Path = HERE) -> list[Break]:
    """Read every list, in the order of their names."""
    return list(_read(sorted(folder.glob("*.toml"))))


def _read(files: Iterable[Path]) -> Iterable[Break]:
    for file in files:
        for raw in tomllib.loads(file.read_text("utf-8"))["break"]:
            yield _break(raw)


def _break(raw: dict[str, Any]) -> Break:
    lists = {key: tuple(raw.get(key, ())) for key in ("tests", "keeps")}
    return Break(**raw | lists)
