"""`words`: a language's texts as a PO file for a translator's tool, and back again."""

import argparse
import sys
from pathlib import Path

from bot.cli.tables.saying import say
from prompts.exchange import export, take_in
from prompts.source import FALLBACK, ROOT, WordsError, languages


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("act", choices=("export", "import"), help="write the PO file, or take one in")
    parser.add_argument("language", help="a folder of prompts/: de, pt-br")
    parser.add_argument("file", type=Path, nargs="?", help="the PO file (export: standard output without it)")


def run(arguments: argparse.Namespace) -> int:
    """Write it or take it in; 1 where something of it couldn't be taken, 2 for what can't be done."""
    known = [name for name in languages() if name != FALLBACK]
    if arguments.language not in known:
        say(f"There is no prompts/{arguments.language}/ to translate. There are: {', '.join(known)}.")
        return 2
    try:
        return _export(arguments) if arguments.act == "export" else _import(arguments)
    except WordsError as broken:
        say(str(broken))
        return 2


def _export(arguments: argparse.Namespace) -> int:
    text = export(arguments.language)
    if arguments.file is None:
        sys.stdout.write(text)
    else:
        arguments.file.write_text(text, "utf-8")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    if arguments.file is None or not arguments.file.is_file():
        say("Name the PO file: python -m bot words import de de.po")
        return 2
    try:
        text = arguments.file.read_text("utf-8")
    except UnicodeDecodeError:
        say(f"{arguments.file.name} isn't UTF-8: save it as UTF-8.")
        return 2
    taken = take_in(text, arguments.language, ROOT)
    for finding in taken.findings:
        say(str(finding))
    say(
        f"{taken.changed} texts have changed. python -m bot check --language {arguments.language} reads them."
    )
    return 1 if taken.findings else 0
