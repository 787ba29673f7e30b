"""What the parsers of the three markups share: a place in the source, and what was written out so far."""

import re

from bot.sandbox.text import utf16_length
from bot.sandbox.urls import UnusableUrlError, checked_url, user_of
from bot.sandbox.wire import ApiError, Json, bad_request

END = "\0"  # stands behind the source, as a sign that is no sign
LINE_ENDS = "\n\r"
DATE_FORM = re.compile("[rR]|[wWdDtT]*")


def refusal(what: str) -> ApiError:
    """Make the refusal of a source that can't be read."""
    return bad_request(f"can't parse entities: {what}")


class Source:
    """A source and the place where its reader is."""

    def __init__(self, source: str) -> None:
        self.text = source + END
        self.length = len(source)
        self.at = 0

    def sign(self, ahead: int = 0) -> str:
        """Return the sign here, or so many further on; END behind the source."""
        return self.text[self.at + ahead : self.at + ahead + 1] or END

    def starts(self, what: str) -> bool:
        """Return whether something stands here."""
        return self.text.startswith(what, self.at)

    def take(self, run: re.Pattern[str]) -> str:
        """Take what matches here."""
        found = run.match(self.text, self.at)
        taken = found.group() if found else ""
        self.at += len(taken)
        return taken

    def byte(self, position: int) -> int:
        """Return a place as a byte offset."""
        return len(self.text[:position].encode("utf-8", "surrogatepass"))


class Output:
    """The text written out so far; `offset` is its length in UTF-16 units."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.offset = 0

    def write(self, text: str) -> None:
        """Add to the text."""
        if text:
            self.pieces.append(text)
            self.offset += utf16_length(text)

    def since(self, piece: int) -> str:
        """Return what was written since there were so many pieces."""
        return "".join(self.pieces[piece:])


def link(url: str) -> Json:
    """Return what a link makes of words: a mention, a link, or nothing where it leads nowhere."""
    user_id = user_of(url)
    if user_id:
        return {"type": "text_mention", "user_id": user_id}
    try:
        return {"type": "text_link", "url": checked_url(url)}
    except UnusableUrlError:
        return {}


def date(unix: str, form: str) -> Json:
    """Return what a time makes of words, nothing for none; raises ApiError for a form that there isn't."""
    if not DATE_FORM.fullmatch(form):
        raise refusal("Invalid date format used")
    seconds = _seconds(unix)
    if seconds <= 0:
        return {}
    shown = "r" if form in ("r", "R") else _absolute(form)
    return {"type": "date_time", "unix_time": seconds} | ({"date_time_format": shown} if shown else {})


def _absolute(form: str) -> str:
    """Return a form in Telegram's own order; the shorter wins where both are asked for."""
    week = "w" if "w" in form.lower() else ""
    day, time = (short if short in form else short.upper() * (short.upper() in form) for short in "dt")
    return week + day + time


def _seconds(unix: str) -> int:
    """Read as much of a number as there is, in the 32 bits that Telegram has for it."""
    found = re.match("(-?)([0-9]*)", unix)
    number = int(found[2] or 0) * (-1 if found[1] else 1) if found else 0
    return (number + 2**31) % 2**32 - 2**31
