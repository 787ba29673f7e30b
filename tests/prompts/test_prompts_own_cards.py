"""Cards that people might write for two: which of them are offered to be softened."""

from __future__ import annotations

from pathlib import Path

from bot.content import Content
from prompts.deck import load_library
from prompts.source import FALLBACK, ROOT
from prompts.style import load_style

TEXTS = Path(__file__).with_name("own_cards.tsv")


def _texts(kind: str) -> list[str]:
    rows = [line.split("\t") for line in TEXTS.read_text("utf-8").splitlines() if line[0] != "#"]
    return [text for use, has, text in rows if use == "tune" and has == kind]


def _offered(content: Content, texts: list[str]) -> float:
    return sum(content.blames(text, "en") for text in texts) / len(texts)


def test_most_of_what_holds_the_other_to_account_is_offered_to_be_softened(content: Content) -> None:
    """Of the texts that the wordings were made with; of what they have never met it is far less."""
    texts = _texts("hard")
    assert len(texts) > 100
    assert _offered(content, texts) > 0.97


def test_hardly_any_kind_card_is(content: Content) -> None:
    """A question that one can answer either way is let be."""
    texts = _texts("kind")
    assert len(texts) > 100
    assert _offered(content, texts) < 0.04


def test_none_of_our_own_would_be_by_the_style_alone() -> None:
    """What the library asks is no account, no test and no demand."""
    style, library = load_style(ROOT / FALLBACK, ROOT, []), load_library()
    texts = {
        text
        for prompt in library.prompts.values()
        for text in (*prompt.sides, *prompt.plain_sides, prompt.single)
        if text
    }
    assert len(texts) > 1_000
    assert {text for text in texts if style.blames(text)} == set()
