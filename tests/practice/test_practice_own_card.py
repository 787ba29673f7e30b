"""A card of one's own: what can be one, how often, and who may read it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, EVE, NOW, a_round

from bot.practice import own_card, reveal
from bot.practice.refusals import Reason, Refusal


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.CARD_EMPTY),
        ("  \n ", Reason.CARD_EMPTY),
        ("\u200b?!…", Reason.CARD_EMPTY),
        ("word " * 61, Reason.CARD_LONG),
        ("Look at https://example.org/a", Reason.CARD_LINK),
        ("Look at www.example.xyz", Reason.CARD_LINK),
        ("Shall we read example.com?", Reason.CARD_LINK),
        ("Join t.me/somewhere", Reason.CARD_LINK),
        ("See tg://resolve?domain=x", Reason.CARD_LINK),
    ],
)
def test_what_can_be_no_card_is_refused(text: str, reason: Reason) -> None:
    """Empty, enormous or with a link."""
    with pytest.raises(Refusal) as refused:
        own_card.check(text)
    assert refused.value.reason is reason


def test_what_telegram_marks_as_a_way_out_is_refused() -> None:
    """Whatever it looks like: an ending that we don't know, words with an address under them."""
    with pytest.raises(Refusal) as refused:
        own_card.check("Shall we read this tonight?", leads_out=True)
    assert refused.value.reason is Reason.CARD_LINK


@pytest.mark.parametrize(
    "text",
    [
        "What made you laugh this spring?",
        " Tea or coffee, e.g. on a Sunday... and why? ",
        "Where would you go at 7.30 on a free day?",
        "Was hat dich heute gefreut?Sag es mir.",
        "最近、うれしかったことは\uff1f",
    ],
)
def test_a_question_in_ones_own_words_is_a_card(text: str) -> None:
    """In any language, with dots and numbers; the blanks around it go."""
    assert own_card.check(text) == text.strip()


@given(st.text(max_size=400))
def test_any_text_is_taken_whole_or_refused(text: str) -> None:
    """Nothing is cut off or changed."""
    try:
        taken = own_card.check(text)
    except Refusal as refusal:
        taken = ""
        assert refusal.reason.value.startswith("card_")  # noqa: PT017 (which of them is told above)
    assert taken in ("", text.strip())
    assert len(taken) <= own_card.LONGEST


@given(st.timedeltas(timedelta(0), timedelta(days=20)))
def test_one_a_week(since: timedelta) -> None:
    """Refused within seven days of the last, and never the first."""
    own_card.check_due(None, NOW)
    if since >= own_card.EVERY:
        own_card.check_due(NOW - since, NOW)
        return
    with pytest.raises(Refusal) as refused:
        own_card.check_due(NOW - since, NOW)
    assert refused.value.reason is Reason.CARD_LATELY


def test_only_the_two_read_it_and_only_its_author_after_the_end() -> None:
    """A stranger never; the other while the couple lasts."""
    round_ = a_round()
    may = {
        (reader, parted): reveal.may_read_card(reader, ADA, round_, parted=parted)
        for reader in (ADA, BEN, EVE)
        for parted in (False, True)
    }
    assert {who for who, allowed in may.items() if allowed} == {(ADA, False), (ADA, True), (BEN, False)}
    assert not reveal.may_read_card(BEN, EVE, round_, parted=False)
