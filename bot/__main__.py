"""`python -m bot`: start-up failures in human words."""

import argparse
import contextlib
import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from types import ModuleType

from bot import config
from bot.cli import COMMANDS
from bot.config import ConfigError
from bot.messages import TokenRefused
from prompts.source import WordsError
from storage.errors import StorageError

INTERRUPTED = 130  # what a shell expects of a program that Ctrl-C has ended
UNREAD = 141  # and where nobody reads its output any more


def main(arguments: list[str] | None = None) -> int:
    """Run a command; a failure that a person can mend is one line and exit status 2."""
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that has no tick gets a question mark for it
            stream.reconfigure(errors="replace")
    with contextlib.suppress(ConfigError):  # which whoever reads the settings says
        config.hand_on(os.environ)
    gc.disable()  # what is imported stays: looking through it for garbage was a sixth of the start
    chosen = _parser(given).parse_args(given)
    run = getattr(chosen, "run", None) or _module("serve").run
    gc.freeze()
    gc.enable()
    try:
        status = int(run(chosen))
        sys.stdout.flush()
    except (ConfigError, StorageError, TokenRefused, WordsError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `| head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to write at the end
        return UNREAD
    return status


def _parser(given: list[str]) -> argparse.ArgumentParser:
    """Make the parser; only the module of the command that is given is read, for a quick start."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Attune: a few minutes a day for two.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if given[:1] == [name]:
            module = _module(name)
            module.add(command)
            command.set_defaults(run=module.run)
    return parser


def _module(name: str) -> ModuleType:
    return import_module(f"bot.cli.{name}")


if __name__ == "__main__":
    sys.exit(main())
