"""What is never used is not imported: until somebody uses it."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
import bot.cli.serve
assert "httpx" not in sys.modules
from telegram.request import HTTPXRequest
request = HTTPXRequest(connection_pool_size=3)
assert "httpx" in sys.modules
import httpx
assert isinstance(request._client, httpx.AsyncClient)
import telegram.ext
telegram.ext.ApplicationBuilder().token("1:x").build()
"""

ALREADY = """
import httpx
import bot.cli.serve
from telegram.request import _httpxrequest
assert _httpxrequest.httpx is httpx
"""


def run(program: str) -> None:
    """Run a program in a process of its own."""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2], timeout=60)  # noqa: S603 (written above)


def test_serving_imports_no_httpx_and_whoever_wants_it_gets_it() -> None:
    """python-telegram-bot's own request layer works as ever where it is asked for."""
    run(PROGRAM)


def test_an_httpx_that_is_there_already_is_left_alone() -> None:
    """Whoever has imported it has the very module that python-telegram-bot has."""
    run(ALREADY)
