"""Decks: the written prompts, as frozen values.

A deck is a TOML file in `<language>/decks/`; STYLE.md tells a writer how. English holds every prompt and its
facts (way, depth, shape, arc); another language holds words for the same ids, and what it lacks is read in
English. The one variable is `{other}`, the partner's name. It is replaced by plain search, never by
formatting, and the name goes in plain: the result is plain text, which a template escapes as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from prompts.fields import Fields, tables
from prompts.source import (
    FALLBACK,
    ROOT,
    Finding,
    Source,
    WordsError,
    display_name,
    languages,
    nearest,
    read_toml,
)

DEPTHS = (1, 2, 3)
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OTHER = "{other}"

Side = Literal[0, 1]


class Way(StrEnum):
    """What a prompt practises."""

    LISTENING = "listening"
    PERSPECTIVE = "perspective"
    VALIDATION = "validation"
    ROOTS = "roots"
    GOOD = "good"
    DAILY = "daily"
    REPAIR = "repair"


class StarterKind(StrEnum):
    """How a response may begin."""

    REFLECT = "reflect"
    SENSE = "sense"
    IMAGINE = "imagine"
    GOOD = "good"
    THANKS = "thanks"


WAYS = tuple(way.value for way in Way)
STARTER_KINDS = tuple(kind.value for kind in StarterKind)


class DeckError(WordsError):
    """A deck cannot be used as it is; `findings` says where and what to write."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One written prompt: the same words for both partners, or a side for each."""

    id: str
    way: Way
    depth: int
    label: str
    starters: StarterKind
    sides: tuple[str, str]
    hints: tuple[str, str]
    plain_sides: tuple[str, str]
    two_sided: bool
    heavy: bool
    retired: bool
    arc: str | None
    place_in_arc: int | None

    def side_text(self, side: Side, *, plain: bool = False) -> str:
        """Give one side's words, `{other}` unreplaced; when `plain`, the literal variant if there is one."""
        return (self.plain_sides if plain else self.sides)[side]

    def hint_for(self, side: Side) -> str:
        """Give the hint for the stuck, `{other}` unreplaced."""
        return self.hints[side]


@dataclass(frozen=True, slots=True)
class Arc:
    """A week of prompts with a thread: announced in a sentence, read in order, left at any time."""

    id: str
    title: str
    announce: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """One deck file as it is written in one language."""

    title: str
    prompts: tuple[Prompt, ...]
    arc: Arc | None
    source: Source


@dataclass(frozen=True, slots=True)
class Library:
    """Every prompt in one language, English where that language has no words yet."""

    language: str
    prompts: Mapping[str, Prompt]
    arcs: Mapping[str, Arc]

    def prompt(self, prompt_id: str) -> Prompt:
        """Find a prompt; raise KeyError for an id that no deck holds."""
        return self.prompts[prompt_id]


def with_name(text: str, other: str) -> str:
    """Put the partner's name, plain and already cleaned, in place of `{other}`."""
    return text.replace(OTHER, other)


def load_library(language: str = FALLBACK, root: Path | None = None) -> Library:
    """Load every deck; raise DeckError with all findings where a deck is broken."""
    root = root or ROOT
    library, findings = _read_english(root)
    for name in reversed(nearest(language, languages(root))):
        if name != FALLBACK:
            library, found = _translate(library, root / name, root)
            findings += found
    if findings:
        raise DeckError(sorted(findings))
    return replace(library, language=language)


def _read_english(root: Path) -> tuple[Library, list[Finding]]:
    decks, findings = read_decks(root / FALLBACK, root)
    findings += duplicate_ids(decks)
    prompts = {prompt.id: prompt for deck in decks for prompt in deck.prompts}
    arcs = {deck.arc.id: deck.arc for deck in decks if deck.arc}
    if not prompts and not findings:
        name = display_name(root / FALLBACK / "decks", root)
        findings.append(
            Finding(name, 1, "There is no prompt in English.", "Write a deck; STYLE.md shows how.")
        )
    return Library(FALLBACK, MappingProxyType(prompts), MappingProxyType(arcs)), findings


def _translate(english: Library, folder: Path, root: Path) -> tuple[Library, list[Finding]]:
    decks, findings = read_decks(folder, root)
    findings += duplicate_ids(decks) + mismatches(english, decks)
    prompts, arcs = dict(english.prompts), dict(english.arcs)
    for deck in decks:
        for words in deck.prompts:
            if words.id in prompts:
                prompts[words.id] = _in_words_of(words, prompts[words.id])
        if deck.arc and deck.arc.id in arcs:
            arcs[deck.arc.id] = replace(arcs[deck.arc.id], title=deck.title, announce=deck.arc.announce)
    return Library(folder.name, MappingProxyType(prompts), MappingProxyType(arcs)), findings


def _in_words_of(words: Prompt, facts: Prompt) -> Prompt:
    return replace(
        facts, label=words.label, sides=words.sides, hints=words.hints, plain_sides=words.plain_sides
    )


def read_decks(folder: Path, root: Path) -> tuple[list[Deck], list[Finding]]:
    """Read a language's decks as far as they can be read, and say what is wrong with the rest."""
    decks: list[Deck] = []
    findings: list[Finding] = []
    for path in sorted((folder / "decks").glob("*.toml")):
        try:
            decks.append(_parse(read_toml(path, root), findings))
        except WordsError as error:
            findings += error.findings
    return decks, findings


def duplicate_ids(decks: Iterable[Deck]) -> list[Finding]:
    """Find every id that a language's decks use twice."""
    first: dict[tuple[str, str], str] = {}
    findings = []
    for deck in decks:
        for place, kind, name in _ids(deck):
            line = deck.source.line(place, "id")
            if before := first.get((kind, name)):
                wrong = f"The {kind} id “{name}” is taken, at {before}."
                findings.append(Finding(deck.source.name, line, wrong, "Give this one an id of its own."))
            else:
                first[kind, name] = f"{deck.source.name}:{line}"
    return findings


def mismatches(english: Library, translated: Iterable[Deck]) -> list[Finding]:
    """Find translated prompts that English does not have, or has in another shape."""
    findings = []
    for deck in translated:
        for index, prompt in enumerate(deck.prompts):
            line = deck.source.line(("prompt", index), "id")
            original = english.prompts.get(prompt.id)
            if original is None:
                wrong = f"English has no prompt “{prompt.id}”."
                findings.append(Finding(deck.source.name, line, wrong, "Write it in English first."))
            elif original.two_sided != prompt.two_sided:
                shape = "two sides" if original.two_sided else "one text for both"
                wrong = f"“{prompt.id}” has {shape} in English."
                findings.append(Finding(deck.source.name, line, wrong, "Give it the same shape here."))
    return findings


def _ids(deck: Deck) -> Iterable[tuple[tuple[str, int], str, str]]:
    if deck.arc:
        yield ("arc", 0), "arc", deck.arc.id
    for index, prompt in enumerate(deck.prompts):
        yield ("prompt", index), "prompt", prompt.id


def _parse(source: Source, findings: list[Finding]) -> Deck:
    top = Fields(source, source.data, findings)
    title, label = top.text("title"), top.text("label")
    way = Way(top.one_of("way", WAYS))
    blocks = tables(source, "prompt", findings)
    arc = _parse_arc(source, title, findings) if top.has("arc") else None
    top.ask("prompt", "arc")
    top.finish()
    prompts = [
        _parse_prompt(Fields(source, block, findings, ("prompt", index), "a prompt"), way, label)
        for index, block in enumerate(blocks)
    ]
    if arc:
        arc = replace(arc, prompts=tuple(prompt.id for prompt in prompts))
        prompts = [replace(p, arc=arc.id, place_in_arc=place) for place, p in enumerate(prompts, start=1)]
    return Deck(title, tuple(prompts), arc, source)


def _parse_arc(source: Source, title: str, findings: list[Finding]) -> Arc:
    fields = Fields(source, source.data["arc"], findings, ("arc", 0), "an arc")
    arc = Arc(take_id(fields), title, fields.text("announce"), ())
    fields.finish()
    return arc


def take_id(fields: Fields) -> str:
    """Take an `id`, written-like-this."""
    value = fields.text("id")
    if value and not KEBAB.fullmatch(value):
        fields.wrong(
            "id", f"The id “{value}” has an unusual form.", "Write it-like-this: a to z, 0 to 9, hyphens."
        )
    return value


def _parse_prompt(fields: Fields, way: Way, label: str) -> Prompt:
    two_sided = fields.has("sides")
    sides = _take_texts(fields, "text", "sides", two_sided=two_sided) or ("", "")
    plain = _take_texts(fields, "plain", "plain_sides", two_sided=two_sided, required=False)
    prompt = Prompt(
        id=take_id(fields),
        way=way,
        depth=fields.number("depth", DEPTHS),
        label=label,
        starters=StarterKind(fields.one_of("starters", STARTER_KINDS)),
        sides=sides,
        hints=_take_hints(fields, two_sided=two_sided),
        plain_sides=plain or sides,
        two_sided=two_sided,
        heavy=fields.flag("heavy"),
        retired=fields.flag("retired"),
        arc=None,
        place_in_arc=None,
    )
    fields.finish()
    return prompt


def _take_texts(
    fields: Fields, one: str, two: str, *, two_sided: bool, required: bool = True
) -> tuple[str, str] | None:
    fields.ask(one, two)
    unfit = one if two_sided else two
    if fields.has(unfit):
        shape = "has `sides`" if two_sided else "has no `sides`"
        fields.wrong(
            unfit, f"`{unfit}` does not fit: this prompt {shape}.", f"Write `{two if two_sided else one}`."
        )
    if two_sided:
        return fields.two_texts(two, required=required)
    if not required and not fields.has(one):
        return None
    text = fields.text(one)
    return text, text


def _take_hints(fields: Fields, *, two_sided: bool) -> tuple[str, str]:
    fields.ask("hint", "hints")
    if two_sided and fields.has("hints"):
        return fields.two_texts("hints") or ("", "")
    if fields.has("hints"):
        fields.wrong("hints", "`hints` does not fit: this prompt has no `sides`.", "Write one `hint`.")
        return "", ""
    hint = fields.text("hint")
    return hint, hint
