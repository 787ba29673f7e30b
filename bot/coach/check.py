"""Checking the files of the coach: whether they can be used, and whether their examples hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.coach.coach import Coach
from bot.coach.contrast import KIND as CONTRAST
from bot.coach.danger import Danger
from bot.coach.gravity import Loss
from bot.coach.reader import Reader
from bot.coach.rules import Rule
from bot.coach.shape import CoachError, Example, Flaw, Spot

Fires = Callable[[Example], bool]


def check(mapping: Mapping[str, Any]) -> list[Flaw]:
    """Return what is wrong with a parsed coach file, in plain words; nothing when all is well."""
    try:
        reader = Coach.from_data(mapping).reader
    except CoachError as error:
        return list(error.findings)
    findings: list[Flaw] = []
    for rule in reader.notices.rules:
        findings.extend(_rule(rule, noticed(reader, rule)))
    for rule in reader.ways.rules:
        findings.extend(_rule(rule, in_the_way(reader, rule.name)))
    contrast = reader.contrast
    findings.extend(_examples(contrast.spot, contrast.must, contrast.must_not, in_the_way(reader, CONTRAST)))
    mirrors = reader.mirrors
    findings.extend(_examples(mirrors.spot, mirrors.must, mirrors.must_not, mirrored(reader)))
    return findings


def check_danger(mapping: Mapping[str, Any]) -> list[Flaw]:
    """Return what is wrong with a parsed danger file, in plain words; nothing when all is well."""
    try:
        danger = Danger.from_data(mapping)
    except CoachError as error:
        return list(error.findings)
    findings: list[Flaw] = []
    for rule in (*danger.rules.rules, *danger.plain.rules):
        findings.extend(_missing(rule))
        findings.extend(_unfound(rule.spot, rule.must, noticed_as(danger, rule.name)))
        findings.extend(
            _overfound(rule.spot, rule.must_not, lambda example: danger.notices(example.text) is not None)
        )
    return findings


def check_loss(mapping: Mapping[str, Any]) -> list[Flaw]:
    """Return what is wrong with a parsed file of losses, in plain words; nothing when all is well."""
    try:
        loss = Loss(mapping)
    except CoachError as error:
        return list(error.findings)
    return [flaw for rule in loss.book.rules for flaw in _rule(rule, lambda example: loss.told(example.text))]


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


def _rule(rule: Rule, fires: Fires) -> Iterator[Flaw]:
    yield from _missing(rule)
    yield from _examples(rule.spot, rule.must, rule.must_not, fires)


def _missing(rule: Rule) -> Iterator[Flaw]:
    if not rule.must or not rule.must_not:
        yield Flaw(rule.spot, 'give an example on each side; write must = ["..."] and must_not = ["..."]')


def _examples(
    spot: Spot, must: Iterable[Example], must_not: Iterable[Example], fires: Fires
) -> Iterator[Flaw]:
    yield from _unfound(spot, must, fires)
    yield from _overfound(spot, must_not, fires)


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
