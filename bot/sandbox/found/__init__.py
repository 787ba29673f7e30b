"""What Telegram finds in a text by itself: mentions, commands, hashtags, cashtags, cards, links and mails.

The letters of each kind's rule are in its module. Where two overlap, the one that begins first stays, then the
longer. Telegram finds timestamps of videos too, for people; a bot never sees them.
"""

import regex

from bot.sandbox.found.cards import cards
from bot.sandbox.found.links import links, own_links
from bot.sandbox.found.tags import cashtags, commands, hashtags, mentions
from bot.sandbox.nesting import apart, rank
from bot.sandbox.text import utf16_offsets
from bot.sandbox.wire import Json

# Without one of these there is nothing to find.
_TRIGGERS = regex.compile(r"[@/#$]|\.(?! |$)|\d[\d -]{11}")


def find(text: str) -> list[Json]:
    """Return the entities found in a clean text, in order and apart from each other."""
    if _TRIGGERS.search(text) is None:
        return []
    places = [
        *_as("mention", mentions(text)),
        *_as("bot_command", commands(text)),
        *_as("hashtag", hashtags(text)),
        *_as("cashtag", cashtags(text)),
        *_as("bank_card", cards(text)),
        *_as("url", own_links(text)),
        *links(text),
    ]
    if not places:
        return []
    borders = sorted({border for _, start, end in places for border in (start, end)})
    offset = dict(zip(borders, utf16_offsets(text, borders), strict=True))
    found = [
        {"type": kind, "offset": offset[start], "length": offset[end] - offset[start]}
        for kind, start, end in places
    ]
    return apart(sorted(found, key=rank))


def _as(kind: str, places: list[tuple[int, int]]) -> list[tuple[str, int, int]]:
    return [(kind, start, end) for start, end in places]
