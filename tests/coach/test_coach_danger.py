"""Words that may mean danger are found in their examples, and not in idioms, titles or denials."""

import time

import pytest
from english_files import english, english_danger
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.check import check_danger
from bot.coach.danger import KINDS, LONGEST, Danger
from bot.coach.shape import CoachError

DATA = english("danger.toml")
SECTIONS = [*DATA["danger"], *DATA["plain"]]
MUST = [(rule["kind"], text) for rule in SECTIONS if not rule.get("whole") for text in rule["must"]]
ALONE = [(rule["kind"], text) for rule in SECTIONS if rule.get("whole") for text in rule["must"]]
MUST_NOT = [text for rule in SECTIONS for text in rule["must_not"]]
DANGER = english_danger(with_model=False)
WITH_MODEL = english_danger()
TEMPTING = (
    "he said that i want to tell you it hit me and ",
    "i just really want to ",
    "he has hit ",
    "not not not ",
    "“",
)


def test_no_kind_is_without_a_rule(danger: Danger) -> None:
    """And there is no other kind."""
    assert {rule.name for rule in danger.rules.rules} == set(KINDS)


@pytest.mark.parametrize(("kind", "text"), MUST)
def test_a_plain_statement_is_noticed(danger: Danger, kind: str, text: str) -> None:
    """Under its own kind, also in capitals and among other words."""
    assert kind in danger.all(text)
    assert kind in danger.all(text.upper())
    assert kind in danger.all(f"Today was long. {text}\nThat is all.")


@pytest.mark.parametrize(("kind", "text"), ALONE)
def test_a_call_is_noticed_where_it_stands_alone(kind: str, text: str) -> None:
    """Among other words it is half a sentence, or about the dishes; no model overrules it."""
    assert kind in WITH_MODEL.all(text)
    assert kind in WITH_MODEL.all(text.upper())


@pytest.mark.parametrize(
    "said",
    [
        "I'll kill her",
        "if she leaves me I'll kill her",
        "I will kill you.",
        "I grabbed her by the throat",
        "I want to kill my wife",
    ],
)
def test_a_threat_of_ones_own_is_met_as_ones_own(said: str) -> None:
    """Not as what somebody else does; where that is said, too, it comes first."""
    assert WITH_MODEL.notices(said) == "own_violence"
    assert WITH_MODEL.notices(f"He hit me last night. {said}") in ("violence", "strangulation")


@pytest.mark.parametrize("am", ["I'm", "I\u2019m", "I am", "Im", "i'm"])
@pytest.mark.parametrize("afraid", ["afraid", "so scared", "terrified"])
@pytest.mark.parametrize("whom", ["you", "him", "her", "my husband"])
@pytest.mark.parametrize("rest", ["", ".", " when you shout.", " when he drinks", ", and I hide"])
def test_no_model_overrules_a_plain_fear(am: str, afraid: str, whom: str, rest: str) -> None:
    """However it is typed, and of whomever."""
    assert "fear" in WITH_MODEL.all(f"{am} {afraid} of {whom}{rest}")


@pytest.mark.parametrize("i_will", ["I will", "I'll", "ill", "I'm going to", "I am going to", "im gonna"])
@pytest.mark.parametrize(
    "rest", ["kill you", "kill you, and they'll never know", "kill you if you go", "break your jaw"]
)
@pytest.mark.parametrize("end", ["", ".", ". Do you understand?", ", is that what you want?"])
def test_no_model_overrules_a_threat_of_ones_own(i_will: str, rest: str, end: str) -> None:
    """However it is typed, and whatever is asked after it."""
    assert {"own_violence", "threats"} & {*WITH_MODEL.all(f"{i_will} {rest}{end}")}


@pytest.mark.parametrize("who", ["You", "He", "she", "my husband"])
@pytest.mark.parametrize(
    "did",
    [
        "choked me last week",
        "strangled me",
        "had me by the throat",
        "squeezed my throat",
        "tried to strangle me",
        "went for my throat",
    ],
)
def test_no_model_overrules_hands_on_a_throat(who: str, did: str) -> None:
    """Told of somebody, or said to them."""
    assert WITH_MODEL.notices(f"{who} {did}.") == "strangulation"


@pytest.mark.parametrize(
    "idiom",
    [
        "You choke me up every single time.",
        "I'll kill you if you tell me the ending, I'm on page nine",
        "I'm going to kill you at draughts tonight",
        "I will kill you with kindness, my mother says",
        "You strangled me with that jumper, it's so tight, I love it",
        "I'll finish you off a cardigan by Friday",
        "I'd never choke you with rules",
        "I'll beat you to the kettle",
        "I stood under the bridge.",
        "I stood under the arch and waited.",
        "We looked down from the tower.",
        "She waited on the bridge.",
    ],
)
def test_a_manner_of_speaking_and_a_bridge_are_quiet(idiom: str) -> None:
    """With the model too."""
    assert WITH_MODEL.all(idiom) == ()


@pytest.mark.parametrize("text", MUST_NOT)
def test_a_figure_of_speech_is_not(danger: Danger, text: str) -> None:
    """Idioms, denials, titles, games, and what was long ago."""
    assert danger.notices(text) is None


@pytest.mark.parametrize(
    "idiom",
    [
        "this heat is killing me",
        "I could kill for a coffee",
        "dying to see you",
        "I'm dead 😂",
        "we sang “I Want to Die” all the way home",
    ],
)
def test_idioms_and_quotations_are_no_danger(danger: Danger, idiom: str) -> None:
    """A title, a quoted line and a manner of speaking that no example names stay what they are."""
    assert danger.notices(idiom) is None


def test_the_gravest_is_named_first(danger: Danger) -> None:
    """Where several are found, the first kind of the list is told."""
    assert danger.notices("I'm afraid of him. He hit me last night. I want to die.") == "self_harm"
    assert danger.notices("I'm afraid of him. He hit me last night.") == "violence"


@pytest.mark.parametrize(
    "over",
    [
        "Years ago my ex hit me. I'm safe now.",
        "My first husband took my passport once. That's long over, and I sleep well.",
        "When I was nineteen I wanted to die. Therapy helped, and here I am.",
    ],
)
def test_what_was_survived_long_ago_is_no_alarm(danger: Danger, over: str) -> None:
    """Told calmly, in another sentence than the danger or in the same one."""
    assert danger.notices(over) is None


@pytest.mark.parametrize("am", ["I am", "I'm", "im", "Honestly, I'm", ""])
@pytest.mark.parametrize("so", ["so tired", "really tired", "sick", "so fed up"])
@pytest.mark.parametrize("what", ["of this", "of this.", "of it all", "of all this!", "of arguing"])
def test_tiredness_of_something_is_no_alarm(am: str, so: str, what: str) -> None:
    """With the model too; tiredness of life is one, and so is a danger beside it."""
    said = f"{am} {so} {what}".strip()
    assert WITH_MODEL.all(said) == ()
    assert WITH_MODEL.notices(f"{said} He hit me last night.") == "violence"
    assert WITH_MODEL.notices("I'm so tired of living.") == "hopelessness"


def test_what_was_long_ago_and_is_back_is_an_alarm(danger: Danger) -> None:
    """A word for now undoes a word for then."""
    assert danger.notices("Years ago he hit me, and last night he hit me again.") == "violence"


def test_haste_does_not_hide_it(danger: Danger) -> None:
    """Capitals, and words without their apostrophes."""
    assert danger.notices("HE HIT ME AGAIN") == "violence"
    assert danger.notices("im scared of him, dont tell") == "fear"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    """The answer is one of the kinds, or none."""
    assert DANGER.notices(text) in (*KINDS, None)


@pytest.mark.parametrize("words", TEMPTING)
def test_the_time_grows_with_the_length_alone(danger: Danger, words: str) -> None:
    """Four times the text takes no more than about four times as long, however tempting its words."""

    def took(signs: int) -> float:
        text = (words * signs)[:signs]
        start = time.process_time()
        danger.notices(text)
        return time.process_time() - start

    short, long = min(took(8000) for _ in range(3)), min(took(32_000) for _ in range(3))
    assert long < short * 10 + 0.05


def test_what_is_beyond_any_message_is_not_read(danger: Danger) -> None:
    """The cap is far above what Telegram delivers."""
    assert danger.notices("x " * LONGEST + "I want to die.") is None


def test_a_broken_file_is_told_in_plain_words() -> None:
    """A kind that there is not, and a rule without examples."""
    rule = {"kind": "mood", "say": ["i am sad"]}
    with pytest.raises(CoachError, match="has no meaning here"):
        Danger.from_data({"danger": [rule]})
    (finding,) = check_danger({"danger": [rule | {"kind": "fear"}]})
    assert "give an example on each side" in str(finding)
