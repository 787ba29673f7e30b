"""Lines of weeks that nobody lived: pictures on both grounds, with the words that stand under them."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

from bot.content import Content
from bot.practice.growth import both, line
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.pulse import LEAST, MOST, WEEK, Pulse
from bot.screens.growth import BothLines, Growth
from bot.screens.picture import draw

FIRST = date(2026, 1, 5)
AT = datetime(2026, 7, 1, tzinfo=UTC)
WEEKS, LEFT_OUT = 26, 0.15  # of which each is left out by so much of chance
LATER = 22  # the week from which it feels otherwise


def weeks(who: int, mean: float, shift: float, dice: random.Random) -> list[Pulse]:
    """Make somebody's weeks up, which are otherwise by `shift` at the end."""
    made = []
    for number in range(WEEKS):
        level = dice.gauss(mean + shift * (number >= LATER), 0.4)
        taps = tuple(min(MOST, max(LEAST, round(dice.gauss(level, 0.4)))) for _ in range(3))
        if dice.random() > LEFT_OUT:
            made.append(Pulse(PartnerId(who), CoupleId(1), FIRST + WEEK * number, AT, taps))
    return made


def draw_all(content: Content, folder: Path, seed: int) -> str:
    """Draw one's own line and both lines, light and dark; tell the files, and what stands under each."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)  # noqa: S311 (made-up people)
    ones, twos = weeks(1, 3.1, 1.2, dice), weeks(2, 3.6, 0.0, dice)
    own, seen = line(ones), both(ones, twos, AT - WEEK)

    write = content.tongue("en").short_date
    told = []
    for dark in (False, True):
        ground = "dark" if dark else "light"
        given = {"dark": dark, "cover": False, "words": False}
        if own is not None:
            view = Growth.of_line(own, write, **given, together=True)
            told.append(_drawn(content, folder / f"own-{ground}.png", view))
        if seen is not None:
            told.append(
                _drawn(
                    content,
                    folder / f"both-{ground}.png",
                    BothLines.of_both(seen, write, **given, protect=False),
                )
            )
    return "\n".join(told)


def _drawn(content: Content, file: Path, view: Growth | BothLines) -> str:
    if view.drawing is not None:
        file.write_bytes(draw(view.drawing))
    words = content.renderer.message(
        view.templates()[0], "en", me="Noa", other="Sam", operator="", **view.values()
    )
    return f"{file.name}\n{words}\n"
