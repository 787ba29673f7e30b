#!/usr/bin/env bash
# psycopg 3.3.9 (psycopg-binary 3.3.9), on PostgreSQL 15 of Debian's package
# in a pipeline the reason that a server gives before it hangs up is lost: a session that was ended is told as a broken line
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
import threading
import time

import psycopg


def connect():
    return psycopg.connect(host=sys.argv[1], user="me", dbname="postgres", autocommit=True)


def ended_while(work):
    """Let an administrator end a session in the middle of its work; tell what its program hears."""
    administrator = connect()
    with connect() as session:
        number = session.info.backend_pid
        print("PostgreSQL", session.info.parameter_status("server_version"), "psycopg", psycopg.__version__)

        def end():
            query = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND query LIKE '%%pg_sleep%%' AND state = 'active'"
            while not administrator.execute(query, [number]).fetchone()[0]:
                time.sleep(0.02)
            administrator.execute("SELECT pg_terminate_backend(%s)", [number])

        waiting = threading.Thread(target=end)
        waiting.start()
        try:
            work(session)
        except psycopg.OperationalError as error:
            return type(error).__name__, error.sqlstate
        finally:
            waiting.join()


def alone(session):
    session.execute("SELECT pg_sleep(30)")


def together(session):
    with session.pipeline():
        session.execute("SELECT pg_sleep(30)")
        session.execute("SELECT 1")


heard = ended_while(alone), ended_while(together)
print("one statement alone:", *heard[0])
print("two in a pipeline:  ", *heard[1])
sys.exit(0 if heard == (("AdminShutdown", "57P01"), ("OperationalError", None)) else 1)
PYTHON
