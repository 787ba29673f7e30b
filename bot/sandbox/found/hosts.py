"""Which hosts count as one in running text, how much of a link is kept, and what is a mail's address.

`domains.txt` holds the top-level domains that Telegram knows; tests/conformance asks its engine for each.
"""

import re
from functools import cache
from pathlib import Path

from bot.sandbox.text import ascii_lower

_PROTOCOL = re.compile(r"(?:https?|ftp|tonsite)://", re.IGNORECASE)
_PATH = re.compile("[/?#]")
_PUNYCODE = re.compile("xn--[0-9A-Za-z]{2,}")
_LAST = ".:;,('?!`"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_LONGEST_PART = 63  # bytes
_MAIL = re.compile(
    r"(?:[A-Za-z0-9_\-]{0,26}[.+]){0,10}[A-Za-z0-9_\-]{1,35}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9_\-]{0,28}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,8}"
)
_NUMBERS = re.compile("[0-9.]*")
_NUMBER = re.compile("0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]")
_PARTS_OF_ADDRESS = 4
_LOOKALIKE = "teiegram.org"  # of telegram.org; never a link


@cache
def known_domains() -> frozenset[str]:
    """Return the top-level domains that Telegram knows, in small letters."""
    return frozenset(Path(__file__).with_name("domains.txt").read_text(encoding="utf-8").split())


def is_mail(text: str) -> bool:
    """Return whether a text is the address of a mailbox."""
    return _MAIL.fullmatch(text) is not None


def kept_link(url: str) -> int:
    """Return how many characters of a candidate are a link; 0 where its host can't be one."""
    protocol = _PROTOCOL.match(url)
    start = protocol.end() if protocol else 0
    path = _PATH.search(url, start)
    end = path.start() if path else len(url)
    host = url[start:end].partition("@")[2] if "@" in url[start:end] else url[start:end]
    if not _is_host(host.rpartition(":")[0] or host, known=protocol is None):
        return 0
    return end + len(_balanced(url[end:]).rstrip(_LAST))


def _balanced(path: str) -> str:
    """Cut a path before the first bracket that closes what the path didn't open."""
    opened = dict.fromkeys("([{", 0)
    for place, sign in enumerate(path):
        if sign in opened:
            opened[sign] += 1
        elif sign in _PAIRS:
            opened[_PAIRS[sign]] -= 1
            if opened[_PAIRS[sign]] < 0:
                return path[:place]
    return path


def _is_host(host: str, *, known: bool) -> bool:
    """Return whether a host may be one; `known` where only a known top-level domain makes it so."""
    parts = host.split(".")
    if len(parts) == 1 or ascii_lower(host) == _LOOKALIKE:
        return False
    if any(not part or len(part.encode()) > _LONGEST_PART or part.endswith("-") for part in parts):
        return False
    if _NUMBERS.fullmatch(host):
        return len(parts) == _PARTS_OF_ADDRESS and all(map(_NUMBER.fullmatch, parts))
    top = parts[-1]
    if len(top) == 1 or "_" in parts[-2]:
        return False
    if top.startswith("xn--"):
        return _PUNYCODE.fullmatch(top) is not None
    return "_" not in top and "-" not in top and (not known or _is_known(top))


def _is_known(top: str) -> bool:
    """Return whether a top-level domain is known; a capital at its start alone begins a sentence."""
    lowered = "".join(map(_lower, top))
    if lowered != top and lowered[1:] == top[1:]:
        return False
    return lowered in known_domains()


def _lower(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter
