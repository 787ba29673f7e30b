#!/usr/bin/env bash
# tdjson 1.8.69 (TDLib 1.8.69, on which Telegram's Bot API server stands)
# A time in HTML, <tg-time unix="...">, is read by other rules than the same time in MarkdownV2.
# Expected: one instant in both, or one refusal. Found: HTML counts in 32 bits and wraps, so an instant of the year
# 2106 is told as one of 1970, one of 2038 as none; it reads digits as far as they go. MarkdownV2 refuses all three.
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


def told(text, mode):
    found = ask("parseTextEntities", text=text, parse_mode=mode)
    if found["@type"] == "error":
        return "refused"
    return [entity["type"]["unix_time"] for entity in found["entities"]] or "plain words"


HTML = {"@type": "textParseModeHTML"}
TWO = {"@type": "textParseModeMarkdown", "version": 2}
WANTED = {
    "1790000000": ([1790000000], [1790000000]),
    "2147483648": ("plain words", "refused"),  # one second after the last that 32 bits hold
    "4294967301": ([5], "refused"),
    "5th": ([5], "refused"),
}
ask("setLogVerbosityLevel", new_verbosity_level=0)
print("TDLib", ask("getOption", name="version")["value"])
for unix, wanted in WANTED.items():
    html = told(f'<tg-time unix="{unix}">then</tg-time>', HTML)
    two = told(f"![then](tg://time?unix={unix})", TWO)
    print(f"{unix:12} HTML: {html}   MarkdownV2: {two}")
    assert (html, two) == wanted
PY
