"""What the coach promises, whatever it is given."""

import itertools
import json

from english_files import english_coach, english_danger
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.lines import read_lines
from bot.coach.solo import BY_KIND, Felt, felt
from bot.content.advising import Advising
from prompts.vignettes import LANDINGS, load_vignettes, pick

COACH = english_coach(with_model=False)
DANGER = english_danger(with_model=False)
PIECES = (
    "you should",
    "but",
    "at least",
    "I hear",
    "lonely",
    "you always",
    "?",
    "!",
    "“",
    "”",
    "not",
    "\n",
    "😢",
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, about=TEXTS)
def test_any_text_is_read(text: str, about: str) -> None:
    """Numbers stay between 0 and 1, and what is pointed at stands in the text."""
    reading = COACH.read(text, about)
    for number in (
        reading.reflects,
        reading.names_feeling,
        reading.makes_sense,
        reading.asks,
        reading.warmth,
    ):
        assert 0 <= number <= 1
    for found in reading.gets_in_the_way:
        assert text[found.start : found.end] == found.words
    COACH.suggest(reading)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_a_wording_is_made_by_leaving_out_or_by_a_starter(text: str) -> None:
    """Nothing is put into a person's mouth: every word of a wording is theirs, or it is a known starter."""
    offered = COACH.suggest(COACH.read(text))
    if offered is not None and offered.wording and offered.wording not in COACH.suggestions.starters:
        for word in offered.wording.rstrip(".").split():
            assert word.rstrip(".") in text


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_the_same_kind_is_never_offered_twice_in_a_row(text: str) -> None:
    """Given what was offered last, another kind or nothing comes."""
    reading = COACH.read(text)
    first = COACH.suggest(reading)
    if first is not None:
        second = COACH.suggest(reading, first.kind)
        assert second is None or second.kind != first.kind


def test_what_it_cannot_read_leaves_it_silent() -> None:
    """Empty, enormous, emoji, another language, only quotations, code."""
    german = "Du hättest einfach früher anrufen sollen, das ist doch nicht so schlimm."
    for text in (
        "",
        "   ",
        "😢😢😢",
        "word " * 5_000,
        german,
        "“you should have called”",
        "if x: return None  # but",
    ):
        assert COACH.suggest(COACH.read(text)) is None


def test_lines_are_answered_in_order_and_bad_ones_without_their_words() -> None:
    """One line in, one line out; what cannot be read is named without being repeated."""
    lines = [
        '{"text": "That sounds lonely."}',
        "secret nonsense",
        '{"about": 3, "text": "x"}',
        '{"txt": "secret"}',
    ]
    answers = [json.loads(answer) for answer in read_lines(COACH, DANGER, lines)]
    assert answers[0]["names_feeling"] > 0.5
    assert answers[0]["suggestion"] is None
    assert answers[0]["danger"] is None
    assert answers[0]["kinds"] == []
    for answer in answers[1:]:
        assert set(answer) == {"error"}
        assert "secret" not in answer["error"]


def test_solo_practice_answers_to_what_was_noticed() -> None:
    """A felt answer is heard; a fix, a smaller, a turn and a blow are each answered to as what they are."""
    about = "They moved my desk to the corridor while I was on leave. Nobody had thought to tell me."
    answers = {
        "Nobody told you. That sounds lonely, and it makes sense that it hurt.": Felt.HEARD,
        "That sounds lonely, but you should talk to your boss.": Felt.PARTLY,
        "You should just ask for another desk.": Felt.FIXED,
        "It's not a big deal.": Felt.SMALLER,
        "What about me? My boss is even worse.": Felt.TURNED,
        "Grow up.": Felt.STOPPED,
        "Then leave, I'm done.": Felt.STOPPED,
        "I'm a terrible partner, I ruin everything.": Felt.WEIGHED_DOWN,
        "ok": Felt.SHUT,
    }
    assert {text: felt(COACH.read(text, about)) for text in answers} == answers


def test_an_echo_or_a_question_alone_is_no_understanding() -> None:
    """Whoever repeats a word of the moment, or asks anything, has not said yet that they heard."""
    about = "They moved my desk to the corridor while I was on leave. Nobody had thought to tell me."
    for text in ("The corridor desk, on leave.", "Which corridor is it?"):
        assert felt(COACH.read(text, about)) is not Felt.HEARD


def test_every_landing_has_reactions_and_the_next_turn_another() -> None:
    """At least six for a moment, and never the same twice running."""
    for vignette in load_vignettes().values():
        for landing in Felt:
            turns = [vignette.reaction(landing.value, turn) for turn in range(4)]
            assert all(one != after for one, after in itertools.pairwise(turns))
        assert len({vignette.reaction(one.value, turn) for one in Felt for turn in range(3)}) >= 6
    assert set(BY_KIND) <= {rule.name for rule in COACH.reader.ways.rules}
    assert {landing.value for landing in Felt} == set(LANDINGS)


def test_nobody_is_told_of_words_they_did_not_catch() -> None:
    """A moment's own line is for whoever took up its words; a warm answer in other words gets one that fits any."""
    moment = load_vignettes()["repair-promised"]
    adviser = Advising(COACH)
    caught = adviser.practise("You kept the chair free and looked at the door. I let you down.", moment)
    warm = adviser.practise("That must have hurt, love. I can see why you were let down.", moment)
    assert caught.felt is warm.felt is Felt.HEARD
    assert "chair" in caught.reply(0)
    for turn in range(4):
        assert "chair" not in warm.reply(turn)
        assert warm.reply(turn) != warm.reply(turn + 1)


def test_vignettes_are_many_and_their_good_answers_are_heard() -> None:
    """At least 80, over all ways; the coach finds nothing in the way of the answers shown as good."""
    vignettes = load_vignettes()
    assert len(vignettes) >= 80
    assert len({vignette.way for vignette in vignettes.values()}) == 7
    alarms = [
        answer
        for vignette in vignettes.values()
        for answer in vignette.answers
        if COACH.suggest(COACH.read(answer, vignette.text)) is not None
    ]
    assert alarms == []


def test_another_moment_is_another() -> None:
    """The pick passes over the one that was just told, and comes to all of them."""
    vignettes = load_vignettes()
    told = {pick(vignettes, seed).id for seed in range(len(vignettes) * 2)}
    assert told == set(vignettes)
    assert all(
        pick(vignettes, seed, ("listening-bus-stop",)).id != "listening-bus-stop" for seed in range(200)
    )
