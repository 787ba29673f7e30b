#!/usr/bin/env bash
# uvloop 0.23.0, beside asyncio's own loop
# A sleep ends before its time: uvloop rounds it to the nearest whole millisecond, and so often down.
# Expected: asyncio.sleep waits for at least as long as it was told to, as it does in asyncio's own loop.
# Found: of sleeps of 34.4 ms (29 messages a second) most end early, and of those of 1.4 ms nearly all; 0.4 ms is no sleep.
# Whoever sleeps until a message is due and then asks whether it is, hears "not yet"; whoever does not ask sends too soon.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check uvloop==0.23.0
"$folder/venv/bin/python" - <<'PY'
import asyncio
from importlib.metadata import version
from time import monotonic

import uvloop

print("uvloop", version("uvloop"))
WAITS = (0.0344, 0.0014, 0.0004)
TIMES = 100


async def early():
    found = []
    for wait in WAITS:
        missing = []
        for _ in range(TIMES):
            due = monotonic() + wait
            await asyncio.sleep(wait)
            missing.append(due - monotonic())
        found.append((sum(left > 0 for left in missing), max(missing)))
    return found


counts = {}
for name, run in (("asyncio", asyncio.run), ("uvloop", uvloop.run)):
    counts[name] = run(early())
    for wait, (count, most) in zip(WAITS, counts[name], strict=True):
        print(f"{name:8} {wait * 1000:4.1f} ms: {count:3} of {TIMES} end early{f', by up to {most * 1000:.2f} ms' if count else ''}")
# a busy machine only ever ends a sleep later
assert all(count == 0 for count, _ in counts["asyncio"])
assert all(count > 0 and most > 0.0002 for count, most in counts["uvloop"])
PY
