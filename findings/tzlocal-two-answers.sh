#!/usr/bin/env bash
# tzlocal 5.4.5
# The same machine has two zones, by which of its two functions is asked.
# Expected: get_localzone_name() is the key of get_localzone(). Found: with TZ=EST5EDT, and with TZ=posix/Europe/Berlin, the zone is
# the right one and its name is that of /etc/localtime: "Etc/UTC" on most servers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tzlocal==5.4.5 tzdata==2026.6
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

for name in ["tzlocal", "tzdata"]:
    print(name, version(name))
import os
import subprocess
import sys

ASK = "import tzlocal; print(tzlocal.get_localzone_name(), tzlocal.get_localzone().key)"
differing = []
for told in ("Europe/Berlin", ":Europe/Berlin", "EST5EDT", "posix/Europe/Berlin"):
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", ASK], env={**os.environ, "TZ": told}, capture_output=True, text=True)
    name, _, key = said.stdout.strip().partition(" ")
    print(f"TZ={told}: name {name or said.stderr.strip()[-60:]}, zone {key}")
    if name and key and name != key:
        differing.append(told)
raise SystemExit("EST5EDT" not in differing)
PY
