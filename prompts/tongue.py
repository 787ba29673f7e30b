"""A language: its name, the way its lines run, and its grammar by CLDR (plural categories, dates, lists).

`language.toml` in a language's folder says which it is. Babel is imported when a date, a list or a number is first
said: a start waits for none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from prompts.cldr import load_locale
from prompts.fields import Fields
from prompts.source import FALLBACK, ROOT, Finding, WordsError, display_name, languages, read_toml

if TYPE_CHECKING:
    from babel import Locale

FILE = "language.toml"
DIRECTIONS = ("ltr", "rtl")
ARABIC_LETTERS = frozenset({"ar", "fa", "ur"})
"""Languages whose comma is the Arabic one."""
COUNTED = range(1001)
"""Whole numbers that a message may say: a category that only a million takes needs no words here."""


@dataclass(frozen=True)
class Tongue:
    """One language. `first_day` is how it writes the first of a month, where CLDR's "1" isn't what people write.

    A text that holds a word of `tells` may be in it, whatever its writer reads the bot in; `pronouns` may stand for a
    name.
    """

    code: str
    name: str
    locale_name: str
    rtl: bool = False
    offered: bool = False
    first_day: str = ""
    tells: tuple[str, ...] = ()  # words, or a range of letters in square brackets
    pronouns: tuple[str, ...] = ()

    def may_be_of(self, text: str) -> bool:
        """Tell whether a text may be in this language."""
        return self._telling is not None and self._telling.search(text.casefold()) is not None

    @cached_property
    def _telling(self) -> re.Pattern[str] | None:
        said = [tell if tell.startswith("[") else rf"\b{re.escape(tell)}\b" for tell in self.tells]
        return re.compile("|".join(said)) if said else None

    @property
    def comma(self) -> str:
        """What parts the names of a place: CLDR knows a list's words and no comma."""
        return "\u060c " if self.code.partition("-")[0] in ARABIC_LETTERS else ", "

    @cached_property
    def locale(self) -> Locale:
        """The language's data of CLDR."""
        return load_locale(self.locale_name)

    @cached_property
    def plurals(self) -> tuple[str, ...]:
        """The plural categories that whole numbers up to a thousand take, in the order of CLDR."""
        taken = {self.plural(number) for number in COUNTED}
        return tuple(name for name in ("zero", "one", "two", "few", "many", "other") if name in taken)

    def plural(self, number: int) -> str:
        """Name the plural category of a number: zero, one, two, few, many or other."""
        return str(self.locale.plural_form(number))

    def short_date(self, day: date) -> str:
        """Write a day and its month: 5 March."""
        return self._written(day, "MMMMd")

    def full_date(self, day: date) -> str:
        """Write a day, its month and its year: 5 March 2026."""
        return self._written(day, "yMMMMd")

    def weekday_date(self, weekday: str, day: date) -> str:
        """Write a full date behind its weekday, which is called as the sentence wants it: on Saturday, 7 March 2026."""
        from babel.dates import format_date  # noqa: PLC0415 (a start need not wait for it)

        written = self._first(format_date(day, "full", locale=self.locale), day)
        return written.replace(format_date(day, "EEEE", locale=self.locale), weekday, 1)

    def month(self, day: date) -> str:
        """Name a month by itself: March."""
        from babel.dates import format_date  # noqa: PLC0415 (a start need not wait for it)

        return format_date(day, "LLLL", locale=self.locale)

    def month_of_year(self, day: date) -> str:
        """Write a month and its year: March 2026."""
        from babel.dates import format_skeleton  # noqa: PLC0415 (a start need not wait for it)

        return format_skeleton("yMMMM", day, locale=self.locale)

    def _written(self, day: date, skeleton: str) -> str:
        from babel.dates import format_skeleton  # noqa: PLC0415 (a start need not wait for it)

        return self._first(format_skeleton(skeleton, day, locale=self.locale), day)

    def _first(self, written: str, day: date) -> str:
        first = day.day == 1 and self.first_day
        return written.replace("1", self.first_day, 1) if first else written

    def listed(self, words: Iterable[str]) -> str:
        """Join words to a list: Monday, Tuesday and Friday."""
        from babel.lists import format_list  # noqa: PLC0415 (a start need not wait for it)

        return format_list(list(words), style="standard", locale=self.locale)


def load_tongue(folder: Path, root: Path, findings: list[Finding]) -> Tongue:
    """Read which language a folder holds; where nothing says so, it is a language that nobody is offered yet."""
    code = folder.name
    if not (folder / FILE).exists():
        return Tongue(code, code, "en" if code == FALLBACK else code, offered=code == FALLBACK)
    try:
        source = read_toml(folder / FILE, root)
    except WordsError as error:
        findings += error.findings
        return Tongue(code, code, code, offered=code == FALLBACK)
    fields = Fields(source, source.data, findings)
    tongue = Tongue(
        code,
        fields.text("name"),
        fields.text("locale"),
        rtl=fields.maybe_one_of("direction", DIRECTIONS) == "rtl",
        offered=fields.flag("offered") or code == FALLBACK,
        first_day=fields.text("first_day", required=False),
        tells=tuple(fields.text("tells", required=False).split()),
        pronouns=tuple(fields.text("pronouns", required=False).split()),
    )
    fields.finish()
    return tongue


def load_tongues(root: Path | None = None) -> Mapping[str, Tongue]:
    """Read every language that has a folder, English first. A broken `language.toml` offers its language to nobody."""
    root = root or ROOT
    return {code: load_tongue(root / code, root, []) for code in languages(root)}


def find_tongue_faults(folder: Path, root: Path) -> list[Finding]:
    """Find what is wrong with what a folder says of its language."""
    findings: list[Finding] = []
    name = display_name(folder / FILE, root)
    if not (folder / FILE).exists():
        if folder.name == FALLBACK:
            return findings
        wrong, write = "This file is missing.", "Write it; TRANSLATING.md shows how."
        return [Finding(name, 1, wrong, write, note=True)]
    tongue = load_tongue(folder, root, findings)
    if findings:
        return findings
    from babel import UnknownLocaleError  # noqa: PLC0415 (a start need not wait for it)

    try:
        direction = tongue.locale.text_direction
    except (ValueError, UnknownLocaleError):
        return [
            Finding(name, 1, f"CLDR has no locale “{tongue.locale_name}”.", "Write one like es or pt_BR.")
        ]
    if tongue.rtl != (direction == "rtl"):
        wrong = f"The lines of {tongue.name} run {direction}."
        findings.append(Finding(name, 1, wrong, f'Write direction = "{direction}".'))
    return findings
