"""Markup: from what a bot wrote to the text it stands for and its entities, in Telegram's order.

A refusal names byte offsets in the UTF-8 of what was written, as Telegram's do. Nothing is cleaned or trimmed yet,
and entities may stand in each other in any way: that is for later (bot.sandbox.entities).
"""

from bot.sandbox.markup.html import parse_html
from bot.sandbox.markup.markdown import parse_markdown
from bot.sandbox.markup.markdown_v2 import parse_markdown_v2
from bot.sandbox.nesting import rank
from bot.sandbox.wire import Json, bad_request

_MODES = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}


def parse(source: str, mode: str) -> tuple[str, list[Json]]:
    """Return the text and the entities of a source; raises ApiError with Telegram's refusals."""
    parser = _MODES.get(mode)
    if parser is None:
        raise bad_request("unsupported parse_mode")
    text, entities = parser(source)
    return text, sorted(entities, key=rank)
