"""Words go to a translator's tool and come back: nothing is lost, nothing else is touched."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.deck import load_library
from prompts.demo_words import load_page, load_play
from prompts.exchange import export, source_texts, take_in
from prompts.render import Renderer
from prompts.source import ROOT, WordsError

TWO_SIDED = "perspective-the-hard-hour"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Copy English, and begin another language with some of its files, comments and all."""
    root = tmp_path / "prompts"
    shutil.copytree(ROOT / "en", root / "en")
    folder = root / "de"
    (folder / "decks").mkdir(parents=True)
    (folder / "messages").mkdir()
    (folder / "language.toml").write_text('name = "Deutsch"\nlocale = "de"\noffered = false\n', "utf-8")
    shutil.copy(ROOT / "en" / "buttons.toml", folder / "buttons.toml")
    shutil.copy(ROOT / "en" / "sides.toml", folder / "sides.toml")
    shutil.copy(ROOT / "en" / "messages" / "privacy.html.j2", folder / "messages")
    shutil.copy(ROOT / "en" / "decks" / "quick.toml", folder / "decks" / "elsewhere.toml")
    return root


def everything(root: Path) -> dict[str, bytes]:
    """Read every file of the other language."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in (root / "de").rglob("*") if p.is_file()}


def translated(po: str, context: str, text: str) -> str:
    """Write a translation into an entry, as a tool does."""
    head, found, rest = po.partition(f'msgctxt "{context}"\n')
    assert found, context
    before, empty, after = rest.partition('msgstr ""\n')
    assert empty
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{head}{found}{before}msgstr "{quoted}"\n{after}'


def test_what_comes_back_unchanged_changes_nothing(root: Path) -> None:
    """To the byte, comments and order included; and the same words are the same file."""
    before, po = everything(root), export("de", root)
    taken = take_in(po, "de", root)
    assert (taken.changed, taken.findings) == (0, ())
    assert everything(root) == before
    assert export("de", root) == po


def test_an_empty_language_comes_back_whole(root: Path) -> None:
    """All of English's texts, as if somebody had translated each by itself: what is exported then is what came in."""
    shutil.rmtree(root / "de")
    (root / "de").mkdir()
    (root / "de" / "language.toml").write_text('name = "Deutsch"\nlocale = "de"\n', "utf-8")
    (root / "sv").mkdir()
    shutil.copytree(root / "en", root / "sv", dirs_exist_ok=True)
    taken = take_in(export("sv", root), "de", root)
    assert taken.findings == ()
    assert taken.changed == len(list(source_texts(root)))
    shutil.rmtree(root / "sv")
    german, english = load_library("de", root), load_library("en", root)
    assert {id_ for id_, prompt in english.prompts.items() if not prompt.retired} <= german.spoken
    assert german.prompts[TWO_SIDED].sides == english.prompts[TWO_SIDED].sides
    assert (
        everything(root)["de/messages/safety.html.j2"] == (root / "en/messages/safety.html.j2").read_bytes()
    )


def test_a_text_that_is_new_is_put_where_it_belongs(root: Path) -> None:
    """A prompt into the deck that holds it, a button beside the others, a template into its file."""
    prompt = "quick-colour-so-far"
    deck = root / "de" / "decks" / "elsewhere.toml"
    deck.write_text(deck.read_text("utf-8").replace('"What colour is today so far?"', '"Farbe?"'), "utf-8")
    po = export("de", root)
    for context, text in (
        ("messages/help.html.j2", "Hilfe für {{ me }}.\n"),
        (f"decks/perspective.toml prompt {TWO_SIDED} sides 0", "Welche Stunde war für {other} schwer?"),
        (f"decks/perspective.toml prompt {TWO_SIDED} sides 1", "Welche Stunde war schwer?"),
        (f"decks/perspective.toml prompt {TWO_SIDED} single", "Welche Stunde war schwer?"),
        (f"decks/perspective.toml prompt {TWO_SIDED} hints 0", "Eine Stunde reicht."),
        (f"decks/perspective.toml prompt {TWO_SIDED} hints 1", "Eine Stunde reicht."),
        ("decks/perspective.toml title", "Von drüben"),
        ("decks/perspective.toml label", "von drüben"),
    ):
        po = translated(po, context, text)
    assert not take_in(po, "de", root).findings
    po = export("de", root).replace('msgstr "Farbe?"', 'msgstr "Welche Farbe hat der Tag?"')
    assert take_in(po, "de", root).changed == 1
    library = load_library("de", root)
    assert library.prompts[TWO_SIDED].sides[1] == "Welche Stunde war schwer?"
    assert library.prompts[prompt].sides[0] == "Welche Farbe hat der Tag?"
    assert "# How it is today" in deck.read_text("utf-8")
    assert (root / "de/messages/help.html.j2").read_text("utf-8") == "Hilfe für {{ me }}.\n"


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "pt-br", "ru"])
def test_the_demos_page_and_play_come_back_to_the_byte(tmp_path: Path, language: str) -> None:
    """What a tool changes is there, and nothing else is touched; into an empty folder each text comes by itself."""
    root = tmp_path / "prompts"
    for folder in ("en", language):
        (root / folder / "messages").mkdir(parents=True)
        for file in ("page.toml", "play.toml", "style.toml", "language.toml"):
            shutil.copy(ROOT / folder / file, root / folder)
    page, play = (root / language / file for file in ("page.toml", "play.toml"))
    before, said = (page.read_bytes(), play.read_bytes()), load_play(language, root)
    po = export(language, root)
    assert take_in(po, language, root).changed == 0
    assert (page.read_bytes(), play.read_bytes()) == before
    changed = play.read_text("utf-8").replace(f'"{said.any.moments[1]}"', '"Lu"')
    other = po.replace(f'msgstr "{said.any.moments[1]}"', 'msgstr "Lu"')
    assert take_in(other, language, root).changed == 1
    assert load_play(language, root).any.moments[1] == "Lu"
    assert play.read_text("utf-8") == changed
    assert take_in(po, language, root).changed == 1
    assert play.read_bytes() == before[1]
    page_said = load_page(language, root)
    page.unlink()
    play.unlink()
    assert take_in(po, language, root).findings == ()
    assert (load_page(language, root), load_play(language, root)) == (page_said, said)


@pytest.mark.parametrize("play", ['moment = "x"\n', "[moment]\n", 'names = "x"\n', 'names = ["x"]\n'])
def test_what_has_no_place_in_a_play_is_named(root: Path, play: str) -> None:
    """Or gets one; what stands there stays."""
    path = root / "de" / "play.toml"
    path.write_text(play, "utf-8")
    wanted = ("play.toml moment first", "play.toml names 1")
    po = export("de", root)
    for context in wanted:
        po = translated(po, context, "Wort")
    findings = take_in(po, "de", root).findings
    assert len(findings) == (play != "[moment]\n")
    assert all(finding.file == "de/play.toml" for finding in findings)
    assert path.read_text("utf-8").count("Wort") == len(wanted) - len(findings)
    assert play.strip() in path.read_text("utf-8")


def test_a_translator_is_told_what_the_writer_noted_and_how_long_it_may_be() -> None:
    """Beside each button its length; above a side what stands above it in the file."""
    notes = {unit.context: unit.notes for unit in source_texts()}
    assert notes["buttons.toml seal"] == ("at most 28 characters",)
    assert "at most 20 characters" in notes["decks/quick.toml prompt quick-colour-so-far choices 0"]
    assert notes["play.toml hour really"] == (
        "The teller, on the guess; then whoever guessed, on what was told.",
    )
    assert "at most 90 characters" in notes[f"decks/perspective.toml prompt {TWO_SIDED} hints 0"]


@pytest.mark.parametrize("broken", ["no file\n", 'msgid "a"\nmsgstr "b\n', 'msgctxt "x"\n"y\n'])
def test_what_is_no_po_file_is_told_with_its_line(root: Path, broken: str) -> None:
    """And nothing is changed."""
    before = everything(root)
    with pytest.raises(WordsError, match=r"the PO file:\d+: It isn't a PO file"):
        take_in(broken, "de", root)
    assert everything(root) == before


def test_what_english_has_no_more_is_named(root: Path) -> None:
    """By its context; the rest is taken."""
    po = export("de", root) + '\nmsgctxt "buttons.toml gone"\nmsgid "Gone"\nmsgstr "Weg"\n'
    taken = take_in(po, "de", root)
    assert [finding.wrong for finding in taken.findings] == ["English has no “buttons.toml gone” any more."]


def test_what_is_uncertain_or_empty_stays_as_it_is(root: Path) -> None:
    """A tool's guess is nobody's word."""
    po = export("de", root)
    guess = po.replace('msgctxt "buttons.toml seal"\nmsgid "Seal it"\nmsgstr "Seal it"', (
        '#, fuzzy\nmsgctxt "buttons.toml seal"\nmsgid "Seal it"\nmsgstr "Siegel"'
    ))  # fmt: skip
    assert guess != po
    assert take_in(guess, "de", root).changed == 0
    assert Renderer(root).button("seal", "de") == "Seal it"


text = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\\"{}%'), min_size=1)


@given(text)
def test_any_words_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    """Quotes, backslashes, lines and every script."""
    root = tmp_path_factory.mktemp("words") / "prompts"
    for folder in ("en/messages", "de/messages"):
        (root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "en" / "style.toml", root / "en")
    (root / "en/buttons.toml").write_text('seal = "Seal it"\n', "utf-8")
    (root / "en/messages/a.html.j2").write_text("Words.\n", "utf-8")
    (root / "de/messages/a.html.j2").write_text(words, "utf-8", newline="")
    po = export("de", root)
    (root / "de/messages/a.html.j2").write_text("Other.\n", "utf-8")
    assert take_in(po, "de", root).findings == ()
    assert (root / "de/messages/a.html.j2").read_bytes() == words.encode()
