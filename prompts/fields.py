"""Take what a TOML table should hold, and note in plain words what is missing, mistyped or unknown."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence

from prompts.source import Finding, Location, Source

_KINDS = {
    str: ("text in quotes", '"…"'),
    int: ("a whole number", "1"),
    bool: ("true or false", "true"),
    list: ("a list", '["…", "…"]'),
}


class Fields:
    """Take the keys of one table by name and kind, and note what is missing, mistyped or unknown."""

    def __init__(
        self,
        source: Source,
        data: object,
        findings: list[Finding],
        place: Location = None,
        owner: str = "this file",
    ) -> None:
        self.source = source
        self.place = place
        self.findings = findings
        self.owner = owner
        self._data: Mapping[str, object] = data if isinstance(data, dict) else {}
        self._asked: set[str] = set()

    def inside(self, key: str) -> Fields:
        """Take a table below this one; note it where it is missing or no table."""
        self._asked.add(key)
        name = f"{self.place[0]}.{key}" if self.place else key
        data = self._data.get(key)
        if not isinstance(data, dict):
            missing = data is None
            self.wrong(
                key,
                f"There is no [{name}] here." if missing else f"`{key}` is not a table.",
                f"Begin it with [{name}].",
            )
            return Fields(self.source, None, [], (name, 0), f"[{name}]")
        return Fields(self.source, data, self.findings, (name, 0), f"[{name}]")

    def names(self) -> list[str]:
        """List the keys that are written, in their order."""
        return list(self._data)

    def wrong(self, key: str, wrong: str, write: str) -> None:
        """Note a finding at a key."""
        self.findings.append(Finding(self.source.name, self.source.line(self.place, key), wrong, write))

    def has(self, key: str) -> bool:
        """Tell whether a key is written."""
        return key in self._data

    def ask(self, *keys: str) -> None:
        """Know these keys, whether or not they are taken."""
        self._asked.update(keys)

    def text(self, key: str, *, required: bool = True) -> str:
        """Take a text without the spaces around it; "" where it is missing or wrong."""
        value = self._take(key, str, required=required)
        if not isinstance(value, str):
            return ""
        if not value.strip():
            self.wrong(
                key, f"`{key}` is empty.", "Write its words, or leave the key out if it may be absent."
            )
        return value.strip()

    def day(self, key: str) -> str:
        """Take a date as it is written; "" where it is left open."""
        value = self._take(key, str, required=True)
        return value.strip() if isinstance(value, str) else ""

    def number(self, key: str, allowed: Collection[int]) -> int:
        """Take a whole number out of a few; the smallest of them where it is wrong."""
        value = self._take(key, int, required=True)
        if isinstance(value, int) and value in allowed:
            return value
        if isinstance(value, int):
            self.wrong(key, f"`{key}` is {value}.", f"Write {_choice(allowed)}.")
        return min(allowed)

    def flag(self, key: str) -> bool:
        """Take true or false; false where it is not written."""
        return self._take(key, bool, required=False) is True

    def one_of(self, key: str, allowed: Sequence[str], *, required: bool = True) -> str:
        """Take one word out of a few; the first of them where it is wrong."""
        value = self.text(key, required=required)
        if value and value not in allowed:
            self.wrong(key, f"`{key}` is “{value}”.", f"Write one of {', '.join(allowed)}.")
        return value if value in allowed else allowed[0]

    def maybe_one_of(self, key: str, allowed: Sequence[str]) -> str | None:
        """Take one word out of a few; None where it is not written, or wrong."""
        if not self.has(key):
            self.ask(key)
            return None
        value = self.text(key)
        if value and value not in allowed:
            self.wrong(key, f"`{key}` is “{value}”.", f"Write one of {', '.join(allowed)}.")
        return value if value in allowed else None

    def two_texts(self, key: str, *, required: bool = True) -> tuple[str, str] | None:
        """Take exactly two texts, one for each side."""
        value = self._take(key, list, required=required)
        if value is None:
            return None
        if (
            isinstance(value, list)
            and len(value) == len(("one", "other"))
            and all(isinstance(item, str) and item.strip() for item in value)
        ):
            return value[0].strip(), value[1].strip()
        self.wrong(key, f"`{key}` is not two texts.", f'Write {key} = ["for one partner", "for the other"].')
        return None

    def texts(self, key: str, *, empty: bool = False) -> tuple[str, ...]:
        """Take a list of texts, one or more; none at all where it may be `empty`."""
        value = self._take(key, list, required=True)
        items = value if isinstance(value, list) else []
        if value is not None and not ((items or empty) and all(isinstance(item, str) for item in items)):
            self.wrong(key, f"`{key}` is not a list of texts.", f'Write {key} = ["…", "…"].')
        return tuple(item for item in items if isinstance(item, str))

    def words(self, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Take a list of words out of a few; empty where it is not written."""
        value = self._take(key, list, required=False)
        items = value if isinstance(value, list) else []
        for item in items:
            if item not in allowed:
                self.wrong(key, f"`{key}` holds “{item}”.", f"Write some of {', '.join(allowed)}.")
        return tuple(item for item in items if item in allowed)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, n=1)
                write = (
                    f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(sorted(self._asked))}."
                )
                self.wrong(key, f"`{key}` is not a key of {self.owner}.", write)

    def _take(self, key: str, kind: type, *, required: bool) -> object:
        self._asked.add(key)
        value = self._data.get(key)
        meaning, example = _KINDS[kind]
        if value is None:
            if required:
                self.wrong(key, f"`{key}` is missing from {self.owner}.", f"Add {key} = {example}")
            return None
        if type(value) is not kind:
            self.wrong(key, f"`{key}` is not {meaning}.", f"Write {key} = {example}")
            return None
        return value


def _choice(allowed: Collection[int]) -> str:
    if isinstance(allowed, range):
        return f"a number from {allowed[0]} to {allowed[-1]}"
    return f"one of {', '.join(map(str, sorted(allowed)))}"


def tables(source: Source, name: str, findings: list[Finding]) -> list[Mapping[str, object]]:
    """List the `[[name]]` tables of a file; note where there are none or they are something else."""
    value = source.data.get(name)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    line = source.line(key=name)
    findings.append(
        Finding(source.name, line, f"There is no [[{name}]] here.", f"Begin each one with [[{name}]].")
    )
    return []
