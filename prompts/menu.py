"""What people call the commands of the menu, in their own language."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MENU = (
    "today",
    "practice",
    "dialogue",
    "repair",
    "journal",
    "kept",
    "growth",
    "card",
    "capsule",
    "export",
    "settings",
    "ways",
    "invite",
    "pause",
    "resume",
    "leave",
    "forget",
    "privacy",
    "safety",
    "help",
)
"""The commands beside the input field, in their order."""
COMMANDS = (*MENU, "cancel")
SLASH = "/"


@dataclass(frozen=True, slots=True)
class MenuWords:
    """Commands by the words that lead to them: behind a slash, and by themselves."""

    slashed: Mapping[str, str]
    alone: Mapping[str, str]

    def command(self, text: str) -> str:
        """Name the command that a text means which begins with a slash; empty for none."""
        said = text.strip()
        return self.slashed.get(_plain(said[1:].split(maxsplit=1)[0]), "") if said[1:].strip() else ""

    def as_ours(self, text: str) -> str:
        """Write a text whose command has a name of this language's with the name that it has here."""
        command = self.command(text)
        return " ".join([f"{SLASH}{command}", *text.split(maxsplit=1)[1:]]) if command else text

    def called(self, text: str) -> str:
        """Name the command that a text is nothing but the name of, without a slash; empty for none."""
        return self.alone.get(_plain(text.strip(" .!?\u061f")), "")


def menu_words(data: Mapping[str, Sequence[str]]) -> MenuWords:
    """Make them of a file's lists."""
    said = [(word, command) for command in COMMANDS for word in data[command]]
    return MenuWords(
        slashed={_plain(word.removeprefix(SLASH)): command for word, command in said},
        alone={_plain(word): command for word, command in said if not word.startswith(SLASH)},
    )


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFD", text.casefold().replace("\u2019", "'"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))
