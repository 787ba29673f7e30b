"""Sentences: where each stands in what somebody wrote, in any script and however it is punctuated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.highlight import sentences


def _read(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I slept. You stayed!  Thank you?", ["I slept.", "You stayed!", "Thank you?"]),
        ("no full stop at all", ["no full stop at all"]),
        ("One line\n\n another line ", ["One line", "another line"]),
        ("Small things, e.g. tea, help. So do you.", ["Small things, e.g. tea, help.", "So do you."]),
        ("It was J. K. who rang. I laughed.", ["It was J. K. who rang.", "I laughed."]),
        ("Wait ... then you came. Yes.", ["Wait ... then you came.", "Yes."]),
        ("He said “stay.” I stayed.", ["He said “stay.”", "I stayed."]),
        ("It cost 3.50 and I was glad.", ["It cost 3.50 and I was glad."]),
        ("今日は雨。傘をありがとう。", ["今日は雨。", "傘をありがとう。"]),
        ("क्या तुम आए? मैं खुश हूँ।", ["क्या तुम आए?", "मैं खुश हूँ।"]),
        ("هل أنت هنا؟ نعم.", ["هل أنت هنا؟", "نعم."]),
        ("!!! ... ?", []),
        ("", []),
    ],
)
def test_a_sentence_is_what_a_reader_would_call_one(text: str, parts: list[str]) -> None:
    """Abbreviations, initials, quotations, other scripts, lines without an end, and what is none."""
    assert _read(text) == parts


@given(st.text(st.sampled_from("aB1 .!?。\n\"'”…😀\u0301"), max_size=60) | st.text(max_size=60))
def test_sentences_leave_no_word_out_and_share_none(text: str) -> None:
    """They stand in order, bare of blanks; what stands between two of them has no letter and no digit."""
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not any(c.isalnum() for c in text[at:start])
        at = end
    assert not any(c.isalnum() for c in text[at:])
