"""`health`: ask a running bot whether it is well, for a container's health check."""

import argparse
import urllib.error
import urllib.request

from bot import config
from bot.cli.tables.saying import say
from bot.config import ConfigError

PATIENCE = 5.0  # seconds
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (what listens everywhere is asked at home)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the one argument."""
    parser.add_argument(
        "--ready", action="store_true", help="ask whether it can serve, not only whether it lives"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what the bot says of itself; 0 where it is well, else 1. Raises ConfigError."""
    address = config.status()
    if address is None:
        raise ConfigError("Set ATTUNE_STATUS to an address and a port, such as 127.0.0.1:9464.")
    host = config.Address(ANYWHERE.get(address.host, address.host), address.port).shown
    page = "readyz" if arguments.ready else "healthz"
    straight = urllib.request.build_opener(
        urllib.request.ProxyHandler({})
    )  # whatever proxy is set for Telegram
    try:
        with straight.open(f"http://{host}:{address.port}/{page}", timeout=PATIENCE) as answer:
            said, well = answer.read().decode(), True
    except urllib.error.HTTPError as answer:
        said, well = answer.read().decode(), False
    except OSError:
        said, well = f"nobody answers at {host}:{address.port}", False
    say(said.strip())
    return 0 if well else 1
