"""The official table: which methods and types there are, and what a value must look like.

`bot-api.json` holds the facts. A check returns what is wrong in a few words, or nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.sandbox.wire import Json

Check = Callable[[Any], str]

_TABLE: Json = json.loads(Path(__file__).with_name("bot-api.json").read_text(encoding="utf-8"))
VERSION: str = _TABLE["version"]
METHOD_NAMES: dict[str, str] = {name.lower(): name for name in _TABLE["methods"]}
UPDATE_KINDS: tuple[str, ...] = tuple(
    name.rstrip("?") for name in _TABLE["types"]["Update"]["fields"] if name != "update_id"
)
_OPAQUE = frozenset({"InputFile", "CallbackGame"})
_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
}


def parameters(method: str) -> dict[str, str]:
    """Return a method's parameters and their types; a trailing "?" marks an optional one."""
    found: dict[str, str] = _TABLE["methods"][method]["parameters"]
    return found


@cache
def parameter_types(method: str) -> dict[str, str]:
    """Return a method's parameters without the marks."""
    return {name.rstrip("?"): kinds for name, kinds in parameters(method).items()}


@cache
def required_parameters(method: str) -> frozenset[str]:
    """Return the parameters that a method can't do without."""
    return frozenset(name for name in parameters(method) if not name.endswith("?"))


def flags(kind: str) -> tuple[str, ...]:
    """Return the names of a type's booleans."""
    fields: dict[str, str] = _TABLE["types"][kind]["fields"]
    return tuple(name.rstrip("?") for name, kinds in fields.items() if kinds == "Boolean")


def result_problem(method: str, result: Any) -> str:
    """Return what is wrong with a method's result."""
    return checker(_TABLE["methods"][method]["returns"])(result)


def update_problem(update: Json) -> str:
    """Return what is wrong with an update."""
    return checker("Update")(update)


@cache
def checker(kinds: str) -> Check:
    """Return the check of a type, or of alternatives separated by "|"."""
    if "|" in kinds:
        return _any_of([checker(kind) for kind in kinds.split("|")])
    if kinds.startswith("Array of "):
        return _array(checker(kinds.removeprefix("Array of ")))
    if kinds in _PLAIN:
        return _plain(kinds)
    if kinds in _OPAQUE:
        return lambda value: "" if isinstance(value, str | dict) else f"expected {kinds}"
    return _named(kinds)


def _named(name: str) -> Check:
    described = _TABLE["types"][name]
    if "oneof" in described:
        return _any_of(_Late(described["oneof"]))
    return _object(name, described["fields"])


def _plain(kind: str) -> Check:
    wanted = _PLAIN[kind]

    def check(value: Any) -> str:
        right = isinstance(value, wanted) and isinstance(value, bool) == (kind == "Boolean")
        return "" if right else f"expected {kind}, found {type(value).__name__}"

    return check


def _array(check_item: Check) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, list):
            return f"expected an array, found {type(value).__name__}"
        for index, item in enumerate(value):
            problem = check_item(item)
            if problem:
                return f"[{index}]{_joined(problem)}"
        return ""

    return check


class _Late:
    """The checks of several types, made when first wanted: some types contain themselves."""

    def __init__(self, kinds: list[str]) -> None:
        self._kinds = kinds

    def __iter__(self) -> Iterator[Check]:
        return iter([checker(kind) for kind in self._kinds])


def _any_of(checks: Iterable[Check]) -> Check:
    def check(value: Any) -> str:
        problems = []
        for one in checks:
            problem = one(value)
            if not problem:
                return ""
            problems.append(problem)
        return problems[0] if len(problems) == 1 else f"none of {len(problems)} kinds fits: {problems[0]}"

    return check


def _object(name: str, fields: dict[str, str]) -> Check:
    types = {field.rstrip("?"): kinds for field, kinds in fields.items()}
    required = frozenset(field for field in fields if not field.endswith("?"))

    def check(value: Any) -> str:
        if not isinstance(value, dict):
            return f"expected {name}, found {type(value).__name__}"
        if not required <= value.keys():
            return f"{name} lacks {', '.join(sorted(required - value.keys()))}"
        for field, item in value.items():
            if field not in types:
                return f"{name} has no {field}"
            problem = checker(types[field])(item)
            if problem:
                return f".{field}{_joined(problem)}"
        return ""

    return check


def _joined(problem: str) -> str:
    return problem if problem.startswith((".", "[")) else f": {problem}"
