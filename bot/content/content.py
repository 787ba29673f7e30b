"""All the words in every language, with their coach: loaded, and reloaded as a whole or not at all."""

import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.coach.addressee import Addressee
from bot.coach.danger import Danger
from bot.coach.gravity import Loss
from bot.content.advising import LONGEST, Advising, Landing, load_addressee, load_danger, load_loss
from bot.content.language import LanguageWords, load_language
from bot.places import PlaceWords
from bot.practice.hours import LaterWords, Vocabulary
from bot.practice.naming import NameWords
from bot.practice.shelf import Card
from bot.practice.sought import holds
from prompts.courtesies import Courtesies
from prompts.deck import Library, Prompt
from prompts.joining import LeadIn
from prompts.joining_rules import load_soreness
from prompts.menu import MenuWords
from prompts.overlay import Overlay
from prompts.overlay_check import find_strays
from prompts.render import Expected, Renderer
from prompts.safety import Country
from prompts.soreness import Soreness
from prompts.source import FALLBACK, ROOT, Finding, WordsError
from prompts.together import SmallThing
from prompts.tongue import Tongue
from prompts.vignettes import Vignette, pick
from prompts.words import Phrasing

GONE_CARD = "gone-card"
log = logging.getLogger(__name__)


def _without_name(text: str, called: str, pronouns: Sequence[str]) -> Sequence[str]:
    """Write a text with each of these in place of somebody's name; nothing where it isn't in it."""
    if not called.strip():
        return ()
    named = re.compile(
        rf"\b(?:{re.escape(called)}|{re.escape(called.split(maxsplit=1)[0])})\b", re.IGNORECASE
    )
    return [named.sub(pronoun, text) for pronoun in pronouns] if named.search(text) else ()


class Content:
    """Templates, decks, starters, frames and closings of every language.

    English is read at once, another language when it is first needed. Raises WordsError where English is broken, or
    where a message of it does not fit the values that are `expected`.
    """

    def __init__(
        self, root: Path | None = None, expected: Expected | None = None, overlay: Overlay | None = None
    ) -> None:
        self._root = root or ROOT
        self.overlay = overlay
        self._hold_overlay()
        self.renderer = Renderer(self._root, expected, overlay)
        self._languages = {FALLBACK: load_language(FALLBACK, self._root, overlay, None)}
        self._broken: frozenset[str] = frozenset()
        self._clear()

    def _clear(self) -> None:
        """Forget what is made of the words."""
        self._advisers: dict[str, Advising | None] = {}
        self._dangers: dict[str, Danger | None] = {}
        self._losses: dict[str, Loss | None] = {}
        self._sores: dict[str, Soreness] = {}
        self._addressees: dict[str, Addressee] = {}
        self._cards: dict[frozenset[str], tuple[Card, ...]] = {}

    def _hold_overlay(self) -> None:
        if self.overlay and (strays := find_strays(self.overlay, self._root)):
            raise WordsError(strays)

    def reload(self) -> list[Finding]:
        """Take the words on disk, language by language; keep the last good ones of what is broken, and say why.

        Where English is broken, nothing changes.
        """
        findings: list[Finding] = []
        fresh = dict(self._languages)
        try:
            self._hold_overlay()
            fresh[FALLBACK] = load_language(FALLBACK, self._root, self.overlay, None)
        except WordsError as broken:
            return list(broken.findings)
        for name in self._languages.keys() - {FALLBACK}:
            try:
                fresh[name] = load_language(name, self._root, self.overlay, fresh[FALLBACK])
            except WordsError as broken:
                findings += broken.findings
        found = self.renderer.reload()
        if self.renderer.broken_english(found):
            return found
        self._languages, self._broken = fresh, frozenset()
        self._clear()
        return sorted({*findings, *found})

    def _of(self, language: str) -> LanguageWords:
        return self._languages[self.nearest(language)]

    def _holds(self, name: str) -> bool:
        """Read a language when it is first needed; tell whether it can be said."""
        if name not in self._languages and name not in self._broken:
            try:
                self._languages[name] = load_language(
                    name, self._root, self.overlay, self._languages[FALLBACK]
                )
            except WordsError as broken:
                self._broken |= {name}
                log.error("%s is not said, English is: %s", name, broken)
        return name in self._languages

    def warm(self) -> None:
        """Read what is known of danger, then every coach: the longest part of a start, for which nobody has to wait."""
        for name in list(self._languages):
            self._danger(name)
        for name in list(self._languages):
            self.adviser(name)

    def nearest(self, language: str) -> str:
        """Return the language that is read in place of one that we may not have."""
        name = self.renderer.nearest(language)
        return name if self._holds(name) else FALLBACK

    def spoken(self) -> Collection[Tongue]:
        """Return the languages that are offered, English first, but for those found broken; none is read for it."""
        return [tongue for tongue in self.renderer.offered() if tongue.code not in self._broken]

    def speaks(self, code: str) -> bool:
        """Tell whether a language that Telegram names is spoken here itself, and not only one near to it."""
        bare = code.lower().replace("_", "-").partition("-")[0]
        return self.nearest(code) in (code.lower().replace("_", "-"), bare)

    def territories(self, language: str) -> Mapping[str, str]:
        """Return what a language calls the countries, by their two letters; nothing for English, as they are kept."""
        tongue = self.tongue(language)
        return {} if tongue.code == FALLBACK else tongue.locale.territories

    def tongue(self, language: str) -> Tongue:
        """Return a language's grammar: dates, lists, plurals."""
        return self.renderer.tongue(self.nearest(language))

    def library(self, language: str) -> Library:
        """Return the decks in a language, English for what it lacks."""
        return self._of(language).library

    def words(self, language: str) -> Phrasing:
        """Return starters, frames and closings in a language, English for what it lacks."""
        return self._of(language).words

    def prompt(self, prompt: str, language: str) -> Prompt:
        """Return a prompt in a language; one that is there no more is told so, and its round goes on."""
        found = self.library(language).prompts
        return found.get(prompt) or replace(found[GONE_CARD], id=prompt)

    def cards(self, *languages: str) -> Collection[Card]:
        """Return the facts of the prompts that each of these languages has words for."""
        names = frozenset(map(self.nearest, languages)) or frozenset({FALLBACK})
        if names not in self._cards:
            libraries = [self._languages[name].library for name in names]
            shared = frozenset.intersection(*(library.spoken for library in libraries))
            prompts = self._languages[FALLBACK].library.prompts.values()
            self._cards[names] = tuple(prompt for prompt in prompts if prompt.id in shared)
        return self._cards[names]

    def cards_with(self, wanted: str, language: str) -> Collection[str]:
        """Name the prompts whose words hold all of some, in any case, for either side or for one alone."""
        return [
            prompt.id
            for prompt in self.library(language).prompts.values()
            if any(holds(text, wanted) for text in {*prompt.sides, *prompt.plain_sides, prompt.single})
        ]

    def things(self, *languages: str) -> Collection[SmallThing]:
        """Return the small things to do together that each of these languages has words for."""
        spoken = [self.words(language) for language in languages] or [self.words(FALLBACK)]
        shared = frozenset.intersection(*(words.own_things for words in spoken))
        return [thing for thing in spoken[0].things.values() if thing.id in shared]

    def adviser(self, language: str) -> Advising | None:
        """Return a language's coach; silence is better than another language's."""
        name, advisers = self.nearest(language), self._advisers
        if name not in advisers:
            advisers[name] = Advising.load(self._root / name, self._root)
        return advisers[name]

    def second_question(self, kind: str, language: str) -> str:
        """Give what whoever answers may ask themselves, by a prompt's way or for a guess; `{other}` unreplaced."""
        return self._of(language).seconds[kind]

    def blames(self, text: str, language: str) -> bool:
        """Tell whether a card that somebody wrote may sound like blame, a test or a demand.

        Read by the style that our own are held to, and by the coach.
        """
        adviser = self.adviser(language)
        return self._of(language).style.blames(text) or (adviser is not None and adviser.troubled(text))

    def hard_to_hear(self, text: str, language: str) -> bool:
        """Tell whether somebody's own words, said for themselves, may sound like blame."""
        adviser = self.adviser(language)
        return self._of(language).style.blames(text) or (adviser is not None and adviser.accuses(text))

    def vignette(self, language: str, seed: int, besides: str = "") -> str:
        """Name a moment for practising alone, another than `besides`."""
        return pick(self._of(language).vignettes, seed, (besides,)).id

    def has_vignette(self, language: str, vignette: str) -> bool:
        """Return whether there is such a moment."""
        return vignette in self._of(language).vignettes

    def told(self, language: str, vignette: str) -> Vignette | None:
        """Return a moment in a language."""
        return self._of(language).vignettes.get(vignette)

    def practise(self, language: str, vignette: str, text: str, *, only_helps: bool) -> Landing:
        """Return how an answer to a moment lands, and one suggestion on it, if any.

        Nothing where no coach reads it, or where help is all that is to be said.
        """
        adviser, moment = self.adviser(language), self.told(language, vignette)
        if adviser is None or moment is None or only_helps:
            return Landing(moment, judged=False)
        return adviser.practise(text, moment)

    def countries(self, language: str) -> Mapping[str, Country]:
        """Return the countries whose lines we know, by id."""
        return self._of(language).countries

    def alarms(self, text: str, language: str, called: str = "") -> str | None:
        """Return which danger words may mean, read in a language, in English, and in each that they may be in.

        `called`: the other's name, which is also read as the "he" or "him" that it stands for.
        """
        own, tongues = self.nearest(language), self.renderer.offered()
        foreign = [tongue.code for tongue in tongues if tongue.may_be_of(text)]
        for name in dict.fromkeys((own, FALLBACK, *foreign)):
            danger = self._danger(name)
            said = (text, *_without_name(text, called, self.renderer.tongue(name).pronouns))
            found = next((kind for words in said if danger and (kind := danger.notices(words))), None)
            if found is not None:
                return found
        return None

    def for_bot(self, text: str, language: str, called: str = "") -> bool:
        """Tell whether a short message seems to speak to the bot, and not to the other, who is `called` so."""
        name, known = self.nearest(language), self._addressees
        if name not in known:
            known[name] = load_addressee(self._root / name)
        return known[name].is_bot(text, called)

    def grave(self, text: str, *languages: str) -> bool:
        """Tell whether nothing cheerful fits words, since they tell of a loss in one of some languages.

        Words that may mean danger are not asked about: whoever writes them is told that it changes nothing.
        """
        return any(self._tells_of_loss(name, text) for name in dict.fromkeys(map(self.nearest, languages)))

    def sore(self, text: str, language: str) -> bool:
        """Tell whether words hold something sore, or a "not", in a language; where they seem to be in another, in that.

        By a list of ordinary sad words: what may mean danger is not asked about.
        """
        own = self.nearest(language)
        foreign = [tongue.code for tongue in self.renderer.offered() if tongue.may_be_of(text)]
        names = (own,) if own in foreign else (own, *foreign)
        return any(self._soreness(name).holds(text[:LONGEST]) for name in names)

    def _soreness(self, name: str) -> Soreness:
        if name not in self._sores:
            self._sores[name] = load_soreness(self._root / name, self._root)
        return self._sores[name]

    def _tells_of_loss(self, name: str, text: str) -> bool:
        adviser, losses = self.adviser(name), self._losses
        if adviser is not None:
            return adviser.grave(text)
        if name not in losses:
            losses[name] = load_loss(self._root / name, self._root)
        loss = losses[name]
        return loss is not None and loss.told(text[:LONGEST])

    def _danger(self, name: str) -> Danger | None:
        dangers = self._dangers  # a reload takes others
        if name not in dangers:
            dangers[name] = load_danger(self._root / name, self._root)
        return dangers[name]

    def hours(self, language: str) -> Vocabulary:
        """Return how a language says a time of day, as English does where it has no file."""
        return self._of(language).hours

    def later(self, language: str) -> LaterWords:
        """Return how a language says when to come back, as English does where it has no file."""
        return self._of(language).later

    def places(self, language: str) -> PlaceWords:
        """Return what a language says around places, as English does where it has no file."""
        return self._of(language).places

    def courtesies(self, language: str) -> Courtesies:
        """Return what a language says for thanks and greetings, as English does where it has no file."""
        return self._of(language).courtesies

    def names(self, language: str) -> NameWords:
        """Return what a language says around a name, as English does where it has no file."""
        return self._of(language).names

    def menu(self, language: str) -> MenuWords:
        """Return what a language calls the commands, as English does where it has no file."""
        return self._of(language).menu

    def opening(self, starter: str | None, language: str) -> LeadIn | None:
        """Return the opening of a starter, which joins itself with words; None for none that we know."""
        found = self.words(language).starters.get(starter or "")
        return found.opening if found else None
