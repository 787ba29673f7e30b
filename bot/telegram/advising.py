"""The coach as the rest of this room asks for it; where its file is broken, nobody does."""

import logging
from pathlib import Path

from bot.coach.coach import Coach
from bot.coach.danger import Danger
from bot.coach.shape import CoachError
from bot.coach.solo import felt
from prompts.source import WordsError, read_toml
from prompts.vignettes import Vignette

FILE = "coach.toml"
DANGER = "danger.toml"
LONGEST = 4_096  # what one message holds; more is nothing to read at a glance

log = logging.getLogger(__name__)


class Advising:
    """One language's coach."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @classmethod
    def load(cls, folder: Path, root: Path) -> "Advising | None":
        """Read a language's coach; None where it has none, or a broken one, which the log names."""
        if not (folder / FILE).exists():
            return None
        try:
            return cls(Coach.from_data(read_toml(folder / FILE, root).data))
        except (WordsError, CoachError) as broken:
            log.error("there are no suggestions in %s: %s", folder.name, broken)
            return None

    def kind(self, text: str, about: str, last: str | None) -> str | None:
        """Name the one suggestion to offer; None to stay silent."""
        if len(text) > LONGEST:
            return None
        offered = self._coach.suggest(self._coach.read(text, about), last or None)
        return offered.kind if offered else None

    def practise(self, text: str, moment: Vignette) -> tuple[str, str]:
        """Tell how an answer would land with whoever told a moment, and one suggestion on it, if any."""
        reading = self._coach.read(text[:LONGEST], moment.text)
        offered = self._coach.suggest(reading)
        landed = felt(reading, moment.way.value, moment.feeling)
        return landed.value, offered.text if offered else ""

    def words(self, kind: str, text: str, about: str, last: str | None) -> str:
        """Write a suggestion of this kind; empty where the words have none any more."""
        offered = self._coach.suggest(self._coach.read(text, about), last or None)
        return offered.text if offered and offered.kind == kind else ""


def load_danger(folder: Path, root: Path) -> Danger | None:
    """Read what a language knows of danger; None where it has none, or a broken file, which the log names."""
    if not (folder / DANGER).exists():
        return None
    try:
        return Danger.from_data(read_toml(folder / DANGER, root).data)
    except (WordsError, CoachError) as broken:
        log.error("there is no word for danger in %s: %s", folder.name, broken)
        return None
