#!/usr/bin/env bash
# Babel 2.19.0 (its CLDR)
# Half past midnight, told with the part of the day, is "in the evening" in Arabic: the word says the other end of the day.
# Expected: the hour after midnight is night, as it is in every other language asked here, and as Arabic calls the next one.
# Found: 00:30 is "12:30 in the evening", between 23:30 "evening" and 01:30 "at night", so that it can be read as half an hour
# after noon or half a day away; the pattern with BBBB is what CLDR offers for a spoken hour.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
"$folder/venv/bin/python" - <<'PY'
from datetime import time
from importlib.metadata import version

from babel.dates import format_time

print("Babel", version("babel"))


def part(hour, language):
    return format_time(time(hour, 30), "BBBB", locale=language)


EVENING, NIGHT = "مساء", "ليل"
told = {hour: part(hour, "ar") for hour in (22, 23, 0, 1, 2)}
print(told)
assert EVENING in told[0]
assert NIGHT in told[1]
assert NIGHT in told[2]
for language in ("de", "es", "fr", "he", "hi", "it", "ja", "nl", "pt", "ru", "tr", "zh"):
    print(language, part(0, language), "/", part(1, language))
    assert part(0, language) == part(1, language), language
PY
