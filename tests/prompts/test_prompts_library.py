"""The real words: without a finding, and as many and as various as a year needs."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from prompts.check import check
from prompts.deck import Library, StarterKind, Way, load_library
from prompts.render import Renderer
from prompts.source import FALLBACK, ROOT, read_toml
from prompts.stats import stats
from prompts.words import load_words

PROMISED = {
    "a_theme": 10,
    "about_the_two": 320,
    "light": 60,
    "two_sided": 110,
    "guesses": 60,
    "quick": 60,
    "things": 80,
}

NO_AGE_IS_ASKED = {
    "en": "don't ask how old you are",
    "es": "no pregunto la edad",
    "de": "frage nicht nach dem Alter",
    "fr": "ne demande pas l'âge",
    "pt-br": "não pergunto a idade",
    "ru": "не спрашиваю, сколько тебе лет",
    "ar": "ولا أسأل عن العمر",
}


@pytest.fixture(scope="module")
def library() -> Library:
    """Load the real decks."""
    if not (ROOT / FALLBACK / "decks").exists():
        pytest.skip("no decks yet")
    return load_library()


def test_the_real_words_have_no_finding() -> None:
    """Notes are information, and allowed."""
    assert [str(found) for found in check() if not found.note] == []


@pytest.mark.parametrize("language", NO_AGE_IS_ASKED)
@pytest.mark.parametrize("days", [0, 1, 7, 30])
def test_the_page_on_privacy_says_once_that_no_age_is_asked(language: str, days: int) -> None:
    """Where a number of days has several forms it stood within one of them: unseen, or three times over."""
    kept = dict.fromkeys(("messages", "traces", "updates", "newest", "invites"), days)
    page = Renderer(ROOT).message("privacy", language, operator="Robin", **kept)
    assert page.count(NO_AGE_IS_ASKED[language]) == 1


def test_there_are_enough_prompts_of_every_sort(library: Library) -> None:
    """What a year of words takes."""
    counts = stats(library)
    by_way = {row.name: row.prompts for row in counts.ways}
    assert counts.total.prompts >= 400
    assert all(by_way[way] >= 60 for way in ("listening", "perspective", "validation", "roots"))
    assert by_way[Way.GOOD] >= 40
    assert by_way[Way.DAILY] >= 40
    assert by_way[Way.REPAIR] >= 20
    assert counts.total.two_sided >= 100
    assert counts.total.by_depth[1] * 2 >= counts.total.prompts
    assert len(counts.arcs) >= 12


def test_there_are_enough_prompts_about_the_two_in_every_theme(library: Library) -> None:
    """`check` holds how many; here, that it is asked to hold what a couple was promised, and what none may be."""
    asked = read_toml(ROOT / FALLBACK / "themes.toml", ROOT).data["at_least"]
    assert asked == PROMISED
    counts = stats(library)
    themes = [row for _, row in counts.themes]
    by_name = {row.name: row for row in themes}
    assert by_name["desire"].by_depth[1] == 0
    asked = {theme.id for theme, _ in counts.themes if theme.by_consent}
    assert {"touch", "desire", "children", "wanting-children", "faith", "loss", "money"} <= asked


def test_there_are_enough_words_around_a_prompt() -> None:
    """So that none tires within a month."""
    words = load_words()
    kinds = Counter(starter.kind for starter in words.starters.values())
    assert len(words.starters) >= 34
    of_a_side = {StarterKind.NEAR, StarterKind.LEARNED, StarterKind.ANSWER}
    assert all(kinds[kind] >= (3 if kind in of_a_side else 6) for kind in StarterKind)
    assert len(words.closings) >= 31
    assert len([frame for frame in words.frames.values() if len(frame.ways) != 1]) >= 31


def test_the_words_load_within_a_second() -> None:
    """A start and a reload wait for it. Seconds of CPU: other tests may run beside this one."""
    start = time.process_time()
    load_library()
    load_words()
    assert time.process_time() - start < 1
