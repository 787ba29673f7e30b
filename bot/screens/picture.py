"""A picture of lines: an SVG made by a template, and a PNG made of it, in a thread, when somebody asks for it.

Two ways were measured (docs/results.md). matplotlib takes 0.46 s of the processor to be loaded, and 92 MB; this, with
all that it loads, 0.06 s and 22 MB. The font comes with a package of its own, since a small machine has none.
"""

import asyncio
import importlib.util
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.screens.call import Call, File
from bot.screens.parcel import Fetch

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
TEMPLATE = "line.svg.j2"
FONT = ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf")
IN_FONT = 0x530  # it writes Latin, Greek and Cyrillic; for anything else the machine's own fonts are asked
WIDTH, HEIGHT, FINE = 390, 300, 3  # of a small phone; and how many dots each of its own becomes
LEFT, RIGHT, TOP, BOTTOM = 34, 22, 24, 44  # margins
LEAST, MOST = 1, 5
DOTS = {"one": 5.2, "two": 3.6}  # radii: where both lines meet, both are seen

LIGHT = {
    "ground": "#fbf8f3",
    "band": "#dfece6",
    "edge": "#6f9184",
    "grid": "#e3ddd3",
    "text": "#4a4641",
    "one": "#1d6a58",
    "two": "#a8471f",
}
DARK = {
    "ground": "#17212b",
    "band": "#213a3c",
    "edge": "#6f9e93",
    "grid": "#2b3744",
    "text": "#c9d2da",
    "one": "#7fdcc2",
    "two": "#f2ab7c",
}


@dataclass(frozen=True)
class Drawing:
    """What is drawn: levels from 1 to 5, week by week, with None for a gap. Its repr shows none of them."""

    lines: Sequence[Sequence[float | None]]  # one, or two that don't say whose they are
    first: str  # the labels of the first week and the last
    last: str
    usual: tuple[float, float] | None = None
    dark: bool = False
    cover: bool = True

    def __repr__(self) -> str:
        return "Drawing()"


@dataclass(frozen=True)
class Picture:
    """A message in words, and the drawing that it stands under; the words alone where it can't be drawn."""

    words: Call
    drawing: Drawing | None

    async def pack(self, fetch: Fetch) -> Call:
        """Draw it in a thread, and make the call that sends it."""
        del fetch
        if self.drawing is None:
            return self.words
        try:
            drawn = await asyncio.to_thread(draw, self.drawing)
        except Exception as failure:  # noqa: BLE001 (whatever it is: the same is told in words)
            log.error("A picture could not be drawn: %s", type(failure).__name__)
            return self.words
        said = self.words.payload
        kept = {key: said[key] for key in ("chat_id", "parse_mode", "reply_markup")}
        payload = kept | {
            "photo": File("line.png", drawn),
            "caption": said["text"],
            "has_spoiler": self.drawing.cover,
            "protect_content": said.get("protect_content", False),
        }
        return Call("sendPhoto", payload)


def draw(drawing: Drawing) -> bytes:
    """Make a PNG. Raises ImportError, OSError, ValueError."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 (nobody else waits for it)

    plain = all(ord(sign) < IN_FONT for sign in drawing.first + drawing.last)
    font = str(_font())
    return bytes(
        svg_to_bytes(svg_string=svg(drawing), width=WIDTH * FINE, skip_system_fonts=plain, font_files=[font])
    )


@cache
def _font() -> Path:
    package, file = FONT
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ImportError(f"{package} is not installed")
    return Path(found.submodule_search_locations[0]) / file


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 (as above)

    made = Environment(autoescape=True, undefined=StrictUndefined)
    return made.from_string((HERE / TEMPLATE).read_text("utf-8"))


def svg(drawing: Drawing) -> str:
    """Write the SVG."""
    colours, usual = DARK if drawing.dark else LIGHT, drawing.usual
    drawn = [
        {
            "segments": _segments(levels),
            "dots": [_point(levels, i) for i in _there(levels)],
            "colour": colours[name],
            "dashed": name == "two",  # told apart without a colour, too
            "dot": DOTS[name],
        }
        for name, levels in zip(("one", "two"), drawing.lines, strict=False)
    ]
    return str(
        _template().render(
            **colours,
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            right=WIDTH - RIGHT,
            steps=[(step, _y(step)) for step in range(LEAST, MOST + 1)],
            usual=(_y(usual[1]), _y(usual[0])) if usual else None,
            lines=drawn,
            first=drawing.first,
            last=drawing.last,
            under=HEIGHT - 14,
        )
    )


def _there(levels: Sequence[float | None]) -> list[int]:
    return [i for i, level in enumerate(levels) if level is not None]


def _segments(levels: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    """Join the weeks that follow one another: a gap stays one."""
    found: list[list[tuple[float, float]]] = []
    before = -2
    for i in _there(levels):
        if i == before + 1:
            found[-1].append(_point(levels, i))
        else:
            found.append([_point(levels, i)])
        before = i
    return [segment for segment in found if len(segment) > 1]


def _point(levels: Sequence[float | None], i: int) -> tuple[float, float]:
    inner = WIDTH - LEFT - RIGHT - 16
    across = inner * i / (len(levels) - 1) if len(levels) > 1 else inner / 2
    return round(LEFT + 8 + across, 1), _y(levels[i] or LEAST)


def _y(level: float) -> float:
    return round(TOP + (MOST - level) / (MOST - LEAST) * (HEIGHT - TOP - BOTTOM), 1)
