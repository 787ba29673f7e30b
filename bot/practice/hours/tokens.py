"""A text cut into words, numbers and clock times, with what stands between them."""

import re
import unicodedata
from dataclasses import dataclass

APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u00b4`\u2032\uff07", "'"))
_HALF = re.compile(r"(?<![^\W\d_])([ap])[\s.]*m(?![^\W_])\.?")  # "p. m.", "P.M", "pm"
# "8p", "8 p", and not "22 a 7", where a language says "a" for "to"
_LETTER = re.compile(r"(?<=\d)(?:\s(?![ap]\s+(?:las?\s+)?\d))?([ap])(?![^\W_]|[.']?\w)\.?")
_ISH = re.compile(r"(?<!\bfin)(?<=\w)[-\s]?ish(?!\w)")  # "eightish", and not "finish"
_PIECE = re.compile(
    r"""
    (?P<clock>(?<![\d.,:+])\d{1,2}\s?(?:[:;.,h']|::)\s?\d{2}(?!\d)(?![:.,]\d))
    | (?P<odd>\d+(?:[:;.,]\d+)+)
    | (?P<number>\d+)(?P<h>h(?!\w))?
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)
    | (?P<dash>[-\u2010-\u2015\u2212~])
    | (?P<join>[/&])
    | (?P<other>\S)
    """,
    re.VERBOSE,
)
_IGNORED = frozenset("=.,!?\u2026\"()[];:\u00bf\u00a1\u201c\u201d\u201e'*_")
_PICTURES = frozenset({"So", "Sk", "Mn", "Cf", "Cn"})
MARK = "\0"  # the word that stands for a sign that nobody understands


@dataclass(frozen=True)
class Token:
    """A word, or a number; `minute` is set for a clock's two numbers, `digits` for how it was written."""

    word: str
    hour: int | None = None
    minute: int | None = None
    digits: str = ""
    joined: bool = False  # a dash or a stroke stands before it


def tokens(text: str) -> list[Token]:
    """Cut a text; signs that only end or enclose words, and pictures, are left out."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(APOSTROPHES)
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in plain)
    plain = _ISH.sub(" ish ", _LETTER.sub(r" \1m ", _HALF.sub(r" \1m ", plain)))
    found: list[Token] = []
    joined = False
    for piece in _PIECE.finditer(plain):
        if piece["dash"] or piece["join"]:
            joined = True
            continue
        token = _token(piece, joined=joined and bool(found))
        if token is not None:
            found.append(token)
            joined = False
    return found


def _token(piece: re.Match[str], *, joined: bool) -> Token | None:
    match piece.lastgroup:
        case "clock":
            hour, minute = re.findall(r"\d+", piece["clock"])
            return Token(MARK, int(hour), int(minute), hour, joined)
        case "number" | "h":
            digits = piece["number"]
            hour = int(digits) if len(digits) <= len("hhmm") else None
            whole = piece["h"] and len(digits) <= len("hh")  # "20h", and not "2030h"
            return Token(MARK, hour, 0 if whole else None, digits, joined)
        case "word":
            return Token(piece["word"].strip("'"), joined=joined)
        case "other" if piece["other"] in _IGNORED or unicodedata.category(piece["other"]) in _PICTURES:
            return None
        case _:
            return Token(MARK, joined=joined)
