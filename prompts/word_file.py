"""A file of words, each with an id: read with care, and complete through English.

Which of them a couple meets is walked, not drawn: each couple has an order of its own, and a round takes
the next one. So what is rendered again says the same, and nothing comes back before the rest has been seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from prompts.fields import Fields, tables
from prompts.overlay import Overlay
from prompts.source import FALLBACK, Finding, Source, WordsError, read_toml

OrderSeed = int | str
"""What is a couple's own, such as its id: the same seed walks the same order."""


@dataclass(frozen=True, slots=True)
class Item:
    """Anything a writer adds with an id."""

    id: str


_Item = TypeVar("_Item", bound=Item)
_Item_co = TypeVar("_Item_co", bound=Item, covariant=True)


@dataclass(frozen=True, slots=True)
class WordFile(Generic[_Item_co]):
    """A file of such words: how one is read, and which facts of it are English's for every language."""

    file: str
    table: str
    parse: Callable[[Fields], _Item_co]
    facts: tuple[str, ...]


def read_words(
    words: WordFile[_Item], folder: Path, root: Path, findings: list[Finding]
) -> tuple[Source, list[_Item]] | None:
    """Read one language's file as far as it can be read, and note what is wrong with the rest."""
    try:
        source = read_toml(folder / words.file, root)
    except WordsError as error:
        findings += error.findings
        return None
    return source, parse_items(words, source, findings)


def parse_items(words: WordFile[_Item], source: Source, findings: list[Finding]) -> list[_Item]:
    """Read what a file holds as far as it can be read, and note what is wrong with the rest."""
    items: list[_Item] = []
    for index, block in enumerate(tables(source, words.table, findings)):
        fields = Fields(source, block, findings, (words.table, index), f"a {words.table}")
        item = words.parse(fields)
        fields.finish()
        if item.id in {before.id for before in items}:
            fields.wrong(
                "id", f"The {words.table} “{item.id}” is here twice.", "Give this one an id of its own."
            )
        items.append(item)
    top = Fields(source, source.data, findings)
    top.ask(words.table)
    top.finish()
    return items


def load_file(
    words: WordFile[_Item],
    chain: Sequence[str],
    root: Path,
    findings: list[Finding],
    overlay: Overlay | None = None,
) -> Mapping[str, _Item]:
    """Read a file in a chain of languages, English first: each gives its words to the same ids."""
    items: dict[str, _Item] = {}
    for language in chain:
        try:
            source = _source(words, language, root, overlay)
        except WordsError as error:
            findings += error.findings
            continue
        for index, item in enumerate(parse_items(words, source, findings) if source else ()):
            if language == FALLBACK:
                items[item.id] = item
            elif item.id in items:
                facts = {name: getattr(items[item.id], name) for name in words.facts}
                items[item.id] = replace(item, **facts)
            elif source:
                line = source.line((words.table, index), "id")
                wrong = f"English has no {words.table} “{item.id}”."
                findings.append(Finding(source.name, line, wrong, "Write it in English first."))
    return MappingProxyType(items)


def load_own(
    words: WordFile[_Item], language: str, root: Path, findings: list[Finding], overlay: Overlay | None = None
) -> Mapping[str, _Item]:
    """Read a file of one language alone; nothing where another than English has none."""
    try:
        source = _source(words, language, root, overlay)
    except WordsError as error:
        findings += error.findings
        return {}
    return MappingProxyType(
        {item.id: item for item in parse_items(words, source, findings)} if source else {}
    )


def _source(words: WordFile[_Item], language: str, root: Path, overlay: Overlay | None) -> Source | None:
    path = root / language / words.file
    source = read_toml(path, root) if language == FALLBACK or path.exists() else None
    return overlay.laid(language, words.file, source, words.table) if overlay else source


def shuffled(items: Iterable[_Item], seed: OrderSeed) -> list[_Item]:
    """Put items in the order of a seed: the same on every machine, and kept when one is added."""
    return sorted(
        items, key=lambda item: hashlib.blake2b(f"{seed}:{item.id}".encode(), digest_size=8).digest()
    )


def walk(items: Iterable[_Item], seed: OrderSeed, turn: int) -> _Item:
    """Take the item whose turn it is in the order of a seed."""
    order = shuffled(items, seed)
    return order[turn % len(order)]


def stroll(items: Sequence[_Item], seed: OrderSeed, turn: int) -> _Item:
    """Take the item whose turn it is, for what comes on some turns only.

    Each lap has an order of its own: what comes every fifth turn would else meet the same one of five.
    """
    lap, place = divmod(turn, len(items))
    return shuffled(items, f"{seed}:{lap}")[place]
