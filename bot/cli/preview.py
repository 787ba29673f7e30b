"""`preview`: a round or a dialogue as both would see it, a year's plan for a couple, or lines of weeks, drawn."""

import argparse
import asyncio
import sys
from pathlib import Path

from bot.cli.overlay import laid_over
from bot.cli.tables.growth import draw_all
from bot.cli.tables.year import COUPLES, chosen, print_year
from bot.content import Content
from bot.home import script
from bot.home.house import at_home
from bot.home.preview import play_round
from bot.home.talk_preview import play_dialogue
from bot.home.transcript import SideBySide, Transcript
from prompts.demo_words import load_page, load_play
from prompts.source import FALLBACK


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--prompt", metavar="ID", help="the prompt of the round")
    what.add_argument("--dialogue", action="store_true", help="a dialogue for two, with made-up words")
    what.add_argument(
        "--year",
        nargs="?",
        const="default",
        default="default",
        choices=COUPLES,
        metavar="COUPLE",
        help=f"what would come when, and why, to one of {', '.join(COUPLES)} (the first; shown without --prompt)",
    )
    what.add_argument(
        "--growth",
        type=Path,
        metavar="FOLDER",
        help="pictures of made-up weeks, light and dark, into a folder, and what stands under them",
    )
    parser.add_argument(
        "--language", default=FALLBACK, help="of a round or a dialogue (what the two write stays English)"
    )
    parser.add_argument("--depth", type=int, choices=(1, 2, 3), help="the couple's depth, instead of theirs")
    parser.add_argument("--seed", type=int, default=1, help="which of such couples (1)")
    parser.add_argument("--lapses", type=float, help="share of rounds that lapse, instead of theirs")


def run(arguments: argparse.Namespace) -> int:
    """Print it; 2 for a prompt that there is not."""
    content = Content(overlay=laid_over())
    if arguments.growth is not None:
        sys.stdout.write(draw_all(content, arguments.growth, arguments.seed))
        return 0
    if content.nearest(arguments.language) != arguments.language:
        spoken = ", ".join(tongue.code for tongue in content.spoken())
        sys.stderr.write(f"There is no {arguments.language} yet. There are: {spoken}.\n")
        return 2
    if arguments.dialogue:
        asyncio.run(_play(None, content, arguments.language))
        return 0
    if arguments.prompt is None:
        print_year(content, chosen(arguments.year, arguments.depth, arguments.lapses), arguments.seed)
        return 0
    language = arguments.language
    if arguments.prompt not in content.library(language).spoken:
        sys.stderr.write(
            f"There is no prompt {arguments.prompt}: look for its id in prompts/{language}/decks.\n"
        )
        return 2
    asyncio.run(_play(arguments.prompt, content, language))
    return 0


async def _play(prompt: str | None, content: Content, language: str) -> None:
    prompts, play, page = (prompt,) if prompt else (), load_play(language), load_page(language)
    async with at_home(script.starts(play.zone), zone=play.zone, prompts=prompts, content=content) as home:
        columns = SideBySide(play.zone)
        columns.title(*(page["phone_of"].format(name=name) for name in play.names))
        transcript = Transcript(home.world, columns.show)
        await (play_round if prompt else play_dialogue)(home, transcript, content, language)
        transcript.catch_up()
        columns.flush()
