"""A language's style: the limits and the words to avoid, from a file that its writer can edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prompts.fields import Fields, tables
from prompts.prompt import STARTER_KINDS, TASKS
from prompts.source import FALLBACK, Finding, Source, WordsError, read_toml
from prompts.tics import Tics

STYLE = "style.toml"
OWN_CARD = "own_card"  # what a person writes for the two of them
LIMITS = (
    "title",
    "label",
    "announce",
    "prompt",
    "hint",
    "starter_button",
    "frame",
    "closing",
    "way_title",
    "way_text",
    "button",
    "choice",
    "theme_title",
    "theme_text",
    "side_line",
    "thing",
)
KINDS = (
    *LIMITS,
    "frame_listened",
    "frame_general",
    "frame_light",
    *(f"frame_{task}" for task in TASKS),
    *(f"prompt_{task}" for task in TASKS),
    "prompt_single",
    "prompt_plain",
    *(f"starter_{kind}" for kind in STARTER_KINDS),
    "way_general",
    "way_tell",
    "way_guess",
    "message",
    OWN_CARD,
)
"""Every kind of text that `in` may name: those with a limit, and the more exact ones."""
READING = ("sentence_words", "lix", "lix_hint", "balance", "alike")

_QUOTED = re.compile(
    r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“]*“"
    r"|(?<![\w}])['\u2018][^'\u2019]*(?:\b['\u2019]\b[^'\u2019]*)*['\u2019](?!\w)"  # and not an apostrophe
)


@dataclass(frozen=True, slots=True)
class Avoid:
    """A group of wordings to do without, why, and what to write; in texts of any kind where none is named."""

    kinds: tuple[str, ...]
    words: str
    """A regular expression, compiled when somebody looks for it: the bot itself looks for few."""

    wrong: str
    write: str
    blames: bool = False

    def find(self, kinds: Iterable[str], text: str) -> list[str]:
        """List what a text of these kinds has of them, outside of quotation marks."""
        if not set(self.kinds or LIMITS).intersection(kinds):
            return []
        return [match[0] for match in re.finditer(self.words, _QUOTED.sub(" ", text).replace("\u2019", "'"))]


@dataclass(frozen=True, slots=True)
class Style:
    """What a language's words are held to: `limits` in characters, `reading` in the units of the file."""

    limits: Mapping[str, int]
    button_limits: Mapping[str, int]
    reading: Mapping[str, int]
    avoid: Sequence[Avoid]
    tics: Tics

    def blames(self, text: str) -> bool:
        """Tell whether a person's own text for their partner sounds like blame, a test or a demand."""
        return any(avoid.find((*LIMITS, OWN_CARD), text) for avoid in self.avoid if avoid.blames)

    def blaming(self) -> Style:
        """Return what a person's own text is read by, without what our own are held to besides."""
        return replace(self, avoid=[avoid for avoid in self.avoid if avoid.blames], tics=Tics({}, 1))

    def button_limit(self, key: str) -> int:
        """Tell how long a label of buttons.toml may be: the longest beginning that fits its key decides."""
        fitting = [start for start in self.button_limits if key.startswith(start)]
        return self.button_limits[max(fitting, key=len)] if fitting else self.limits["button"]


def load_style(folder: Path, root: Path, findings: list[Finding]) -> Style:
    """Read a language's style, or English's limits where it has none; raise WordsError where it is broken."""
    if not (folder / STYLE).exists() and folder.name != FALLBACK:
        english = load_style(root / FALLBACK, root, findings)
        return Style(english.limits, english.button_limits, english.reading, (), Tics({}, 1))
    source = read_toml(folder / STYLE, root)
    faults: list[Finding] = []
    style = _parse(source, faults)
    if faults:
        raise WordsError(faults)
    return style


def _parse(source: Source, findings: list[Finding]) -> Style:
    top = Fields(source, source.data, findings)
    top.ask("limits", "reading", "button_limits", "avoid", "tics")
    top.finish()
    limits = _numbers(source, "limits", findings, LIMITS)
    reading = _numbers(source, "reading", findings, READING)
    buttons = source.data.get("button_limits")
    names = tuple(buttons) if isinstance(buttons, dict) else ()
    avoid = []
    for index, block in enumerate(tables(source, "avoid", findings)):
        fields = Fields(source, block, findings, ("avoid", index), "an avoid")
        words, wrong, write = fields.texts("words"), fields.text("wrong"), fields.text("write")
        kinds, blames = fields.words("in", KINDS), fields.flag("blames")
        fields.finish()
        avoid.append(Avoid(kinds, _expression(words), wrong, write, blames))
    buttons_at_most = _numbers(source, "button_limits", findings, names)
    return Style(limits, buttons_at_most, reading, avoid, _parse_tics(source, findings))


def _parse_tics(source: Source, findings: list[Finding]) -> Tics:
    fields = Fields(source, source.data.get("tics"), findings, ("tics", 0), "[tics]")
    words, at_most = fields.texts("words"), fields.number("at_most", range(1, 1000))
    fields.finish()
    return Tics({phrase: _expression([phrase]) for phrase in words}, at_most)


def _numbers(source: Source, table: str, findings: list[Finding], names: Sequence[str]) -> dict[str, int]:
    fields = Fields(source, source.data.get(table), findings, (table, 0), f"[{table}]")
    found = {name: fields.number(name, range(1, 10_000)) for name in names}
    fields.finish()
    return found


def _expression(words: Sequence[str]) -> str:
    either = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(words, key=len, reverse=True))
    return rf"(?i)(?<!\w)(?:{either or '(?!)'})(?!\w)"
