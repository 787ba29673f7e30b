"""CLDR's data without what is never said: dates, lists, plurals and countries are what they were."""

from datetime import date

import pytest
from babel import UnknownLocaleError
from babel.localedata import load

from prompts.cldr import UNSAID, load_locale
from prompts.tongue import Tongue


@pytest.mark.parametrize(
    ("name", "written", "country"),
    [
        ("de", "5. März 2026", "Österreich"),
        ("pt_BR", "5 de março de 2026", "Áustria"),
        ("en_GB", "5 March 2026", "Austria"),
        ("sr_Latn", "5. mar 2026.", "Austrija"),  # asks for its likely script, whichever was read before it
        ("zh_Hant", "2026年3月5日", "奧地利"),
    ],
)
def test_what_is_said_is_kept(name: str, written: str, country: str) -> None:
    """Money, measures and zones are let go of, in a locale and in those that it inherits from."""
    tongue = Tongue("xx", "x", name)
    assert tongue.full_date(date(2026, 3, 5)) == written
    assert tongue.locale.territories["AT"] == country
    assert tongue.listed(["1", "2"]) not in ("", "12")
    assert tongue.plurals[-1] == "other"
    assert not {*UNSAID}.intersection(load(name), load("root"))


def test_an_unknown_locale_is_refused() -> None:
    """As Babel does it."""
    with pytest.raises(UnknownLocaleError):
        load_locale("xx_YY")
