"""The kind of moment that an answer is read beside."""

import pytest
from english_files import english_coach

from bot.coach.beside import GOOD, PLAIN, SORE, UNKNOWN
from bot.coach.coach import hints
from bot.coach.solo import Felt, felt

COACH = english_coach()


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("", UNKNOWN),
        ("   ", UNKNOWN),
        ("I felt so lonely when you left.", SORE),
        ("I loved that you waited, and it hurt a little.", SORE),
        ("I passed!", GOOD),
        ("The bus goes at nine.", PLAIN),
    ],
)
def test_a_moment_is_sore_or_good(moment: str, kind: str) -> None:
    """One that is both is sore: who is hurt is met first."""
    assert COACH.read("Tell me more.", moment).beside == kind


def test_a_word_is_weighed_beside_its_moment() -> None:
    """The same answer gives the model other features after another moment."""
    after = {
        kind: hints(COACH.read("Get in!", moment)) for kind, moment in ((SORE, "It hurt."), (GOOD, "I won!"))
    }
    assert after[SORE] - after[GOOD] >= {"sore: get", "sore: in"}
    assert after[GOOD] - after[SORE] >= {"good: get", "good: in"}


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("I miss my dad today.", "I miss him too. Tell me about him, I've got all evening"),
        ("You forgot our anniversary.", "I did, and you were waiting. I'm so sorry, my love."),
    ],
)
def test_what_is_plainly_warm_is_heard_without_a_set_phrase(moment: str, text: str) -> None:
    """Warm words need no formula, and a doubt of the phrases is enough to hold it back."""
    assert felt(COACH.read(text, moment)) is Felt.HEARD
    assert felt(COACH.read(f"{text} But you should have said so before.", moment)) is not Felt.HEARD
