"""A year's plan for a couple, chosen as the bot chooses: for `preview --year`."""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from rich.console import Console
from rich.table import Table

from bot.content import Content
from bot.practice import rotation
from bot.practice.circumstances import Choice, Circumstances, move_on
from bot.practice.opening import MEMORY
from prompts.deck import Prompt
from prompts.prompt import Form
from prompts.themes import Theme

DAYS = 365
WIDTH = 150
_TUESDAY, _THURSDAY = 1, 3
_EVERY = frozenset(["*"])


@dataclass(frozen=True)
class SampleCouple:
    """Two people, by what they chose: how deep, which themes, on which weekdays a tap must do."""

    depth: int = 1
    opened: AbstractSet[str] = frozenset()
    busy: Collection[int] = ()
    lapses: float = 0.0

    def opens(self, themes: Mapping[str, Theme]) -> frozenset[str]:
        """Tell which themes that need a yes have theirs."""
        asked = {theme.id for theme in themes.values() if theme.by_consent}
        return frozenset(asked if self.opened == _EVERY else asked & self.opened)


COUPLES: Mapping[str, SampleCouple] = {
    "default": SampleCouple(),
    "all-themes": SampleCouple(depth=2, opened=_EVERY),
    "busy-parents": SampleCouple(
        opened=frozenset(["children", "distance"]), busy=(_TUESDAY, _THURSDAY), lapses=0.15
    ),
}
"""Two who changed nothing; two who opened everything; parents who live apart on weekdays and miss some."""


def chosen(name: str, depth: int | None, lapses: float | None) -> SampleCouple:
    """Give a couple by name, with another depth or share of lapses where one is asked for."""
    couple = COUPLES[name]
    return replace(
        couple,
        depth=couple.depth if depth is None else depth,
        lapses=couple.lapses if lapses is None else lapses,
    )


def print_year(content: Content, couple: SampleCouple, seed: int) -> None:
    """Print what would come on each day of a year from today, and why."""
    table = Table("date", "", "prompt", "way", "theme", "depth", "shape", "why")
    table.columns[2].no_wrap = True
    lived = list(plan(content, couple, date.today(), seed))  # noqa: DTZ011 (a local plan)
    table.caption = _summary(content, [choice for _, choice, _ in lived])
    for day, choice, lapsed in lived:
        prompt = content.prompt(choice.prompt_id, "en")
        why = f"{choice.reason.value}{' (lapses)' if lapsed else ''}"
        about = (prompt.way.value, prompt.theme or "", str(prompt.depth), _shape(prompt))
        table.add_row(day.isoformat(), f"{day:%a}", prompt.id, *about, why)
    Console(width=WIDTH, highlight=False).print(table)


def plan(
    content: Content, couple: SampleCouple, start: date, seed: int
) -> Iterator[tuple[date, Choice, bool]]:
    """Choose a year's prompts as an opening does, each round lapsing by the seed's own dice."""
    dice = random.Random(seed)  # noqa: S311 (a plan to look at, not a secret)
    opened = couple.opens(content.library("en").themes)
    now = Circumstances(depth=couple.depth, today=start, seed=seed, opened=opened)
    while now.today < start + timedelta(days=DAYS):
        now = replace(now, recent=now.recent[:MEMORY], quick=now.today.weekday() in couple.busy)
        choice = rotation.choose(content.cards(), now)
        lapsed = dice.random() < couple.lapses
        yield now.today, choice, lapsed
        now = move_on(now, choice, lapsed=lapsed)


def _summary(content: Content, choices: Sequence[Choice]) -> str:
    """Say in a line how much of each kind came, and how close together."""
    arcs = [choice.arc is not None for choice in choices]
    row = max((len(list(run)) for of_arc, run in groupby(arcs) if of_arc), default=0)
    week = max((sum(arcs[start : start + 7]) for start in range(len(arcs))), default=0)
    prompts = [content.prompt(choice.prompt_id, "en") for choice in choices]
    sorts = {
        "quick": sum(prompt.quick for prompt in prompts),
        "guesses": sum(prompt.form is Form.GUESS for prompt in prompts),
        "light": sum(prompt.light for prompt in prompts),
        "heavy": sum(prompt.heavy for prompt in prompts),
        "in an arc": sum(arcs),
        "met twice": len(prompts) - len({prompt.id for prompt in prompts}),
    }
    counted = ", ".join(f"{name} {number}" for name, number in sorts.items())
    return f"{len(choices)} days: {counted}; an arc's most days in a row {row}, and in any seven {week}"


def _shape(prompt: Prompt) -> str:
    shape = prompt.form.value if prompt.form else "one text"
    weights = (("quick", prompt.quick), ("light", prompt.light), ("heavy", prompt.heavy))
    return ", ".join([shape, *(name for name, there in weights if there)])
