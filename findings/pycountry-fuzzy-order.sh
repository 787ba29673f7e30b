#!/usr/bin/env bash
# pycountry 26.2.16
# The fuzzy search of countries puts a longer name before the one that was asked for, and knows not Turkey.
# Expected: search_fuzzy("Niger") begins with Niger, and the common English names of countries are found. Found: it begins with Nigeria; Turkey and
# Ivory Coast are no countries, while "england" is one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycountry==26.2.16
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

for name in ["pycountry"]:
    print(name, version(name))
import pycountry

def first(asked):
    try:
        return [country.name for country in pycountry.countries.search_fuzzy(asked)][:2]
    except LookupError:
        return []

found = {asked: first(asked) for asked in ("Niger", "Guinea", "Turkey", "Ivory Coast", "Holland", "england")}
for asked, names in found.items():
    print(f"{asked}: {names}")
raise SystemExit(not (found["Niger"][:1] == ["Nigeria"] and not found["Turkey"] and not found["Ivory Coast"]))
PY
