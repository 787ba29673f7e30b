#!/usr/bin/env bash
# tdjson 1.8.69 (TDLib 1.8.69, on which Telegram's Bot API server stands)
# Of a link in the old Markdown whose words are its own address, [like.this], the address comes out shifted.
# Expected: the address is the words. Found: it begins as many bytes late as marks went before it, and ends with as
# many of its last bytes twice, because the parser writes its text over the source that it still reads.
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


def addresses(text, version):
    mode = {"@type": "textParseModeMarkdown", "version": version}
    found = ask("parseTextEntities", text=text, parse_mode=mode)
    return [entity["type"]["url"] for entity in found["entities"] if "url" in entity["type"]]


ask("setLogVerbosityLevel", new_verbosity_level=0)
print("TDLib", ask("getOption", name="version")["value"])
for text in ("[example.org]", "*bold* [example.org]", "[example.org](example.org)"):
    print(f"Markdown   {text:28} {addresses(text, 1)}")
escaped = "[example\\.org]"
print(f"MarkdownV2 {escaped:28} {addresses(escaped, 2)}")
assert addresses("[example.org]", 1) == ["http://xample.orgg/"]
assert addresses("*bold* [example.org]", 1) == ["http://mple.orgorg/"]
assert addresses("[example.org](example.org)", 1) == ["http://example.org/"]
assert addresses(escaped, 2) == ["http://example.org/"]
PY
