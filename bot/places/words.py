"""The words of a language around places: sentences that answer, everyday words, clocks, short names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.places.fold import fold
from bot.places.telling import Telling, read_telling

PLACE = "{place}"
PATTERNS = ("patterns", 0)
Where = tuple[str, int] | None
_PIECE = re.compile(r"\{place\}|<\w+>|[()\[\]|]|[^\s()\[\]<>|{}]+")
_SIGNS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|", PLACE: r"(?P<place>\S.*?) "}


class SentenceError(ValueError):
    """A pattern can't be used; tells why, where it stands (a table, or None for the top, and a key), what to write."""

    def __init__(self, why: str, write: str, entry: str, key: str, place: Where) -> None:
        super().__init__(why)
        self.write = write
        self.entry = entry
        self.key = key
        self.place = place


@dataclass(frozen=True)
class PlaceWords:
    """What a language says around places; keys are folded."""

    answers: tuple[re.Pattern[str], ...]
    sentences: tuple[re.Pattern[str], ...]
    around: frozenset[str]
    against: re.Pattern[str]
    between: tuple[str, ...]
    either: re.Pattern[str]
    short: Mapping[str, str]
    called: Mapping[str, str]
    clocks: frozenset[str]
    wide: frozenset[str]
    everyday: frozenset[str]
    telling: Telling

    def inside(self, key: str) -> Iterator[tuple[str, bool]]:
        """Yield what a folded text may give as the place, and whether a sentence says that it is one."""
        yield key, False
        for patterns, said in ((self.sentences, True), (self.answers, False)):
            for pattern in patterns:
                found = pattern.fullmatch(f"{key} ")
                if found and found["place"] != key:
                    yield found["place"], said

    def meant(self, key: str) -> str:
        """Return the name that the index knows, of what people say short or call otherwise; empty for others."""
        return self.called.get(key) or self.short.get(key, "")

    def spoken_around(self, key: str) -> list[list[str]]:
        """List the places in words of which all others say where somebody is, each by what it may be called.

        The longest first; nothing where the others may be about something else. Numbers are as good as such words.
        """
        tokens = key.split()
        others = [at for at, token in enumerate(tokens) if token not in self.around and not token.isdecimal()]
        starts = [at for at in others if at - 1 not in others]
        ends = [at + 1 for at in others if at + 1 not in others]
        if len(others) == len(tokens) or self.against.search(f" {key} "):
            return []
        return [
            [
                " ".join(tokens[first - before : last + after])
                for wider in (2, 1, 0)
                for before in range(wider, -1, -1)
                for after in (wider - before,)
                if first >= before and last + after <= len(tokens)
            ]
            for first, last in zip(starts, ends, strict=True)
        ]


def read_words(tables: Mapping[str, Any]) -> PlaceWords:
    """Make a language's words from its tables. Raises SentenceError for a pattern that is none.

    Which tables there have to be, and of what, is held before.
    """
    answers, sentences = _sentences(tables, tables["patterns"])
    lists = tables["words"]
    around = frozenset(map(fold, tables["around"]))
    return PlaceWords(
        answers,
        sentences,
        around,
        _phrases(tables["against"]),
        tuple(sorted(map(fold, tables["between"]), key=len, reverse=True)),
        _phrases(tables["either"]),
        {fold(short): name for short, name in tables["short"].items()},
        {fold(called): name for called, name in tables["called"].items()},
        frozenset(map(fold, lists["clocks"])),
        frozenset(map(fold, lists["wide"])),
        frozenset(map(fold, lists["everyday"])),
        read_telling(tables["telling"], around),
    )


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Find any of these between other words; nothing where there are none."""
    longest_first = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"\s(?:{longest_first})\s" if longest_first else r"(?!)")


def _sentences(tables: Mapping[str, Any], named: Mapping[str, str]) -> list[tuple[re.Pattern[str], ...]]:
    """Compile the lists of sentences. Raises SentenceError for one that is none, or for the named one in it."""
    try:
        return [tuple(_compiled(one, named, key) for one in tables[key]) for key in ("answers", "sentences")]
    except SentenceError:
        for name, words in named.items():
            _pattern(words, named, name, PATTERNS)
        raise


def _compiled(pattern: str, named: Mapping[str, str], key: str) -> re.Pattern[str]:
    if pattern.count(PLACE) != 1:
        raise SentenceError(
            f"A sentence has {PLACE} once.", f"Write {PLACE} where the place stands.", pattern, key, None
        )
    return _pattern(pattern, named, key, None)


def _pattern(pattern: str, named: Mapping[str, str], key: str, place: Where) -> re.Pattern[str]:
    try:
        return re.compile("".join(_pieces(pattern, named)))
    except KeyError as unknown:
        why, write = f"There is no <{unknown.args[0]}> in [patterns].", f"Write one of {', '.join(named)}."
    except RecursionError:
        why, write = "A pattern holds itself.", "Take its own name out of it."
    except re.error:
        why, write = "Its brackets don't match.", "Close each ( and [ that is opened, in order."
    raise SentenceError(why, write, pattern, key, place)


def _pieces(pattern: str, named: Mapping[str, str]) -> Iterator[str]:
    """Translate: (a|b) is one of these, [a|b] one or none, <name> a named pattern, {place} any words."""
    for piece in _PIECE.findall(pattern):
        if piece[0] == "<":
            yield from ("(?:", *_pieces(named[piece[1:-1]], named), ")")
        else:
            yield _SIGNS.get(piece) or f"{re.escape(piece)} "
