"""What a message template may contain: a few of Jinja's constructs, and the tags that Telegram reads.

Only `if`, `for`, a macro and a value's name: a translator's template shall never be able to run code, and
never to show a partner's words unescaped. The same law is kept when templates are loaded and when they are
checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any, Self
from zlib import compress, decompress

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from prompts.covering import as_covered, on_page, without_covers
from prompts.direction import isolated
from prompts.markup import find_markup_faults
from prompts.names import as_words, without_controls
from prompts.source import FALLBACK, Finding
from prompts.tongue import Tongue
from prompts.undeclared import find_undeclared

SUFFIX = ".html.j2"
MACROS = f"_macros{SUFFIX}"
"""How a partner's words are quoted: the same in every language."""
PHRASES = f"_phrases{SUFFIX}"
"""What several messages say: each language has its own."""
SHARED = (MACROS, PHRASES)
MANY = 4_096  # templates: more than all languages have

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.Macro,
    nodes.FromImport,
    nodes.Name,
    nodes.Const,
    nodes.Call,
    nodes.Keyword,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Getattr,
)
_WRITTEN = {
    "Assign": "set",
    "AssignBlock": "set",
    "CallBlock": "call",
    "FilterBlock": "filter",
    "Scope": "autoescape",
    "ScopedEvalContextModifier": "autoescape",
    "Include": "include",
    "Import": "import",
    "Extends": "extends",
    "Block": "block",
    "With": "with",
    "Getitem": "[ ]",
    "Add": "+",
    "Concat": "~",
}
"""How a writer wrote what Jinja calls by another name."""

_FILTERS = ("length", "as_words", "as_covered", "on_page", "plural", "listed")
_TESTS = ("defined", "none")
# A value inside a tag is read by a machine: nothing is put around it.
_IN_ATTRIBUTE = re.compile(r'(="\{\{[^{}]*?)(?= *\}\}")')


@dataclass(frozen=True, slots=True)
class Text:
    """A template as it was read, and the folder of it as a writer knows it.

    It is held packed: all languages have two thousand, and each is read once, when it is first said.
    """

    packed: bytes
    folder: str

    @classmethod
    def of(cls, text: str, name: str) -> Self:
        """Hold a template that a writer knows by this name."""
        return cls(compress(text.encode()), intern(name.rpartition("/")[0]))

    @property
    def text(self) -> str:
        """Its text."""
        return decompress(self.packed).decode()


@dataclass(frozen=True, slots=True)
class TemplateValues:
    """The values that a message is given: which its template may use, which it must, and by what they are given."""

    may: frozenset[str]
    must: frozenset[str] = frozenset()
    giver: str = "this message"


class _Quoted(str):
    """What nothing is put around: somebody's own words, which stand on lines of their own, or part of a tag."""

    __slots__ = ()


ENGLISH = Tongue(FALLBACK, "English", "en_GB", offered=True)


class PlainSandbox(ImmutableSandboxedEnvironment):
    """A Jinja that escapes everything, knows no globals, has six filters, and isolates what runs the other way.

    Its templates are held in memory, so that a file half written can't reach a message.
    """

    def __init__(self, texts: Mapping[str, Text] | None = None, tongue: Tongue = ENGLISH) -> None:
        """Take the templates by file name, and the language that they are written in."""
        self.texts = texts or {}
        self.tongue = tongue
        super().__init__(
            loader=FunctionLoader(self._find_text),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            finalize=self._printable,
        )
        self.globals.clear()
        self.filters = {
            "length": len,
            "bare": _Quoted,
            "as_words": _as_words,
            "as_covered": as_covered,
            "on_page": on_page,
            "plural": tongue.plural,
            "listed": tongue.listed,
        }
        self.tests = {name: self.tests[name] for name in _TESTS}

    def _find_text(self, name: str) -> tuple[str, str, None] | None:
        found = self.texts.get(name)
        return (_IN_ATTRIBUTE.sub(r"\1|bare", found.text), f"{found.folder}/{name}", None) if found else None

    def _printable(self, value: Any) -> Any:
        if isinstance(value, Markup):
            return value  # a macro's result, escaped where it was made
        if value is None:
            raise TypeError("None has no words")
        text = without_controls(str(value))
        return text if isinstance(value, _Quoted) else isolated(text, rtl=self.tongue.rtl)


def _as_words(text: str) -> _Quoted:
    return _Quoted(as_words(without_covers(text)))


def find_template_faults(
    name: str,
    text: str,
    values: TemplateValues | None = None,
    *,
    complete: bool = False,
    page: bool = False,
    compiled: bool = True,
) -> list[Finding]:
    """Find what breaks the law in one template; `values` None lets it use any.

    With `complete` it must use all that it is given to use: English does, a translation need not. A `page`
    is for a browser, which reads more tags than Telegram does. One that is not `compiled` as well is known to
    keep the law, which leaves the compiler nothing to refuse.
    """
    # What is found in a text does not change: words are read again at each reload, and checked many times over. Of one
    # without a fault a number is kept, a tenth of what it took to keep all that it was asked with.
    asked = hash((name, text, values, complete, page, compiled))
    if asked in _FAULTLESS:
        return []
    found = _find_faults(name, text, values, complete=complete, page=page, compiled=compiled)
    if not found and len(_FAULTLESS) < MANY:
        _FAULTLESS.add(asked)
    return list(found)


_FAULTLESS: set[int] = set()


def _find_faults(
    name: str, text: str, values: TemplateValues | None, *, complete: bool, page: bool, compiled: bool
) -> tuple[Finding, ...]:
    try:
        tree = _PARSER.parse(text, name)  # not kept: who serves would hold every tree for good
        findings = {*_find_forbidden(name, tree)}
        if not page:
            findings.update(find_markup_faults(name, tree.body))
        if not findings:
            if compiled:
                _PARSER.compile(tree, name, name)
            findings = {*_find_unfit(name, tree, values, complete=complete)}
    except TemplateSyntaxError as error:
        write = "Jinja has `{{ value }}`, `{% if %}`, `{% for %}` and the filter `length` here."
        return (Finding(name, error.lineno, f"Jinja can't read this: {error.message}", write),)
    return tuple(sorted(findings))


@lru_cache(maxsize=MANY)
def read_tree(text: str) -> nodes.Template:
    """Parse a template for whoever checks it, once for all of them: nobody changes it. Raises TemplateSyntaxError."""
    return _PARSER.parse(text)


def fixed_texts(text: str) -> list[tuple[str, int]]:
    """List a template's own words with their lines; none where it can't be read."""
    try:
        tree = read_tree(text)
    except TemplateSyntaxError:
        return []
    return [
        (words, node.lineno + number)
        for node in tree.find_all(nodes.TemplateData)
        for number, words in enumerate(node.data.split("\n"))
    ]


_PARSER = PlainSandbox()


def _find_forbidden(name: str, tree: nodes.Template) -> Iterator[Finding]:
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    for imported in tree.find_all(nodes.FromImport):
        macros.update(item if isinstance(item, str) else item[1] for item in imported.names)
    for node, line in _walk(tree, 1):
        for wrong, write in _judge(node, macros):
            yield Finding(name, line, wrong, write)


def _judge(node: nodes.Node, macros: set[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(node, _ALLOWED):
        kind = _WRITTEN.get(type(node).__name__, type(node).__name__)
        yield f"A template has no `{kind}` here.", "Use `{{ value }}`, `if` and `for` only."
    elif isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        yield f"There is no filter `{node.name}` here.", f"There are: {', '.join(_FILTERS)}."
    elif isinstance(node, nodes.Test) and node.name not in _TESTS:
        yield f"There is no test `{node.name}` here.", f"There are: {', '.join(_TESTS)}."
    elif isinstance(node, nodes.Call) and not (
        isinstance(node.node, nodes.Name) and node.node.name in macros
    ):
        yield "This calls something that is not a macro.", f"The macros are in {' and '.join(SHARED)}."
    elif isinstance(node, nodes.FromImport) and node.template not in [nodes.Const(name) for name in SHARED]:
        yield "This imports from another template.", f"Import from {' or '.join(SHARED)} only."


def _walk(node: nodes.Node, line: int) -> Iterator[tuple[nodes.Node, int]]:
    for child in node.iter_child_nodes():
        # Jinja gives some nodes no line: then the first one inside tells.
        at = child.lineno or next((node.lineno for node in child.find_all(nodes.Node) if node.lineno), line)
        yield child, at
        yield from _walk(child, at)


def _find_unfit(
    name: str, tree: nodes.Template, values: TemplateValues | None, *, complete: bool
) -> Iterator[Finding]:
    if values is None:
        return
    used = find_undeclared(tree)
    for variable in sorted(used - values.may):
        uses = [node.lineno for node in tree.find_all(nodes.Name) if node.name == variable]
        known = ", ".join(sorted(values.may)) or "none"
        wrong = f"`{variable}` is not a value that {values.giver} has."
        yield Finding(name, min(uses, default=1), wrong, f"It has: {known}.")
    for variable in sorted(values.must - used) if complete else ():
        wrong = f"`{variable}` of {values.giver} is never used here."
        yield Finding(name, 1, wrong, "Use it, or make it `Unsaid` there.")
