"""Taking apart a parsed file, and saying in plain words what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Trail = tuple[tuple[tuple[str, int] | None, str], ...]
"""Where to look for something, the nearest first: a header's name and which of them, from 0, None being the
top of the file, each with a key below it, or "" for the header itself."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A table: what a sentence calls it, and where it stands.

    One in braces has no header, and is found by its key in the table around it.
    """

    name: str = ""
    trail: Trail = ((None, ""),)

    def key(self, key: str) -> Trail:
        """Tell where to look for a key of this table."""
        header = self.trail[0][0]
        inner = (f"{header[0]}.{key}", header[1]) if header else (key, 0)
        return ((header, key), (inner, ""), *self.trail)

    def inside(self, key: str, name: str) -> "Spot":
        """Tell the spot of a table under a key of this one."""
        own, header, *around = self.key(key)
        return Spot(f"{self.name}, {name}" if self.name else name, (header, own, *around))


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in a file: at a key, at one of its entries where `entry` is given."""

    spot: Spot
    wrong: str
    key: str = ""
    entry: str = ""

    def __str__(self) -> str:
        return f"{self.spot.name or 'the file'}: {self.wrong}"

    @property
    def trail(self) -> Trail:
        """Where to look for it."""
        return self.spot.key(self.key) if self.key else self.spot.trail


class CoachError(Exception):
    """A coach file can't be used; `findings` say where, and what to write instead."""

    def __init__(self, findings: list[Flaw]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, findings)))


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a pattern must find, or must not, and the partner's words that it answers."""

    text: str
    about: str = ""


class Table:
    """One table of a file; what is wrong in it is added to the findings, and something usable is returned."""

    def __init__(self, data: Any, spot: Spot, findings: list[Flaw]) -> None:
        self.spot = spot
        self.findings = findings
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.wrong("is no table; write its name in brackets and its keys below it")

    def wrong(self, what: str, key: str = "", entry: str = "") -> None:
        """Note a finding about this table, a key of it, or an entry under the key."""
        self.findings.append(Flaw(self.spot, what, key, entry))

    def only(self, *allowed: str) -> None:
        """Note every key that has no meaning here."""
        for key in self._data:
            if key not in allowed:
                self.wrong(f"“{key}” has no meaning here; the keys are {', '.join(allowed)}", key)

    def names(self) -> list[str]:
        """Return the keys that stand in the file, in their order."""
        return list(self._data)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; without a default it has to be there."""
        value = self._data.get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value
        self.wrong(f'“{key}” is missing or no text; write {key} = "..."', key)
        return ""

    def number(self, key: str, *, default: float) -> float:
        """Return a number from 0 to 1."""
        value = self._data.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.wrong(f"“{key}” has to be a number from 0 to 1; write {key} = {default}", key)
        return default

    def flag(self, key: str) -> bool:
        """Return whether a switch is on; without it, off."""
        value = self._data.get(key, False)
        if not isinstance(value, bool):
            self.wrong(f"“{key}” has to be true or false; write {key} = true", key)
        return value is True

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a list of texts, each once."""
        value = self._data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.wrong(f'“{key}” has to be a list of texts; write {key} = ["...", "..."]', key)
            return ()
        if needed and not value:
            self.wrong(f'“{key}” is missing or empty; write {key} = ["..."] with at least one', key)
        return tuple(dict.fromkeys(value))

    def examples(self, key: str) -> tuple[Example, ...]:
        """Return the examples of a rule: texts, or tables with `text` and `about`."""
        value = self._data.get(key, [])
        if not isinstance(value, list):
            self.wrong(f'“{key}” has to be a list of examples; write {key} = ["..."]', key)
            return ()
        return tuple(self._example(key, item) for item in value)

    def _example(self, key: str, item: Any) -> Example:
        if isinstance(item, str):
            return Example(item)
        table = Table(item, self.spot.inside(key, key), self.findings)
        table.only("text", "about")
        return Example(table.text("text"), table.text("about", default=""))

    def table(self, key: str) -> "Table":
        """Return a table inside this one; a missing one is empty."""
        return Table(self._data.get(key, {}), self.spot.inside(key, f"[{key}]"), self.findings)

    def tables(self, key: str) -> Iterator["Table"]:
        """Yield the tables of a list, each called by its number and its `kind`."""
        value = self._data.get(key, [])
        if not isinstance(value, list):
            self.wrong(f"“{key}” has to be a list of tables; write [[{key}]] above each", key)
            return
        for number, item in enumerate(value):
            name = item.get("kind", "?") if isinstance(item, Mapping) else "?"
            spot = Spot(f"[[{key}]] {number + 1} ({name})", (((key, number), ""),))
            yield Table(item, spot, self.findings)
