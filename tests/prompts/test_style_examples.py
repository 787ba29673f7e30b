"""What STYLE.md shows a writer is what the check takes."""

from __future__ import annotations

import re
from pathlib import Path

from small_words import EXPECTED, KEYS, make_small_words

from prompts.check import check
from prompts.deck import load_library
from prompts.prompt import Form
from prompts.source import FALLBACK, ROOT

EXAMPLES = re.findall(r"```toml\n(.*?)```", (ROOT / "STYLE.md").read_text("utf-8"), re.DOTALL)


def examples_with(header: str) -> str:
    """Join the examples that hold such tables."""
    return "\n".join(example for example in EXAMPLES if f"[[{header}]]" in example)


def test_the_examples_of_the_style_guide_pass_its_check(tmp_path: Path) -> None:
    """In one deck, beside the real themes and the small things of the guide."""
    small = make_small_words(tmp_path)
    themes = (ROOT / FALLBACK / "themes.toml").read_text("utf-8")
    small.write("en/themes.toml", themes[themes.index("[[theme]]") :])  # and not how many there have to be
    small.write("en/together.toml", examples_with("thing"))
    small.write("en/decks/guide.toml", examples_with("prompt"))
    assert [str(found) for found in check(small.root, EXPECTED, KEYS)] == []
    prompts = [p for p in load_library("en", small.root).prompts.values() if p.theme or p.quick]
    assert {prompt.form for prompt in prompts} == {*Form, None}
    assert {prompt.quick for prompt in prompts} == {prompt.light for prompt in prompts} == {True, False}
