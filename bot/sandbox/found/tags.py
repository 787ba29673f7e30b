"""Mentions, commands, hashtags and cashtags: a mark, a few letters, and no letter too near."""

import regex

_WORD = r"\p{L}\p{N}_"
_TAG = r"\p{L}\p{Nd}_\u200c\u00b7\u0d80-\u0dff"
_NAME = "[A-Za-z0-9_]"

_MENTION = regex.compile(rf"(?<![{_WORD}])@({_NAME}{{2,32}}+)(?![{_WORD}])")
_COMMAND = regex.compile(
    rf"(?<![{_WORD}/<>])/{_NAME}{{1,64}}+(?:@{_NAME}{{3,32}}+|(?!@))(?![{_WORD}/<>])",
)
_HASH = regex.compile(rf"(?<![{_TAG}])#([{_TAG}]++)(@{_NAME}{{3,32}}+)?+")
_CASH = regex.compile(
    rf"(?<![{_TAG}$])\$(?:1INCH|[A-Z]{{1,8}}+)(?:@{_NAME}{{3,32}}+(?!{_NAME}))?+(?![{_TAG}$])",
)
_LETTER = regex.compile(r"\p{L}")
_SHORT_NAMES = frozenset({"gif", "nft", "pic", "ufc", "vid"})
_LONG_NAME = 4
_LONGEST_TAG = 256

Places = list[tuple[int, int]]


def mentions(text: str) -> Places:
    """Return where somebody is named; names of fewer than four letters are few and known."""
    found = _MENTION.finditer(text) if "@" in text else ()
    return [m.span() for m in found if len(m[1]) >= _LONG_NAME or m[1].lower() in _SHORT_NAMES]


def commands(text: str) -> Places:
    """Return where a command stands, with the bot's name where there is one."""
    return [m.span() for m in _COMMAND.finditer(text)] if "/" in text else []


def hashtags(text: str) -> Places:
    """Return where a hashtag stands: at least one letter, at most 256 signs, no second mark behind it."""
    places: Places = []
    for match in _HASH.finditer(text) if "#" in text else ():
        start, end = match.start(), match.end()
        longer = len(match[1]) > _LONGEST_TAG
        if longer:
            end = match.end(1)
        if text[end : end + 1] != "#" and _LETTER.search(match[1], 0, _LONGEST_TAG):
            places.append((start, start + 1 + _LONGEST_TAG if longer else end))
    return places


def cashtags(text: str) -> Places:
    """Return where a share is named."""
    return [m.span() for m in _CASH.finditer(text)] if "$" in text else []
