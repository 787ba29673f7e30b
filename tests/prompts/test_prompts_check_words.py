"""Each thing that can be wrong with the words around a prompt is found, once, with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from small_words import EXPECTED, KEYS, make_small_words

from prompts.check import check


@dataclass(frozen=True, slots=True)
class Broken:
    """One change to whole words, and the finding that it makes."""

    file: str
    old: str
    new: str
    line: int
    wrong: str


BROKEN = {
    "button_without_dots": Broken(
        "en/starters.toml",
        'button = "What I hear is …"',
        'button = "What I hear is"',
        4,
        "“reflect-1”: The button does not end with “…”.",
    ),
    "button_too_long": Broken(
        "en/starters.toml",
        'button = "What I hear is …"',
        'button = "What I hear in your words is …"',
        4,
        "“reflect-1”: 30 characters.",
    ),
    "starter_that_does_not_join": Broken(
        "en/starters.toml",
        'joins = ["You were sad."]',
        'joins = ["You were sad.", "Were you sad?"]',
        6,
        "“Were you sad?” stands alone: “Were you sad?”.",
    ),
    "starter_that_does_not_stand_alone": Broken(
        "en/starters.toml",
        'alone = ["Sad"]',
        'alone = ["You were sad."]',
        7,
        "“You were sad.” is joined: “What I hear is you were sad.”.",
    ),
    "starter_follows_unknown": Broken(
        "en/starters.toml", 'follows = "clause"', 'follows = "verb"', 5, "`follows` is “verb”."
    ),
    "starter_twice": Broken(
        "en/starters.toml", 'id = "good-2"', 'id = "good-1"', 82, "The starter “good-1” is here twice."
    ),
    "starter_kind_unknown": Broken(
        "en/starters.toml", 'kind = "good"', 'kind = "glad"', 75, "`kind` is “glad”."
    ),
    "frame_too_short": Broken(
        "en/frames.toml",
        '"Read slowly. Look for the feeling."',
        '"Read slowly."',
        3,
        "“slowly”: Sentences: 1.",
    ),
    "frame_reads_a_voice": Broken(
        "en/frames.toml",
        '"Listen slowly. Notice the feeling."',
        '"Read slowly. Notice the feeling."',
        4,
        "“slowly”: “Read” speaks of reading, before a voice message.",
    ),
    "frame_way_unknown": Broken(
        "en/frames.toml", 'ways = ["good"]', 'ways = ["glad"]', 8, "`ways` holds “glad”."
    ),
    "no_frame_for_all": Broken(
        "en/frames.toml",
        'id = "slowly"',
        'id = "slowly"\nways = ["daily"]',
        1,
        "Every frame here is for some prompts only.",
    ),
    "frame_of_a_guess_for_any_words": Broken(
        "en/frames.toml",
        "Look for the feeling",
        "This is a guess",
        3,
        "“slowly”: “guess” speaks of a guess where nobody guesses.",
    ),
    "frame_of_a_feeling_for_a_guess": Broken(
        "en/frames.toml",
        "How near is it?",
        "Is it true for {other}?",
        15,
        "“guessed”: “true for {other}” reads a guess about the reader as if it were about its writer.",
    ),
    "no_frame_for_a_question": Broken(
        "en/frames.toml", 'tasks = ["ask"]', 'tasks = ["tell"]', 1, "No frame fits the task ask."
    ),
    "starter_that_does_not_say_how_near": Broken(
        "en/starters.toml",
        'kind = "near"\nbutton = "What I hear is …"',
        'kind = "near"\nbutton = "I imagine you …"',
        124,
        "“near-1”: “I imagine you” answers a guess or a question as if it were a feeling.",
    ),
    "teaching_of_one_side_only": Broken(
        "en/ways.toml",
        'id = "perspective"',
        'id = "perspective"\ntext_guess = "You guess today. Then you hear how it is."',
        7,
        "`text_tell` is missing from a way.",
    ),
    "teaching_that_guesses_for_both": Broken(
        "en/ways.toml",
        "This is why it helps.",
        "You guess, and it helps.",
        4,
        "“listening”: “guess” speaks of a guess where nobody guesses.",
    ),
    "line_missing": Broken(
        "en/sides.toml", 'id = "ask-both"', 'id = "ask"', 26, "The side “ask” is here twice."
    ),
    "theme_twice": Broken(
        "en/themes.toml", 'id = "children"', 'id = "fun"', 14, "The theme “fun” is here twice."
    ),
    "theme_that_fits_no_life": Broken(
        "en/themes.toml", 'fits = "children"', 'fits = "cats"', 17, "`fits` is “cats”."
    ),
    "thing_of_no_theme": Broken(
        "en/together.toml",
        'theme = "touch"',
        'theme = "tuch"',
        14,
        "“together-hold-hands”: There is no theme “tuch”.",
    ),
    "thing_for_nowhere": Broken(
        "en/together.toml", 'where = "near"', 'where = "here"', 3, "`where` is “here”."
    ),
    "thing_with_a_name": Broken(
        "en/together.toml",
        "for a while",
        "with {other}",
        4,
        "“together-window”: {other} has no place in this.",
    ),
    "written_and_not_spoken": Broken(
        "en/closings.toml",
        "If there's more",
        "If it does not end",
        3,
        "“in-person”: “does not” is written, not spoken.",
    ),
    "closing_orders": Broken(
        "en/closings.toml",
        "say it in person.",
        "you should say it in person.",
        3,
        "“in-person”: “you should” is an order.",
    ),
    "way_twice": Broken(
        "en/ways.toml", 'id = "repair"', 'id = "daily"', 38, "The way “daily” is here twice."
    ),
    "way_too_short": Broken("en/ways.toml", "This is what it is. ", "", 4, "“listening”: Sentences: 1."),
    "label_too_long": Broken(
        "en/buttons.toml", '"Seal it"', '"Seal it, so that it can be read"', 1, "“seal”: 31 characters."
    ),
    "label_not_text": Broken("en/buttons.toml", '"Seal it"', "7", 1, "`seal` is not text in quotes."),
    "label_variable": Broken(
        "en/buttons.toml", "{other}", "{name}", 2, "“share”: {name} is not a variable here."
    ),
    "style_not_a_number": Broken(
        "en/style.toml", "prompt = 160", 'prompt = "long"', 7, "`prompt` is not a whole number."
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken_words_are_found_with_file_and_line(broken: Broken, tmp_path: Path) -> None:
    """One fault makes one finding, and it says what to write."""
    small = make_small_words(tmp_path)
    small.change(broken.file, broken.old, broken.new)
    found = check(small.root, EXPECTED, KEYS)
    assert [(item.file, item.line, item.wrong) for item in found] == [
        (f"prompts/{broken.file}", broken.line, broken.wrong)
    ]
    assert found[0].write.endswith((".", "?", '…"', "1", "true"))
    assert not found[0].note


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    """English has all of them."""
    small = make_small_words(tmp_path)
    (small.root / "en/closings.toml").unlink()
    (found,) = check(small.root, EXPECTED, KEYS)
    assert (found.file, found.wrong) == ("prompts/en/closings.toml", "This file is missing.")


def test_too_few_starters_of_a_kind_are_a_finding(tmp_path: Path) -> None:
    """Three are offered after each prompt."""
    small = make_small_words(tmp_path)
    small.write(
        "en/starters.toml",
        (small.root / "en/starters.toml").read_text("utf-8").replace('kind = "good"', 'kind = "sense"'),
    )
    (found,) = check(small.root, EXPECTED, KEYS)
    assert found.wrong == "There are too few starters of kind good."


def test_a_way_that_is_not_told_is_a_finding(tmp_path: Path) -> None:
    """Each way is told the first time it is met."""
    small = make_small_words(tmp_path)
    text = (small.root / "en/ways.toml").read_text("utf-8")
    small.write("en/ways.toml", text[: text.index('[[way]]\nid = "repair"')])
    assert [found.wrong for found in check(small.root, EXPECTED, KEYS)] == [
        "The way repair is not told here."
    ]


def test_a_turn_of_phrase_is_a_tic_once_it_stands_too_often(tmp_path: Path) -> None:
    """Over all the words together; what is retired, or the same for a voice message, does not count."""
    small = make_small_words(tmp_path)
    small.change("en/style.toml", "at_most = 10", "at_most = 2")
    small.change("en/decks/listening.toml", "stayed with you", "stayed with you these days")
    small.change("en/frames.toml", "Look for the feeling", "These days, look for the feeling")
    small.change("en/frames.toml", "Notice the feeling", "These days, notice the feeling")
    assert check(small.root, EXPECTED, KEYS) == []
    small.change("en/closings.toml", "say it in person", "these days say it in person")
    (found,) = check(small.root, EXPECTED, KEYS)
    assert (found.file, found.line) == ("prompts/en/closings.toml", 3)
    assert found.wrong == "“in-person”: “these days” stands here, and 2 times before."
    small.change("en/decks/listening.toml", "depth = 1", "depth = 1\nretired = true")
    assert check(small.root, EXPECTED, KEYS) == []


def test_too_few_of_a_theme_or_a_sort_are_found_where_the_themes_ask_for_more(tmp_path: Path) -> None:
    """At the theme, or at the number that is asked for; what is retired does not count."""
    small = make_small_words(tmp_path)
    asked = "a_theme = 1\nabout_the_two = 2\nlight = 1\ntwo_sided = 1\nguesses = 1\nquick = 1\nthings = 50\n"
    themes = (small.root / "en/themes.toml").read_text("utf-8")
    small.write("en/themes.toml", f"[at_least]\n{asked}\n{themes}")
    found = {(one.line, one.wrong.split(".", maxsplit=1)[0]) for one in check(small.root, EXPECTED, KEYS)}
    assert (8, "There are 3 small things") in found
    assert (11, "The theme “fun” has 0 prompts") in found
    before = {wrong for _, wrong in found if "have a theme" in wrong}
    small.change("en/decks/listening.toml", "depth = 1", 'depth = 1\ntheme = "fun"')
    after = [one.wrong for one in check(small.root, EXPECTED, KEYS)]
    assert "The theme “fun” has 0 prompts." not in after
    assert before == {"0 prompts have a theme"}
    assert "1 prompts have a theme." in after
    small.change("en/decks/listening.toml", "depth = 1", "depth = 1\nretired = true")
    assert "0 prompts have a theme." in [one.wrong for one in check(small.root, EXPECTED, KEYS)]
