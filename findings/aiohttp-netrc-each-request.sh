#!/usr/bin/env bash
# aiohttp 3.14.5
# Heeding the environment's proxy (trust_env) also reads ~/.netrc, anew and in another thread, for each request.
# Expected: what the environment says of proxies and passwords is read once a session.
# Found: ten requests over one kept connection open the file twenty times, where none of them goes by a proxy or has a password.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aiohttp==3.14.5
printf 'machine elsewhere.example login nobody password nothing\n' > "$folder/netrc"
NETRC="$folder/netrc" "$folder/venv/bin/python" - <<'PY'
import asyncio
import os
import sys
import threading
import time
from importlib.metadata import version

import aiohttp
from aiohttp import web

opened = []


def note(event, arguments):
    if event == "open" and str(arguments[0]) == os.environ["NETRC"]:
        opened.append(threading.current_thread() is threading.main_thread())


async def answer(_request):
    return web.Response()


async def ask(port, number, **session):
    async with aiohttp.ClientSession(**session) as client:
        began = time.perf_counter()
        for _ in range(number):
            async with client.get(f"http://127.0.0.1:{port}/"):
                pass
        return (time.perf_counter() - began) / number * 1000


async def main():
    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    sys.addaudithook(note)
    await ask(port, 10)
    without = len(opened)
    await ask(port, 10, trust_env=True)
    told = len(opened) - without, any(opened)
    plain, heeding = await ask(port, 500), await ask(port, 500, trust_env=True)
    print(f"without trust_env: opened {without} times for 10 requests; with it: {told[0]} times, never in the loop's own thread")
    print(f"a request takes {plain:.2f} ms without and {heeding:.2f} ms with it")
    await runner.cleanup()
    return (without, *told) != (0, 20, False)


print("aiohttp", version("aiohttp"))
raise SystemExit(asyncio.run(main()))
PY
