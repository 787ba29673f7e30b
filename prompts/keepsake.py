"""The keepsake: a person's rounds as one page, to read, print and keep.

It stands alone: its style, voice and pictures are inside. Its template is a language's `keepsake.html.j2`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prompts.pages import find_page_faults, page_sandbox
from prompts.source import FALLBACK, ROOT, Finding
from prompts.template import TemplateValues

FILE = "keepsake.html.j2"
VALUES = TemplateValues(frozenset({"rounds", "name", "language", "rtl", "chosen", "shared"}))


@dataclass(frozen=True)
class Part:
    """One part of what somebody said: `kind` is text, voice, video_note or photo.

    `source` is a data URI of what was recorded; empty where it could not be fetched.
    """

    kind: str
    text: str
    source: str = ""
    file: str = ""  # its name in the archive
    covered: bool = False  # its author has put a cover over what was recorded


@dataclass(frozen=True)
class SaidWords:
    """What one of the two said: a reflection, a response, a clarification.

    `unsent`: it was written and has not gone out.
    `withheld`: its author keeps it to the chat, and there are no parts. `card` is set where it is not the round's.
    """

    mine: bool
    slot: str
    parts: Sequence[Part]
    card: str = ""
    withheld: bool = False
    unsent: bool = False


@dataclass(frozen=True)
class KeptRound:
    """One round: its date in words, its prompt, and what was said."""

    day: str
    date: str
    label: str
    prompt: str
    other: str
    talked: bool
    said: Sequence[SaidWords]
    stays: Sequence[str] = ()  # sentences of the other's that its reader has marked


def render(
    rounds: Sequence[KeptRound],
    name: str,
    language: str = FALLBACK,
    root: Path | None = None,
    *,
    chosen: bool = False,
) -> str:
    """Render the page; everything that anybody wrote is escaped.

    `chosen`: not all that there is, but what somebody has chosen, perhaps for another reader.
    """
    root = root or ROOT
    shared = any(not said.mine for kept in rounds for said in kept.said)
    sandbox, folder = page_sandbox(FILE, language, root)
    return sandbox.get_template(FILE).render(
        rounds=rounds, name=name, language=folder, rtl=sandbox.tongue.rtl, chosen=chosen, shared=shared
    )


def find_keepsake_faults(folder: Path, root: Path) -> list[Finding]:
    """Find what breaks a language's page, where it has one."""
    return find_page_faults(FILE, VALUES, folder, root)
