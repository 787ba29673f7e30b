"""Taking apart a parsed file, and saying in plain words what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


class CoachError(Exception):
    """A coach file can't be used; `findings` say where, and what to write instead."""

    def __init__(self, findings: list[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(findings))


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a pattern must find, or must not, and the partner's words that it answers."""

    text: str
    about: str = ""


class Table:
    """One table of a file; what is wrong in it is added to the findings, and something usable is returned."""

    def __init__(self, data: Any, where: str, findings: list[str]) -> None:
        self.where = where
        self.findings = findings
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.wrong("is no table; write its name in brackets and its keys below it")

    def wrong(self, what: str) -> None:
        """Note a finding about this table."""
        self.findings.append(f"{self.where or 'the file'}: {what}")

    def only(self, *allowed: str) -> None:
        """Note every key that has no meaning here."""
        for key in self._data:
            if key not in allowed:
                self.wrong(f"“{key}” has no meaning here; the keys are {', '.join(allowed)}")

    def names(self) -> list[str]:
        """Return the keys that stand in the file, in their order."""
        return list(self._data)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; without a default it has to be there."""
        value = self._data.get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value
        self.wrong(f'“{key}” is missing or no text; write {key} = "..."')
        return ""

    def number(self, key: str, *, default: float) -> float:
        """Return a number from 0 to 1."""
        value = self._data.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.wrong(f"“{key}” has to be a number from 0 to 1; write {key} = {default}")
        return default

    def flag(self, key: str) -> bool:
        """Return whether a switch is on; without it, off."""
        value = self._data.get(key, False)
        if not isinstance(value, bool):
            self.wrong(f"“{key}” has to be true or false; write {key} = true")
        return value is True

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a list of texts, each once."""
        value = self._data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.wrong(f'“{key}” has to be a list of texts; write {key} = ["...", "..."]')
            return ()
        if needed and not value:
            self.wrong(f'“{key}” is missing or empty; write {key} = ["..."] with at least one')
        return tuple(dict.fromkeys(value))

    def examples(self, key: str) -> tuple[Example, ...]:
        """Return the examples of a rule: texts, or tables with `text` and `about`."""
        value = self._data.get(key, [])
        if not isinstance(value, list):
            self.wrong(f'“{key}” has to be a list of examples; write {key} = ["..."]')
            return ()
        return tuple(self._example(key, item) for item in value)

    def _example(self, key: str, item: Any) -> Example:
        if isinstance(item, str):
            return Example(item)
        table = Table(item, f"{self.where}, {key}", self.findings)
        table.only("text", "about")
        return Example(table.text("text"), table.text("about", default=""))

    def table(self, key: str) -> "Table":
        """Return a table inside this one; a missing one is empty."""
        return Table(
            self._data.get(key, {}), f"{self.where}, [{key}]" if self.where else f"[{key}]", self.findings
        )

    def tables(self, key: str) -> Iterator["Table"]:
        """Yield the tables of a list, each called by its number and its `kind`."""
        value = self._data.get(key, [])
        if not isinstance(value, list):
            self.wrong(f"“{key}” has to be a list of tables; write [[{key}]] above each")
            return
        for number, item in enumerate(value, 1):
            name = item.get("kind", "?") if isinstance(item, Mapping) else "?"
            yield Table(item, f"[[{key}]] {number} ({name})", self.findings)
