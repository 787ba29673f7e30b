"""Both chats as the partners see them: side by side in a terminal, or one JSON object a line."""

import json
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from rich import box
from rich.align import Align
from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.sandbox import Phone, World
from bot.sandbox.messages import MEDIA

WIDTH = 100
BUBBLE = 44


@dataclass(frozen=True)
class TranscriptLine:
    """One thing that a partner sees appear in their chat."""

    at: datetime
    chat: int
    sender: str  # "bot" or "partner"
    text: str
    buttons: list[list[str]]
    media: str | None = None
    html: str = ""
    edited: bool = False

    def to_json(self) -> str:
        """Write it as one line."""
        return json.dumps(
            {
                "at": self.at.isoformat(),
                "chat": self.chat,
                "from": self.sender,
                "text": self.text,
                "buttons": self.buttons,
                "media": self.media,
            },
            ensure_ascii=False,
        )


class Transcript:
    """Follows what happens in the partners' chats and hands it on, line by line."""

    def __init__(self, world: World, show: Callable[[TranscriptLine], None]) -> None:
        self._world = world
        self._show = show
        self._chats: set[int] = set()
        self._read = 0
        self._texts: dict[tuple[int, int], str] = {}

    def add(self, phone: Phone) -> None:
        """Follow a partner's chat."""
        self._chats.add(phone.user_id)

    def note_press(self, phone: Phone, label: str) -> None:
        """Show what a partner presses, which leaves no message in a chat."""
        self.catch_up()
        self._show(TranscriptLine(self._world.now(), phone.user_id, "partner", f"▸ {label}", []))

    def catch_up(self) -> None:
        """Show all that has appeared since the last time."""
        page = self._world.events.since(self._read)
        self._read = page.next
        for event in page.events:
            if event.kind in ("message", "edited") and event.chat_id in self._chats:
                line = _line(event.chat_id, event.body, edited=event.kind == "edited")
                message = (event.chat_id, event.body["message"]["message_id"])
                if self._texts.get(message) != line.text:  # else only its buttons went
                    self._show(line)
                self._texts[message] = line.text


def _line(chat: int, seen: dict[str, Any], *, edited: bool) -> TranscriptLine:
    body = seen["message"]
    keyboard = body.get("reply_markup", {}).get("inline_keyboard", [])
    return TranscriptLine(
        at=datetime.fromtimestamp(body.get("edit_date", body["date"]) if edited else body["date"], UTC),
        chat=chat,
        sender="bot" if seen["from_bot"] else "partner",
        text=body.get("text", body.get("caption", "")),
        buttons=[[button["text"] for button in row] for row in keyboard],
        media=next((kind for kind in MEDIA if kind in body), None),
        html=seen["html"],
        edited=edited,
    )


def print_json(line: TranscriptLine) -> None:
    """Write a line of the transcript as JSON to standard output."""
    sys.stdout.write(line.to_json() + "\n")


class SideBySide:
    """Prints two chats in two columns: what the same minute brings to both stands in one row."""

    def __init__(self, zone: str, console: Console | None = None) -> None:
        self._console = console or Console(width=WIDTH, highlight=False)
        self._zone = ZoneInfo(zone)
        self._chats: list[int] = []
        self._waiting: list[TranscriptLine] = []

    def title(self, *names: str) -> None:
        """Head the columns."""
        heads = (Text(name, style="bold", justify="center") for name in names)
        self._console.print(self._row(*heads))

    def show(self, line: TranscriptLine) -> None:
        """Take a line; print what came before it once the minute changes."""
        if line.chat not in self._chats:
            self._chats.append(line.chat)
        if self._waiting and self._minute(self._waiting[0]) != self._minute(line):
            self.flush()
        self._waiting.append(line)

    def flush(self) -> None:
        """Print what is waiting."""
        columns = [[line for line in self._waiting if line.chat == chat] for chat in self._chats[:2]]
        for pair in zip_longest(*columns):
            self._console.print(self._row(*(self._bubble(line) if line else "" for line in pair)))
        self._waiting = []

    def day(self, moment: datetime) -> None:
        """Rule off a new day."""
        self.flush()
        self._console.rule(moment.astimezone(self._zone).strftime("%A, %d %B"), style="dim")

    def _minute(self, line: TranscriptLine) -> str:
        return line.at.astimezone(self._zone).strftime("%H:%M")

    def _row(self, *cells: RenderableType) -> Table:
        row = Table.grid(expand=True, padding=(0, 1))
        for _ in range(2):
            row.add_column(width=WIDTH // 2 - 1)
        row.add_row(*cells)
        return row

    def _bubble(self, line: TranscriptLine) -> RenderableType:
        mine = line.sender == "partner"
        words = _styled(line.html) if line.html else Text(line.text)
        if line.media:
            words = Text(f"({line.media.replace('_', ' ')}) ", style="dim") + words
        if line.buttons:
            labels = "\n".join("  ".join(f"[ {label} ]" for label in row) for row in line.buttons)
            words = words + Text(("\n" if words else "") + labels, style="cyan")
        words.overflow = "fold"
        title = self._minute(line) + (" · changed" if line.edited else "")
        panel = Panel(
            words,
            title=Text(title, style="dim"),
            title_align="right" if mine else "left",
            width=BUBBLE,
            box=box.ROUNDED,
            border_style="green" if mine else "blue",
        )
        return Align.right(panel) if mine else Align.left(panel)


class _Styling(HTMLParser):
    """Turns Telegram's HTML into styled text; a quotation is indented behind a bar."""

    STYLES: ClassVar[dict[str, str]] = {"b": "bold", "i": "italic", "code": "bold", "blockquote": ""}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a style."""
        del attrs
        self._open.append(tag)
        if tag == "blockquote":
            self.text.append("\u2503 ", style="magenta")

    def handle_endtag(self, tag: str) -> None:
        """Close a style."""
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        """Add words."""
        if "blockquote" in self._open:
            lines = [part for line in data.split("\n") for part in textwrap.wrap(line, BUBBLE - 6) or [""]]
            data = "\n\u2503 ".join(lines)
        style = " ".join(filter(None, (self.STYLES.get(tag, "") for tag in self._open)))
        self.text.append(data, style=style or None)


def _styled(html: str) -> Text:
    parser = _Styling()
    parser.feed(html)
    parser.close()
    return parser.text
