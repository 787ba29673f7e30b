"""Every message that Attune can send, filled in at random: each template, with names and words of any kind.

A fact stands for whatever a template does with it: it is a text, a list of facts, and has any attribute. What a
template compares it with is what it sometimes is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from jinja2 import Environment, meta, nodes
from marked import Marker

from prompts.names import clean_name, without_controls
from prompts.render import Renderer
from prompts.source import ROOT
from prompts.template import MACROS, PHRASES, SUFFIX


class Fact(str):
    """A fact of any shape; what `known` says of a name, it may be."""

    __slots__ = ("known", "marker")
    marker: Marker
    known: dict[str, list[Any]]

    @property
    def count(self) -> Any:  # how many an album holds, not a string's own method
        """Return what may stand behind a name that a string has for something else."""
        return make_fact("count", self.marker, self.known)

    def __getattr__(self, name: str) -> Any:
        """Return what may stand behind a name."""
        if name.startswith("__"):
            raise AttributeError(name)
        return make_fact(name, self.marker, self.known)

    def __iter__(self) -> Iterator[Any]:
        """Give a few facts, as a list would."""
        return iter(
            [make_fact(" item", self.marker, self.known) for _ in range(self.marker.random.randrange(3))]
        )


def make_fact(name: str, marker: Marker, known: dict[str, list[Any]]) -> Any:
    """Make a fact for a name."""
    choices = known.get(name, [])
    if numbers := [one for one in choices if isinstance(one, int)]:
        return marker.random.choice(numbers)
    if choices and marker.random.random() < 0.6:
        return marker.random.choice(choices)
    makers: list[Callable[[], str]] = [str, marker.text, marker.sentence, lambda: marker.text() * 12]
    words = marker.random.choice(makers)()
    fact = Fact(clean_name(words) if name in ("name", "other") else without_controls(words))
    fact.marker, fact.known = marker, known
    return fact


def messages(folder: Path) -> list[str]:
    """Name a language's messages."""
    names = (path.name for path in sorted((folder / "messages").glob(f"*{SUFFIX}")))
    return [name.removesuffix(SUFFIX) for name in names if name != MACROS]


def phrases(folder: Path) -> str:
    """Read what a language's messages have in common, where it has that."""
    path = folder / "messages" / PHRASES
    return path.read_text("utf-8") if path.exists() else ""


def compared(root: nodes.Template) -> dict[str, list[Any]]:
    """Tell what a template compares its facts with, by name; numbers for what it reckons with."""
    known: dict[str, list[Any]] = {}
    for compare in root.find_all(nodes.Compare):
        name = getattr(compare.expr, "attr", getattr(compare.expr, "name", ""))
        for operand in compare.ops:
            if isinstance(operand.expr, nodes.Const):
                values = known.setdefault(name, [])
                values.append(operand.expr.value)
                if isinstance(operand.expr.value, int):
                    values += [operand.expr.value + 1, operand.expr.value + 5]
    for counted in root.find_all(nodes.Filter):
        if counted.name == "plural":
            known[getattr(counted.node, "attr", getattr(counted.node, "name", ""))] = [1, 2, 5, 11]
    return known


def handed_in(
    root: nodes.Template, macros: nodes.Template, known: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    """Tell what macros compare with that they are handed, by the names that a template hands in."""
    given = {macro.name: [arg.name for arg in macro.args] for macro in macros.find_all(nodes.Macro)}
    found: dict[str, list[Any]] = {}
    for call in root.find_all(nodes.Call):
        names = given.get(getattr(call.node, "name", ""), [])
        for inside, outside in zip(names, call.args, strict=False):
            name = getattr(outside, "attr", getattr(outside, "name", ""))
            found.setdefault(name, []).extend(known.get(inside, []))
    return found


class Quiet(Marker):
    """Somebody in whose words there is nothing to find."""

    def text(self) -> str:
        """Write one plain word."""
        return "tea"

    sentence = text


@dataclass(frozen=True)
class Template:
    """A message's name, the values that it uses, and what it compares them with."""

    language: str
    message: str
    values: tuple[str, ...]
    known: dict[str, list[Any]]

    def facts(self, marker: Marker) -> dict[str, Any]:
        """Make all that it uses up."""
        return {name: self._fact(name, marker) for name in self.values}

    def _fact(self, name: str, marker: Marker) -> Any:
        return make_fact(name, marker, self.known)


@cache
def templates() -> list[Template]:
    """Read every template of every language that is offered: another is said in English."""
    found, environment = [], Environment(autoescape=True)
    for language in renderer().languages:
        common = environment.parse(phrases(ROOT / language))
        shared = compared(common)
        for message in messages(ROOT / language):
            source = (ROOT / language / "messages" / (message + SUFFIX)).read_text(encoding="utf-8")
            root = environment.parse(source)
            values = tuple(sorted(meta.find_undeclared_variables(root)))
            own = compared(root)
            ofs = [own, handed_in(root, root, own)]
            if PHRASES in source:
                ofs += [shared, handed_in(root, common, shared)]
            known = _joined(*ofs)
            found.append(Template(language, message, values, known))
    return found


def _joined(*several: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Put together what is known of each name."""
    names = {name for one in several for name in one}
    return {name: [value for one in several for value in one.get(name, [])] for name in names}


@cache
def renderer() -> Renderer:
    """Load all words once."""
    return Renderer()


def render_all(marker: Marker, **names: str) -> Iterator[tuple[str, str]]:
    """Give every message of every language, rendered once, by its name; `names` are given, all else is made up."""
    for one in templates():
        told = renderer().message(one.message, one.language, **one.facts(marker) | names)
        yield f"{one.language}/{one.message}", told


def render_named(name: str) -> Iterator[tuple[str, str, str]]:
    """Give every message that says a name twice: with this one, and with a plain one."""
    for (message, told), (_, plain) in zip(_named(name), _plainly(), strict=True):
        if told != plain:
            yield message, told, plain


def _named(name: str) -> Iterator[tuple[str, str]]:
    return render_all(Quiet(Random(1)), me=name, other=name)  # noqa: S311 (repeatable)


@cache
def _plainly() -> list[tuple[str, str]]:
    return list(_named("Sam"))
