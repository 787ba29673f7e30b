"""A language's own signs: what another language's keyboard leaves behind is found, and what is right is left alone."""

import shutil
from pathlib import Path

import pytest

from prompts.pieces import Passage
from prompts.source import ROOT
from prompts.typography import find_typography

WRONG = [
    ("fr", "Tu vas bien?"),
    ("fr", "Tu vas bien ?"),  # an ordinary space, at which a line may break
    ("fr", "Il reste : deux « mots »."),
    ("de", "Noa sagt “ja”."),
    ("de", 'Noa sagt "ja".'),
    ("ru", "Noa говорит “да”."),
    ("es", "Cómo estás?"),
    ("es", "Ven!"),
    ("ar", "كيف حالك?"),
    ("ar", "نعم, وأنت"),
    ("ar", "الساعة ٨"),
    ("en", 'Say "yes".'),
    ("en", "Say\u200b yes."),
    ("ar", "من \u2068Noa\u2069"),
]
RIGHT = [
    ("fr", "Tu vas bien\u202f? Il dit\u00a0: «\u00a0oui\u00a0», à 20:00."),
    ("fr", "Voir https://example.org."),
    ("de", "Noa sagt „ja“, und dann: „Wirklich?“"),
    ("ru", "Noa говорит «да»: „правда“?"),
    ("es", "¿Cómo estás? ¡Ven!"),
    ("ar", "كيف حالك؟ نعم، وأنت؛ الساعة 20:00."),
    ("en", "Say “yes”, don't wait: 20:00?"),
    ("pt-br", "Diga “sim”. Tudo bem?"),
]


def find(root: Path, language: str, text: str) -> list[str]:
    """Check one text of a language that has no files besides."""
    folder = root / "prompts" / language
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / language / "language.toml", folder)
    passage = Passage(("prompt",), "a-card", text, "deck.toml", 3)
    return [str(finding) for finding in find_typography(folder, root / "prompts", [passage])]


@pytest.mark.parametrize(("language", "text"), WRONG)
def test_a_foreign_or_hidden_sign_is_found(tmp_path: Path, language: str, text: str) -> None:
    """With its place, and what to write."""
    found = find(tmp_path, language, text)
    assert found
    assert all(one.startswith("deck.toml:3: “a-card”: ") for one in found)


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_what_is_right_is_left_alone(tmp_path: Path, language: str, text: str) -> None:
    """Hours, addresses and quotations within quotations are no slips."""
    assert find(tmp_path, language, text) == []


def test_messages_and_the_demos_words_are_read_too(tmp_path: Path) -> None:
    """Each by its line; tags and their quotation marks are no text."""
    root = tmp_path / "prompts"
    folder = root / "es"
    (folder / "messages").mkdir(parents=True)
    shutil.copy(ROOT / "es" / "language.toml", folder)
    message = 'Hola.\n<tg-time unix="{{ unix }}" format="wt">lunes</tg-time>\nDice "sí".'
    (folder / "messages" / "asked.html.j2").write_text(message, "utf-8")
    (folder / "page.toml").write_text('start = "Empezar"\nwho = "Quién es?"\n', "utf-8")
    found = [(finding.file, finding.line) for finding in find_typography(folder, root, [])]
    assert set(found) == {("prompts/es/messages/asked.html.j2", 3), ("prompts/es/page.toml", 2)}
