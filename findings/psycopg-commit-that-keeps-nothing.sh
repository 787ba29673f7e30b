#!/usr/bin/env bash
# psycopg 3.3.9 (psycopg-binary 3.3.9), on PostgreSQL 15 of Debian's package
# a COMMIT after a statement that failed raises nothing: it rolls back, and only its tag says so
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
"${as[@]}" "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-k $folder -c listen_addresses=''" start >/dev/null

"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys

import psycopg

print("psycopg", psycopg.__version__)
with psycopg.connect(host=sys.argv[1], user="me", dbname="postgres", autocommit=True) as connection:
    print("PostgreSQL", connection.info.parameter_status("server_version"))
    connection.execute("CREATE TABLE kept (id INT PRIMARY KEY)")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO kept VALUES (1)")
    try:
        connection.execute("INSERT INTO kept VALUES (1)")
    except psycopg.errors.UniqueViolation:
        print("the second row is refused, and somebody catches that")
    committed = connection.execute("COMMIT")  # raises nothing
    kept = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
    print("COMMIT raised nothing; its tag is", committed.statusmessage, "and the rows kept are", kept)
    # SQLite keeps the first row here.
    sys.exit(0 if (committed.statusmessage, kept) == ("ROLLBACK", 0) else 1)
PYTHON
