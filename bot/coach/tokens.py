"""A person's text as words, with the place of each in the text.

Words are told apart by their Unicode properties (the `regex` package: 16 to 22 ms to import, 0.03 ms a text; uniseg's
sentences took 11 ms a text). Nothing here keeps a word: no cache, so that what was written is forgotten with the call.
Time is linear in the text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import regex

ENDS = frozenset({".", "?", "!"})
PAUSE = ","
_CURLY = str.maketrans({"’": "'", "ʼ": "'", "´": "'", "`": "'", "‘": "'"})
_TOKEN = regex.compile(
    r"""
      (?P<word> \p{L}[\p{L}\p{M}]*+ (?: ['’ʼ´`] \p{L}++ )*+ )
    | (?P<number> \p{N}++ )
    | (?P<symbol> <3++ | </3 | [:;=]['’]?-?[()DPp|/*]++ (?!\p{L})
        | \p{Extended_Pictographic} (?: [\uFE0F\u200D\U0001F3FB-\U0001F3FF] | (?<=\u200D)\p{Extended_Pictographic} )*+ )
    | (?P<end> [.!?…]++ | \n++ )
    | (?P<pause> [,;:()–—“”„«»"]  | --++ | (?<=\s)-(?=\s) )
    """,
    regex.VERBOSE,
)
# A mark inside a word is an apostrophe: an opening one has no letter before it, a closing one none after it.
_QUOTES = {"“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", '"': '"'}
_FENCE = "```"
_DRAWN_OUT = regex.compile(r"(\p{L})\1{2,}+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in the spelling of the patterns, with commas and sentence ends between them.

    `starts` and `ends` are places in the text; words that one written word stands for ("don't") share them.
    """

    words: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)
    quoted: tuple[bool, ...] = field(repr=False)
    sentence_of: tuple[int, ...] = field(repr=False)
    sentences: tuple["Sentence", ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.words)

    def sentence(self, at: int) -> "Sentence":
        """Return the sentence that a word stands in."""
        return self.sentences[self.sentence_of[at]]

    def text_of(self, start: int, end: int, source: str) -> str:
        """Return the words from one place up to another as they were written."""
        return source[self.starts[start] : self.ends[end - 1]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words from `start` up to `end`; its closing marks stand at `end` and are no part of it."""

    start: int
    end: int
    asked: bool
    """Whether it ends in a question mark."""


def plain(word: str) -> str:
    """Lower-case a word, straighten its apostrophes, and shorten what is drawn out ("soooo")."""
    return _DRAWN_OUT.sub(r"\1", word.lower().translate(_CURLY))


def tokens(text: str, spell: Callable[[str], tuple[str, ...]]) -> Tokens:
    """Read a text as words; `spell` gives the words that one written word stands for."""
    quotes = _quoted(text)
    rows: list[tuple[str, int, int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        rows.extend((word, start, end, quotes[start]) for word in _words(match, spell))
    words = tuple(row[0] for row in rows)
    sentences, sentence_of = _sentences(words)
    return Tokens(
        words=words,
        starts=tuple(row[1] for row in rows),
        ends=tuple(row[2] for row in rows),
        quoted=tuple(bool(row[3]) for row in rows),
        sentence_of=sentence_of,
        sentences=sentences,
    )


def _sentences(words: tuple[str, ...]) -> tuple[tuple[Sentence, ...], tuple[int, ...]]:
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    start = 0
    for place, word in enumerate(words):
        sentence_of.append(len(sentences))
        if word in ENDS:
            sentences.append(Sentence(start, place, asked=word == "?"))
            start = place + 1
    if start < len(words):
        sentences.append(Sentence(start, len(words), asked=False))
    return tuple(sentences), tuple(sentence_of)


def _words(match: "regex.Match[str]", spell: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    written = match.group()
    if match.lastgroup == "word":
        return spell(plain(written))
    if match.lastgroup == "end":
        return ("?" if "?" in written else "!" if "!" in written else ".",)
    if match.lastgroup == "pause":
        return (PAUSE,)
    if match.lastgroup == "symbol" and written.startswith("<3"):
        return ("<3",)
    return (written.rstrip("\ufe0f"),)


def _quoted(text: str) -> bytearray:
    """Mark every place that stands in quotation marks, in a code block, or on a line that begins with ">"."""
    marks = bytearray(len(text) + 1)
    _mark_pairs(text, marks)
    _mark_fences(text, marks)
    _mark_lines(text, marks)
    return marks


def _mark_pairs(text: str, marks: bytearray) -> None:
    opened, closers = -1, ""
    for place, sign in enumerate(text):
        if opened >= 0 and sign in closers and not text[place + 1 : place + 2].isalpha():
            marks[opened : place + 1] = b"\x01" * (place + 1 - opened)
            opened, closers = -1, ""
        elif opened < 0 and sign in _QUOTES and not text[max(place - 1, 0) : place].isalnum():
            opened, closers = place, _QUOTES[sign]


def _mark_fences(text: str, marks: bytearray) -> None:
    start = text.find(_FENCE)
    while start >= 0:
        end = text.find(_FENCE, start + len(_FENCE))
        end = len(text) if end < 0 else end + len(_FENCE)
        marks[start:end] = b"\x01" * (end - start)
        start = text.find(_FENCE, end)


def _mark_lines(text: str, marks: bytearray) -> None:
    place = 0
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith(">"):
            marks[place : place + len(line)] = b"\x01" * len(line)
        place += len(line)
