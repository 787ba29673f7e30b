#!/usr/bin/env bash
# tdjson 1.8.69 (TDLib 1.8.69, on which Telegram's Bot API server stands)
# Which forgotten blank behind a full stop makes a link depends on the capitals of the next word.
# Expected: a known top-level domain counts in any case, or in small letters alone. Found: it counts unless its first
# letter, and that alone, is a capital: "home.It" is words, but "home.it", "home.IT" and "home.iT" are links. With a
# protocol before it any case counts, and even a domain that does not exist.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tdjson==1.8.69
"$folder/venv/bin/python" - <<'PY'
import json

import tdjson


def ask(kind, **values):
    return json.loads(tdjson.td_execute(json.dumps({"@type": kind, **values}).encode()))


def links(text):
    found = ask("getTextEntities", text=text)["entities"]
    return [e["length"] for e in found if e["type"]["@type"] == "textEntityTypeUrl"] == [len(text)]


ask("setLogVerbosityLevel", new_verbosity_level=0)
print("TDLib", ask("getOption", name="version")["value"])
WANTED = {
    "home.it": True,
    "home.IT": True,
    "home.iT": True,
    "home.It": False,
    "mine.Not": False,
    "not.today": True,
    "home.nowhere": False,
    "http://home.It": True,
    "http://home.nowhere": True,
}
for text, wanted in WANTED.items():
    print(f"{text:20} {'a link' if links(text) else 'words'}")
    assert links(text) is wanted
PY
