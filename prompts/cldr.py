"""CLDR's data of a language, by Babel, without what no sentence here needs: that is two thirds of its weight."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from babel import Locale

ROOT_LOCALE = "root"
NAMED_IN = "en"
"""Whose names of languages are kept: a file for translators names its language in English."""

UNSAID = (
    "compact_currency_formats",
    "compact_decimal_formats",
    "compound_unit_patterns",
    "currency_formats",
    "currency_names",
    "currency_names_plural",
    "currency_symbols",
    "currency_unit_patterns",
    "date_fields",
    "interval_formats",
    "meta_zones",
    "time_zones",
    "unit_display_names",
    "unit_patterns",
    "zone_formats",
)
"""Money, measures, zones and spans of time."""
NAMES = ("languages", "scripts", "variants")


def load_locale(name: str) -> Locale:
    """Load CLDR's data of a locale, as es or pt_BR. Raises ValueError or UnknownLocaleError where there is none."""
    from babel import Locale  # noqa: PLC0415 (a start need not wait for it)
    from babel.core import get_global  # noqa: PLC0415 (as above)
    from babel.localedata import load  # noqa: PLC0415 (as above)

    locale = Locale.parse(name)
    for loaded in _lineage(str(locale)):
        data = load(loaded)
        for key in (*UNSAID, *(NAMES if loaded not in (NAMED_IN, ROOT_LOCALE) else ())):
            data.pop(key, None)
    _forget_unknown(cast("MutableMapping[str, Any]", get_global("likely_subtags")))
    return locale


def _forget_unknown(likely: MutableMapping[str, Any]) -> None:
    """Keep the likely script of those languages alone that Babel has data of: one of twenty."""
    from babel.localedata import locale_identifiers  # noqa: PLC0415 (a start need not wait for it)

    spoken = {name.partition("_")[0] for name in locale_identifiers()}
    if likely.keys() - spoken:
        kept = {name: script for name, script in likely.items() if name in spoken}
        likely.clear()
        likely.update(kept)


def _lineage(name: str) -> Iterator[str]:
    """Yield a locale and those that it inherits from, as Babel does."""
    from babel.core import get_global  # noqa: PLC0415 (a start need not wait for it)

    while name:
        yield name
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0]
    yield ROOT_LOCALE
