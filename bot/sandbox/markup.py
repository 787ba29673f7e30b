"""Telegram's HTML: text with tags in, plain text and entities out.

The refusals name byte offsets in the UTF-8 of what was sent, as Telegram's do. Only four named references
exist (lt, gt, amp, quot); anything else after an ampersand is text.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.text import utf16_length
from bot.sandbox.urls import UnusableUrlError, checked_url
from bot.sandbox.wire import ApiError, Json, bad_request

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_SIMPLE) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_MARK = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+))(?![0-9a-zA-Z]);?")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_SPACES = re.compile(r"[ \t\r\n\0\v]*")
_ATTRIBUTE = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
_TOKEN = re.compile(r"[0-9A-Za-z.\-]*")
_USER_LINK = re.compile(r"tg://user/?\?id=(\d{1,18})", re.IGNORECASE)
_MAX_ID = 2**63


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities in the order in which they end.

    Raises ApiError with Telegram's "can't parse entities" refusals.
    """
    return _Parser(source).run()


class _Parser:
    """One pass over a source; `position` only moves forward."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        """Parse it all."""
        while (mark := _MARK.search(self.source, self.position)) is not None:
            self._text(self.source[self.position : mark.start()])
            self.position = mark.start()
            if mark.group() == "&":
                character, self.position = _decode(self.source, self.position)
                self._text(character)
            elif self.source.startswith("</", self.position):
                self._end_tag()
            else:
                self._start_tag()
        self._text(self.source[self.position :])
        if self.open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # only a <pre> around it gives it a language
        return _whole("".join(self.pieces)), self.entities

    def _text(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.offset += utf16_length(text)

    def _start_tag(self) -> None:
        begin = self.position
        name = _TAG_NAME.match(self.source, begin + 1)
        tag = name.group().lower() if name else ""
        self.position = begin + 1 + len(tag)
        if self._character() == "":
            raise _refusal(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in _TAGS:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        self._skip_spaces()
        while self._character() != ">":
            self._attribute(tag, begin, attributes)
            self._skip_spaces()
        self.position += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(_Open(tag, attributes, self.offset, len(self.pieces)))

    def _attribute(self, tag: str, begin: int, attributes: dict[str, str]) -> None:
        unclosed = f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}'
        name = self._take(_ATTRIBUTE)
        if not name:
            raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self._skip_spaces()
        value = ""
        if self._character() == "=":
            self.position += 1
            self._skip_spaces()
            if not self._character():
                raise _refusal(unclosed)
            value = self._value()
            unclosed = f"Unclosed start tag at byte offset {self._byte(begin)}"
        if not self._character():
            raise _refusal(unclosed)
        attributes[name] = value

    def _value(self) -> str:
        quote = self._character()
        if quote not in ("'", '"'):
            begin = self.position
            token = self._take(_TOKEN).lower()
            after = self._character()
            if after != ">" and not _SPACES.fullmatch(after):
                raise _refusal(f"Unexpected end of name token at byte offset {self._byte(begin)}")
            return token
        end = self.source.find(quote, self.position + 1)
        if end < 0:
            end = len(self.source)
        raw = self.source[self.position + 1 : end]
        self.position = min(end + 1, len(self.source))
        return _REFERENCE.sub(lambda found: _decode(found.group(), 0)[0] or found.group(), raw)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open:
            raise _refusal(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.position += 2
        name = self._take(_TAG_NAME)
        self._skip_spaces()
        if self._character() != ">":
            raise _refusal(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.position += 1
        opened = self.open.pop()
        if name and name.lower() != opened.tag:
            raise _refusal(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {"offset": opened.offset, "length": self.offset - opened.offset}
        covered = "".join(self.pieces[opened.piece :])
        kind = _kind(opened, covered)
        last = self.entities[-1] if self.entities else {}
        same = last.get("offset") == entity["offset"] and last.get("length") == entity["length"]
        if opened.tag == "pre" and same and last.get("type") == "code" and "language" in last:
            last["type"] = "pre"
        elif opened.tag == "code" and same and last.get("type") == "pre" and "language" in kind:
            last["language"] = kind["language"]
        elif kind:
            self.entities.append(kind | entity)

    def _character(self) -> str:
        return self.source[self.position : self.position + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.position)
        taken = found.group() if found else ""
        self.position += len(taken)
        return taken

    def _skip_spaces(self) -> None:
        self._take(_SPACES)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))


def _whole(text: str) -> str:
    """Join surrogates that references named in pairs; raises ApiError for one alone."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        what = "Text contains invalid Unicode characters after decoding HTML entities"
        raise _refusal(f"{what}, check for unmatched surrogate code units") from None


def _decode(source: str, position: int) -> tuple[str, int]:
    """Return the character that a reference names and where it ends; "&" itself where there is none."""
    found = _REFERENCE.match(source, position)
    if found is None:
        return "&", position + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return (_NAMED[name], found.end()) if name in _NAMED else ("&", position + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < sys.maxunicode:  # the last one is left out, as Telegram does
        return "&", position + 1
    return chr(code), found.end()


def _kind(opened: _Open, covered: str) -> Json:
    """Return an entity's type and arguments; nothing for a link that leads nowhere."""
    if opened.tag in _SIMPLE:
        return {"type": _SIMPLE[opened.tag]}
    makers: dict[str, Callable[[dict[str, str]], Json]] = {
        "a": lambda attributes: _link(attributes.get("href") or covered),
        "pre": lambda _: {"type": "pre"},
        "code": _code,
        "blockquote": lambda found: {
            "type": "expandable_blockquote" if "expandable" in found else "blockquote"
        },
        "tg-emoji": _emoji,
        "tg-time": _time,
    }
    return makers[opened.tag](opened.attributes)


def _code(attributes: dict[str, str]) -> Json:
    name = attributes.get("class", "")
    language = name.removeprefix("language-")
    return {"type": "code", "language": language} if language and language != name else {"type": "code"}


def _link(url: str) -> Json:
    user = _USER_LINK.fullmatch(url)
    if user:
        return {"type": "text_mention", "user_id": int(user.group(1))}
    try:
        return {"type": "text_link", "url": checked_url(url)}
    except UnusableUrlError:
        return {}


def _emoji(attributes: dict[str, str]) -> Json:
    emoji_id = attributes.get("emoji-id", "")
    if not emoji_id.isascii() or not emoji_id.isdigit() or not 0 < int(emoji_id) < _MAX_ID:
        raise _refusal("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": emoji_id}


def _time(attributes: dict[str, str]) -> Json:
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    if not re.fullmatch(r"\d{1,10}", unix, re.ASCII) or not re.fullmatch(r"r|w?[dD]?[tT]?", form):
        raise _refusal("Invalid date_time entity specified")
    return {"type": "date_time", "unix_time": int(unix), "date_time_format": form}


def _refusal(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")
