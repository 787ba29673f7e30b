"""`overlay`: what words of one's own are laid over ours; take a copy of an original, or say that a change was seen."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from bot import config
from bot.cli.tables.saying import say
from bot.config import ConfigError
from prompts.overlay import ORIGINALS, Overlay, blocks_of, fingerprint, id_of, piece_name
from prompts.overlay_check import find_changes, find_strays, own_pieces, read_ours
from prompts.source import ROOT, Source, read_text

UNSET = "Set ATTUNE_WORDS to a folder for words of your own, such as /srv/attune-words, and make it."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    doing = parser.add_subparsers(dest="doing", metavar="WHAT")
    take = doing.add_parser("take", help="copy an original there, to be changed")
    take.add_argument("file", help="such as en/messages/help.html.j2 or en/buttons.toml")
    take.add_argument("key", nargs="?", default="", help="a button's key or a prompt's id")
    seen = doing.add_parser(
        "seen", help="keep the fingerprints of the originals as they are now: of all, or of one"
    )
    seen.add_argument("file", nargs="?", default="", help="as `take` has it")
    seen.add_argument("key", nargs="?", default="", help="as `take` has it")


def laid_over() -> Overlay | None:
    """Return the words that are to be laid over ours; None where there are none. Raises ConfigError."""
    folder = config.places().words
    return Overlay(folder) if folder else None


def run(arguments: argparse.Namespace) -> int:
    """Do it, or list what is laid over; 2 where there is nothing of that name. Raises ConfigError, WordsError."""
    overlay = laid_over()
    if overlay is None:
        raise ConfigError(UNSET)
    if arguments.doing == "take":
        return _take(overlay, arguments.file, arguments.key)
    if arguments.doing == "seen":
        return _see(overlay, piece_name("", arguments.file, arguments.key).removeprefix("/"))
    return _list(overlay)


def _list(overlay: Overlay) -> int:
    strays = find_strays(overlay, ROOT)
    for finding in strays:
        say(str(finding))
    if strays:
        return 1
    changed = {(finding.file, finding.line): finding for finding in find_changes(overlay, ROOT)}
    for piece in own_pieces(overlay, ROOT):
        noted = changed.get((piece.file, piece.line))
        state = noted.wrong if noted else "laid over ours" if piece.original else "ours has none of that name"
        say(f"{piece.name}: {state}")
    return 0


def _see(overlay: Overlay, name: str) -> int:
    now = {piece.name: piece.original for piece in own_pieces(overlay, ROOT)}
    if name and name not in now:
        return _fail(f"Nothing of yours is called “{name}”: python -m bot overlay lists them.")
    chosen = {piece: now[piece] for piece in ([name] if name else now)}
    kept = {piece: print_ for piece, print_ in overlay.originals().items() if piece in now}
    _keep(overlay, {**kept, **{piece: print_ for piece, print_ in chosen.items() if print_}})
    say(f"{len(chosen)} seen")
    return 0


def _take(overlay: Overlay, file: str, key: str) -> int:
    language, _, inside = file.partition("/")
    original = ROOT / language / inside
    if not inside or not original.resolve().is_relative_to(ROOT) or not original.is_file():
        return _fail(f"There is no file {file} in prompts.")
    target = overlay.root / file
    text = read_text(original, ROOT)
    if original.suffix != ".toml":
        if target.exists():
            return _fail(f"{file} is there already.")
        value: object = text
    else:
        source = read_ours(ROOT, language, inside)
        found = _found(source, key) if source else None
        if found is None or not key:
            return _fail(f"There is no “{key}” in {file}: name a key or an id that stands there.")
        if piece_name(language, inside, key) in {piece.name for piece in own_pieces(overlay, ROOT)}:
            return _fail(f"“{key}” is in your {file} already.")
        value, text = found
    target.parent.mkdir(parents=True, exist_ok=True)
    there = target.read_text("utf-8").rstrip("\n") + "\n\n" if target.exists() else ""
    target.write_text(there + text, "utf-8")
    _keep(overlay, {**overlay.originals(), piece_name(language, inside, key): fingerprint(value)})
    say(f"{file}: change it, then run: python -m bot check")
    return 0


def _found(source: Source, key: str) -> tuple[object, str] | None:
    """Find what stands under a key or an id, and its lines as they are written."""
    if key in source.data and blocks_of(source.data[key]) is None:
        return source.data[key], _lines(source, source.line(key=key))
    for table, value in source.data.items():
        for index, block in enumerate(blocks_of(value) or ()):
            if id_of(block) == key:
                return block, _lines(source, source.line((table, index)), below=(table, index))
    return None


def _lines(source: Source, first: int, below: tuple[str, int] | None = None) -> str:
    """Return what is written from a line to the next key, or to the next table."""
    starts = (
        line
        for (place, key), line in source.lines.items()
        if line > first and (below is None or (place != below and key == ""))
    )
    last = min(starts, default=None)
    lines = source.text.splitlines()[first - 1 : last and last - 1]
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return "\n".join(lines) + "\n"


def _keep(overlay: Overlay, originals: Mapping[str, str]) -> None:
    path: Path = overlay.root / ORIGINALS
    path.write_text(json.dumps(dict(sorted(originals.items())), indent=1, ensure_ascii=False) + "\n", "utf-8")


def _fail(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2
