"""How a language joins a starter with what a person goes on with: word lists of its `joining.toml`.

The law is the one of `joining`: what is not surely of the kind that an opening needs stands alone. English has rules of
its own there; another language says by which words a joint is found, and without a file next to nothing is joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prompts.fields import Fields
from prompts.joining_words import SORE
from prompts.soreness import Soreness
from prompts.source import FALLBACK, Finding, WordsError, read_toml

JOINING = "joining.toml"
KINDS = ("clause", "noun", "name", "sentence")
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_FEW = 2
NONE: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class Joint:
    """By which words one kind of continuation is known; phrases are words in small letters.

    `begins`: one of these it begins with. `never`: what it does not begin with, all the same. `without`: what stands
    nowhere in it. `least`: how many words it has.
    """

    begins: frozenset[tuple[str, ...]]
    never: frozenset[tuple[str, ...]]
    without: frozenset[str]
    least: int


@dataclass(frozen=True, slots=True)
class Joints:
    """A language's joints by kind, and what hurts: a glad opening stands before none of that."""

    kinds: dict[str, Joint]
    sore: Soreness
    turns: frozenset[str]
    """Words after which something sore may come, such as "but": a glad opening stands before none of them, either."""
    capitals: frozenset[str]
    """Words that keep their capital within a sentence."""

    def fits(self, kind: str, text: str, first: str, *, glad: bool) -> bool:
        """Tell whether a text, whose first sentence is given, surely goes on an opening of a kind."""
        words = words_of(first)
        joint = self.kinds[kind]
        if len(words) < joint.least or (glad and self._may_hurt(first, words)):
            return False
        if not joint.without.isdisjoint(words) or _begins(words, joint.never):
            return False
        if kind == "sentence":
            return True
        called = re.match(r"[^\W_]+\s*[,\u060c]", text) is not None  # somebody is spoken to
        return _begins(words, joint.begins) and not called

    def _may_hurt(self, first: str, words: Sequence[str]) -> bool:
        return not self.turns.isdisjoint(words) or self.sore.holds(first)

    def lowered(self, text: str) -> str:
        """Take a phone's capital away, unless the word keeps its own, or everything is in capitals."""
        found = _TOKEN.search(text)
        word = found[0] if found else ""
        if word.casefold() in self.capitals or (text.isupper() and len(word) > 1):
            return text
        return text[0].lower() + text[1:]


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, with straight apostrophes."""
    return [word.replace("\u2019", "'").casefold() for word in _TOKEN.findall(text)]


def _begins(words: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    longest = max(map(len, phrases), default=0)
    return any(tuple(words[:length]) in phrases for length in range(1, longest + 1))


def load_joints(folder: Path, root: Path, findings: list[Finding]) -> Joints | None:
    """Read a language's joints; None where it has no file of them."""
    if not (folder / JOINING).exists():
        return None
    try:
        source = read_toml(folder / JOINING, root)
    except WordsError as error:
        findings += error.findings
        return None
    top = Fields(source, source.data, findings)
    kinds = {}
    for kind in KINDS:
        top.ask(kind)
        fields = Fields(source, source.data.get(kind), findings, (kind, 0), f"[{kind}]")
        least = fields.number("least", range(1, 10)) if fields.has("least") else _FEW
        fields.ask("least")
        kinds[kind] = Joint(
            _phrases(fields, "begins"), _phrases(fields, "never"), _words(fields, "without"), least
        )
        fields.finish()
    sore = Soreness(top.texts("sore", empty=True))
    turns = _words(top, "turns")
    capitals = frozenset(word for text in top.texts("capitals", empty=True) for word in words_of(text))
    top.finish()
    return Joints(kinds, sore, turns, capitals)


def load_soreness(folder: Path, root: Path) -> Soreness:
    """Read what hurts in a language; English's, too, for one that has no file of it, or a broken one."""
    joints = None if folder.name == FALLBACK else load_joints(folder, root, [])
    return joints.sore if joints else SORE


def _phrases(fields: Fields, key: str) -> frozenset[tuple[str, ...]]:
    fields.ask(key)
    return (
        frozenset(tuple(words_of(text)) for text in fields.texts(key, empty=True))
        if fields.has(key)
        else NONE
    )


def _words(fields: Fields, key: str) -> frozenset[str]:
    return frozenset(word for phrase in _phrases(fields, key) for word in phrase)
