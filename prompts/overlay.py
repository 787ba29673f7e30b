"""Words of an operator's own: a folder that mirrors `prompts/` and is laid over it.

A message is laid over as a file; a file of buttons, prompts and the like key by key: what it has is its own,
what it leaves out is ours. Nothing of ours is written to, so that an upgrade takes nothing away. Of each
original the folder keeps a fingerprint, by which `check` sees that it has changed since; and what has gone
with a release is passed over, where the fingerprint tells that it was there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from prompts.source import Finding, Location, Source, WordsError, display_name, read_text, read_toml

ORIGINALS = "originals.json"

Block = Mapping[str, object]


def fingerprint(value: object) -> str:
    """Return the fingerprint of an original: a template's text, or what stands under a key."""
    told = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def piece_name(language: str, file: str, key: str = "") -> str:
    """Name what is laid over, as a person types it: `en/buttons.toml seal`."""
    return f"{language}/{file} {key}".rstrip()


def id_of(block: Block) -> str:
    """Return a table's id, whatever stands there."""
    return str(block.get("id"))


def blocks_of(value: object) -> list[Block] | None:
    """Return the tables of `[[name]]`; None for anything else."""
    if isinstance(value, list) and value and all(isinstance(block, dict) for block in value):
        return value
    return None


@dataclass(frozen=True, slots=True)
class Overlay:
    """A folder of words to lay over ours, read anew whenever it is asked."""

    root: Path

    def originals(self) -> Mapping[str, str]:
        """Return the fingerprints that are kept, by what is laid over. Raises WordsError where they can't be read."""
        path = self.root / ORIGINALS
        try:
            kept = json.loads(read_text(path, self.root)) if path.exists() else {}
        except ValueError:
            kept = None
        if not isinstance(kept, dict) or not all(isinstance(value, str) for value in kept.values()):
            name = display_name(path, self.root)
            wrong = "These fingerprints can't be read."
            raise WordsError([Finding(name, 1, wrong, "Delete the file; `overlay seen` writes it anew.")])
        return kept

    def templates(self, language: str) -> list[Path]:
        """List its templates in a language."""
        return sorted((self.root / language / "messages").glob("*.j2"))

    def read(self, language: str, file: str) -> Source | None:
        """Read one of its files; None where it has no such one. Raises WordsError."""
        path = self.root / language / file
        return read_toml(path, self.root) if path.exists() else None

    def decks(self, language: str) -> list[str]:
        """Name its decks in a language."""
        return [path.name for path in (self.root / language / "decks").glob("*.toml")]

    def sources(self, language: str) -> Iterator[tuple[str, Source]]:
        """Read its files in a language that are laid over key by key, each with its name there."""
        folder = self.root / language
        for path in sorted([*folder.glob("*.toml"), *(folder / "decks").glob("*.toml")]):
            yield path.relative_to(folder).as_posix(), read_toml(path, self.root)

    def laid(self, language: str, file: str, ours: Source | None, table: str) -> Source | None:
        """Read one of its files completed by ours, each table by its id; None where it has no such file.

        The tables stand in the order of ours, new ones behind them; lines are those of the overlay's file.
        """
        theirs = self.read(language, file)
        if theirs is None:
            return ours
        before = ours.data if ours else {}
        data = {**before, **{key: _over(before.get(key), value) for key, value in theirs.data.items()}}
        own = blocks_of(theirs.data.get(table))
        if own is None and table in theirs.data:
            return replace(theirs, data=data)
        mine = {id_of(block): block for block in blocks_of(before.get(table)) or ()}
        originals = self.originals()
        places: list[tuple[Block, int | None]] = []
        taken: set[object] = set()
        for name, block in mine.items():
            at = next((at for at, over in enumerate(own or ()) if id_of(over) == name), None)
            places.append((block if at is None or own is None else {**block, **own[at]}, at))
            taken.add(at)
        for at, block in enumerate(own or ()):
            gone = id_of(block) not in mine and piece_name(language, file, id_of(block)) in originals
            if at not in taken and not gone:
                places.append(({**mine.get(id_of(block), {}), **block}, at))
        data[table] = [block for block, _ in places]
        moved = {at: number for number, (_, at) in enumerate(places) if at is not None}
        return _LaidSource(theirs.name, theirs.text, data, table, moved)


def _over(ours: object, theirs: object) -> object:
    """Lay one value over another: a table, such as an arc, key by key."""
    return {**ours, **theirs} if isinstance(ours, dict) and isinstance(theirs, dict) else theirs


@dataclass(frozen=True)
class _LaidSource(Source):
    """A file whose tables stand among ours: `moved` tells the number that each has now."""

    table: str
    moved: Mapping[int, int]

    @cached_property
    def lines(self) -> Mapping[tuple[Location, str], int]:
        """The lines of its own headers and keys, by where they stand now."""
        lines: dict[tuple[Location, str], int] = {}
        for (place, key), line in super().lines.items():
            if place is None or place[0].partition(".")[0] != self.table:
                lines[place, key] = line
            elif place[1] in self.moved:
                lines[(place[0], self.moved[place[1]]), key] = line
        return lines
