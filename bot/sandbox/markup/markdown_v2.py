"""Markdown as Telegram has it now: marks that nest, and signs that must be escaped."""

from dataclasses import dataclass

from bot.sandbox.markup.markdown import take_language
from bot.sandbox.markup.source import DATE_FORM, END, Output, Source, date, link, refusal
from bot.sandbox.urls import own_parameters, whole_number
from bot.sandbox.wire import ApiError, Json

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_IN_CODE = frozenset("`")
_CODE = frozenset({"Code", "Pre", "PreCode"})
# A mark, longest first: what it opens and closes, by Telegram's name.
_MARKS = (
    ("```", "Pre"),
    ("__", "Underline"),
    ("||", "Spoiler"),
    ("![", "CustomEmoji"),
    ("`", "Code"),
    ("_", "Italic"),
    ("*", "Bold"),
    ("~", "Strikethrough"),
    ("[", "TextUrl"),
)
_CLOSES = {name: mark for mark, name in _MARKS} | {"PreCode": "```", "TextUrl": "]", "CustomEmoji": "]"}
_KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
}
_COVER = "||"  # at the end of a quotation: it can be folded
_ESCAPED = 126  # the last sign that a backslash escapes
_LAST_INSTANT = 2**31 - 1


@dataclass(slots=True)
class _Open:
    """A mark that waits for its end: `begin` in the source, `offset` and `piece` in what was written."""

    name: str
    begin: int
    offset: int
    piece: int
    language: str = ""


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities; raises ApiError with Telegram's refusals."""
    return _Parser(source).run()


class _Parser:
    """One pass over a source; `fresh` while a quotation may begin here."""

    def __init__(self, source: str) -> None:
        self.source = Source(source)
        self.output = Output()
        self.open: list[_Open] = []
        self.entities: list[Json] = []
        self.quoting = False
        self.fresh = True

    def run(self) -> tuple[str, list[Json]]:
        """Parse it all."""
        source = self.source
        while source.at < source.length:
            sign = source.sign()
            reserved = _IN_CODE if self.open and self.open[-1].name in _CODE else _RESERVED
            if sign == "\\" and _escapable(source.sign(1)):
                source.at += 1
                self._write()
            elif sign not in reserved:
                self._write(fresh=False)
            elif self._ends():
                self._close()
            else:
                self._begin()
        self._close_last_quotation()
        if self.open:
            raise self._endless()
        return self.output.since(0), self.entities

    def _write(self, *, fresh: bool | None = None) -> None:
        sign = self.source.sign()
        self.output.write(sign)
        self.source.at += 1
        if sign != "\r":
            self.fresh = sign == "\n" if fresh is None else fresh

    def _ends(self) -> bool:
        """Return whether the innermost open mark ends here."""
        if not self.open:
            return False
        source, name = self.source, self.open[-1].name
        if self.quoting and source.sign() == "\n" and source.sign(1) != ">":
            return True
        if name == "Italic":
            return source.sign() == "_" and source.sign(1) != "_"
        return name in _CLOSES and source.starts(_CLOSES[name])

    def _begin(self) -> None:
        source = self.source
        if source.sign() == "\n":
            self._write()
        elif source.sign() == ">" and self.fresh:
            if not self.quoting:
                self._open("BlockQuote", 1)
            else:
                source.at += 1
            self.quoting = True
        else:
            for mark, name in _MARKS:
                if source.starts(mark):
                    self._open(name, len(mark))
                    return
            what = f"Character '{source.sign()}' is reserved"
            raise refusal(f"{what} and must be escaped with the preceding '\\'")

    def _open(self, name: str, length: int) -> None:
        source, output = self.source, self.output
        opened = _Open(name, source.at, output.offset, len(output.pieces))
        source.at += length
        if name == "Pre":
            opened.language = take_language(source)
            opened.name = "PreCode" if opened.language else "Pre"
        self.open.append(opened)

    def _close(self) -> None:
        source = self.source
        if source.sign() == "\n" and self.quoting and self._ends_quotation():
            return
        opened = self.open[-1]
        length = self.output.offset - opened.offset
        source.at += len(_CLOSES[opened.name])
        kind = self._kind(opened)
        if kind and length:
            self.entities.append(kind | {"offset": opened.offset, "length": length})
        self.open.pop()

    def _kind(self, opened: _Open) -> Json:
        if opened.name == "TextUrl":
            return link(self._address() if self.source.sign() == "(" else self.output.since(opened.piece))
        if opened.name == "CustomEmoji":
            if self.source.sign() != "(":
                raise refusal("The entity must contain a tg://emoji or tg://time URL")
            return _special(self._address())
        if opened.name == "PreCode":
            return {"type": "pre", "language": opened.language}
        return {"type": _KINDS[opened.name]}

    def _address(self) -> str:
        """Take the address behind a link's words."""
        source = self.source
        source.at += 1
        begin = source.at
        signs = []
        while source.sign() != ")":
            if source.at >= source.length:
                raise refusal(f"Can't find end of a URL at byte offset {source.byte(begin)}")
            source.at += source.sign() == "\\" and _escapable(source.sign(1))
            signs.append(source.sign())
            source.at += 1
        source.at += 1
        return "".join(signs)

    # Quotations

    def _ends_quotation(self) -> bool:
        """End a quotation with its line; return whether it was one, and not a mark that a line's end closes."""
        source = self.source
        if source.sign(1) == ">":
            return False
        kind = self._quotation(source.at)
        if kind is None:
            raise self._endless()
        self._write()
        self._quote(kind)
        return True

    def _close_last_quotation(self) -> None:
        if not self.quoting:
            return
        kind = self._quotation(self.source.length)
        if kind is not None and self.output.offset > self.open[-1].offset:
            self._quote(kind)
        elif kind is not None:
            self.open.pop()

    def _quotation(self, end: int) -> str | None:
        """Return what kind of quotation ends here, if any; takes the mark off that says it can be folded."""
        last = self.open[-1]
        if last.name == "BlockQuote":
            return "BlockQuote"
        bare = end - len(_COVER) == last.begin
        if end < self.source.length and self.source.text[end - 1] == "\r":
            bare = bare or end - len(_COVER) - 1 == last.begin
        if last.name != "Spoiler" or not bare:
            return None
        self.open.pop()
        return "ExpandableBlockQuote" if self.open[-1].name == "BlockQuote" else None

    def _quote(self, name: str) -> None:
        opened = self.open.pop()
        place = {"offset": opened.offset, "length": self.output.offset - opened.offset}
        self.entities.append({"type": _KINDS[name], **place})
        self.quoting = False

    def _endless(self) -> ApiError:
        last = self.open[-1]
        where = f"at byte offset {self.source.byte(last.begin)}"
        return refusal(f"Can't find end of {last.name} entity {where}")


def _escapable(sign: str) -> bool:
    return sign != END and ord(sign) <= _ESCAPED


def _special(address: str) -> Json:
    """Return what an address of a custom emoji or a time makes of words."""
    for name, value in own_parameters(address, "emoji"):
        if name == "id":
            if not whole_number(value):
                break
            return {"type": "custom_emoji", "custom_emoji_id": value}
    times = own_parameters(address, "time")
    instants = [value for name, value in times if name == "unix"]
    if instants and all(0 < (whole_number(value) or 0) <= _LAST_INSTANT for value in instants):
        form = next((value for name, value in reversed(times) if name == "format"), "")
        if DATE_FORM.fullmatch(form):
            return date(instants[-1], form)
    raise refusal("Invalid tg://emoji or tg://time URL specified")
