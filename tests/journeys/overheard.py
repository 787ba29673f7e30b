"""All that people say to a bot at home, and a search for it in what the bot logs."""

import io
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.home import house
from bot.sandbox import TOKEN, World

ROOT = Path(__file__).parents[2]
PRIVATE = frozenset(
    {
        "text",
        "caption",
        "first_name",
        "last_name",
        "username",
        "title",
        "file_name",
        "file_id",
        "file_unique_id",
    }
)
WORD = re.compile(r"\w+")
SHORTEST = 3  # letters of a word that is looked for by itself
RUN = 3  # words in a row that are looked for, whatever they are
LONG = re.compile(r"\d{6,}")  # numbers that could be a Telegram id


class Said:
    """What the people of some worlds have said, their names, and the numbers of their accounts and chats."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.numbers: set[int] = set()

    def hear(self, value: Any) -> None:
        """Note what an update carries; what the bot itself had said is not people's."""
        if isinstance(value, list):
            for inner in value:
                self.hear(inner)
        elif isinstance(value, dict) and not _by_a_bot(value):
            for name, inner in value.items():
                if name in PRIVATE and isinstance(inner, str):
                    self.texts.add(inner)
                elif (
                    name in ("from", "chat") and isinstance(inner, dict) and isinstance(inner.get("id"), int)
                ):
                    self.numbers.add(abs(inner["id"]))
                self.hear(inner)


def _by_a_bot(value: dict[str, Any]) -> bool:
    sender = value.get("from")
    return isinstance(sender, dict) and sender.get("is_bot") is True


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))


@cache
def _ours() -> frozenset[str]:
    """Give the words of the bot's own code: a log may say them, whoever else does."""
    files = [
        path
        for room in ("bot", "storage")
        for path in (ROOT / room).rglob("*.py")
        if not {"cli", "home", "sandbox"} & set(path.relative_to(ROOT).parts)
    ]
    return frozenset(word for path in files for word in _words(path.read_text("utf-8")))


def private(log: str, said: Said) -> list[str]:
    """Tell what of all that was said stands in a log.

    Looked for are single words, but for the shortest and those that the bot's own code has; any three words in a
    row; and the numbers of accounts and chats.
    """
    logged = _words(log)
    single, rows = set(logged), _runs(logged)
    found: set[str] = set()
    for text in said.texts:
        words = [] if text.startswith("/") else _words(text)
        found |= {
            word
            for word in words
            if word in single and len(word) >= SHORTEST and not word.isdecimal() and word not in _ours()
        }
        found |= {" ".join(run) for run in _runs(words) & rows}
    found |= {str(n) for n in said.numbers & set(map(int, LONG.findall(log)))}
    return sorted(found | ({"the token"} if TOKEN in log else set()))


@pytest.fixture(autouse=True)
def nothing_private_is_logged(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Said]:
    """Log as `serve` does, at DEBUG and in both forms; search it for what anybody said, and what a test adds."""
    said, lines, root = Said(), io.StringIO(), logging.getLogger()

    class Overheard(World):
        """A Telegram at home in which it is noted what people say."""

        def inject(self, update: Any) -> Any:
            """Note an update, and queue it."""
            said.hear(update)
            return super().inject(update)

    monkeypatch.setattr(house, "World", Overheard)
    before = {name: logging.getLogger(name).level for name in ("", *logs.TALKATIVE)}
    handlers = [logs.Discreet(lines, form) for form in ("console", "json")]
    root.setLevel(logging.DEBUG)
    logs.quieten()
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield said
    finally:
        for handler in handlers:
            root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
    shown = "\n".join(capfd.readouterr())
    assert private(f"{lines.getvalue()}\n{shown}", said) == []
