#!/usr/bin/env bash
# marisa-trie 1.4.1
# Several values under one key do not come back as they were put in.
# Expected: a RecordTrie keeps the values of a key in the order given, as its list suggests. Found: they come back as the trie holds them
# (256 before 1), and equal ones are one: neither ranks nor counts can be kept so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check marisa-trie==1.4.1
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

for name in ["marisa-trie"]:
    print(name, version(name))
import marisa_trie

given = [(3,), (1,), (3,), (256,)]
back = marisa_trie.RecordTrie("<I", [("paris", value) for value in given])["paris"]
print("given:", given)
print("back: ", back)
raise SystemExit(not (sorted(back) == [(1,), (3,), (256,)] and back.index((256,)) < back.index((1,))))
PY
