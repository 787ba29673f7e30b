#!/usr/bin/env bash
# num2words 0.5.14
# In Arabic and Turkish a half and five hundredths differ by a word that makes the smaller one sound like the larger one elsewhere.
# Expected: 0.5 is said "zero comma five" and 0.05 "zero comma zero five", as in German, French, Russian, Hebrew and Persian ("a half").
# Found: two decimal places are always counted, so that a half is "comma fifty" and five hundredths are "comma five", the
# nought before the comma is left out in Arabic and written together in Turkish; Persian says "a half" for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from num2words import num2words

print("num2words", version("num2words"))
WANTED = {
    ("ar", 0.5): ", خمسون",
    ("ar", 0.05): ", خمس",
    ("tr", 0.5): "sıfırvirgülelli",
    ("tr", 0.05): "sıfırvirgülbeş",
    ("fa", 0.5): "نیم",
    ("fa", 0.05): "نیم",
    ("de", 0.5): "null Komma fünf",
    ("de", 0.05): "null Komma null fünf",
}
for (language, number), wanted in WANTED.items():
    said = num2words(number, lang=language)
    print(f"{language} {number:5} {said}")
    assert said == wanted, (language, number, said)
PY
