"""The words around a prompt: starters, frames, closings, what a way is, and what each side is told.

What fits depends on what is read: a guess about oneself is not read like a partner's own feeling, and a
question wants an answer. Ways, sides and small things have the same ids in every language, and English's facts;
starters, frames and closings are each language's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from prompts.fields import Fields
from prompts.overlay import Overlay
from prompts.prompt import TASKS, WAYS, StarterKind, Task, Way, take_id
from prompts.source import FALLBACK, ROOT, Finding, WordsError, languages, nearest
from prompts.starters import MIXES, OF_THEIR_OWN, STARTERS, Starter, mix_for, starters_in
from prompts.together import TOGETHER, SmallThing
from prompts.word_file import Item, OrderSeed, WordFile, load_file, load_own, shuffled, stroll, walk

SIDE_LINES = ("tell", "guess", "guess-both", "mirror", "asked", "ask", "ask-both")
"""What each side is told of the other's, by what both do; where each has a task of their own, nothing."""


@dataclass(frozen=True, slots=True)
class Frame(Item):
    """What stands before a partner's words at the reveal.

    `ways` is empty where it suits them all. `tasks` names the words that it is for; without any it is for
    words about their writer. A `light` one is for light prompts, and a `grave` one may also stand before grave words.
    A `brisk` one sets a task, weighs or plays, and would sound cold before sad words.
    """

    ways: tuple[Way, ...]
    tasks: tuple[Task, ...]
    light: bool
    grave: bool
    brisk: bool
    text: str
    text_listened: str

    @property
    def sober(self) -> bool:
        """Whether it fits sad words, too."""
        return not (self.light or self.brisk)

    def words(self, *, listened: bool = False) -> str:
        """Give its words, `{other}` unreplaced; those for a voice message when `listened`."""
        return self.text_listened if listened else self.text


@dataclass(frozen=True, slots=True)
class Closing(Item):
    """The last words of a round."""

    text: str


@dataclass(frozen=True, slots=True)
class SideLine(Item):
    """What one side is told of the other's task, under a prompt; its id is one of `SIDE_LINES`."""

    text: str


@dataclass(frozen=True, slots=True)
class WayWords(Item):
    """What a way is and why it helps, with the study behind it; its id is the way."""

    title: str
    text: str
    text_tell: str
    text_guess: str
    source: str

    def text_for(self, task: Task) -> str:
        """Give the words that fit what somebody is about to do."""
        return {Task.TELL: self.text_tell, Task.GUESS: self.text_guess}.get(task) or self.text


@dataclass(frozen=True, slots=True)
class Phrasing:
    """All of these words in one language, English where that language has none yet."""

    language: str
    starters: Mapping[str, Starter]
    frames: Mapping[str, Frame]
    closings: Mapping[str, Closing]
    ways: Mapping[Way, WayWords]
    side_lines: Mapping[str, SideLine]
    things: Mapping[str, SmallThing]
    own_things: frozenset[str] = frozenset()
    """Those that this language has words for: the others are English's."""

    def starters_for(
        self,
        kind: StarterKind,
        seed: OrderSeed,
        turn: int,
        task: Task = Task.EACH,
        *,
        sore: bool = False,
        grave: bool = False,
    ) -> tuple[Starter, ...]:
        """Pick a round's three starters; `turn` is how many rounds the couple had before it.

        `task` is what the words that are answered do: after what one had guessed at, one of the three says
        what was new. Under words that hold something `sore` none is glad or light, and the first gives back what was
        heard; under `grave` ones all do.
        """
        picked: list[Starter] = []
        for wanted in mix_for(kind, task, sore=sore, grave=grave):
            items = [item for item in self.starters.values() if item.kind is wanted and item not in picked]
            sober = [item for item in items if item.sober] if sore or grave else items
            picked.append(walk(sober or items, seed, turn))
        return tuple(picked)

    def frame_for(
        self,
        way: Way,
        seed: OrderSeed,
        turn: int,
        task: Task = Task.EACH,
        *,
        light: bool = False,
        sore: bool = False,
        grave: bool = False,
    ) -> Frame:
        """Pick a round's frame; `turn` is how many rounds the couple had before it.

        `task` is what the words behind the frame do. Before `grave` words stands one of the few that suit them, which
        come in other rounds, too. Before words that hold something `sore` the frame whose turn it is gives way to
        another where it would sound cold.
        """
        if grave and task not in OF_THEIR_OWN:
            suiting = [frame for frame in self.frames.values() if frame.grave]
            return stroll(suiting or self._for_any(), seed, turn)
        due = self._due(way, seed, turn, task, light=light)
        if due.sober or not sore:
            return due
        return stroll(self._sober(way, task) or [due], seed, turn)

    def _sober(self, way: Way, task: Task) -> list[Frame]:
        """List what may stand before sad words: only a guess or a question wants a frame of its own there."""
        return [
            frame
            for frame in self.frames.values()
            if frame.sober
            and (not frame.ways or way in frame.ways)
            and (task in frame.tasks or not (frame.tasks or task in OF_THEIR_OWN))
        ]

    def _due(self, way: Way, seed: OrderSeed, turn: int, task: Task, *, light: bool) -> Frame:
        """Take the frame whose turn it is, whatever the words behind it hold.

        Where there are frames for the task, or for a light prompt, one of them it is. Else every frame for several ways
        has a place in the couple's order, and the round takes the place that is next. Those written for one way stand
        in on its rounds: first in places that don't suit it, then evenly spread. So no frame of either sort comes twice
        within one walk through the order.
        """
        frames = self.frames.values()
        fitting = [frame for frame in frames if task in frame.tasks]
        if light and not fitting:
            fitting = [frame for frame in frames if frame.light and not frame.tasks]
        if fitting:
            return stroll(fitting, seed, turn)
        general = [frame for frame in frames if not frame.tasks and not frame.light]
        places = shuffled((frame for frame in general if len(frame.ways) != 1), seed)
        own = shuffled((frame for frame in general if frame.ways == (way,)), seed)
        place = turn % len(places)
        return _stand_ins(way, places, own).get(place, places[place])

    def _for_any(self) -> list[Frame]:
        """List the frames without a condition: every language has one."""
        return [frame for frame in self.frames.values() if not (frame.ways or frame.tasks or frame.light)]

    def closing_for(self, seed: OrderSeed, turn: int) -> Closing:
        """Pick a round's last words; `turn` is how many rounds the couple had before it."""
        return walk(self.closings.values(), seed, turn)


def _stand_ins(way: Way, places: Sequence[Frame], own: Sequence[Frame]) -> dict[int, Frame]:
    """Spread a way's own frames over the places; they repeat where too many places don't suit it."""
    if not own:
        return {}
    unfit = [place for place, frame in enumerate(places) if frame.ways and way not in frame.ways]
    standing = {place: own[number % len(own)] for number, place in enumerate(unfit)}
    free = [place for place in range(len(places)) if place not in standing]
    rest = own[len(unfit) :][: len(free)]
    return standing | {free[number * len(free) // len(rest)]: frame for number, frame in enumerate(rest)}


def _parse_frame(fields: Fields) -> Frame:
    return Frame(
        take_id(fields),
        tuple(map(Way, fields.words("ways", WAYS))),
        tuple(map(Task, fields.words("tasks", TASKS))),
        fields.flag("light"),
        fields.flag("grave"),
        fields.flag("brisk"),
        fields.text("text"),
        fields.text("text_listened"),
    )


def _parse_closing(fields: Fields) -> Closing:
    return Closing(take_id(fields), fields.text("text"))


def _parse_side_line(fields: Fields) -> SideLine:
    return SideLine(fields.one_of("id", SIDE_LINES), fields.text("text"))


def _parse_way(fields: Fields) -> WayWords:
    pair = ("text_tell", "text_guess")
    tell, guess = (fields.text(key, required=fields.has(pair[0]) or fields.has(pair[1])) for key in pair)
    return WayWords(
        fields.one_of("id", WAYS),
        fields.text("title"),
        fields.text("text"),
        tell,
        guess,
        fields.text("source"),
    )


FRAMES = WordFile("frames.toml", "frame", _parse_frame, ("ways", "tasks", "light", "grave", "brisk"))
CLOSINGS = WordFile("closings.toml", "closing", _parse_closing, ())
WAY_WORDS = WordFile("ways.toml", "way", _parse_way, ())
SIDES = WordFile("sides.toml", "side", _parse_side_line, ())


def load_words(
    language: str = FALLBACK,
    root: Path | None = None,
    overlay: Overlay | None = None,
    english: Phrasing | None = None,
) -> Phrasing:
    """Load the words around a prompt; raise WordsError with all findings where a file is broken.

    Starters, frames and closings are a language's own, with ids of its own; of what it has too few, English's are
    taken along: those of `english`, where it is loaded already.
    """
    root = root or ROOT
    findings: list[Finding] = []
    chain = nearest(language, languages(root))[::-1]
    if chain[-1] == FALLBACK:
        english = None
    elif english is None:
        english = _read(FALLBACK, root, findings, overlay)
    words = _read(chain[-1], root, findings, overlay, english)
    if findings:
        raise WordsError(sorted(findings))
    if missing := [*find_too_few(words, root.name)]:
        raise WordsError(missing)
    return words


def _read(
    language: str,
    root: Path,
    findings: list[Finding],
    overlay: Overlay | None,
    english: Phrasing | None = None,
) -> Phrasing:
    chain = [FALLBACK] if english is None else [FALLBACK, language]
    ways = load_file(WAY_WORDS, chain, root, findings, overlay)
    words = Phrasing(
        language,
        load_own(starters_in(root / language, root, findings), language, root, findings, overlay),
        load_own(FRAMES, language, root, findings, overlay),
        load_own(CLOSINGS, language, root, findings, overlay),
        MappingProxyType({Way(name): told for name, told in ways.items()}),
        load_file(SIDES, chain, root, findings, overlay),
        things := load_file(TOGETHER, chain, root, findings, overlay),
        frozenset(id_ for id_ in things if english is None or things[id_] != english.things[id_]),
    )
    return words if english is None else _completed(words, english)


def _completed(words: Phrasing, english: Phrasing) -> Phrasing:
    """Take English's along of whatever kind a language has too few of: it isn't offered until it has them all."""
    lacking = {finding.file.rpartition("/")[2] for finding in find_too_few(words, "")}
    return replace(
        words,
        starters={**english.starters, **words.starters} if STARTERS.file in lacking else words.starters,
        frames={**english.frames, **words.frames} if FRAMES.file in lacking else words.frames,
        closings=words.closings or english.closings,
    )


def find_too_few(words: Phrasing, root_name: str) -> Iterator[Finding]:
    """Find what a round may need and these words have too few of, or none."""

    def missing(file: WordFile[Item], wrong: str, write: str) -> Finding:
        return Finding(f"{root_name}/{words.language}/{file.file}", 1, wrong, write)

    for kind in StarterKind:
        needed = MIXES.get(kind, (kind,)).count(kind)
        if sum(item.kind is kind for item in words.starters.values()) < needed:
            yield missing(STARTERS, f"There are too few starters of kind {kind}.", "Add one.")
    frames = words.frames.values()
    if not any(not (frame.ways or frame.tasks or frame.light) for frame in frames):
        yield missing(FRAMES, "Every frame here is for some prompts only.", "Add one without conditions.")
    for task in OF_THEIR_OWN:
        if not any(task in frame.tasks for frame in frames):
            yield missing(FRAMES, f"No frame fits the task {task}.", f'Add one with tasks = ["{task}"].')
    told: tuple[tuple[WordFile[Item], Iterable[str], Collection[str]], ...] = (
        (WAY_WORDS, WAYS, words.ways),
        (SIDES, SIDE_LINES, words.side_lines),
    )
    for file, names, there in told:
        for name in names:
            if name not in there:
                wrong = f"The {file.table} {name} is not told here."
                yield missing(file, wrong, f'Add a [[{file.table}]] with id = "{name}".')
