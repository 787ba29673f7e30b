"""To whom a short message speaks, by words that stand in no text the models learnt from."""

import pytest

from bot.coach.addressee import Addressee
from bot.content.content import Content
from prompts.source import FALLBACK, languages

TO_THE_BOT = {
    "ar": ("كيف أغير الوقت إلى التاسعة", "احذف الجملة عن عملي", "هل وصلك ما كتبت", "أين الزر الذي يختم"),
    "de": (
        "kannst du die letzte zeile löschen",
        "wie stell ich die uhrzeit um",
        "hat sie schon versiegelt",
        "zeig ihr das bitte nicht",
    ),
    "en": (
        "can you delete the bit about my boss",
        "how do i make it come earlier",
        "has she sealed hers yet",
        "please don't show him this",
        "what happens when i press that",
    ),
    "es": (
        "puedes borrar la primera línea",
        "cómo cambio la hora",
        "ya lo selló ella",
        "no se lo muestres a él",
    ),
    "fr": (
        "tu peux effacer la première ligne",
        "comment je change l'heure",
        "elle a déjà scellé",
        "lui montre pas ça",
    ),
    "pt-br": (
        "pode apagar a primeira linha",
        "como eu mudo a hora",
        "ela já selou",
        "não mostra isso pra ela",
    ),
    "ru": (
        "можешь удалить первую строчку",
        "как поменять время",
        "она уже запечатала",
        "не показывай ей это",
    ),
}
TO_THE_OTHER = {
    "ar": ("كنت خائفة في المصعد", "شكرا لأنك انتظرتني", "أمي اتصلت وبكيت"),
    "de": (
        "ich hatte angst im aufzug",
        "danke dass du gewartet hast",
        "meine mutter hat angerufen und ich hab geweint",
    ),
    "en": (
        "i was scared in the lift",
        "thank you for waiting up",
        "my mum called and i cried",
        "what i need is sleep",
        "you came home late and i ate alone",
        "next time hold my hand",
    ),
    "es": ("tuve miedo en el ascensor", "gracias por esperarme despierto", "llamó mi madre y lloré"),
    "fr": ("j'ai eu peur dans l'ascenseur", "merci de m'avoir attendu", "ma mère a appelé et j'ai pleuré"),
    "pt-br": ("fiquei com medo no elevador", "obrigada por me esperar", "minha mãe ligou e eu chorei"),
    "ru": ("мне было страшно в лифте", "спасибо что подождал", "мама позвонила и я заплакала"),
}


@pytest.fixture(scope="module")
def content() -> Content:
    """Read all words once."""
    return Content()


def test_every_language_has_its_sentences() -> None:
    """A language that is offered is one of these."""
    assert {tongue.code for tongue in Content().spoken()} <= TO_THE_BOT.keys() == TO_THE_OTHER.keys()
    assert {*languages()} >= {*TO_THE_BOT} - {FALLBACK}


@pytest.mark.parametrize("language", TO_THE_BOT)
def test_most_of_what_speaks_to_the_bot_is_known(content: Content, language: str) -> None:
    """At most one of a language's sentences is missed: a model that size does miss some."""
    missed = [text for text in TO_THE_BOT[language] if not content.for_bot(text, language)]
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("language", TO_THE_OTHER)
def test_what_is_told_to_the_other_is_theirs(content: Content, language: str) -> None:
    """None of these is asked about."""
    assert [text for text in TO_THE_OTHER[language] if content.for_bot(text, language)] == []


def test_the_others_name_is_no_word_of_its_own(content: Content) -> None:
    """A name is one, whatever it means."""
    for name in ("Noa", "Seal", "Grace Undo"):
        assert content.for_bot(f"show me what {name} wrote", FALLBACK, name)
        assert not content.for_bot(f"i cried when {name} came home", FALLBACK, name)


def test_few_words_and_many_are_not_asked_about(content: Content) -> None:
    """One or two are a courtesy or an answer; a long message tells something."""
    assert not content.for_bot("undo that", FALLBACK)
    assert not content.for_bot("can you delete " + "that line " * 8, FALLBACK)


def test_without_a_model_nothing_is_the_bots() -> None:
    """A language whose model is missing or damaged asks about nothing by it."""
    assert not Addressee(None).is_bot("can you delete the last line")
