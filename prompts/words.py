"""The words around a prompt: starters, frames, closings, and what a way is.

Which of them a couple meets is walked, not drawn: each couple has an order of its own, and a round takes
the next one. So a reveal that is rendered again says the same, and nothing comes back before the rest has
been seen. English holds every one of them with its facts; another language holds words for the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from prompts.deck import STARTER_KINDS, WAYS, StarterKind, Way, take_id
from prompts.fields import Fields, tables
from prompts.source import FALLBACK, ROOT, Finding, Source, WordsError, languages, nearest, read_toml

Seed = int | str
"""What is a couple's own, such as its id: the same seed walks the same order."""


@dataclass(frozen=True, slots=True)
class Item:
    """Anything a writer adds with an id."""

    id: str


@dataclass(frozen=True, slots=True)
class Starter(Item):
    """The opening of a response, which the person goes on from."""

    kind: StarterKind
    button: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame(Item):
    """What stands before a partner's words at the reveal; `ways` is empty where it suits them all."""

    ways: tuple[Way, ...]
    text: str
    text_listened: str

    def words(self, *, listened: bool = False) -> str:
        """Give its words, `{other}` unreplaced; those for a voice message when `listened`."""
        return self.text_listened if listened else self.text


@dataclass(frozen=True, slots=True)
class Closing(Item):
    """The last words of a round."""

    text: str


@dataclass(frozen=True, slots=True)
class WayWords(Item):
    """What a way is and why it helps, with the study behind it; its id is the way."""

    title: str
    text: str
    source: str


_Item = TypeVar("_Item", bound=Item)
_Item_co = TypeVar("_Item_co", bound=Item, covariant=True)

_MIXES: Mapping[StarterKind, tuple[StarterKind, ...]] = {
    StarterKind.REFLECT: (StarterKind.REFLECT, StarterKind.SENSE, StarterKind.IMAGINE),
    StarterKind.SENSE: (StarterKind.SENSE, StarterKind.REFLECT, StarterKind.IMAGINE),
    StarterKind.IMAGINE: (StarterKind.IMAGINE, StarterKind.REFLECT, StarterKind.SENSE),
    StarterKind.GOOD: (StarterKind.GOOD, StarterKind.GOOD, StarterKind.REFLECT),
    StarterKind.THANKS: (StarterKind.THANKS, StarterKind.THANKS, StarterKind.REFLECT),
}
"""The three starters offered after a prompt: its own kind first."""


@dataclass(frozen=True, slots=True)
class Words:
    """All of these words in one language, English where that language has none yet."""

    language: str
    starters: Mapping[str, Starter]
    frames: Mapping[str, Frame]
    closings: Mapping[str, Closing]
    ways: Mapping[Way, WayWords]

    def starters_for(self, kind: StarterKind, seed: Seed, turn: int) -> tuple[Starter, ...]:
        """Pick a round's three starters; `turn` is how many rounds the couple had before it."""
        picked: list[Starter] = []
        for wanted in _MIXES[kind]:
            items = [item for item in self.starters.values() if item.kind is wanted and item not in picked]
            picked.append(walk(items, seed, turn))
        return tuple(picked)

    def frame_for(self, way: Way, seed: Seed, turn: int) -> Frame:
        """Pick a round's frame; `turn` is how many rounds the couple had before it.

        Every frame for several ways has a place in the couple's order, and the round takes the place that is
        next. Those written for one way stand in on its rounds: first in places that don't suit it, then
        evenly spread. So no frame of either sort comes twice within one walk through the order.
        """
        places = shuffled((item for item in self.frames.values() if len(item.ways) != 1), seed)
        own = shuffled((item for item in self.frames.values() if item.ways == (way,)), seed)
        place = turn % len(places)
        return _stand_ins(way, places, own).get(place, places[place])

    def closing_for(self, seed: Seed, turn: int) -> Closing:
        """Pick a round's last words; `turn` is how many rounds the couple had before it."""
        return walk(self.closings.values(), seed, turn)


def _stand_ins(way: Way, places: Sequence[Frame], own: Sequence[Frame]) -> dict[int, Frame]:
    """Spread a way's own frames over the places; they repeat where too many places don't suit it."""
    if not own:
        return {}
    unfit = [place for place, frame in enumerate(places) if frame.ways and way not in frame.ways]
    standing = {place: own[number % len(own)] for number, place in enumerate(unfit)}
    free = [place for place in range(len(places)) if place not in standing]
    rest = own[len(unfit) :][: len(free)]
    return standing | {free[number * len(free) // len(rest)]: frame for number, frame in enumerate(rest)}


def shuffled(items: Iterable[_Item], seed: Seed) -> list[_Item]:
    """Put items in the order of a seed: the same on every machine, and kept when one is added."""
    return sorted(
        items, key=lambda item: hashlib.blake2b(f"{seed}:{item.id}".encode(), digest_size=8).digest()
    )


def walk(items: Iterable[_Item], seed: Seed, turn: int) -> _Item:
    """Take the item whose turn it is in the order of a seed."""
    order = shuffled(items, seed)
    return order[turn % len(order)]


@dataclass(frozen=True, slots=True)
class Shelf(Generic[_Item_co]):
    """A file of such words: how one is read, and which facts of it are English's for every language."""

    file: str
    table: str
    parse: Callable[[Fields], _Item_co]
    facts: tuple[str, ...]


def _parse_starter(fields: Fields) -> Starter:
    kind = StarterKind(fields.one_of("kind", STARTER_KINDS))
    return Starter(take_id(fields), kind, fields.text("button"), fields.text("text"))


def _parse_frame(fields: Fields) -> Frame:
    ways = tuple(map(Way, fields.words("ways", WAYS)))
    return Frame(take_id(fields), ways, fields.text("text"), fields.text("text_listened"))


def _parse_closing(fields: Fields) -> Closing:
    return Closing(take_id(fields), fields.text("text"))


def _parse_way(fields: Fields) -> WayWords:
    way = Way(fields.one_of("id", WAYS))
    return WayWords(way, fields.text("title"), fields.text("text"), fields.text("source"))


STARTERS = Shelf("starters.toml", "starter", _parse_starter, ("kind",))
FRAMES = Shelf("frames.toml", "frame", _parse_frame, ("ways",))
CLOSINGS = Shelf("closings.toml", "closing", _parse_closing, ())
WAY_WORDS = Shelf("ways.toml", "way", _parse_way, ())


def load_words(language: str = FALLBACK, root: Path | None = None) -> Words:
    """Load the words around a prompt; raise WordsError with all findings where a file is broken."""
    root = root or ROOT
    findings: list[Finding] = []
    chain = nearest(language, languages(root))[::-1]
    starters = _load(STARTERS, chain, root, findings)
    frames = _load(FRAMES, chain, root, findings)
    closings = _load(CLOSINGS, chain, root, findings)
    ways = _load(WAY_WORDS, chain, root, findings)
    if findings:
        raise WordsError(sorted(findings))
    by_way = MappingProxyType({Way(name): words for name, words in ways.items()})
    words = Words(language, starters, frames, closings, by_way)
    if missing := [*_find_missing(words, root.name)]:
        raise WordsError(missing)
    return words


def _find_missing(words: Words, root_name: str) -> Iterator[Finding]:
    for kind in StarterKind:
        if sum(item.kind is kind for item in words.starters.values()) < _MIXES[kind].count(kind):
            wrong = f"There are too few starters of kind {kind}."
            yield Finding(f"{root_name}/{FALLBACK}/{STARTERS.file}", 1, wrong, "Add one.")
    if all(frame.ways for frame in words.frames.values()):
        wrong = "Every frame here is for some ways only."
        yield Finding(f"{root_name}/{FALLBACK}/{FRAMES.file}", 1, wrong, "Add one without `ways`.")
    for way in Way:
        if way not in words.ways:
            wrong = f"The way {way} is not told here."
            yield Finding(
                f"{root_name}/{FALLBACK}/{WAY_WORDS.file}", 1, wrong, f'Add a [[way]] with id = "{way}".'
            )


def read_shelf(
    shelf: Shelf[_Item], folder: Path, root: Path, findings: list[Finding]
) -> tuple[Source, list[_Item]] | None:
    """Read one language's file as far as it can be read, and note what is wrong with the rest."""
    try:
        source = read_toml(folder / shelf.file, root)
    except WordsError as error:
        findings += error.findings
        return None
    items: list[_Item] = []
    for index, block in enumerate(tables(source, shelf.table, findings)):
        fields = Fields(source, block, findings, (shelf.table, index), f"a {shelf.table}")
        item = shelf.parse(fields)
        fields.finish()
        if item.id in {before.id for before in items}:
            fields.wrong(
                "id", f"The {shelf.table} “{item.id}” is here twice.", "Give this one an id of its own."
            )
        items.append(item)
    top = Fields(source, source.data, findings)
    top.ask(shelf.table)
    top.finish()
    return source, items


def _load(
    shelf: Shelf[_Item], chain: Sequence[str], root: Path, findings: list[Finding]
) -> Mapping[str, _Item]:
    items: dict[str, _Item] = {}
    for language in chain:
        if language != FALLBACK and not (root / language / shelf.file).exists():
            continue
        source, found = read_shelf(shelf, root / language, root, findings) or (None, [])
        for index, item in enumerate(found):
            if language == FALLBACK:
                items[item.id] = item
            elif item.id in items:
                facts = {name: getattr(items[item.id], name) for name in shelf.facts}
                items[item.id] = replace(item, **facts)
            elif source:
                line = source.line((shelf.table, index), "id")
                wrong = f"English has no {shelf.table} “{item.id}”."
                findings.append(Finding(source.name, line, wrong, "Write it in English first."))
    return MappingProxyType(items)
