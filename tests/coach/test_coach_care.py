"""A suggestion never holds up what is unhelpful, and nobody is patient with what hurts: whatever the words are."""

from dataclasses import replace

import pytest
from english_files import english, english_coach
from hands import HELD_APART, TUNING, read_hand, read_hands

from bot.coach.check import examples
from bot.coach.gravity import FEAR, LOSS, MOMENTS, SELF_DOUBT
from bot.coach.reading import Reading
from bot.coach.solo import BY_KIND, Felt, felt
from bot.coach.suggest import UNSAID, WOUNDS

COACH = english_coach()
MUST = [one for told in examples(english("coach.toml"), [], "in_the_way") for one in told.must]
TOLD = {
    FEAR: "I was terrified on the ferry.",
    LOSS: "It's a year since my brother died.",
    SELF_DOUBT: "Some days I think I'm a terrible father.",
}
MILD = {text.replace("{other}", "Noa") for text in english("coach.toml")["suggestions"][UNSAID]["say"]}


def only_the_model_spoke(likely: str, tells: str = "", number: int = 0) -> Reading:
    """Return a reading in which no phrase named anything."""
    return Reading(text=f"words {number}", legible=True, unsaid=True, likely=likely, tells=tells)


@pytest.mark.parametrize(
    "text",
    [
        "Oh dear. You should talk to her.",
        "I got up four times. You got up once. You never help.",
        "Cheer up, love! At least you have a job.",
        "That sounds hard, so just smile. You're making a mountain out of it.",
        "Wonderful :) You always do this.",
        "I was at work on Tuesday. It's not a big deal.",
    ],
)
def test_an_unhelpful_piece_is_not_held_up(text: str) -> None:
    """A tally, an order, an interjection, a smile, or what isn't about the other is never "one way" to say it."""
    reading = COACH.read(text, "I felt alone this week.")
    assert reading.troubled
    assert reading.worth_keeping is None


def test_a_warm_piece_about_the_other_is_held_up() -> None:
    """Where the first half stands for itself, it is offered in their own words."""
    offered = COACH.suggest(
        COACH.read("Ah, that must have been lonely, my love, but you should have told them.")
    )
    assert offered is not None
    assert offered.wording == "Ah, that must have been lonely, my love."


def test_what_is_held_up_has_nothing_in_the_way() -> None:
    """Of everything that one hand wrote unhelpfully: each piece that is offered is read again, and is kind."""
    pieces = [
        piece
        for text in read_hand(TUNING[0])
        if text.set == "unhelpful" and (piece := COACH.read(text.text, text.moment).worth_keeping)
    ]
    assert pieces
    assert not [piece for piece in pieces if COACH.read(piece).troubled or any(map(str.isdigit, piece))]


@pytest.mark.parametrize("told", MOMENTS)
def test_nothing_explains_away_or_agrees_with_what_weighs(told: str) -> None:
    """To fear, a loss or doubt in oneself no opening says that it makes sense."""
    offered = [COACH.suggest(COACH.read(example.text, TOLD[told])) for example in MUST]
    assert len(offered) > 100
    assert not [one.text for one in offered if one and "makes sense" in one.text]


def test_one_question_or_one_opening() -> None:
    """A suggestion that asks something sends nobody into a second direction."""
    for example in MUST:
        one = COACH.suggest(COACH.read(example.text))
        if one and one.wording in COACH.suggestions.starters:
            assert "?" not in one.text.replace(one.wording, "")


@pytest.mark.parametrize("moment", ["You scared me with the dog.", TOLD[FEAR]])
def test_who_frightened_somebody_is_not_reassured(moment: str) -> None:
    """The fear is named; nothing vouches for the writer."""
    for text in ("I'm a terrible partner, I ruin everything.", "I can't do anything right."):
        one = COACH.suggest(COACH.read(text, moment))
        assert one is not None
        assert one.kind == "collapse"
        assert "fear" in one.text
        assert "terrible person" not in one.text


def test_nothing_small_is_held_against_whoever_breaks_down() -> None:
    """A “drop it” closes a door elsewhere; here it is despair, and that is what is answered."""
    text = "Drop it, I'm a failure at being your husband."
    assert "dismissal" in COACH.reader.read(text).kinds
    reading = COACH.read(text, "I felt alone at the party.")
    assert reading.kinds == ("collapse",)
    one = COACH.suggest(reading)
    assert one is not None
    assert one.kind == "collapse"


@pytest.mark.parametrize("likely", sorted(WOUNDS))
def test_what_likely_wounds_is_stopped(likely: str) -> None:
    """No mild question, whatever was told; and in practice the moment ends."""
    for tells in ("", *MOMENTS):
        for number in range(12):
            reading = only_the_model_spoke(likely, tells, number)
            one = COACH.suggest(reading, None, "Noa")
            assert one is not None
            assert one.text not in MILD
            assert felt(reading) is Felt.STOPPED


def test_what_may_be_one_kind_as_well_as_another_is_not_named() -> None:
    """The suggestion is general, unless it may wound: then it is stopped all the same."""
    for likely in BY_KIND:
        reading = replace(only_the_model_spoke(likely), clearly=False)
        one = COACH.suggest(reading, None, "Noa")
        assert one is not None
        assert (one.text in MILD) is (likely not in WOUNDS)


@pytest.mark.parametrize(
    "text", ["You're too sensitive.", "You're overreacting again.", "It's all in your head."]
)
@pytest.mark.parametrize(
    "warm", ["", "I love you so much, and thank you for the soup. ", "You felt lonely? "]
)
def test_a_plain_saying_counts_whatever_is_said_around_it(text: str, warm: str) -> None:
    """What is warm beside it grants nothing."""
    reading = COACH.read(warm + text, "I felt lonely at the party.")
    assert reading.troubled
    assert any(found.plain for found in reading.gets_in_the_way)
    assert felt(reading) is not Felt.HEARD


@pytest.mark.parametrize("tells", MOMENTS)
def test_a_moment_that_weighs_is_never_met_by_a_stock_question(tells: str) -> None:
    """Fear, a loss and doubt in oneself are named, of whatever kind the answer was."""
    for likely in BY_KIND:
        for number in range(6):
            one = COACH.suggest(only_the_model_spoke(likely, tells, number), None, "Noa")
            assert one is not None
            assert one.text not in MILD


def test_nobody_is_patient_with_what_hurts() -> None:
    """What is likely of a kind lands as that kind; of fear or a loss no shrug is answered with another try."""
    for likely in BY_KIND:
        assert felt(only_the_model_spoke(likely)) is BY_KIND[likely]
        for tells in (FEAR, LOSS):
            assert felt(only_the_model_spoke(likely, tells)) not in {Felt.PARTLY, Felt.UNHEARD, Felt.SMALLER}


@pytest.mark.parametrize(
    "text",
    [
        "So you're saying that I ruined your week? I'm the worst, I know it.",
        "You felt lonely? You're too sensitive.",
    ],
)
def test_an_echo_within_a_blow_grants_nothing(text: str) -> None:
    """Words that take up the other's and hurt with them are not "partly" heard."""
    assert felt(COACH.read(text, "I felt lonely this week.")) is not Felt.PARTLY


def test_most_of_what_only_the_model_notices_is_known_for_what_it_wounds_with() -> None:
    """On the hands that are only counted: contempt, denial and threats end the moment, and little else does."""
    ended = {True: [0, 0], False: [0, 0]}
    for text in read_hands(HELD_APART):
        if text.set != "unhelpful":
            continue
        reading = COACH.read(text.text, text.moment)
        if reading.unsaid:
            tally = ended[text.label in {"contempt", "gaslighting", "threat-to-leave"}]
            tally[0] += felt(reading) is Felt.STOPPED
            tally[1] += 1
    assert ended[True][0] >= 0.75 * ended[True][1] > 0
    assert ended[False][0] <= 0.08 * ended[False][1]


@pytest.mark.parametrize("told", MOMENTS)
def test_what_a_moment_tells(told: str) -> None:
    """It is known by the partner's words, and changes nothing where nothing is in the way."""
    assert COACH.read("I'm so sorry, that must hurt.", TOLD[told]).tells == told
    assert COACH.suggest(COACH.read("I'm so sorry, that must hurt.", TOLD[told])) is None
    assert COACH.read("ok", "The soup was lovely.").tells == ""


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("", "I'm embarrassed that I lost my temper with your mum."),
        ("", "My phone was dead and I couldn't reach you."),
        ("", "The baby stopped crying when you sang."),
        ("", "I threw a party and you came late."),
        ("", "The hotel was such a disappointment."),
        ("", "I'm not afraid of her any more."),
        (LOSS, "I lost my father in the spring."),
        (LOSS, "We lost the baby in March."),
        (FEAR, "You slammed the door and I jumped."),
        (SELF_DOUBT, "I feel like such a disappointment."),
    ],
)
def test_only_what_weighs_is_taken_for_it(told: str, moment: str) -> None:
    """A lost temper is no loss, and a dead phone no death."""
    assert COACH.read("ok", moment).tells == told


@pytest.mark.parametrize(
    ("kind", "text", "moment"),
    [
        ("defending", "I only said it was red. It WAS red.", "You corrected me in front of them."),
        ("defending", "I told you on Friday I had the late shift. I told you twice.", "I missed you there."),
        ("mind_reading", "You mean you don't like my cousins. You never have.", "I'm too tired for guests."),
        (
            "mind_reading",
            "You only hear what suits you, you always make these things up.",
            "You said you'd be back.",
        ),
    ],
)
def test_of_several_kinds_that_is_offered_which_it_is(kind: str, text: str, moment: str) -> None:
    """The model tells which of the phrases names it; a denial is stopped even where only blame was named."""
    one = COACH.suggest(COACH.read(text, moment))
    assert one is not None
    assert one.kind == kind


def test_a_fear_that_is_denied_is_stopped() -> None:
    """No suggestion grants that two people may remember it differently."""
    texts = [
        "That never happened.",
        "That never happened, ask anyone.",
        "It didn't happen like that at all.",
        "You get yourself so worked up that you see things.",
    ]
    for text in texts:
        one = COACH.suggest(COACH.read(text, "It frightened me when you punched the door."))
        assert one is not None
        assert "unsent" in one.text


def test_who_breaks_down_threatens_nobody() -> None:
    """An offer to go, from somebody who finds nothing good in themselves, is met as collapse."""
    reading = COACH.read("I spoil everything, you should find somebody who deserves you", "You were late.")
    assert "collapse" in reading.kinds
    assert "leaving" not in reading.kinds
    assert felt(reading) is Felt.WEIGHED_DOWN


def test_what_is_pointed_at_begins_with_a_word() -> None:
    """A comma before it is no part of what was said."""
    offered = COACH.suggest(
        COACH.read("Money comes and money goes, smile, it's only numbers!", "My card was declined.")
    )
    assert offered is not None
    assert "“smile" in offered.text or "“" not in offered.text


@pytest.mark.parametrize(
    "text",
    ["Then I shall bow next time and call you professor", "So I should have sent a band, should I"],
)
def test_a_jab_is_not_met_as_advice(text: str) -> None:
    """Where the model is sure of another kind, a phrase that is less sure doesn't name it."""
    assert "advice" not in COACH.read(text, "I felt small when you corrected me.").kinds
