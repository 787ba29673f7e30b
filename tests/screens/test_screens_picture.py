"""The picture of a line: readable on a small phone, light and dark; where it can't be drawn, the same in words."""

import asyncio
import re
import struct
import time
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

from bot.screens import picture
from bot.screens.call import Call, File
from bot.screens.picture import DARK, LIGHT, Drawing, Picture, draw, svg

LEVELS = (3.0, 3.7, None, 2.3, 3.3, None, None, 4.7)
OTHERS = (2.0, 2.7, None, 4.3, 3.3, None, None, 1.0)
OWN = Drawing([LEVELS], "7 September", "26 October", (2.4, 4.3))
BOTH = Drawing([LEVELS, OTHERS], "7 September", "26 October", dark=True)
SVG = "{http://www.w3.org/2000/svg}"
SMALLEST = 13  # of letters, in a phone's own dots


def luminance(colour: str) -> float:
    """Tell a colour's relative luminance, as WCAG 2 reckons it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, two: str) -> float:
    """Tell the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_that_tells_something_stands_out(colours: dict[str, str]) -> None:
    """Letters 4.5 to 1; lines 3 to 1 on the ground, and on the band; the band's edges, too (WCAG 1.4.3, 1.4.11)."""
    assert contrast(colours["text"], colours["ground"]) >= 4.5
    for ground in ("ground", "band"):
        for drawn in ("one", "two"):
            assert contrast(colours[drawn], colours[ground]) >= 3
    assert contrast(colours["edge"], colours["ground"]) >= 3
    assert contrast(colours["grid"], colours["ground"]) < 1.6  # which is there for the eye to rest on


@pytest.mark.parametrize("drawing", [OWN, BOTH], ids=["own", "both"])
def test_gaps_stay_gaps_and_every_week_is_a_dot(drawing: Drawing) -> None:
    """A line is drawn between weeks that follow one another, and over no week that is missing."""
    root = ET.fromstring(svg(drawing))  # noqa: S314 (ours)
    dots = [dot for group in root.iter(f"{SVG}g") for dot in group.iter(f"{SVG}circle")]
    lines = [str(line.get("points")).split() for line in root.iter(f"{SVG}polyline")]
    assert len(dots) == len(drawing.lines) * sum(level is not None for level in LEVELS)
    assert [len(points) for points in lines] == [2, 2] * len(drawing.lines)
    inside = [(float(d.get("cx", 0)), float(d.get("cy", 0))) for d in dots]
    assert all(0 < x < picture.WIDTH and 0 < y < picture.HEIGHT for x, y in inside)
    assert [y for _, y in inside] == [
        pytest.approx(_height(v), abs=0.1) for row in drawing.lines for v in row if v
    ]


def _height(level: float) -> float:
    return picture.TOP + (5 - level) / 4 * (picture.HEIGHT - picture.TOP - picture.BOTTOM)


def test_letters_are_large_enough_and_stand_apart() -> None:
    """On a phone of 390 dots; a label holds what a place or a language may bring, and no markup."""
    root = ET.fromstring(svg(Drawing([LEVELS], "<b>&", "26 de septiembre")))  # noqa: S314 (ours)
    assert float(str(root.get("font-size"))) >= SMALLEST
    heights = sorted(float(t.get("y", 0)) for t in root.iter(f"{SVG}text"))
    steps = sorted({b - a for a, b in pairwise(heights)} - {0.0})
    assert steps[0] >= 1.5 * SMALLEST
    assert "<b>&" in [t.text for t in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("drawing", [OWN, BOTH], ids=["own", "both"])
def test_it_is_a_png_in_the_ground_s_colour(drawing: Drawing) -> None:
    """Three dots for each of the phone's; another one with letters than without."""
    made = draw(drawing)
    assert made.startswith(b"\x89PNG")
    assert struct.unpack(">II", made[16:24]) == (1170, 900)
    assert len(made) < 200_000
    assert draw(Drawing(drawing.lines, "", "", drawing.usual, dark=drawing.dark)) != made


def test_nothing_of_it_is_loaded_before_it_is_asked_for() -> None:
    """A start does not wait for what draws."""
    source = Path(str(picture.__file__)).read_text("utf-8")
    assert not re.search(r"^(?:import|from) (?:resvg_py|jinja2|matplotlib)", source, re.MULTILINE)


WORDS = Call("sendMessage", {"chat_id": 1, "text": "in words", "parse_mode": "HTML", "reply_markup": None})


async def _fetch(_: str) -> bytes | None:
    return None


async def test_the_words_are_its_caption() -> None:
    """Under a spoiler where the reader wants one."""
    call = await Picture(WORDS, OWN).pack(_fetch)
    assert call.method == "sendPhoto"
    assert (call.payload["caption"], call.payload["has_spoiler"]) == ("in words", True)
    assert isinstance(call.payload["photo"], File)


async def test_where_it_cannot_be_drawn_the_words_go_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is gone, and where no picture is wanted."""
    monkeypatch.setattr(picture, "FONT", ("no_such_package", "no.ttf"))
    picture._font.cache_clear()
    try:
        assert await Picture(WORDS, OWN).pack(_fetch) is WORDS
    finally:
        picture._font.cache_clear()
    assert await Picture(WORDS, None).pack(_fetch) is WORDS


async def test_others_are_served_while_it_is_drawn() -> None:
    """It is drawn in a thread, which lets the loop turn meanwhile; and nothing of it is shown by a repr."""
    turns, drawing = 0, asyncio.create_task(Picture(WORDS, OWN).pack(_fetch))
    began = time.perf_counter()
    while not drawing.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 1, time.perf_counter() - began
    assert repr(OWN) == "Drawing()"
