"""What a partner sees of where they stand does not tell what the other has done."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import (
    ADA,
    BEN,
    LATER,
    NOW,
    a_complete_round,
    a_couple,
    a_partner,
    a_revealed_round,
    a_round,
    in_state,
)

from bot.practice import round as rules
from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round, RoundState
from bot.practice.standing import Standing, in_couple
from bot.practice.thread import Heard

Acting = Callable[[Round, PartnerId], Round]
PRIVATE: dict[str, Acting] = {
    "write": rules.write,
    "decline": rules.decline,
    "seal": lambda round_, who: rules.seal(round_, who, LATER),
    "take back": rules.take_back,
}
acts = st.lists(st.tuples(st.sampled_from([ADA, BEN]), st.sampled_from(sorted(PRIVATE))), max_size=14)

Seen = list[tuple[str, Standing | Reason]]


def stand(
    round_: Round | None, *, drafted: bool = False, resting: bool = False, told: bool = False
) -> Standing:
    """Tell where Ada stands."""
    me = replace(a_partner(ADA), resting=resting)
    couple = replace(a_couple(), rest_told=frozenset({ADA}) if told else frozenset())
    return in_couple(me, couple, round_, drafted=drafted)


def seen_by_ada(story: Sequence[tuple[PartnerId, str]], *, alone: bool, drafted: bool) -> Seen:
    """Live a story up to the reveal, with or without Ben's acts in it; tell all that Ada sees."""
    round_, seen = a_round(), []
    for who, name in story:
        if alone and who == BEN:
            continue
        answer: Reason | None = None
        try:
            round_ = PRIVATE[name](round_, who)
        except Refusal as refusal:
            answer = refusal.reason
        if round_.state is RoundState.REVEALED:
            break
        if who == ADA:
            seen.append((name, answer or stand(round_, drafted=drafted)))
        else:
            seen_now = stand(round_, drafted=drafted)
            assert not seen or isinstance(seen[-1][1], Reason) or seen[-1][1] == seen_now
    return seen


@given(acts, st.booleans())
def test_until_the_reveal_two_worlds_look_the_same(
    story: list[tuple[PartnerId, str]],
    drafted: bool,  # noqa: FBT001 (drawn)
) -> None:
    """In one world Ben acts, in the other he is silent: Ada's standing and every answer are the same."""
    together = seen_by_ada(story, alone=False, drafted=drafted)
    alone = seen_by_ada(story, alone=True, drafted=drafted)
    assert together == alone[: len(together)]


@given(acts)
def test_own_words_and_own_seal_alone_decide_before_the_reveal(story: list[tuple[PartnerId, str]]) -> None:
    """Unwritten, drafted or sealed: told from what this partner did, and from nothing else."""
    round_ = a_round()
    for who, name in story:
        try:
            round_ = PRIVATE[name](round_, who)
        except Refusal:
            continue
        if round_.state is RoundState.REVEALED:
            return
        mine = round_.turn(ADA).sealed
        assert stand(round_) is (Standing.SEALED if mine else Standing.UNWRITTEN)
        assert stand(round_, drafted=True) is (Standing.SEALED if mine else Standing.DRAFTED)


def test_silence_and_not_today_look_the_same() -> None:
    """Neither the one who declines nor the other stands anywhere else for it."""
    declined = rules.decline(a_round(), BEN)
    assert stand(declined) is stand(a_round()) is Standing.UNWRITTEN
    mine = rules.decline(a_round(), ADA)
    assert stand(mine) is Standing.UNWRITTEN, "late is welcome, also after a no"


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("resting", [False, True])
@pytest.mark.parametrize(
    "round_", [None, in_state(RoundState.LAPSED), in_state(RoundState.CLOSED), a_complete_round()]
)
def test_between_rounds_a_rest_is_all_there_is_to_tell(
    round_: Round | None,
    resting: bool,  # noqa: FBT001 (parametrized)
    told: bool,  # noqa: FBT001 (drawn)
) -> None:
    """One's own rest first; the couple's once it has been told; else nothing is open."""
    expected = Standing.RESTING if resting else Standing.BOTH_RESTING if told else Standing.BETWEEN
    assert stand(round_, resting=resting, told=told) is expected


def test_an_open_round_stays_open_in_a_rest() -> None:
    """Who rests is told of their rest, but what they have written or sealed stays in sight."""
    sealed = rules.seal(a_round(), ADA, NOW)
    assert stand(a_round(), resting=True) is Standing.RESTING
    assert stand(a_round(), told=True) is Standing.BOTH_RESTING
    for resting, told in ((True, False), (False, True)):
        assert stand(a_round(), drafted=True, resting=resting, told=told) is Standing.DRAFTED
        assert stand(sealed, drafted=True, resting=resting, told=told) is Standing.SEALED


def test_after_the_reveal_each_is_told_whose_turn_it_is() -> None:
    """Respond first, then hear, then clarify or leave, then respond once more: one thing at a time."""
    round_ = a_revealed_round()
    assert stand(round_) is Standing.TO_RESPOND
    round_ = rules.respond(round_, BEN, LATER)
    assert stand(round_) is Standing.TO_RESPOND, "the other's words wait longer than their answer"
    round_ = rules.respond(round_, ADA, LATER)
    assert stand(round_) is Standing.TO_HEAR
    round_ = rules.hear(round_, ADA, Heard.NOT_YET, LATER)
    assert stand(round_) is Standing.TO_CLARIFY
    round_ = rules.clarify(round_, ADA, LATER)
    assert stand(round_) is Standing.SHOWN
    round_ = rules.clarify(rules.hear(round_, BEN, Heard.PARTLY, LATER), BEN, LATER)
    assert stand(round_) is Standing.TO_RESPOND
    round_ = rules.respond(round_, ADA, LATER)
    assert stand(round_) is Standing.SHOWN
    round_ = rules.respond(round_, BEN, LATER)
    assert stand(round_) is Standing.BETWEEN


def test_a_rest_does_not_hide_what_was_revealed() -> None:
    """Who rests can still respond to words that they have been shown."""
    assert stand(a_revealed_round(), resting=True) is Standing.TO_RESPOND
