"""Words of one's own, by the real commands: copied, checked, seen, and refused at a start in one line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sandbox import TOKEN

ROOT = Path(__file__).resolve().parents[2]
Bot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """Run a command of the real bot, with its words in a folder of the test's."""
    (tmp_path / "words").mkdir()

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        told = {
            "ATTUNE_TOKEN": TOKEN, "ATTUNE_OPERATOR": "Ops", "ATTUNE_ALLOW": "open", "HOME": str(tmp_path),
            "ATTUNE_API_URL": "http://127.0.0.1:9", "ATTUNE_WORDS": str(tmp_path / "words"), "PATH": "/usr/bin:/bin",
        }  # fmt: skip
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(  # noqa: S603 (our own command)
            command, cwd=ROOT, env=told | settings, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def test_an_original_is_copied_with_its_fingerprint_and_then_changed(bot: Bot, tmp_path: Path) -> None:
    """A button, a card with its comment's end, and a message, each as it is written in ours."""
    words = tmp_path / "words"
    for taken in (
        ["en/buttons.toml", "seal"], ["en/buttons.toml", "no"], ["en/decks/home.toml", "home-something-drips"],
        ["en/messages/privacy.html.j2"],
    ):  # fmt: skip
        assert bot("overlay", "take", *taken).returncode == 0
    assert (words / "en/buttons.toml").read_text("utf-8") == 'seal = "Seal it"\n\nno = "No"\n'
    deck = (words / "en/decks/home.toml").read_text("utf-8")
    assert deck.startswith('[[prompt]]\nid = "home-something-drips"\n')
    assert deck.count("[[prompt]]") == 1
    assert len(json.loads((words / "originals.json").read_text("utf-8"))) == 4
    (words / "en/buttons.toml").write_text('seal = "Close the envelope"\n', "utf-8")
    listed = bot("overlay")
    assert listed.returncode == 0
    assert [line.partition(": ")[2] for line in listed.stdout.splitlines()] == ["laid over ours"] * 3


def test_a_changed_original_is_named_until_it_is_seen(bot: Bot, tmp_path: Path) -> None:
    """By `check`, which is well all the same."""
    words = tmp_path / "words"
    assert bot("overlay", "take", "en/buttons.toml", "seal").returncode == 0
    (words / "originals.json").write_text('{"en/buttons.toml seal": "of an earlier release"}', "utf-8")
    checked = bot("check", "--language", "en")
    assert checked.returncode == 0
    assert (
        "words/en/buttons.toml:1: The original of “en/buttons.toml seal” has changed since" in checked.stdout
    )
    assert bot("overlay", "seen", "en/buttons.toml", "seal").stdout == "1 seen\n"
    assert bot("overlay").stdout == "en/buttons.toml seal: laid over ours\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["take", "en/buttons.toml", "sael"], "There is no “sael” in en/buttons.toml"),
        (["take", "en/buttons.toml"], "There is no “” in en/buttons.toml"),
        (["take", "../pyproject.toml", "project"], "There is no file ../pyproject.toml"),
        (["seen", "en/buttons.toml", "seal"], "Nothing of yours is called “en/buttons.toml seal”"),
    ],
)
def test_what_there_is_not_is_told(arguments: list[str], said: str, bot: Bot) -> None:
    """In a line, with status 2, and nothing is written."""
    done = bot("overlay", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(said)


def test_a_start_with_words_that_cannot_hold_ends_in_one_line(bot: Bot, tmp_path: Path) -> None:
    """Before anything is made; and so does a folder that is not there."""
    (tmp_path / "words/en").mkdir()
    (tmp_path / "words/en/buttons.toml").write_text('sael = "Seal"\n', "utf-8")
    ended = bot()
    assert (ended.returncode, ended.stderr) == (
        2, "words/en/buttons.toml:1: No button is called `sael`. Did you mean `seal`?\n",
    )  # fmt: skip
    ended = bot(ATTUNE_WORDS=str(tmp_path / "nowhere"))
    assert ended.returncode == 2
    assert ended.stderr.startswith("Set ATTUNE_WORDS to a folder of words that is there")
    assert ended.stderr.count("\n") == 1
    assert not (tmp_path / ".local").exists()


def test_the_doctor_says_what_is_laid_over(bot: Bot, tmp_path: Path) -> None:
    """What there is, or what is wrong with it."""
    bot("overlay", "take", "en/buttons.toml", "seal")
    assert "✓ words of your own, 1: en/buttons.toml seal\n" in bot("doctor").stdout
    (tmp_path / "words/en/buttons.toml").write_bytes(b'seal = "\xff"\n')
    assert "✗ words of your own: words/en/buttons.toml:1: This is not UTF-8." in bot("doctor").stdout
