"""How a response may begin: the openings that are offered, and under which words.

Under sad words nothing is offered that would sting: whoever writes a response taps the first that is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from prompts.fields import Fields
from prompts.joining import ABOUT, WHOM, Follows, LeadIn
from prompts.joining_rules import Joints, load_joints
from prompts.prompt import STARTER_KINDS, StarterKind, Task, take_id
from prompts.source import FALLBACK, Finding
from prompts.word_file import Item, WordFile

OF_THEIR_OWN = (Task.GUESS, Task.ASK)
"""The tasks whose words can't stand behind a frame that is for any words."""


@dataclass(frozen=True, slots=True)
class Starter(Item):
    """The opening of a response, which the person goes on from; a `light` one is for words that hold nothing sore."""

    kind: StarterKind
    button: str
    opening: LeadIn
    light: bool = False

    @property
    def sober(self) -> bool:
        """Whether it fits any words, sad ones too."""
        return not (self.light or self.opening.glad)


MIXES: Mapping[StarterKind, tuple[StarterKind, ...]] = {
    StarterKind.REFLECT: (StarterKind.REFLECT, StarterKind.SENSE, StarterKind.IMAGINE),
    StarterKind.SENSE: (StarterKind.SENSE, StarterKind.REFLECT, StarterKind.IMAGINE),
    StarterKind.IMAGINE: (StarterKind.IMAGINE, StarterKind.REFLECT, StarterKind.SENSE),
    StarterKind.GOOD: (StarterKind.GOOD, StarterKind.GOOD, StarterKind.REFLECT),
    StarterKind.THANKS: (StarterKind.THANKS, StarterKind.THANKS, StarterKind.REFLECT),
    StarterKind.NEAR: (StarterKind.NEAR,) * 3,
    StarterKind.ANSWER: (StarterKind.ANSWER,) * 3,
}
"""The three starters offered after a prompt: its own kind first."""


_CHEERFUL = (StarterKind.GOOD, StarterKind.THANKS)


def _reflecting_first(mix: Sequence[StarterKind]) -> tuple[StarterKind, ...]:
    """Put what gives back what was heard first, and in place of what is for good news and for thanks."""
    others = (kind for kind in mix if kind not in (*_CHEERFUL, StarterKind.REFLECT))
    return (StarterKind.REFLECT, *others, StarterKind.REFLECT, StarterKind.REFLECT)[: len(mix)]


def mix_for(kind: StarterKind, task: Task, *, sore: bool, grave: bool) -> tuple[StarterKind, ...]:
    """Choose which kinds of starters are offered under words that do `task`."""
    mix = MIXES[kind]
    if task is Task.TELL:
        mix = (mix[0], StarterKind.LEARNED, mix[1])
    if grave and task not in OF_THEIR_OWN:
        return (StarterKind.REFLECT,) * len(mix)
    return _reflecting_first(mix) if sore and task not in OF_THEIR_OWN else mix


def _parse_starter(fields: Fields, joints: Joints | None = None) -> Starter:
    kind = StarterKind(fields.one_of("kind", STARTER_KINDS))
    button = fields.text("button")
    language = fields.source.name.split("/")[-2]
    follows = Follows(fields.one_of("follows", tuple(Follows)))
    about = fields.words("about", WHOM) or ABOUT
    opening = LeadIn(
        button.rstrip(" …"), follows, about, glad=fields.flag("glad"), language=language, joints=joints
    )
    if opening.words:
        _join_examples(fields, opening)
    return Starter(take_id(fields), kind, button, opening, fields.flag("light"))


def _join_examples(fields: Fields, opening: LeadIn) -> None:
    """Join the examples of a starter, and note each that comes out otherwise than its writer says."""
    for key, whether in (("joins", True), ("alone", False)):
        for text in fields.texts(key):
            joined = opening.join(text)
            if (joined != text) is not whether:
                wrong = f"“{text}” {'stands alone' if whether else 'is joined'}: “{joined}”."
                fields.wrong(key, wrong, f"Change the example, or what `follows`: it is {opening.follows}.")


STARTERS = WordFile("starters.toml", "starter", _parse_starter, ("kind",))


def starters_in(folder: Path, root: Path, findings: list[Finding]) -> WordFile[Starter]:
    """Return how a language's starters are read, with its own rules of joining."""
    joints = load_joints(folder, root, findings) if folder.name != FALLBACK else None
    return replace(STARTERS, parse=partial(_parse_starter, joints=joints))
