"""A message template that breaks the law is found, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_words import EXPECTED, KEYS, make_small_words

from prompts.check import check
from prompts.template import TemplateValues

HELLO = "en/messages/hello.html.j2"
FIRST = "<b>Hello {{ other }}</b>"
BROKEN = {
    "unclosed_expression": ("Hello {{ other", 3, "Jinja can't read this: expected token 'end of print"),
    "unclosed_if": ("{% if text %}\nHello", 6, "Jinja can't read this: Unexpected end of template."),
    "unknown_tag": ("{% blink %}", 2, "Jinja can't read this: Encountered unknown tag 'blink'."),
    "safe": ("Hello {{ other|safe }}", 2, "There is no filter `safe` here."),
    "other_filter": ("Hello\n{{ other|upper }}", 3, "There is no filter `upper` here."),
    "set": ("{% set other = 1 %}", 2, "A template has no `set` here."),
    "include": ('{% include "hello.html.j2" %}', 2, "A template has no `include` here."),
    "autoescape_off": (
        "\n{% autoescape false %}{{ other }}{% endautoescape %}",
        3,
        "A template has no `autoescape` here.",
    ),
    "other_import": (
        '{% from "other.html.j2" import loud %}',
        2,
        "This imports from another template.",
    ),
    "call": ('{{ other.format("x") }}', 2, "This calls something that is not a macro."),
    "arithmetic": ("{{ other + other }}", 2, "A template has no `+` here."),
    "index": ("{{ other[0] }}", 2, "A template has no `[ ]` here."),
    "other_test": ("{% if text is string %}{% endif %}", 2, "There is no test `string` here."),
    "unknown_value": ("Hello\n\n{{ stranger }}", 4, "`stranger` is not a value that this message has."),
    "unknown_html": ("Hello <blink>you</blink>", 2, "Telegram does not know <blink>."),
    "unclosed_html": ("Hello\n<b>{{ other }}", 3, "<b> is opened here and not closed."),
    "closed_twice": ("Hello {{ other }}</b>", 2, "</b> closes nothing."),
    "crossed": ("<b><i>Hello</b></i>", 2, "</b> comes before </i>."),
    "closed_elsewhere": ("<b>{% if text %}Hello</b>{% endif %}", 2, "<b> is opened here and not closed."),
    "attributes": ('<b class="x">Hello</b>', 2, '<b class="x"> has attributes that Telegram does not know.'),
    "link_without_address": ("<a>Hello</a>", 2, "<a> has attributes that Telegram does not know."),
    "nested_quotation": (
        "<blockquote><blockquote>Hello</blockquote></blockquote>",
        2,
        "A quotation stands inside a quotation.",
    ),
    "loose_ampersand": ("Help & more", 2, "“&” stands alone; Telegram would take it for markup."),
    "unknown_entity": ("One&nbsp;line", 2, "“&” stands alone; Telegram would take it for markup."),
    "loose_bracket": ("5 < 6", 2, "“<” stands alone; Telegram would take it for markup."),
    "one_brace": ("Hello\n{other}", 3, "{other} is not replaced here."),
    "loud": ("Hello!!", 2, "Exclamation marks in a row."),
    "letter_in_pieces": ("Hello\nA\u030asa", 3, "“Å” is written in pieces, and may lose one on the way."),
    "dropped_sign": (
        "Hello b\u0333",
        2,
        "Telegram drops or blanks the sign U+0333, which shows nothing here.",
    ),
    "pressing": ("They are waiting for you", 2, "“are waiting for you” presses."),
}


@pytest.mark.parametrize(("written", "line", "wrong"), BROKEN.values(), ids=BROKEN)
def test_broken_templates_are_found_with_file_and_line(
    written: str, line: int, wrong: str, tmp_path: Path
) -> None:
    """And with what to write."""
    small = make_small_words(tmp_path)
    small.change(HELLO, FIRST, written)
    found = check(small.root, EXPECTED, KEYS)
    fitting = [item for item in found if (item.file, item.line) == (f"prompts/{HELLO}", line)]
    assert any(item.wrong.startswith(wrong) and item.write for item in fitting), found


@pytest.mark.parametrize(
    "written",
    [
        '<a href="https://example.org/{{ other }}">Hello</a>',
        "<tg-spoiler>{{ other }}</tg-spoiler>",
        '<pre><code class="language-toml">x = 1</code></pre>',
        '<span class="tg-spoiler">x</span> &amp; &lt;b&gt; &#39;',
        "{% if text is defined and not covered %}{{ 'yes' if text else 'no' }}{% endif %}",
        "{% if text is none or other|length > 3 %}a{% elif covered %}b{% else %}c{% endif %}",
        "{% for part in text %}<b>{{ part }}</b>{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% for part in text %}{{ part }}{% else %}<i>none</i>{% endfor %}",
        "{# a note for the translator: 5 < 6 & {other} #}",
        "{% macro bold(what) %}<b>{{ what }}</b>{% endmacro %}{{ bold(other) }}",
    ],
)
def test_what_a_template_may_hold_is_not_found(written: str, tmp_path: Path) -> None:
    """Every allowed construct and tag."""
    small = make_small_words(tmp_path)
    small.change(HELLO, FIRST, written)
    assert check(small.root, EXPECTED, KEYS) == []


def test_a_missing_and_a_forgotten_message_are_found(tmp_path: Path) -> None:
    """English has every message, and none that nobody sends."""
    small = make_small_words(tmp_path)
    small.write("en/messages/left_over.html.j2", "Hello")
    found = check(small.root, EXPECTED | {"bye": TemplateValues(frozenset())}, KEYS)
    assert [(item.file, item.wrong) for item in found] == [
        ("prompts/en/messages/bye.html.j2", "This message is missing."),
        ("prompts/en/messages/left_over.html.j2", "No message is called left_over."),
    ]


def test_without_a_list_of_messages_any_may_be_there(tmp_path: Path) -> None:
    """For whoever only wants to know whether the words load."""
    small = make_small_words(tmp_path)
    small.write("en/messages/left_over.html.j2", "Hello {{ anyone }}")
    assert check(small.root) == []


def test_a_missing_and_a_forgotten_button_are_found(tmp_path: Path) -> None:
    """With the line of the forgotten one."""
    small = make_small_words(tmp_path)
    found = check(small.root, EXPECTED, {"seal", "open"})
    assert [(item.line, item.wrong) for item in found] == [
        (1, "Buttons are missing: open."),
        (2, "No button is called `share`."),
    ]


def test_what_a_language_lacks_is_a_note_until_it_is_offered(tmp_path: Path) -> None:
    """It may stand there half written; from the day on which it is offered, each gap is a fault."""
    small = make_small_words(tmp_path)
    small.write("sv/buttons.toml", 'seal = "Försegla"\n')
    small.write("sv/language.toml", 'name = "Svenska"\nlocale = "sv"\n')
    gaps = check(small.root, EXPECTED, KEYS)
    assert all(gap.note for gap in gaps)
    told = {(gap.file, gap.wrong) for gap in gaps}
    assert told >= {
        ("prompts/sv/buttons.toml", "1 buttons are read in English: share."),
        ("prompts/sv/messages", "2 messages are read in English: _phrases, hello."),
        ("prompts/sv/decks", "0 of at least 150 prompts."),
        ("prompts/sv/starters.toml", "0 of at least 20."),
        ("prompts/sv/starters.toml", "There are too few starters of kind near."),
        ("prompts/sv/themes.toml", "3 themes are read in English: children, fun, touch."),
        ("prompts/sv/keepsake.html.j2", "This file is not here yet."),
        ("prompts/sv/vignettes.toml", "0 of at least 10."),
    }
    small.change("sv/language.toml", 'locale = "sv"', 'locale = "sv"\noffered = true')
    faults = check(small.root, EXPECTED, KEYS)
    assert {(gap.file, gap.wrong) for gap in faults} == told
    assert not any(gap.note for gap in faults)


def test_a_language_says_which_it_is(tmp_path: Path) -> None:
    """By a locale that CLDR has, and the way its lines run."""
    small = make_small_words(tmp_path)
    small.write("ar/language.toml", 'name = "العربية"\nlocale = "ar"\n')
    small.write("xy/language.toml", 'name = "?"\nlocale = "xy"\n')
    found = {(item.file, item.wrong) for item in check(small.root, EXPECTED, KEYS) if not item.note}
    assert found == {
        ("prompts/ar/language.toml", "The lines of العربية run rtl."),
        ("prompts/xy/language.toml", "CLDR has no locale “xy”."),
    }


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        (
            '{% if text|plural == "one" %}{{ text }} день{% else %}{{ text }} дней{% endif %}',
            "`text` has no words for: few, many.",
        ),
        (
            '{% if text|plural == "two" %}{{ text }} дня{% endif %}',
            "Русский has no plural form “two”.",
        ),
        ("{% if text == 1 %}день{% else %}{{ text }} дней{% endif %}", "`text` is compared with 1."),
    ],
)
def test_a_number_has_words_for_every_plural_form(tmp_path: Path, template: str, wrong: str) -> None:
    """As CLDR counts them in that language; one of them may be the else."""
    small = make_small_words(tmp_path)
    small.write("ru/language.toml", 'name = "Русский"\nlocale = "ru"\n')
    small.write("ru/messages/hello.html.j2", template)
    assert wrong in {item.wrong for item in check(small.root, EXPECTED, KEYS) if not item.note}
    whole = (
        '{% if text|plural == "one" %}{{ text }} день{% elif text|plural == "few" %}{{ text }} дня'
        "{% else %}{{ text }} дней{% endif %}"
    )
    small.write("ru/messages/hello.html.j2", whole)
    assert all(item.note for item in check(small.root, EXPECTED, KEYS))


def test_the_phrases_of_a_language_are_those_of_english(tmp_path: Path) -> None:
    """With the same values; and nothing is imported that isn't there."""
    small = make_small_words(tmp_path)
    small.write(
        "en/messages/_phrases.html.j2", "{% macro coming(time, day) %}{{ day }}, {{ time }}{% endmacro %}"
    )
    small.write("sv/messages/_phrases.html.j2", "{% macro coming(time) %}{{ time }}{% endmacro %}")
    small.write("sv/messages/hello.html.j2", '{% from "_phrases.html.j2" import going %}Hej')
    assert {(item.file, item.wrong) for item in check(small.root, EXPECTED, KEYS) if not item.note} == {
        (
            "prompts/sv/messages/_phrases.html.j2",
            "The phrase `coming(time, day)` is not here as English has it.",
        ),
        ("prompts/sv/messages/hello.html.j2", "There is no `going` to import there."),
    }


def test_a_language_says_what_english_says_in_each_case(tmp_path: Path) -> None:
    """Otherwise somebody reads that their words wait, in a couple that ended; half a sentence bends freely."""
    small = make_small_words(tmp_path)
    english = '{% if text == "over" %}Over.{% elif other %}{{ "A" if text == "a" else "B" }}{% endif %}'
    small.write("en/messages/hello.html.j2", english)
    small.write("sv/messages/hello.html.j2", "Hej {{ text }}")
    said = "English says something of its own where `{}`; nothing here asks for that."
    wanted = [said.format(case) for case in ("other", 'text == "over"')]
    assert [
        item.wrong for item in check(small.root, EXPECTED, KEYS) if "English says" in item.wrong
    ] == wanted
    small.write(
        "sv/messages/hello.html.j2", '{% if text == "over" %}Slut.{% else %}Hej {{ other }}{% endif %}'
    )
    assert not [item for item in check(small.root, EXPECTED, KEYS) if "English says" in item.wrong]


def test_the_page_to_keep_is_held_to_the_same_law(tmp_path: Path) -> None:
    """But for the tags that a browser reads and Telegram does not."""
    small = make_small_words(tmp_path)
    small.change("en/keepsake.html.j2", "{{ round.prompt }}", "{{ round.prompt|safe }}{{ nobody }}")
    (found,) = check(small.root, EXPECTED, KEYS)
    assert (found.file, found.wrong) == ("prompts/en/keepsake.html.j2", "There is no filter `safe` here.")
    small.change("en/keepsake.html.j2", "|safe", "")
    (found,) = check(small.root, EXPECTED, KEYS)
    assert found.wrong == "`nobody` is not a value that this message has."


def test_another_language_is_held_to_the_same_law(tmp_path: Path) -> None:
    """Its templates, its buttons, and what it calls by a name that English does not know."""
    small = make_small_words(tmp_path)
    small.write("sv/messages/hello.html.j2", "Hej\n{{ andra }}")
    small.write("sv/messages/_macros.html.j2", "{% macro words(text) %}{{ text }}{% endmacro %}")
    small.write("sv/buttons.toml", 'seal = "Försegla"\nstanger = "Stäng"\n')
    small.write("sv/closings.toml", '[[closing]]\nid = "hemma"\ntext = "Prata hemma."\n')
    small.write(
        "sv/decks/lyssna.toml",
        'title = "Lyssna"\nlabel = "lyssna"\nway = "listening"\n\n'
        '[[prompt]]\nid = "listening-hour"\ndepth = 1\ntext = "Berätta om en timme."\nhint = "Den första."\n'
        'starters = "reflect"\n\n'
        '[[prompt]]\nid = "listening-ny"\ndepth = 1\ntext = "Berätta om din dag."\nhint = "Den här."\n'
        'starters = "reflect"\n',
    )
    found = [
        (item.file, item.line, item.wrong) for item in check(small.root, EXPECTED, KEYS) if not item.note
    ]
    assert found == [
        ("prompts/sv/buttons.toml", 2, "No button is called `stanger`."),
        ("prompts/sv/decks/lyssna.toml", 6, "“listening-hour” has two sides in English."),
        ("prompts/sv/decks/lyssna.toml", 13, "English has no prompt “listening-ny”."),
        ("prompts/sv/messages/_macros.html.j2", 1, "The macros are English's for every language."),
        ("prompts/sv/messages/hello.html.j2", 2, "`andra` is not a value that this message has."),
    ]
