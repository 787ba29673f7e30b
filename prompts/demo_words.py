"""The demo's words: what its page says, and the play of two people that it shows.

A language that has no such file yet shows the page in English, and two people who write English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from prompts.fields import Fields
from prompts.source import FALLBACK, ROOT, Finding, Source, WordsError, languages, read_toml

PAGE = "page.toml"
PLAY = "play.toml"
MOST_WORDS = 4_096  # of one message
LONGEST_NAME = 12  # of one of the two: their names stand on buttons
_BRACED = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class MomentWords:
    """What the two write on their first morning: to their card, and to each other."""

    first: str
    second: str
    hasty: str
    better: str
    answer: str
    adds: str
    once_more: str


@dataclass(frozen=True, slots=True)
class HourWords:
    """What the two write on their second morning: one tells, the other guesses."""

    told: str
    guessed: str
    really: str
    seen: str


@dataclass(frozen=True, slots=True)
class AnyWords:
    """What fits any card, for those that the play knows nothing of."""

    moments: tuple[str, ...]
    guesses: tuple[str, ...]
    really: tuple[str, ...]
    responses: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class PlayWords:
    """The play of one language: who the two are, where they live, and what they write."""

    names: tuple[str, str]
    city: str
    zone: str
    intro: str
    invitation: str
    finished: str
    nothing_left: str
    stalled: str
    moment: MomentWords
    hour: HourWords
    any: AnyWords


def has_page(language: str, root: Path | None = None) -> bool:
    """Tell whether the page says something in a language."""
    return ((root or ROOT) / language / PAGE).exists()


def _find_lost(source: Source, said: Mapping[str, str], root: Path) -> Iterator[Finding]:
    """Find keys that English has lost: every other language says them."""
    others = [
        _page(read_toml(root / language / PAGE, root), [])
        for language in languages(root)
        if language != FALLBACK and has_page(language, root)
    ]
    for key in sorted(set.intersection(*map(set, others)) - said.keys()) if others else ():
        wrong = f"`{key}` is missing here, and every other language says it."
        yield Finding(source.name, 1, wrong, f'Add {key} = "…", or take it out of the others.')


def load_page(language: str = FALLBACK, root: Path | None = None) -> Mapping[str, str]:
    """Read what the page says in a language, English for what it lacks; raise WordsError for a broken file."""
    root = root or ROOT
    findings: list[Finding] = []
    said = _page(read_toml(root / FALLBACK / PAGE, root), findings)
    if (root / language / PAGE).exists():
        said |= _page(read_toml(root / language / PAGE, root), findings)
    if findings:
        raise WordsError(findings)
    return said


def load_play(language: str = FALLBACK, root: Path | None = None) -> PlayWords:
    """Read the play of a language, English's where it has none; raise WordsError for a broken file."""
    root = root or ROOT
    findings: list[Finding] = []
    folder = root / (language if (root / language / PLAY).exists() else FALLBACK)
    play = _play(read_toml(folder / PLAY, root), findings)
    if findings:
        raise WordsError(findings)
    return play


def find_demo_faults(folder: Path, root: Path) -> Iterator[Finding]:
    """Find what is wrong with a language's words for the demo, where it has some."""
    for file, find in ((PAGE, _find_page_faults), (PLAY, _find_play_faults)):
        try:
            if (folder / file).exists():
                yield from find(folder, root)
        except WordsError as broken:
            yield from broken.findings


def _find_play_faults(folder: Path, root: Path) -> Iterator[Finding]:
    findings: list[Finding] = []
    _play(read_toml(folder / PLAY, root), findings)
    yield from findings


def _find_page_faults(folder: Path, root: Path) -> Iterator[Finding]:
    """Find keys that are not English's, or lack, and values that the page doesn't put in."""
    findings: list[Finding] = []
    source = read_toml(folder / PAGE, root)
    said = _page(source, findings)
    yield from findings
    if folder.name == FALLBACK:
        yield from _find_lost(source, said, root)
        return
    english = _page(read_toml(root / FALLBACK / PAGE, root), [])
    missing = sorted(english.keys() - said.keys())
    if missing:
        yield Finding(source.name, 1, f"These are said in English: {', '.join(missing)}.", "Write them.")
    for key, text in said.items():
        if key not in english:
            yield Finding(source.name, source.line(key=key), f"English has no `{key}`.", "Take it out.")
        elif (wanted := set(_BRACED.findall(english[key]))) != set(_BRACED.findall(text)):
            write = f"Put in {' and '.join(sorted(wanted))}." if wanted else "Put none in."
            yield Finding(source.name, source.line(key=key), f"`{key}` has other values than English.", write)


def _page(source: Source, findings: list[Finding]) -> dict[str, str]:
    fields = Fields(source, source.data, findings)
    return {key: fields.text(key) for key in source.data}


def _play(source: Source, findings: list[Finding]) -> PlayWords:
    fields = Fields(source, source.data, findings)
    fields.ask("moment", "hour", "any")
    names = fields.two_texts("names") or ("", "")
    for name in names:
        if len(name) > LONGEST_NAME or " " in name:
            fields.wrong("names", f"“{name}” is no short first name.", f"{LONGEST_NAME} letters at most.")
    zone = fields.text("zone")
    if zone and zone not in available_timezones():
        fields.wrong("zone", f"There is no zone “{zone}”.", 'Write one like "Europe/Madrid".')
    play = PlayWords(
        names=names,
        city=fields.text("city"),
        zone=zone,
        intro=fields.text("intro"),
        invitation=fields.text("invitation"),
        finished=fields.text("finished"),
        nothing_left=fields.text("nothing_left"),
        stalled=fields.text("stalled"),
        moment=MomentWords(**_texts(source, "moment", MomentWords, findings)),
        hour=HourWords(**_texts(source, "hour", HourWords, findings)),
        any=_any(source, findings),
    )
    fields.finish()
    return play


def _texts(source: Source, table: str, kind: type, findings: list[Finding]) -> dict[str, str]:
    fields = Fields(source, source.data.get(table), findings, (table, 0), f"[{table}]")
    said = {key: fields.text(key) for key in kind.__annotations__}
    fields.finish()
    for key, text in said.items():
        for braced in _BRACED.findall(text):
            fields.wrong(key, f"{braced} is not a variable here.", "Write the name, or leave it out.")
        if len(text) > MOST_WORDS:
            fields.wrong(key, f"{len(text)} characters.", f"Write {MOST_WORDS} at most.")
    return said


def _any(source: Source, findings: list[Finding]) -> AnyWords:
    fields = Fields(source, source.data.get("any"), findings, ("any", 0), "[any]")
    words = AnyWords(
        moments=fields.texts("moments"),
        guesses=fields.texts("guesses"),
        really=fields.texts("really"),
        responses=fields.texts("responses"),
        more=fields.text("more"),
    )
    fields.finish()
    return words
