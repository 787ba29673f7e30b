"""Reading responses from a stream: one JSON object a line in, one a line out, in order."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.coach.coach import Coach
from bot.coach.danger import Danger
from bot.coach.reading import NUMBERS


def read_lines(coach: Coach, danger: Danger | None, lines: Iterable[str]) -> Iterator[str]:
    """Answer each line; one that cannot be read is answered with what is wrong with it, never with its words."""
    for line in lines:
        yield json.dumps(_answer(coach, danger, line), ensure_ascii=False)


def _answer(coach: Coach, danger: Danger | None, line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": 'this line is no JSON; write {"about": "...", "text": "..."}'}
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return {"error": 'there is no text; write it as a string under "text"'}
    about = given.get("about", "")
    if not isinstance(about, str):
        return {"error": 'the partner\'s words are no string; write them under "about", or leave it out'}
    reading = coach.read(given["text"], about)
    offered = coach.suggest(reading)
    numbers = {name: round(getattr(reading, name), 3) for name in NUMBERS}
    ways = [{"kind": found.kind, "words": found.words} for found in reading.gets_in_the_way]
    missing = coach.suggestions.name_missing(reading)
    return {
        **numbers,
        "gets_in_the_way": ways,
        "kinds": list(reading.kinds) or [kind for kind in (reading.likely,) if kind],
        "unsaid": reading.unsaid,
        "missing": missing.text if missing else None,
        "danger": danger.notices(given["text"]) if danger else None,
        "suggestion": offered.text if offered else None,
    }
