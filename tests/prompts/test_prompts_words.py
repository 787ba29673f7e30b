"""Starters, frames and closings are walked through by each couple in an order of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_words import make_small_words

from prompts.deck import StarterKind, Way
from prompts.source import WordsError
from prompts.words import Frame, Words, load_words

WORDS = load_words()
MONTH = 31
seeds = st.integers() | st.text()
ways = st.sampled_from(Way)


@given(seeds, st.lists(ways, min_size=MONTH, max_size=2 * MONTH))
def test_no_frame_comes_twice_in_a_month(seed: int | str, practised: Sequence[Way]) -> None:
    """Whatever ways a couple practises, and each frame fits the way of its round."""
    frames = [WORDS.frame_for(way, seed, turn) for turn, way in enumerate(practised)]
    for start in range(len(frames) - MONTH + 1):
        month = frames[start : start + MONTH]
        assert len({frame.id for frame in month}) == MONTH
    assert all(not frame.ways or way in frame.ways for frame, way in zip(frames, practised, strict=True))


@given(seeds)
def test_every_way_meets_the_frames_written_for_it(seed: int | str) -> None:
    """Within one walk."""
    for way in Way:
        met = {WORDS.frame_for(way, seed, turn).id for turn in range(MONTH)}
        assert met >= {frame.id for frame in WORDS.frames.values() if frame.ways == (way,)}


@given(seeds, st.integers(0, 10_000))
def test_no_closing_comes_twice_in_a_month(seed: int | str, turn: int) -> None:
    """They are walked like the frames."""
    closings = [WORDS.closing_for(seed, turn + number).id for number in range(MONTH)]
    assert len(set(closings)) == MONTH


@given(seeds, st.integers(0, 10_000), st.sampled_from(StarterKind))
def test_three_different_starters_are_offered_the_prompts_own_kind_first(
    seed: int | str, turn: int, kind: StarterKind
) -> None:
    """And the same ones when a message is rendered again."""
    starters = WORDS.starters_for(kind, seed, turn)
    assert starters[0].kind is kind
    assert len({starter.id for starter in starters}) == 3
    assert starters == WORDS.starters_for(kind, seed, turn)


def test_good_news_and_thanks_get_starters_of_their_own_kind() -> None:
    """Two of the three, as the answer to good news is a glad question and not a reflection."""
    for kind in (StarterKind.GOOD, StarterKind.THANKS):
        assert [starter.kind for starter in WORDS.starters_for(kind, 1, 1)].count(kind) == 2


def test_two_couples_walk_in_different_orders() -> None:
    """Their seeds make the difference."""
    orders = {tuple(WORDS.frame_for(Way.LISTENING, seed, turn).id for turn in range(5)) for seed in range(20)}
    assert len(orders) > 15


def test_the_order_of_a_couple_survives_a_new_frame() -> None:
    """A frame that is added takes one place, and the others keep theirs to each other."""
    more = Words(
        WORDS.language,
        WORDS.starters,
        {**WORDS.frames, "new": Frame("new", (), "One. Two.", "One. Two.")},
        WORDS.closings,
        WORDS.ways,
    )
    before = [WORDS.frame_for(Way.REPAIR, 1, turn).id for turn in range(MONTH)]
    after = [more.frame_for(Way.REPAIR, 1, turn).id for turn in range(MONTH + 1)]
    general = {frame.id for frame in WORDS.frames.values() if len(frame.ways) != 1}
    kept = [name for name in after if name in general and name in before]
    assert kept == [name for name in before if name in general and name in after]


def test_a_frame_listens_where_the_words_are_spoken() -> None:
    """The variant for a voice message."""
    frame = WORDS.frames["twice"]
    assert frame.words().startswith("Read")
    assert frame.words(listened=True).startswith("Listen")


def test_another_language_has_its_words_and_the_facts_of_english(tmp_path: Path) -> None:
    """What it lacks is read in English, one by one."""
    small = make_small_words(tmp_path)
    small.write(
        "sv/starters.toml",
        '[[starter]]\nid = "good-1"\nkind = "sense"\nbutton = "Jag är glad …"\ntext = "Jag är glad att"\n',
    )
    small.write(
        "sv/frames.toml",
        '[[frame]]\nid = "glad"\ntext = "Något gott. Läs."\ntext_listened = "Något gott. Lyssna."\n',
    )
    words = load_words("sv", small.root)
    assert (words.starters["good-1"].button, words.starters["good-1"].kind) == (
        "Jag är glad …",
        StarterKind.GOOD,
    )
    assert words.frames["glad"].ways == (Way.GOOD,)
    assert words.starters["good-2"].button == "It seems to me …"
    assert words.ways[Way.ROOTS].title == "Practice"


def test_words_without_a_closing_are_refused(tmp_path: Path) -> None:
    """There is something to say at the end of every round."""
    small = make_small_words(tmp_path)
    small.write("en/closings.toml", "")
    with pytest.raises(WordsError, match="There is no \\[\\[closing\\]\\] here"):
        load_words("en", small.root)


def test_a_way_without_frames_of_its_own_takes_those_for_all(tmp_path: Path) -> None:
    """And a broken file is refused with its finding."""
    small = make_small_words(tmp_path)
    words = load_words("en", small.root)
    assert words.frame_for(Way.ROOTS, 1, 7).id == "slowly"
    assert words.frame_for(Way.GOOD, 1, 7).id == "glad"
    small.write("en/frames.toml", "[[frame]]\n[")
    with pytest.raises(WordsError, match=r"prompts/en/frames.toml:2: This is not valid TOML"):
        load_words("en", small.root)
