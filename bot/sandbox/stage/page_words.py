"""What the page says: given by whoever shows it in another language, else English.

The words are data that the sandbox is handed; English's are the one file that it reads from outside itself.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.sandbox.wire import Json

ENGLISH = Path(__file__).parents[3] / "prompts" / "en" / "page.toml"


@dataclass(frozen=True)
class PageWords:
    """The page's words in one language, and what dates and lines look like in it.

    `locale` is BCP 47's name; `choices` are all languages that can be chosen, by code: their own names, and whether
    their lines run from right to left.
    """

    said: Mapping[str, str]
    language: str = "en"
    locale: str = "en-GB"
    rtl: bool = False
    choices: Mapping[str, tuple[str, bool]] = field(default_factory=dict)

    def say(self, key: str) -> str:
        """Say a sentence by its key; what is no key is a sentence itself."""
        return self.said.get(key, key)

    @cached_property
    def shown(self) -> Json:
        """All that the page asks for before it draws anything."""
        return {
            "language": self.language,
            "locale": self.locale,
            "rtl": self.rtl,
            "languages": [
                {"code": code, "name": name, "rtl": rtl} for code, (name, rtl) in self.choices.items()
            ],
            "words": dict(self.said),
        }


def english() -> PageWords:
    """Read English's words."""
    return PageWords(tomllib.loads(ENGLISH.read_text("utf-8")))
