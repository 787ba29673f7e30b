"""`preview --year` plans what a couple really gets."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from labels import label
from whole_words import whole_words

from bot.cli.tables.growth import draw_all
from bot.cli.tables.year import COUPLES, DAYS, chosen, plan

START = date(2026, 11, 30)
HARD_HOUR = "perspective-the-hard-hour"
CONTENT = whole_words()


@pytest.mark.parametrize("name", COUPLES)
def test_a_year_is_planned_for_every_couple(name: str) -> None:
    """One prompt a day, none deeper than they are, none of a theme that they did not open."""
    couple = COUPLES[name]
    days = list(plan(CONTENT, couple, START, 1))
    assert len(days) == DAYS
    assert all((later[0] - earlier[0]).days == 1 for earlier, later in pairwise(days))
    opened = couple.opens(CONTENT.library("en").themes)
    for _, choice, _ in days:
        prompt = CONTENT.prompt(choice.prompt_id, "en")
        assert prompt.depth <= couple.depth
        assert not prompt.by_consent or prompt.theme in opened


def test_a_couple_can_be_taken_deeper() -> None:
    """For a look at what they would get."""
    assert chosen("default", 3, None).depth == 3
    assert chosen("busy-parents", None, 0.0).lapses == 0
    assert chosen("busy-parents", None, None) == COUPLES["busy-parents"]


def test_the_printed_plan_has_ids_that_can_be_given_to_prompt() -> None:
    """Whole, however long they are."""
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "preview", "--year", "all-themes"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    rows = re.findall(r"^│ (\d{4}-\d\d-\d\d) +│ +\w{3} +│ +(\S+) +│", shown, re.MULTILINE)
    assert len(rows) == DAYS
    assert {prompt for _, prompt in rows} <= CONTENT.library("en").prompts.keys()


def of_form(form: str, *, two_sided: bool) -> str:
    """Find a prompt of a form."""
    prompts = CONTENT.library("en").prompts.values()
    return next(p.id for p in prompts if p.form == form and p.two_sided is two_sided and not p.quick)


# What each form leads to after the reveal, on Noa's phone or Sam's.
FORMS = {
    ("guess", True): (
        "How near did",
        "You'd made a guess",
        label("near_very"),
        "partly there",
        "really like",
    ),
    ("guess", False): ("How near did", label("near_very"), "partly there"),
    ("ask", True): ("your turn to answer",),
    ("mirror", True): ("from the other end",),
    ("each", True): ("(Noa's answer)", "(Sam's answer)"),
}


@pytest.mark.parametrize(("form", "two_sided"), FORMS)
def test_a_round_of_each_form_is_shown_from_both_sides(form: str, *, two_sided: bool) -> None:
    """To its end, with what its form leads to."""
    shown = subprocess.run(  # noqa: S603 (our own program, with an id of our own)
        [sys.executable, "-m", "bot", "preview", "--prompt", of_form(form, two_sided=two_sided)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    noa, sam = (column(shown, half) for half in (slice(None, 50), slice(50, None)))
    assert "feels heard" in noa
    assert "feels heard" in sam
    for wanted in FORMS[form, two_sided]:
        assert wanted in noa + sam


def test_a_dialogue_is_shown_from_both_sides() -> None:
    """To its end, each step on the phone of whose it is."""
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "preview", "--dialogue"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    noa, sam = (column(shown, half) for half in (slice(None, 50), slice(50, None)))
    assert "You speak now, Noa." in noa
    assert "say back what you heard" in sam
    for phone in (noa, sam):
        assert "Shall it stay in your journals?" in phone
        assert "You both said so: it stays" in phone


def column(shown: str, half: slice) -> str:
    """Read one phone's column as running words."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", " ".join(line[half] for line in shown.splitlines())).split())


def test_lines_of_made_up_weeks_are_drawn_and_told(tmp_path: Path) -> None:
    """One's own and both, light and dark; another seed draws others, and the same seed the same."""
    drawn: list[dict[str, bytes]] = []
    for seed in (3, 3, 4):
        told = draw_all(CONTENT, tmp_path / str(len(drawn)), seed)
        drawn.append({file.name: file.read_bytes() for file in (tmp_path / str(len(drawn))).iterdir()})
        assert all(name in told for name in drawn[-1])
    assert set(drawn[0]) == {
        f"{whose}-{ground}.png" for whose in ("own", "both") for ground in ("light", "dark")
    }
    assert drawn[0] == drawn[1] != drawn[2]
    assert "Usually it's between" in told


def test_a_round_is_shown_in_another_language() -> None:
    """Each on a phone of that language's play, with their own side of the card; an unknown language is told so."""
    shown = subprocess.run(  # noqa: S603 (our own program, with an id of our own)
        [sys.executable, "-m", "bot", "preview", "--language", "ru", "--prompt", HARD_HOUR],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    noa, sam = (column(shown, half) for half in (slice(None, 50), slice(50, None)))
    told, guessed = (
        max(side.split("{other}"), key=len).strip() for side in CONTENT.library("ru").prompts[HARD_HOUR].sides
    )
    assert (told in noa and guessed in sam) or (told in sam and guessed in noa)
    refused = subprocess.run(  # noqa: S603 (our own program, with an id of our own)
        [sys.executable, "-m", "bot", "preview", "--language", "tlh", "--prompt", HARD_HOUR],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode == 2
    assert refused.stderr.startswith("There is no tlh yet.")
