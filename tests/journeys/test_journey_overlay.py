"""An operator's own words change while two people are in the middle of a round."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from memory import stored
from people import MakeHome, couple, next_round

from bot.content import Content
from bot.screens.callbacks import Verb
from prompts.overlay import Overlay

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RIVER = """
title = "River"
label = "our river"
way = "daily"

[[prompt]]
id = "own-river-walk"
depth = 1
text = "Tell {other} about a walk by the river."
hint = "The bridge."
starters = "reflect"
"""


async def test_a_card_is_reworded_and_then_taken_out_in_the_middle_of_its_round(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """The round goes on either way: what was written is revealed, and the next day another card comes."""
    deck = tmp_path / "own" / "en" / "decks" / "own-river.toml"
    deck.parent.mkdir(parents=True)
    deck.write_text(RIVER, "utf-8")
    content = Content(overlay=Overlay(tmp_path / "own"))
    home = await make_home(content=content, prompts=["own-river-walk"])
    ana, bo = await couple(home, "Ana", "Bo")
    assert ana.was_told("a walk by the river")
    await ana.seals("The ducks were out.")
    deck.write_text(RIVER.replace("a walk by the river", "our river in spring"), "utf-8")
    assert content.reload() == []
    bo.writes("/today")
    await bo.sees("our river in spring")
    shutil.rmtree(deck.parent)
    assert content.reload() == []
    bo.writes("/today")
    await bo.sees("isn't in the deck any more")
    await bo.seals("You laughed at them.")
    await bo.sees("The ducks were out.")
    await ana.sees("You laughed at them.")
    ana.writes("/journal")
    page = await ana.sees("newest first")
    await ana.presses(Verb.ENTRY, on=page)
    await ana.sees("You wrote:")


async def test_a_card_that_has_gone_keeps_no_couple_from_the_next(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """Its couple's history names it, and the next card is chosen from what there is."""
    deck = tmp_path / "own" / "en" / "decks" / "own-river.toml"
    deck.parent.mkdir(parents=True)
    deck.write_text(RIVER, "utf-8")
    content = Content(overlay=Overlay(tmp_path / "own"))
    home = await make_home(content=content, prompts=["own-river-walk"], last=START)
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals("A quiet day.")
    await bo.seals("A loud one.")
    shutil.rmtree(deck.parent)
    assert content.reload() == []
    await next_round(home, ana, bo)
    asked = [prompt for (prompt,) in stored(home, "SELECT prompt FROM rounds ORDER BY ordinal")]
    assert asked[0] == "own-river-walk"
    assert len(asked) > 1
    assert asked[1] in {card.id for card in content.cards()}
