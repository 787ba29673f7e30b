"""Words of one's own: laid over ours key by key, refused where they can't hold, and told when ours have changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_words import EXPECTED, SmallWords, make_small_words

from prompts.deck import load_library
from prompts.overlay import ORIGINALS, Overlay
from prompts.overlay_check import check_overlay, find_strays, own_pieces
from prompts.quoting import find_unquoted
from prompts.render import Renderer
from prompts.source import ROOT, Finding
from prompts.template import MACROS
from prompts.words import load_words

OWN_CARD = """
[[prompt]]
id = "listening-our-river"
depth = 1
text = "Tell {other} about a walk by our river. What did you see there?"
hint = "The bridge, the ducks."
starters = "reflect"
"""
QUOTED = '{% from "_macros.html.j2" import words as quote %}\n'


@dataclass(frozen=True, slots=True)
class Laid:
    """Our words and an operator's, each to be changed."""

    ours: SmallWords
    root: Path

    @property
    def overlay(self) -> Overlay:
        """Return the operator's folder."""
        return Overlay(self.root)

    def write(self, file: str, text: str | bytes) -> None:
        """Write one of the operator's files."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def found(self) -> list[Finding]:
        """Check it."""
        return check_overlay(self.overlay, self.ours.root, EXPECTED)

    def see(self) -> None:
        """Keep the fingerprints of the originals as they are now, as `overlay seen` does."""
        kept = {
            piece.name: piece.original for piece in own_pieces(self.overlay, self.ours.root) if piece.original
        }
        self.write(ORIGINALS, json.dumps(kept))


@pytest.fixture
def laid(tmp_path: Path) -> Laid:
    """Write both."""
    (tmp_path / "own").mkdir()
    made = make_small_words(tmp_path)
    made.write("sv/buttons.toml", 'seal = "Försegla"\n')
    return Laid(made, tmp_path / "own")


def test_a_message_a_button_and_a_card_are_laid_over_and_the_rest_is_ours(laid: Laid) -> None:
    """Each by its own key; what the overlay leaves out comes from ours, and ours stay as they were."""
    laid.write(
        "en/messages/hello.html.j2", QUOTED + "Good to see you, {{ other }}. {{ quote(text, covered) }}"
    )
    laid.write("en/buttons.toml", 'share = "Pass it to {other}"\n')
    laid.write("en/decks/listening.toml", '[[prompt]]\nid = "listening-stayed"\ntext = "What stayed?"\n')
    laid.write("en/closings.toml", '[[closing]]\nid = "by-the-river"\ntext = "Take a walk."\n')
    laid.see()
    assert laid.found() == []
    before, after = Renderer(laid.ours.root), Renderer(laid.ours.root, EXPECTED, laid.overlay)
    facts = {"other": "B", "text": "a word", "covered": False}
    assert after.message("hello", **facts).startswith("Good to see you, B.")
    assert before.message("hello", **facts).startswith("<b>Hello B")
    assert [after.button("share", other="B"), after.button("seal")] == ["Pass it to B", "Seal it"]
    assert after.button("share", "sv", other="B") == "Pass it to B"
    ours, own = load_library("en", laid.ours.root), load_library("en", laid.ours.root, laid.overlay)
    stayed = own.prompt("listening-stayed")
    assert (stayed.sides[0], stayed.hint_for(0), stayed.depth) == (
        "What stayed?",
        "Start with where you were.",
        1,
    )
    assert own.prompt("listening-hour") == ours.prompt("listening-hour")
    assert list(own.prompts) == list(ours.prompts)
    assert set(load_words("en", laid.ours.root, laid.overlay).closings) == {"in-person", "by-the-river"}


def test_a_card_is_added_one_is_retired_and_a_decks_label_changes(laid: Laid) -> None:
    """A deck of one's own, a card in one of ours, and what holds for all of a deck."""
    laid.write("en/decks/own-river.toml", 'title = "River"\nlabel = "river"\nway = "daily"\n' + OWN_CARD)
    retired = '[[prompt]]\nid = "listening-hour"\nretired = true\n'
    laid.write("en/decks/listening.toml", 'label = "two ears"\n' + retired)
    laid.write("en/decks/senses.toml", '[arc]\nannounce = "A week of the senses."\n')
    laid.see()
    assert laid.found() == []
    own = load_library("en", laid.ours.root, laid.overlay)
    assert own.prompt("listening-our-river").label == "river"
    assert own.prompt("listening-hour").retired
    assert own.prompt("listening-stayed").label == "two ears"
    arc = own.arcs["arc-senses"]
    assert (arc.announce, len(arc.prompts)) == ("A week of the senses.", 5)
    assert own.prompt("daily-taste").place_in_arc == 3


HELLO, BUTTONS, DECK = "en/messages/hello.html.j2", "en/buttons.toml", "en/decks/listening.toml"
SAID = QUOTED + "{{ quote(text, covered) }}"
CARD, HOUR = "[[prompt]]\n", 'id = "listening-hour"\n'
BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "a value that its view has not": (HELLO, f"{SAID}{{{{ zone }}}}", "2: `zone` is not a value"),
    "words left out": (HELLO, "Hello {{ other }}", "1: “{{ words(text, covered) }}” is missing"),
    "words uncovered": (
        HELLO,
        SAID.replace("covered", "false"),
        "1: “{{ words(text, covered) }}” is missing",
    ),
    "words bare": (HELLO, SAID + "{{ text }}", "2: `text` is words of the two"),
    "words by letters": (
        HELLO,
        SAID + "{% for x in text %}{{ x }}{% endfor %}",
        "2: `text` is words of the two",
    ),
    "code": (HELLO, SAID + "{{ other.__class__ }}", "2: `other.__class__` is not a value that ours says."),
    "a tag that Telegram has not": (HELLO, SAID + "<h1>Hi</h1>", "2: "),
    "a message not in UTF-8": (HELLO, "Grüß dich".encode("latin-1"), "1: This is not UTF-8."),
    "a message of another name": (
        "en/messages/helo.html.j2",
        "Hi",
        "1: This is no file that can be laid over.",
    ),
    "the macros": (f"en/messages/{MACROS}", "", "1: How words are quoted is not laid over."),
    "a button of another name": (
        BUTTONS,
        'sael = "Seal"\n',
        "1: No button is called `sael`. Did you mean `seal`?",
    ),
    "an empty button": (BUTTONS, 'seal = " "\n', "1: `seal` is empty."),
    "a button that is no text": (BUTTONS, "seal = 5\n", "1: `seal` is not text in quotes."),
    "a button that is given no name": (BUTTONS, 'seal = "For {other}"\n', "1: `seal` is given no name."),
    "an endless button": (BUTTONS, f'seal = "{"a" * 300}"\n', "1: `seal` has 300 characters."),
    "no TOML": (BUTTONS, 'seal = "Seal\n', "1: This is not valid TOML"),
    "a card without its keys": (DECK, CARD + 'id = "listening-stayd"\n', "1: `depth` is missing"),
    "a card without an id": (DECK, CARD + 'text = "What?"\n', "1: `depth` is missing"),
    "a card whose id is a list": (DECK, CARD + 'id = ["x"]\n', "1: `depth` is missing"),
    "a card in another shape": (
        DECK,
        CARD + HOUR + 'text = "?"\n',
        "3: “listening-hour” has another `text` in ours",
    ),
    "a card twice": (DECK, (CARD + HOUR) * 2, "4: The prompt id “listening-hour” is taken"),
    "a key that no card has": (DECK, CARD + HOUR + 'txt = "?"\n', "3: `txt` is not a key of a prompt."),
    "a deck that is a list": (DECK, "prompt = [1]\n", "1: There is no [[prompt]] here."),
    "a language that there is not": (
        "fr/buttons.toml",
        'seal = "Sceller"\n',
        "1: There is no language “fr”.",
    ),
    "a file outside": ("buttons.toml", 'seal = "Seal"\n', "1: This is in no language's folder."),
    "a file of ours that is not laid over": (
        "en/style.toml",
        "",
        "1: This is no file that can be laid over.",
    ),
    "no fingerprints": (ORIGINALS, "[]", "1: These fingerprints can't be read."),
}


@pytest.mark.parametrize(("file", "text", "sentence"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_hold_is_named_with_file_and_line(
    file: str, text: str | bytes, sentence: str, laid: Laid
) -> None:
    """The first finding says where it stands and what to mend, and it is a fault, not a note."""
    laid.write(file, text)
    faults = [found for found in laid.found() if not found.note]
    assert str(faults[0]).startswith(f"own/{file}:{sentence}"), faults
    assert all(found.write for found in faults)


def test_a_template_that_fails_on_its_facts_is_said_in_our_words(
    laid: Laid, caplog: pytest.LogCaptureFixture
) -> None:
    """What no check can foresee keeps nothing from anybody; the log names the file, and no fact."""
    laid.write(HELLO, SAID + "{% for each in other %}{{ each }}{% endfor %}")
    renderer = Renderer(laid.ours.root, EXPECTED, laid.overlay)
    said = renderer.message("hello", other=5, text="a letter", covered=False)
    assert said.startswith("<b>Hello 5</b>")
    assert "own/en/messages/hello.html.j2:2: This failed with TypeError." in caplog.text
    assert "letter" not in caplog.text


def test_a_folder_in_the_place_of_a_file_is_named(laid: Laid) -> None:
    """As is what can't be read."""
    (laid.root / "en" / "buttons.toml").mkdir(parents=True)
    (fault,) = laid.found()
    assert str(fault).startswith("own/en/buttons.toml:1: This can't be read (IsADirectoryError).")


Change = Callable[[SmallWords], None]
CHANGES: dict[str, Change] = {
    "en/messages/hello.html.j2": lambda ours: ours.change("en/messages/hello.html.j2", "Hello", "Hullo"),
    "en/buttons.toml share": lambda ours: ours.change("en/buttons.toml", "Send it", "Hand it"),
    "en/decks/listening.toml listening-stayed": lambda ours: ours.change(
        "en/decks/listening.toml", "stayed with you", "stuck with you"
    ),
    "en/decks/listening.toml label": lambda ours: ours.change(
        "en/decks/listening.toml", 'label = "listening"', 'label = "ears"'
    ),
}


def lay_all(laid: Laid) -> None:
    """Lay something over each kind of thing, and see the originals."""
    laid.write("en/messages/hello.html.j2", QUOTED + "Hi, {{ other }}. {{ quote(text, covered) }}")
    laid.write("en/buttons.toml", 'share = "Pass it to {other}"\n')
    laid.write(
        "en/decks/listening.toml",
        'label = "two ears"\n\n[[prompt]]\nid = "listening-stayed"\ntext = "What stayed?"\n',
    )
    laid.see()


@pytest.mark.parametrize("piece", CHANGES)
def test_an_original_that_changes_is_noted_and_goes_on_being_laid_over(piece: str, laid: Laid) -> None:
    """An upgrade that rewords ours takes nothing away, and `check` says which one to look at again."""
    lay_all(laid)
    assert laid.found() == []
    CHANGES[piece](laid.ours)
    (noted,) = laid.found()
    assert noted.note
    assert f"The original of “{piece}” has changed since you wrote yours." in str(noted)
    assert f"overlay seen {piece}" in noted.write
    assert Renderer(laid.ours.root, EXPECTED, laid.overlay).button("share", other="B") == "Pass it to B"
    laid.see()
    assert laid.found() == []


def test_an_original_that_has_gone_is_passed_over_and_noted(laid: Laid) -> None:
    """A release may drop a button, a card and a message: what was laid over them stands in nobody's way."""
    lay_all(laid)
    laid.ours.change("en/buttons.toml", 'share = "Send it to {other}"\n', "")
    laid.ours.change("en/decks/listening.toml", 'id = "listening-stayed"', 'id = "listening-other"')
    (laid.ours.root / "en/messages/hello.html.j2").unlink()
    noted = check_overlay(laid.overlay, laid.ours.root, {})
    assert all(found.note for found in noted)
    assert len([found for found in noted if "has no original any more" in found.wrong]) == 3
    assert "listening-stayed" not in load_library("en", laid.ours.root, laid.overlay).prompts


def test_what_was_never_seen_is_noted(laid: Laid) -> None:
    """Whoever lays something over by hand has no fingerprint yet."""
    laid.write("en/buttons.toml", 'seal = "Close it"\n')
    (noted,) = laid.found()
    assert noted.note
    assert "No fingerprint of the original of “en/buttons.toml seal” is kept." in str(noted)


def test_what_an_editor_leaves_and_a_readme_are_nobodys_words(laid: Laid) -> None:
    """They are passed over."""
    for name in ("README.md", "en/.buttons.toml.swp", "en/buttons.toml~"):
        laid.write(name, b"\xff")
    assert find_strays(laid.overlay, laid.ours.root) == []


def test_every_message_of_ours_brings_in_words_as_itself() -> None:
    """So a copy of any of them can be laid over, and then changed around the words."""
    templates = [path for path in (ROOT / "en/messages").glob("*.html.j2") if path.name != MACROS]
    texts = {path.name: path.read_text("utf-8") for path in templates}
    assert len(texts) > 100
    assert [found for name, text in texts.items() for found in find_unquoted(name, text, text)] == []
