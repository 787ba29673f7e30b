"""Where a couple stands on a day, and which prompt that gave: the rotation's arguments and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

Seed = int | str
"""What is the couple's own, such as its id."""


@dataclass(frozen=True, slots=True)
class Past:
    """A round the couple had: `arc` is the one it was chosen for, None where it came singly."""

    prompt_id: str
    on: date
    lapsed: bool = False  # its day ended without a reveal
    arc: str | None = None
    swapped: bool = False
    passed: int = 0  # how many of the two took another prompt or let it be, while its day lasted


class ChoiceReason(StrEnum):
    """Why a prompt was chosen."""

    FIRST = "first"
    OWN = "a card of their own"
    WEEK = "a look back at the week"
    ARC_BEGINS = "arc begins"
    ARC_GOES_ON = "arc goes on"
    QUICK = "quick"
    LIGHT_AFTER_LAPSE = "light, after a lapse"
    LIGHT_AFTER_HARD = "light, after a hard one"
    GUESS = "a guess is due"
    VARIETY = "variety"
    LONGEST_UNSEEN = "longest unseen"


@dataclass(frozen=True, slots=True)
class Choice:
    """The prompt of a round, and what becomes of arcs by choosing it.

    `arc` is the one this round belongs to. `arc_over` is no longer in progress from now on and is to be
    counted among the arcs done or left: this was its last prompt, or its next one doesn't fit the couple's
    depth.
    """

    prompt_id: str
    reason: ChoiceReason
    arc: str | None = None
    arc_started: bool = False
    arc_over: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where a couple stands on a day.

    `depth` is the lower of both partners' choices. `seen` tells when either last saw a prompt, in any couple.
    `recent` is newest first and holds the couple's last 30 rounds at least, or all. `arc` is the one in
    progress, `arcs_over` are those that the couple did or left.

    `opened` names the themes that need a yes and got it from both. `passed_over` counts by theme how often
    either of them lately took another prompt or let one be. `wished` is a theme that both want this week.
    `quick` says that they want one that a tap answers: on a day they called busy, or always.
    """

    depth: int
    today: date
    seed: Seed
    seen: Mapping[str, date] = field(default_factory=dict)
    recent: Sequence[Past] = ()
    arc: str | None = None
    arcs_over: AbstractSet[str] = frozenset()
    opened: AbstractSet[str] = frozenset()
    passed_over: Mapping[str, int] = field(default_factory=dict)
    wished: str | None = None
    quick: bool = False


def move_on(
    circumstances: Circumstances, choice: Choice, *, lapsed: bool = False, days: int = 1
) -> Circumstances:
    """Tell where the couple stands `days` later, with the chosen round behind them."""
    past = Past(choice.prompt_id, circumstances.today, lapsed=lapsed, arc=choice.arc)
    in_progress = choice.arc or circumstances.arc
    return replace(
        circumstances,
        today=circumstances.today + timedelta(days=days),
        seen={**circumstances.seen, choice.prompt_id: circumstances.today},
        recent=(past, *circumstances.recent),
        arc=None if in_progress == choice.arc_over else in_progress,
        arcs_over=circumstances.arcs_over | ({choice.arc_over} if choice.arc_over else set()),
    )
