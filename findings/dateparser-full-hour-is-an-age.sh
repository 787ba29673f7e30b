#!/usr/bin/env bash
# dateparser 1.5.0
# A full hour of the 24-hour clock, as most of Europe and Latin America types it, is read as an age or as a day of the month.
# Expected: "21 h", "21h" and "21 Uhr" are nine in the evening, as "21h30" is half past in French; what can't be read is None.
# Found: "21h" in French, Spanish and Portuguese is 21 hours ago, an instant of yesterday; in Portuguese "21h30" too; the
# German "21 Uhr" and the Italian "alle 21" are midnight of the 21st; and "tomorrow at eight" is tomorrow at this minute.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" - <<'PY'
import warnings
from datetime import datetime, timedelta
from importlib.metadata import version

warnings.simplefilter("ignore")
import dateparser  # noqa: E402

print("dateparser", version("dateparser"))
NOON = datetime(2026, 11, 29, 12, 0)
AGO = NOON - timedelta(hours=21)
WANTED = [
    ("fr", "21h30", NOON.replace(hour=21, minute=30)),
    ("fr", "21 h", AGO),
    ("fr", "21h", AGO),
    ("fr", "à 21 heures", AGO),
    ("es", "21h", AGO),
    ("pt", "21h", AGO),
    ("pt", "21h30", AGO),
    ("ru", "21 час", AGO),
    ("de", "21 Uhr", datetime(2026, 11, 21)),
    ("it", "alle 21", datetime(2026, 11, 21)),
    ("en", "tomorrow at eight", NOON + timedelta(days=1)),
    ("en", "9 in the evening", NOON.replace(hour=21)),
]
for language, typed, wanted in WANTED:
    read = dateparser.parse(typed, languages=[language], settings={"RELATIVE_BASE": NOON})
    print(f"{language}  {typed:20} {read}")
    assert read == wanted, (typed, read)
PY
