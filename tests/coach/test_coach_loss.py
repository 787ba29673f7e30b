"""A loss that a partner tells of in a language without a coach: heard in words that stand in no file's examples."""

import pytest

from bot.content.content import Content
from prompts.source import FALLBACK, languages

TOLD = {
    "ar": (
        "جدي توفي الأسبوع الماضي وما زلت أسمع صوته",
        "خسرنا الطفل في الشهر الرابع",
        "كانت ليلة باردة وصلنا فيها من العزاء",
    ),
    "de": (
        "Seit mein Vater gestorben ist, koche ich sonntags",
        "Ich hatte eine Fehlgeburt",
        "Nach der Beerdigung hast du mich gehalten",
    ),
    "es": (
        "Mi papá falleció el año pasado",
        "Tuve un aborto espontáneo y no sé nombrarlo",
        "En el velorio de mi tía me diste la mano",
    ),
    "fr": (
        "Mon père est décédé cet hiver",
        "J'ai perdu ma mère quand j'avais dix ans",
        "Aux obsèques de Paul tu étais là",
    ),
    "pt-br": (
        "Meu avô faleceu ontem",
        "Perdi meu pai cedo demais",
        "No velório da minha tia você segurou minha mão",
    ),
    "ru": ("Дедушка умер зимой", "Потом случился выкидыш", "После похорон ты держал меня за руку"),
}
NOT_TOLD = {
    "ar": ("سأموت من الجوع", "مات علي من الضحك حين وقعت", "خسر الفريق في الدقيقة الأخيرة"),
    "de": ("Ich habe mich totgelacht", "Der Akku ist gestorben", "Ich habe den Faden verloren"),
    "es": ("Me muero por verte", "Se murió la tele en la final", "Perdimos el tren"),
    "fr": ("J'étais morte de fatigue", "La batterie est morte", "On a perdu le match"),
    "pt-br": ("Morri de vergonha", "O celular morreu no caminho", "Perdi o ônibus"),
    "ru": ("Чуть не умер от смеха", "Ноутбук умер", "Мы потеряли билеты"),
}


@pytest.mark.parametrize("language", [name for name in languages() if name != FALLBACK])
def test_a_loss_is_heard_in_every_language(language: str) -> None:
    """And a figure of speech, a flat battery or a lost game is none."""
    content = Content()
    assert [text for text in TOLD[language] if not content.grave(text, language)] == []
    assert [text for text in NOT_TOLD[language] if content.grave(text, language)] == []


def test_a_couple_s_words_are_read_in_both_languages() -> None:
    """Whoever writes in the other's language is heard, too; in a third nobody looks."""
    content = Content()
    assert content.grave("Mi papá falleció el año pasado", "de", "es")
    assert not content.grave("Mi papá falleció el año pasado", "de", "ru")
