"""What a keyboard is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import Message
from bot.telegram.callbacks import Verb, encode


@dataclass(frozen=True)
class Button:
    """One button: what it says, and what it carries or opens."""

    label: str  # a key of buttons.toml, unless `literal`
    data: str = ""
    literal: bool = False
    share: str = ""  # a page of Telegram's, on which the person picks a chat
    tick: bool | None = None  # a switch or a choice: on or off


Rows = Sequence[Sequence[Button]]
Facts = Mapping[str, Any]
Keyboard = Callable[[Message, Facts], Rows]


def press(label: str, verb: Verb, *arguments: int | str, tick: bool | None = None) -> Button:
    """Make a button that carries a verb and what it is about."""
    return Button(label, encode(verb, *arguments), tick=tick)


def round_of(message: Message) -> int:
    """Name the round that a message is about."""
    return message.round or 0


def version_of(message: Message) -> int:
    """Tell which version of a draft a message quotes."""
    return int(message.details["version"])
