"""The one rule of the seal, asked in every way there is."""

from dataclasses import replace
from itertools import product

import pytest
from two_people import ADA, BEN, BOTH, EVE, NOW, a_couple, a_partner, a_round, in_state

from bot.practice import round as rules
from bot.practice.ids import PartnerId
from bot.practice.reveal import may_keep, may_read
from bot.practice.round import Round, RoundState, Slot, Turn

SEALS = [*product((None, NOW), repeat=2)]


def readable(
    reader: PartnerId, author: PartnerId, round_: Round, slot: Slot, facts: tuple[bool, bool]
) -> bool:
    """Say it as the practice page does: one's own always; the other's once opened, while the couple lasts."""
    committed, parted = facts
    if {reader, author} - set(BOTH):
        return False
    if reader == author:
        return True
    opened = round_.state.value in ("revealed", "complete")
    sealed_by_both = round_.turns[0].sealed_at is not None and round_.turns[1].sealed_at is not None
    of_the_reveal = sealed_by_both if slot.value == "reflection" else True
    return opened and of_the_reveal and committed and not parted


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("slot", Slot)
def test_may_read_says_what_the_practice_says_in_all_cases(state: RoundState, slot: Slot) -> None:
    """Every reader, author, pair of seals, commitment and parting, in each state, for each slot."""
    people = (ADA, BEN, EVE)
    asked = 0
    for (one, other), reader, author in product(SEALS, people, people):
        round_ = replace(a_round(), state=state, turns=(Turn(ADA, one), Turn(BEN, other)))
        for committed, parted in product((False, True), repeat=2):
            expected = readable(reader, author, round_, slot, (committed, parted))
            said = may_read(reader, author, round_, slot, committed=committed, parted=parted)
            assert said == expected, (reader, author, round_, committed, parted)
            asked += 1
    assert asked == 4 * 9 * 4


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.WAITING, RoundState.LAPSED, RoundState.CLOSED])
@pytest.mark.parametrize("slot", Slot)
def test_nothing_is_read_of_a_round_without_a_reveal(state: RoundState, slot: Slot) -> None:
    """Not while it is open, not when it lapsed, not when the couple parted before: whatever was committed."""
    for reader, author in ((ADA, BEN), (BEN, ADA)):
        assert not may_read(reader, author, in_state(state), slot, committed=True, parted=False)


def test_an_ex_reads_nothing_of_the_others_and_each_keeps_their_own() -> None:
    """From the parting on, all that was revealed is closed to the other."""
    shown = in_state(RoundState.REVEALED)
    for round_ in (shown, rules.next_opens(shown, NOW), rules.part(shown, NOW)):
        for slot in Slot:
            assert not may_read(ADA, BEN, round_, slot, committed=True, parted=True)
            assert may_read(BEN, BEN, round_, slot, committed=True, parted=True)


def test_a_draft_of_a_response_is_its_authors_alone() -> None:
    """What is written after the reveal is read once it has been sent by its own button."""
    shown = in_state(RoundState.REVEALED)
    for slot in (Slot.RESPONSE, Slot.CLARIFICATION, Slot.SECOND_RESPONSE):
        assert not may_read(ADA, BEN, shown, slot, committed=False, parted=False)
        assert may_read(ADA, BEN, shown, slot, committed=True, parted=False)


def test_a_keepsake_holds_the_others_words_by_their_own_yes_alone() -> None:
    """The yes of the one who takes along says nothing; protection is stronger than a yes."""
    for protect, keepable in product((False, True), ((), (ADA,), (BEN,), BOTH)):
        ben, couple = (
            replace(a_partner(BEN), protect=protect),
            replace(a_couple(), keepable=frozenset(keepable)),
        )
        assert may_keep(ben, couple) is (BEN in keepable and not protect)
