"""A text as words: what is told apart, and where each stands."""

import pytest

from bot.coach.spelling import Speller
from bot.coach.tokens import tokens

SPELL = Speller(
    typed={"can't": ("can", "not"), "u": ("you",)},
    endings={"n't": "not", "'re": "are", "'s": ""},
    forgiven=("exhausted", "disappointed"),
    known=frozenset({"exhausted", "disappointed"}),
)


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return list(tokens(text, SPELL).words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You don't", ["you", "do", "not"]),
        ("you don\u2019t, u can't", ["you", "do", "not", ",", "you", "can", "not"]),
        ("You're Mum's", ["you", "are", "mum"]),
        ("sooooo hard!!", ["so", "hard", "!"]),
        ("worn-out", ["worn", "out"]),
        ("Really?! Yes…", ["really", "?", "yes", "."]),
        ("❤️ <3<3 👍🏽", ["❤", "<3", "<3", "👍🏽"]),
        ("one\ntwo", ["one", ".", "two"]),
        ("exhuasted, dissapointed", ["exhausted", ",", "disappointed"]),
        ("señor café naïve", ["señor", "café", "naïve"]),
    ],
)
def test_words_are_told_apart(text: str, expected: list[str]) -> None:
    """Short forms are spelled out, drawn-out words shortened, slips forgiven, emoji kept whole."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "grow up" to me', ["grow", "up"]),
        ("He said “grow up” to me", ["grow", "up"]),
        ("He said 'grow up' to me, didn't he", ["grow", "up"]),
        ("He said \u2018don\u2019t cry\u2019 to me", ["do", "not", "cry"]),
        ("I don't and you can't", []),
        ("the dogs' beds and the cats' beds", []),
        ("> grow up\nno", ["grow", "up", "."]),
        ("see ```if x: pass``` there", ["if", "x", ",", "pass"]),
        ('an open " stays open', []),
    ],
)
def test_quotations_are_told_from_apostrophes(text: str, quoted: list[str]) -> None:
    """Quotation marks, quoted lines and code blocks are somebody else's words; an apostrophe quotes nothing."""
    read = tokens(text, SPELL)
    found = [word for word, mark in zip(read.words, read.quoted, strict=True) if mark]
    assert [word for word in found if word not in ('"', "”")] == [*quoted] or found[1:-1] == quoted


def test_every_word_points_at_the_text() -> None:
    """A word's place in the text is where it was written, also when it is spelled out as two."""
    text = "Oh, you don\u2019t say 😂"
    read = tokens(text, SPELL)
    written = [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)]
    assert written == ["Oh", ",", "you", "don\u2019t", "don\u2019t", "say", "😂"]


def test_a_sentence_knows_whether_it_asks() -> None:
    """Sentences end at their marks and at line ends; the last needs none."""
    read = tokens("Was it hard? I see. and then", SPELL)
    assert [(one.start, one.end, one.asked) for one in read.sentences] == [
        (0, 3, True),
        (4, 6, False),
        (7, 9, False),
    ]
    assert read.sentence(8).start == 7


def test_an_arabic_sentence_ends_and_asks_by_its_own_signs() -> None:
    """Its question mark, comma and semicolon are other signs than ours."""
    read = tokens("هل أنت بخير؟ نعم، تعبت؛ قليلا.", SPELL)
    assert [sentence.asked for sentence in read.sentences] == [True, False]
    assert read.words.count(",") == 2


def test_nothing_of_a_text_is_printed() -> None:
    """What a person wrote can't reach a log through a value that is printed."""
    assert "secret" not in repr(tokens("my secret words", SPELL))


def test_a_language_can_leave_out_accents_and_part_words_at_an_apostrophe() -> None:
    """As people type it; what is spelled out is found under either spelling."""
    spell = Speller(typed={"cetait": ("c", "etait")}, endings={}, bare=True, elided=True)
    read = list(tokens("Il m'a frappé, c\u2019était l'œil… cétait hier", spell).words)
    assert read == ["il", "m", "a", "frappe", ",", "c", "etait", "l", "oeil", ".", "c", "etait", "hier"]


def test_a_language_can_write_two_letters_for_one_and_small_words_onto_the_next() -> None:
    """What is too short to hold one more word stays whole, and a word of its own is told apart before its marks go."""
    spell = Speller(
        typed={"حياتي": ("حياتي",)},
        endings={},
        bare=True,
        written={"على": "علا"},
        letters={"ae": "a"},
        beginnings={"و": "", "بي": "ي", "حي": "ي"},
    )
    read = list(tokens("وبيضربني على وجهي في حياتي عليّ", spell).words)
    assert read == ["يضربني", "علا", "وجهي", "في", "حياتي", "علي"]
    assert tokens("er schlaegt, er schlägt", spell).words == ("er", "schlagt", ",", "er", "schlagt")
