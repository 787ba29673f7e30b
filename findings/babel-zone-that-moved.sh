#!/usr/bin/env bash
# Babel 2.19.0, tzdata 2026.6
# The name of a zone's time is chosen by the daylight flag alone: where a government moves its clocks for good, it names another hour.
# Expected: Vancouver keeps UTC-7 since 1 November 2026, so that in December its clocks show Mountain Standard Time (or no name).
# Found: "Pacific Standard Time", which is UTC-8, an hour beside what the same line tells; so in Edmonton and Winnipeg.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0 tzdata==2026.6
"$folder/venv/bin/python" - <<'PY'
import zoneinfo
from datetime import datetime, timedelta
from importlib.metadata import version

zoneinfo.reset_tzpath(to=[])  # the package's zones, whatever this machine has
from babel.dates import format_time, get_timezone_name

for name in ["babel", "tzdata"]:
    print(name, version(name))
said = {}
for place, meant in (("America/Vancouver", -8), ("America/Edmonton", -7), ("America/Winnipeg", -6)):
    noon = datetime(2026, 12, 15, 12, tzinfo=zoneinfo.ZoneInfo(place))
    name = get_timezone_name(noon, locale="en")
    said[place] = name
    off = noon.utcoffset() - timedelta(hours=meant)
    print(f"{place}: {format_time(noon, 'full', tzinfo=noon.tzinfo, locale='en')!r} is UTC{meant}; the clock there is off it by {off}")
wrong = ["Pacific Standard Time", "Mountain Standard Time", "Central Standard Time"]
raise SystemExit(list(said.values()) != wrong)
PY
