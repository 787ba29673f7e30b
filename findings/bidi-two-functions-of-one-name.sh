#!/usr/bin/env bash
# python-bidi 0.6.12
# The package has two functions get_display, and they put a bracket in right-to-left words the opposite way round.
# Expected: both give the same line (the older one is kept "for compatibility" beside the compiled one).
# Found: the older mirrors brackets, as the standard's rule L4 asks of whoever draws; the compiled one leaves them as they were
# stored, so that a drawer who does not mirror shows ")12(". And what is isolated, the compiled one orders, the older refuses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-bidi==0.6.12
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from bidi import get_display as compiled
from bidi.algorithm import get_display as older

print("python-bidi", version("python-bidi"))
for text, by_older, by_compiled in (
    ("שלום (12)", "(12) םולש", ")12( םולש"),
    ("[שלום]", "[םולש]", "]םולש["),
    ("שלום 12", "12 םולש", "12 םולש"),
):
    print(ascii(older(text)), ascii(compiled(text)))
    assert (older(text), compiled(text)) == (by_older, by_compiled)

isolated = "\u2068Sam\u2069 שלום"
assert compiled(isolated) == "םולש \u2069Sam\u2068", ascii(compiled(isolated))
try:
    older(isolated)
except AssertionError as refusal:
    print("the older one, of a name in U+2068 and U+2069:", refusal)
else:
    raise SystemExit("the older one orders isolates now")
PY
