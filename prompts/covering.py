"""What an author has covered of their own words, in a message and on a page: it stands between two noncharacters.

`bot/practice/covers.py` puts them there.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from prompts.names import JOINER, as_words, without_controls

OPEN, SHUT = "\ufdd0", "\ufdd1"
_MARKED = re.compile(f"{OPEN}([^{OPEN}{SHUT}]*){SHUT}")
_SPOILER = Markup("<tg-spoiler>{}</tg-spoiler>")
_COVER = Markup('<span class="cover" tabindex="0">{}</span>')


def without_covers(text: str) -> str:
    """Leave out the marks: all is covered, or nobody is to see what was."""
    return text.replace(OPEN, "").replace(SHUT, "")


def as_covered(text: str) -> Markup:
    """Write words for a message: what their author has covered stays under a spoiler, and nothing is a command.

    A command is looked for in the words as they are shown: a cover may begin in the middle of one.
    """
    plain, covers = _unmarked(without_controls(text))
    shown = as_words(plain)
    at = list(_places(plain, shown))
    return _between(shown, [(at[start], at[end]) for start, end in covers], _SPOILER)


def on_page(text: str) -> Markup:
    """Write words for a page: what their author has covered shows when it is pointed at or chosen."""
    return _between(*_unmarked(text), _COVER)


def _unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    found, covers, last = "", [], 0
    for part in _MARKED.finditer(text):
        found += without_covers(text[last : part.start()])
        covers.append((len(found), len(found) + len(part[1])))
        found += part[1]
        last = part.end()
    return found + without_covers(text[last:]), covers


def _places(plain: str, shown: str) -> Iterator[int]:
    """Tell for each place of a text, its end too, where it is in the text without commands: a slash may be longer."""
    at = 0
    for number, piece in enumerate(plain.split("/")):
        if number:
            yield at
            at += 1 + (shown[at + 1 :].startswith(JOINER + piece) and _is_slash(shown, at + 2 + len(piece)))
        yield from range(at, at + len(piece))
        at += len(piece)
    yield at


def _is_slash(shown: str, at: int) -> bool:
    """Tell whether a slash, or what stands for one, is at a place, or the end."""
    return at == len(shown) or shown[at] in "/\u2215"


def _between(text: str, covers: list[tuple[int, int]], cover: Markup) -> Markup:
    found, last = Markup(), 0
    for start, end in covers:
        if start < end:
            found += escape(text[last:start]) + cover.format(text[start:end])
            last = end
    return found + escape(text[last:])
