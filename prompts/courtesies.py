"""Thanks, greetings, questions and wishes to the bot: what is for nobody's page.

A text is a courtesy where every word of it is one, or may stand beside one. A name, a second thought, anything
else makes it none: what somebody may have meant for a page is never answered with a pleasantry.
In a phrase, words with a slash between them stand for one another, and `*` is a name. What is typed in haste is read
without its marks, too: "ca suffit" as "ça suffit", "الغي" as "ألغي".
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prompts.hashed import Hashed

KINDS = (
    "thanks",
    "night",
    "bye",
    "wish",
    "hello",
    "how",
    "sorry",
    "fine",
    "private",
    "send",
    "change",
    "not_now",
    "another",
    "who",
    "bot",
    "now",
    "data",
    "off",
    "set",
    "safety",
    "help",
    "break",
    "young",
)
FINE = "fine"  # a yes, or a sign of life
WHO = "who"  # a question who can see something
SAFETY = "safety"  # what asks where help is
TO_THE_BOT = frozenset(
    {WHO, "bot", "now", "data", "off", "set", SAFETY, "help"}
)  # what only the bot can answer
PRIVATE = "private"  # what is not for the other's eyes
YOUNG = "young"  # said by who is no adult
BREAK = "break"  # a wish to rest or to stop
NOT_NOW = "not_now"  # a wish to put off what is asked
RESTS = frozenset({BREAK, NOT_NOW})
SEND = "send"  # a wish for the button that sends or seals
CHANGE = "change"  # a wish for a button that takes out, clears or takes back
SET = "set"  # a wish for what the settings hold
ANOTHER = "another"  # a wish for another prompt, or for none
BESIDES = "besides"
DEGREE = "degree"  # a yes or a no by degrees: an answer to what buttons answer, and no courtesy
WHICH = "which"  # of several: the first, the second ..., and the last
WHICH_BESIDES = "which_besides"  # what may stand beside that
HIDE = "hide"  # a wish to hide the chat
WATCHED = "watched"  # said by who is being watched: that the other is near, or mustn't see
WORRIED = "worried"  # asked by who is afraid for the other
DONE = "done"  # that nothing more is to come: said under what is written, it wishes for the button there
SOMETIMES = (
    HIDE,
    WATCHED,
    WORRIED,
    DONE,
)  # what is no courtesy, and is asked for by name where it may be meant
YOU = "you"  # words for whom one speaks to
THEM = "them"  # words for somebody one speaks of
ALIKE = "alike"  # real words that are one slip from a wish
LISTS = (*KINDS, BESIDES, DEGREE, *SOMETIMES, WHICH, WHICH_BESIDES, YOU, THEM, ALIKE)
LONGEST = 80  # characters
SLIPS_AMONG = range(2, 6)  # words
SHORTEST_SLIP = 3  # letters
SHORTEST_ALONE = 4  # letters of one word alone
FEWEST_MEANT = (
    5  # letters of what that is one slip from: many a word is near a shorter one, unless two were turned
)
NAME = "*"
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_TWICE = re.compile(r"(.)\1")
_PHRASE = re.compile(r"(?:\*|[^\W_]+)(?:['/](?:\*|[^\W_]+))*")
_SENTENCE = re.compile(r"[^.!?\u2026\u061f\n]+[.!?\u2026\u061f]*")
_CLAUSES = re.compile(r"[.,;:!?…\u2013\u2014\u060c\u061b\u061f\n]+|\s-+\s")
_SIGNS = re.compile(r"[\s\u2000-\u33ff\ufe0f\U0001f000-\U0001faff!.,<>:;()*'\-]+")
_ALIKE = str.maketrans("ىةٱ", "يها")  # of Arabic
_QUESTION_MARKS = frozenset("?!\u061f\u00bf \n")
_WISHES = frozenset({SEND, CHANGE, ANOTHER}) | RESTS
_ASKED = frozenset({"hello", "how", "wish", PRIVATE}) | _WISHES | TO_THE_BOT
_NEAR_ALONE = _WISHES | {SAFETY, "help"}
_AMONG_OTHERS = frozenset(
    {SEND, CHANGE, PRIVATE, "who", "bot", "data", "off", "set"}
)  # by which a sentence is known among others


@dataclass(frozen=True, slots=True)
class Courtesies:
    """What a language says so, by the words of each phrase with a space between them; a phrase's most words.

    `known` are all words of phrases, `who` the phrases that ask who can see something, with a gap for any one word.
    `letters` are all that known words have. `sometimes` holds each list of SOMETIMES, and what may stand beside it;
    `alike` are real words that are no slip in a wish.
    """

    phrases: Hashed
    known: Hashed
    who: Hashed
    longest: int
    letters: str
    sometimes: Mapping[str, Hashed]
    which: tuple[frozenset[str], ...] = ()
    beside_which: frozenset[str] = frozenset()
    you: frozenset[str] = frozenset()
    them: frozenset[str] = frozenset()
    alike: frozenset[str] = frozenset()

    def find(self, text: str, name: str = "") -> str | None:
        """Name the courtesy that a text is, the last where there are several; None where it is none.

        `name` is known for a name however it is written; others by their capital.
        """
        if len(text) > LONGEST:
            return None
        words = _words(text)
        if not words and text.strip() and set(text) <= _QUESTION_MARKS:
            return "now"
        if not words:
            return "fine" if text.strip() and _SIGNS.fullmatch(text) else None
        asks = "?" in text or "\u061f" in text
        if asks and self._asks_of_a_name(text, words):
            return WHO
        found = self._find(text, name, self.phrases)
        return None if found == DEGREE or (asks and found not in _ASKED) else found

    def says(self, what: str, text: str, name: str = "") -> bool:
        """Tell whether a text is nothing but what a list of SOMETIMES holds.

        A word that is known is nobody's name there, but the other's: "I'm ok" and "are You ok" are of no third.
        """
        words = frozenset(_words(text)) | frozenset(_words(_unmarked(text)))
        unnamed = frozenset(word for word in words if word in self.known or word in self.you)
        return len(text) <= LONGEST and self._find(text, name, self.sometimes[what], unnamed) == what

    def _find(self, text: str, name: str, among: Hashed, unnamed: frozenset[str] = frozenset()) -> str | None:
        """Name what a text is among phrases, as it is written, or else without its marks."""
        for written in dict.fromkeys((text, _unmarked(text))):
            words = _words(written)
            undoubled = [word if word in self.known else _TWICE.sub(r"\1", word) for word in words]
            names = _names(written, words, name, unnamed)
            if (found := self._read(undoubled, names, among)) is not None:
                return found
        return None

    def is_nearly_one(self, text: str) -> bool:
        """Tell whether one slip in one of its words keeps a text from being a wish or a question to the bot.

        Nobody can know: "sned it" is one, and "slip it" may be. So it is asked about, and never taken for one.
        """
        words = _words(text)
        strange = [place for place, word in enumerate(words) if word not in self.known]
        if len(words) == 1 and strange:
            return self._is_nearly_a_wish(words[0])
        if len(words) not in SLIPS_AMONG or len(strange) != 1:
            return False
        [place] = strange
        if words[place] in self.alike:
            return False
        for meant in filter(self.known.__contains__, _one_slip_from(words[place], self.letters)):
            found = self._find(_with_gap(words, place, meant), "", self.phrases)
            if found in _WISHES | TO_THE_BOT:
                return True
        return False

    def _is_nearly_a_wish(self, word: str) -> bool:
        """Tell whether a word alone is one slip from a wish or a cry for help, or runs two words of one together."""
        if len(word) < SHORTEST_ALONE or word in self.alike:
            return False
        meant = (
            one
            for one in _one_slip_from(word, self.letters)
            if len(one) >= FEWEST_MEANT or sorted(one) == sorted(word)
        )
        apart = (f"{word[:place]} {word[place:]}" for place in range(2, len(word) - 1))
        return any(self.phrases.get(one) in _NEAR_ALONE for one in itertools.chain(meant, apart))

    def is_by_degrees(self, text: str) -> bool:
        """Tell whether a text is nothing but a yes or a no by degrees: "not really", "yes, mostly"."""
        found = self._find(text, "", self.phrases) if len(text) <= LONGEST else None
        return found == DEGREE and "?" not in text and "\u061f" not in text

    def is_beside(self, word: str) -> bool:
        """Tell whether a word may stand beside a courtesy, and says nothing by itself."""
        return self.phrases.get(word) == BESIDES

    def rests_in(self, text: str) -> bool:
        """Tell whether a clause of a text is nothing but a wish for a break, or to put off what is asked."""
        return any(self.find(clause) in RESTS for clause in _CLAUSES.split(text))

    def choose(self, text: str, among: Sequence[str], *, whole: bool = False) -> int | None:
        """Tell which of several texts somebody names in words, by its place; None for what is plain of none.

        They count ("the second", "no, the last one"), or give words that stand together in one of them alone ("the bit
        about my mum"); with `whole`, all that it says.
        """
        said = {*_words(text)}
        counted = [place for place, words in enumerate(self.which) if said & words]
        rest = said - self.beside_which
        if counted:
            last = len(self.which) - 1
            place = len(among) - 1 if counted[0] == last else counted[0]
            plain = len(counted) == 1 and not rest.difference(*self.which)
            return place if plain and place < len(among) else None
        told = [{*_words(one)} for one in among]
        named = [
            place
            for place, words in enumerate(told)
            if rest <= words and not (whole and words - self.beside_which - rest)
        ]
        return named[0] if rest and len(named) == 1 else None

    def calls(self, text: str, name: str) -> bool:
        """Tell whether a text calls somebody by name; one that is a word, too, is known by its capital alone."""
        written = [word.split("'")[0] for word in _WORD.findall(text.replace("\u2019", "'"))]
        folded = {word.casefold() for word in written}
        return any(
            part in written if part.casefold() in self.known else part.casefold() in folded
            for part in _WORD.findall(name)
            if len(part) > 1
        )

    def speaks_to_somebody(self, text: str) -> bool:
        """Tell whether words have a "you" in them."""
        return any(word in self.you for word in _words(text))

    def speaks_of_somebody(self, text: str, name: str = "") -> bool:
        """Tell whether words speak of somebody as a third, and to nobody: "he's in the shower"."""
        words = _words(text)
        return not self.speaks_to_somebody(text) and any(
            word in self.them or word in _words(name) for word in words
        )

    def begins_in_private(self, text: str, name: str = "") -> bool:
        """Tell whether it begins with what is not for the other's eyes: "between us, I want to leave"."""
        named = {*_words(name)}
        # What begins with words that are in no phrase is looked up no further: each look has its price.
        words = list(
            itertools.takewhile(
                lambda word: self._may_stand(word) or word in named or _may_be_a_name(word),
                _words(text)[: self.longest],
            )
        )
        return any(
            self.find(" ".join(words[:length]), name) == PRIVATE for length in range(2, len(words) + 1)
        )

    def _may_stand(self, word: str) -> bool:
        """Tell whether a word, or what it's looked up as, is in any phrase."""
        bare = _unmarked(word)
        return any(
            one in self.known for one in (word, bare, _TWICE.sub(r"\1", word), _TWICE.sub(r"\1", bare))
        )

    def asks_among_others(self, text: str, name: str = "") -> bool:
        """Tell whether a sentence among others is a question or a wish to the bot, and hardly for anybody else."""
        sentences = _SENTENCE.findall(text)
        return len(sentences) > 1 and any(
            self.find(sentence, name) in _AMONG_OTHERS for sentence in sentences
        )

    def _asks_of_a_name(self, text: str, words: Sequence[str]) -> bool:
        """Tell whether it is "can he see this?" or the like, with a name in place of one of its words."""
        strange = [place for place, word in enumerate(words) if word not in self.known]
        if len(strange) != 1:
            return False
        [place] = strange
        written = _WORD.findall(text)
        if len(written) != len(words) or not _may_be_a_name(written[place]):
            return False
        return _with_gap(words, place) in self.who

    def _read(self, words: Sequence[str], names: Sequence[bool], among: Hashed) -> str | None:
        said, place = None, 0
        while place < len(words):
            lengths = range(min(self.longest, len(words) - place), 0, -1)
            phrases = (
                (n, _phrase(words[place : place + n], names[place : place + n], among)) for n in lengths
            )
            length, kind = next(((n, kind) for n, kind in phrases if kind), (0, None))
            if kind is None:
                return None
            if not (kind == BESIDES or _outweighs(said, kind)):
                said = kind
            place += length
        return said


def _outweighs(said: str | None, kind: str) -> bool:
    """Tell whether what was said before stays the meaning: a wish does, but "hold on, don't send it" is the second."""
    if said in RESTS and kind in (SEND, CHANGE):
        return False
    return said in _WISHES or (said is not None and kind == FINE)


def _phrase(words: Sequence[str], names: Sequence[bool], among: Hashed) -> str | None:
    if (kind := among.get(" ".join(words))) is not None:
        return kind
    for place, name in enumerate(names):
        if name and (kind := among.get(_with_gap(words, place, NAME))) is not None:
            return kind
    return None


def _one_slip_from(word: str, letters: str) -> Iterator[str]:
    """List what a word may have been meant for: its first letter stands, and one other is wrong, turned or missing.

    Of two letters both may be turned, or the second is wrong.
    """
    if len(word) < SHORTEST_SLIP:
        yield from (word[::-1], *(word[0] + letter for letter in letters)) if len(word) > 1 else ()
        return
    for place in range(1, len(word) + 1):
        before, after = word[:place], word[place:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            yield before + letter + after
            yield before + letter + after[1:]


def _names(text: str, words: Sequence[str], name: str, unnamed: frozenset[str]) -> list[bool]:
    """Tell of each word whether it may be a name; those of `unnamed` are one where it's the other's."""
    written, named = _WORD.findall(text), {*_words(name)}
    return [
        word in named
        or (word not in unnamed and len(written) == len(words) and _may_be_a_name(written[place]))
        for place, word in enumerate(words)
    ]


def read_courtesies(tables: Mapping[str, Sequence[str]]) -> Courtesies:
    """Make them of a file's tables. Raises ValueError for one that there is not, or that is missing."""
    if {*tables} != {*LISTS}:
        raise ValueError(", ".join(sorted({*tables} ^ {*LISTS})))
    phrases = {phrase: kind for kind in (DEGREE, BESIDES, *reversed(KINDS)) for phrase in _said(tables[kind])}
    phrases = {_unmarked(phrase): kind for phrase, kind in phrases.items()} | phrases
    sometimes = {
        what: {one: what for phrase in _said(tables[what]) for one in (phrase, _unmarked(phrase))}
        for what in SOMETIMES
    }
    yes = {phrase: BESIDES for phrase, kind in phrases.items() if kind == FINE}  # "ok, done"
    sometimes[DONE] = yes | sometimes[DONE]
    split = [phrase.split() for phrase in itertools.chain(phrases, *sometimes.values())]
    known = dict.fromkeys(itertools.chain.from_iterable(split), BESIDES)
    asking = [words for words in split if phrases.get(" ".join(words)) == WHO]
    beside = {one: BESIDES for phrase in _said(tables[BESIDES]) for one in (phrase, _unmarked(phrase))}
    gaps = {_with_gap(words, place): WHO for words in asking for place in range(len(words))}
    return Courtesies(
        Hashed(phrases),
        Hashed(known),
        Hashed(gaps),
        max(map(len, split)),
        "".join(sorted({*"".join(known)} - {" "})),
        {what: Hashed(beside | found) for what, found in sometimes.items()},
        tuple(frozenset(words.casefold().split("/")) for words in tables[WHICH]),
        frozenset(itertools.chain.from_iterable(words.split("/") for words in tables[WHICH_BESIDES])),
        frozenset(tables[YOU]),
        frozenset(tables[THEM]),
        frozenset(tables[ALIKE]),
    )


def _with_gap(words: Sequence[str], place: int, gap: str = "") -> str:
    return " ".join((*words[:place], gap, *words[place + 1 :]))


def _said(phrases: Iterable[str]) -> Iterator[str]:
    """List all that phrases stand for."""
    return (" ".join(words) for phrase in phrases for words in _spelt_out(phrase))


def _unmarked(text: str) -> str:
    """Leave out accents, the dots of ё, and what Arabic's letters bear."""
    apart = unicodedata.normalize("NFD", text.translate(_ALIKE))
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def _spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """List what a phrase stands for."""
    return itertools.product(*(word.split("/") for word in _PHRASE.findall(phrase.casefold())))


def _may_be_a_name(word: str) -> bool:
    """Tell whether a word begins with a capital, or is in letters that have none."""
    return word[:1].isupper() or word.lower() == word.upper()


def _words(text: str) -> list[str]:
    return _WORD.findall(_DRAWN_OUT.sub(r"\1\1", text.replace("\u2019", "'").casefold()))
