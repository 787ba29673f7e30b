"""Decks: the written prompts, as frozen values.

A deck is a TOML file in `<language>/decks/`; STYLE.md tells a writer how. English holds every prompt and its
facts (way, depth, form, theme, arc); another language holds words for the same ids, and what it lacks is read in
English. The one variable is `{other}`, the partner's name. It is replaced by plain search, never by
formatting, and the name goes in plain: the result is plain text, which a template escapes as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from prompts.fields import Fields, tables
from prompts.overlay import Overlay
from prompts.prompt import (
    DEPTHS,
    WAYS,
    Prompt,
    Side,
    StarterKind,
    Way,
    parse_prompt,
    parse_words,
    take_id,
    with_bare_name,
    with_name,
)
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
from prompts.themes import Theme, judge_theme, load_themes

__all__ = [  # what other rooms ask of decks, the prompts' own names among it
    "DEPTHS",
    "Arc",
    "Deck",
    "DeckError",
    "Library",
    "Prompt",
    "Side",
    "StarterKind",
    "Way",
    "load_library",
    "with_bare_name",
    "with_name",
]


class DeckError(WordsError):
    """A deck cannot be used as it is; `findings` says where and what to write."""


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
    themes: Mapping[str, Theme]
    spoken: frozenset[str] = frozenset()
    """The prompts that have words in this very language; of an arc all or none."""

    def prompt(self, prompt_id: str) -> Prompt:
        """Find a prompt; raise KeyError for an id that no deck holds."""
        return self.prompts[prompt_id]


def load_library(
    language: str = FALLBACK,
    root: Path | None = None,
    overlay: Overlay | None = None,
    english: Library | None = None,
) -> Library:
    """Load every deck; raise DeckError with all findings where a deck is broken.

    Where `english` is loaded already, it is shared: facts and what has no other words are held once.
    """
    root = root or ROOT
    library, findings = (english, []) if english else _read_english(root, overlay)
    for name in reversed(nearest(language, languages(root))):
        if name != FALLBACK:
            library, found = _translate(library, root / name, root, overlay)
            findings += found
    if findings:
        raise DeckError(sorted(findings))
    return replace(library, language=language)


def _read_english(root: Path, overlay: Overlay | None) -> tuple[Library, list[Finding]]:
    findings: list[Finding] = []
    themes = load_themes(FALLBACK, root, findings)
    decks, found = read_decks(root / FALLBACK, root, themes, overlay)
    findings += found + duplicate_ids(decks)
    prompts = {prompt.id: prompt for deck in decks for prompt in deck.prompts}
    arcs = {deck.arc.id: deck.arc for deck in decks if deck.arc}
    if not prompts and not findings:
        name = display_name(root / FALLBACK / "decks", root)
        findings.append(
            Finding(name, 1, "There is no prompt in English.", "Write a deck; STYLE.md shows how.")
        )
    spoken = frozenset(prompts)
    return Library(FALLBACK, MappingProxyType(prompts), MappingProxyType(arcs), themes, spoken), findings


def _translate(
    english: Library, folder: Path, root: Path, overlay: Overlay | None
) -> tuple[Library, list[Finding]]:
    decks, findings = read_decks(folder, root, english.themes, overlay, english.prompts)
    themes = load_themes(folder.name, root, findings)
    findings += duplicate_ids(decks)
    prompts, arcs = dict(english.prompts), dict(english.arcs)
    told = {prompt.id: prompt for deck in decks for prompt in deck.prompts if prompt.id in prompts}
    prompts.update(told)
    announced = set()
    for deck in decks:
        if deck.arc and deck.arc.id in arcs:
            arcs[deck.arc.id] = replace(arcs[deck.arc.id], title=deck.title, announce=deck.arc.announce)
            announced.add(deck.arc.id)
    halves = {arc.id for arc in arcs.values() if arc.id not in announced or not told.keys() >= {*arc.prompts}}
    spoken = frozenset(name for name, prompt in told.items() if prompt.arc not in halves)
    return Library(folder.name, MappingProxyType(prompts), MappingProxyType(arcs), themes, spoken), findings


def read_decks(
    folder: Path,
    root: Path,
    themes: Mapping[str, Theme],
    overlay: Overlay | None = None,
    english: Mapping[str, Prompt] | None = None,
) -> tuple[list[Deck], list[Finding]]:
    """Read a language's decks as far as they can be read, and say what is wrong with the rest.

    `english` are the prompts whose facts another language's words take on; None for English itself.
    """
    decks: list[Deck] = []
    findings: list[Finding] = []
    ours = {path.name: path for path in (folder / "decks").glob("*.toml")}
    for name in sorted({*ours, *(overlay.decks(folder.name) if overlay else ())}):
        try:
            source = read_toml(ours[name], root) if name in ours else None
            if overlay:
                source = overlay.laid(folder.name, f"decks/{name}", source, "prompt")
            if source:
                decks.append(_parse(source, themes, findings, english))
        except WordsError as error:
            findings += error.findings
    return decks, findings


def duplicate_ids(decks: Iterable[Deck]) -> list[Finding]:
    """Find every id that a language's decks use twice."""
    first: dict[tuple[str, str], tuple[Source, tuple[str, int]]] = {}
    findings = []
    for deck in decks:
        for place, kind, name in _ids(deck):
            if before := first.get((kind, name)):
                source, there = before
                wrong = f"The {kind} id “{name}” is taken, at {source.name}:{source.line(there, 'id')}."
                line = deck.source.line(place, "id")
                findings.append(Finding(deck.source.name, line, wrong, "Give this one an id of its own."))
            else:
                first[kind, name] = deck.source, place
    return findings


def _ids(deck: Deck) -> Iterable[tuple[tuple[str, int], str, str]]:
    if deck.arc:
        yield ("arc", 0), "arc", deck.arc.id
    for index, prompt in enumerate(deck.prompts):
        yield ("prompt", index), "prompt", prompt.id


def _parse(
    source: Source,
    themes: Mapping[str, Theme],
    findings: list[Finding],
    english: Mapping[str, Prompt] | None,
) -> Deck:
    top = Fields(source, source.data, findings)
    title, label = top.text("title"), top.text("label")
    way = Way(top.one_of("way", WAYS, required=english is None))
    theme = top.text("theme", required=False) or None
    blocks = tables(source, "prompt", findings)
    arc = _parse_arc(source, title, findings) if top.has("arc") else None
    top.ask("prompt", "arc")
    top.finish()
    prompts = []
    for index, block in enumerate(blocks):
        fields = Fields(source, block, findings, ("prompt", index), "a prompt")
        if english is None:
            prompts.append(judge_theme(fields, parse_prompt(fields, way, label, theme), themes))
        elif words := parse_words(fields, label, english):
            prompts.append(words)
    if arc and english is None:
        arc = replace(arc, prompts=tuple(prompt.id for prompt in prompts))
        prompts = [replace(p, arc=arc.id, place_in_arc=place) for place, p in enumerate(prompts, start=1)]
    return Deck(title, tuple(prompts), arc, source)


def _parse_arc(source: Source, title: str, findings: list[Finding]) -> Arc:
    fields = Fields(source, source.data["arc"], findings, ("arc", 0), "an arc")
    arc = Arc(take_id(fields), title, fields.text("announce"), ())
    fields.finish()
    return arc
