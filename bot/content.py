"""All the words in every language, with their coach: loaded, and reloaded as a whole or not at all."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from bot.coach.coach import Coach
from bot.coach.danger import Danger
from bot.coach.model import Model, ModelError
from bot.coach.shape import CoachError
from bot.coach.solo import Felt, felt
from bot.coach.suggest import MISSING
from bot.places import PlaceWords, read_words
from bot.practice.hours import LaterWords, Vocabulary, later_words, vocabulary
from bot.practice.shelf import Card
from bot.practice.sought import holds
from prompts.courtesies import Courtesies, read_courtesies
from prompts.deck import Library, Prompt, load_library
from prompts.joining import LeadIn
from prompts.overlay import Overlay
from prompts.overlay_check import find_strays
from prompts.prompt import WAYS, Task
from prompts.render import Expected, Renderer
from prompts.safety import Country, load_safety
from prompts.source import FALLBACK, ROOT, Finding, WordsError, read_toml
from prompts.style import Style, load_style
from prompts.together import SmallThing
from prompts.tongue import Tongue
from prompts.vignettes import Vignette, load_vignettes, pick
from prompts.words import Phrasing, load_words

COACH = "coach.toml"
HOURS = "hours.toml"
PLACES = "places.toml"
SECOND = "second.toml"
COURTESIES = "courtesies.toml"
DANGER = "danger.toml"
COACH_MODEL, DANGER_MODEL = "coach.model", "danger.model"
GONE_CARD = "gone-card"
AN_ANSWER_S = frozenset(
    {"self_turn", "defending", "curt"}
)  # in the way of an answer, and no blame in one's own words
LONGEST = 4_096  # what one message holds; more is nothing to read at a glance

log = logging.getLogger(__name__)


def read_model(path: Path) -> Model | None:
    """Read a small model; None where there is none, or a foreign one, which the log names: the phrases are left."""
    try:
        return Model.from_text(path.read_text("utf-8"))
    except (OSError, ValueError, ModelError) as broken:
        log.warning(
            "only phrases are read in %s: there is no %s (%s)", path.parent.name, path.name, _short(broken)
        )
        return None


def _short(broken: Exception) -> str:
    return str(broken) if isinstance(broken, ModelError) else type(broken).__name__


@dataclass(frozen=True, slots=True)
class Landing:
    """How an answer landed with whoever told a moment, and what the coach suggests on it.

    Not `judged`: nobody here reads that language, and nothing is said of how it landed.
    """

    moment: Vignette | None = field(default=None, repr=False)
    felt: Felt = Felt.PARTLY
    suggestion: str = field(default="", repr=False)
    judged: bool = True

    @property
    def ended(self) -> bool:
        """Whether the moment is over."""
        return self.felt is Felt.STOPPED

    def reply(self, turn: int) -> str:
        """Return what is answered: in another turn something else."""
        return self.moment.reaction(self.felt.value, turn) if self.moment and self.judged else ""


class Advising:
    """One language's coach; where its file is broken, there is none."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @classmethod
    def load(cls, folder: Path, root: Path) -> "Advising | None":
        """Read a language's coach; None where it has none, or a broken one, which the log names."""
        if not (folder / COACH).exists():
            return None
        try:
            return cls(
                Coach.from_data(read_toml(folder / COACH, root).data, read_model(folder / COACH_MODEL))
            )
        except (WordsError, CoachError) as broken:
            log.error("there are no suggestions in %s: %s", folder.name, broken)
            return None

    def kind(self, text: str, about: str, last: str | None) -> str | None:
        """Name the one suggestion to offer; None to stay silent."""
        if len(text) > LONGEST:
            return None
        offered = self._coach.suggest(self._coach.read(text, about), last or None)
        return offered.kind if offered else None

    def troubled(self, text: str) -> bool:
        """Tell whether something in a text may get in the way of being heard."""
        return len(text) <= LONGEST and self._coach.read(text, "").troubled

    def accuses(self, text: str) -> bool:
        """Tell whether a phrase in what somebody says of themselves may be hard to hear.

        The model is not asked: it has learnt from answers, and takes one bare word, or a wish, for a curt one.
        """
        return len(text) <= LONGEST and not AN_ANSWER_S.issuperset(self._coach.read(text, "").kinds)

    def missing(self, text: str, about: str) -> str | None:
        """Name the suggestion on what a text leaves out: nothing is in the way, and it doesn't say what was heard."""
        return MISSING if len(text) <= LONGEST and self._coach.read(text, about).missing else None

    def practise(self, text: str, moment: Vignette) -> Landing:
        """Return how an answer lands with whoever told a moment, and one suggestion on it, if any."""
        reading = self._coach.read(text[:LONGEST], moment.text)
        offered = self._coach.suggest(reading)
        landed = felt(reading, moment.way.value, moment.feeling)
        return Landing(moment, landed, offered.text if offered else "")

    def words(self, kind: str, text: str, about: str, last: str | None, other: str = "") -> str:
        """Write a suggestion of this kind, with the partner's name; empty where the words have none any more."""
        reading = self._coach.read(text, about)
        if kind == MISSING:
            offered = self._coach.suggestions.name_missing(reading, other)
        else:
            offered = self._coach.suggest(reading, last or None, other)
        return offered.text if offered and offered.kind == kind else ""


def load_danger(folder: Path, root: Path) -> Danger | None:
    """Read what a language knows of danger; None where it has none, or a broken file, which the log names."""
    if not (folder / DANGER).exists():
        return None
    try:
        model = folder / DANGER_MODEL  # English's has to be there; another language may do with phrases
        weighed = read_model(model) if folder.name == FALLBACK or model.exists() else None
        return Danger.from_data(read_toml(folder / DANGER, root).data, weighed)
    except (WordsError, CoachError) as broken:
        log.error("there is no word for danger in %s: %s", folder.name, broken)
        return None


_Made = TypeVar("_Made")


def read_made(path: Path, root: Path, make: Callable[[Mapping[str, Any]], _Made]) -> _Made:
    """Read a file and make of it what it is for. Raises WordsError, with what is amiss."""
    source = read_toml(path, root)
    try:
        return make(source.data)
    except (KeyError, TypeError, ValueError) as wrong:
        what = f"This does not fit: {wrong}."
        raise WordsError([Finding(source.name, 1, what, "Write it as en's file does.")]) from None


def second_questions(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Take the second question of every way and of a guess. Raises KeyError where one lacks, TypeError for no text."""
    found = {kind: data["questions"][kind] for kind in (*WAYS, Task.GUESS.value)}
    if not all(isinstance(text, str) and text.strip() for text in found.values()):
        raise TypeError("each way has one text, and so has a guess")
    return found


@dataclass(frozen=True, kw_only=True)
class _Language:
    """All that is read of one language besides its messages and its coach."""

    library: Library
    words: Phrasing
    vignettes: Mapping[str, Vignette]
    countries: Mapping[str, Country]
    hours: Vocabulary
    later: LaterWords
    places: PlaceWords
    seconds: Mapping[str, str]
    courtesies: Courtesies
    style: Style


def _load(name: str, root: Path, overlay: Overlay | None, english: _Language | None) -> _Language:
    """Read a language; what it has no file for is English's. Raises WordsError."""

    def read(file: str, make: Callable[[Mapping[str, Any]], _Made]) -> _Made:
        path = root / name / file
        return read_made(path if english is None or path.exists() else root / FALLBACK / file, root, make)

    return _Language(
        library=load_library(name, root, overlay),
        words=load_words(name, root, overlay),
        vignettes=load_vignettes(name, root),
        countries=load_safety(name, root),
        hours=read(HOURS, vocabulary),
        later=read(HOURS, later_words),
        places=read(PLACES, read_words),
        seconds=read(SECOND, second_questions),
        courtesies=read(COURTESIES, read_courtesies),
        style=load_style(root / name, root, []),
    )


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
        self._languages = {FALLBACK: _load(FALLBACK, self._root, overlay, None)}
        self._broken: frozenset[str] = frozenset()
        self._clear()

    def _clear(self) -> None:
        """Forget what is made of the words."""
        self._advisers: dict[str, Advising | None] = {}
        self._dangers: dict[str, Danger | None] = {}
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
            fresh[FALLBACK] = _load(FALLBACK, self._root, self.overlay, None)
        except WordsError as broken:
            return list(broken.findings)
        for name in self._languages.keys() - {FALLBACK}:
            try:
                fresh[name] = _load(name, self._root, self.overlay, fresh[FALLBACK])
            except WordsError as broken:
                findings += broken.findings
        found = self.renderer.reload()
        if self.renderer.broken_english(found):
            return found
        self._languages, self._broken = fresh, frozenset()
        self._clear()
        return sorted({*findings, *found})

    def _of(self, language: str) -> _Language:
        return self._languages[self.nearest(language)]

    def _holds(self, name: str) -> bool:
        """Read a language when it is first needed; tell whether it can be said."""
        if name not in self._languages and name not in self._broken:
            try:
                self._languages[name] = _load(name, self._root, self.overlay, self._languages[FALLBACK])
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

    def practise(self, language: str, vignette: str, text: str) -> Landing:
        """Return how an answer to a moment lands, and one suggestion on it, if any; nothing where no coach reads it."""
        adviser, moment = self.adviser(language), self.told(language, vignette)
        if adviser is None or moment is None:
            return Landing(moment, judged=False)
        return adviser.practise(text, moment)

    def countries(self, language: str) -> Mapping[str, Country]:
        """Return the countries whose lines we know, by id."""
        return self._of(language).countries

    def alarms(self, text: str, language: str) -> str | None:
        """Return which danger words may mean, read in a language, or in English where it has no patterns."""
        danger = self._danger(self.nearest(language)) or self._danger(FALLBACK)
        return danger.notices(text) if danger else None

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

    def opening(self, starter: str | None, language: str) -> LeadIn | None:
        """Return the opening of a starter, which joins itself with words; None for none that we know."""
        found = self.words(language).starters.get(starter or "")
        return found.opening if found else None
