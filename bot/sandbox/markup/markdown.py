"""The old Markdown: four marks, nothing inside each other."""

import re

from bot.sandbox.markup.source import END, LINE_ENDS, Output, Source, link, refusal
from bot.sandbox.wire import Json

_PLAIN = re.compile(r"[^\\_*`\[\0]+")
_STYLES = {"_": "italic", "*": "bold"}
_LANGUAGE = re.compile(r"[^ \t\r\n\0\v`]*")
_FENCE = "```"


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities; raises ApiError with Telegram's refusals."""
    return _Parser(source).run()


class _Parser:
    """One pass over a source."""

    def __init__(self, source: str) -> None:
        self.source = Source(source)
        self.output = Output()
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        """Parse it all."""
        source, output = self.source, self.output
        while source.at < source.length:
            plain = source.take(_PLAIN)
            if plain:
                output.write(plain)
            elif source.sign() == "\\" and source.sign(1) in ("_", "*", "`", "["):
                output.write(source.sign(1))
                source.at += 2
            elif source.sign() in ("_", "*", "`", "["):
                self._entity()
            else:
                output.write(source.sign())
                source.at += 1
        return output.since(0), self.entities

    def _entity(self) -> None:
        source = self.source
        begin, mark = source.at, source.sign()
        language = ""
        closing = "]" if mark == "[" else mark
        if source.starts(_FENCE):
            closing = _FENCE
            source.at += len(_FENCE)
            language = take_language(source)
        else:
            source.at += 1
        offset, written = self.output.offset, len(self.output.pieces)
        end = source.text.find(closing, source.at, source.length)
        if end < 0:
            raise refusal(f"Can't find end of the entity starting at byte offset {source.byte(begin)}")
        words = source.text[source.at : end]
        self.output.write(words)
        source.at = end + len(closing)
        length = self.output.offset - offset
        if length:
            kind = self._kind(closing, words, language, source.byte(begin) + 1 - self._bytes(written))
            if kind:
                self.entities.append(kind | {"offset": offset, "length": length})

    def _kind(self, closing: str, words: str, language: str, behind: int) -> Json:
        if closing == "]":
            return link(self._address(words, behind))
        if closing == _FENCE:
            return {"type": "pre"} | ({"language": language} if language else {})
        return {"type": _STYLES.get(closing, "code")}

    def _bytes(self, pieces: int) -> int:
        """Return the bytes of the first pieces written."""
        return len("".join(self.output.pieces[:pieces]).encode("utf-8", "surrogatepass"))

    def _address(self, words: str, behind: int) -> str:
        """Take the address behind a link's words.

        Where there is none, the words should be it. Telegram writes out into the place that it reads from, by
        so many bytes behind, and reads the words once more when they have been moved there.
        """
        source = self.source
        if source.sign() != "(":
            raw = words.encode("utf-8", "surrogatepass")
            moved = raw[behind:] + raw[-behind:] if behind <= len(raw) else raw
            return moved.decode("utf-8", "ignore")
        end = source.text.find(")", source.at, source.length)
        end = source.length if end < 0 else end
        address = source.text[source.at + 1 : end]
        source.at = end + 1
        return address


def take_language(source: Source) -> str:
    """Take the language behind a fence, and the line's end behind it."""
    begin = source.at
    language = source.take(_LANGUAGE)
    if not language or source.at >= source.length or source.sign() == "`":
        source.at = begin
        language = ""
    first, second = source.sign(), source.sign(1)
    if first in LINE_ENDS and first != END:
        source.at += 2 if second in LINE_ENDS and second not in (first, END) else 1
    return language
