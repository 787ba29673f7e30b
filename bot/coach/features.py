"""A text as numbered features, for the model: words, neighbours, words a little apart, pieces of words, and persons.

Where the model knows which words are common, the frames that they make are features too: "so i am the *", whatever
stands in the gap; and where it knows which words mean alike, so are the groups that they are in.

The words are read with a spelling of their own, so that a change in a file of phrases changes no weight's meaning.
A feature is known by its place among a fixed number of places; two that share a place share a weight. Time is
linear in the text.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import pairwise
from zlib import crc32

from bot.coach.senses import NONE, Senses
from bot.coach.tokens import ENDS, PAUSE, tokens
from bot.coach.wording import ENGLISH, Manner

# Longer than any message; of what is longer only this much is read.
LONGEST = 4_096
# The model was trained on texts of up to some 45 words: a longer one is read in parts of whole sentences.
LONGEST_PART = 45
# How far apart two words may stand and still be taken together.
APART = 2
# Frames of common words, by how many words and gaps they are long.
FRAMES = (3, 4, 5)
_NUMBERS = frozenset(
    {
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "fifteen",
    }
    | {"twenty", "thirty", "forty", "fifty", "hundred", "thousand", "once", "twice"}
)
_I = frozenset({"i", "im", "ive", "id", "ill", "me", "my", "mine"})
_YOU = frozenset({"you", "your", "youre", "youve", "youd", "u", "ur", "yours"})
_EDGE_LEFT, _EDGE_RIGHT, _NUMBER, _GAP = "^", "$", "#", "*"


def words_of(text: str, wording: Manner = ENGLISH) -> list[str]:
    """Return the words of a text, as the model reads them."""
    words = tokens(text[:LONGEST], wording.spell).words
    return [_plain(word, wording) for word in words if word and word != PAUSE]


def parts(text: str, wording: Manner = ENGLISH) -> list[list[str]]:
    """Return the words of a text in parts, each of whole sentences and none much longer than the trained ones."""
    words = words_of(text, wording)
    found: list[list[str]] = []
    part: list[str] = []
    start = 0
    for place, word in enumerate(words, 1):
        if word in ENDS or place == len(words) or place - start >= LONGEST_PART:
            if part and len(part) + place - start > LONGEST_PART:
                found.append(part)
                part = []
            part = [*part, *words[start:place]]
            start = place
    return [*found, part] if part else found


def features(
    words: list[str],
    places: int,
    hints: Iterable[str] = (),
    common: Collection[str] = (),
    senses: Senses = NONE,
    *,
    wording: Manner = ENGLISH,
) -> list[int]:
    """Return the places of a part's features, each once; `hints` are features that are known from elsewhere."""
    names = {*_names(words, wording), *_frames(words, common), *wording.sensed(words), *hints}
    if wording.english:
        names.update(_persons(words))
        names.update(senses.features([_EDGE_LEFT, *words, _EDGE_RIGHT]))
    return placed(names, places)


def placed(names: Iterable[str], places: int) -> list[int]:
    """Return the places of features, each once."""
    return sorted({_place(name, places) for name in names})


def _plain(word: str, wording: Manner) -> str:
    return _NUMBER if word.isdigit() or (wording.english and word in _NUMBERS) else word


def _names(words: list[str], wording: Manner) -> Iterator[str]:
    line = [_EDGE_LEFT, *words, _EDGE_RIGHT]
    yield from words
    yield from map(" ".join, pairwise(line))
    yield from map(" ".join, zip(line, line[1:], line[2:], strict=False))
    for apart in range(2, 2 + APART):
        yield from map("_".join, zip(line, line[apart:], strict=False))
    for length in wording.beginnings:
        yield from (word[:length] + "-" for word in words if len(word) > length)
    written = f" {' '.join(words)} "
    for length in wording.pieces:
        yield from ("|" + written[at : at + length] for at in range(len(written) - length + 1))
    yield f"long {_size(len(words))}"
    yield f"asked {min(3, words.count('?'))}"
    yield f"called {min(2, words.count('!'))}"


def _frames(words: list[str], common: Collection[str]) -> Iterator[str]:
    """Yield runs of words in which all but the common ones are gaps; a frame has two of them at least."""
    if not common:
        return
    line = [_EDGE_LEFT, *(word if word in common else _GAP for word in words), _EDGE_RIGHT]
    for length in FRAMES:
        for start in range(len(line) - length + 1):
            frame = line[start : start + length]
            if frame.count(_GAP) < length - 1:
                yield "=" + " ".join(frame)


def _persons(words: list[str]) -> Iterator[str]:
    """Yield how much of a part is about its writer and about whom it speaks to, and about whom it is more."""
    mine, yours = (sum(word in those for word in words) for those in (_I, _YOU))
    tenths = 10 / max(1, len(words))
    yield f"of me {min(4, int(mine * tenths))}"
    yield f"of you {min(4, int(yours * tenths))}"
    yield f"more {(mine > yours) - (mine < yours)}"
    yield f"me {min(3, mine)} you {min(3, yours)}"


@cache
def _size(count: int) -> int:
    """Return in which of a few classes of length a part is: each begins at about one and a half times the last."""
    size, limit = 0, 1.0
    while count > limit:
        size, limit = size + 1, limit * 1.5
    return size


def _place(name: str, places: int) -> int:
    return crc32(name.encode("utf-8", "replace")) % places
