"""What didn't fit the official table: in the bot's requests, and in the sandbox's own answers.

Telegram ignores an unknown parameter, and so does the sandbox; but it remembers, so that a test can ask.
"""

import json
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.arguments import Arguments
from bot.sandbox.table import (
    METHOD_NAMES,
    VERSION,
    checker,
    parameter_types,
    required_parameters,
    result_problem,
    update_problem,
)
from bot.sandbox.wire import Json

_LOG = logging.getLogger("bot.sandbox")
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that didn't fit: a "request" of the bot, or a "result" or "update" of the sandbox's own."""

    source: Literal["request", "result", "update"]
    method: str
    what: str

    def to_json(self) -> Json:
        """Return it as the control API gives it."""
        return {"source": self.source, "method": self.method, "what": self.what}


@dataclass(slots=True)
class Inspection:
    """The findings so far; `strict` makes a request that doesn't fit fail."""

    strict: bool = False
    findings: deque[Finding] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def request(self, arguments: Arguments) -> str:
        """Check a request's parameters; return what is wrong, or nothing."""
        types = parameter_types(arguments.method)
        given = arguments.values.keys() | arguments.files.keys()
        problems = [
            f"unknown parameter {name}"
            for name in sorted(given - types.keys())
            if not _attached(arguments, name)
        ]
        problems += [f"{name} is required" for name in sorted(required_parameters(arguments.method) - given)]
        for name, value in arguments.values.items():
            problem = _value_problem(types[name], value) if name in types else ""
            if problem:
                problems.append(f"{name}: {problem}")
        return self._note("request", arguments.method, "; ".join(problems))

    def result(self, method: str, result: Any) -> str:
        """Check an answer of the sandbox."""
        return self._note("result", method, result_problem(method, result))

    def update(self, update: Json) -> str:
        """Check an update that the sandbox made."""
        return self._note("update", "", update_problem(update))

    def missing(self, method: str) -> None:
        """Tell of a method that Telegram has and the sandbox hasn't."""
        name = METHOD_NAMES.get(method.lower())
        if name is None:
            self._note("request", method, "there is no such method")
        else:
            self._note("request", name, f"is in {VERSION} but not in the sandbox; answered 404")

    def _note(self, source: Literal["request", "result", "update"], method: str, problem: str) -> str:
        if problem:
            self.findings.append(Finding(source, method, problem))
            _LOG.warning("%s %s: %s", source, method, problem)
        return problem


def _attached(arguments: Arguments, name: str) -> bool:
    """Return whether a part is a file that another parameter points to with attach://."""
    return name in arguments.files and any(
        f"attach://{name}" in (value if isinstance(value, str) else json.dumps(value))
        for value in arguments.values.values()
    )


def _value_problem(kinds: str, value: Any) -> str:
    """Check a parameter, which may come as text whatever its type."""
    problem = checker(kinds)(value)
    if not problem or not isinstance(value, str):
        return problem
    if value == "":
        return ""  # an empty parameter counts as absent
    try:
        return checker(kinds)(json.loads(value))
    except ValueError:
        return problem
