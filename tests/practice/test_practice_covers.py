"""What an author has covered: it is found again whatever is done to the words, and nothing else is covered."""

from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.practice import covers
from prompts import covering
from prompts.names import as_words

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=(covers.OPEN, covers.SHUT)))


@st.composite
def covered(draw: st.DrawFn) -> tuple[str, covers.Ranges]:
    """Draw a text and ranges of it: in order, apart, none empty."""
    text = draw(WORDS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)))))
    return text, tuple(zip(cuts[::2], cuts[1::2], strict=False))


def test_both_rooms_mark_alike() -> None:
    """The words' room knows the rules' marks, which it may not import."""
    assert (covering.OPEN, covering.SHUT) == (covers.OPEN, covers.SHUT)


@given(covered())
def test_marks_come_off_as_they_went_on(drawn: tuple[str, covers.Ranges]) -> None:
    """And ranges are read as they were written."""
    text, ranges = drawn
    assert covers.unmarked(covers.marked(text, ranges)) == (text, ranges)
    assert covers.read(covers.written(ranges)) == ranges


@given(covered(), st.data())
def test_a_part_of_a_text_is_covered_as_the_whole_is(
    drawn: tuple[str, covers.Ranges], data: st.DataObject
) -> None:
    """Wherever long words are cut: joined, the parts cover what the whole does."""
    text, ranges = drawn
    cut = data.draw(st.integers(0, len(text)))
    parts = covers.marked(text, ranges, 0, cut) + covers.marked(text, ranges, cut)
    assert covers.unmarked(parts) == (text, ranges)


@given(covered())
@example(("go /pause now", ((3, 6),)))
@example(("a/b /c\u2060/d", ((1, 8),)))
def test_a_message_covers_just_that(drawn: tuple[str, covers.Ranges]) -> None:
    """And makes no command, also where a cover begins in the middle of one."""
    text, ranges = drawn
    shown = covering.as_covered(covers.marked(text, ranges))
    bare = shown.replace(Markup("<tg-spoiler>"), "").replace(Markup("</tg-spoiler>"), "")
    assert unescape(str(bare)) == as_words(text) == as_words(as_words(text))
    hidden = [part.partition("</tg-spoiler>")[0] for part in str(shown).split("<tg-spoiler>")[1:]]
    plain = [unescape(part).replace("\u2060", "").replace("\u2215", "/") for part in hidden]
    assert plain == [text[start:end].replace("\u2060", "").replace("\u2215", "/") for start, end in ranges]
