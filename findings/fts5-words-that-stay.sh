#!/usr/bin/env bash
# apsw 3.54.1.0 (SQLite 3.54.1 with FTS5, built in)
# A word that was deleted from a full-text index stays in the file, through PRAGMA secure_delete and through VACUUM.
# Expected: secure_delete overwrites what is deleted, and VACUUM writes the file anew without it, as both do for any other table.
# Found: FTS5 deletes by noting that the row is gone, and keeps its words beside the note as rows of its own, which are not
# deleted. No search finds them and its vocabulary does not list them. Its own 'optimize', or its option 'secure-delete' set before
# the deletion, takes them out of the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0
FOLDER="$folder" "$folder/venv/bin/python" - <<'PY'
import os
from pathlib import Path

import apsw

print("apsw", apsw.apsw_version(), "SQLite", apsw.sqlite_lib_version())
DELETE, EMPTY = "DELETE FROM journal WHERE rowid = 1", "UPDATE journal SET words = '' WHERE rowid = 1"
CAREFUL = "INSERT INTO journal (journal, rank) VALUES ('secure-delete', 1)"
OPTIMIZE = "INSERT INTO journal (journal) VALUES ('optimize')"
INDEX, TABLE = "CREATE VIRTUAL TABLE journal USING fts5(words)", "CREATE TABLE journal (words)"


def stays(what, create, *steps):
    path = Path(os.environ["FOLDER"], "journal.db")
    path.unlink(missing_ok=True)
    database = apsw.Connection(str(path))
    assert database.execute("PRAGMA secure_delete = ON").get == 1
    database.execute(create)
    database.execute("INSERT INTO journal (words) VALUES ('we spoke about zebrafinch')")
    for day in range(50):
        database.execute("INSERT INTO journal (words) VALUES (?)", (f"a good day, number {day}",))
    for step in steps:
        database.execute(step)
    if create == INDEX:
        assert database.execute("SELECT rowid FROM journal WHERE journal MATCH 'zebrafinch'").get is None
        database.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, journal, row)")
        assert database.execute("SELECT term FROM vocabulary WHERE term = 'zebrafinch'").get is None
    database.close()
    found = b"zebrafinch" in path.read_bytes()
    print(f"{what:45} {'still in the file' if found else 'gone'}")
    return found


assert not stays("a plain table, deleted", TABLE, DELETE)
assert stays("an index, deleted", INDEX, DELETE)
assert stays("an index, deleted, VACUUM", INDEX, DELETE, "VACUUM")
assert stays("an index, emptied, VACUUM", INDEX, EMPTY, "VACUUM")
assert not stays("an index, deleted, optimized", INDEX, DELETE, OPTIMIZE)
assert not stays("an index with 'secure-delete', deleted", INDEX, CAREFUL, DELETE)
PY
