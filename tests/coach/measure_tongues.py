"""Count how danger is heard in the languages besides English, with phrases alone and with the model beside them.

    python tests/coach/measure_tongues.py                 the hands held apart of every language, by hand and kind
    python tests/coach/measure_tongues.py es              one language alone
    python tests/coach/measure_tongues.py hand_many       a hand that was learnt from: figures that flatter
    python tests/coach/measure_tongues.py --markdown      as tables for docs/results.md

Texts are counted and never printed. The intervals are Wilson's, at 95 in 100.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "tests" / "coach"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from measure_hands import Tables, Tally  # noqa: E402 - found only once its folder is on the path
from tongues import HELD_APART, LANGUAGES, MANY, phrases, read_texts  # noqa: E402 - as above

from bot.content.advising import load_danger  # noqa: E402 - as above

PROMPTS = ROOT / "prompts"
COUNTED = ("plain", "between", "lookalike")


def count(languages: Sequence[str], hands: Sequence[str]) -> dict[str, Tables]:
    """Return what is noticed of some hands: with the model, and by the phrases alone."""
    tables = {"with the model": Tables(), "phrases alone": Tables()}
    for language in languages:
        danger = load_danger(PROMPTS / language, PROMPTS)
        assert danger is not None
        for hand, one in ((name, one) for name in hands for one in read_texts(language, name)):
            heading = one.said or "lookalike"
            kinds = [f"{language} {one.kind}", one.kind] if one.kind else []
            for name, asked in (("with the model", danger), ("phrases alone", phrases(language))):
                noticed = asked.notices(one.text) is not None
                tables[name].add(
                    heading, language, f"{language}, {hand}", f"all, {hand}", *kinds, found=noticed
                )
    return tables


def summary(languages: Sequence[str], tables: dict[str, Tables], hands: Sequence[str]) -> Iterator[str]:
    """Yield the rows of one table of all languages, and of each hand where there are several."""
    yield "| language | plain, noticed | between the lines | look-alikes, alarmed | plain by phrases alone |"
    yield "|---|---|---|---|---|"
    both, bare = tables["with the model"].rows, tables["phrases alone"].rows
    apart = [f"{language}, {hand}" for language in (*languages, "all") for hand in hands if len(hands) > 1]
    for language in (*languages, "all", *apart):
        cells = [_cell(both[heading][language]) for heading in COUNTED]
        yield f"| {language} | {' | '.join([*cells, _cell(bare['plain'][language])])} |"


def _cell(tally: Tally) -> str:
    low, high = tally.interval()
    return f"{tally.found} of {tally.all}: {tally.found / max(1, tally.all):.1%} [{low:.1%}, {high:.1%}]"


def main(arguments: Sequence[str]) -> int:
    """Print the tables that were asked for."""
    languages = [name for name in LANGUAGES if name in arguments] or list(LANGUAGES)
    hands = (MANY,) if MANY in arguments else HELD_APART
    tables = count(languages, hands)
    print("\n".join(summary(languages, tables, hands)))  # noqa: T201 - its purpose
    shown = tables["with the model"]
    print(shown.markdown() if "--markdown" in arguments else shown)  # noqa: T201 - its purpose
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
