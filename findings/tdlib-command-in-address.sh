#!/usr/bin/env bash
# TDLib 1.8.69 (tdjson 1.8.69)
# An address whose port or host cannot be is cut or passed over, and what its path holds becomes a command of the bot that is talked to.
# Expected: a typed address is one link or plain text; no tap on its path says something to a bot.
# Found: in "https://e.org:0/-/leave" the link ends before the port, and "/leave" is a command; so behind "e_f.org".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tdjson==1.8.69
"$folder/venv/bin/python" - <<'PY'
import json
from importlib.metadata import version

import tdjson

print("tdjson", version("tdjson"))
tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())


def found(text):
    answer = json.loads(tdjson.td_execute(json.dumps({"@type": "getTextEntities", "text": text}).encode()))
    return [(e["type"]["@type"].removeprefix("textEntityType"), text[e["offset"] :][: e["length"]]) for e in answer["entities"]]


expected = {
    "https://e.org:8080/-/leave": [("Url", "https://e.org:8080/-/leave")],
    "https://e.org:0/-/leave": [("Url", "https://e.org"), ("BotCommand", "/leave")],
    "https://e.org:99999/-/leave": [("Url", "https://e.org"), ("BotCommand", "/leave")],
    "https://e_f.org/-/leave": [("BotCommand", "/leave")],
}
for text in expected:
    print(f"{text!r}: {found(text)}")
raise SystemExit(any(found(text) != told for text, told in expected.items()))
PY
