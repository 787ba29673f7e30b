"""A draft: part by part, version by version, and only what was quoted goes out."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from two_people import ADA, LATER, NOW

from bot.practice import draft as rules
from bot.practice.draft import MOST_CHARACTERS, MOST_FILES, MOST_PARTS, Draft, Piece, PieceKind
from bot.practice.ids import PieceId, RoundId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot

EMPTY = Draft(RoundId(1), ADA, Slot.REFLECTION)
SECRET = "I felt invisible"  # noqa: S105 (words, not a password)


def piece(number: int, text: str = "words") -> Piece:
    """Make a part that came in a message of this number."""
    return Piece(PieceId(number), PieceKind.TEXT, text, number)


class Writing(RuleBasedStateMachine):
    """One person writes, edits, starts over and seals, in any order, with old and new buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = EMPTY
        self.quoted: dict[int, tuple[Piece, ...]] = {0: ()}
        self.number = 0

    def change(self, changed: Draft) -> None:
        """Take a change; a new version each time that the words are others."""
        assert (changed.version > self.draft.version) == (changed.version not in self.quoted)
        self.quoted[changed.version] = changed.pieces
        self.draft = changed

    @rule(text=st.text(max_size=4))
    def add(self, text: str) -> None:
        """Write another part."""
        self.number += 1
        if len(self.draft.pieces) < MOST_PARTS:
            self.change(rules.add(self.draft, piece(self.number, text)))

    @rule(source=st.integers(1, 6), text=st.text(max_size=4))
    def edit(self, source: int, text: str) -> None:
        """Edit a part, or one that is not there."""
        self.change(rules.edit(self.draft, source, text))

    @rule()
    def start_over(self) -> None:
        """Clear it all."""
        self.change(rules.clear(self.draft))

    @rule(data=st.data())
    def seal(self, data: st.DataObject) -> None:
        """Press a button that stands under some quotation, old or new."""
        version = data.draw(st.sampled_from(sorted(self.quoted)))
        if version == self.draft.version and self.draft.pieces:
            self.draft = rules.commit(self.draft, version, NOW)
            assert self.draft.pieces == self.quoted[version], "exactly the quoted words"
            return
        with pytest.raises(Refusal) as refused:
            rules.commit(self.draft, version, NOW)
        assert refused.value.reason is (Reason.WORDS_CHANGED if self.draft.pieces else Reason.NOTHING_WRITTEN)

    @invariant()
    def a_version_is_one_text_for_ever(self) -> None:
        """No number is given to two different texts."""
        assert self.quoted[self.draft.version] == self.draft.pieces


TestWriting = Writing.TestCase


def test_only_the_quoted_version_can_be_sealed() -> None:
    """A button under an older quotation is refused: the words above it are not what would go out."""
    first = rules.add(EMPTY, piece(1))
    second = rules.add(first, piece(2))
    with pytest.raises(Refusal) as refused:
        rules.commit(second, first.version, NOW)
    assert refused.value.reason is Reason.WORDS_CHANGED
    assert rules.commit(second, second.version, NOW) == replace(second, committed_at=NOW)


def test_nothing_written_is_nothing_to_seal() -> None:
    """Not before the first word, nor after starting over."""
    for draft in (EMPTY, rules.clear(rules.add(EMPTY, piece(1)))):
        with pytest.raises(Refusal) as refused:
            rules.commit(draft, draft.version, NOW)
        assert refused.value.reason is Reason.NOTHING_WRITTEN


def test_a_change_opens_what_was_committed() -> None:
    """Words that differ from the sealed ones are not sealed."""
    sealed = rules.commit(rules.add(EMPTY, piece(1)), 1, NOW)
    for changed in (rules.edit(sealed, 1, "other"), rules.add(sealed, piece(2)), rules.clear(sealed)):
        assert changed.committed_at is None
        assert changed.version > sealed.version


def test_an_edit_that_changes_no_word_changes_nothing() -> None:
    """Telegram also tells of edits that a bot cannot see: the seal and the buttons stay good."""
    sealed = rules.commit(rules.add(EMPTY, piece(1)), 1, NOW)
    assert rules.edit(sealed, 1, "words") == sealed
    assert rules.edit(sealed, 99, "of another message") == sealed


@pytest.mark.parametrize("slot", Slot)
def test_a_draft_has_many_parts(slot: Slot) -> None:
    """A second text is a further part, whatever the draft is for: nothing is written over."""
    draft = replace(EMPTY, slot=slot)
    written = rules.add(rules.add(draft, piece(1)), piece(2))
    assert [p.id for p in written.pieces] == [1, 2]
    assert written.version == 2


def test_a_part_is_found_by_the_message_it_came_in() -> None:
    """So that an edit in Telegram finds what it edits."""
    draft = rules.add(rules.add(EMPTY, piece(5)), piece(6))
    assert draft.find(6) == piece(6)
    assert draft.find(7) is None


def test_a_round_holds_ninety_parts_and_twenty_thousand_characters() -> None:
    """Of the parts twenty may be recordings; one more of any is refused, by adding and by editing."""
    assert (MOST_PARTS, MOST_FILES, MOST_CHARACTERS) == (90, 20, 20_000)
    full = loud = EMPTY
    for number in range(MOST_PARTS):
        full = rules.add(full, piece(number))
    for number in range(MOST_FILES):
        loud = rules.add(loud, replace(piece(number), kind=PieceKind.VOICE))
    assert rules.add(loud, piece(98)).parts
    long = rules.add(EMPTY, piece(1, "x" * MOST_CHARACTERS))
    refusals: list[Callable[[], object]] = [
        lambda: rules.add(full, piece(99)),
        lambda: rules.add(loud, replace(piece(99), kind=PieceKind.PHOTO)),
        lambda: rules.add(long, piece(2, "x")),
        lambda: rules.edit(rules.add(long, piece(2, "")), 2, "x"),
        lambda: rules.add(EMPTY, piece(1, "x" * (MOST_CHARACTERS + 1))),
    ]
    for too_much in refusals:
        with pytest.raises(Refusal) as refused:
            too_much()
        assert refused.value.reason is Reason.TOO_MUCH


@given(st.sampled_from(PieceKind))
def test_what_is_shown_of_a_draft_in_a_traceback_is_no_word_of_it(kind: PieceKind) -> None:
    """The answers stand in no log: neither a part nor a draft shows words, captions or files."""
    written = Piece(PieceId(1), kind, SECRET, 1, SECRET)
    draft = rules.commit(rules.add(EMPTY, written), 1, LATER)
    for shown in (repr(written), str(written), repr(draft), str(draft), f"{draft}"):
        assert "invisible" not in shown
