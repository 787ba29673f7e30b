"""Words on their way to a translator's tool and back: a PO file, which Weblate and Poedit read.

TOML and Jinja stay the source. Each text that stands beside one of English's is an entry: its context names the file
and the place, its comments what the writer noted and how long it may be. What is each language's own (starters, frames,
closings, vignettes, and the words by which hours, places and danger are known) has no English beside it, and is
written where it stands.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prompts.complete import NEEDED, WEEKLY
from prompts.demo_exchange import DEMO, demo_notes, demo_texts, put_demo_text
from prompts.render import BUTTONS
from prompts.source import FALLBACK, ROOT, Finding, WordsError, read_text, read_toml
from prompts.style import STYLE
from prompts.template import MACROS, SUFFIX
from prompts.tongue import load_tongue

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from tomlkit import TOMLDocument

TextPath = tuple[str, ...]
"""The way to a text in its file: a table, the id of one of them, a key, the place in a list; empty for a template."""

TOP = ("title", "label")
_PROMPT = ("text", "sides", "single", "hint", "hints", "plain", "plain_sides", "choices")
TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ways.toml": {"way": ("title", "text", "text_tell", "text_guess")},
    "sides.toml": {"side": ("text",)},
    "themes.toml": {"theme": ("title", "text")},
    "together.toml": {"thing": ("text",)},
    "second.toml": {"questions": ()},
}
"""The texts of a file that has English's ids: of which tables, which keys; () for all keys of one table."""

DECKS = "decks"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The date that a file names: always the same, so that the same words are the same file."""

LIMITS = {
    "sides": "prompt",
    "single": "prompt",
    "plain": "prompt",
    "plain_sides": "prompt",
    "hints": "hint",
    "choices": "choice",
}
_SPLIT = re.compile(r"^#\s?(.*)$")
_LINE = re.compile(r"""\s*|#.*|\s*(msg(ctxt|id|id_plural|str)(\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"\s*""")


@dataclass(frozen=True)
class SourceText:
    """One text to be said in another language: where it stands, English's words, and what their writer notes."""

    file: str
    path: TextPath
    english: str
    notes: tuple[str, ...] = ()

    @property
    def context(self) -> str:
        """Name it for a tool: the file and the place."""
        return " ".join((self.file, *self.path))


@dataclass(frozen=True)
class TakenIn:
    """What has come back: how many texts have changed, and what couldn't be taken."""

    changed: int
    findings: tuple[Finding, ...]


def export(language: str, root: Path = ROOT) -> str:
    """Write a language's texts beside English's as a PO file. Raises WordsError where a file can't be read."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 (a tool of writers: no start waits for it)
    from babel.messages.pofile import write_po  # noqa: PLC0415 (as above)

    tongue = load_tongue(root / language, root, [])
    catalog = Catalog(
        locale=tongue.locale_name.replace("-", "_"),
        project="Attune",
        version="",
        header_comment=f"# Attune in another language: {language}.",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        fuzzy=False,
    )
    said = dict(_said(language, root))
    for unit in source_texts(root):
        entry = catalog.add(
            unit.english, said.get((unit.file, unit.path), ""), auto_comments=unit.notes, context=unit.context
        )
        if unit.file.endswith(SUFFIX):
            entry.flags.clear()  # Babel takes a Jinja tag for Python's formatting: findings/
    written = io.BytesIO()
    write_po(written, catalog, width=0)
    return written.getvalue().decode("utf-8")


def source_texts(root: Path = ROOT) -> Iterator[SourceText]:
    """Give every text that English has and another language says anew, in the order of its files."""
    limits = _limits(root)
    for file in _files(root / FALLBACK):
        if file.endswith(SUFFIX):
            yield SourceText(file, (), read_text(root / FALLBACK / file, root))
            continue
        source = read_toml(root / FALLBACK / file, root)
        if file in DEMO:
            noted = demo_notes(source.text)
            for path, text in demo_texts(source.data):
                yield SourceText(file, path, text, noted.get(path) or noted.get(path[:-1], ()))
            continue
        comments = _comments(source.text)
        retired = {
            id_
            for id_, table in _tables(source.data, "prompt")
            if table.get("retired") and id_ not in NEEDED and not id_.startswith(WEEKLY)
        }
        for path, text in _texts(file, source.data):
            if len(path) > 1 and path[1] in retired:
                continue
            yield SourceText(file, path, text, (*comments.get(path[:2], ()), *_length(file, path, limits)))


def take_in(po: str, language: str, root: Path = ROOT) -> TakenIn:
    """Put what a PO file says into a language's files; what it leaves empty, or calls fuzzy, stays as it is.

    Raises WordsError where it isn't a PO file.
    """
    wanted = _translations(_read_po(po))
    known = {unit.context: unit for unit in source_texts(root)}
    said = dict(_said(language, root))
    findings = [
        Finding("the PO file", 1, f"English has no “{context}” any more.", "Export it anew.")
        for context in wanted
        if context not in known
    ]
    changed: dict[str, dict[TextPath, str]] = {}
    holding = _holding(root / language, root)
    for unit, text in ((known[context], text) for context, text in wanted.items() if context in known):
        if said.get((unit.file, unit.path)) != text:
            held = holding.get(unit.path[1], unit.file) if unit.path[:1] == ("prompt",) else unit.file
            changed.setdefault(held, {})[unit.path] = text
    home = _holding(root / FALLBACK, root)
    for file, texts in changed.items():
        findings += _write(root / language, root, file, texts, home)
    return TakenIn(sum(map(len, changed.values())), tuple(findings))


def _files(folder: Path) -> Iterator[str]:
    yield from sorted(
        path.relative_to(folder).as_posix()
        for path in (folder / "messages").glob(f"*{SUFFIX}")
        if path.name != MACROS
    )
    for file in (BUTTONS, *TABLES, *DEMO):
        if (folder / file).exists():
            yield file
    yield from sorted(path.relative_to(folder).as_posix() for path in (folder / DECKS).glob("*.toml"))


def _said(language: str, root: Path) -> Iterator[tuple[tuple[str, TextPath], str]]:
    """Give what a language says; a prompt may stand in any of its decks, and is looked for where English has it."""
    folder = root / language
    home = _holding(root / FALLBACK, root)
    if not folder.is_dir():
        return
    for file in _files(folder):
        if file.endswith(SUFFIX):
            yield (file, ()), read_text(folder / file, root)
            continue
        for path, text in _texts(file, read_toml(folder / file, root).data):
            where = home.get(path[1], file) if file.startswith(DECKS) and len(path) > 1 else file
            yield (where, path), text


def _holding(folder: Path, root: Path) -> Mapping[str, str]:
    """Tell which deck of a language holds each of its prompts."""
    return {
        id_: file
        for file in (_files(folder) if folder.is_dir() else ())
        if file.startswith(DECKS)
        for id_, _ in _tables(read_toml(folder / file, root).data, "prompt")
    }


def _tables(data: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    found = data.get(name, ())
    for table in found if isinstance(found, list) else ():
        yield str(table.get("id", "")), table


def _texts(file: str, data: Mapping[str, Any]) -> Iterator[tuple[TextPath, str]]:
    """Give the texts of a parsed file, by where they stand."""
    if file in DEMO:
        yield from demo_texts(data)
        return
    if file == BUTTONS:
        yield from (((key,), text) for key, text in data.items() if isinstance(text, str) and text)
        return
    if file.startswith(DECKS):
        yield from (((key,), data[key]) for key in TOP if key in data)
        arc = data.get("arc", {})
        yield from ((("arc", key), arc[key]) for key in ("announce",) if key in arc)
    for name, keys in ({"prompt": _PROMPT} if file.startswith(DECKS) else TABLES[file]).items():
        if not keys:
            yield from (((name, key), text) for key, text in data.get(name, {}).items())
        for id_, table in _tables(data, name):
            for key in keys:
                found = table.get(key)
                if isinstance(found, str) and found:
                    yield (name, id_, key), found
                elif isinstance(found, list):
                    yield from (((name, id_, key, str(at)), text) for at, text in enumerate(found))


def _comments(text: str) -> Mapping[TextPath, tuple[str, ...]]:
    """Find what stands as a comment right above a table with an id, by the table and its id."""
    found: dict[TextPath, tuple[str, ...]] = {}
    above: list[str] = []
    waiting: tuple[str, tuple[str, ...]] | None = None
    for line in text.splitlines():
        if said := _SPLIT.match(line):
            above.append(said.group(1))
            continue
        header = re.match(r"\[\[(\w+)\]\]", line)
        id_ = re.match(r'id\s*=\s*"([^"]+)"', line)
        if header:
            waiting = (header.group(1), tuple(above))
        elif id_ and waiting:
            found[waiting[0], id_.group(1)] = waiting[1]
            waiting = None
        above = []
    return found


def _limits(root: Path) -> Mapping[str, Any]:
    return read_toml(root / FALLBACK / STYLE, root).data


def _length(file: str, path: TextPath, limits: Mapping[str, Any]) -> tuple[str, ...]:
    """Say how long a text may be in English, where the style says it."""
    lengths, of_buttons = limits["limits"], limits["button_limits"]
    if file == BUTTONS:
        most = next((n for begin, n in of_buttons.items() if path[0].startswith(begin)), lengths["button"])
    else:
        key = next((part for part in reversed(path) if not part.isdigit()), "")
        kind = {"ways.toml": "way_", "themes.toml": "theme_"}.get(file, "")
        name = {"sides.toml": "side_line", "together.toml": "thing"}.get(file) or (
            f"{kind}{key.partition('_')[0]}" if kind else LIMITS.get(key, "prompt" if key == "text" else key)
        )
        most = lengths.get(name)
    return (f"at most {most} characters",) if most else ()


def _read_po(po: str) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 (a tool of writers)

    for number, line in enumerate(po.splitlines(), 1):
        if not _LINE.fullmatch(line):  # Babel drops a letter where a quotation mark lacks, and says nothing
            wrong = "It isn't a PO file: this line isn't whole."
            raise WordsError([Finding("the PO file", number, wrong, "Export it anew.")])
    try:
        return read_po(io.BytesIO(po.encode("utf-8")), abort_invalid=True)
    except (PoFileError, ValueError) as broken:
        wrong = f"It isn't a PO file: {broken}."
        raise WordsError(
            [Finding("the PO file", getattr(broken, "lineno", 1), wrong, "Export it anew.")]
        ) from None


def _translations(catalog: Catalog) -> Mapping[str, str]:
    return {
        str(entry.context): entry.string
        for entry in catalog
        if entry.id and entry.context and not entry.fuzzy and isinstance(entry.string, str) and entry.string
    }


def _write(
    folder: Path, root: Path, file: str, texts: Mapping[TextPath, str], home: Mapping[str, str]
) -> list[Finding]:
    """Put texts into a file of a language."""
    if file.endswith(SUFFIX):
        _save(folder / file, texts[()])
        return []
    return _change(folder, root, file, texts, _english(file, texts, root, home))


def _change(
    folder: Path, root: Path, file: str, texts: Mapping[TextPath, str], source: Mapping[str, Any]
) -> list[Finding]:
    """Change a TOML file, all else in it as it was; what is not there yet is added at its end."""
    import tomlkit  # noqa: PLC0415 (a tool of writers)

    path = folder / file
    document = tomlkit.parse(read_text(path, root)) if path.exists() else tomlkit.document()
    of_ids: dict[TextPath, MutableMapping[str, Any]] = {}
    for name, found in document.items():
        if isinstance(found, list) and file not in DEMO:
            of_ids |= {(name, str(table.get("id", ""))): table for table in found}
    findings = []
    for where, text in texts.items():
        if file in DEMO:
            if not put_demo_text(document, source, where, text):
                findings.append(_no_place(folder, file, where))
            continue
        table, key, *at = _place(document, source, of_ids, where)
        if not at:
            table[key] = text
            continue
        whole = next(of for id_, of in _tables(source, where[0]) if id_ == where[1])[key]
        told = [str(one) for one in table.get(key, [""] * len(whole))]
        if int(at[0]) >= len(told):
            findings.append(_no_place(folder, file, where))
            continue
        told[int(at[0])] = text
        table[key] = told
    _save(path, tomlkit.dumps(document))
    return findings


def _no_place(folder: Path, file: str, where: TextPath) -> Finding:
    wrong = f"“{' '.join(where)}” has no place here."
    return Finding(f"{folder.name}/{file}", 1, wrong, "Make it as many as in English.")


def _english(
    file: str, texts: Mapping[TextPath, str], root: Path, home: Mapping[str, str]
) -> Mapping[str, Any]:
    """Read what stands beside these texts: a deck of its own may hold prompts of several of English's.

    `home` names the deck of English's that holds each prompt.
    """
    folder = root / FALLBACK
    if not file.startswith(DECKS):
        return read_toml(folder / file, root).data
    files = dict.fromkeys([home[path[1]] for path in texts if path[0] == "prompt"])
    if (folder / file).exists():
        files = {file: None, **files}
    read = [read_toml(folder / of, root).data for of in files]
    return {**read[0], "prompt": [table for data in read for _, table in _tables(data, "prompt")]}


def _place(
    document: TOMLDocument,
    english: Mapping[str, Any],
    of_ids: dict[TextPath, MutableMapping[str, Any]],
    where: TextPath,
) -> tuple[Any, ...]:
    """Find the table that a text stands in, made where it isn't there; with the rest of the way."""
    import tomlkit  # noqa: PLC0415 (a tool of writers)

    if len(where) == 1:
        return document, where[0]
    name, id_, *rest = where
    if not rest:  # a key of one table
        if name not in document:
            facts = {"id": english[name]["id"]} if "id" in english[name] else {}
            document[name] = tomlkit.item(facts)
        return document[name], id_
    if (name, id_) not in of_ids:
        tables = document.setdefault(name, tomlkit.aot())
        tables.append(tomlkit.item(_facts(english, name, id_)))
        of_ids[name, id_] = tables[-1]
    return of_ids[name, id_], *rest


def _facts(english: Mapping[str, Any], name: str, id_: str) -> Mapping[str, Any]:
    """Give what stands in a table besides its texts; of a prompt that is its id: the rest is English's everywhere."""
    texts = next((keys for tables in TABLES.values() for of, keys in tables.items() if of == name), None)
    found = next(table for of, table in _tables(english, name) if of == id_)
    return {key: fact for key, fact in found.items() if key == "id" or (texts and key not in texts)}


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
