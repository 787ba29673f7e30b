#!/usr/bin/env bash
# apsw 3.54.1.0 (SQLite 3.54.1, built in)
# Of an hour that comes twice, SQLite means the second one east of Greenwich and the first one west of it.
# Expected: the modifier 'utc' makes the same choice everywhere; Python's datetime takes the first (fold=0).
# Found: SQLite begins with the hour as if it were UTC, and that instant lies behind the change in Berlin and Sydney, before it in
# New York. An hour that never comes is put before the change in Berlin and behind it in New York, for the same reason.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0
"$folder/venv/bin/python" - <<'PY'
import os
import time
from datetime import UTC, datetime

import apsw

print("apsw", apsw.apsw_version(), "SQLite", apsw.sqlite_lib_version())
# rules written out, so that no zone file of the machine takes part
PLACES = [
    ("Berlin, twice", "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25 02:30", "01:30", "00:30"),
    ("Sydney, twice", "AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-04-04 02:30", "16:30", "15:30"),
    ("New York, twice", "EST5EDT,M3.2.0,M11.1.0", "2026-11-01 01:30", "05:30", "05:30"),
    ("Berlin, never", "CET-1CEST,M3.5.0,M10.5.0/3", "2027-03-28 02:30", "00:30", "01:30"),
    ("New York, never", "EST5EDT,M3.2.0,M11.1.0", "2027-03-14 02:30", "07:30", "07:30"),
]
database = apsw.Connection(":memory:")
for place, rule, hour, by_sqlite, by_python in PLACES:
    os.environ["TZ"] = rule
    time.tzset()
    sqlite = database.execute("SELECT strftime('%H:%M', ?, 'utc')", (hour,)).get
    python = f"{datetime.fromtimestamp(datetime.fromisoformat(hour).timestamp(), UTC):%H:%M}"
    print(f"{place:16} {hour}  SQLite {sqlite}Z  Python {python}Z")
    assert (sqlite, python) == (by_sqlite, by_python)
PY
