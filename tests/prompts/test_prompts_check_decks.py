"""Each thing that can be wrong with a deck is found, once, with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from small_words import EXPECTED, KEYS, make_small_words

from prompts.check import check

LISTENING = "en/decks/listening.toml"
SENSES = "en/decks/senses.toml"
MOMENT = "about a moment this week that stayed with you. What was it like inside?"
TELL = "Tell {other} about one hour of your day. What did it feel like?"
IMAGINE = "Imagine one hour of {other}'s day. What may it have felt like?"


@dataclass(frozen=True, slots=True)
class Broken:
    """One change to whole words, and the finding that it makes."""

    file: str
    old: str
    new: str
    line: int
    wrong: str


BROKEN = {
    "quote_missing": Broken(
        LISTENING,
        'title = "Taking in"',
        'title = "Taking in',
        1,
        "This is not valid TOML: illegal character '\\n'.",
    ),
    "way_unknown": Broken(LISTENING, 'way = "listening"', 'way = "hearing"', 3, "`way` is “hearing”."),
    "label_missing": Broken(LISTENING, 'label = "listening"\n', "", 1, "`label` is missing from this file."),
    "depth_out_of_range": Broken(LISTENING, "depth = 2", "depth = 4", 14, "`depth` is 4."),
    "depth_not_a_number": Broken(LISTENING, "depth = 2", 'depth = "2"', 14, "`depth` is not a whole number."),
    "heavy_not_a_flag": Broken(LISTENING, "heavy = true", "heavy = 1", 23, "`heavy` is not true or false."),
    "key_misspelt": Broken(
        LISTENING, "heavy = true", "heavi = true", 23, "`heavi` is not a key of a prompt."
    ),
    "key_unknown": Broken(LISTENING, "heavy = true", 'mood = "x"', 23, "`mood` is not a key of a prompt."),
    "id_form": Broken(
        LISTENING,
        'id = "listening-hour"',
        'id = "Listening hour"',
        13,
        "The id “Listening hour” has an unusual form.",
    ),
    "id_twice_in_a_deck": Broken(
        LISTENING,
        'id = "listening-hour"',
        'id = "listening-stayed"',
        13,
        "The prompt id “listening-stayed” is taken, at prompts/en/decks/listening.toml:6.",
    ),
    "id_twice_over_decks": Broken(
        SENSES,
        'id = "daily-see"',
        'id = "listening-stayed"',
        38,
        "The prompt id “listening-stayed” is taken, at prompts/en/decks/listening.toml:6.",
    ),
    "hint_missing": Broken(
        LISTENING, 'hint = "Start with where you were."\n', "", 5, "`hint` is missing from a prompt."
    ),
    "hint_empty": Broken(
        LISTENING, 'hint = "Start with where you were."', 'hint = " "', 9, "`hint` is empty."
    ),
    "hints_without_sides": Broken(
        LISTENING,
        'hint = "Start with where you were."',
        'hints = ["a", "b"]',
        9,
        "`hints` does not fit: this prompt has no `sides`.",
    ),
    "one_side_only": Broken(
        LISTENING,
        '  "Imagine one hour of {other}\'s day. What may it have felt like?",\n',
        "",
        15,
        "`sides` is not two texts.",
    ),
    "sides_and_text": Broken(
        LISTENING,
        'text = "Tell',
        'form = "each"\nsides = ["a","b"]\ntext = "Tell',
        10,
        "`text` does not fit: this prompt has `sides`.",
    ),
    "starters_unknown": Broken(
        LISTENING, 'starters = "imagine"', 'starters = "wonder"', 22, "`starters` is “wonder”."
    ),
    "too_long": Broken(LISTENING, MOMENT, "x" * 200, 8, "“listening-stayed”: 214 characters."),
    "blame": Broken(
        LISTENING,
        MOMENT,
        "about it. Why do you go quiet?",
        8,
        "“listening-stayed”: “Why do you” asks for a defence.",
    ),
    "clinical_label": Broken(
        LISTENING,
        MOMENT,
        "about your attachment style.",
        8,
        "“listening-stayed”: “attachment style” is a clinical label, or sounds like one.",
    ),
    "gender": Broken(LISTENING, MOMENT, "about her.", 8, "“listening-stayed”: “her” gives someone a gender."),
    "presumption": Broken(
        LISTENING,
        MOMENT,
        "about your children.",
        8,
        "“listening-stayed”: “your children” takes for granted what not everyone has.",
    ),
    "variable": Broken(
        LISTENING, MOMENT, "about {name}.", 8, "“listening-stayed”: {name} is not a variable here."
    ),
    "html": Broken(LISTENING, MOMENT, "about R&D.", 8, "“listening-stayed”: “&” may be taken for markup."),
    "exclamation": Broken(LISTENING, MOMENT, "about it!", 8, "“listening-stayed”: An exclamation mark."),
    "decoration": Broken(LISTENING, MOMENT, "about it 🙂.", 8, "“listening-stayed”: 🙂 is decoration."),
    "too_many_sentences": Broken(
        LISTENING, MOMENT, "about it. One. Two. Three.", 8, "“listening-stayed”: Sentences: 4."
    ),
    "long_sentence": Broken(
        LISTENING, MOMENT, "and on " * 15 + "it goes.", 8, "“listening-stayed”: A sentence of 34 words."
    ),
    "hard_reading": Broken(
        LISTENING,
        MOMENT,
        "considering particularly uncomfortable responsibilities throughout yesterday.",
        8,
        "“listening-stayed”: It reads like a report (LIX 83, at most 42).",
    ),
    "unbalanced_sides": Broken(
        LISTENING,
        IMAGINE,
        "Imagine {other}.",
        15,
        "“listening-hour”: One side has 63 characters, the other 16.",
    ),
    "same_sides": Broken(
        LISTENING,
        IMAGINE,
        "Tell {other} about one hour of your day. What did it feel like?",
        15,
        "“listening-hour”: Both sides are the same.",
    ),
    "near_duplicate": Broken(
        SENSES,
        "Which sound did you like today? Tell {other} where it came from.",
        "What did one hour of your day feel like? Tell {other} about it.",
        12,
        "“daily-hear”: Nearly the same as “listening-hour” at prompts/en/decks/listening.toml:16.",
    ),
    "announce_missing": Broken(
        SENSES,
        'announce = "A week with a thread: what your senses notice."\n',
        "",
        5,
        "`announce` is missing from an arc.",
    ),
    "header_misspelt": Broken(
        LISTENING,
        '[[prompt]]\nid = "listening-hour"',
        '[[promt]]\nid = "listening-hour"',
        12,
        "`promt` is not a key of this file.",
    ),
    "form_missing": Broken(
        LISTENING, 'form = "guess"\n', "", 12, "`form` is missing: this prompt has `sides`."
    ),
    "form_unknown": Broken(LISTENING, 'form = "guess"', 'form = "game"', 19, "`form` is “game”."),
    "form_that_needs_sides": Broken(
        LISTENING, "depth = 1", 'depth = 1\nform = "mirror"', 8, "The form “mirror” needs `sides`."
    ),
    "single_missing": Broken(
        LISTENING,
        'single = "Tell {other} about one hour of your day, from start to end."\n',
        "",
        12,
        "`single` is missing from a prompt.",
    ),
    "single_without_sides": Broken(
        LISTENING,
        "depth = 1",
        'depth = 1\nsingle = "Tell it."',
        8,
        "`single` does not fit: this prompt has no `sides`.",
    ),
    "single_that_guesses": Broken(
        LISTENING,
        'single = "Tell {other} about',
        'single = "Guess',
        20,
        "“listening-hour”: “Guess” speaks of a guess where nobody guesses.",
    ),
    "guess_about_nobody": Broken(
        LISTENING,
        IMAGINE,
        "Imagine one hour of somebody's day. What may it have felt like?",
        15,
        "“listening-hour”: The second side does not speak of {other}, and its form is guess.",
    ),
    "teller_who_guesses": Broken(
        LISTENING,
        TELL,
        "Guess how {other} liked one hour of the day. What was it like?",
        16,
        "“listening-hour”: “Guess” speaks of a guess where nobody guesses.",
    ),
    "starters_of_a_guess": Broken(
        LISTENING,
        'starters = "reflect"',
        'form = "guess"\nstarters = "reflect"',
        11,
        "`starters` does not fit: the form “guess” has starters of its own.",
    ),
    "starters_only_a_side_gives": Broken(
        LISTENING, 'starters = "reflect"', 'starters = "near"', 10, "`starters` is “near”."
    ),
    "light_and_heavy": Broken(
        LISTENING, "heavy = true", "heavy = true\nlight = true", 24, "This prompt is heavy, and `light`."
    ),
    "one_choice": Broken(
        LISTENING, "depth = 1", 'depth = 1\nchoices = ["Tea"]', 8, "`choices` has 1 different answers."
    ),
    "choices_alike": Broken(
        LISTENING, "depth = 1", 'depth = 1\nchoices = ["Tea", "Tea"]', 8, "`choices` has 1 different answers."
    ),
    "choice_too_long": Broken(
        LISTENING,
        "depth = 1",
        'depth = 1\nchoices = ["Tea with a lot of milk", "No tea"]',
        8,
        "“listening-stayed”: 22 characters.",
    ),
    "theme_unknown": Broken(
        LISTENING, "depth = 1", 'depth = 1\ntheme = "funn"', 8, "There is no theme “funn”."
    ),
    "theme_too_shallow": Broken(
        LISTENING, "depth = 1", 'depth = 1\ntheme = "touch"', 7, "The theme “touch” begins at depth 2."
    ),
    "repair_arc": Broken(
        SENSES,
        'way = "daily"',
        'way = "repair"',
        5,
        "The arc “arc-senses” is of repair, which comes at most once in ten days.",
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken_decks_are_found_with_file_and_line(broken: Broken, tmp_path: Path) -> None:
    """One fault makes one finding, and it says what to write."""
    small = make_small_words(tmp_path)
    small.change(broken.file, broken.old, broken.new)
    found = check(small.root, EXPECTED, KEYS)
    assert [(item.file, item.line, item.wrong) for item in found] == [
        (f"prompts/{broken.file}", broken.line, broken.wrong)
    ]
    assert found[0].write.endswith((".", "?", '…"', "1", "true"))
    assert not found[0].note


@pytest.mark.parametrize(
    "words",
    [
        "Why do you",
        "why don't you",
        "why don\u2019t you",
        "you always",
        "{other} never",
        "you should",
        "your fault",
        "whose fault",
        "narcissistic",
        "gaslighting",
        "traumas",
        "selfish",
        "his",
        "wife",
        "your parents",
        "your worst memory",
    ],
)
def test_a_wording_that_blames_diagnoses_or_presumes_is_found(words: str, tmp_path: Path) -> None:
    """In whatever case it stands."""
    small = make_small_words(tmp_path)
    small.change(LISTENING, MOMENT, f"something, and {words} about it.")
    assert f"“{words.replace(chr(0x2019), chr(39))}”" in check(small.root, EXPECTED, KEYS)[0].wrong


@pytest.mark.parametrize(
    "words",
    [
        "about the words “you always”.",
        "what 'you should' is like.",
        "about the history of it.",
        "about a shepherd.",
    ],
)
def test_what_stands_in_quotation_marks_or_within_a_word_is_passed_over(words: str, tmp_path: Path) -> None:
    """A prompt may speak about such words."""
    small = make_small_words(tmp_path)
    small.change(LISTENING, MOMENT, words)
    assert check(small.root, EXPECTED, KEYS) == []


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    """Saved by an old editor, for example."""
    small = make_small_words(tmp_path)
    (small.root / LISTENING).write_bytes(b'title = "a"\nlabel = "\xe9"\n')
    (found,) = check(small.root, EXPECTED, KEYS)
    assert str(found) == "prompts/en/decks/listening.toml:2: This is not UTF-8. Save the file as UTF-8."


def test_english_without_a_prompt_is_a_finding(tmp_path: Path) -> None:
    """A bot has nothing to ask then."""
    small = make_small_words(tmp_path)
    for deck in (LISTENING, SENSES):
        (small.root / deck).unlink()
    assert [found.wrong for found in check(small.root, EXPECTED, KEYS)] == ["There is no prompt in English."]


def test_whole_words_have_no_finding(tmp_path: Path) -> None:
    """The small words of these tests, before one of them is broken."""
    assert check(make_small_words(tmp_path).root, EXPECTED, KEYS) == []


def test_an_arc_of_four_is_no_week(tmp_path: Path) -> None:
    """Five to seven prompts make one."""
    small = make_small_words(tmp_path)
    text = (small.root / SENSES).read_text("utf-8")
    small.write(SENSES, text[: text.rindex("[[prompt]]")])
    assert [(found.line, found.wrong) for found in check(small.root, EXPECTED, KEYS)] == [
        (5, "The arc “arc-senses” has 4 prompts.")
    ]


def test_a_name_has_no_place_in_a_label(tmp_path: Path) -> None:
    """It stands after “Today”."""
    small = make_small_words(tmp_path)
    small.change(LISTENING, 'label = "listening"', 'label = "to {other}"')
    (found,) = check(small.root, EXPECTED, KEYS)
    assert (found.line, found.wrong) == (2, "“Taking in”: {other} has no place in this.")


def test_a_broken_english_does_not_hide_what_another_language_lacks_elsewhere(tmp_path: Path) -> None:
    """Its findings say so; the translation is looked at as far as that goes."""
    small = make_small_words(tmp_path)
    small.change(LISTENING, "depth = 1", "depth = 9")
    small.write("sv/buttons.toml", "seal = ")
    found = [(item.file, item.line) for item in check(small.root, EXPECTED, KEYS) if not item.note]
    assert found == [(f"prompts/{LISTENING}", 7), ("prompts/sv/buttons.toml", 1)]


@pytest.mark.parametrize(
    ("file", "line"), [("en/messages/hello.html.j2", 2), ("en/buttons.toml", 2), ("en/style.toml", 2)]
)
def test_any_file_that_is_not_utf8_is_named_once(file: str, line: int, tmp_path: Path) -> None:
    """Whichever room reads it."""
    small = make_small_words(tmp_path)
    (small.root / file).write_bytes(b"# one\n# \xe9\n")
    found = check(small.root, EXPECTED, None)
    assert [(item.file, item.line, item.wrong) for item in found] == [
        (f"prompts/{file}", line, "This is not UTF-8.")
    ]


def test_a_list_of_words_to_avoid_is_a_list(tmp_path: Path) -> None:
    """A style that can't be read is a finding, and the rest is still checked."""
    small = make_small_words(tmp_path)
    small.write(
        "en/style.toml", (small.root / "en/style.toml").read_text("utf-8") + "\n[[avoid]]\nwords = []\n"
    )
    assert {found.wrong for found in check(small.root, EXPECTED, KEYS)} == {
        "`wrong` is missing from an avoid.",
        "`write` is missing from an avoid.",
        "`words` is not a list of texts.",
    }


def test_a_limit_is_a_sensible_number(tmp_path: Path) -> None:
    """Nothing could be said in none."""
    small = make_small_words(tmp_path)
    small.change("en/style.toml", "hint = 90", "hint = 0")
    (found,) = check(small.root, EXPECTED, KEYS)
    assert (found.wrong, found.write) == ("`hint` is 0.", "Write a number from 1 to 9999.")


def test_lines_are_right_after_a_text_of_several_lines(tmp_path: Path) -> None:
    """What looks like a key within such a text is none."""
    small = make_small_words(tmp_path)
    small.change(LISTENING, f'"Tell {{other}} {MOMENT}"', '"""\nTell {other} a thing:\nhint = a word.\n"""')
    small.change(LISTENING, '"Start with where you were."', '"Start!"')
    assert [(found.line, found.wrong) for found in check(small.root, EXPECTED, KEYS)] == [
        (12, "“listening-stayed”: An exclamation mark.")
    ]
