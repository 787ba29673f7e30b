"""The whole conversation as one table: every concern's views, commands and presses, joined in order.

What does not fit together is found here, each by one sentence that names both places: a screen that is there
twice, a command or a press in two tables, a button that no table takes. What a view hands in is held against
what its template says when the words are read (`expected`).
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

from bot.content import Content
from bot.messages import MessageKind
from bot.screens import (
    capsule,
    city,
    draft,
    earlier,
    friend,
    growth,
    highlight,
    hours,
    joining,
    journal,
    keepsake,
    language,
    leaving,
    looking_back,
    month,
    own_card,
    pages,
    parts,
    prompt,
    pulse,
    put_away,
    response,
    reveal,
    rhythm,
    safety,
    settings,
    solo,
    talk,
    talk_kept,
    talk_later,
    talk_steps,
    talk_words,
    ten_minutes,
    themes,
    today,
    waiting,
    week,
)
from bot.screens.callbacks import Verb
from bot.screens.context import NAMES
from bot.screens.request import Handler
from bot.screens.view import Key, View
from prompts.menu import MENU
from prompts.overlay import Overlay
from prompts.source import Finding, WordsError
from prompts.template import TemplateValues

CONCERNS = (
    joining,
    today,
    prompt,
    draft,
    parts,
    put_away,
    earlier,
    reveal,
    response,
    highlight,
    ten_minutes,
    talk,
    talk_later,
    talk_steps,
    talk_words,
    talk_kept,
    waiting,
    solo,
    friend,
    journal,
    looking_back,
    week,
    month,
    pages,
    keepsake,
    pulse,
    growth,
    rhythm,
    city,
    hours,
    settings,
    language,
    themes,
    own_card,
    capsule,
    leaving,
    safety,
)
WORDLESS = frozenset(
    {MessageKind.CALLBACK, MessageKind.BUTTONS_OFF, MessageKind.GONE, MessageKind.PUT_AWAY}
    | {MessageKind.COMMANDS, MessageKind.SHOWN_OVER, MessageKind.PRACTICE_OVER}
)
PHRASES = (
    frozenset(
        {
            "somebody",
            "the_other",
            "own_card_mine",
            "own_card_theirs",
            "dialogue",
            "repair",
            "waiting",
            "letter",
            "pulse",
            "friend",
            "part_voice",
            "part_video_note",
            "part_photo",
            "part_album",
            "invitation",
            "about",
            "about_short",
        }
    )
    | {f"weekday_{day}" for day in range(7)}
    | {f"each_weekday_{day}" for day in range(7)}
    | {f"menu_{name}" for name in MENU}
)
"""What of buttons.toml is said elsewhere than on a button."""

Name = TypeVar("Name", MessageKind, Verb, str)


Definition = Callable[..., Any]
"""Whatever stands somewhere in the code: a view or a handler."""


@dataclass(frozen=True)
class Screens:
    """All screens. `faults` says what does not fit together."""

    views: Mapping[MessageKind, type[View]]
    commands: Mapping[str, Handler]
    presses: Mapping[Verb, Handler]
    labels: frozenset[str]  # keys of buttons.toml
    faults: Sequence[Finding] = ()

    def view(self, kind: MessageKind) -> type[View]:
        """Return a kind's view; one that says names alone for a kind that has none of its own."""
        return self.views.get(kind, View)

    def expected(self) -> dict[str, TemplateValues]:
        """Name every template that must be there, with the values that it may use and those that it must."""
        found: dict[str, TemplateValues] = {}
        for kind in MessageKind:
            view = self.view(kind)
            if kind not in WORDLESS and not view.buttons_alone:
                for name in view.templates() or (kind.value,):
                    found[name] = TemplateValues(NAMES | view.said, view.said - NAMES, _named(view))
        return found

    def hold(self) -> None:
        """Refuse screens that don't fit together. Raises WordsError."""
        if self.faults:
            raise WordsError(list(self.faults))


def join(concerns: Sequence[ModuleType]) -> Screens:
    """Join concerns, in order, into one table."""
    views: list[tuple[MessageKind, type[View]]] = []
    commands: list[tuple[str, Handler]] = []
    presses: list[tuple[Verb, Handler]] = []
    keys: list[tuple[Key, ModuleType]] = []
    for concern in concerns:
        views += [(kind, view) for view in _views(concern) for kind in view.kinds]
        commands += getattr(concern, "COMMANDS", {}).items()
        presses += getattr(concern, "PRESSES", {}).items()
        keys += [(key, concern) for key in _keys(vars(concern).values())]
    faults = [
        *_twice(views, lambda kind: f"The screen of {kind.value}"),
        *_twice(commands, lambda name: f"The command /{name}"),
        *_twice(presses, lambda verb: f"The press {verb.name}"),
        *_untaken(keys, dict(presses)),
    ]
    labels = frozenset(key.label for key, _ in keys if key.label) | PHRASES
    return Screens(dict(views), dict(commands), dict(presses), labels, faults)


def _views(concern: ModuleType) -> Iterator[type[View]]:
    for found in vars(concern).values():
        if isinstance(found, type) and issubclass(found, View) and found.__module__ == concern.__name__:
            yield found


def _keys(values: Any) -> Iterator[Key]:
    for found in values:
        if isinstance(found, Key):
            yield found
        elif isinstance(found, tuple):
            yield from _keys(found)


def _twice(pairs: Sequence[tuple[Name, Definition]], say: Callable[[Name], str]) -> Iterator[Finding]:
    known: dict[Name, Definition] = {}
    for name, placed in pairs:
        if name in known:
            wrong = f"{say(name)} is both {_named(known[name])} and {_named(placed)}."
            yield _at(placed, wrong, "Keep one of them.")
        known.setdefault(name, placed)


def _untaken(keys: Sequence[tuple[Key, ModuleType]], presses: Mapping[Verb, Handler]) -> Iterator[Finding]:
    for verb in Verb:
        shown = next(((key, concern) for key, concern in keys if key.verb is verb), None)
        if verb in presses:
            continue
        if shown is None:
            wrong = f"bot.screens.callbacks.Verb.{verb.name} is in no table of PRESSES."
            yield _at(Verb, wrong, "Delete it, or take it in the file of its screen.")
        else:
            key, concern = shown
            wrong = (
                f"No table of PRESSES takes bot.screens.callbacks.Verb.{verb.name}, which the button "
                f"`{key.label}` in {concern.__name__} asks for."
            )
            yield Finding(_path(concern.__name__), 1, wrong, "Add it to PRESSES in the file of its screen.")


def _named(placed: Definition) -> str:
    return f"{placed.__module__}.{placed.__qualname__}"


def _at(placed: Definition, wrong: str, write: str) -> Finding:
    return Finding(_path(placed.__module__), _line(placed), wrong, write)


def _path(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def _line(placed: Any) -> int:
    try:
        return inspect.getsourcelines(placed)[1]
    except (OSError, TypeError):  # made without a file
        return 1


SCREENS = join(CONCERNS)


def load_content(overlay: Overlay | None = None) -> Content:
    """Read all the words, held against the screens that say them. Raises WordsError for what does not fit."""
    SCREENS.hold()
    return Content(expected=SCREENS.expected(), overlay=overlay)
