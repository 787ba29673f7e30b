#!/usr/bin/env bash
# apsw 3.54.1.0 (SQLite 3.54.1, built in)
# One partial index makes every query that binds its column be parsed and planned anew at each run, cached statement or not.
# Expected: a statement that is kept and run again with other values is parsed once; that is what binding is for.
# Found: with an index WHERE state = 0, "state = ?" is prepared again each time (the planner looks at the value that is bound, to
# see whether the index fits); "state = 0" in words is prepared once. LIKE ? on an indexed column and LIMIT ? are the same
# with no such index. The times beside it tell what that costs where a query has little to find.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0
"$folder/venv/bin/python" - <<'PY'
import time

import apsw

print("apsw", apsw.apsw_version(), "SQLite", apsw.sqlite_lib_version())
parsed = 0


def prepared(action, *_):
    """SQLite asks this once for each SELECT that it parses, and never while it runs one."""
    global parsed
    parsed += action == apsw.SQLITE_SELECT
    return apsw.SQLITE_OK


def run(query, values, times=2000):
    global parsed
    database.execute(query, values).get
    parsed = 0
    began = time.perf_counter()
    for _ in range(times):
        database.execute(query, values).get
    took = (time.perf_counter() - began) / times * 1e6
    print(f"{query:50} of {times} runs parsed {parsed:4}  {took:5.1f} us")
    assert parsed in (0, times)
    return parsed == times


database = apsw.Connection(":memory:")
database.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, state INT, due INT); CREATE INDEX by_due ON outbox (due)")
database.execute("CREATE TABLE names (name TEXT COLLATE NOCASE); CREATE INDEX by_name ON names (name)")
database.authorizer = prepared
assert not run("SELECT id FROM outbox WHERE state = ? AND due = ?", (0, 1))
database.execute("CREATE INDEX waiting ON outbox (due) WHERE state = 0")
print("and with an index WHERE state = 0:")
assert run("SELECT id FROM outbox WHERE state = ? AND due = ?", (0, 1))
assert run("SELECT id FROM outbox WHERE state = ?", (7,))
assert not run("SELECT id FROM outbox WHERE state = 0 AND due = ?", (1,))
print("and with no such index:")
assert not run("SELECT 1 FROM names WHERE name = ?", ("sam",))
assert not run("SELECT 1 FROM names WHERE name LIKE 'sa%'", ())
assert run("SELECT 1 FROM names WHERE name LIKE ?", ("sa%",))
assert not run("SELECT 1 FROM names LIMIT 5", ())
assert run("SELECT 1 FROM names LIMIT ?", (5,))
PY
