#!/usr/bin/env bash
# python-telegram-bot 22.8 (its source distribution)
# The source distribution holds the tests, and not all that they open.
# Expected: tests that come with a distribution find the files that they read. Found: eight media files are missing,
# among them the pictures, films and sounds that the tests of files begin with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest "$folder" \
    python-telegram-bot==22.8
"$folder/venv/bin/python" - "$folder" <<'PY'
import re
import sys
import tarfile
from pathlib import Path

(archive,) = Path(sys.argv[1]).glob("python_telegram_bot-*.tar.gz")
print(archive.name)
with tarfile.open(archive) as source:
    names = source.getnames()
    there = {Path(name).name for name in names if "/tests/data/" in name}
    tests = [name for name in names if "/tests/" in name and name.endswith(".py")]
    opened = set()
    for name in tests:
        text = source.extractfile(name).read().decode("utf-8")
        opened |= set(re.findall(r'data_file\("([^"]+)"\)', text))
missing = sorted(opened - there)
print("opened by the tests and not in the archive:", *missing)
wanted = ["game.gif", "telegram.jpg", "telegram.mp3", "telegram.mp4", "telegram.ogg", "telegram.png"]
assert missing == sorted([*wanted, "telegram.webp", "telegram2.mp4"])
PY
