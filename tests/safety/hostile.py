"""Updates of any shape, made from the official type table: right, wrong, deep, huge and forged."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot import sandbox
from bot.screens.callbacks import Verb
from bot.screens.table import SCREENS

TYPES: dict[str, Any] = json.loads((Path(sandbox.__file__).parent / "bot-api.json").read_text("utf-8"))[
    "types"
]
KINDS = ("message",) * 6 + ("callback_query",) * 4 + ("edited_message", "my_chat_member")
NUMBERS = (0, 1, -1, 2**31, 2**52, -(2**40), 2**63, 10**30, 1_772_442_000)
DEEPEST = 3
ODD = 0.02
NOW = 1_772_442_000  # a date that can be one: with others nothing comes past the parser
WRONG = 0.004


class Hostile:
    """A source of hostile updates by a seed; `people` act, `ids` are what they might guess."""

    def __init__(self, seed: int, people: Sequence[int], ids: Sequence[int]) -> None:
        self._random = random.Random(seed)  # noqa: S311 (a seed repeats a failure)
        self._people = people
        self._ids = ids
        self._wrong = 0.0
        self._texts = [
            "", " ", "\u202ereversed", "\x00\x07", "\ud800".encode("utf-16", "surrogatepass").hex(), "🫥" * 500,
            "<b>&amp;</b>{{ x }}", "%s%n", "' OR 1=1 --", "x" * 4096, "Berlin", "25:99", "22:00 to 8:00", "\n" * 99,
            *(f"/{name}" for name in SCREENS.commands), "/start " + "A" * 64, "/nothing@nobody", "I want to die.",
        ]  # fmt: skip

    def updates(self, count: int, first: int) -> Iterator[dict[str, Any]]:
        """Make so many, numbered from `first`; those with even numbers have the types that the table tells."""
        for number in range(first, first + count):
            self._wrong = WRONG if number % 2 else 0.0
            kind = self._random.choice(KINDS)
            name = TYPES["Update"]["fields"][f"{kind}?"]
            body = self._object(name, 0)
            if isinstance(body, dict):
                self._aim(kind, body)
            yield {"update_id": number, kind: body}

    def _aim(self, kind: str, body: dict[str, Any]) -> None:
        """Let somebody act in a private chat, so that the handlers are reached."""
        user = self._random.choice(self._people)
        sender = {"id": user, "is_bot": False, "first_name": self._text(), "language_code": self._text()}
        body["from"] = sender
        chat = {
            "id": user,
            "type": self._random.choice(("private",) * 9 + ("supergroup",)),
            "first_name": "x",
        }
        if kind != "callback_query":
            body["chat"] = chat
        else:
            body["data"] = self._data()
            message = body.setdefault("message", self._object("Message", 1))
            if isinstance(message, dict):
                message["chat"] = chat

    def _data(self) -> str:
        verb = self._random.choice([*Verb, "", "nothing"])
        pieces = (
            self._random.choice((*map(_base36, self._ids), self._text(), "0", "zz", "-1")) for _ in range(3)
        )
        return ":".join([verb, *pieces])[: self._random.choice((8, 20, 64, 200))]

    def _object(self, name: str, depth: int) -> Any:
        if depth > 2 * DEEPEST:
            return {}
        kind = TYPES[name]
        if "oneof" in kind:
            return self._value(self._random.choice(kind["oneof"]), depth)
        made = {}
        for field, written in kind.get("fields", {}).items():
            optional = field.endswith("?")
            if optional and (depth >= DEEPEST or self._random.random() > 0.25 / (depth + 1)):
                continue
            if self._random.random() > self._wrong:
                made[field.rstrip("?")] = NOW if "date" in field else self._value(written, depth + 1)
        return made

    def _value(self, written: str, depth: int) -> Any:
        if self._random.random() < self._wrong:
            return self._random.choice((None, 1.5, "x", [], {}, True, [[[]]]))
        kind = self._random.choice(written.split(" or "))
        if kind.startswith("Array of "):
            count = self._random.choice((0, 1, 1, 2))
            return [self._value(kind.removeprefix("Array of "), depth) for _ in range(count)]
        if kind in TYPES:
            return self._object(kind, depth)
        if kind in ("Boolean", "True"):
            return True
        if kind == "String":
            return self._text()
        return self._random.choice((*NUMBERS, *self._ids) if self._random.random() < ODD else (0, 1, 2, 60))

    def _text(self) -> str:
        return self._random.choice(self._texts)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
