"""A text cut into clauses of words as people mean them: "we're" as "we are", "dont" as "do not"."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

_BREAKS = ',.;:!?()[]\u2026\u3002\u3001\uff0c"\u201c\u201d\u00ab\u00bb\u060c\u061f'
_SIGNS = frozenset({"-", "--", "\u2013", "\u2014", "->", "=>", "\u2192", "=", "|", "/", "~", ">"})
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`\u2032", "'"))
_LETTERS = re.compile(r"(?:[^\W\d_]\.){2,}")  # "D.C."
_SHORTENED = (
    ("n't", "not"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'m", "am"),
    ("'s", "is"),
    ("'d", "would"),
)
BEING = frozenset({"is", "am", "are", "be", "was", "not", "and"})
GREETINGS = frozenset({"hey", "hi", "hello", "so", "well", "ok", "okay", "yes", "yeah", "and", "now"})
ACTING = frozenset({"i", "we", "he", "she", "they"})
_AMOUNT = re.compile(r"(\d+)([a-z]+)")


@dataclass(frozen=True)
class Word:
    """One word as it was typed, what it means, and in which clause it stands."""

    raw: str
    meant: tuple[str, ...]  # in small letters, without accents, in whole words
    clause: int
    first: bool  # of its clause
    arrow: bool = False  # "A -> B" leads to it
    asked: bool = False  # a question mark ends its sentence

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital, or has no small letters to choose."""
        return self.raw[:1] != self.raw[:1].lower()


def cut(
    text: str,
    sloppy: Mapping[str, str],
    turns: Collection[str],
    doing: Collection[str],
    persons: Collection[str],
) -> list[Word]:
    """Cut a text; a clause ends at a sign, at a word that turns, and before who does the next thing."""
    found: list[Word] = []
    clause, fresh, arrow = 0, True, False
    for piece in _spaced(text).split():
        if piece == ":" and found and found[-1].first and found[-1].meant[0] in persons:
            continue  # "me: Vienna"
        if piece in _SIGNS or all(sign in _BREAKS for sign in piece):
            clause, fresh, arrow = clause + 1, True, piece in {"->", "=>", "\u2192", ">"}
            found = _as_question(found) if "?" in piece else found
            continue
        letters = piece.isupper() and text != text.upper()  # "BC" in a text of small letters is a region
        meant = tuple(
            _meant(piece, {} if letters else sloppy, alone=fresh or found[-1].meant[-1] in GREETINGS)
        )
        degree = meant[0] == "so" and bool(found) and found[-1].meant[-1] in BEING  # "so dear"
        if not fresh and ((meant[0] in turns and not degree) or _joins(found, meant, doing)):
            clause, fresh = clause + 1, True
        found.append(Word(piece, meant, clause, fresh, arrow))
        fresh = arrow = False
    return found


def _spaced(text: str) -> str:
    """Set signs apart from words; the full stops of "D.C." and an hour's or number's own stay out."""
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    text = _LETTERS.sub(lambda found: found[0].replace(".", ""), text)
    text = re.sub(r"(->|=>|\u2192)", r" \1 ", text)
    return re.sub(rf"([{re.escape(_BREAKS)}]+)", r" \1 ", text)


def _as_question(words: Sequence[Word]) -> list[Word]:
    last = words[-1].clause if words else 0
    return [
        Word(w.raw, w.meant, w.clause, w.first, w.arrow, asked=True) if w.clause == last else w for w in words
    ]


def _joins(found: Sequence[Word], meant: Sequence[str], doing: Collection[str]) -> bool:
    """Tell whether somebody begins here who does something: "Dubai we went", "and I am"."""
    last = found[-1]
    after_name = last.capital and not last.first and last.meant[-1] not in doing
    return meant[0] in doing and (last.meant[-1] in {"and", "so"} or (after_name and meant[0] in ACTING))


def _meant(piece: str, sloppy: Mapping[str, str], *, alone: bool) -> Iterator[str]:
    """Say a word in whole words."""
    small = plain(piece).strip("'")
    if small in sloppy and (alone or small != "were"):
        yield from sloppy[small].split()
        return
    for end, whole in _SHORTENED:
        if small.endswith(end) and len(small) > len(end):
            yield {"ca": "can", "wo": "will"}.get(small.removesuffix(end), small.removesuffix(end))
            yield whole
            return
    amount = _AMOUNT.fullmatch(small)
    yield from amount.groups() if amount else (small or "'",)


def plain(word: str) -> str:
    """Put a word in small letters without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
