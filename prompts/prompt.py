"""One written prompt as a frozen value, and how it is read out of its file.

What a reader gets from the other is not the same in every prompt: a prompt's form says what each side does,
and so what stands before each one's words, how a response to them may begin, and what a way teaches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from prompts.direction import isolated_name, runs_right
from prompts.fields import Fields
from prompts.names import as_plain_text

DEPTHS = (1, 2, 3)
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OTHER = "{other}"
CHOICES = range(2, 5)
"""How many buttons a quick prompt may have: Telegram shows four in two rows on any phone."""

Side = Literal[0, 1]


class Way(StrEnum):
    """What a prompt practises."""

    LISTENING = "listening"
    PERSPECTIVE = "perspective"
    VALIDATION = "validation"
    ROOTS = "roots"
    GOOD = "good"
    DAILY = "daily"
    REPAIR = "repair"


class StarterKind(StrEnum):
    """How a response may begin; the last three are chosen by what a side does, not by a writer."""

    REFLECT = "reflect"
    SENSE = "sense"
    IMAGINE = "imagine"
    GOOD = "good"
    THANKS = "thanks"
    NEAR = "near"
    LEARNED = "learned"
    ANSWER = "answer"


class Form(StrEnum):
    """What the two of them do with a prompt; one text for both has none, unless both guess or both ask."""

    GUESS = "guess"
    MIRROR = "mirror"
    ASK = "ask"
    EACH = "each"


class Task(StrEnum):
    """What one side's words are, and so what the other reads.

    `TELL` tells what the other has guessed at; `GUESS` is about its reader; `MIRROR` tells the writer's end
    of something that both were in; `ASK` wants an answer; `EACH` stands alone.
    """

    TELL = "tell"
    GUESS = "guess"
    MIRROR = "mirror"
    ASK = "ask"
    EACH = "each"


WAYS = tuple(way.value for way in Way)
STARTER_KINDS = tuple(kind.value for kind in StarterKind)
TASKS = tuple(task.value for task in Task)

_BY_TASK: Mapping[Task, StarterKind] = MappingProxyType(
    {Task.GUESS: StarterKind.NEAR, Task.ASK: StarterKind.ANSWER}
)
_WRITTEN_KINDS = tuple(
    kind.value for kind in StarterKind if kind not in (*_BY_TASK.values(), StarterKind.LEARNED)
)
_TASKS: Mapping[Form, tuple[Task, Task]] = MappingProxyType(
    {
        Form.GUESS: (Task.TELL, Task.GUESS),
        Form.MIRROR: (Task.MIRROR, Task.MIRROR),
        Form.ASK: (Task.EACH, Task.ASK),
        Form.EACH: (Task.EACH, Task.EACH),
    }
)
"""What the first and the second of two sides do."""

_FOR_BOTH: Mapping[Form, Task] = MappingProxyType({Form.GUESS: Task.GUESS, Form.ASK: Task.ASK})
"""The forms that one text for both can have: both guess about each other, or both ask each other."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One written prompt: the same words for both partners, or a side for each."""

    id: str
    way: Way
    depth: int
    label: str
    starters: StarterKind
    sides: tuple[str, str]
    hints: tuple[str, str]
    plain_sides: tuple[str, str]
    two_sided: bool
    heavy: bool
    retired: bool
    arc: str | None
    place_in_arc: int | None
    form: Form | None = None
    single: str = ""
    choices: tuple[str, ...] = ()
    light: bool = False
    theme: str | None = None
    by_consent: bool = False

    @property
    def quick(self) -> bool:
        """Tell whether it is answered by a button."""
        return bool(self.choices)

    def side_text(self, side: Side, *, plain: bool = False) -> str:
        """Give one side's words, `{other}` unreplaced; when `plain`, the literal variant if there is one."""
        return (self.plain_sides if plain else self.sides)[side]

    def single_text(self, *, plain: bool = False) -> str:
        """Give its words for one alone, `{other}` unreplaced; when `plain`, the literal variant if there is one."""
        return self.single if self.two_sided else self.side_text(0, plain=plain)

    def hint_for(self, side: Side) -> str:
        """Give the hint for the stuck, `{other}` unreplaced."""
        return self.hints[side]

    def task(self, side: Side) -> Task:
        """Tell what this side's writer does."""
        if self.form is None:
            return Task.EACH
        return _TASKS[self.form][side] if self.two_sided else _FOR_BOTH[self.form]

    def side_line(self, side: Side) -> str | None:
        """Name what this side is told of the other's task; None where the two need nothing of each other."""
        mine, theirs = self.task(side), self.task(0 if side else 1)
        if Task.ASK in (mine, theirs) and mine is not theirs:
            return "ask" if mine is Task.ASK else "asked"
        if mine is Task.EACH:
            return None
        both = mine is theirs and mine is not Task.MIRROR
        return f"{mine}-both" if both else mine.value

    def starters_on(self, side: Side) -> StarterKind:
        """Tell how a response to this side's words may begin."""
        return _BY_TASK.get(self.task(side), self.starters)


def with_name(text: str, other: str) -> str:
    """Put the partner's cleaned name in place of `{other}`, so that nothing in it can be tapped in a message."""
    return with_bare_name(text, as_plain_text(other))


def with_bare_name(text: str, other: str) -> str:
    """Put the partner's cleaned name in place of `{other}` in a label or on a page, where nothing can be tapped.

    A name that runs the other way is isolated, so that it turns nothing around it.
    """
    if OTHER not in text:
        return text
    rtl = runs_right(text.replace(OTHER, "")) is True
    return text.replace(OTHER, isolated_name(other, rtl=rtl))


def take_id(fields: Fields) -> str:
    """Take an `id`, written-like-this."""
    value = fields.text("id")
    if value and not KEBAB.fullmatch(value):
        fields.wrong(
            "id", f"The id “{value}” has an unusual form.", "Write it-like-this: a to z, 0 to 9, hyphens."
        )
    return value


def parse_prompt(fields: Fields, way: Way, label: str, theme: str | None) -> Prompt:
    """Read one `[[prompt]]`; way and theme are its file's, unless it has its own."""
    two_sided = fields.has("sides")
    sides = _take_texts(fields, "text", "sides", two_sided=two_sided) or ("", "")
    plain = _take_texts(fields, "plain", "plain_sides", two_sided=two_sided, required=False)
    form = _take_form(fields, two_sided=two_sided)
    choices = _take_choices(fields)
    prompt = Prompt(
        id=take_id(fields),
        way=Way(fields.maybe_one_of("way", WAYS) or way),
        depth=fields.number("depth", DEPTHS),
        label=label,
        starters=_take_starters(fields, form, two_sided=two_sided, quick=bool(choices)),
        sides=sides,
        hints=_take_hints(fields, choices, two_sided=two_sided),
        plain_sides=plain or sides,
        two_sided=two_sided,
        heavy=fields.flag("heavy"),
        retired=fields.flag("retired"),
        arc=None,
        place_in_arc=None,
        form=form,
        single=_take_single(fields, form, two_sided=two_sided) or sides[0],
        choices=choices,
        light=fields.flag("light"),
        theme=fields.text("theme", required=False) or theme,
    )
    _judge_weight(fields, prompt)
    fields.finish()
    return prompt


_FACTS = ("way", "depth", "starters", "heavy", "retired", "form", "light", "theme")
"""What English says of a prompt for every language: another language may leave it out."""


def parse_words(fields: Fields, label: str, english: Mapping[str, Prompt]) -> Prompt | None:
    """Read another language's words for a prompt, whose facts are English's; None where English has no such one."""
    id_ = take_id(fields)
    facts = english.get(id_)
    if facts is None:
        fields.wrong("id", f"English has no prompt “{id_}”.", "Write it in English first.")
        return None
    if facts.two_sided != fields.has("sides"):
        shape = "two sides" if facts.two_sided else "one text for both"
        fields.wrong("id", f"“{id_}” has {shape} in English.", "Give it the same shape here.")
        return facts
    sides = _take_texts(fields, "text", "sides", two_sided=facts.two_sided) or ("", "")
    plain = _take_texts(fields, "plain", "plain_sides", two_sided=facts.two_sided, required=False)
    choices = _take_choices(fields)
    if len(choices) != len(facts.choices):
        wrong = f"“{id_}” has {len(facts.choices)} choices in English."
        fields.wrong("id", wrong, "Write as many here, in their order.")
    single = _take_single(fields, facts.form, two_sided=facts.two_sided)
    hints = _take_hints(fields, choices, two_sided=facts.two_sided)
    fields.ask(*_FACTS)
    fields.finish()
    return replace(
        facts,
        label=label,
        sides=sides,
        hints=hints,
        plain_sides=plain or sides,
        single=single or sides[0],
        choices=choices or facts.choices,
    )


def _take_texts(
    fields: Fields, one: str, two: str, *, two_sided: bool, required: bool = True
) -> tuple[str, str] | None:
    fields.ask(one, two)
    unfit = one if two_sided else two
    if fields.has(unfit):
        shape = "has `sides`" if two_sided else "has no `sides`"
        fields.wrong(
            unfit, f"`{unfit}` does not fit: this prompt {shape}.", f"Write `{two if two_sided else one}`."
        )
    if two_sided:
        return fields.two_texts(two, required=required)
    if not required and not fields.has(one):
        return None
    text = fields.text(one)
    return text, text


def _take_hints(fields: Fields, choices: Sequence[str], *, two_sided: bool) -> tuple[str, str]:
    """Take what helps the stuck; a quick prompt's choices do that, too."""
    fields.ask("hint", "hints")
    if two_sided and fields.has("hints"):
        return fields.two_texts("hints") or ("", "")
    if fields.has("hints"):
        fields.wrong("hints", "`hints` does not fit: this prompt has no `sides`.", "Write one `hint`.")
        return "", ""
    hint = fields.text("hint", required=not choices) or ", ".join(choices)
    return hint, hint


def _take_form(fields: Fields, *, two_sided: bool) -> Form | None:
    if two_sided and not fields.has("form"):
        wrong = "`form` is missing: this prompt has `sides`."
        fields.wrong("form", wrong, f"Write one of {', '.join(Form)}; STYLE.md tells which is which.")
    form = fields.maybe_one_of("form", tuple(Form))
    if two_sided:
        return Form(form or Form.EACH)
    if form and Form(form) not in _FOR_BOTH:
        fields.wrong("form", f"The form “{form}” needs `sides`.", "Write two sides, or leave `form` out.")
        return None
    return Form(form) if form else None


def _take_single(fields: Fields, form: Form | None, *, two_sided: bool) -> str:
    if not two_sided and fields.has("single"):
        fields.wrong(
            "single", "`single` does not fit: this prompt has no `sides`.", "Leave it out: `text` is for one."
        )
    return fields.text("single", required=two_sided and form is not Form.EACH)


def _take_choices(fields: Fields) -> tuple[str, ...]:
    fields.ask("choices")
    if not fields.has("choices"):
        return ()
    choices = fields.texts("choices")
    if len(choices) not in CHOICES or len(set(choices)) != len(choices):
        wrong = f"`choices` has {len(set(choices))} different answers."
        fields.wrong("choices", wrong, f"Write {CHOICES[0]} to {CHOICES[-1]}, each once.")
    return choices


def _take_starters(fields: Fields, form: Form | None, *, two_sided: bool, quick: bool) -> StarterKind:
    """Take how a response begins; on a guess or a question it begins by what that side does."""
    by_task = None if form is None or two_sided else _BY_TASK.get(_FOR_BOTH[form])
    fields.ask("starters")
    if by_task:
        if fields.has("starters"):
            wrong = f"`starters` does not fit: the form “{form}” has starters of its own."
            fields.wrong("starters", wrong, "Leave it out.")
        return by_task
    kind = (
        fields.maybe_one_of("starters", _WRITTEN_KINDS)
        if quick
        else fields.one_of("starters", _WRITTEN_KINDS)
    )
    return StarterKind(kind or StarterKind.REFLECT)


def _judge_weight(fields: Fields, prompt: Prompt) -> None:
    if not prompt.light:
        return
    weights: Sequence[tuple[str, bool]] = (
        ("is heavy", prompt.heavy),
        ("is of repair", prompt.way is Way.REPAIR),
        ("is of depth 3", prompt.depth == DEPTHS[-1]),
    )
    for weight, there in weights:
        if there:
            fields.wrong("light", f"This prompt {weight}, and `light`.", "Decide for one of the two.")
