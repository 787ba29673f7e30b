"""Starters, frames and closings are walked through by each couple in an order of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_words import make_small_words

from prompts.deck import StarterKind, Way
from prompts.prompt import Task
from prompts.source import ROOT, WordsError
from prompts.together import pick_thing
from prompts.words import Frame, Phrasing, load_words

WORDS = load_words()
MONTH = 31
seeds = st.integers() | st.text()
ways = st.sampled_from(Way)


def general_frames() -> list[Frame]:
    """List the frames for any words about their writer."""
    return [frame for frame in WORDS.frames.values() if not frame.tasks and not frame.light]


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
        assert met >= {frame.id for frame in general_frames() if frame.ways == (way,)}


@given(seeds, st.integers(0, 10_000))
def test_no_closing_comes_twice_in_a_month(seed: int | str, turn: int) -> None:
    """They are walked like the frames."""
    closings = [WORDS.closing_for(seed, turn + number).id for number in range(MONTH)]
    assert len(set(closings)) == MONTH


@given(seeds, st.integers(0, 10_000), st.sampled_from(sorted(set(StarterKind) - {StarterKind.LEARNED})))
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
    more = Phrasing(
        WORDS.language,
        WORDS.starters,
        {
            **WORDS.frames,
            "new": Frame(
                "new",
                (),
                (),
                light=False,
                grave=False,
                brisk=False,
                text="One. Two.",
                text_listened="One. Two.",
            ),
        },
        WORDS.closings,
        WORDS.ways,
        WORDS.side_lines,
        WORDS.things,
    )
    before = [WORDS.frame_for(Way.REPAIR, 1, turn).id for turn in range(MONTH)]
    after = [more.frame_for(Way.REPAIR, 1, turn).id for turn in range(MONTH + 1)]
    general = {frame.id for frame in general_frames() if len(frame.ways) != 1}
    kept = [name for name in after if name in general and name in before]
    assert kept == [name for name in before if name in general and name in after]


def test_a_frame_listens_where_the_words_are_spoken() -> None:
    """The variant for a voice message."""
    frame = WORDS.frames["twice"]
    assert frame.words().startswith("Read")
    assert frame.words(listened=True).startswith("Listen")


def test_another_language_has_its_words_and_the_facts_of_english(tmp_path: Path) -> None:
    """Its starters, frames and closings are its own; of what it has too few, English's are taken along."""
    small = make_small_words(tmp_path)
    small.write(
        "sv/starters.toml",
        '[[starter]]\nid = "glad-1"\nkind = "good"\nbutton = "Jag är glad att …"\nfollows = "clause"\n'
        'joins = ["du kom hem"]\nalone = ["Du kom hem"]\n',
    )
    small.write(
        "sv/frames.toml",
        '[[frame]]\nid = "gott"\nways = ["good"]\ntext = "Något gott. Läs."\ntext_listened = "Något gott. Lyssna."\n',
    )
    words = load_words("sv", small.root)
    assert (words.starters["glad-1"].button, words.starters["glad-1"].kind) == (
        "Jag är glad att …",
        StarterKind.GOOD,
    )
    assert words.frames["gott"].ways == (Way.GOOD,)
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


@given(seeds, st.integers(0, 10_000), ways, st.sampled_from((Task.GUESS, Task.ASK, Task.TELL, Task.MIRROR)))
def test_a_frame_fits_what_the_words_behind_it_do(seed: int | str, turn: int, way: Way, task: Task) -> None:
    """A guess about the reader, a question, what one had guessed at, the other end of a thing."""
    assert task in WORDS.frame_for(way, seed, turn, task).tasks
    assert task in WORDS.frame_for(way, seed, turn, task, light=True).tasks


@given(seeds, st.integers(0, 10_000), ways)
def test_a_light_prompt_gets_a_light_frame(seed: int | str, turn: int, way: Way) -> None:
    """And no other prompt does."""
    assert WORDS.frame_for(way, seed, turn, light=True).light
    assert not WORDS.frame_for(way, seed, turn).light


@given(seeds, st.integers(0, 10_000), st.integers(2, 9))
def test_what_comes_every_few_rounds_meets_all_its_frames(seed: int | str, turn: int, gap: int) -> None:
    """Guesses come about every fifth round, and there are five frames or so for them."""
    of_guesses = {frame.id for frame in WORDS.frames.values() if Task.GUESS in frame.tasks}
    turns = range(turn, turn + gap * 200, gap)
    assert {WORDS.frame_for(Way.PERSPECTIVE, seed, at, Task.GUESS).id for at in turns} == of_guesses


def test_who_had_guessed_can_say_what_was_new() -> None:
    """One of the three starters; a guess itself gets three that say how near it was."""
    told = WORDS.starters_for(StarterKind.IMAGINE, 1, 1, Task.TELL)
    assert [starter.kind for starter in told].count(StarterKind.LEARNED) == 1
    guessed = WORDS.starters_for(StarterKind.NEAR, 1, 1, Task.GUESS)
    assert {starter.kind for starter in guessed} == {StarterKind.NEAR}


def test_a_way_teaches_each_side_what_it_does() -> None:
    """Whoever is guessed at is not taught to guess."""
    way = WORDS.ways[Way.PERSPECTIVE]
    assert len({way.text_for(Task.TELL), way.text_for(Task.GUESS), way.text_for(Task.EACH)}) == 3
    assert WORDS.ways[Way.DAILY].text_for(Task.GUESS) == WORDS.ways[Way.DAILY].text


def test_a_small_thing_fits_where_they_are_and_what_they_opened(tmp_path: Path) -> None:
    """None at all is better than one that can't be done."""
    things = load_words("en", make_small_words(tmp_path).root).things.values()

    def met(*, apart: bool, opened: Sequence[str] = ()) -> set[str]:
        had: list[str] = []
        for _ in range(9):
            picked = pick_thing(things, 1, had, apart=apart, opened=opened)
            had += [picked.id] if picked else []
        assert max(Counter(had).values()) <= 9 // len(set(had)) + 1
        return set(had)

    assert met(apart=True) == {"together-call"}
    assert met(apart=False) == {"together-window"}
    assert met(apart=False, opened=["touch"]) == {"together-window", "together-hold-hands"}
    assert pick_thing([], 1, (), apart=True) is None


def test_there_are_small_things_for_months_wherever_two_are_and_whatever_they_opened() -> None:
    """At least eighty in all; and where no theme is opened, fifty before one comes again, near or apart."""
    things = WORDS.things.values()
    assert len(things) >= 80
    for apart in (False, True):
        had: list[str] = []
        for _ in range(50):
            picked = pick_thing(things, "a couple", had, apart=apart)
            assert picked is not None
            assert picked.theme is None
            had.append(picked.id)
        assert len(set(had)) == 50
    source = (ROOT / "en" / "together.toml").read_text()
    assert "preprints.org 202604.1206" in source
    assert "nobody has reviewed" in source


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "pt-br", "ru"])
def test_what_stands_around_grave_words_fits_any_words(language: str) -> None:
    """No frame for a way, a light card or good news, and no glad starter; such a frame comes in other rounds, too."""
    words = load_words(language)
    grave = {frame.id for frame in words.frames.values() if frame.grave}
    assert len(grave) > 2
    for way in Way:
        met = {
            words.frame_for(way, 1, turn, task, light=light, grave=True).id
            for turn in range(MONTH)
            for task in (Task.EACH, Task.TELL, Task.MIRROR)
            for light in (False, True)
        }
        assert met == grave
    assert grave <= {words.frame_for(way, 1, turn).id for way in Way for turn in range(MONTH)}
    for kind in set(StarterKind) - {StarterKind.LEARNED}:
        for turn in range(MONTH):
            task = {StarterKind.NEAR: Task.GUESS, StarterKind.ANSWER: Task.ASK}.get(kind, Task.EACH)
            starters = words.starters_for(kind, 1, turn, task, grave=True)
            assert len({starter.id for starter in starters}) == 3
            assert not any(starter.opening.glad or starter.kind is StarterKind.GOOD for starter in starters)


def test_grave_words_are_answered_as_what_they_are_for() -> None:
    """A question still wants an answer, and a guess a word on how near it was."""
    asked = WORDS.starters_for(StarterKind.ANSWER, 1, 1, Task.ASK, grave=True)
    assert {starter.kind for starter in asked} == {StarterKind.ANSWER}
    assert Task.GUESS in WORDS.frame_for(Way.GOOD, 1, 1, Task.GUESS, grave=True).tasks


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "pt-br", "ru"])
def test_under_sore_words_nothing_glad_or_light_is_offered(language: str) -> None:
    """And what gives back what was heard comes first, unless a guess or a question is answered."""
    words = load_words(language)
    for kind in set(StarterKind) - {StarterKind.LEARNED}:
        task = {StarterKind.NEAR: Task.GUESS, StarterKind.ANSWER: Task.ASK}.get(kind, Task.EACH)
        for turn, told in product(range(MONTH), {task, Task.TELL if task is Task.EACH else task}):
            starters = words.starters_for(kind, 1, turn, told, sore=True)
            assert len({starter.id for starter in starters}) == 3
            assert all(starter.sober for starter in starters)
            assert task is not Task.EACH or starters[0].kind is StarterKind.REFLECT


ASKS_FOR_MORE = (
    ("en", "reflect-more"),
    ("es", "eco-quiero-oir"),
    ("pt-br", "pt-reflect-mais"),
    ("ar", "reflect-more"),
)


@pytest.mark.parametrize(("language", "opening"), ASKS_FOR_MORE)
def test_nobody_would_like_to_hear_about_what_hurts(language: str, opening: str) -> None:
    """Under "I want to die", what asks for more sounds like a treat."""
    assert not load_words(language).starters[opening].sober


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "pt-br", "ru"])
def test_before_sore_words_no_frame_sounds_cold(language: str) -> None:
    """Several are left for every way, card and task; and what fits keeps its turn."""
    words = load_words(language)
    assert not any(frame.grave and not frame.sober for frame in words.frames.values())
    for way, task, light in product(Way, Task, (False, True)):
        met = set()
        for turn in range(4 * MONTH):
            frame = words.frame_for(way, 1, turn, task, light=light, sore=True)
            due = words.frame_for(way, 1, turn, task, light=light)
            assert frame.sober
            assert not due.sober or frame == due
            assert frame == due or not frame.ways or way in frame.ways
            met.add(frame.id)
        assert len(met) >= (2 if task in (Task.GUESS, Task.ASK) else 6)


def test_before_a_sore_question_stands_a_frame_for_questions() -> None:
    """And before a sore guess one for guesses: they want another answer."""
    for task in (Task.GUESS, Task.ASK):
        assert all(task in WORDS.frame_for(Way.GOOD, 1, turn, task, sore=True).tasks for turn in range(MONTH))


def test_words_of_which_every_frame_is_brisk_have_one_all_the_same(tmp_path: Path) -> None:
    """An operator's own words may mark none as fit for sad ones."""
    small = make_small_words(tmp_path)
    frames = small.root / "en" / "frames.toml"
    small.write("en/frames.toml", frames.read_text("utf-8").replace("text = ", "brisk = true\ntext = "))
    words = load_words("en", small.root)
    assert words.frame_for(Way.ROOTS, 1, 7, sore=True) == words.frame_for(Way.ROOTS, 1, 7)


def test_under_sore_words_a_way_is_practised_all_the_same() -> None:
    """Only what is for good news gives way: a hard day wants to be understood."""
    kinds = [starter.kind for starter in WORDS.starters_for(StarterKind.SENSE, 1, 1, sore=True)]
    assert kinds == [StarterKind.REFLECT, StarterKind.SENSE, StarterKind.IMAGINE]
