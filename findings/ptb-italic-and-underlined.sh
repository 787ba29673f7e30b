#!/usr/bin/env bash
# python-telegram-bot 22.8, judged by tdjson 1.8.69 (TDLib, on which Telegram's Bot API server stands)
# A message that is italic and underlined can't be sent again as the library writes it down in MarkdownV2.
# Expected: what Message.text_markdown_v2 gives is MarkdownV2, as text_html gives HTML that reads back the same.
# Found: it writes three underscores in a row, which Telegram reads as underline first, and so refuses: for words that are both, in
# either order of the entities, and for an underlined word right behind an italic one. The manual's way out, an empty bold
# entity (**) between them, is taken.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-telegram-bot==22.8 tdjson==1.8.69
"$folder/venv/bin/python" - <<'PY'
import json
from datetime import UTC, datetime
from importlib.metadata import version

import tdjson
from telegram import Chat, Message, MessageEntity


def ask(kind, **values):
    return json.loads(tdjson.td_execute(json.dumps({"@type": kind, **values}).encode()))


def parsed(text, mode):
    return ask("parseTextEntities", text=text, parse_mode=mode)


HTML = {"@type": "textParseModeHTML"}
MARKDOWN = {"@type": "textParseModeMarkdown", "version": 2}
ask("setLogVerbosityLevel", new_verbosity_level=0)
print("python-telegram-bot", version("python-telegram-bot"), "TDLib", ask("getOption", name="version")["value"])
CASES = [
    ("both", [("italic", 0, 4), ("underline", 0, 4)]),
    ("both", [("underline", 0, 4), ("italic", 0, 4)]),
    ("oneother", [("italic", 0, 3), ("underline", 3, 5)]),
]
for text, marks in CASES:
    entities = [MessageEntity(kind, offset, length) for kind, offset, length in marks]
    message = Message(1, datetime.now(UTC), Chat(1, "private"), text=text, entities=entities)
    by_html, by_markdown = parsed(message.text_html, HTML), parsed(message.text_markdown_v2, MARKDOWN)
    print(message.text_html, "->", len(by_html["entities"]), "marks;", message.text_markdown_v2, "->", by_markdown["message"])
    assert by_html["text"] == text and len(by_html["entities"]) == 2
    assert by_markdown["@type"] == "error"
assert parsed("_one_**__other__", MARKDOWN)["text"] == "oneother"
PY
