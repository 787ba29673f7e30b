"""What hurts or denies is known in every language by its own words, whatever it means for whoever wrote it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from prompts.joining_rules import load_soreness
from prompts.soreness import Soreness
from prompts.source import ROOT

SORE = {
    "en": (
        "I don\u2019t want to live any more",
        "he hit me last night",
        "sometimes I think everybody would be better off without me",
        "I'm afraid of you when you shout",
        "I want to die",
        "I'm such a burden to you all",
        "I've had enough of everything",
        "it got so dark in me",
        "The day was long and nobody asked.",
    ),
    "es": (
        "Ya no quiero vivir",
        "anoche me pegó",
        "a veces pienso que todos estarían mejor sin mí",
        "te tengo miedo cuando gritas",
        "me quiero morir",
        "soy una carga para todos",
        "estoy harta de todo",
        "lo veo todo oscuro",
        "ME DOLIO",
    ),
    "fr": (
        "j'ai plus envie de vivre, je veux plus",
        "il m'a frappée hier soir",
        "vous seriez tous mieux sans moi",
        "j'ai peur de toi quand tu cries",
        "je veux mourir",
        "je suis un fardeau",
        "j'en ai marre de tout",
        "tout est noirceur",
        "l\u2019angoisse du dimanche",
    ),
    "de": (
        "Ich will nicht mehr leben",
        "er hat mich gestern geschlagen",
        "ohne mich wärt ihr alle besser dran",
        "ich hab Angst vor dir, wenn du schreist",
        "ich will sterben",
        "ich falle euch allen zur Last",
        "ich hab es satt",
        "alles ist so dunkel",
        "ich bin muede und weine viel",
    ),
    "pt-br": (
        "não quero mais viver",
        "ele me bateu ontem",
        "todo mundo ficaria melhor sem mim",
        "tenho medo de você quando você grita",
        "quero morrer",
        "sou um peso para todos",
        "tô farta de tudo",
        "ficou tudo escuro",
        "nao aguento",
    ),
    "ru": (
        "я больше не хочу жить",
        "он ударил меня вчера",
        "всем было бы лучше без меня",
        "я боюсь тебя, когда ты кричишь",
        "хочу умереть",
        "я для всех обуза",
        "мне всё надоело",
        "внутри так темно",
        "ты ушёл, и мне тяжело",
    ),
    "ar": (
        "لا أريد أن أعيش",
        "ضربني امبارح",
        "الكل أحسن من غيري",
        "بخاف منك لما تصرخ",
        "نفسي أموت",
        "أنا عالة عليكم",
        "زهقت من كل حاجة",
        "أنا لوحدي في البيت",
        "مقدرش أكمل",
        "ماكو أحد وياي",
        "حاسة بالوَحدة",
    ),
}
GLAD = {
    "en": "I laughed so much when the dog stole the cake",
    "es": "Me reí muchísimo cuando el perro robó el pastel",
    "fr": "J'ai tellement ri quand le chien a volé le gâteau",
    "de": "Ich habe so gelacht, als der Hund den Kuchen gestohlen hat",
    "pt-br": "Eu ri tanto quando o cachorro roubou o bolo",
    "ru": "Я так смеялась, когда собака стащила торт",
    "ar": "ضحكت كثيرًا حين سرق الكلب الكعكة",
}


@pytest.mark.parametrize(
    ("language", "text"), [(name, text) for name, texts in SORE.items() for text in texts]
)
def test_what_hurts_or_denies_is_sore(language: str, text: str) -> None:
    """A blow and a wish to die too, by the words that any sad day is told with; with accents or without."""
    assert load_soreness(ROOT / language, ROOT).holds(text)


@pytest.mark.parametrize("language", sorted(GLAD))
def test_a_glad_text_is_not_sore(language: str) -> None:
    """It may be met gladly."""
    assert not load_soreness(ROOT / language, ROOT).holds(GLAD[language])


FEELINGS = tomllib.loads((Path(__file__).parent / "sore.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", sorted(FEELINGS))
def test_plain_words_of_hurt_are_sore_and_small_things_are_not(language: str) -> None:
    """Somebody feels small; a garden is."""
    sore, texts = load_soreness(ROOT / language, ROOT), FEELINGS[language]
    assert [text for text in texts["sore"] if not sore.holds(text)] == []
    assert [text for text in texts["glad"] if sore.holds(text)] == []


def test_between_two_words_a_few_others_may_stand() -> None:
    """Three at most."""
    sore = Soreness(("felt … small",))
    assert sore.holds("I felt small")
    assert sore.holds("I felt so very terribly small")
    assert not sore.holds("I felt that we had a small cake")
    assert not sore.holds("small as I felt")


def test_a_list_may_be_empty() -> None:
    """Then nothing is sore."""
    assert not Soreness(()).holds("allein")
