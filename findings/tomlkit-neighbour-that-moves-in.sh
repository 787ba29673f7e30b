#!/usr/bin/env bash
# tomlkit 0.15.2, read back by Python's own tomllib
# To add a table to keys that are written with dots carries the keys behind it into that table, once the document is written.
# Expected: what the document holds in memory is what its text says. Found: it prints the new table in the middle of the dotted keys,
# with a header of its own, so that the next of them belongs to it: "quiet.until" becomes quiet.weekend.quiet.until, and inside
# a table the new one lands outside of it. The text is valid TOML, and nothing is raised. A plain value, or an inline table, is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tomlkit==0.15.2
"$folder/venv/bin/python" - <<'PY'
import tomllib
from importlib.metadata import version

import tomlkit

print("tomlkit", version("tomlkit"))
DOTTED = 'quiet.from = "22:00"\nquiet.until = "07:00"\n'
INSIDE = '[sam]\nquiet.from = "22:00"\nquiet.until = "07:00"\n'


def added(text, where, value):
    document = tomlkit.parse(text)
    table = document
    for key in where:
        table = table[key]
    table["weekend"] = value
    meant, written = document.unwrap(), tomlkit.dumps(document)
    found = tomllib.loads(written)
    print(f"{written}in memory {meant}\nread back {found}\n")
    return meant, found


LATER = {"until": "09:00"}
meant, found = added(DOTTED, ["quiet"], LATER)
assert meant == {"quiet": {"from": "22:00", "until": "07:00", "weekend": LATER}}
assert found == {"quiet": {"from": "22:00", "weekend": {"until": "09:00", "quiet": {"until": "07:00"}}}}
meant, found = added(INSIDE, ["sam", "quiet"], LATER)
assert meant == {"sam": {"quiet": {"from": "22:00", "until": "07:00", "weekend": LATER}}}
assert found == {"sam": {"quiet": {"from": "22:00"}}, "quiet": {"weekend": {"until": "09:00", "quiet": {"until": "07:00"}}}}
inline = tomlkit.inline_table()
inline.update(LATER)
for value in ("09:00", inline):
    meant, found = added(DOTTED, ["quiet"], value)
    assert meant == found
PY
