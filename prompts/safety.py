"""Lines that help, by country: each with the page on which its number was seen, and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from prompts.fields import Fields, tables
from prompts.source import FALLBACK, ROOT, Finding, Source, WordsError, languages, nearest, read_toml

FILE = "safety.toml"
FOR = ("crisis", "violence")
STALE = timedelta(days=365)
LONGEST_ID = 8


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


def load_safety(language: str = FALLBACK, root: Path | None = None) -> Mapping[str, Country]:
    """Load a language's countries, English where it has none; raise WordsError with all findings."""
    root = root or ROOT
    folder = next(name for name in nearest(language, languages(root)) if (root / name / FILE).exists())
    findings: list[Finding] = []
    names, lines, _ = _read(root / folder / FILE, root, findings)
    if findings:
        raise WordsError(sorted(findings))
    shown = {
        id_: Country(id_, name, tuple(x for x in lines if x.country == id_ and x.checked))
        for id_, name in names.items()
    }
    return MappingProxyType({id_: country for id_, country in shown.items() if country.lines})


def find_safety_faults(folder: Path, root: Path, today: date | None = None) -> Iterator[Finding]:
    """Find what is wrong with a language's lines; what was checked more than a year ago is a note."""
    if not (folder / FILE).exists():
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
