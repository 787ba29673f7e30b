"""A month or a year looked back on, as a page in the keepsake's style: what both have seen of it, and no count.

A language's words for it are in its `looked_back.html.j2`; what stands around them is the same in all.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup

from prompts.pages import find_page_faults, page_sandbox
from prompts.source import FALLBACK, ROOT, Finding
from prompts.template import TemplateValues

FILE = "looked_back.html.j2"
SHELL = "page.html.j2"
VALUES = TemplateValues(frozenset({"title", "name", "other", "year", "parts", "ahead"}))


@dataclass(frozen=True)
class KeptSentence:
    """A sentence that stays with one of the two; `withheld`: its author keeps it to the chat."""

    mine: bool
    text: str
    withheld: bool = False


@dataclass(frozen=True)
class PageMonth:
    """A month: its name, on a year's page; what the two wrote about; and what stays with them."""

    title: str
    cards: Sequence[str]
    sentences: Sequence[KeptSentence]


@dataclass(frozen=True)
class LookedBack:
    """What stands on the page of one of the two: `title` is the month with its year, or the year."""

    title: str
    name: str
    other: str
    year: bool
    parts: Sequence[PageMonth]
    ahead: str = ""  # a theme that both wish for


def render(page: LookedBack, language: str = FALLBACK, root: Path | None = None) -> str:
    """Render the page; everything that anybody wrote is escaped."""
    root = root or ROOT
    sandbox, folder = page_sandbox(FILE, language, root, [SHELL])
    words = asdict(page) | {"parts": page.parts}
    body = Markup(sandbox.get_template(FILE).render(**words))  # noqa: S704 (escaped by its own template)
    return sandbox.get_template(SHELL).render(
        body=body, title=page.title, language=folder, rtl=sandbox.tongue.rtl
    )


def find_looked_back_faults(folder: Path, root: Path) -> list[Finding]:
    """Find what breaks a language's words for the page, where it has them."""
    return find_page_faults(FILE, VALUES, folder, root)
