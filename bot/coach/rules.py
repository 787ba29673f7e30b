"""The rules of a file, ready to be found in a text: what is said, unless something else is said around it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.coach.grammar import Grammar, PatternError
from bot.coach.marks import unmarked
from bot.coach.phrasebook import Hit, Phrasebook
from bot.coach.phrases import Run
from bot.coach.shape import Table
from bot.coach.spelling import Speller, forgivable
from bot.coach.tokens import ENDS, PAUSE, Tokens, plain

# How many words before a pattern a "not" still denies it.
REACH_OF_NOT = 2
# Lists whose words are looked up one by one, and so have to be spelt as a text is.
_LOOKED_UP = ("negator", "lead_in", "conjunction")
# How a language is written that leaves letters out, has two for one, or writes words together.
_WRITTEN = ("written", "letters", "beginnings")
_MISREAD = "a choice outside brackets binds two words alone; put the whole into “( )”"


@dataclass(frozen=True, slots=True)
class Rule:
    """Patterns that mean one thing.

    A match counts unless it shares a word with an `unless`, or its sentence holds an `unless_near`, or it is
    denied ("not", "never" before it) and the rule does not say that this is part of it (`with_not`). A less
    sure rule counts only where nothing kind was noticed (`unless_kind`): the reader sees to that. A rule for a
    `whole` text counts only where the match is all that was written. What is `plain` is said of nothing else, and
    counts whatever a model makes of the rest.
    """

    name: str
    shows: Mapping[str, float]
    with_not: bool
    unless_kind: bool
    whole: bool
    plain: bool


class Language:
    """The words of one file: its spelling, its lists, and reading patterns and texts with them."""

    def __init__(self, root: Table) -> None:
        spelling, lists, no_denial = root.table("spelling"), root.table("lists"), root.table("no_denial")
        spelling.only("typed", "endings", "forgiving", "bare", "elided", "pairs", *_WRITTEN)
        no_denial.only("say")
        self.findings = root.findings
        self.lists = {name: lists.texts(name) for name in lists.names()}
        self._speller = _speller(spelling, self.lists)
        for name in _LOOKED_UP:
            self.lists[name] = _respelt(self.lists.get(name, ()), self._speller)
        self.grammar = Grammar(self.lists, self._speller)
        self._negators = frozenset(word for one in self.lists["negator"] for word in one.split())
        self._affirms = self.book(no_denial, "say")

    def forget(self) -> None:
        """Let go of what only patterns are read with; none is read from here on."""
        self.grammar.forget()
        self.lists.clear()

    def read(self, text: str) -> Tokens:
        """Read a text as words in the spelling of the patterns."""
        return self.grammar.text(text)

    def runs(self, table: Table, key: str) -> list[Run]:
        """Return the patterns under a key; what can't be read becomes a finding."""
        found: list[Run] = []
        for number, written in enumerate(table.texts(key), 1):
            try:
                found.append(self.grammar.read(written))
                if key == "unless_near" and self.grammar.misread(written):
                    table.wrong(f"{key} {number}, “{written}”: {_MISREAD}", key, written)
            except PatternError as error:
                table.wrong(f"{key} {number}, “{written}”: {error}", key, written)
        return found

    def book(self, table: Table, key: str) -> Phrasebook:
        """Return the patterns under a key as a book of their own."""
        return self.shelf([table], key)

    def shelf(self, tables: Iterable[Table], key: str) -> Phrasebook:
        """Return the patterns under a key of several tables as one book, owned by the number of their table."""
        return Phrasebook(
            (number, run) for number, table in enumerate(tables) for run in self.runs(table, key)
        )

    def denials(self, text: Tokens) -> bytes:
        """Mark the words that a "not" close before them, in the same clause, denies."""
        marks = bytearray(len(text))
        affirmed = covered(text, self._affirms.find(text))
        for place, word in enumerate(text.words):
            if word not in self._negators or affirmed[place]:
                continue
            for after in range(place + 1, min(place + 1 + REACH_OF_NOT, len(text))):
                if text.words[after] in ENDS or text.words[after] == PAUSE:
                    break
                marks[after] = 1
        return bytes(marks)


def covered(text: Tokens, hits: Sequence[Hit]) -> bytes:
    """Mark the words that matches cover."""
    marks = bytearray(len(text) + 1)
    for hit in hits:
        marks[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
    return bytes(marks)


class Rulebook:
    """All rules of one sort, found together."""

    def __init__(self, language: Language, sections: Sequence[Table]) -> None:
        self._language = language
        for table in sections:
            table.texts("say", needed=True)
        self.rules = [_rule(table) for table in sections]
        self._book = language.shelf(sections, "say")
        self._unless = language.shelf(sections, "unless")
        self._unless_near = language.shelf(sections, "unless_near")

    def find(self, text: Tokens) -> list[tuple[Rule, Hit]]:
        """Return the matches that count, in the order of the text."""
        hits = self._book.find(text)
        if not hits:
            return []
        denied = self._language.denials(text)
        lifted = self._lifted(text, {hit.owner for hit in hits})
        return [
            (self.rules[hit.owner], hit)
            for hit in hits
            if not any(lifted[hit.owner][hit.start : hit.end])
            and (self.rules[hit.owner].with_not or not denied[hit.start])
            and (not self.rules[hit.owner].whole or _is_all(text, hit))
        ]

    def _lifted(self, text: Tokens, owners: Collection[int]) -> Mapping[int, bytearray]:
        """Mark for each of some rules the words at which it does not count."""
        marks = {owner: bytearray(len(text) + 1) for owner in owners}
        for hit in self._unless.find(text):
            if hit.owner in marks:
                marks[hit.owner][hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
        for hit in self._unless_near.find(text):
            if hit.owner in marks:
                start, end = text.sentence(hit.start).start, text.sentence(hit.start).end
                marks[hit.owner][start:end] = b"\x01" * (end - start)
        return marks


def _is_all(text: Tokens, hit: Hit) -> bool:
    """Whether no word stands outside a match."""
    outside = (*text.words[: hit.start], *text.words[hit.end :])
    return all(word in ENDS or word == PAUSE for word in outside)


def _rule(table: Table) -> Rule:
    shows = table.table("shows")
    return Rule(
        name=table.text("kind"),
        shows={number: shows.number(number, default=1.0) for number in shows.names()},
        with_not=table.flag("with_not"),
        unless_kind=table.flag("unless_kind"),
        whole=table.flag("whole"),
        plain=table.flag("plain"),
    )


def _respelt(entries: Sequence[str], speller: Speller) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(speller(plain(entry))) for entry in entries))


def _speller(table: Table, lists: Mapping[str, tuple[str, ...]]) -> Speller:
    typed, endings = table.table("typed"), table.table("endings")
    forgiven = (word for name in table.texts("forgiving") for word in lists.get(name, ()))
    forgivable_words = forgivable(forgiven)
    known = (word for entries in lists.values() for entry in entries for word in plain(entry).split())
    bare = table.flag("bare")
    spelt = unmarked if bare else str
    return Speller(
        typed={spelt(plain(key)): tuple(spelt(typed.text(key)).split()) for key in typed.names()},
        endings={key: endings.text(key, default="") for key in endings.names()},
        forgiven=forgivable_words,
        known=frozenset(known) if forgivable_words else frozenset(),
        bare=bare,
        elided=table.flag("elided"),
        **{
            name: {key: table.table(name).text(key, default="") for key in table.table(name).names()}
            for name in _WRITTEN
        },
    )
