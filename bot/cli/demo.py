"""`demo`: two phones in a browser, and the real bot behind them; needs no Telegram and no token."""

import argparse
import asyncio
import errno
import os
import signal
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path

from bot import logs
from bot.cli.overlay import laid_over
from bot.home.demo import demo
from bot.home.keep import KeepError
from prompts.tongue import load_tongues
from storage.errors import StorageError

PORT = 8642


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--port", type=int, default=PORT, help=f"0 takes a free one (default: {PORT})")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--language", default="", help="what both phones and the page speak: de, ar")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep everything there, and go on from it")


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 2 where it can't begin."""
    offered = [tongue.code for tongue in load_tongues().values() if tongue.offered]
    if arguments.language and arguments.language not in offered:
        return _fail(f"There is no {arguments.language} yet. There are: {', '.join(offered)}.")
    logs.set_up("ERROR", "console")
    try:
        asyncio.run(_demo(arguments))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _fail(f"Port {arguments.port} is taken. Another one: python -m bot demo --port 0")
    except (KeepError, StorageError) as error:
        return _fail(str(error))
    return 0


def _fail(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2


async def _demo(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def tell(url: str, once: str) -> None:
        sys.stdout.write(f"Two phones: {url}\nCtrl-C ends it.\n")
        sys.stdout.flush()
        if not arguments.no_browser and _has_browser():
            opening.append(asyncio.create_task(asyncio.to_thread(_open, once)))

    opening: list[asyncio.Task[None]] = []
    await demo(
        port=arguments.port,
        data=arguments.data,
        stop=stop,
        tell=tell,
        overlay=laid_over(),
        language=arguments.language,
    )


def _has_browser() -> bool:
    """Tell whether a browser with windows can be expected; one in the terminal would take it over."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _open(address: str) -> None:
    with suppress(webbrowser.Error):
        webbrowser.open(address)
