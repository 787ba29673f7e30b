"""The language of patterns: what each sign finds, and what a writer is told about a slip."""

import pytest

from bot.coach.grammar import Grammar, PatternError
from bot.coach.phrasebook import Phrasebook
from bot.coach.spelling import Speller

SPELL = Speller(typed={}, endings={"n't": "not", "'re": "are"})
LISTS = {"feeling": ("lonely", "left out"), "lead_in": ("oh", "so"), "conjunction": ("but",)}
GRAMMAR = Grammar(LISTS, SPELL)


def found(pattern: str, text: str) -> list[str]:
    """Return the words that a pattern finds in a text."""
    book = Phrasebook([(0, GRAMMAR.read(pattern))])
    read = GRAMMAR.text(text)
    hits = book.find(read)
    return [" ".join(read.words[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("you should", "You should. You, should", ["you should"]),
        ("you don't", "you dont, you don\u2019t", ["you do not"]),
        ("you always|never do", "you always do, you never do, you do", ["you always do", "you never do"]),
        (
            "you (always|do not ever) do",
            "you always do, you don't ever do",
            ["you always do", "you do not ever do"],
        ),
        ("so (very)? sad", "so sad, so very sad", ["so sad", "so very sad"]),
        ("just? you", "just you", ["just you", "you"]),
        ("you felt {feeling}", "You felt left out", ["you felt left out"]),
        ("you ... sad", "you were, oh, so very sad", ["you were , oh , so very sad"]),
        ("you ... sad", "you were. And I was sad", []),
        ("you _ me", "you hurt me", ["you hurt me"]),
        ("you always !(care|do not) _", "you always forget", ["you always forget"]),
        ("you always !(care|do not) _", "you always care", []),
        ("^ same", "Same. Oh, same. the same, but same", ["same", "same", "same"]),
        ("sorry $", "I'm sorry. sorry for that", ["sorry"]),
        ("what ... ?", "what was it? what a day.", ["what was it"]),
    ],
)
def test_a_pattern_finds(pattern: str, text: str, expected: list[str]) -> None:
    """Each sign of the language does what the head of the file says."""
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("you (should", "closed"),
        ("you should)", "closes nothing"),
        ("you (|should)", "empty"),
        ("", "empty"),
        ("you {felings}", "no list “felings”"),
        ("... you", "begin with a word"),
        ("(? you)", "nothing can be left out"),
        ("you (a|b)!", "may not follow"),
        ("you }", "no meaning"),
        ("you .", "no word"),
    ],
)
def test_a_slip_is_told_in_plain_words(pattern: str, told: str) -> None:
    """A pattern that can't be read says what to write."""
    with pytest.raises(PatternError, match=told):
        GRAMMAR.read(pattern)
