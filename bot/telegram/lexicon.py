"""All the words, in every language there is, as this room asks for them."""

import logging
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.coach.danger import Danger
from bot.coach.solo import Felt
from bot.practice.shelf import Card
from bot.telegram.advising import Advising, load_danger
from prompts.deck import Library, Prompt, load_library
from prompts.render import Renderer
from prompts.safety import Country, load_safety
from prompts.source import ROOT, Finding, WordsError, languages, nearest
from prompts.vignettes import Vignette, load_vignettes, pick
from prompts.words import Words, load_words

log = logging.getLogger(__name__)


class Lexicon:
    """Templates, decks, starters, frames and closings of every language.

    Raises WordsError where any is broken.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root or ROOT
        self.renderer = Renderer(self._root)
        self._load()

    def _load(self) -> None:
        known = languages(self._root)
        self._libraries = {name: load_library(name, self._root) for name in known}
        self._words = {name: load_words(name, self._root) for name in known}
        self._vignettes = {name: load_vignettes(name, self._root) for name in known}
        self._advisers: dict[str, Advising | None] = {}
        self._countries = {name: load_safety(name, self._root) for name in known}
        self._dangers = {name: load_danger(self._root / name, self._root) for name in known}
        self._cards = tuple(self.library("en").prompts.values())

    def reload(self) -> list[Finding]:
        """Take the words on disk if all of them hold; else keep the last good ones and say why."""
        before = dict(vars(self))
        try:
            self._load()
            findings = self.renderer.reload()
        except WordsError as broken:
            findings = list(broken.findings)
        if findings:
            vars(self).update(before)
        return findings

    def warm(self) -> None:
        """Read every coach: the longest part of a start, for which nobody has to wait."""
        for name in self._libraries:
            self.adviser(name)

    def nearest(self, language: str) -> str:
        """Name the language that is read in place of one that we may not have."""
        return nearest(language, self.renderer.languages)[0]

    def library(self, language: str) -> Library:
        """Give the decks in a language, English for what it lacks."""
        return self._libraries[nearest(language, tuple(self._libraries))[0]]

    def words(self, language: str) -> Words:
        """Give starters, frames and closings in a language, English for what it lacks."""
        return self._words[nearest(language, tuple(self._words))[0]]

    def prompt(self, prompt: str, language: str) -> Prompt:
        """Give a prompt in a language."""
        return self.library(language).prompt(prompt)

    def cards(self) -> Collection[Card]:
        """Give the facts of every prompt, for the choice of the next one."""
        return self._cards

    def adviser(self, language: str) -> Advising | None:
        """Give a language's coach; silence is better than another language's."""
        name, advisers = self.nearest(language), self._advisers
        if name not in advisers:
            advisers[name] = Advising.load(self._root / name, self._root)
        return advisers[name]

    def vignette(self, language: str, seed: int, besides: str = "") -> str:
        """Name a moment for practising alone, another than `besides`."""
        return pick(self._vignettes[self.nearest(language)], seed, (besides,)).id

    def has_vignette(self, language: str, vignette: str) -> bool:
        """Tell whether there is such a moment."""
        return vignette in self._vignettes[self.nearest(language)]

    def told(self, language: str, vignette: str) -> Vignette | None:
        """Give a moment in a language."""
        return self._vignettes[self.nearest(language)].get(vignette)

    def practise(self, language: str, vignette: str, text: str, *, coached: bool) -> tuple[str, str]:
        """Tell how an answer to a moment would land, and one suggestion on it, if any."""
        adviser, moment = self.adviser(language), self.told(language, vignette)
        if adviser is None or moment is None:
            return Felt.PARTLY.value, ""
        felt, suggestion = adviser.practise(text, moment)
        return felt, suggestion if coached else ""

    def countries(self, language: str) -> Mapping[str, Country]:
        """Give the countries whose lines we know, by id."""
        return self._countries[self.nearest(language)]

    def alarms(self, text: str, language: str) -> bool:
        """Tell whether words may mean danger, read in a language, or in English where it has no patterns."""
        danger: Danger | None = self._dangers[self.nearest(language)] or self._dangers["en"]
        return danger is not None and danger.notices(text) is not None

    def opening(self, starter: str | None, language: str) -> str:
        """Give the opening words of a starter, without the dots; empty for none that we know."""
        found = self.words(language).starters.get(starter or "")
        return found.text.rstrip(" …") if found else ""
