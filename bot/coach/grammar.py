"""Reading a written pattern: from "you (really )?should" to the pieces that are matched."""

from collections.abc import Callable, Iterable, Mapping

import regex

from bot.coach.alphabet import Alphabet
from bot.coach.phrasebook import first
from bot.coach.phrases import LONGEST_GAP, Edge, Either, Gap, Maybe, PatternPart, Run, Without, WordGroups
from bot.coach.tokens import ENDS, Tokens, tokens

_SIGN = regex.compile(
    r"\s*(?:(?P<sign>\.\.\.|[()^$!|]|\?)|(?P<list>\{[a-z_]+\})|(?P<word>[^\s()^$!|?{}]+)|(?P<bad>\S))"
)


class PatternError(Exception):
    """A pattern is not written in the language of patterns."""


class Grammar:
    """Reads patterns with the lists and the spelling of one file."""

    def __init__(
        self,
        lists: Mapping[str, Iterable[str]],
        spell: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._spell = spell
        self.alphabet = Alphabet()
        self._signs: dict[str, str] = {}
        self._parts: dict[PatternPart, PatternPart] = {}
        lead_in, conjunctions = (frozenset(lists.get(name, ())) for name in ("lead_in", "conjunction"))
        self._leaves: dict[str, PatternPart] = {
            sign: Edge(sign, lead_in, conjunctions) for sign in ("^", "$", "?")
        }
        self._leaves |= {"...": Gap(LONGEST_GAP), "_": Gap(1, 1)}
        self._lists = {name: self._one_of(entries) for name, entries in lists.items()}

    def read(self, written: str) -> Run:
        """Return the pieces of a pattern, or raise PatternError with what to write."""
        signs = _signs(written)
        whole = self._run(signs, inside=False)
        if signs:
            raise PatternError("a “)” closes nothing; take it out")
        if not first(whole.parts):
            raise PatternError(
                "it has to begin with a word or a list, so that it can be found; put one first"
            )
        return Run(self._all_once(whole.parts))

    def forget(self) -> None:
        """Let go of what is only there so that patterns share it; no more of them is read from here on."""
        self.alphabet.settle()
        self._signs.clear()
        self._parts.clear()
        self._leaves.clear()
        self._lists.clear()

    def text(self, text: str) -> Tokens:
        """Read what somebody wrote as words that the patterns know."""
        return tokens(text, self._spell, self.alphabet.letter)

    def misread(self, written: str) -> bool:
        """Tell whether words that are meant as choices are read as following each other: "ball|game night|cards".

        Outside brackets "|" binds two words, so that this is "ball or game", then "night or cards".
        """
        return _bare_choice(written) and len(self.read(written).parts) > 1

    def _one_of(self, entries: Iterable[str]) -> WordGroups:
        read = (tokens(entry, self._spell, self.alphabet.learn).letters for entry in entries)
        return WordGroups.of(letters for letters in read if letters)

    def _once(self, part: PatternPart) -> PatternPart:
        """Return the same piece for all that are alike, and so for what it holds."""
        match part:
            case Run(parts):
                part = Run(self._all_once(parts))
            case Either(runs):
                part = Either(tuple(Run(self._all_once(run.parts)) for run in runs))
            case Maybe(inner):
                part = Maybe(self._once(inner))
            case Without(inner):
                part = Without(self._once(inner))
            case _:
                pass
        return self._parts.setdefault(part, part)

    def _all_once(self, parts: Iterable[PatternPart]) -> tuple[PatternPart, ...]:
        return tuple(map(self._once, parts))

    def _run(self, signs: list[str], *, inside: bool) -> Run:
        parts: list[PatternPart] = []
        while signs and signs[0] != ")" and not (inside and signs[0] == "|"):
            part = self._part(signs)
            if not inside and signs and signs[0] == "|":
                part = self._choice(part, signs)
            parts.append(_maybe(part, signs))
        if not parts:
            raise PatternError("a choice is empty; write a word on both sides of “|” and inside “( )”")
        return Run(tuple(parts))

    def _choice(self, first_part: PatternPart, signs: list[str]) -> PatternPart:
        """Outside brackets "|" binds two words; inside it parts whole groups."""
        runs = [Run((first_part,))]
        while signs and signs[0] == "|":
            signs.pop(0)
            if not signs:
                raise PatternError("a choice is empty; write a word on both sides of “|”")
            runs.append(Run((self._part(signs),)))
        return self._either(runs)

    def _group(self, signs: list[str]) -> PatternPart:
        runs = [self._run(signs, inside=True)]
        while signs and signs[0] == "|":
            signs.pop(0)
            runs.append(self._run(signs, inside=True))
        if not signs:
            raise PatternError("a “(” is opened and not closed; put a “)” where it ends")
        signs.pop(0)
        return self._either(runs)

    def _either(self, runs: list[Run]) -> PatternPart:
        """Join the choices that are plain words into one piece: it is found by one look instead of many."""
        choices = [(run, _alternatives(run)) for run in runs]
        plain = [letters for _, found in choices for letters in found]
        others = [run for run, found in choices if not found]
        if not others:
            return WordGroups.of(plain)
        return Either((Run((WordGroups.of(plain),)), *others) if plain else tuple(others))

    def _part(self, signs: list[str]) -> PatternPart:
        sign = signs.pop(0)
        if sign == "(":
            return self._group(signs)
        if sign == "!":
            if not signs:
                raise PatternError("after “!” comes what may not follow; write it or take the “!” out")
            return Without(self._part(signs))
        return self._leaf(sign)

    def _leaf(self, sign: str) -> PatternPart:
        """Read a single piece. A word is not kept to be shared: most of them soon stand in a choice."""
        if sign in self._leaves:
            return self._leaves[sign]
        if sign == "?attached":
            raise PatternError(
                "a “?” stands where nothing can be left out; put it right after a word or a “)”"
            )
        if sign.startswith("{"):
            name = sign.strip("{}")
            if name not in self._lists:
                known = ", ".join(sorted(self._lists))
                raise PatternError(f"there is no list “{name}”; the lists are {known}")
            return self._lists[name]
        return WordGroups.of([self._letters_of(sign)])

    def _letters_of(self, sign: str) -> str:
        """Return the words that a written one stands for; the same few thousand stand in all patterns."""
        if sign not in self._signs:
            read = tokens(sign, self._spell, self.alphabet.learn)
            if not read.words or ENDS.intersection(read.words):
                raise PatternError(f"“{sign}” is no word; write words, and “$” for the end of the sentence")
            self._signs[sign] = read.letters
        return self._signs[sign]


def _alternatives(run: Run) -> list[str]:
    """Return the words and groups of words that a run stands for, where it is no more than a choice of them."""
    only = run.parts[0]
    if len(run.parts) == 1 and isinstance(only, WordGroups):
        return only.choices
    letters = _literal(run)
    return [letters] if letters else []


def _literal(run: Run) -> str:
    """Return the words of a run that has no choice in it; nothing where it has one."""
    letters = ""
    for part in run.parts:
        inner = ""
        if isinstance(part, Run):
            inner = _literal(part)
        elif isinstance(part, WordGroups) and len(part.choices) == 1:
            (inner,) = part.choices
        if not inner:
            return ""
        letters += inner
    return letters


def _maybe(part: PatternPart, signs: list[str]) -> PatternPart:
    if signs and signs[0] == "?attached":
        signs.pop(0)
        return Maybe(part)
    return part


def _bare_choice(written: str) -> bool:
    """Whether a "|" stands outside all brackets."""
    depth = 0
    for sign in _signs(written):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            return True
    return False


def _signs(written: str) -> list[str]:
    signs: list[str] = []
    for match in _SIGN.finditer(written):
        if match["bad"]:
            raise PatternError(f"“{match['bad']}” has no meaning here; write words, or a list as {{name}}")
        sign = match.group().strip()
        attached = sign == "?" and match.start("sign") == match.start() and bool(signs)
        signs.append("?attached" if attached else sign)
    if not signs:
        raise PatternError("it is empty; write at least one word")
    return signs
