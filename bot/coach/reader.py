"""Reading a response: five numbers, and the words that get in the way."""

from enum import IntEnum

from bot.coach.beside import Beside
from bot.coach.contrast import KIND as CONTRAST
from bot.coach.contrast import Contrast
from bot.coach.echo import Echo
from bot.coach.features import words_of
from bot.coach.gravity import Gravity
from bot.coach.legible import Legible
from bot.coach.mirrors import Mirrors
from bot.coach.phrasebook import Hit
from bot.coach.reading import NUMBERS, Found, Reading
from bot.coach.rules import Language, Rule, Rulebook, covered
from bot.coach.shape import Table
from bot.coach.tokens import Tokens
from bot.coach.weigh import TakenUp, weigh

# Telegram's longest message. Of what is longer only this much is read, and nothing is said to be in the way.
LONGEST = 4096
# A notice that shows a number this clearly keeps the rules silent that are less sure.
KIND_ENOUGH = 0.45
_RULE = (
    "kind",
    "say",
    "unless",
    "unless_near",
    "unless_kind",
    "whole",
    "plain",
    "with_not",
    "must",
    "must_not",
)


class Sureness(IntEnum):
    """How surely a phrase means what it is found for."""

    PERHAPS = 0
    SURE = 1
    PLAIN = 2


NamedWay = tuple[str, Hit, Sureness]


class Reader:
    """Everything needed to read a response in one language."""

    def __init__(self, root: Table) -> None:
        self.language = Language(root)
        self.notices = Rulebook(self.language, _tables(root, "notices", "shows"))
        self.ways = Rulebook(self.language, _tables(root, "in_the_way"))
        self.contrast = Contrast(self.language, root.table("contrast"))
        self._gravity = Gravity(self.language, root.table("gravity"))
        self.mirrors = Mirrors(self.language, root.table("mirror"))
        self._beside = Beside(root.table("beside"))
        lists = self.language.lists
        set_aside = root.table("set_aside")
        set_aside.only("say")
        self._set_aside = self.language.book(set_aside, "say")
        self._legible = Legible(lists.get("common", ()))
        self._echo = Echo(lists.get("common", ()), _same(root.table("person")))
        self._taken_up = TakenUp({name: frozenset(lists.get(name, ())) for name in ("self", "other")})
        self._not_meant = frozenset(lists.get("not_meant", ()))

    def read(self, text: str, about: str = "") -> Reading:
        """Read a response to the partner's words."""
        head = text[:LONGEST]
        words, theirs = self.language.read(head), self.language.read(about[:LONGEST])
        legible = self._legible.holds(head, words)
        seen = [(rule, hit) for rule, hit in self.notices.find(words) if not words.quoted[hit.start]]
        ways: list[NamedWay] = []
        if legible and len(text) <= LONGEST:
            ways = self._ways(words, self._echo.spoken(theirs), seen)
        troubled = covered(words, [hit for _, hit, _ in ways])
        seen = [(rule, hit) for rule, hit in seen if not any(troubled[hit.start : hit.end])]
        takes_up = self._taken_up.count(words, self._echo.taken_up(words, theirs), troubled)
        numbers = weigh(
            seen,
            takes_up,
            meant=not any(kind in self._not_meant for kind, _, _ in ways),
        )
        beside = self._beside.kind(words_of(about))
        return Reading(
            reflects=numbers["reflects"],
            names_feeling=numbers["names_feeling"],
            makes_sense=numbers["makes_sense"],
            asks=numbers["asks"],
            warmth=numbers["warmth"],
            gets_in_the_way=tuple(_found(words, text, kind, hit, sure) for kind, hit, sure in ways),
            noticed=tuple(_found(words, text, rule.name, hit, Sureness.SURE) for rule, hit in seen),
            text=text,
            sentences=_spans(words, len(head)),
            legible=legible,
            takes_up=takes_up,
            tells=self._gravity.tells(theirs),
            beside=beside,
            mirrors=self.mirrors.whole(words, beside),
        )

    def tells(self, text: str) -> str:
        """Name what a text tells that wants care; empty where nothing is found."""
        return self._gravity.tells(self.language.read(text[:LONGEST]))

    def _ways(self, words: Tokens, spoken: str, seen: list[tuple[Rule, Hit]]) -> list[NamedWay]:
        aside = self._aside(words)
        ways = [
            (rule, hit)
            for rule, hit in self.ways.find(words)
            if not aside[hit.start] and not self._theirs(words, hit, spoken)
        ]
        sure = covered(words, [hit for rule, hit in ways if not rule.unless_kind])
        kind = any(_is_kind(rule) and not any(sure[hit.start : hit.end]) for rule, hit in seen)
        mine = [(rule.name, hit, _sureness(rule)) for rule, hit in ways if not (kind and rule.unless_kind)]
        clauses = self.contrast.find(
            words, noticed=[hit for _, hit in seen], in_the_way=[hit for _, hit, _ in mine]
        )
        named = [*((CONTRAST, hit, Sureness.SURE) for hit in clauses), *mine]
        return sorted(_merged(named), key=lambda item: (item[1].start, -item[1].end))

    def _theirs(self, words: Tokens, hit: Hit, spoken: str) -> bool:
        """Whether a match is quoted, or repeats the partner's own words."""
        return any(words.quoted[hit.start : hit.end]) or self._echo.repeats(words, hit.start, hit.end, spoken)

    def _aside(self, words: Tokens) -> bytes:
        """Mark what is told as somebody else's view, or as what one does not mean, up to the next turn."""
        marks = bytearray(len(words) + 1)
        turns = set(self.contrast.pivots(words))
        for hit in self._set_aside.find(words):
            place, end = hit.end, words.sentence(hit.start).end
            while place < end and place not in turns and not marks[place]:
                marks[place] = 1
                place += 1
        return bytes(marks)


def _is_kind(rule: Rule) -> bool:
    return any(strength >= KIND_ENOUGH for strength in rule.shows.values())


def _sureness(rule: Rule) -> Sureness:
    if rule.plain:
        return Sureness.PLAIN
    return Sureness.PERHAPS if rule.unless_kind else Sureness.SURE


def _merged(named: list[NamedWay]) -> list[NamedWay]:
    """Join the matches of one kind that share words."""
    merged: list[NamedWay] = []
    last: dict[str, int] = {}
    for kind, hit, sure in sorted(named, key=lambda item: (item[1].start, item[1].end)):
        at = last.get(kind)
        if at is not None and merged[at][1].end > hit.start:
            _, before, surely = merged[at]
            merged[at] = (kind, Hit(0, before.start, max(before.end, hit.end)), max(surely, sure))
        else:
            last[kind] = len(merged)
            merged.append((kind, hit, sure))
    return merged


def _found(words: Tokens, text: str, kind: str, hit: Hit, sure: Sureness) -> Found:
    start, end = words.starts[hit.start], words.ends[hit.end - 1]
    return Found(kind, text[start:end], start, end, sure > Sureness.PERHAPS, sure is Sureness.PLAIN)


def _spans(words: Tokens, length: int) -> tuple[tuple[int, int], ...]:
    """Return where each sentence begins and ends in the text."""
    spans = []
    for sentence in words.sentences:
        if sentence.end > sentence.start:
            last = min(sentence.end, len(words) - 1)
            spans.append((words.starts[sentence.start], min(words.ends[last], length)))
    return tuple(spans)


def _tables(root: Table, key: str, *more: str) -> list[Table]:
    tables = list(root.tables(key))
    for table in tables:
        table.only(*_RULE, *more)
        table.table("shows").only(*NUMBERS)
    if not tables:
        root.wrong(f"there is no [[{key}]]; write at least one, with kind and say", key)
    return tables


def _same(table: Table) -> dict[str, str]:
    """Return for each word that changes with the speaker the name of its group."""
    return {word: name for name in table.names() for word in table.texts(name)}
