"""Ten minutes together need the yes of both, and what has come stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, NOW, a_revealed_round, in_state

from bot.practice import ten_minutes
from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, WRITABLE, Nearby, Round, RoundState

REVEALED = a_revealed_round()
Said = tuple[PartnerId, Nearby | None]

acts = st.lists(st.tuples(st.sampled_from((ADA, BEN)), st.none() | st.sampled_from(Nearby)), max_size=8)


def _live(round_: Round, lived: Sequence[Said]) -> Round:
    """Let each say yes from somewhere, or no."""
    for who, where in lived:
        round_ = ten_minutes.say_yes(round_, who, where, NOW) if where else ten_minutes.take_back(round_, who)
    return round_


@given(acts)
def test_it_needs_the_last_word_of_both_to_be_a_yes(lived: list[Said]) -> None:
    """And one who says that they are apart is enough for that."""
    last = dict(lived)
    round_ = _live(REVEALED, lived)
    for who in (ADA, BEN):
        assert ten_minutes.wants(round_, who, "Europe/Berlin", NOW) == (last.get(who) is not None)
        assert not ten_minutes.wants(round_, who, "Europe/Berlin", NOW + timedelta(days=1))
    assert ten_minutes.are_apart(round_) == (Nearby.APART in last.values())
    came = replace(round_, thing="something")
    assert _live(came, [(ADA, None), (BEN, None)]) == came


@pytest.mark.parametrize("state", sorted(set(RoundState) - SHOWN))
def test_it_is_for_after_the_reveal(state: RoundState) -> None:
    """Neither a yes nor a no is taken before, nor once it's over."""
    wanted = Reason.NOT_REVEALED if state in WRITABLE else Reason.ROUND_OVER
    with pytest.raises(Refusal) as yes:
        ten_minutes.say_yes(in_state(state), ADA, Nearby.HERE, NOW)
    with pytest.raises(Refusal) as no:
        ten_minutes.take_back(in_state(state), ADA)
    assert yes.value.reason is no.value.reason is wanted
