"""A new message with a value and a button touches six files: CONTRIBUTING.md's own example, worked through."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "prompts", "storage")
SCREEN = "bot/screens/journal.py"
ACTION = "bot/actions/deck.py"

DECK = '''"""What lies in the deck."""

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice.partner import Partner


async def hide_count(work: Work, partner: Partner, count: int) -> None:
    """Hide the number."""
    await work.outbox.put(message(MessageKind.CARD_COUNT, partner, count=count + 1))
'''

STORY = """
import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from couple_world import world

from bot.actions.people import message
from bot.content import Content
from bot.messages import MessageKind
from bot.screens.callbacks import Verb
from bot.screens.table import load_content


async def main() -> None:
    with TemporaryDirectory() as folder:
        async with world(Path(folder), load_content()) as here:
            ana, _ = await here.meet("Ana", "Bo")
            async with here.unit() as work:
                await work.outbox.put(message(MessageKind.CARD_COUNT, await work.partners.get(ana.id), count=3))
            await here.deliver()
            shown = ana.last("card_count")
            print(shown.text, shown.buttons)
            await ana.presses_data(shown.id, shown.buttons[0][1])
            await here.deliver()
            print(ana.last("card_count").text)


asyncio.run(main())
"""


def example() -> tuple[dict[int, str], str]:
    """Read the example: what each step writes, by number, and the screen's code."""
    page = (HOUSE / "CONTRIBUTING.md").read_text("utf-8")
    steps = page.partition("## A new screen, step by step")[2].partition("\n## ")[0]
    written = {int(number): code for number, code in re.findall(r"^(\d)\. .*`([^`]+)`$", steps, re.MULTILINE)}
    (code,) = re.findall(r"```python\n(.*?)```", steps, re.DOTALL)
    return written, re.sub(r"^ {3}", "", code, flags=re.MULTILINE)


def files(root: Path) -> dict[str, bytes]:
    """Read all that is there."""
    found = (path for room in ROOMS for path in (root / room).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.suffix != ".pyc"}


def insert(path: Path, before: str, text: str) -> None:
    """Write a text before the first place that says so."""
    source = path.read_text("utf-8")
    assert before in source, (path, before)
    path.write_text(source.replace(before, f"{text}{before}", 1), "utf-8")


def append(path: Path, text: str) -> None:
    """Write a text at a file's end."""
    path.write_text(path.read_text("utf-8").rstrip("\n") + text, "utf-8")


def build(root: Path) -> None:
    """Add the example's screen to a copy of the house."""
    written, code = example()
    insert(root / "bot/messages.py", "    # meeting\n", f"    {written[1]}\n")
    (root / "prompts/en/messages/card_count.html.j2").write_text(f"{written[2]}\n", "utf-8")
    append(root / "prompts/en/buttons.toml", f"\n{written[3]}\n")
    insert(root / "bot/screens/callbacks.py", '    CONSENT = "in"\n', f"    {written[4]}\n")
    insert(root / SCREEN, "from bot.actions import journal\n", "from bot.actions import deck\n")
    insert(root / SCREEN, "COMMANDS: Mapping", f"{code}\n\n")
    insert(root / SCREEN, "    Verb.JOURNAL: turn_page,\n", "    Verb.HIDE_COUNT: hide_count,\n")
    (root / ACTION).write_text(DECK, "utf-8")


def run(root: Path, *arguments: str) -> str:
    """Run Python in the copy; give what it prints."""
    done = subprocess.run(  # noqa: S603 (our own interpreter, on a copy of our own code)
        [sys.executable, *arguments],
        cwd=root,
        env={"PYTHONPATH": f"{root}:{root / 'tests'}", "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,  # it checks every language, on a busy machine
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_screen_touches_six_files(tmp_path: Path) -> None:
    """Built by the page's own words it passes `check`, is rendered with its value, and takes its press."""
    for room in ROOMS:
        shutil.copytree(HOUSE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    before = files(tmp_path)
    build(tmp_path)
    after = files(tmp_path)
    assert sorted(name for name in after if after[name] != before.get(name)) == [
        ACTION,
        "bot/messages.py",
        "bot/screens/callbacks.py",
        SCREEN,
        "prompts/en/buttons.toml",
        "prompts/en/messages/card_count.html.j2",
    ]
    shutil.copytree(HOUSE / "tests/actions", tmp_path / "tests")
    # an offered language wants the screen's words, too: they're its writer's
    assert run(tmp_path, "-m", "bot", "check", "--language", "en").startswith("The words are fine.")
    assert run(tmp_path, "-c", STORY) == (
        "There are 3 cards, Ana. [('Hide it', 'count:3')]\nThere are 4 cards, Ana.\n"
    )
