"""A starter and what a person goes on with make a sentence, or the person's words stand alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.joining import Follows, LeadIn
from prompts.words import load_words

HERE = Path(__file__).parent
CONTINUATIONS = (HERE / "starter_continuations.txt").read_text("utf-8").splitlines()
REVIEWED = HERE / "starter_joined.txt"
OPENINGS = {starter.id: starter.opening for starter in load_words().starters.values()}
HEAR = LeadIn("What I hear is that", Follows.CLAUSE)


def joined() -> str:
    """List every continuation that is joined, under its starter; whatever isn't listed stands alone."""
    blocks = []
    for name, opening in OPENINGS.items():
        results = [opening.join(text) for text in CONTINUATIONS]
        together = [new for new, text in zip(results, CONTINUATIONS, strict=True) if new != text]
        blocks.append("\n".join([f"# {name}", *together]))
    return "\n\n".join(blocks) + "\n"


def test_every_joined_sentence_has_been_read() -> None:
    """All starters with some 60 continuations: a change of the rules is read before it is kept."""
    assert len(CONTINUATIONS) >= 60
    assert joined() == REVIEWED.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("You were lonely.", "What I hear is that you were lonely."),
        ("what i hear is that you were lonely", "what i hear is that you were lonely"),
        ("that you were lonely", "What I hear is that you were lonely"),
        ("It\u2019s too much for you", "What I hear is that it\u2019s too much for you"),
        ("Noa was tired", "Noa was tired"),
        ("YOU WERE ALONE", "What I hear is that YOU WERE ALONE"),
        ("You were alone 😢", "What I hear is that you were alone 😢"),
    ],
)
def test_a_capital_goes_and_a_repetition_stands_once(text: str, said: str) -> None:
    """And what is written after it is kept as it is."""
    assert HEAR.join(text) == said


@given(st.text(), st.sampled_from(sorted(OPENINGS)))
def test_no_word_is_lost(text: str, name: str) -> None:
    """The words stand alone, or after the opening, whatever they are; only a capital or a link may go."""
    opening = OPENINGS[name]
    said = opening.join(text)
    if said == text.strip():
        return
    words = re.sub(r"\s", "", said.removeprefix(opening.words)).casefold()
    assert said.startswith(opening.words)
    assert re.sub(r"\s", "", text).casefold().endswith(words)


def test_a_language_whose_grammar_is_not_known_keeps_its_capitals() -> None:
    """A small letter goes on from the opening; a capital may be a noun's, and stands alone."""
    opening = LeadIn("Ich höre, dass", Follows.CLAUSE, language="de")
    assert opening.join("du allein warst") == "Ich höre, dass du allein warst"
    assert opening.join("Abende allein") == "Abende allein"
