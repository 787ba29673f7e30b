#!/usr/bin/env bash
# psycopg 3.3.9 (psycopg-binary 3.3.9), on PostgreSQL 15 of Debian's package
# a transaction that has locked a row and changed nothing: its COMMIT waits for the disk, its ROLLBACK does not
set -euo pipefail

programs=$(find /usr/lib/postgresql -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "no PostgreSQL server is installed: apt-get install postgresql"; exit 1; }
folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
    chown nobody "$folder"
fi
end() {
    "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap end EXIT

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check 'psycopg==3.3.9' 'psycopg-binary==3.3.9'
cd "$folder"
"${as[@]}" "$programs/initdb" -D "$folder/data" -U me -A trust >/dev/null
# nobody else flushes the log meanwhile
"${as[@]}" "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-k $folder -c listen_addresses='' -c wal_writer_delay=10s -c autovacuum=off" start >/dev/null

"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys

import psycopg

FLUSHED = "SELECT pg_current_wal_flush_lsn()"


def waits(connection, reading, ends):
    """Tell whether the log was flushed when a transaction that has only read ended."""
    connection.execute("BEGIN")
    connection.execute(reading)
    before = connection.execute(FLUSHED).fetchone()[0]
    connection.execute(ends)
    return connection.execute(FLUSHED).fetchone()[0] != before


print("psycopg", psycopg.__version__)
with psycopg.connect(host=sys.argv[1], user="me", dbname="postgres", autocommit=True) as connection:
    print("PostgreSQL", connection.info.parameter_status("server_version"))
    connection.execute("CREATE TABLE couples (id INT PRIMARY KEY)")
    connection.execute("INSERT INTO couples VALUES (1)")
    connection.execute("CHECKPOINT")
    found = {}
    for reading in ("SELECT id FROM couples", "SELECT id FROM couples FOR NO KEY UPDATE"):
        for ends in ("COMMIT", "ROLLBACK"):
            found[reading, ends] = waits(connection, reading, ends)
            print(f"{reading}; {ends}:", "waits for the disk" if found[reading, ends] else "waits for nothing")
    sys.exit(0 if list(found.values()) == [False, False, True, False] else 1)
PYTHON
