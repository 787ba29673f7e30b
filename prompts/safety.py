"""Lines that help, by country: each with the page on which its number was seen, and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from prompts.fields import Fields, tables
from prompts.source import FALLBACK, ROOT, Finding, Source, WordsError, languages, nearest, read_toml
from prompts.tongue import load_tongue

FILE = "safety.toml"
FOR = ("crisis", "violence")
STALE = timedelta(days=365)
LONGEST_ID = 8
TOLD = ("hours", "names", "countries")
"""What another language says of English's lines: hours as English has them, and names where they need other words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is for, what it is called, and how it is reached."""

    country: str
    purpose: str
    name: str
    number: str
    hours: str
    web: str
    source: str
    checked: date | None


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the lines that may be shown."""

    id: str
    name: str
    lines: tuple[Line, ...]


def load_safety(
    language: str = FALLBACK, root: Path | None = None, english: Mapping[str, Country] | None = None
) -> Mapping[str, Country]:
    """Load the countries with their lines, named in a language; raise WordsError with all findings.

    English holds every line. Another language says the same lines' hours and names its own way; where `english` is
    loaded already, what is said alike is held once.
    """
    root = root or ROOT
    folder = nearest(language, languages(root))[0]
    findings: list[Finding] = []
    names, lines = _loaded(english) if english else _read(root / FALLBACK / FILE, root, findings)[:2]
    if folder != FALLBACK:
        names, lines = _told(root / folder, root, names, lines, findings)
    if findings:
        raise WordsError(sorted(findings))
    shown = {
        id_: Country(id_, name, tuple(x for x in lines if x.country == id_ and x.checked))
        for id_, name in names.items()
    }
    return MappingProxyType({id_: country for id_, country in shown.items() if country.lines})


def _loaded(english: Mapping[str, Country]) -> tuple[dict[str, str], Sequence[Line]]:
    return (
        {id_: country.name for id_, country in english.items()},
        [line for country in english.values() for line in country.lines],
    )


def _told(
    folder: Path, root: Path, names: Mapping[str, str], lines: Sequence[Line], findings: list[Finding]
) -> tuple[dict[str, str], Sequence[Line]]:
    """Say countries and lines in another language: countries by CLDR, hours and what is added to a line by its file."""
    tongue = load_tongue(folder, root, findings)
    given = _tables(folder, root, findings)
    territories = tongue.locale.territories
    countries = {
        id_: given["countries"].get(id_) or str(territories.get(id_.upper(), name))
        for id_, name in names.items()
    }
    hours, called = given["hours"], given["names"]
    return countries, [
        replace(line, hours=hours.get(line.hours, line.hours), name=called.get(line.name, line.name))
        if line.hours in hours or line.name in called
        else line
        for line in lines
    ]


def _tables(folder: Path, root: Path, findings: list[Finding]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {table: {} for table in TOLD}
    if not (folder / FILE).exists():
        return found
    source = read_toml(folder / FILE, root)
    top = Fields(source, source.data, findings)
    for table in TOLD:
        top.ask(table)
        block = source.data.get(table, {})
        fields = Fields(source, block, findings, (table, 0), f"[{table}]")
        found[table] = {key: fields.text(key) for key in (block if isinstance(block, dict) else ())}
    top.finish()
    return found


def _find_untold(folder: Path, root: Path) -> Iterator[Finding]:
    """Find hours of English's lines that a language's file doesn't say, and keys that fit none."""
    findings: list[Finding] = []
    try:
        given = _tables(folder, root, findings)
        names, lines, _ = _read(root / FALLBACK / FILE, root, [])
        source = read_toml(folder / FILE, root)
    except WordsError as error:
        yield from error.findings
        return
    yield from findings
    hours = {line.hours for line in lines if line.hours}
    for missing in sorted(hours - given["hours"].keys()):
        wrong = f"“{missing}” of [hours] is not said here."
        yield Finding(source.name, source.line(("hours", 0)), wrong, f'Write "{missing}" = "…".')
    known = {"hours": hours, "names": {line.name for line in lines}, "countries": set(names)}
    for table, keys in given.items():
        for key in sorted(keys.keys() - known[table]):
            wrong = f"English has no “{key}” in [{table}]."
            yield Finding(
                source.name, source.line((table, 0), key), wrong, "Take it out, or write it as there."
            )


def find_safety_faults(folder: Path, root: Path, today: date | None = None) -> Iterator[Finding]:
    """Find what is wrong with a language's lines; what was checked more than a year ago is a note."""
    if not (folder / FILE).exists():
        return
    if folder.name != FALLBACK:
        yield from _find_untold(folder, root)
        return
    findings: list[Finding] = []
    try:
        _, lines, source = _read(folder / FILE, root, findings)
    except WordsError as error:
        yield from error.findings
        return
    yield from findings
    for index, line in enumerate(lines):
        if today and line.checked and today - line.checked > STALE:
            wrong = f"“{line.name}” ({line.country}) was checked more than a year ago."
            write = "Look at its number again, and write today's date."
            yield Finding(source.name, source.line(("line", index), "checked"), wrong, write, note=True)


def _read(path: Path, root: Path, findings: list[Finding]) -> tuple[dict[str, str], Sequence[Line], Source]:
    source = read_toml(path, root)
    names: dict[str, str] = {}
    for index, block in enumerate(tables(source, "country", findings)):
        fields = Fields(source, block, findings, ("country", index), "a country")
        id_ = fields.text("id")
        if id_ in names or not (id_.isascii() and id_.isalpha() and len(id_) <= LONGEST_ID):
            fields.wrong("id", f"“{id_}” is no id, or here twice.", "Write the country's two letters, once.")
        names[id_] = fields.text("name")
        fields.finish()
    lines = [
        _parse(Fields(source, block, findings, ("line", index), "a line"), names)
        for index, block in enumerate(tables(source, "line", findings))
    ]
    top = Fields(source, source.data, findings)
    top.ask("country", "line")
    top.finish()
    return names, lines, source


def _parse(fields: Fields, names: Mapping[str, str]) -> Line:
    line = Line(
        country=fields.text("country"),
        purpose=fields.one_of("for", FOR),
        name=fields.text("name"),
        number=fields.text("number"),
        hours=fields.text("hours", required=False),
        web=fields.text("web", required=False),
        source=fields.text("source"),
        checked=_day(fields),
    )
    if line.country not in names:
        fields.wrong("country", f"There is no country “{line.country}”.", "Add a [[country]] for it.")
    if not any(sign.isdigit() for sign in line.number):
        fields.wrong("number", "`number` has no digit.", "Write the number as it is dialled.")
    fields.finish()
    return line


def _day(fields: Fields) -> date | None:
    written = fields.day("checked")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        fields.wrong("checked", f"“{written}” is no date.", 'Write it like "2026-11-23".')
        return None
