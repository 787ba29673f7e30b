"""Messages and buttons are rendered in the nearest language, and an error never tells a fact."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_words import SmallWords, make_small_words

from prompts.render import Renderer
from prompts.source import WordsError

SWEDISH = 'name = "Svenska"\nlocale = "sv"\noffered = true\n'
PRIVATE = "I hid the letter under the floor"


@pytest.fixture
def small(tmp_path: Path) -> SmallWords:
    """Write a small set of words, with Swedish for some of it."""
    made = make_small_words(tmp_path)
    made.write("sv/messages/hello.html.j2", "<b>Hej {{ other }}</b>")
    made.write("sv/buttons.toml", 'seal = "Försegla"\n')
    made.write("sv/language.toml", SWEDISH)
    return made


def test_a_message_comes_in_the_nearest_language(small: SmallWords) -> None:
    """A dialect takes its language, and whatever we don't have takes English."""
    renderer = Renderer(small.root)
    assert renderer.languages == ("en", "sv")
    assert renderer.message("hello", "sv", other="B") == "<b>Hej B</b>"
    assert renderer.message("hello", "SV_fi", other="B") == "<b>Hej B</b>"
    assert renderer.message("hello", "de", other="B", text="") == "<b>Hello B</b>"
    assert renderer.button("seal", "sv") == "Försegla"
    assert renderer.button("share", "sv", other="B & C") == "Send it to B & C"


@pytest.mark.parametrize("language", ["", "..", "../..", "en/messages", "e" * 5000, "\x00"])
def test_a_language_from_outside_only_picks_from_what_is_there(small: SmallWords, language: str) -> None:
    """Telegram hands it on from a person's settings; it is no path."""
    assert Renderer(small.root).message("hello", language, other="B", text="") == "<b>Hello B</b>"


def test_what_anybody_typed_is_never_markup(small: SmallWords) -> None:
    """In a message every sign of it stands for itself, wherever it comes in."""
    rendered = Renderer(small.root).message("hello", other='<a href="x">&', text="</b>", covered=False)
    assert "<a" not in rendered
    assert "&lt;a href=" in rendered
    assert "&amp;" in rendered


@pytest.mark.parametrize(
    ("template", "line", "wrong"),
    [
        ("\n{{ missing }}", 2, "A value is missing: 'missing' is undefined."),
        ("\n\n{{ other.name }}", 3, "A value is missing: 'str object' has no attribute 'name'."),
        ("{% for part in other.parts %}{% endfor %}", 1, "A value is missing: 'str object' has no attribute"),
        ("\n{% if other > 3 %}{% endif %}", 2, "This failed with TypeError."),
        ("\n{{ nothing }}", 2, "This failed with TypeError."),
        ("\n{{ other.__class__ }}", 2, "This failed with SecurityError."),
    ],
)
def test_a_template_that_fails_names_its_line_and_no_fact(
    small: SmallWords, template: str, line: int, wrong: str
) -> None:
    """Facts are private; the cause is left out of the traceback too."""
    small.write("en/messages/bad.html.j2", template)
    with pytest.raises(WordsError) as caught:
        Renderer(small.root).message("bad", other=PRIVATE, nothing=None)
    (finding,) = caught.value.findings
    assert (finding.file, finding.line) == ("prompts/en/messages/bad.html.j2", line)
    assert finding.wrong.startswith(wrong)
    assert PRIVATE not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_failure_inside_a_macro_is_named_there(small: SmallWords) -> None:
    """The writer looks where the value is used."""
    with pytest.raises(
        WordsError, match=r"prompts/en/messages/_macros.html.j2:[0-9]+: This failed with TypeError"
    ):
        Renderer(small.root).message("hello", other="B", text=5, covered=True)


def test_an_unknown_message_and_button_are_named(small: SmallWords) -> None:
    """With the file in which they are to be written."""
    renderer = Renderer(small.root)
    with pytest.raises(WordsError, match=r"prompts/en/messages/bye.html.j2:1: There is no such message"):
        renderer.message("bye")
    with pytest.raises(WordsError, match=r"prompts/en/buttons.toml:1: There is no button `bye`"):
        renderer.button("bye")
    with pytest.raises(WordsError, match="The button `share` needs a name"):
        renderer.button("share")


def test_facts_may_have_any_name(small: SmallWords) -> None:
    """Even those of our own parameters."""
    small.write("en/messages/odd.html.j2", "{{ name }} {{ language }} {{ self_ }}")
    assert Renderer(small.root).message("odd", "en", name="a", language="b", self_="c") == "a b c"


def test_a_template_cannot_reach_out(small: SmallWords) -> None:
    """No globals, no filters but one, and nothing of the machine."""
    for attempt in ("{{ range(3) }}", "{{ lipsum() }}", "{{ cycler }}", "{{ other|attr('x') }}"):
        small.write("en/messages/bad.html.j2", attempt)
        with pytest.raises(WordsError):
            Renderer(small.root).message("bad", other="B")


def test_a_start_with_broken_words_is_refused_with_every_finding(small: SmallWords) -> None:
    """In English, without which nothing can be said."""
    small.write("en/messages/bad.html.j2", "<b>")
    small.write("en/buttons.toml", "seal =")
    (small.root / "en/messages/worse.html.j2").write_bytes(b"\xe9")
    with pytest.raises(WordsError) as caught:
        Renderer(small.root)
    assert [finding.file for finding in caught.value.findings] == [
        "prompts/en/buttons.toml",
        "prompts/en/messages/bad.html.j2",
        "prompts/en/messages/worse.html.j2",
    ]


def test_another_language_that_is_broken_is_said_in_english(
    small: SmallWords, caplog: pytest.LogCaptureFixture
) -> None:
    """It is read when it is first needed; the log names every finding."""
    small.write("sv/messages/bad.html.j2", "{{")
    small.write("sv/buttons.toml", "seal =")
    renderer = Renderer(small.root)
    assert renderer.message("hello", "sv", other="B", text="") == "<b>Hello B</b>"
    assert renderer.button("seal", "sv") == "Seal it"
    assert "prompts/sv/messages/bad.html.j2:1" in caplog.text
    assert "prompts/sv/buttons.toml:1" in caplog.text
    small.write("sv/messages/bad.html.j2", "Hej då")
    small.write("sv/buttons.toml", 'seal = "Stäng"')
    assert renderer.reload() == []
    assert renderer.button("seal", "sv") == "Stäng"


def test_a_reload_keeps_what_was_good_of_each_language(small: SmallWords) -> None:
    """One that has been broken meanwhile says its last good words, and the others say their new ones."""
    renderer = Renderer(small.root)
    assert renderer.message("hello", "sv", other="B") == "<b>Hej B</b>"
    small.write("en/buttons.toml", 'seal = "Close it"')
    small.write("sv/messages/hello.html.j2", "<b>Tjena {{ other }}")
    assert {finding.file for finding in renderer.reload()} == {"prompts/sv/messages/hello.html.j2"}
    assert renderer.message("hello", "sv", other="B") == "<b>Hej B</b>"
    assert renderer.button("seal") == "Close it"


def test_a_language_that_is_not_offered_is_nobodys(small: SmallWords) -> None:
    """Half-written words show no screen in two languages."""
    small.write("sv/language.toml", 'name = "Svenska"\nlocale = "sv"\n')
    renderer = Renderer(small.root)
    assert renderer.languages == ("en",)
    assert renderer.message("hello", "sv", other="B", text="") == "<b>Hello B</b>"


def test_a_reload_keeps_the_last_good_words(small: SmallWords) -> None:
    """And what is saved is not read before it is asked for."""
    renderer = Renderer(small.root)
    small.write("en/messages/hello.html.j2", "Good day {{ other }}")
    assert renderer.message("hello", other="B", text="") == "<b>Hello B</b>"
    small.write("en/buttons.toml", 'seal = "Close it"\nseal = 1')
    assert [finding.file for finding in renderer.reload()] == ["prompts/en/buttons.toml"]
    assert renderer.message("hello", other="B", text="") == "<b>Hello B</b>"
    assert renderer.button("seal") == "Seal it"
    small.write("en/buttons.toml", 'seal = "Close it"')
    assert renderer.reload() == []
    assert renderer.message("hello", other="B") == "Good day B"
    assert renderer.button("seal") == "Close it"


def test_the_macros_are_the_same_in_every_language(small: SmallWords) -> None:
    """A translator can't change how a partner's words are quoted."""
    small.write("sv/messages/_macros.html.j2", "{% macro words(text, covered) %}{{ text }}{% endmacro %}")
    (small.root / "sv/messages/hello.html.j2").unlink()
    message = Renderer(small.root).message("hello", "sv", other="B", text="ord", covered=True)
    assert message.endswith("<blockquote><tg-spoiler>ord</tg-spoiler></blockquote>")
