"""The keepsake is a valid page that stands by itself, and prints."""

import asyncio
import io
import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from people import Person, couple

from bot.home.house import Home
from bot.screens.kept import TYPES
from prompts.keepsake import FILE, KeptRound, Part, SaidWords, render
from prompts.source import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
VOID = {"meta", "link", "img", "br", "hr", "input", "source", "col", "wbr"}
PATIENCE = 60.0


class Nesting(HTMLParser):
    """Notes what is not closed, closed twice, or named twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = dict(attrs)
        self.seen.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if len(given) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag == "img" and not given.get("alt"):
            self.faults.append("<img> without words for it")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


async def page_of(home: Home) -> str:
    """Make a keepsake with words that look like markup, and give its page."""
    noa, sam = await couple(home)
    await noa.seals("Fish & <b>chips</b> & a long walk.\nA second line: “so quiet”, 🫖.")
    await sam.seals("An umbrella in the hall. " * 40)
    return await _page(noa)


async def _page(who: Person) -> str:
    who.writes("/export")
    await who.sees("Your keepsake")
    sent = next(m for m in reversed(who.phone.from_bot) if m.media)
    assert sent.media is not None
    file = who.home.world.files.get(sent.media.file_id)
    assert file is not None
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        return archive.read("keepsake.html").decode()


async def test_the_keepsake_is_valid_and_asks_nothing_of_any_host(home: Home) -> None:
    """A doctype, a language, a title; all closed, no id twice, no script, nothing from elsewhere."""
    page = await page_of(home)
    nesting = Nesting()
    nesting.feed(page)
    nesting.close()
    assert page.lower().startswith("<!doctype html>")
    assert '<html lang="' in page
    assert {"title", "meta", "main"} <= nesting.seen
    assert not nesting.seen & {"script", "iframe", "link", "form"}
    assert nesting.faults == []
    assert nesting.open == []
    assert len(nesting.ids) == len(set(nesting.ids))
    assert "http:" not in page
    assert "https:" not in page
    assert "Fish &amp; &lt;b&gt;chips" in page


@pytest.mark.parametrize("chosen", [True, False])
def test_a_page_is_valid_with_all_that_it_can_hold(*, chosen: bool) -> None:
    """Voice and pictures, fetched or not, another card, words that stay in the chat: escaped, closed, alone."""
    parts = [Part(kind, "A <b>", source) for kind in ("text", *TYPES) for source in ("", "data:,x")]
    said = [SaidWords(mine, "reflection", parts, card="<i>") for mine in (True, False)]
    said.append(SaidWords(mine=False, slot="response", parts=[], withheld=True))
    page = render(
        [KeptRound("2 March", "2026-03-02", "Good", "<u>", "<s>", talked=True, said=said)],
        "<em>",
        chosen=chosen,
    )
    nesting = Nesting()
    nesting.feed(page)
    nesting.close()
    assert (nesting.faults, nesting.open) == ([], [])
    assert not nesting.seen & {"b", "i", "u", "s", "script", "iframe", "link", "form"}
    assert ("You wrote" in page) is not chosen
    assert ("You marked this one" in page) is not chosen


def test_a_page_runs_as_its_language_does_and_words_as_they_were_written(tmp_path: Path) -> None:
    """The whole from right to left; what somebody wrote in their own direction."""
    folder = tmp_path / "prompts" / "ar"
    folder.mkdir(parents=True)
    (folder / "language.toml").write_text('name = "ar"\nlocale = "ar"\ndirection = "rtl"\n', "utf-8")
    shutil.copy(ROOT / "en" / FILE, folder / FILE)
    said = [SaidWords(mine=True, slot="reflection", parts=[Part("text", "A long day.")])]
    kept = KeptRound("2", "2026-03-02", "a", "b", "c", talked=False, said=said)
    page = render([kept], "Ana", "ar", tmp_path / "prompts")
    assert '<html lang="ar" dir="rtl">' in page
    assert '<p class="words" dir="auto">' in page
    assert 'dir="rtl"' not in render([kept], "Ana")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
async def test_the_keepsake_prints(home: Home, tmp_path: Path) -> None:
    """Chromium makes a PDF of it."""
    assert CHROMIUM is not None
    page, printed = tmp_path / "keepsake.html", tmp_path / "keepsake.pdf"
    page.write_text(await page_of(home), "utf-8")
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={printed}",
        page.as_uri(),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(PATIENCE):
        await process.wait()
    assert process.returncode == 0
    data = printed.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"%%EOF" in data[-16:]
    assert b"/Page" in data
