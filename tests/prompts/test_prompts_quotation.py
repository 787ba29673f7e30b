"""A partner's words never leave their quotation, whatever they wrote."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_words import make_small_words
from telegram_html import Run, read, visible

from prompts.direction import isolated_name
from prompts.names import as_plain_text, as_words, clean_name, without_controls
from prompts.render import Renderer

SNIPPETS = st.sampled_from(
    [
        "</blockquote>",
        "</tg-spoiler>",
        "<blockquote expandable>",
        "<b>",
        "&",
        "&lt;",
        "&amp;amp;",
        "{{ other }}",
        "{% raw %}",
        "{other}",
        "{#",
        "'\"",
        "\x00",
        "\r\n",
        "\u202e",
        "\ud83d",
        "👩\u200d🚀",
        "שלום",
    ]
)
ANY_WORDS = st.lists(st.text() | SNIPPETS | st.characters(categories=("Cs", "Cc")), min_size=1).map("".join)


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    """Render a message that says a name and quotes some words."""
    small = make_small_words(tmp_path_factory.mktemp("words"))
    small.write(
        "en/messages/quoted.html.j2",
        '{% from "_macros.html.j2" import words as quote %}\n'
        "<b>{{ other }}</b> wrote:\n{{ quote(text, covered) }}\nThat is all.",
    )
    return Renderer(small.root)


def same_to_the_eye(text: str) -> str:
    """Take out what keeps a command from being tapped."""
    return text.replace("\u2060", "").replace("\u2215", "/")


@given(text=ANY_WORDS, name=ANY_WORDS, covered=st.booleans())
@example(text="/\x1fstart", name="", covered=False)
def test_any_words_stay_in_their_quotation(
    renderer: Renderer, text: str, name: str, *, covered: bool
) -> None:
    """Valid for Telegram, the same to the eye, covered when asked for, and nowhere else."""
    message = renderer.message("quoted", other=clean_name(name), text=text, covered=covered)
    message.encode("utf-8")
    around = ("blockquote", "tg-spoiler") if covered else ("blockquote",)
    shown = as_words(without_controls(text))
    assert same_to_the_eye(shown) == same_to_the_eye(without_controls(text))
    runs = [
        Run(("b",), isolated_name(as_plain_text(clean_name(name)), rtl=False)),
        Run((), " wrote:\n"),
        Run(around, shown),
        Run((), "\nThat is all."),
    ]
    assert read(message) == [run for run in runs if run.text]


@given(text=st.text(min_size=1, max_size=400))
def test_only_long_words_are_folded(renderer: Renderer, text: str) -> None:
    """A quotation of more than 280 characters can be opened and closed by its reader."""
    message = renderer.message("quoted", other="B", text=text, covered=False)
    assert ("<blockquote expandable>" in message) is (len(text) > 280)


@given(name=ANY_WORDS)
def test_a_name_is_one_plain_line(name: str) -> None:
    """It can't break a line, turn the writing direction, or hide; cleaning it again changes nothing."""
    clean = clean_name(name)
    assert clean == clean_name(clean) == " ".join(clean.split())
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\x00\x1b")
    clean.encode("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "Ana María",
        "שרה",
        "नेहा",
        "نی\u200cلوفر",
        "👩\u200d🚀",
        "❤️",
        "Eilidh 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "O'Neil & <Söhne>",
        "Ⅷ",
        "李小龍",
        "ᠪᠠᠲᠤ\u180b",
    ],
)
def test_a_name_keeps_all_that_can_be_seen(name: str) -> None:
    """In any script, with the joiners that some are spelled with."""
    assert clean_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *"\u3164\u115f\u1160\uffa0\u2800\u034f\u00ad\u061c\u17b4\u180b\u180e\u200b\u200d\u2062\u2066\u3000",
        *"\ufe0f\ufeff\ufff9\ufffc\U000e0001\U000e0041\U000e007f\U000e0100\U0001bca0\U0001d173",
        "\u3164\u3164 \u2800",
        "\u200d\ufe0f\u200d",
        "\U000e0067\U000e0062",
        " \t\n",
    ],
)
def test_a_name_that_shows_nothing_is_no_name(name: str) -> None:
    """Fillers, joiners, variants and tags of nothing: the caller takes another name."""
    assert clean_name(name) == ""


def test_a_name_is_put_together() -> None:
    """Telegram drops a ring that was typed in pieces; composed it stays."""
    assert clean_name("A\u030asa") == "\u00c5sa"


def test_words_of_control_characters_alone_are_an_empty_quotation(renderer: Renderer) -> None:
    """Nothing is left to be seen, and the message is still whole."""
    message = renderer.message("quoted", other="B", text="\x00\x01", covered=True)
    assert visible(message) == "B wrote:\n\nThat is all."
