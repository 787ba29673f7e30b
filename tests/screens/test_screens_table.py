"""What does not fit together is refused by one sentence that names both places, at the start and by `check`."""

import asyncio
import importlib.util
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bot import app
from bot.__main__ import main
from bot.cli import check as check_command
from bot.clock import SystemClock
from bot.config import Config
from bot.content import Content
from bot.screens import safety, solo, table
from bot.screens.callbacks import Verb
from bot.screens.table import CONCERNS, SCREENS, WORDLESS, join, load_content
from bot.screens.view import View
from prompts.check import check
from prompts.source import ROOT, WordsError

MakeConcern = Callable[[str], ModuleType]
HEAD = """
from bot.messages import MessageKind
from bot.screens.callbacks import Verb
from bot.screens.view import Key, View
"""


@pytest.fixture
def make_concern(tmp_path: Path) -> Iterator[MakeConcern]:
    """Make a concern's file and read it; it is forgotten with the test."""

    def make(source: str) -> ModuleType:
        path = tmp_path / "extra.py"
        path.write_text(HEAD + source, "utf-8")
        spec = importlib.util.spec_from_file_location("bot.screens.extra", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module

    yield make
    sys.modules.pop("bot.screens.extra", None)


WRONG = {
    "a screen of a kind that has one": (
        'class Other(View, of=MessageKind.JOURNAL_END):\n    """Other."""\n',
        "The screen of journal_end is both bot.screens.journal.End and bot.screens.extra.Other.",
        "bot/screens/extra.py:5: ",
    ),
    "a command that has a handler": (
        'async def other(_):\n    """Other."""\n\n\nCOMMANDS = {"journal": other}\n',
        "The command /journal is both bot.screens.journal.show and bot.screens.extra.other.",
        "bot/screens/extra.py:5: ",
    ),
    "a press that has a handler": (
        'async def other(_):\n    """Other."""\n\n\nPRESSES = {Verb.SEAL: other}\n',
        "The press SEAL is both bot.screens.draft.press_seal and bot.screens.extra.other.",
        "bot/screens/extra.py:5: ",
    ),
}


@pytest.mark.parametrize(("source", "sentence", "place"), WRONG.values(), ids=WRONG)
def test_what_is_there_twice_is_refused(
    source: str, sentence: str, place: str, make_concern: MakeConcern
) -> None:
    """By one sentence that names both, and where the second stands."""
    screens = join([*CONCERNS, make_concern(source)])
    (fault,) = screens.faults
    assert str(fault).startswith(f"{place}{sentence}")
    with pytest.raises(WordsError, match=re.escape(sentence)):
        screens.hold()


def test_a_concern_that_is_listed_twice_is_refused() -> None:
    """Each of its screens is then there twice."""
    faults = join([*CONCERNS, safety]).faults
    assert "The command /safety is both bot.screens.safety.show and bot.screens.safety.show." in {
        fault.wrong for fault in faults
    }


@pytest.mark.parametrize("verb", Verb)
def test_a_press_that_no_screen_takes_is_refused(verb: Verb) -> None:
    """Whichever it is: named with the button that asks for it."""
    (taking,) = (concern for concern in CONCERNS if verb in getattr(concern, "PRESSES", {}))
    lame = ModuleType(taking.__name__)
    vars(lame).update({name: value for name, value in vars(taking).items() if name != "PRESSES"})
    lame.PRESSES = {v: handler for v, handler in taking.PRESSES.items() if v is not verb}  # type: ignore[attr-defined]
    faults = join([lame if concern is taking else concern for concern in CONCERNS]).faults
    (fault,) = faults
    assert f"bot.screens.callbacks.Verb.{verb.name}" in fault.wrong
    assert "which the button" in fault.wrong
    assert fault.file.startswith("bot/screens/")


def test_a_button_that_asks_for_what_nobody_takes_names_its_file(make_concern: MakeConcern) -> None:
    """A verb that no screen shows is named where verbs stand."""
    extra = make_concern('GO = Key(Verb.SEAL, "go")\n')
    faults = {fault.file: fault.wrong for fault in join([extra]).faults}
    assert "the button `go` in bot.screens.extra" in faults["bot/screens/extra.py"]
    assert "Verb.CONSENT is in no table of PRESSES." in " ".join(
        fault.wrong for fault in join([extra]).faults if fault.file == "bot/screens/callbacks.py"
    )


END = "en/messages/journal_end.html.j2"
UNFIT = {
    "a value that the template does not use": (
        "talked_about(talked,",
        "talked_about(me,",
        f"prompts/{END}:1: `talked` of bot.screens.journal.End is never used here.",
    ),
    "a value that the view has not": (
        "heavy) }}",
        "heavy) }}\n{{ whispered }}",
        f"prompts/{END}:3: `whispered` is not a value that bot.screens.journal.End has.",
    ),
    "a value that is the buttons' alone": (
        "heavy) }}",
        "heavy) }}{{ mine }}",
        f"prompts/{END}:2: `mine` is not a value that bot.screens.journal.End has.",
    ),
}


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """Copy the words, to change them."""
    return shutil.copytree(ROOT, tmp_path / "prompts", ignore=shutil.ignore_patterns("__pycache__", "*.py"))


def change(words: Path, old: str, new: str) -> None:
    """Change the template under an entry of the journal."""
    text = (words / END).read_text("utf-8")
    assert old in text
    (words / END).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(("old", "new", "sentence"), UNFIT.values(), ids=UNFIT)
def test_words_that_do_not_fit_their_view_are_refused(old: str, new: str, sentence: str, words: Path) -> None:
    """At the start and by `check`, in the same sentence; and a reload keeps the last good ones."""
    running = Content(words, SCREENS.expected())
    change(words, old, new)
    with pytest.raises(WordsError) as refused:
        Content(words, SCREENS.expected())
    (found,) = refused.value.findings
    assert str(found).startswith(sentence)
    assert found in check(words, SCREENS.expected(), SCREENS.labels, only=["en"])
    assert found in running.reload()
    assert "we talked" in running.renderer.message("journal_end", talked=True, heavy=False, me="")


def test_a_translation_need_not_use_every_value(words: Path, caplog: pytest.LogCaptureFixture) -> None:
    """But may use no other: then English is said, and the log names it."""
    (words / "sv" / "messages").mkdir(parents=True)
    (words / "sv" / "language.toml").write_text('name = "Svenska"\nlocale = "sv"\noffered = true\n', "utf-8")
    template = words / "sv" / "messages" / "journal_end.html.j2"
    template.write_text("Har ni talat om det?", "utf-8")
    assert Content(words, SCREENS.expected()).nearest("sv") == "sv"
    template.write_text("Har ni talat om det, {{ whispered }}?", "utf-8")
    content = Content(words, SCREENS.expected())
    assert content.nearest("sv") == "en"
    assert "bot.screens.journal.End" in caplog.text


def test_a_message_without_its_template_is_refused(words: Path) -> None:
    """Not only when somebody should read it."""
    (words / END).unlink()
    with pytest.raises(WordsError, match="This message is missing"):
        Content(words, SCREENS.expected())


async def test_nothing_starts_with_screens_that_do_not_fit(
    make_concern: MakeConcern,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Neither the words are read nor the database made; `check` names it among the rest."""
    source, sentence, _ = WRONG["a press that has a handler"]
    broken = join([*CONCERNS, make_concern(source)])
    for module in (table, app, check_command):
        monkeypatch.setattr(module, "SCREENS", broken)
    with pytest.raises(WordsError, match=sentence):
        load_content()
    config = Config("1:x", tmp_path / "data", tmp_path / "key", "Ada", "UTC", allow=None)
    with pytest.raises(WordsError, match=sentence):
        await app.running(config, SystemClock(), Content()).__aenter__()
    assert not config.data.exists()
    assert await asyncio.to_thread(main, ["check", "--language", "en"]) == 1
    assert sentence in capsys.readouterr().out


def test_what_is_there_fits() -> None:
    """Every kind has a screen, and every view a kind, but for those that others are made of."""
    assert SCREENS.faults == []
    assert set(SCREENS.views) & WORDLESS == set()
    for kind, view in SCREENS.views.items():
        assert kind in view.kinds
        assert issubclass(view, View)


def test_a_view_shows_no_words_of_its_own() -> None:
    """In a log or a traceback it is its name."""
    assert repr(solo.Landed(reply="private", suggestion="private")) == "Landed()"
