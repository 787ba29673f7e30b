"""What runs the other way is isolated, and a line keeps the direction that its own language gives it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_words import make_small_words

from prompts.direction import FSI, PDI, isolated, isolated_name, runs_right
from prompts.prompt import with_name
from prompts.render import Renderer
from prompts.tongue import Tongue

ARABIC = Tongue("ar", "العربية", "ar", rtl=True)
RUSSIAN = Tongue("ru", "Русский", "ru")


@pytest.mark.parametrize(
    ("value", "rtl", "shown"),
    [
        ("Noa", True, f"{FSI}Noa{PDI}"),
        ("20:00", True, f"{FSI}20:00{PDI}"),
        ("نور", True, "نور"),
        ("كتب Sam هذا", True, "كتب Sam هذا"),
        ("…", True, "…"),
        ("", True, ""),
        ("Noa", False, "Noa"),
        ("20:00", False, "20:00"),
        ("نور", False, f"{FSI}نور{PDI}"),
    ],
)
def test_a_value_that_would_turn_its_line_is_isolated(value: str, shown: str, *, rtl: bool) -> None:
    """A sentence of the line's own direction is not: it gives the line its direction."""
    assert isolated(value, rtl=rtl) == shown


def test_a_name_of_two_scripts_is_isolated() -> None:
    """Whichever comes first."""
    assert isolated_name("نور Smith", rtl=True) == f"{FSI}نور Smith{PDI}"
    assert isolated_name("Sam نور", rtl=False) == f"{FSI}Sam نور{PDI}"


@given(st.text(max_size=30), st.booleans())
def test_isolating_keeps_the_words_and_is_done_once(value: str, rtl: bool) -> None:  # noqa: FBT001 (drawn)
    """Nothing but a pair of marks comes around a value."""
    shown = isolated(value, rtl=rtl)
    assert shown in (value, f"{FSI}{value}{PDI}")
    assert isolated(shown, rtl=rtl) == shown or FSI in value or PDI in value


def test_a_name_in_a_prompt_is_isolated_by_the_prompts_direction() -> None:
    """Also at its beginning, which then gives the line no direction."""
    said = with_name("{other} يكتب شيئًا", "Noa")
    assert said == f"{FSI}Noa{PDI} يكتب شيئًا"
    assert runs_right(said) is True
    assert with_name("{other} writes", "Noa") == "Noa writes"


def test_a_message_isolates_what_it_is_given_but_not_quoted_words_and_tags(tmp_path: Path) -> None:
    """A partner's words run as they were written; a number inside a tag is read by a machine."""
    small = make_small_words(tmp_path)
    small.write("ar/language.toml", 'name = "العربية"\nlocale = "ar"\ndirection = "rtl"\noffered = true\n')
    small.write(
        "ar/messages/hello.html.j2",
        '{% from "_macros.html.j2" import words as quote %}\n'
        "{{ other }} في {{ covered }}:\n"
        '<tg-time unix="{{ text|length }}" format="t">{{ covered }}</tg-time> {{ quote(text, false) }}',
    )
    said = Renderer(small.root).message("hello", "ar", other="Sam", text="I was there", covered="20:00")
    assert said == (
        f"{FSI}Sam{PDI} في {FSI}20:00{PDI}:\n"
        f'<tg-time unix="11" format="t">{FSI}20:00{PDI}</tg-time> <blockquote>I was there</blockquote>'
    )


def test_plural_forms_dates_and_lists_are_cldrs() -> None:
    """Also those that a number below a thousand never takes are left out."""
    assert RUSSIAN.plurals == ("one", "few", "many")
    assert ARABIC.plurals == ("zero", "one", "two", "few", "many", "other")
    assert Tongue("es", "Español", "es").plurals == ("one", "other")
    assert [RUSSIAN.plural(n) for n in (1, 2, 5, 21)] == ["one", "few", "many", "one"]
    assert RUSSIAN.short_date(date(2026, 3, 5)) == "5 марта"
    french = Tongue("fr", "Français", "fr", first_day="1er")
    assert french.full_date(date(2026, 3, 1)) == "1er mars 2026"
    assert french.short_date(date(2026, 3, 11)) == "11 mars"
    assert ARABIC.listed(["الاثنين", "الجمعة"]) == "الاثنين والجمعة"
