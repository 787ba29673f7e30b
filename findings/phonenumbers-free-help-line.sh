#!/usr/bin/env bash
# phonenumbers 9.0.43 (libphonenumber's data)
# Of the short numbers that somebody in danger is told to ring, the data call one that is free a premium one, and know three not at all.
# Expected: France's 3919, the State's free and nameless line for women who meet violence, costs nothing, as 3114 (suicide) does;
# lines that have rung for years are valid. Found: 3919 is at premium rate; 116016 (Germany), 188 (Brazil's CVV), 14416 (India's
# Tele-MANAS) are no valid short numbers. Whoever checks help lines by this library throws the right ones out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$folder/venv/bin/python" - <<'PY'
import phonenumbers
from phonenumbers import shortnumberinfo as short

print("phonenumbers", phonenumbers.__version__)
PREMIUM, FREE = short.ShortNumberCost.PREMIUM_RATE, short.ShortNumberCost.TOLL_FREE
WANTED = [
    ("FR", "3919", True, PREMIUM),
    ("FR", "3114", True, FREE),
    ("GB", "116123", True, FREE),
    ("US", "988", True, FREE),
    ("DE", "116016", False, None),
    ("BR", "188", False, None),
    ("IN", "14416", False, None),
]
for country, line, valid, cost in WANTED:
    number = phonenumbers.parse(line, country)
    found = short.is_valid_short_number_for_region(number, country)
    price = short.expected_cost_for_region(number, country)
    print(country, line, "valid" if found else "not valid", f"cost {price}" if found else "")
    assert found is valid, line
    assert cost is None or price == cost, line
PY
