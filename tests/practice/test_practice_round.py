"""The table of a round, step by step, and what its acts keep."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import permutations, product

import pytest
from two_people import ADA, BEN, BOTH, EVE, LATER, NOW, a_complete_round, a_revealed_round, a_round, in_state

from bot.practice import round as rules
from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round, RoundState, Slot, Step, Turn
from bot.practice.thread import Heard, ThreadState

# The design's sentence on a round, once more: what is not here is refused.
LAW = """
open      seal           waiting
waiting   take_back      open
waiting   seal_last      revealed
revealed  close_threads  complete
revealed  next_opens     complete
open      next_opens     open
waiting   next_opens     waiting
open      time_runs_out  lapsed
waiting   time_runs_out  lapsed
open      part           closed
waiting   part           closed
revealed  part           closed
"""
ALLOWED = {(state, step): after for state, step, after in (line.split() for line in LAW.split("\n") if line)}

INSTANT = timedelta(microseconds=1)
Acting = Callable[[Round, PartnerId], Round]
ACTS: dict[str, Acting] = {
    "write": rules.write,
    "decline": rules.decline,
    "seal": lambda round_, who: rules.seal(round_, who, LATER),
    "take back": rules.take_back,
    "respond": lambda round_, who: rules.respond(round_, who, LATER),
    "hear": lambda round_, who: rules.hear(round_, who, Heard.YES, LATER),
    "clarify": lambda round_, who: rules.clarify(round_, who, LATER),
    "leave": lambda round_, who: rules.leave_there(round_, who, LATER),
}
EVERY_STATE = [*map(in_state, RoundState), a_complete_round()]


def refusal(act: Callable[[], object]) -> Reason:
    """Do what must be refused, and tell why it was."""
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.reason


@pytest.mark.parametrize(("state", "step"), [*product(RoundState, Step)])
def test_every_step_from_every_state_is_the_tables(state: RoundState, step: Step) -> None:
    """Each pair of state and step leads where the law says, or is one named refusal."""
    round_ = in_state(state)
    if (state, step) in ALLOWED:
        assert rules._step(round_, step) == ALLOWED[state, step]
    else:
        assert refusal(lambda: rules._step(round_, step)) is Reason.ROUND_OVER


def test_the_table_holds_nothing_else() -> None:
    """The law of the file and the law of the design are the same."""
    assert rules.TRANSITIONS == ALLOWED


@pytest.mark.parametrize("state", RoundState)
def test_the_next_opening_ends_the_day_of_what_is_live(state: RoundState) -> None:
    """Revealed becomes complete, anything before stays open for two weeks, and what is over refuses."""
    round_ = in_state(state)
    if state not in rules.LIVE:
        assert refusal(lambda: rules.next_opens(round_, LATER)) is Reason.ROUND_OVER
        return
    after = rules.next_opens(round_, LATER)
    if state is RoundState.REVEALED:
        assert after == replace(round_, state=RoundState.COMPLETE, ended_at=LATER)
    else:
        assert after == replace(round_, closes_at=LATER + timedelta(days=14))
        assert after.late
        assert rules.next_opens(after, LATER + timedelta(days=1)) == after


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize(
    "passed", [timedelta(0), timedelta(days=14) - INSTANT, timedelta(days=14), timedelta(days=99)]
)
def test_a_round_that_stayed_open_lapses_after_two_weeks_to_the_instant(
    state: RoundState, passed: timedelta
) -> None:
    """Whenever that is noted, and only where it was not revealed by then; while its day lasts it never does."""
    round_ = in_state(state)
    assert rules.as_of(round_, LATER + timedelta(days=99)) == round_
    if state not in rules.WRITABLE:
        return
    late = rules.next_opens(round_, LATER)
    over = LATER + timedelta(days=14)
    lapsed = replace(late, state=RoundState.LAPSED, ended_at=over)
    assert rules.as_of(late, LATER + passed) == (lapsed if LATER + passed >= over else late)


@pytest.mark.parametrize("first", BOTH)
def test_a_late_second_seal_is_the_reveal(first: PartnerId) -> None:
    """A round that stayed open is written, sealed, taken back and revealed as on its day."""
    second = ADA if first == BEN else BEN
    late = rules.next_opens(rules.seal(a_round(), first, NOW), LATER)
    for round_ in (late, rules.seal(rules.take_back(late, first), first, LATER)):
        revealed = rules.seal(rules.write(round_, second), second, LATER)
        assert (revealed.state, revealed.revealed_at, revealed.late) == ("revealed", LATER, False)
        assert rules.as_of(revealed, LATER + timedelta(days=99)) == revealed
        assert rules.next_opens(revealed, LATER).state == "complete"


def test_words_kept_to_oneself_are_a_draft_again_and_can_still_be_sealed() -> None:
    """The seal is open, as by "not today"; nothing is lost of the two weeks."""
    late = rules.next_opens(rules.seal(a_round(), ADA, NOW), LATER)
    kept = rules.keep_to_oneself(late, ADA)
    assert (kept.state, kept.turn(ADA), kept.closes_at) == ("open", Turn(ADA, declined=True), late.closes_at)
    assert rules.seal(kept, ADA, LATER).turn(ADA) == Turn(ADA, LATER)
    assert refusal(lambda: rules.keep_to_oneself(kept, ADA)) is Reason.NOT_SEALED


@pytest.mark.parametrize("state", RoundState)
def test_parting_closes_what_is_live(state: RoundState) -> None:
    """An open, waiting or revealed round closes; what is over stays as it ended."""
    round_ = in_state(state)
    if state not in rules.LIVE:
        assert refusal(lambda: rules.part(round_, LATER)) is Reason.ROUND_OVER
        return
    assert (rules.part(round_, LATER).state, rules.part(round_, LATER).ended_at) == ("closed", LATER)


@pytest.mark.parametrize("round_", EVERY_STATE, ids=lambda round_: round_.state.value)
@pytest.mark.parametrize("act", [*ACTS.values()], ids=ACTS)
def test_a_stranger_is_refused_whatever_they_try(round_: Round, act: Acting) -> None:
    """Nobody but the two of them acts in a round, in any state."""
    assert refusal(lambda: act(round_, EVE)) is Reason.NOT_YOURS
    assert refusal(lambda: rules.response_slot(round_, EVE)) is Reason.NOT_YOURS
    assert refusal(lambda: rules.check_clarifiable(round_, EVE)) is Reason.NOT_YOURS
    assert refusal(lambda: rules.check_writable(round_, EVE)) is Reason.NOT_YOURS
    assert refusal(lambda: round_.side(EVE)) is Reason.NOT_YOURS


BEFORE, OVER = Reason.NOT_REVEALED, Reason.ROUND_OVER
# What each act of Ada, who alone has sealed where only one has, is answered with.
ANSWERS = {
    #            write, decline, seal           take back           respond, hear, clarify, leave
    "open": (None, None, None, Reason.NOT_SEALED, BEFORE, BEFORE, BEFORE, BEFORE),
    "waiting": (*[Reason.ALREADY_SEALED] * 3, None, BEFORE, BEFORE, BEFORE, BEFORE),
    "revealed": (*[Reason.TOO_LATE] * 4, None, *[Reason.NOT_ANSWERED] * 3),
    "complete": (*[Reason.TOO_LATE] * 4, None, *[Reason.NOT_ANSWERED] * 3),
    "lapsed": (*[OVER] * 4, OVER, OVER, OVER, OVER),
    "closed": (*[OVER] * 4, OVER, OVER, OVER, OVER),
}


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("name", ACTS)
def test_every_act_in_every_state_has_one_answer(state: RoundState, name: str) -> None:
    """A partner's act is done, or refused with the one reason that fits."""
    round_ = in_state(state)
    expected = ANSWERS[state.value][list(ACTS).index(name)]
    if expected is None:
        assert ACTS[name](round_, ADA) != round_ or name == "write"
    else:
        assert refusal(lambda: ACTS[name](round_, ADA)) is expected


@pytest.mark.parametrize("first", BOTH)
def test_two_seals_at_once_are_the_reveal_in_either_order(first: PartnerId) -> None:
    """Whichever of two seals is decided first, the other is the reveal: there is no order that waits."""
    second = ADA if first == BEN else BEN
    waiting = rules.seal(a_round(), first, NOW)
    revealed = rules.seal(waiting, second, NOW)
    assert (waiting.state, revealed.state) == ("waiting", "revealed")
    assert revealed.revealed_at == NOW


def test_two_seals_on_one_view_of_the_round_never_make_a_reveal_by_themselves() -> None:
    """Two decisions on the same open round are both a first seal: storage must decide one after the other."""
    seen_by_both = a_round()
    one, other = rules.seal(seen_by_both, ADA, NOW), rules.seal(seen_by_both, BEN, NOW)
    assert (one.state, other.state) == ("waiting", "waiting")
    assert rules.seal(one, BEN, NOW).state == rules.seal(other, ADA, NOW).state == "revealed"


def test_a_second_seal_of_one_person_is_refused() -> None:
    """Nobody counts as two people: the round goes on waiting for the other."""
    waiting = rules.seal(a_round(), ADA, NOW)
    assert refusal(lambda: rules.seal(waiting, ADA, LATER)) is Reason.ALREADY_SEALED
    again = rules.seal(rules.take_back(waiting, ADA), ADA, LATER)
    assert (again.state, again.revealed_at) == ("waiting", None)
    assert [turn.sealed for turn in again.turns] == [True, False]


def test_a_seal_that_was_taken_back_does_not_count() -> None:
    """The other's seal after it is a first one again."""
    taken_back = rules.take_back(rules.seal(a_round(), ADA, NOW), ADA)
    assert taken_back == a_round()
    assert rules.seal(taken_back, BEN, LATER).state == "waiting"


def test_not_today_leaves_the_door_open() -> None:
    """Declining is undone by the first word, and by a seal; it never moves the round."""
    declined = rules.decline(a_round(), BEN)
    assert (declined.state, declined.turn(BEN).declined) == ("open", True)
    assert rules.write(declined, BEN) == a_round()
    assert not rules.seal(declined, BEN, NOW).turn(BEN).declined


def test_a_round_with_both_threads_closed_is_complete() -> None:
    """The second thread to close ends the round, at that moment."""
    found = a_complete_round()
    assert (found.state, found.ended_at) == ("complete", LATER)
    assert [turn.heard for turn in found.turns] == [Heard.YES, Heard.YES]


def test_a_late_word_on_a_complete_round_is_taken_and_ends_nothing_twice() -> None:
    """A response after the next opening moves its thread; the round's end stays when it was."""
    complete = rules.next_opens(a_revealed_round(), NOW)
    late = rules.hear(rules.respond(complete, BEN, LATER), ADA, Heard.PARTLY, LATER)
    assert (late.state, late.ended_at) == ("complete", NOW)
    assert late.turn(ADA).thread is ThreadState.UNHEARD
    closed = rules.leave_there(late, ADA, LATER)
    for act in (rules.respond, lambda r, who, now: rules.hear(r, who, Heard.YES, now)):
        closed = act(closed, ADA if act is rules.respond else BEN, LATER)
    assert (closed.state, closed.ended_at) == ("complete", NOW)


def test_the_authors_word_stays_when_they_add_to_it() -> None:
    """A clarification and a second response keep the "not yet" that asked for them."""
    found = rules.hear(rules.respond(a_revealed_round(), BEN, LATER), ADA, Heard.NOT_YET, LATER)
    found = rules.respond(rules.clarify(found, ADA, LATER), BEN, LATER)
    assert found.turn(ADA) == Turn(ADA, NOW, thread=ThreadState.ANSWERED_AGAIN, heard=Heard.NOT_YET)
    assert found.turn(BEN) == Turn(BEN, NOW)


def test_a_response_has_its_slot_and_a_second_one_another() -> None:
    """The words after a clarification never take the place of those before."""
    revealed = a_revealed_round()
    assert rules.response_slot(revealed, BEN) is Slot.RESPONSE
    answered = rules.respond(revealed, BEN, LATER)
    assert refusal(lambda: rules.response_slot(answered, BEN)) is Reason.ALREADY_ANSWERED
    assert refusal(lambda: rules.check_clarifiable(answered, ADA)) is Reason.ALREADY_SAID
    unheard = rules.hear(answered, ADA, Heard.PARTLY, LATER)
    rules.check_clarifiable(unheard, ADA)
    clarified = rules.clarify(unheard, ADA, LATER)
    assert rules.response_slot(clarified, BEN) is Slot.SECOND_RESPONSE
    assert refusal(lambda: rules.response_slot(a_round(), BEN)) is Reason.NOT_REVEALED


def test_a_word_on_ones_own_response_is_not_ones_own_to_say() -> None:
    """Who has responded cannot say for the author that they feel heard."""
    answered = rules.respond(a_revealed_round(), BEN, LATER)
    assert refusal(lambda: rules.hear(answered, BEN, Heard.YES, LATER)) is Reason.NOT_ANSWERED


@pytest.mark.parametrize("swapped", [False, True])
def test_the_two_sides_of_a_prompt_are_never_the_same(swapped: bool) -> None:  # noqa: FBT001 (parametrized)
    """One has the first side and one the second; swapping turns them about."""
    round_ = replace(a_round(), swapped=swapped)
    assert [round_.side(ADA), round_.side(BEN)] == ([1, 0] if swapped else [0, 1])
    sealed = rules.seal(round_, BEN, NOW)
    assert [sealed.side(ADA), sealed.side(BEN)] == [round_.side(ADA), round_.side(BEN)]


@pytest.mark.parametrize(("one", "other"), [*permutations(BOTH)])
def test_each_has_a_turn_and_the_others(one: PartnerId, other: PartnerId) -> None:
    """A partner finds their own turn, the other's, and can change their own alone."""
    round_ = a_round()
    assert (round_.turn(one).partner, round_.other(one).partner) == (one, other)
    changed = round_.with_turn(replace(round_.turn(one), declined=True))
    assert changed.other(one) == round_.other(one)
    assert changed.turn(one).declined


@pytest.mark.parametrize("round_", EVERY_STATE)
@pytest.mark.parametrize("states", [*product(ThreadState, repeat=2)])
def test_what_is_open_to_write_is_what_can_be_sent(
    round_: Round, states: tuple[ThreadState, ThreadState]
) -> None:
    """In every round and with every pair of threads: neither a slot too many nor one too few."""
    first, second = (replace(turn, thread=state) for turn, state in zip(round_.turns, states, strict=True))
    found = replace(round_, turns=(first, second))
    sendable: list[Slot] = []
    with suppress(Refusal):
        sendable.append(rules.response_slot(found, ADA))
    with suppress(Refusal):
        rules.check_clarifiable(found, ADA)
        sendable.append(Slot.CLARIFICATION)
    assert rules.open_slots(found, ADA) == tuple(sendable)
