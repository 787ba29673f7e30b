"""Ten minutes together: small things to do off the phone, once both have said yes to one.

A study of 405 couples found the time that partners spend together nearest to how good the relationship is for
them (preprints.org 202604.1206; a preprint, not reviewed, so a reason to offer it and no promise).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from prompts.fields import Fields
from prompts.prompt import take_id
from prompts.word_file import Item, OrderSeed, WordFile, shuffled


class Nearness(StrEnum):
    """For whom a thing is: two in one place, two who are apart, or either."""

    NEAR = "near"
    APART = "apart"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class SmallThing(Item):
    """One small thing to do together; one with a theme is offered only where both have opened that theme."""

    where: Nearness
    theme: str | None
    text: str

    def fits(self, *, apart: bool, opened: Collection[str]) -> bool:
        """Tell whether it is one for this couple today."""
        here = self.where in (Nearness.EITHER, Nearness.APART if apart else Nearness.NEAR)
        return here and (self.theme is None or self.theme in opened)


def _parse(fields: Fields) -> SmallThing:
    return SmallThing(
        take_id(fields),
        Nearness(fields.one_of("where", tuple(Nearness))),
        fields.text("theme", required=False) or None,
        fields.text("text"),
    )


TOGETHER = WordFile("together.toml", "thing", _parse, ("where", "theme"))


def pick_thing(
    things: Iterable[SmallThing],
    seed: OrderSeed,
    had: Iterable[str],
    *,
    apart: bool,
    opened: Collection[str] = (),
) -> SmallThing | None:
    """Pick, among those that fit, the one they have had least often, by the couple's order; None where none fits."""
    fitting = shuffled((thing for thing in things if thing.fits(apart=apart, opened=opened)), seed)
    times = Counter(had)
    return min(fitting, key=lambda thing: times[thing.id], default=None)
