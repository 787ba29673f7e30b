#!/usr/bin/env bash
# Babel 2.19.0
# The location of a zone ignores which zone CLDR calls a country's own.
# Expected: where CLDR lists a primary zone for a country of several, its location is the country's name alone ("China Time",
# "Germany Time", by UTS 35). Found: "China (Shanghai) Time", "Germany (Berlin) Time", as if Urumqi and Busingen were as likely.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

for name in ["babel"]:
    print(name, version(name))
from babel.dates import get_timezone_location

said = {zone: get_timezone_location(zone, locale="en") for zone in ("Asia/Shanghai", "Europe/Berlin", "Asia/Ho_Chi_Minh")}
for zone, location in said.items():
    print(f"{zone}: {location}")
raise SystemExit(said["Asia/Shanghai"] != "China (Shanghai) Time" or said["Europe/Berlin"] != "Germany (Berlin) Time")
PY
