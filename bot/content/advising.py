"""What a language's coach and what it knows of danger say of a text; where a file is broken, nothing."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from bot.coach.addressee import Addressee
from bot.coach.coach import Coach
from bot.coach.danger import Danger
from bot.coach.gravity import LOSS, Loss
from bot.coach.model import Model, ModelError
from bot.coach.shape import CoachError
from bot.coach.solo import Felt, felt
from bot.coach.suggest import MISSING
from prompts.source import FALLBACK, WordsError, read_toml
from prompts.vignettes import Vignette

COACH = "coach.toml"
DANGER = "danger.toml"
LOSSES = "loss.toml"
COACH_MODEL, DANGER_MODEL, ADDRESSEE_MODEL = "coach.model", "danger.model", "addressee.model"
AN_ANSWER_S = frozenset(
    {"self_turn", "defending", "curt"}
)  # in the way of an answer, and no blame in one's own words
# So many words of a moment's are taken up by whoever caught its own sentence.
SEVERAL = 2
LONGEST = 4_096  # what one message holds; more is nothing to read at a glance
log = logging.getLogger(__name__)


def read_model(path: Path) -> Model | None:
    """Read a small model; None where there is none, or a foreign one, which the log names: the phrases are left."""
    try:
        return Model.from_text(path.read_text("utf-8"))
    except (OSError, ValueError, ModelError) as broken:
        log.warning(
            "only phrases are read in %s: there is no %s (%s)", path.parent.name, path.name, _short(broken)
        )
        return None


def _short(broken: Exception) -> str:
    return str(broken) if isinstance(broken, ModelError) else type(broken).__name__


@dataclass(frozen=True, slots=True)
class Landing:
    """How an answer landed with whoever told a moment, and what the coach suggests on it.

    `near`: it took up words of the moment's own. Not `judged`: nobody here reads that language, and nothing is said of
    how it landed.
    """

    moment: Vignette | None = field(default=None, repr=False)
    felt: Felt = Felt.PARTLY
    suggestion: str = field(default="", repr=False)
    near: bool = True
    judged: bool = True

    @property
    def ended(self) -> bool:
        """Whether the moment is over."""
        return self.felt is Felt.STOPPED

    def reply(self, turn: int) -> str:
        """Return what is answered: in another turn something else."""
        if self.moment is None or not self.judged:
            return ""
        return self.moment.reaction(self.felt.value, turn, near=self.near)


class Advising:
    """One language's coach; where its file is broken, there is none."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @classmethod
    def load(cls, folder: Path, root: Path) -> "Advising | None":
        """Read a language's coach; None where it has none, or a broken one, which the log names."""
        if not (folder / COACH).exists():
            return None
        try:
            return cls(
                Coach.from_data(read_toml(folder / COACH, root).data, read_model(folder / COACH_MODEL))
            )
        except (WordsError, CoachError) as broken:
            log.error("there are no suggestions in %s: %s", folder.name, broken)
            return None

    def kind(self, text: str, about: str, last: str | None) -> str | None:
        """Name the one suggestion to offer; None to stay silent."""
        if len(text) > LONGEST:
            return None
        offered = self._coach.suggest(self._coach.read(text, about), last or None)
        return offered.kind if offered else None

    def troubled(self, text: str) -> bool:
        """Tell whether a phrase in a question to the other may get in the way of being heard.

        The model is not asked: it has learnt from answers, and takes questions about films or wishes for prying.
        """
        return len(text) <= LONGEST and bool(self._coach.read(text, "").kinds)

    def accuses(self, text: str) -> bool:
        """Tell whether a phrase in what somebody says of themselves may be hard to hear.

        The model is not asked: it has learnt from answers, and takes one bare word, or a wish, for a curt one.
        """
        return len(text) <= LONGEST and not AN_ANSWER_S.issuperset(self._coach.read(text, "").kinds)

    def grave(self, text: str) -> bool:
        """Tell whether a text tells of a loss."""
        return self._coach.tells(text) == LOSS

    def missing(self, text: str, about: str) -> str | None:
        """Name the suggestion on what a text leaves out: nothing is in the way, and it doesn't say what was heard."""
        return MISSING if len(text) <= LONGEST and self._coach.read(text, about).missing else None

    def practise(self, text: str, moment: Vignette) -> Landing:
        """Return how an answer lands with whoever told a moment, and one suggestion on it, if any."""
        reading = self._coach.read(text[:LONGEST], moment.text)
        offered = self._coach.suggest(reading, quotes=False)  # it is not said again, where that can be
        landed = felt(reading, moment.way.value, moment.feeling)
        return Landing(moment, landed, offered.text if offered else "", near=reading.takes_up >= SEVERAL)

    def words(self, kind: str, text: str, about: str, last: str | None, other: str = "") -> str:
        """Write a suggestion of this kind, with the partner's name; empty where the words have none any more."""
        reading = self._coach.read(text, about)
        if kind == MISSING:
            offered = self._coach.suggestions.name_missing(reading, other)
        else:
            offered = self._coach.suggest(reading, last or None, other)
        return offered.text if offered and offered.kind == kind else ""


def load_danger(folder: Path, root: Path) -> Danger | None:
    """Read what a language knows of danger; None where it has none, or a broken file, which the log names."""
    if not (folder / DANGER).exists():
        return None
    try:
        model = folder / DANGER_MODEL  # English's has to be there; another language may do with phrases
        weighed = read_model(model) if folder.name == FALLBACK or model.exists() else None
        return Danger.from_data(read_toml(folder / DANGER, root).data, weighed)
    except (WordsError, CoachError) as broken:
        log.error("there is no word for danger in %s: %s", folder.name, broken)
        return None


def load_addressee(folder: Path) -> Addressee:
    """Read what tells in a language to whom a message speaks; one without a file knows none that is for the bot."""
    model = folder / ADDRESSEE_MODEL
    return Addressee(read_model(model) if model.exists() else None)


def load_loss(folder: Path, root: Path) -> Loss | None:
    """Read how a language without a coach tells of a loss; None where it has no file, or a broken one."""
    if not (folder / LOSSES).exists():
        return None
    try:
        return Loss(read_toml(folder / LOSSES, root).data)
    except (WordsError, CoachError) as broken:
        log.error("no loss is heard in %s: %s", folder.name, broken)
        return None
