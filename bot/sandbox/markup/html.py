"""Telegram's HTML: text with tags in, plain text and entities out.

Only four named references exist (lt, gt, amp, quot); anything else after an ampersand is text.
"""

import re
from dataclasses import dataclass

from bot.sandbox.markup.source import END, Output, Source, date, link, refusal
from bot.sandbox.text import ascii_lower
from bot.sandbox.urls import whole_number
from bot.sandbox.wire import Json

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
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]{0,6})(?![0-9a-fA-F])|#([0-9]{0,7})(?![0-9])|([a-zA-Z]*));?")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_SPACES = re.compile(r"[ \t\r\n\v]*")
_ATTRIBUTE = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
_TOKEN = re.compile(r"[0-9A-Za-z.\-]*")
_SURROGATES = ("\ud800", "\udfff")
_LAST = 0x10FFFF  # left out, as Telegram does
# Which attribute of a tag says something.
_SAYS = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "tg-time": "format"}
_LANGUAGE, _CLASS = "language-", "tg-"


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end; `argument` is what its attributes said, `unix` a time."""

    tag: str
    argument: str = ""
    unix: str = ""
    offset: int = 0
    piece: int = 0

    def note(self, name: str, value: str) -> None:
        """Take what an attribute says."""
        if self.tag == "tg-time" and name == "unix":
            self.unix = value
        elif self.tag == "blockquote" and name == "expandable":
            self.argument = "1"
        elif _SAYS.get(self.tag) != name:
            return
        elif self.tag == "code":
            if value.startswith(_LANGUAGE):
                self.argument = value.removeprefix(_LANGUAGE)
        elif self.tag == "span":
            if value.startswith(_CLASS):
                self.argument = value.removeprefix(_CLASS)
        else:
            self.argument = value


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities; raises ApiError with Telegram's refusals."""
    return _Parser(source).run()


class _Parser:
    """One pass over a source."""

    def __init__(self, source: str) -> None:
        self.source = Source(source)
        self.output = Output()
        self.open: list[_Open] = []
        self.entities: list[Json] = []
        self.broken = False

    def run(self) -> tuple[str, list[Json]]:
        """Parse it all."""
        source = self.source
        while (mark := _MARK.search(source.text, source.at)) is not None:
            self.output.write(source.text[source.at : mark.start()])
            source.at = mark.start()
            if mark.group() == "&":
                character, source.at = _decode(source.text, source.at)
                self.broken = self.broken or _SURROGATES[0] <= character <= _SURROGATES[1]
                self.output.write(character)
            elif source.starts("</"):
                self._end_tag()
            else:
                self._start_tag()
        self.output.write(source.text[source.at : source.length])
        if self.open:
            raise refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        if self.broken:
            what = "Text contains invalid Unicode characters after decoding HTML entities"
            raise refusal(f"{what}, check for unmatched surrogate code units")
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # only a <pre> around it gives it a language
        return self.output.since(0), self.entities

    def _start_tag(self) -> None:
        source, begin = self.source, self.source.at
        source.at += 1
        tag = ascii_lower(source.take(_TAG_NAME))
        if source.sign() == END:
            raise refusal(f"Unclosed start tag at byte offset {source.byte(begin)}")
        if tag not in _TAGS:
            raise refusal(f'Unsupported start tag "{tag}" at byte offset {source.byte(begin)}')
        opened = _Open(tag)
        source.take(_SPACES)
        while source.sign() != ">":
            self._attribute(opened, begin)
            source.take(_SPACES)
        source.at += 1
        if tag == "span" and opened.argument != "spoiler":
            where = f"at byte offset {source.byte(begin)}"
            raise refusal(f'Tag "span" must have class "tg-spoiler" {where}')
        opened.offset, opened.piece = self.output.offset, len(self.output.pieces)
        self.open.append(opened)

    def _attribute(self, opened: _Open, begin: int) -> None:
        source, tag = self.source, opened.tag
        name = source.take(_ATTRIBUTE)
        if not name:
            where = f"at byte offset {source.byte(begin)}"
            raise refusal(f'Empty attribute name in the tag "{tag}" {where}')
        source.take(_SPACES)
        unclosed = f'Unclosed start tag "{tag}" at byte offset {source.byte(begin)}'
        value = None
        if source.sign() == "=":
            source.at += 1
            source.take(_SPACES)
            if source.sign() == END:
                raise refusal(unclosed)
            value = self._value()
            unclosed = f"Unclosed start tag at byte offset {source.byte(begin)}"
        if source.sign() == END:
            raise refusal(unclosed)
        if value is not None or name == "expandable":
            opened.note(name, value or "")

    def _value(self) -> str:
        source = self.source
        quote = source.sign()
        begin = source.at
        if quote not in ("'", '"'):
            token = ascii_lower(source.take(_TOKEN))
            if source.sign() != ">" and not source.sign().isspace() and source.sign() != END:
                raise refusal(f"Unexpected end of name token at byte offset {source.byte(begin)}")
            return token
        pieces = []
        source.at += 1
        while source.sign() not in (quote, END):
            if source.sign() == "&":
                piece, source.at = _decode(source.text, source.at)
            else:
                piece = source.sign()
                source.at += 1
            pieces.append(piece)
        if source.sign() == quote:
            source.at += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        source, begin = self.source, self.source.at
        if not self.open:
            raise refusal(f"Unexpected end tag at byte offset {source.byte(begin)}")
        source.at += 2
        name = ascii_lower(source.take(_TAG_NAME))
        source.take(_SPACES)
        if source.sign() != ">":
            raise refusal(f"Unclosed end tag at byte offset {source.byte(begin)}")
        source.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise refusal(
                f"Unmatched end tag at byte offset {source.byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.output.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind = _kind(opened, self.output.since(opened.piece))
        place: Json = {"offset": opened.offset, "length": self.output.offset - opened.offset}
        last = self.entities[-1] if self.entities else {}
        same = last.get("offset") == place["offset"] and last.get("length") == place["length"]
        if opened.tag == "pre" and same and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
        elif opened.tag == "code" and same and last["type"] == "pre" and opened.argument:
            last["language"] = opened.argument
        elif kind:
            self.entities.append(kind | place)


def _decode(source: str, position: int) -> tuple[str, int]:
    """Return the character that a reference names and where it ends; "&" itself where there is none."""
    found = _REFERENCE.match(source, position)
    if found is None:
        return "&", position + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return (_NAMED[name], found.end()) if name in _NAMED else ("&", position + 1)
    code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
    return (chr(code), found.end()) if 0 < code < _LAST else ("&", position + 1)


def _kind(opened: _Open, covered: str) -> Json:
    """Return an entity's type and arguments; nothing for what leads nowhere."""
    said = opened.argument
    match opened.tag:
        case "a":
            kind = link(said or covered)
        case "pre":
            kind = {"type": "pre"}
        case "code":
            kind = {"type": "code"} | ({"language": said} if said else {})
        case "blockquote":
            kind = {"type": "expandable_blockquote" if said else "blockquote"}
        case "tg-emoji":
            kind = _emoji(said)
        case "tg-time":
            kind = date(opened.unix, said)
        case tag:
            kind = {"type": _SIMPLE[tag]}
    return kind


def _emoji(emoji_id: str) -> Json:
    if not whole_number(emoji_id):
        raise refusal("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": emoji_id}
