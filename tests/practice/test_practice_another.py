"""Another card for one alone: an easy one, and nothing of it depends on the other."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, BOTH, NOW, a_round
from whole_library import BY_ID

from bot.practice import another
from bot.practice import round as rules
from bot.practice.ids import PartnerId, RoundId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round, Turn

CARDS = tuple(BY_ID.values())
rounds = st.builds(
    lambda number, card: replace(a_round(), id=RoundId(number), prompt=card.id),
    st.integers(1, 99),
    st.sampled_from(CARDS),
)


@given(rounds, st.integers(1, 3), st.sampled_from(BOTH), st.sets(st.sampled_from([c.id for c in CARDS])))
def test_it_is_easy_and_for_one_and_no_deeper_than_what_came(
    round_: Round, depth: int, who: PartnerId, seen: set[str]
) -> None:
    """Twice, and each time another one; unseen as long as there is one."""
    when = dict.fromkeys(seen, NOW)
    first = another.choose(CARDS, round_, who, depth, when)
    swapped = rules.swap(round_, who, first)
    second = another.choose(CARDS, swapped, who, depth, when)
    assert len({round_.prompt, first, second}) == 3
    for card in (BY_ID[first], BY_ID[second]):
        assert card.depth <= min(depth, BY_ID[round_.prompt].depth)
        assert not any((card.heavy, card.quick, card.by_consent, card.retired))
        assert card.way != "repair"
        assert card.two_sided or card.form is None


@given(
    rounds, st.integers(1, 3), st.sampled_from([Turn(BEN, NOW), Turn(BEN, declined=True), Turn(BEN, swaps=2)])
)
def test_nothing_of_the_others_has_a_say(round_: Round, depth: int, theirs: Turn) -> None:
    """Whatever they have done, the same card comes."""
    busy = replace(round_, turns=(Turn(ADA), theirs))
    assert another.choose(CARDS, busy, ADA, depth, {}) == another.choose(CARDS, round_, ADA, depth, {})


def test_twice_at_most_and_not_over_a_seal() -> None:
    """The third time is refused; sealed words have to be taken back first."""
    round_ = rules.swap(rules.swap(a_round(), ADA, "one"), ADA, "two")
    with pytest.raises(Refusal) as refused:
        rules.swap(round_, ADA, "three")
    assert refused.value.reason is Reason.NO_CARD_LEFT
    assert round_.turn(BEN) == Turn(BEN)
    with pytest.raises(Refusal) as refused:
        rules.swap(rules.seal(a_round(), ADA, NOW), ADA, "one")
    assert refused.value.reason is Reason.ALREADY_SEALED


def test_words_are_for_the_card_that_was_there_when_they_were_written_last() -> None:
    """A swap leaves a draft where it was; writing on takes it along."""
    round_ = rules.swap(rules.write(a_round(), ADA), ADA, "one")
    assert (round_.card(ADA), round_.answered(ADA)) == ("one", round_.prompt)
    assert rules.seal(round_, ADA, NOW).answered(ADA) == round_.prompt
    written = rules.write(round_, ADA)
    assert (written.card(ADA), written.answered(ADA)) == ("one", "one")
    again = rules.swap(written, ADA, "two")
    assert (again.card(ADA), again.answered(ADA)) == ("two", "one")
    assert (again.card(BEN), again.answered(BEN)) == (round_.prompt, round_.prompt)


def test_words_written_for_several_cards_are_for_each_of_them() -> None:
    """As long as it is the same draft; begun anew, they are for the last alone."""
    round_ = rules.swap(rules.write(a_round(), ADA), ADA, "one")
    both = rules.write(round_, ADA, begun=True)
    assert both.cards(ADA) == (round_.prompt, "one")
    assert rules.write(both, ADA, begun=True).cards(ADA) == (round_.prompt, "one")
    all_three = rules.write(rules.swap(both, ADA, "two"), ADA, begun=True)
    assert all_three.cards(ADA) == (round_.prompt, "one", "two")
    assert rules.write(all_three, ADA).cards(ADA) == ("two",)
    assert all_three.cards(BEN) == (round_.prompt,)


def test_where_no_card_fits_the_one_stays() -> None:
    """A deck of guesses has none for one alone."""
    guesses = tuple(card for card in CARDS if card.form == "guess" and not card.two_sided)
    with pytest.raises(Refusal) as refused:
        another.choose(guesses, a_round(), ADA, 1, {})
    assert refused.value.reason is Reason.NO_CARD_LEFT
