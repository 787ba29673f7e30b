"""What a command says to whoever ran it."""

import sys


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
