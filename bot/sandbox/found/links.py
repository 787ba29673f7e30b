"""Links and mails in running text.

A link is grown around a dot: the host to both sides, a port, a path, what stands before an "@", a protocol. What
was taken once is not looked at again, not even as a neighbour: that is Telegram's rule, and why of two links that
touch the second may count though it would not alone. Whether the host can be one is `hosts`' to say.
"""

from collections.abc import Iterator

import regex

from bot.sandbox.found.hosts import is_mail, kept_link

# Blanks of all kinds, and of the general punctuation all but joiners and dashes, end whatever they meet.
_NO = r"\p{Z}\u2000-\u200b\u200e\u200f\u2016-\u206f"
_HOST = r"[A-Za-z0-9_.~\-]|[\u00c0-\U0010ffff--[" + _NO + "]]"
_USER = r"[^" + _NO + r"\n/\[\]{}()'`<>\"@\u00ab\u00bb]"
_PATH = r"[^" + _NO + r"\n<>\"\u00ab\u00bb]"
_HOST_RUN = regex.compile(f"(?V1)(?:{_HOST})*")
_HOST_RUN_AT = regex.compile(f"(?V1)(?:{_HOST}|@)*")
_USER_RUN = regex.compile(f"{_USER}*")
_PATH_RUN = regex.compile(f"{_PATH}*")
_PROTOCOL_RUN = regex.compile(r"(?V1)(?:[A-Za-z0-9+\-]|[\u0080-\U0010ffff--\p{Z}])*")
_PORT = regex.compile(r":0*([1-9][0-9]{0,4})(?![0-9])")
_NEIGHBOUR = regex.compile(r"[\p{L}\p{N}_/#@]")
_LAST = ".:;,('?!`"
_MAX_PORT = 65535
_SHORTEST_PROTOCOL = 6  # bytes, with its colon and slashes
# How a protocol ends, how many characters it takes, and what it must not be as a whole.
_PROTOCOLS = (
    ("http", 7, ("shttp",)),
    ("https", 8, ()),
    ("ftp", 6, ("tftp", "sftp")),
    ("tonsite", 10, ()),
)
_OWN = regex.compile(rf"(?i)(?:tg|ton|(?<=tons)ite)://[a-z0-9_\-]{{1,253}}+([/?#]{_PATH}*)?+")

Place = tuple[int, int]


def own_links(text: str) -> list[Place]:
    """Return where a link of Telegram's own protocols stands."""
    if "://" not in text:
        return []
    places = []
    for match in _OWN.finditer(text):
        end = match.end()
        if match[1]:
            end = match.start(1) + _path_length(match[1])
        places.append((match.start(), end))
    return places


def links(text: str) -> list[tuple[str, int, int]]:
    """Return where a link or a mail stands."""
    found = []
    for start, end in _candidates(text):
        url = text[start:end]
        if is_mail(url):
            found.append(("email", start, end))
        elif url.startswith("mailto:") and is_mail(url[7:]):
            found.append(("email", start + 7, end))
        else:
            length = kept_link(url)
            if length:
                found.append(("url", start, start + length))
    return found


def _path_length(path: str) -> int:
    """Return how much of a path, its first sign and all, belongs to a link."""
    kept = 1 + len(path[1:].rstrip(_LAST))
    return kept if path[0] == "/" or kept > 1 else 0


def _back(run: "regex.Pattern[str]", text: str, begin: int, at: int) -> int:
    """Return how far a run of characters reaches back from a place."""
    found = run.match(text[begin:at][::-1])
    return at - (found.end() if found else 0)


def _on(run: "regex.Pattern[str]", text: str, at: int) -> int:
    """Return how far a run of characters reaches on from a place."""
    found = run.match(text, at)
    return found.end() if found else at


def _candidates(text: str) -> Iterator[Place]:
    """Return what may be a link by its signs alone. `begin` is where the text begins that may be looked at."""
    begin = 0
    while True:
        dot = text.find(".", begin)
        if dot < 0 or dot + 1 == len(text):
            return
        if text[dot + 1] == " ":
            begin = dot + 2
            continue
        host = _back(_HOST_RUN, text, begin, dot)
        end = _on(_HOST_RUN_AT, text, dot)
        has_at = "@" in text[dot:end]
        if has_at:
            host = _back(_USER_RUN, text, begin, host)
        end = _end(text, dot, end)
        start = _start(text, begin, host, has_at=has_at)
        if start is not None:
            if end > dot + 1:
                yield start, end
            while text[end : end + 1] == ".":
                end += 1
        else:
            end = text.rfind(".", 0, end) + 1
        begin = max(end, dot + 1)


def _end(text: str, dot: int, end: int) -> int:
    """Return where a link ends whose host ends here: behind a port and a path."""
    port = _PORT.match(text, end)
    if port and int(port[1]) <= _MAX_PORT:
        end = port.end()
    if text[end : end + 1] in ("/", "?", "#"):
        end += _path_length(text[end : _on(_PATH_RUN, text, end + 1)])
    while end > dot + 1 and text[end - 1] == ".":
        end -= 1
    return end


def _start(text: str, begin: int, host: int, *, has_at: bool) -> int | None:
    """Return where a link starts whose host starts here; None where none may start."""
    start = host
    if start > begin and text[start - 1] == "@":
        start = _back(_USER_RUN, text, begin, host - 1)
        if has_at or start == host - 1:
            return None
    if start == begin:
        return start
    before = text[begin:start]
    if before.endswith("://") and len(before.encode()) >= _SHORTEST_PROTOCOL:
        name = text[_back(_PROTOCOL_RUN, text, begin, start - 3) : start - 3].lower()
        for ending, length, never in _PROTOCOLS:
            if name.endswith(ending) and name not in never:
                return start - length
        return None
    return None if _NEIGHBOUR.match(before[-1]) else start
