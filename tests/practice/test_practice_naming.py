"""What is plainly a name: the other reads it at once, so a feeling or a no is never taken for one."""

import tomllib
from pathlib import Path

import pytest

from bot.practice.naming import NameKind, NameWords, name_words, read_name, without_lead

ROOT = Path(__file__).parents[2] / "prompts"
CODES = ("en", "ar", "de", "es", "fr", "pt-br", "ru")
WORDS = {code: name_words(tomllib.loads((ROOT / code / "names.toml").read_text("utf-8"))) for code in CODES}
SENTENCES = {
    "en": (
        "I hate Sam",
        "I miss you",
        "I Hate You",
        "i'm tired",
        "so tired",
        "Leave Me",
        "hate",
        "Tired",
        "I hate",
        "don\u2019t call me",
        "is this on?",
        "my wife's name",
        "he never listens",
        "21:40",
        "call me later",
        "call me tonight",
        "you know me",
        "Not again!",
        "ich bin müde",
        "te odio",
        "je t'aime",
        "ненавижу тебя",
        "🌸",
        "what",
        "Sam",
        "hate sam",
    ),
    "ar": ("أكرهك", "أنا تعبان", "اشتقت لك", "لماذا تسأل", "I miss you"),
    "de": ("Ich bin müde", "ich hasse dich", "müde", "Lass mich", "warum", "du fehlst mir", "ich liebe Sam"),
    "es": ("te odio", "Estoy cansada", "te extraño", "por qué", "no quiero"),
    "fr": ("je te déteste", "J'ai peur", "tu me manques", "fatiguée", "pourquoi"),
    "pt-br": ("eu te odeio", "Estou cansada", "saudade", "por que"),
    "ru": ("я устала", "ненавижу тебя", "Устал", "Скучаю", "почему", "мне плохо"),
}
BACK = {
    "en": ("no", "yes", "nvm", "stop", "never mind", "Never mind", "NO", "stop!", "cancel", "ok"),
    "ar": ("لا", "نعم", "توقف", "إلغاء", "لا يهم"),
    "de": ("nein", "ja", "stopp", "abbrechen", "doch nicht"),
    "es": ("no", "sí", "para", "cancelar", "olvídalo"),
    "fr": ("non", "oui", "stop", "annuler", "laisse tomber"),
    "pt-br": ("não", "sim", "pare", "cancelar", "deixa pra lá"),
    "ru": ("нет", "да", "стоп", "отмена", "не надо", "всё равно"),
}
NAMES = (
    "Noa",
    "noa",
    "Mary Jane",
    "Nguyễn Thị Minh",
    "محمد علي",
    "فاطمة",
    "Jean-Luc",
    "Will",
    "May",
    "Ella",
    "Auntie Lu",
    "O'Brien",
    "D\u2019Angelo",
    "Ludwig van Beethoven",
    "Zoë",
    "Björk",
    "Анна Павловна",
    "Саша",
    "J.R.",
    "Hope",
    "Grace",
    "Núria",
    "小林",
    "Ngozi Chimamanda",
    "Noa 🌸",
    "LuLu",
    "Ana de Armas",
)


def read(code: str, text: str, taken: tuple[str, ...] = ("Sam",)) -> NameKind:
    """Read it as one whose language is `code`, beside all others."""
    others: list[NameWords] = [WORDS[other] for other in CODES if other != code]
    return read_name(text, WORDS[code], others, taken)


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_is_never_a_name_at_once(code: str) -> None:
    """Whatever says something to somebody is asked about."""
    assert {text: read(code, text) for text in SENTENCES[code]} == dict.fromkeys(
        SENTENCES[code], NameKind.UNSURE
    )


@pytest.mark.parametrize("code", CODES)
def test_a_no_is_the_way_back(code: str) -> None:
    """So are a yes, a stop and a never mind."""
    assert {text: read(code, text) for text in BACK[code]} == dict.fromkeys(BACK[code], NameKind.BACK)


@pytest.mark.parametrize("code", CODES)
def test_names_are_taken(code: str) -> None:
    """Of any script and shape, whatever language their bearer speaks with the bot."""
    assert [name for name in NAMES if read(code, name) is not NameKind.NAME] == []


def test_a_no_that_is_written_as_a_name_is_asked_about() -> None:
    """Nobody's name is refused."""
    assert read("en", "Stop") is NameKind.UNSURE


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("en", "call me Noa", "Noa"),
        ("en", "My name is Mary Jane.", "Mary Jane"),
        ("de", "Nenn mich Noa", "Noa"),
        ("fr", "Je m\u2019appelle Jean-Luc", "Jean-Luc"),
        ("es", "me llamo Ana", "Ana"),
        ("pt-br", "meu nome é Ana", "Ana"),
        ("ru", "Меня зовут Саша", "Саша"),
        ("ar", "اسمي محمد علي", "محمد علي"),
    ],
)
def test_what_leads_to_a_name_is_left_out(code: str, text: str, name: str) -> None:
    """A "call me" is no part of it."""
    assert read(code, text) is NameKind.NAME
    assert without_lead(text, WORDS[code]) == name
