"""The one suggestion: the most useful, never twice in a row, with a wording of the person's own."""

import pytest

from bot.coach.coach import Coach
from bot.coach.suggest import _pointed_at

BUT = "That sounds lonely, but you should have just told them you had to leave."


def test_the_storyboards_suggestion(coach: Coach) -> None:
    """The wording is the person's own sentence, with the part after "but" left out."""
    suggestion = coach.suggest(coach.read(BUT))
    assert suggestion is not None
    assert suggestion.kind == "but"
    assert suggestion.wording == "That sounds lonely."
    assert "“That sounds lonely.”" in suggestion.text


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("I'm so sorry. You always do this.", "I'm so sorry."),
        ("It makes sense that you're sad - but calm down.", "It makes sense that you're sad."),
        ("I get it! Have you tried yoga? I'm with you ❤️", "I get it! I'm with you ❤️"),
    ],
)
def test_a_wording_leaves_out(coach: Coach, text: str, wording: str) -> None:
    """What is left is closed like a sentence, and is all theirs."""
    suggestion = coach.suggest(coach.read(text))
    assert suggestion is not None
    assert suggestion.wording == wording


@pytest.mark.parametrize("text", ["You should talk to her.", "Nice. At least you have a job."])
def test_where_too_little_is_left_it_offers_a_way_to_begin(coach: Coach, text: str) -> None:
    """A starter, and nothing that puts words into their mouth."""
    suggestion = coach.suggest(coach.read(text))
    assert suggestion is not None
    assert suggestion.wording in coach.suggestions.starters


def test_never_twice_in_a_row_for_the_same_thing(coach: Coach) -> None:
    """Neither by the same kind, nor by another name for the same words."""
    reading = coach.read(BUT)
    assert coach.suggest(reading, "but") is None
    both = coach.read("You should talk to her. You always do this.")
    first = coach.suggest(both)
    assert first is not None
    second = coach.suggest(both, first.kind)
    assert second is not None
    assert {first.kind, second.kind} == {"advice", "blame"}


def test_a_kind_answer_gets_no_suggestion(coach: Coach) -> None:
    """Silence is the praise."""
    assert coach.suggest(coach.read("You felt invisible. It makes sense that it hurt. I'm with you.")) is None


def test_the_same_text_gets_the_same_suggestion(coach: Coach) -> None:
    """Nothing is random: what was shown can be shown again."""
    assert coach.suggest(coach.read(BUT)) == coach.suggest(coach.read(BUT))


def test_it_does_not_wear_out(coach: Coach) -> None:
    """Different responses get differently worded suggestions of one kind."""
    texts = [f"That sounds lonely, but you should tell them number {number}." for number in range(30)]
    offered = [coach.suggest(coach.read(text)) for text in texts]
    assert len({suggestion.text for suggestion in offered if suggestion}) >= 6


def test_what_is_pointed_at_is_never_long(coach: Coach) -> None:
    """A suggestion is read at a glance."""
    endless = "You always do this " + "and that and this " * 60
    suggestion = coach.suggest(coach.read(endless))
    assert suggestion is not None
    assert len(suggestion.text) < 400


def test_no_suggestion_grades_or_commands(coach: Coach) -> None:
    """The texts invite: no score, no "wrong", no "must", no exclamation mark."""
    for kind in coach.suggestions.kinds:
        for text in coach.suggestions._texts[kind]:
            assert not any(word in text.lower() for word in ("wrong", "score", "bad", "must", "mistake", "!"))
            assert len(text) < 160


@pytest.mark.parametrize(
    "text",
    [
        "Grow up.",
        "If I'm so bad I'll pack my things.",
        "That never happened.",
        "Bev's husband does it without being asked.",
    ],
)
def test_what_wounds_is_stopped_and_not_repaired(coach: Coach, text: str) -> None:
    """Contempt, a threat to leave, gaslighting and a comparison get no other wording of themselves."""
    suggestion = coach.suggest(coach.read(text))
    assert suggestion is not None
    assert suggestion.wording is None


def test_no_suggestion_vouches_excuses_or_puts_off(coach: Coach) -> None:
    """Nobody is told what a sentence was meant to do, that it may be true, or that it can come later."""
    for kind in coach.suggestions.kinds:
        for text in coach.suggestions._texts[kind]:
            said = text.lower()
            for word in ("meant to", "be true", "later", "for now", "another time", "can wait", "could wait"):
                assert word not in said
            assert "stand alone" not in said


def test_the_partner_is_called_by_name_where_it_is_known(coach: Coach) -> None:
    """And else they are the partner, at the beginning of a sentence too."""
    reading = coach.read("What's the big deal?")
    named, unnamed = coach.suggest(reading, None, "Noa"), coach.suggest(reading)
    assert named is not None
    assert unnamed is not None
    assert "Noa" in named.text
    assert "our partner" in unnamed.text
    assert "{" not in named.text + unnamed.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Loads of people have it, it's manageable", "“Loads of people have it”"),
        ("Stop it. You always forget, and I don't.", "“You always forget”"),
    ],
)
def test_what_is_pointed_at_is_a_whole_clause(coach: Coach, text: str, shown: str) -> None:
    """No quotation begins in the middle of what was said."""
    reading = coach.read(text)
    texts = {_pointed_at(text, found) for found in reading.gets_in_the_way}
    assert shown.strip("“”") in texts


def test_a_long_clause_is_cut_at_a_word(coach: Coach) -> None:
    """And says that it goes on."""
    text = "Well if you let me talk about it here I wouldn't have to go and talk about it there every week"
    found = coach.read(text).gets_in_the_way[0]
    shown = _pointed_at(text, found)
    assert shown.endswith(" …")
    assert text.startswith(shown.removesuffix(" …"))
