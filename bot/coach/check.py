"""Checking a coach file: whether it can be used, and whether its examples hold."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.coach.coach import Coach
from bot.coach.contrast import KIND as CONTRAST
from bot.coach.reader import Reader
from bot.coach.rules import Rule
from bot.coach.shape import CoachError, Example


def check(mapping: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a parsed file, in plain words; nothing when all is well."""
    try:
        coach = Coach.from_data(mapping)
    except CoachError as error:
        return list(error.findings)
    reader = coach.reader
    findings: list[str] = []
    for rule in reader.notices.rules:
        findings.extend(_rule(rule, _noticed(reader, rule)))
    for rule in reader.ways.rules:
        findings.extend(_rule(rule, _in_the_way(reader, rule.name)))
    contrast = reader.contrast
    findings.extend(_examples("[contrast]", contrast.must, contrast.must_not, _in_the_way(reader, CONTRAST)))
    return findings


def _rule(rule: Rule, fires: "Fires") -> Iterator[str]:
    if not rule.must or not rule.must_not:
        yield f'{rule.where}: give an example on each side; write must = ["..."] and must_not = ["..."]'
    yield from _examples(rule.where, rule.must, rule.must_not, fires)


def _examples(
    where: str, must: Iterable[Example], must_not: Iterable[Example], fires: "Fires"
) -> Iterator[str]:
    for example in must:
        if not fires(example):
            yield f"{where}: does not find “{example.text}”; add a phrase to say, or take the example out of must"
    for example in must_not:
        if fires(example):
            yield f"{where}: finds “{example.text}”; add a phrase to unless, or take the example out of must_not"


class Fires:
    """Whether a rule finds an example."""

    def __init__(self, reader: Reader, kind: str, rule: Rule | None = None) -> None:
        self._reader, self._kind, self._rule = reader, kind, rule

    def __call__(self, example: Example) -> bool:
        """Return whether the example is found."""
        if self._rule is not None:
            words = self._reader.language.read(example.text)
            return any(rule is self._rule for rule, _ in self._reader.notices.find(words))
        reading = self._reader.read(example.text, example.about)
        return any(found.kind == self._kind for found in reading.gets_in_the_way)


def _noticed(reader: Reader, rule: Rule) -> Fires:
    return Fires(reader, rule.name, rule)


def _in_the_way(reader: Reader, kind: str) -> Fires:
    return Fires(reader, kind)
