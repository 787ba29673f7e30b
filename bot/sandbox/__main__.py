"""Run the sandbox alone: `python -m bot.sandbox`."""

import argparse
import asyncio
import json
import logging
import signal
import sys
from contextlib import AsyncExitStack, suppress
from pathlib import Path

from bot.sandbox.clock import SteerableClock
from bot.sandbox.server import serve
from bot.sandbox.stage import MAX_PHONES, Stage, serve_page
from bot.sandbox.wire import Json
from bot.sandbox.world import TOKEN, World

SAVE_EVERY = 5.0  # seconds


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, serve until interrupted, and return the exit status."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    try:
        asyncio.run(run(options))
    except OSError as error:
        sys.stderr.write(f"Can't listen on {options.host}:{options.port}: {error.strerror}\n")
        return 1
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="A Telegram that runs at home."
    )
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one (default: 8081)")
    parser.add_argument("--token", default=TOKEN, help="the bot's token: digits, a colon, anything")
    parser.add_argument("--control-token", help="the control API's token (default: a new one each time)")
    parser.add_argument("--limits", action="store_true", help="enforce Telegram's limits on sending")
    parser.add_argument(
        "--strict", action="store_true", help="refuse requests that don't fit the official table"
    )
    parser.add_argument(
        "--page", type=int, metavar="PORT", help="also serve a page with two phones there; 0 takes a free one"
    )
    parser.add_argument("--data", type=Path, metavar="FILE", help="keep the world in a file between runs")
    return parser


async def run(options: argparse.Namespace) -> None:
    """Serve a world until SIGINT or SIGTERM; raises ValueError for a file that is no snapshot."""
    world = make_world(options)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serve(world, host=options.host, port=options.port))
        sys.stdout.write(f"Bot API   {server.url}/bot{world.token}/METHOD\n")
        sys.stdout.write(f"Control   {server.control_url}/  token {world.control_token}\n")
        if options.page is not None:
            page = await stack.enter_async_context(serve_page(_stage(world), port=options.page))
            sys.stdout.write(f"Phones    {page.url}\n")
        sys.stdout.flush()
        await _until(stopped, world, options.data)


def _stage(world: World) -> Stage:
    """Put everybody there is on show, or two people where there is nobody."""
    stage = Stage()
    if not world.people:
        for name in ("Ada", "Ben"):
            world.phone(first_name=name, username=name.lower())
    stage.show(world, list(world.people)[:MAX_PHONES])
    return stage


def make_world(options: argparse.Namespace) -> World:
    """Make a world as the command line wants it, going on from its file if there is one."""
    state = read_state(options.data)
    clock = SteerableClock(running=True)
    wishes = {"token": options.token, "limits": options.limits, "strict": options.strict, "clock": clock}
    world = World(**wishes) if state is None else World.restore(state, **wishes)
    if options.control_token:
        world.control_token = options.control_token
    return world


async def _until(stopped: asyncio.Event, world: World, data: Path | None) -> None:
    """Wait for the end; save now and then, and at last."""
    saved = world.events.last
    while not stopped.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), SAVE_EVERY)
        if data is not None and (stopped.is_set() or saved != world.events.last):
            saved = world.events.last
            write_state(data, world.snapshot())


def read_state(path: Path | None) -> Json | None:
    """Read a snapshot; None without a file; raises ValueError for one that can't be read."""
    if path is None or not path.exists():
        return None
    try:
        state: Json = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise ValueError(f"{path} is no snapshot of the sandbox") from None
    return state


def write_state(path: Path, state: Json) -> None:
    """Write a snapshot, whole or not at all; only its owner may read it."""
    fresh = path.with_name(path.name + ".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(state), encoding="utf-8")
    fresh.replace(path)


if __name__ == "__main__":
    sys.exit(main())
