"""A plain naming of what the other felt is a reflection: the model alone never remarks on it."""

from dataclasses import replace

import pytest
from english_files import english, english_coach

from bot.coach.check import check
from bot.coach.solo import Felt, felt

FILE = english("coach.toml")
COACH = english_coach()


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("I snapped at you this morning.", "you were tired too"),
        ("We danced in the kitchen.", "You enjoyed it."),
        ("The frost took the whole garden.", "You sound really sad about the garden."),
        ("I ate lunch alone again.", "That must have felt lonely"),
        ("My name was left off the list.", "you wanted somebody to notice"),
        ("The exam is on Monday.", "You're nervous and you want it over"),
        ("You said you'd ring.", "it hurt"),
        ("Nobody in the choir talks to me.", "How lonely."),
    ],
)
def test_a_mirror_is_not_remarked_on(moment: str, answer: str) -> None:
    """Whatever the model makes of so few words of which half are "you"."""
    reading = COACH.read(answer, moment)
    assert reading.mirrors
    assert COACH.suggest(reading) is None
    assert felt(reading) in {Felt.HEARD, Felt.PARTLY}


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("I was hurt when you pushed me onto the stage.", "You enjoyed it."),
        ("I was hurt when you pushed me onto the stage.", "You wanted it too"),
        ("I felt alone at the party.", "You felt lonely because you never talk to anyone"),
        ("I felt alone at the party.", "You're so sensitive"),
        ("I felt alone at the party.", "You weren't lonely, you were jealous"),
        ("I felt alone at the party.", "You're tired, go to bed"),
        ("I felt alone at the party.", "You were sad. So was I, all week."),
        ("I felt alone at the party.", "You sound like a child who is scared"),
        ("I felt alone at the party.", ""),
    ],
)
def test_what_says_more_than_a_feeling_is_none(moment: str, answer: str) -> None:
    """A motive, a denial, a verdict, an order, oneself, or joy told to whoever is sore."""
    assert not COACH.read(answer, moment).mirrors


def test_a_phrase_is_still_believed_in_a_mirror() -> None:
    """Only the model by itself is silenced: what a phrase finds stays in the way."""
    moment = "I felt alone at the party."
    found = next(
        reading
        for text in ("You always do this.", "You should have called.")
        if (reading := COACH.read(text, moment)).gets_in_the_way
    )
    assert COACH.suggest(replace(found, mirrors=True)) is not None


def test_the_examples_of_mirrors_are_checked() -> None:
    """A writer who adds one that isn't found is told."""
    broken = {**FILE, "mirror": {**FILE["mirror"], "must": ["Pass the salt."], "must_not": ["You were sad."]}}
    assert [flaw.key for flaw in check(broken)] == ["must", "must_not"]
