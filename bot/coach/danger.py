"""Words that suggest danger to the person who writes them, or to somebody near them.

A plain statement is to be found even where it stands in quotation marks; a figure of speech is not, nor what was
survived long ago. Phrases say which danger it is. A small model, where there is one, notices what no phrase says, and
a phrase that it finds unlikely does not count; one of the plain ones only where their sentence is most unlikely. What
is found goes to nobody but its author. Time is linear in the text.
"""

import re
from collections.abc import Mapping
from typing import Any, Self

from bot.coach.model import Model
from bot.coach.rules import Language, Rulebook
from bot.coach.shape import CoachError, Flaw, Spot, Table
from bot.coach.tokens import ENDS, PAUSE, Tokens

# In the order in which they are named where several are found: what can't wait comes first.
KINDS = (
    "self_harm",
    "farewell",
    "strangulation",
    "violence",
    "children_pets",
    "threats",
    "partner_danger",
    "own_violence",
    "pressed_sex",
    "stalking",
    "hopelessness",
    "papers",
    "movement",
    "phone",
    "money",
    "trapped",
    "fear",
)
# What needs hardly any support of the model: the words are plain, and a false alarm is the lesser harm.
SURE = frozenset({"self_harm", "partner_danger"})
# What whoever writes does to somebody: met as what it is, and not as what is done to them.
OWN_VIOLENCE = "own_violence"
THREATS = "threats"
# What the same words may be taken for, and what, said plainly beside them, is suffered.
HURTS = frozenset({"violence", "threats", "strangulation", "children_pets", "fear"})
SUFFERED = HURTS | {"pressed_sex", "stalking", "movement", "phone"}
# What the model is about.
DANGER = "danger"
# Longer than anything that Telegram delivers at once; what is beyond it is not read.
LONGEST = 65_536
# Up to so many words what is said of any long day is all that is said.
FEW = 10
# Below so many words the model has too little to go by: "after I wake up" answers a question about an hour.
FEWEST = 6
_SENTENCES = re.compile(r"(?<=[.!?\u061f\u2026\n])\s+")
_SECTIONS = ("language", "spelling", "lists", "no_denial", "survived", "ordinary", "danger", "plain")
_RULE = ("kind", "say", "unless", "unless_near", "with_not", "whole", "must", "must_not")


class Danger:
    """Made by `Danger.from_data`; holds patterns and no text that it has read."""

    def __init__(
        self, language: Language, rules: Rulebook, plain: Rulebook, root: Table, model: Model | None
    ) -> None:
        self._language = language
        self.rules = rules
        self.plain = plain
        self._model = (
            model if model is not None and model.about == DANGER and model.heads.keys() <= {*KINDS} else None
        )
        survived, ordinary = root.table("survived"), root.table("ordinary")
        survived.only("say", "still")
        ordinary.only("say", "lightly", "thankful")
        self._pairs = _pairs(root.table("spelling").table("pairs"))
        self._survived = language.book(survived, "say")
        self._still = language.book(survived, "still")
        self._ordinary = language.book(ordinary, "say")
        self._lightly = language.book(ordinary, "lightly")
        self._thankful = language.book(ordinary, "thankful")

    @classmethod
    def from_data(cls, mapping: Mapping[str, Any], model: Model | None = None) -> Self:
        """Make it from a parsed file, with a model where there is one; raise CoachError with plain findings."""
        findings: list[Flaw] = []
        root = Table(mapping, Spot(), findings)
        root.only(*_SECTIONS)
        root.text("language", default="")
        tables, plain = list(root.tables("danger")), list(root.tables("plain"))
        for table in (*tables, *plain):
            table.only(*_RULE)
            if table.text("kind") not in KINDS:
                table.wrong(f"its kind has no meaning here; the kinds are {', '.join(KINDS)}", "kind")
        if not tables:
            root.wrong("there is no [[danger]]; write at least one, with kind and say")
        language = Language(root)
        rules, sure = Rulebook(language, tables), Rulebook(language, plain)
        danger = cls(language, rules, sure, root, model)
        language.forget()
        if findings:
            raise CoachError(findings)
        return danger

    def notices(self, text: str) -> str | None:
        """Return which danger a text suggests, or None."""
        return next(iter(self.all(text)), None)

    def all(self, text: str) -> tuple[str, ...]:
        """Return every danger that a text suggests, the most urgent first."""
        text = _apart(text[:LONGEST], self._pairs)
        words = self._language.read(text)
        if self._survived.find(words) and not self._still.find(words):
            return ()
        found, sure = _kinds(words, self.rules), _kinds(words, self.plain)
        calm = self._calm(words)
        if self._model is not None and (found or not calm):
            lightly = bool(found and self._lightly.find(words))
            short = found & SURE if _count(words) < FEWEST else set[str]()
            found = short | self._weighed(text, found, self._model, calm=calm, lightly=lightly)
        if self._model is not None and sure:
            sure -= self._doubted(text, words, self._model)
        if OWN_VIOLENCE in sure and sure.isdisjoint(SUFFERED):
            found -= HURTS  # by the hand of whoever writes: “I'll kill her” is no threat to them
        found |= sure
        return tuple(kind for kind in KINDS if kind in found)

    def _doubted(self, text: str, words: Tokens, model: Model) -> set[str]:
        """Name what plain phrases find in no sentence but such as the model finds most unlikely.

        A sentence is read alone, for what stands around it says little of it. In a short one the phrase counts, and
        where it is all that was written; so does a threat of one's own: who threatens often does it lightly.
        """
        doubted = set[str]()
        borne_out = {OWN_VIOLENCE, *(rule.name for rule, _ in self.plain.find(words) if rule.whole)}
        for sentence in _SENTENCES.split(text):
            part = self._language.read(sentence)
            kinds = _kinds(part, self.plain)
            if kinds:
                unlikely = _count(part) >= FEWEST and model.judge(sentence)[0] <= model.limits.doubt
                (doubted if unlikely else borne_out).update(kinds)
        return doubted - borne_out

    def _calm(self, words: Tokens) -> bool:
        """Whether the model alone alarms nobody: too few words, a few that are said of any long day, or thanks."""
        few = _count(words) < FEWEST or (len(words) <= FEW and bool(self._ordinary.find(words)))
        return few or bool(self._thankful.find(words))

    @staticmethod
    def _weighed(text: str, found: set[str], model: Model, *, calm: bool, lightly: bool) -> set[str]:
        """Return what is left of the phrases' finds, or what the model notices where there are none.

        What is told lightly needs firmer support; what needs none counts but where the model finds it most unlikely.
        """
        score, kind, _ = model.judge(text)
        needed = model.limits.firm if lightly else model.limits.support
        kept = found if score > needed else found & SURE if score > model.limits.doubt else set[str]()
        return {kind} if not kept and not calm and score > model.limits.alone else kept


def _count(words: Tokens) -> int:
    return sum(word not in ENDS and word != PAUSE for word in words.words)


def _kinds(words: Tokens, book: Rulebook) -> set[str]:
    """Name what a book's rules find.

    A threat that is quoted among other words is somebody else's; in the very words of one's own it is one's own.
    """
    among = not all(
        quoted or word in ENDS or word == PAUSE
        for word, quoted in zip(words.words, words.quoted, strict=True)
    )
    hits = [
        (THREATS if rule.name == OWN_VIOLENCE and among and words.quoted[hit.start] else rule.name, hit)
        for rule, hit in book.find(words)
    ]
    own = [hit for kind, hit in hits if kind == OWN_VIOLENCE]
    return {
        kind
        for kind, hit in hits
        if kind != THREATS or not any(one.start <= hit.start and hit.end <= one.end for one in own)
    }


def _pairs(table: Table) -> Mapping[str, str]:
    """Read which two words are typed for which: "il ma", where "il m'a" is meant."""
    return {pair: table.text(pair) for pair in table.names()}


def _apart(text: str, pairs: Mapping[str, str]) -> str:
    """Write out what is typed without an apostrophe, where the word before it tells that one is meant."""
    if not pairs:
        return text
    typed = re.compile(rf"\b(?:{'|'.join(map(re.escape, pairs))})\b", re.IGNORECASE)
    return typed.sub(lambda pair: pairs[pair.group().lower()], text)
