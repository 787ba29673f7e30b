"""The page of a month or a year: valid, alone, readable, and without a number of anybody's acts."""

import re
from html import unescape

import pytest

from prompts.looked_back import SHELL, KeptSentence, LookedBack, PageMonth, render
from prompts.source import ROOT
from prompts.tongue import load_tongues

SENTENCES = [
    KeptSentence(mine=False, text="You held the <b>lantern</b>."),
    KeptSentence(mine=True, text="A quiet kitchen."),
    KeptSentence(mine=False, text="", withheld=True),
]
PARTS = [PageMonth(title, ["A <moment> & more", "Of two"], SENTENCES) for title in ("", "March")]


def page(language: str, *, year: bool) -> str:
    """Render a page with all that it can hold."""
    title = "2026" if year else "March"
    return render(LookedBack(title, "<mark>", "<s>", year, PARTS, ahead="<u>"), language)


@pytest.mark.parametrize("language", [code for code, tongue in load_tongues().items() if tongue.offered])
@pytest.mark.parametrize("year", [False, True])
def test_it_is_whole_in_every_language(language: str, *, year: bool) -> None:
    """Escaped, closed, in the language's direction; nothing from elsewhere, and no number but the year's."""
    made = page(language, year=year)
    assert made.count("<section") == made.count("</section>") == 9
    assert made.count("<article") == made.count("</article>") == 3
    for name in ("mark", "s", "u", "b", "moment"):
        assert f"<{name}>" not in made
    assert "http:" not in made
    assert "https:" not in made
    assert "<script" not in made
    assert ('dir="rtl"' in made) is load_tongues()[language].rtl
    said = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", made, flags=re.DOTALL))
    assert set(re.findall(r"\d+", said)) == ({"2026"} if year else set())
    assert "{" not in said


def luminance(colour: str) -> float:
    """Tell how light a colour is, by WCAG 2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_it_can_be_read_in_light_and_dark(scheme: int) -> None:
    """Every colour of words stands out from the paper by 4.5 to 1."""
    rules = re.findall(r":root \{ ([^}]*)\}", (ROOT / SHELL).read_text("utf-8"))
    colours = dict(re.findall(r"--(\w+): (#\w{6})", rules[scheme]))
    paper = luminance(colours["paper"])
    for name in ("ink", "quiet", "accent"):
        lighter, darker = sorted((luminance(colours[name]), paper), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, name
