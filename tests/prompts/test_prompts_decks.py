"""Decks become frozen prompts, each language complete through English."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from small_words import ARC, DECK, SmallWords, make_small_words

from prompts.deck import DeckError, StarterKind, Way, load_library, with_bare_name, with_name
from prompts.prompt import Form, Task
from prompts.stats import count_phrases, stats

SWEDISH = """\
title = "Ta emot"
label = "lyssna"
way = "daily"

[[prompt]]
id = "listening-stayed"
depth = 3
heavy = true
text = "Berätta för {other} om en stund den här veckan."
plain = "Berätta om en stund."
hint = "Börja med var du var."
starters = "good"
"""


@pytest.fixture
def small(tmp_path: Path) -> SmallWords:
    """Write a small set of words."""
    return make_small_words(tmp_path)


def test_a_prompt_for_both_says_the_same_to_each(small: SmallWords) -> None:
    """One text, one hint."""
    prompt = load_library("en", small.root).prompt("listening-stayed")
    assert prompt.side_text(0) == prompt.side_text(1)
    assert prompt.hint_for(0) == prompt.hint_for(1) == "Start with where you were."
    assert (prompt.way, prompt.depth, prompt.label) == (Way.LISTENING, 1, "listening")
    assert (prompt.two_sided, prompt.heavy, prompt.retired) == (False, False, False)
    assert prompt.starters is StarterKind.REFLECT
    assert (prompt.arc, prompt.place_in_arc) == (None, None)


def test_a_two_sided_prompt_has_a_side_for_each(small: SmallWords) -> None:
    """With a hint for each, or one for both."""
    prompt = load_library("en", small.root).prompt("listening-hour")
    assert prompt.two_sided
    assert prompt.side_text(0).startswith("Tell")
    assert prompt.side_text(1).startswith("Imagine")
    assert (prompt.hint_for(0), prompt.hint_for(1)) == ("The first hour will do.", "A guess is enough.")
    small.change(
        "en/decks/listening.toml",
        'hints = ["The first hour will do.", "A guess is enough."]',
        'hint = "Any."',
    )
    prompt = load_library("en", small.root).prompt("listening-hour")
    assert prompt.hint_for(0) == prompt.hint_for(1) == "Any."


def test_each_side_knows_what_it_does_and_what_the_other_is_asked(small: SmallWords) -> None:
    """By the prompt's form; how a response begins follows from it."""
    prompt = load_library("en", small.root).prompt("listening-hour")
    assert (prompt.form, prompt.single[:4]) == (Form.GUESS, "Tell")
    assert (prompt.task(0), prompt.task(1)) == (Task.TELL, Task.GUESS)
    assert (prompt.side_line(0), prompt.side_line(1)) == ("tell", "guess")
    assert (prompt.starters_on(0), prompt.starters_on(1)) == (StarterKind.IMAGINE, StarterKind.NEAR)


@pytest.mark.parametrize(
    ("form", "tasks", "lines"),
    [
        (Form.MIRROR, (Task.MIRROR, Task.MIRROR), ("mirror", "mirror")),
        (Form.ASK, (Task.EACH, Task.ASK), ("asked", "ask")),
        (Form.EACH, (Task.EACH, Task.EACH), (None, None)),
    ],
)
def test_two_sides_have_their_tasks(
    small: SmallWords, form: Form, tasks: tuple[Task, Task], lines: tuple[str | None, str | None]
) -> None:
    """The first side's, and the second's."""
    small.change("en/decks/listening.toml", 'form = "guess"', f'form = "{form}"')
    prompt = load_library("en", small.root).prompt("listening-hour")
    assert (prompt.task(0), prompt.task(1)) == tasks
    assert (prompt.side_line(0), prompt.side_line(1)) == lines


@pytest.mark.parametrize(
    ("form", "task", "line", "starters"),
    [
        (Form.GUESS, Task.GUESS, "guess-both", StarterKind.NEAR),
        (Form.ASK, Task.ASK, "ask-both", StarterKind.ANSWER),
    ],
)
def test_both_can_guess_or_ask_with_one_text(
    small: SmallWords, form: Form, task: Task, line: str, starters: StarterKind
) -> None:
    """Its starters come by themselves."""
    small.change("en/decks/listening.toml", 'starters = "reflect"', f'form = "{form}"')
    prompt = load_library("en", small.root).prompt("listening-stayed")
    for side in (0, 1):
        assert (prompt.task(side), prompt.side_line(side)) == (task, line)
        assert prompt.starters_on(side) is prompt.starters is starters


def test_a_quick_prompt_has_its_answers_and_needs_no_more(small: SmallWords) -> None:
    """No hint, and no starters."""
    quick = '\n[[prompt]]\nid = "tea"\ndepth = 1\nlight = true\nway = "good"\ntheme = "fun"\ntext = "Tea?"\n'
    deck = DECK + quick + 'choices = ["Yes", "No"]\n'
    small.write("en/decks/listening.toml", deck)
    prompt = load_library("en", small.root).prompt("tea")
    assert (prompt.quick, prompt.choices, prompt.hint_for(0)) == (True, ("Yes", "No"), "Yes, No")
    assert (prompt.way, prompt.theme, prompt.by_consent, prompt.light) == (Way.GOOD, "fun", False, True)
    assert prompt.single == "Tea?"


def test_a_theme_needs_a_yes_where_it_is_sensitive_or_fits_some_lives_only(small: SmallWords) -> None:
    """A file's theme is that of all its prompts."""
    small.change("en/decks/senses.toml", 'way = "daily"', 'way = "daily"\ntheme = "children"')
    small.change("en/decks/listening.toml", "depth = 2", 'depth = 2\ntheme = "touch"')
    library = load_library("en", small.root)
    assert [library.themes[name].by_consent for name in ("fun", "touch", "children")] == [False, True, True]
    assert library.prompt("daily-see").theme == "children"
    assert library.prompt("daily-see").by_consent
    assert library.prompt("listening-hour").by_consent
    assert not library.prompt("listening-stayed").by_consent


def test_a_theme_is_told_in_each_language(small: SmallWords) -> None:
    """Its facts are English's."""
    small.write("sv/themes.toml", '[[theme]]\nid = "touch"\ntitle = "Beröring"\ntext = "En hand."\n')
    themes = load_library("sv", small.root).themes
    assert (themes["touch"].title, themes["touch"].sensitive, themes["fun"].title) == (
        "Beröring",
        True,
        "Fun",
    )
    small.change("sv/themes.toml", "touch", "tuch")
    with pytest.raises(DeckError, match="English has no theme “tuch”"):
        load_library("sv", small.root)


def test_a_literal_variant_stands_in_where_there_is_one(small: SmallWords) -> None:
    """Without one the text itself is literal."""
    small.write(
        "en/decks/listening.toml", DECK.replace("heavy = true", 'plain_sides = ["Tell it.", "Guess it."]')
    )
    library = load_library("en", small.root)
    assert library.prompt("listening-hour").side_text(1, plain=True) == "Guess it."
    stayed = library.prompt("listening-stayed")
    assert stayed.side_text(0, plain=True) == stayed.side_text(0)


def test_an_arc_knows_its_prompts_and_they_know_their_place(small: SmallWords) -> None:
    """In the order of the file, from 1."""
    library = load_library("en", small.root)
    arc = library.arcs["arc-senses"]
    assert arc.prompts == ("daily-hear", "daily-smell", "daily-taste", "daily-touch", "daily-see")
    assert arc.title == "Senses"
    assert [library.prompt(name).place_in_arc for name in arc.prompts] == [1, 2, 3, 4, 5]
    assert library.prompt("daily-see").arc == "arc-senses"


def test_a_name_is_put_in_as_it_is() -> None:
    """Not formatted, and not looked into again."""
    assert with_bare_name("Tell {other}, {other}.", "{other} {0.__class__} %s") == (
        "Tell {other} {0.__class__} %s, {other} {0.__class__} %s."
    )


def test_a_name_in_a_message_can_not_be_tapped() -> None:
    """A word joiner stands where a link, a command or a mention would begin."""
    assert with_name("Tell {other}.", "/evil.com") == "Tell /\u2060evil.\u2060com."


def test_another_language_has_its_words_and_the_facts_of_english(small: SmallWords) -> None:
    """What it lacks is read in English, prompt by prompt."""
    small.write("sv/decks/lyssna.toml", SWEDISH)
    library = load_library("sv-SE", small.root)
    prompt = library.prompt("listening-stayed")
    assert prompt.side_text(0).startswith("Berätta för {other}")
    assert prompt.side_text(0, plain=True) == "Berätta om en stund."
    assert prompt.label == "lyssna"
    facts = (prompt.way, prompt.depth, prompt.heavy, prompt.starters)
    assert facts == (Way.LISTENING, 1, False, StarterKind.REFLECT)
    assert library.prompt("listening-hour").side_text(0).startswith("Tell")
    assert library.prompts.keys() == load_library("en", small.root).prompts.keys()


def test_a_translated_arc_is_announced_in_its_language(small: SmallWords) -> None:
    """Its prompts and their order are English's."""
    small.write(
        "sv/decks/sinnen.toml", ARC.replace('"Senses"', '"Sinnen"').replace("A week with", "En vecka med")
    )
    arc = load_library("sv", small.root).arcs["arc-senses"]
    assert arc.title == "Sinnen"
    assert arc.announce.startswith("En vecka")
    assert len(arc.prompts) == 5


def test_an_unknown_language_is_english(small: SmallWords) -> None:
    """Whatever it is called."""
    assert load_library("../xx", small.root).prompts == load_library("en", small.root).prompts


def test_a_broken_deck_is_refused_with_every_finding(small: SmallWords) -> None:
    """In plain words, for whoever starts the bot."""
    small.change("en/decks/listening.toml", "depth = 1", "depth = 9")
    small.change("en/decks/senses.toml", "[arc]", "[arc")
    with pytest.raises(DeckError) as caught:
        load_library("en", small.root)
    depth, header = str(caught.value).splitlines()
    assert depth == "prompts/en/decks/listening.toml:7: `depth` is 9. Write one of 1, 2, 3."
    assert header.startswith("prompts/en/decks/senses.toml:5: This is not valid TOML: expected ']'")


def test_a_prompt_and_a_library_cannot_be_changed(small: SmallWords) -> None:
    """They are shared by every couple."""
    library = load_library("en", small.root)
    with pytest.raises(FrozenInstanceError):
        library.prompt("daily-see").depth = 2  # type: ignore[misc]  # the test is that it can't be done
    with pytest.raises(TypeError):
        library.prompts["x"] = library.prompt("daily-see")  # type: ignore[index]  # the same


def test_the_statistics_count_by_way_depth_shape_and_arc(small: SmallWords) -> None:
    """Retired prompts are not among them."""
    small.write(
        "en/decks/old.toml", DECK.replace("listening-", "old-").replace("depth", "retired = true\ndepth")
    )
    counts = stats(load_library("en", small.root))
    listening, total = counts.ways[0], counts.total
    assert (listening.name, listening.prompts, listening.two_sided, listening.heavy) == ("listening", 2, 1, 1)
    assert (total.prompts, total.by_depth, total.in_arcs) == (7, {1: 6, 2: 1, 3: 0}, 5)
    assert [(arc.id, arc.way, arc.prompts, arc.depth) for arc in counts.arcs] == [
        ("arc-senses", Way.DAILY, 5, 1)
    ]


def test_the_statistics_count_themes_forms_and_quick_ones(small: SmallWords) -> None:
    """A quick one is counted apart, and a sensitive one by its theme."""
    small.change("en/decks/listening.toml", "depth = 2", 'depth = 2\ntheme = "touch"')
    small.change(
        "en/decks/senses.toml", "depth = 1", 'depth = 1\ntheme = "fun"\nchoices = ["Rain", "A bell"]'
    )
    counts = stats(load_library("en", small.root))
    rows = {theme.id: row for theme, row in counts.themes}
    assert (rows["touch"].prompts, rows["touch"].sensitive, rows["touch"].by_form[Form.GUESS]) == (1, 1, 1)
    assert (rows["fun"].prompts, rows["fun"].quick, rows["children"].prompts) == (0, 1, 0)
    assert (counts.total.prompts, counts.total.quick, counts.without_theme.prompts) == (6, 1, 5)


def test_turns_of_phrase_are_counted(small: SmallWords) -> None:
    """Those that a writer watches, and the most frequent of all."""
    small.change("en/decks/listening.toml", "stayed with you", "stayed with you these days")
    phrases = count_phrases(load_library("en", small.root), small.root)
    assert dict(phrases.watched)["these days"] == 1
    assert phrases.common[0][1] >= phrases.common[-1][1] > 1
