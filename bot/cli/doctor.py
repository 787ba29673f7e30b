"""`doctor`: check settings, key, database, token and clock, and say what to do about each."""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

HELP = "check settings, key, database, token and clock, and say what to do about each"
AHEAD = timedelta(seconds=60)  # a clock further off than this sends mornings at the wrong minute
PATIENCE = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `advice` is empty where it is well."""

    what: str
    advice: str = ""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Print what was looked at; 0 where all is well."""
    del arguments
    return asyncio.run(_examine())


async def _examine() -> int:
    ill = False
    async for finding in _findings():
        ill = ill or bool(finding.advice)
        mark = "✗" if finding.advice else "✓"
        sys.stdout.write(f"{mark} {finding.what}{': ' if finding.advice else ''}{finding.advice}\n")
