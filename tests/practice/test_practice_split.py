"""Long words are split as a reader would: nothing lost, nothing torn, and at once."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_cluster_boundaries

from bot.actions.split import _SIGN, LONGEST, ranges, units

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAG = "\U0001f1eb\U0001f1f7"
KSHA = "\u0915\u094d\u0937\u093f"
HOSTILE = {
    "letters": "a",
    "sentences": "This is a sentence of words. ",
    "words": "word and ",
    "families": FAMILY,
    "flags": FLAG,
    "line feeds": "\n",
    "spaces": " ",
    "full stops": ".",
    "full stops and spaces": ". ",
    "brackets": ".)",
    "accents": "\u0301",
    "joiners": "\u200d",
    "family without end": "\U0001f468\u200d",
    "linkers": "\u0915\u094d",
    "linkers alone": "\u094d",
    "prepended": "\u0600",
    "hangul": "\u1100",
    "ideographs": "\u6f22",
    "quotes": "\u3002\u300d",
    "right to left": "\u05d0\u05d1 \u0627\u0644\u061f ",
}

# Characters of every kind that clusters are made of. Left out is an Indic linker without a consonant before
# it, and what newer editions of Unicode see otherwise: there the segmenters differ, and nothing is torn.
SIGNS = [
    *"ab .!?\"')\r\n\t",
    *"\u0301\u0308\u200d\u200c\u0600\u0903\u0915\u0937\u1100\u1161\u11a8\uac00\uac01",
    *"\U0001f468\U0001f467\U0001f3fd\U0001f1eb\U0001f1f7\u00a9\ufe0f\u20e3\u05d0\u0627\u0e01\u0e33\u3042\u6f22\u3002\u2028\ufeff\u202e",
    FAMILY,
    FLAG,
    KSHA,
    "e\u0301",
]
SEEN_OTHERWISE = "\u1b44\u1cf5\u1cf6\u266f\ua9c0\U00011a3a"
any_sign = st.characters(exclude_categories=["Cs", "So", "Mn", "Cn"], exclude_characters=SEEN_OTHERWISE)
texts = st.lists(st.sampled_from(SIGNS) | any_sign, max_size=60).map("".join)
limits = st.integers(2, 40)


def utf16(text: str) -> int:
    """Count UTF-16 units as an encoder does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str, longest: int) -> list[str]:
    """Cut a text at its ranges."""
    return [text[start:end] for start, end in ranges(text, longest)]


def cuts(text: str, longest: int) -> list[int]:
    """List the places where a text is cut."""
    return [end for _, end in ranges(text, longest)][:-1]


@given(st.text() | texts)
@example("\uffff\U00010000\U0010ffff")
def test_units_are_counted_as_telegram_counts(text: str) -> None:
    """A character above the first plane is two, any other is one."""
    assert units(text) == utf16(text)


@given(texts, limits)
def test_parts_joined_are_the_text(text: str, longest: int) -> None:
    """Ranges are adjacent, none is empty, and together they cover every character."""
    found = ranges(text, longest)
    assert "".join(text[start:end] for start, end in found) == text
    assert (found[0][0], found[-1][1]) == (0, len(text))
    assert all(earlier[1] == later[0] for earlier, later in pairwise(found))
    assert all(start < end for start, end in found) or not text


@given(texts, limits)
def test_no_part_is_longer_than_the_limit(text: str, longest: int) -> None:
    """In UTF-16 units, however the text is made."""
    assert all(utf16(part) <= longest for part in parts(text, longest))


@given(texts, limits)
def test_what_fits_stays_whole(text: str, longest: int) -> None:
    """A text up to the limit is one range."""
    if utf16(text) <= longest:
        assert ranges(text, longest) == [(0, len(text))]


@given(texts, limits)
def test_there_are_no_more_parts_than_needed(text: str, longest: int) -> None:
    """No part could take in the whole of the next one."""
    assert all(utf16(one) + utf16(next_) > longest for one, next_ in pairwise(parts(text, longest)))


@given(texts, limits)
def test_no_sign_is_torn(text: str, longest: int) -> None:
    """A grapheme cluster, as another segmenter finds it, is cut only where it alone is too long."""
    whole = list(grapheme_cluster_boundaries(text))
    for cut in cuts(text, longest):
        if cut not in whole:
            start = max(edge for edge in whole if edge < cut)
            end = min(edge for edge in whole if edge > cut)
            assert utf16(text[start:end]) > longest


@given(texts)
@example(FAMILY + FLAG * 2 + KSHA + "\u0600a\u0301\r\n\u0600\n")
def test_signs_are_what_unicode_says(text: str) -> None:
    """The expression finds the clusters that another segmenter finds rule by rule."""
    assert [match.end() for match in _SIGN.finditer(text)] == list(grapheme_cluster_boundaries(text))[1:]


def sentence_ends(text: str) -> list[int]:
    """Find the ends of sentences in plain words, by walking back from each place."""
    found = []
    for end in range(1, len(text)):
        spoken = text[:end].rstrip()
        space = text[len(spoken) : end]
        inside = text[end].isspace() or not space
        stopped = spoken.rstrip("\"')").endswith((".", "!", "?"))
        if not inside and (stopped or "\n" in space):
            found.append(end)
    return found


plain = st.lists(st.sampled_from(["a", "bc", " ", " ", ".", "!", '."', ".) ", "\n", " \n "]), max_size=60)


@given(plain.map("".join), limits)
def test_a_cut_is_after_a_sentence_unless_one_alone_is_too_long(text: str, longest: int) -> None:
    """A sentence is cut only where it does not fit a message of its own."""
    edges = [0, *sentence_ends(text), len(text)]
    for cut in cuts(text, longest):
        if cut not in edges:
            start = max(edge for edge in edges if edge < cut)
            end = min(edge for edge in edges if edge > cut)
            assert utf16(text[start:end]) > longest, (parts(text, longest), text[start:end])


@given(plain.map("".join), limits)
def test_a_cut_is_after_a_word_unless_one_alone_is_too_long(text: str, longest: int) -> None:
    """Between two letters there is a cut only inside a word that does not fit a message of its own."""
    for cut in cuts(text, longest):
        before, after = text[:cut], text[cut:]
        if not before[-1].isspace() and not after[0].isspace():
            word = before.split()[-1] + after.split()[0]
            trailing = len(after) - len(after[len(after.split()[0]) :].lstrip())
            room = utf16(word) + trailing - len(after.split()[0])
            assert room > longest, parts(text, longest)


@pytest.mark.parametrize("sign", ["\uffff", "\U00010000", "a"])
def test_the_last_sign_that_fits_is_taken(sign: str) -> None:
    """A part is filled to the last unit, by characters of one unit and of two."""
    width = utf16(sign)
    assert ranges(sign * 9, width * 4) == [(0, 4), (4, 8), (8, 9)]


def test_sentences_stay_together_in_a_long_text() -> None:
    """An evening's worth of sentences is cut between two of them, each part nearly full."""
    sentence = "When the meeting ran over I laughed it off, but I felt invisible (\u201cagain!\u201d). "
    found = parts(sentence * 200, LONGEST)
    assert all(part.startswith("When") and part.endswith("). ") for part in found)
    assert all(utf16(part) > LONGEST - 200 for part in found[:-1])


@pytest.mark.parametrize(
    "sentence",
    [
        "\u6211\u5f88\u597d\u3002",
        "\u0645\u0631\u062d\u0628\u0627\u061f ",
        "\u0928\u092e\u0938\u094d\u0924\u0947\u0964 ",
    ],
)
def test_other_scripts_end_their_sentences_too(sentence: str) -> None:
    """Chinese, Arabic and Hindi are cut after their own full stops."""
    assert all(part.endswith(sentence) for part in parts(sentence * 2_000, LONGEST))


def test_a_text_without_spaces_is_cut_between_signs() -> None:
    """Families of emoji stay families to the last one."""
    assert all(len(part) % len(FAMILY) == 0 for part in parts(FAMILY * 1_000, LONGEST))


def test_one_letter_with_four_thousand_accents_is_cut_all_the_same() -> None:
    """A sign that no message can hold goes out in parts rather than not at all."""
    text = "a" + "\u0301" * 4_000
    assert [len(part) for part in parts(text, LONGEST)] == [LONGEST, 501]


@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE)
def test_twenty_thousand_characters_of_anything_are_split_at_once(pattern: str) -> None:
    """The work grows with the text and no faster: no row of spaces or accents holds up everybody else."""
    text = (pattern * 20_000)[:20_000]
    began = time.process_time()
    found = parts("a" + text, LONGEST)
    assert time.process_time() - began < 1
    assert "".join(found) == "a" + text
    assert all(utf16(part) <= LONGEST for part in found)
