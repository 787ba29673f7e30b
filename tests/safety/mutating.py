"""Callback data as somebody would forge it: what a bot has offered, changed a little or much."""

import random
from collections.abc import Iterator, Sequence

from bot.screens.callbacks import Verb

SIGNS = "abcz019_/+-:;. \n\0%\u0661\u00e9\U0001fae5"
ODD = ("", "-1", "0", "zz", "1y2p0ij32e8e7", "1y2p0ij32e8e8", "z" * 70, "1_0", "+1", "0x1", "None", "../..")


def mutated(seed: int, offered: Sequence[str]) -> Iterator[str]:
    """Make forged data without end, from what was offered; a seed repeats it."""
    chance = random.Random(seed)  # noqa: S311 (a seed repeats a failure)
    changes = (_sign, _cut, _verb, _argument, _number, _exchange, _repeat)
    while True:
        data = chance.choice(offered)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            data = chance.choice(changes)(chance, data, offered)
        yield data


def _sign(chance: random.Random, data: str, _: Sequence[str]) -> str:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(SIGNS) + data[place + chance.choice((0, 1)) :]


def _cut(chance: random.Random, data: str, _: Sequence[str]) -> str:
    return data[: chance.randrange(len(data) + 1)]


def _verb(chance: random.Random, data: str, _: Sequence[str]) -> str:
    return ":".join((chance.choice(list(Verb)), *data.split(":")[1:]))


def _argument(chance: random.Random, data: str, _: Sequence[str]) -> str:
    parts = data.split(":")
    place = chance.randrange(len(parts) + 1)
    return ":".join((*parts[:place], chance.choice(ODD), *parts[place + chance.choice((0, 1)) :]))


def _number(chance: random.Random, data: str, _: Sequence[str]) -> str:
    """Change a number a little: the id of a row nearby, or a version before."""
    parts = data.split(":")
    place = chance.randrange(len(parts))
    last = parts[place][-1:]
    near = chance.choice("0123456789abcdefghijklmnopqrstuvwxyz")
    return ":".join((*parts[:place], parts[place].removesuffix(last) + near, *parts[place + 1 :]))


def _exchange(chance: random.Random, data: str, offered: Sequence[str]) -> str:
    """Put another button's ids behind this one's verb."""
    return ":".join((data.split(":", maxsplit=1)[0], *chance.choice(offered).split(":")[1:]))


def _repeat(chance: random.Random, data: str, _: Sequence[str]) -> str:
    return data * chance.choice((2, 3))
