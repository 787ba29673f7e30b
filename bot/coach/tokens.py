"""A person's text as words, with the place of each in the text.

Words are told apart by their Unicode properties, by the `regex` package: it takes some 20 ms to import and
0.03 ms for a text, where the sentences of uniseg took 11 ms. Nothing here keeps a word, so that what was
written is forgotten with the call. Time is linear in the text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import regex

from bot.coach.alphabet import UNKNOWN

ENDS = frozenset({".", "?", "!"})
PAUSE = ","

# Marks that stand for the apostrophe: the curly ones, the letter, the accents.
_APOSTROPHES = "'\u2019\u02bc\u00b4`"
_STRAIGHT = str.maketrans(dict.fromkeys(f"{_APOSTROPHES}\u2018", "'"))
_DASHES = "\u2013\u2014"
_TOKEN = regex.compile(
    rf"""
      (?P<word> \p{{L}}[\p{{L}}\p{{M}}]*+ (?: [{_APOSTROPHES}] \p{{L}}++ )*+ )
    | (?P<number> \p{{N}}++ )
    | (?P<symbol> <3++ | </3 | [:;=]['\u2019]?-?[()DPp|/*]++ (?!\p{{L}})
        | \p{{Extended_Pictographic}}
          (?: [\uFE0F\u200D\U0001F3FB-\U0001F3FF] | (?<=\u200D)\p{{Extended_Pictographic}} )*+ )
    | (?P<end> [.!?…\u061f]++ | \n++ )
    | (?P<pause> [,;:\u060c\u061b(){_DASHES}“”„«»"] | --++ | (?<=\s)-(?=\s) )
    """,
    regex.VERBOSE,
)
_DRAWN_OUT = regex.compile(r"(\p{L})\1{2,}+")
# Which marks close a quotation, by the mark that opens it. One inside a word is an apostrophe: an opening
# mark has no letter before it, a closing one none after it.
_QUOTES = {"“": "”", "„": "“”", "«": "»", "\u2018": "\u2019", "'": "'", '"': '"'}
_ASKS = frozenset("?\u061f")
_FENCE = "```"
_EMOJI_STYLE = "\ufe0f"

Spell = Callable[[str], tuple[str, ...]]
LetterOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words from `start` up to `end`; its closing mark stands at `end` and is no part of it."""

    start: int
    end: int
    asked: bool
    """Whether it ends in a question mark."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in the spelling of the patterns, with commas and sentence ends between them.

    `letters` are the words as patterns know them, a letter each. `starts` and `ends` are places in the text; words that
    one written word stands for ("don't") share them.
    """

    words: tuple[str, ...] = field(repr=False)
    letters: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)
    quoted: tuple[bool, ...] = field(repr=False)
    sentence_of: tuple[int, ...] = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.words)

    def sentence(self, at: int) -> Sentence:
        """Return the sentence that a word stands in."""
        return self.sentences[self.sentence_of[at]]


def plain(word: str, *, drawn_out: bool = True) -> str:
    """Lower-case a word, straighten its apostrophes, and shorten what is drawn out ("soooo"), where something is."""
    word = word.lower().translate(_STRAIGHT)
    return _DRAWN_OUT.sub(r"\1", word) if drawn_out else word


def _unknown(_: str) -> str:
    return UNKNOWN


def tokens(text: str, spell: Spell, letter: LetterOf = _unknown) -> Tokens:
    """Read a text as words; `spell` gives the words that one written word stands for, `letter` the letter of each."""
    quotes = _quoted(text)
    drawn_out = _DRAWN_OUT.search(text.lower()) is not None
    rows = [
        (word, match.start(), match.end(), bool(quotes[match.start()]))
        for match in _TOKEN.finditer(text)
        for word in _words(match, spell, drawn_out=drawn_out)
    ]
    words, starts, ends, quoted = zip(*rows, strict=True) if rows else ((), (), (), ())
    sentences = tuple(_sentences(words))
    return Tokens(
        words=words,
        letters="".join(map(letter, words)),
        starts=starts,
        ends=ends,
        quoted=quoted,
        sentence_of=tuple(
            number
            for number, one in enumerate(sentences)
            for _ in range(one.start, min(one.end + 1, len(words)))
        ),
        sentences=sentences,
    )


def _words(match: "regex.Match[str]", spell: Spell, *, drawn_out: bool) -> tuple[str, ...]:
    written = match.group()
    if match.lastgroup == "word":
        return spell(plain(written, drawn_out=drawn_out))
    if match.lastgroup == "end":
        return ("?" if _ASKS.intersection(written) else "!" if "!" in written else ".",)
    if match.lastgroup == "pause":
        return (PAUSE,)
    if written.startswith("<3"):
        return ("<3",)
    return (written.rstrip(_EMOJI_STYLE),)


def _sentences(words: tuple[str, ...]) -> Iterator[Sentence]:
    start = 0
    for place, word in enumerate(words):
        if word in ENDS:
            yield Sentence(start, place, asked=word == "?")
            start = place + 1
    if start < len(words):
        yield Sentence(start, len(words), asked=False)


def _quoted(text: str) -> bytearray:
    """Mark every place in quotation marks, in a code block, or on a line that begins with ">"."""
    marks = bytearray(len(text) + 1)
    for start, end in (*_pairs(text), *_fences(text), *_lines(text)):
        marks[start:end] = b"\x01" * (end - start)
    return marks


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    opened, closers = -1, ""
    for place, sign in enumerate(text):
        if opened >= 0 and sign in closers and not text[place + 1 : place + 2].isalpha():
            yield opened, place + 1
            opened, closers = -1, ""
        elif opened < 0 and sign in _QUOTES and not text[max(place - 1, 0) : place].isalnum():
            opened, closers = place, _QUOTES[sign]


def _fences(text: str) -> Iterator[tuple[int, int]]:
    start = text.find(_FENCE)
    while start >= 0:
        end = text.find(_FENCE, start + len(_FENCE))
        end = len(text) if end < 0 else end + len(_FENCE)
        yield start, end
        start = text.find(_FENCE, end)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith(">"):
            yield place, place + len(line)
        place += len(line)
