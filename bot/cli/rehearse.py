"""`rehearse`: a couple's first two mornings, in the terminal, by the real bot over real HTTP."""

import argparse
import asyncio
from pathlib import Path

from bot import logs
from bot.cli.overlay import laid_over
from bot.content import Content
from bot.home import script, story
from bot.home.house import Home, at_home
from bot.home.transcript import SideBySide, Transcript, print_json
from bot.screens.table import load_content
from prompts.demo_words import load_play


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of two columns")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the database there")


def run(arguments: argparse.Namespace) -> int:
    """Play the story; 0 at its end."""
    logs.set_up("ERROR", "console")
    asyncio.run(_rehearse(as_json=arguments.json, data=arguments.data))
    return 0


async def _rehearse(*, as_json: bool, data: Path | None) -> None:
    content, play = load_content(laid_over()), load_play()
    async with at_home(
        script.starts(play.zone), zone=play.zone, data=data, prompts=script.PROMPTS, content=content
    ) as home:
        if as_json:
            await _play(home, Transcript(home.world, print_json), content)
            return
        columns = SideBySide(play.zone)
        columns.title(*(f"{name}'s phone" for name in play.names))
        await _play(home, Transcript(home.world, columns.show), content)
        columns.flush()


async def _play(home: Home, transcript: Transcript, content: Content) -> None:
    try:
        await story.play(home, transcript, content)
    finally:
        transcript.catch_up()
