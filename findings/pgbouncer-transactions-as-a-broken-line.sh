#!/usr/bin/env bash
# PgBouncer 1.18 and PostgreSQL 15 of Debian's packages, psycopg 3.3.9 (psycopg-binary 3.3.9)
# a pooler in statement mode refuses BEGIN by the code of a broken protocol (08P01), as if the line were at fault, and hangs up
set -euo pipefail

programs=$(find /usr/lib/postgresql -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "no PostgreSQL server is installed: apt-get install postgresql"; exit 1; }
pooler=$(PATH=$PATH:/usr/sbin command -v pgbouncer) || { echo "no pooler is installed: apt-get install pgbouncer"; exit 1; }
folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
    chown nobody "$folder"
fi
end() {
    [ -z "${pooling:-}" ] || kill "$pooling" 2>/dev/null || true
    "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap end EXIT

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check 'psycopg==3.3.9' 'psycopg-binary==3.3.9'
cd "$folder"
"${as[@]}" "$programs/initdb" -D "$folder/data" -U me -A trust >/dev/null
"${as[@]}" "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-k $folder -c listen_addresses=''" start >/dev/null

printf '"me" ""\n' >users
cat >pooler.ini <<END
[databases]
* = host=$folder
[pgbouncer]
listen_addr =
listen_port = 6543
unix_socket_dir = $folder
auth_type = trust
auth_file = $folder/users
pool_mode = statement
END
"${as[@]}" "$pooler" -q pooler.ini 2>/dev/null &
pooling=$!
for _ in $(seq 100); do [ -S .s.PGSQL.6543 ] || sleep 0.1; done

"$pooler" --version | head -1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys

import psycopg

print("psycopg", psycopg.__version__)
connection = psycopg.connect(host=sys.argv[1], port=6543, user="me", dbname="postgres", autocommit=True)
print("a statement alone:", connection.execute("SELECT 1").fetchone())
try:
    connection.execute("BEGIN")
except psycopg.Error as error:
    heard = type(error).__name__, isinstance(error, psycopg.OperationalError), error.sqlstate
    print("BEGIN:", type(error).__name__, error.sqlstate, error)
print("the connection is closed:", connection.closed)
# A program that connects anew whenever a line breaks (class 08) does so for ever.
sys.exit(0 if (heard, connection.closed) == (("ProtocolViolation", True, "08P01"), True) else 1)
PYTHON
