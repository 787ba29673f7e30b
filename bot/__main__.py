"""`python -m bot`: start-up failures in human words."""

import argparse
import sys
from importlib import import_module

from bot.config import ConfigError

COMMANDS = ("serve", "rehearse", "check", "preview")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; a failure that a person can mend is one line and exit status 2."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Attune: a few minutes a day for two.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f"bot.cli.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.add(command)
        command.set_defaults(run=module.run)
    chosen = parser.parse_args(arguments)
    run = getattr(chosen, "run", None) or import_module("bot.cli.serve").run
    try:
        return int(run(chosen))
    except ConfigError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
