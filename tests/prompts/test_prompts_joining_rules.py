"""Another language than English says by its own words what is surely one sentence with a starter."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompts.joining import Follows, LeadIn
from prompts.joining_rules import Joints, load_joints
from prompts.source import Finding

RULES = """\
sore = ["allein", "nie", "traur*", "tut mir leid", "müde"]
turns = ["aber"]
capitals = ["einsamkeit"]

[sentence]
never = ["tut mir leid"]
without = ["sorry"]

[clause]
begins = ["te", "lo que"]
never = ["te falta"]
least = 3

[noun]
begins = ["die", "deine"]
without = ["warst"]

[name]
begins = ["einsamkeit", "ein bisschen"]
least = 1
"""


@pytest.fixture
def joints(tmp_path: Path) -> Joints:
    """Read such rules."""
    folder = tmp_path / "prompts" / "de"
    folder.mkdir(parents=True)
    (folder / "joining.toml").write_text(RULES, "utf-8")
    findings: list[Finding] = []
    joints = load_joints(folder, folder.parent, findings)
    assert findings == []
    assert joints
    return joints


@pytest.mark.parametrize(
    ("follows", "text", "joined"),
    [
        (Follows.SENTENCE, "Du warst müde.", "So: Du warst müde."),
        (Follows.SENTENCE, "Tut mir leid, das war spät.", None),
        (Follows.SENTENCE, "Das war spät, sorry.", None),
        (Follows.SENTENCE, "Warst du müde?", None),
        (Follows.SENTENCE, "¿Estabas lejos?", None),
        (Follows.SENTENCE, "هل كان الوقت متأخرًا؟", None),
        (Follows.CLAUSE, "Te sentías lejos.", "So: te sentías lejos."),
        (Follows.CLAUSE, "Lo que dijiste importa", "So: lo que dijiste importa"),
        (Follows.CLAUSE, "Te falta paciencia hoy", None),
        (Follows.CLAUSE, "Te veo", None),
        (Follows.CLAUSE, "Te, no sé qué", None),
        (Follows.NOUN, "Die Art, wie du gewartet hast", "So: die Art, wie du gewartet hast"),
        (Follows.NOUN, "Die Art, wie du warst", None),
        (Follows.NAME, "Einsamkeit", "So: Einsamkeit"),
        (Follows.NAME, "Ein bisschen Ruhe", "So: ein bisschen Ruhe"),
        (Follows.NAME, "Hunger", None),
    ],
)
def test_what_is_surely_one_sentence_is_joined(
    joints: Joints, follows: Follows, text: str, joined: str | None
) -> None:
    """And nothing else: a whole sentence of one's own always reads well."""
    assert LeadIn("So:", follows, language="de", joints=joints).join(text) == (joined or text)


def test_a_glad_opening_stands_before_nothing_sore(joints: Joints) -> None:
    """By the words that the language lists."""
    opening = LeadIn("Wie schön:", Follows.SENTENCE, glad=True, language="de", joints=joints)
    assert opening.join("Du hast gelacht.") == "Wie schön: Du hast gelacht."
    assert opening.join("Das hat mir gutgetan.") == "Wie schön: Das hat mir gutgetan."
    for sore in (
        "Du warst allein.",
        "Du sahst traurig aus.",
        "Tut mir leid.",
        "Du warst muede, aber da.",
        "Du warst MUDE.",
    ):
        assert opening.join(sore) == sore
