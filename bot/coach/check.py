"""Checking the files of the coach: whether they can be used, and whether their examples hold.

Examples are read here alone: whoever serves holds none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.coach.coach import Coach
from bot.coach.contrast import KIND as CONTRAST
from bot.coach.danger import Danger
from bot.coach.gravity import LOSS, Loss
from bot.coach.reader import Reader
from bot.coach.rules import Rule
from bot.coach.shape import CoachError, Example, Flaw, Spot, Table

Fires = Callable[[Example], bool]


@dataclass(frozen=True, slots=True)
class Examples:
    """What the patterns of a table must find, and what they must not."""

    spot: Spot
    kind: str
    must: tuple[Example, ...]
    must_not: tuple[Example, ...]

    @classmethod
    def of(cls, table: Table) -> Self:
        """Read those of a table."""
        kind = table.text("kind", default="")
        return cls(table.spot, kind, table.examples("must"), table.examples("must_not"))


def examples(mapping: Mapping[str, Any], findings: list[Flaw], *sections: str) -> list[Examples]:
    """Read the examples of all rules in some sections of a parsed file; what is amiss is added to the findings."""
    root = Table(mapping, Spot(), findings)
    return [Examples.of(table) for section in sections for table in root.tables(section)]


def check(mapping: Mapping[str, Any]) -> list[Flaw]:
    """Return what is wrong with a parsed coach file, in plain words; nothing when all is well."""
    findings: list[Flaw] = []
    try:
        reader = Coach.from_data(mapping).reader
    except CoachError as error:
        return list(error.findings)
    for rule, told in zip(reader.notices.rules, examples(mapping, findings, "notices"), strict=True):
        findings.extend(_rule(told, noticed(reader, rule)))
    for told in examples(mapping, findings, "in_the_way"):
        findings.extend(_rule(told, in_the_way(reader, told.kind)))
    root = Table(mapping, Spot(), findings)
    findings.extend(_held(Examples.of(root.table("contrast")), in_the_way(reader, CONTRAST)))
    findings.extend(_held(Examples.of(root.table("mirror")), mirrored(reader)))
    return findings


def check_danger(mapping: Mapping[str, Any]) -> list[Flaw]:
    """Return what is wrong with a parsed danger file, in plain words; nothing when all is well."""
    findings: list[Flaw] = []
    try:
        danger = Danger.from_data(mapping)
    except CoachError as error:
        return list(error.findings)
    for told in examples(mapping, findings, "danger", "plain"):
        findings.extend(_missing(told))
        findings.extend(_unfound(told.spot, told.must, noticed_as(danger, told.kind)))
        findings.extend(
            _overfound(told.spot, told.must_not, lambda example: danger.notices(example.text) is not None)
        )
    return findings


def check_loss(mapping: Mapping[str, Any]) -> list[Flaw]:
    """Return what is wrong with a parsed file of losses, in plain words; nothing when all is well."""
    findings: list[Flaw] = []
    try:
        loss = Loss(mapping)
    except CoachError as error:
        return list(error.findings)
    for told in examples(mapping, findings, LOSS):
        findings.extend(_rule(told, lambda example: loss.told(example.text)))
    return findings


def noticed(reader: Reader, rule: Rule) -> Fires:
    """Return a test whether a rule notices an example."""
    return lambda example: any(
        found is rule for found, _ in reader.notices.find(reader.language.read(example.text))
    )


def in_the_way(reader: Reader, kind: str) -> Fires:
    """Return a test whether something of a kind gets in the way of an example."""
    return lambda example: any(
        found.kind == kind for found in reader.read(example.text, example.about).gets_in_the_way
    )


def mirrored(reader: Reader) -> Fires:
    """Return a test whether an example is nothing but mirrors."""
    return lambda example: reader.read(example.text, example.about).mirrors


def noticed_as(danger: Danger, kind: str) -> Fires:
    """Return a test whether an example suggests a danger of a kind."""
    return lambda example: kind in danger.all(example.text)


def _rule(told: Examples, fires: Fires) -> Iterator[Flaw]:
    yield from _missing(told)
    yield from _held(told, fires)


def _missing(told: Examples) -> Iterator[Flaw]:
    if not told.must or not told.must_not:
        yield Flaw(told.spot, 'give an example on each side; write must = ["..."] and must_not = ["..."]')


def _held(told: Examples, fires: Fires) -> Iterator[Flaw]:
    yield from _unfound(told.spot, told.must, fires)
    yield from _overfound(told.spot, told.must_not, fires)


def _unfound(spot: Spot, must: Iterable[Example], fires: Fires) -> Iterator[Flaw]:
    for example in must:
        if not fires(example):
            wrong = f"does not find “{example.text}”; add a phrase to say, or take it out of must"
            yield Flaw(spot, wrong, "must", example.text)


def _overfound(spot: Spot, must_not: Iterable[Example], fires: Fires) -> Iterator[Flaw]:
    for example in must_not:
        if fires(example):
            wrong = f"finds “{example.text}”; add a phrase to unless, or take it out of must_not"
            yield Flaw(spot, wrong, "must_not", example.text)
