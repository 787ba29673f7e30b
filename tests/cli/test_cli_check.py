"""`check` names the file and the line, whatever file of words is broken."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.check import find_beyond
from bot.screens.table import SCREENS
from prompts.check import check
from prompts.source import ROOT, Finding

_HEADER = re.compile(r"\[+[a-z_.]+\]+")


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """Copy the English words, to be broken."""
    folder = tmp_path / "prompts" / "en"
    shutil.copytree(ROOT / "en", folder)
    return folder


def found(folder: Path) -> list[Finding]:
    """Check everything that stands in a language's folder."""
    return check(folder.parent) + find_beyond(folder, folder.parent)


def places(findings: list[Finding], wrong: str = "") -> set[tuple[str, int]]:
    """Tell where the findings are whose sentence holds these words."""
    return {(finding.file, finding.line) for finding in findings if wrong in str(finding)}


def insert(file: Path, line: int, text: str) -> tuple[str, int]:
    """Put a line into a file; tell where it stands, as a finding would."""
    lines = file.read_text("utf-8").split("\n")
    lines.insert(line - 1, text)
    file.write_text("\n".join(lines), "utf-8")
    return "/".join(file.parts[file.parts.index("prompts") :]), line


def last_line(file: Path) -> int:
    """Tell the number of lines."""
    return len(file.read_text("utf-8").split("\n"))


@pytest.mark.parametrize("pattern", ["*.toml", "decks/*.toml"])
def test_a_file_that_is_no_toml_is_named_with_its_line(words: Path, pattern: str) -> None:
    """Every one of them, each at the end of its own lines."""
    style = words / "style.toml"  # by which the others are read: alone, as nothing is read without it
    for files in ([file for file in words.glob(pattern) if file != style], [style]):
        spoilt = {insert(file, last_line(file), "= nothing") for file in files}
        assert len(spoilt) == len(files) > 0
        assert spoilt <= places(found(words), "This is not valid TOML")


def test_a_template_that_is_none_is_named_with_its_line(words: Path) -> None:
    """Every message, and the page to keep."""
    files = [*words.glob("messages/*.j2"), words / "keepsake.html.j2"]
    spoilt = {insert(file, last_line(file), "{% nothing %}") for file in files}
    assert len(files) > 50
    assert spoilt <= places(found(words))


@pytest.mark.parametrize("name", ["coach.toml", "danger.toml"])
def test_a_key_without_meaning_is_named_with_its_line(words: Path, name: str) -> None:
    """Below every header of the two files that the coach reads."""
    file = words / name
    lines = file.read_text("utf-8").split("\n")
    headers = [number for number, line in enumerate(lines, 1) if _HEADER.fullmatch(line)]
    spoilt = {insert(file, number + 1, "surprise = 1") for number in reversed(headers)}
    moved = {(path, line + sum(number < line - 1 for number in headers)) for path, line in spoilt}
    assert len(moved) == len(headers) >= 10
    assert moved <= places(find_beyond(words, words.parent, [name]), "surprise")


# A key that each kind of file has to have, and the table that it is missing from where it stands in none of its own.
NEEDED = {
    "buttons.toml": "seal",
    "closings.toml": "text",
    "coach.toml": "kind",
    "courtesies.toml": "thanks",
    "danger.toml": "kind",
    "frames.toml": "text",
    "hours.toml": "halves",
    "language.toml": "name",
    "loss.toml": "kind",
    "names.toml": "before",
    "menu.toml": "help",
    "page.toml": "title",
    "places.toml": "around",
    "play.toml": "city",
    "safety.toml": "number",
    "second.toml": "listening",
    "sides.toml": "text",
    "starters.toml": "kind",
    "style.toml": "title",
    "themes.toml": "title",
    "together.toml": "text",
    "vignettes.toml": "feeling",
    "ways.toml": "title",
    "decks/good.toml": "id",
    "joining.toml": "sore",
}
BROKEN = ("missing", "of another type", "not closed")


def spoil(file: Path, key: str, how: str) -> tuple[str, range]:
    """Break the last of a file's values of this key; tell on which lines a finding has to be."""
    lines = file.read_text("utf-8").split("\n")
    at = max(number for number, line in enumerate(lines) if re.match(rf"{key}\s*=", line))
    until = next(
        (number for number in range(at + 1, len(lines)) if re.match(r"[\w'\"-]+\s*=|\[", lines[number])),
        len(lines),
    )
    table = max((number for number in range(at) if lines[number].startswith("[")), default=0)
    value = "\n".join(lines[at:until]).rstrip()
    head = value.partition("=")[0]
    close = max(value.rfind('"'), value.rfind("]"))
    other = "7" if close > 0 else '"x"'
    fresh = {
        "missing": "",
        "of another type": f"{head}= {other}",
        "not closed": value[:close] + value[close + 1 :] if close > 0 else f'{value}"',
    }[how]
    lines[at:until] = [fresh, *[""] * (until - at - 1)] if how != "not closed" else fresh.split("\n")
    file.write_text("\n".join(lines), "utf-8")
    where = {"missing": range(table + 1, until + 1), "of another type": range(at + 1, at + 2)}
    return "/".join(file.parts[file.parts.index("prompts") :]), where.get(how, range(at + 1, until + 3))


def _but_one_deck(folder: str, names: list[str]) -> list[str]:
    """Leave out all decks but one: there is less to read."""
    return [name for name in names if folder.endswith("decks") and name != "good.toml"]


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("language", ["en", "de"])
def test_one_broken_value_is_named_with_its_line_and_what_to_write(
    tmp_path: Path, language: str, how: str
) -> None:
    """In every kind of file, in English and in another language, which has fewer."""
    root = tmp_path / "prompts"
    for code in ("en", "de"):
        shutil.copytree(ROOT / code, root / code, ignore=_but_one_deck)
    folder = root / language
    there = {name: key for name, key in NEEDED.items() if (folder / name).exists()}
    if language != "en":
        there["safety.toml"] = '"day and night"'  # the lines themselves are English's
    style = there.pop("style.toml")  # by which the others are read: alone, as nothing is read without it
    for broken in (there, {"style.toml": style}):
        spoilt = [spoil(folder / name, key, how) for name, key in broken.items()]
        findings = check(root, SCREENS.expected(), SCREENS.labels, only=[language])
        findings += find_beyond(folder, root, broken)
        for file, lines in spoilt:
            told = [str(one) for one in findings if one.file == file and one.line in lines]
            assert told, (
                f"{file}: {how} at {lines}, and found: {[str(o) for o in findings if o.file == file]}"
            )
            assert re.search(r"(?i)\b(write|add|begin|look|put)\b", " ".join(told))
            assert not re.search(r"Error|object|iterable|NoneType", " ".join(told))


def test_every_kind_of_file_is_broken_here() -> None:
    """A new kind of file of words can't pass unseen: each is broken above in three ways."""
    kinds = {path.name for language in ("en", "de") for path in (ROOT / language).glob("*.toml")}
    assert kinds == {name for name in NEEDED if "/" not in name}


@dataclass(frozen=True)
class Spoilt:
    """A change to a file, the words on whose line it is, and what is told of it."""

    name: str
    old: str
    new: str
    at: str
    told: str


@pytest.mark.parametrize(
    "spoilt",
    [
        Spoilt("coach.toml", '"n\'t" = "not"', '"n\'t" = 3', '"n\'t" = 3', "“n't” is missing or no text"),
        Spoilt(
            "coach.toml", "\nsay = [\n", '\nsay = [\n"you (should",\n', '"you (sh', "say 1, “you (should”"
        ),
        Spoilt(
            "coach.toml",
            "\nmust = [\n",
            '\nmust = [\n"A quiet stone.",\n',
            '"A quiet s',
            "does not find “A quiet",
        ),
        Spoilt(
            "danger.toml",
            "\nmust_not = [\n",
            '\nmust_not = [\n"I want to die tonight.",\n',
            '"I want to die t',
            "finds “I want",
        ),
        Spoilt(
            "danger.toml",
            "\nmust = [\n",
            '\nmust = [\n"A quiet stone.",\n',
            '"A quiet',
            "does not find “A quiet",
        ),
        Spoilt("danger.toml", 'kind = "fear"', 'kind = "gloom"', '"gloom"', "its kind has no meaning here"),
        Spoilt("hours.toml", "halves = true", 'halves = "yes"', 'halves = "yes"', "is not true or false"),
        Spoilt("hours.toml", "\nzero = 0", '\nzero = "0"', 'zero = "0"', "`zero` is '0'"),
        Spoilt("hours.toml", '"half past" = 30', '"Half past" = 30', '"Half past"', "not in small letters"),
        Spoilt("hours.toml", '\nnoon = "12:00"', '\nnoon = "twelve"', 'noon = "t', "`noon` is 'twelve'"),
        Spoilt("hours.toml", 'pm = ["pm", ', 'pm = ["PM", ', 'pm = ["PM"', "“PM” is not in small letters"),
        Spoilt("hours.toml", 'to = "12:00"', 'to = "noon"', 'to = "noon"', "`to` is no time of day"),
        Spoilt(
            "hours.toml", 'offer = ["12:00",', 'offer = ["late",', 'offer = ["late"', "`offer` is not a list"
        ),
        Spoilt("hours.toml", "[hour_then]", "[hour_than]", "[hour_than]", "`hour_than` has no meaning here"),
    ],
    ids=lambda spoilt: spoilt.at,
)
def test_what_is_wrong_in_a_list_is_named_with_its_own_line(words: Path, spoilt: Spoilt) -> None:
    """Not with the line on which the list begins."""
    file = words / spoilt.name
    text = file.read_text("utf-8")
    assert spoilt.old in text
    text = text.replace(spoilt.old, spoilt.new, 1)
    file.write_text(text, "utf-8")
    line = text[: text.index(spoilt.at)].count("\n") + 1
    assert (f"prompts/en/{spoilt.name}", line) in places(
        find_beyond(words, words.parent, [spoilt.name]), spoilt.told
    )
