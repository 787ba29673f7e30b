"""Danger in the languages besides English: counted on texts of hands that nobody wrote phrases or trained by."""

import logging
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_tongues import main
from plan import Plan, Sample
from tongues import (
    HELD_APART,
    LANGUAGES,
    MANY,
    PROMPTS,
    DangerText,
    phrases,
    read_meanings,
    read_texts,
    training_hands,
)
from train import write

from bot.coach.check import examples
from bot.coach.danger import OWN_VIOLENCE
from bot.coach.features import features, parts
from bot.coach.model import Limits, Model
from bot.coach.wording import wording
from bot.content.advising import load_danger
from prompts.source import FALLBACK, ROOT, read_toml
from prompts.tongue import load_tongues

# Wanted of plain dangers, and of false alarms at most.
PLAIN_NOTICED, FALSE_ALARMS = 0.6, 0.02
COUNTS = {
    MANY: {"plain": 300, "between": 140, "lookalike": 700},
    "held_apart": {"plain": 102, "between": 51, "lookalike": 300},
    "held_late": {"plain": 102, "between": 34, "lookalike": 300},
}
# A larger file hears no more: see docs/results.md.
SMALL = 90_000


def _held(language: str) -> list[DangerText]:
    return [one for hand in HELD_APART for one in read_texts(language, hand)]


def _share(language: str, texts: list[DangerText]) -> float:
    danger = load_danger(ROOT / language, ROOT)
    assert danger is not None
    return sum(danger.notices(one.text) is not None for one in texts) / len(texts)


def test_every_language_that_is_offered_has_texts() -> None:
    """English has its own, of many hands."""
    offered = {tongue.code for tongue in load_tongues().values() if tongue.offered} - {FALLBACK}
    assert offered <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hands_of_a_language_are_whole_and_apart(language: str) -> None:
    """No text stands twice, and none that is counted was learnt from."""
    for hand, counts in COUNTS.items():
        texts = read_texts(language, hand)
        counted = {said: sum((one.said or "lookalike") == said for one in texts) for said in counts}
        assert counted == counts
        assert len({one.text for one in texts}) == len(texts)
        assert all(bool(one.kind) is one.danger for one in texts)
    learnt = {one.text.lower() for hand in training_hands(language) for one in read_texts(language, hand)}
    assert {*HELD_APART} < {*COUNTS}
    assert not {*HELD_APART} & {*training_hands(language)}
    assert [number for number, one in enumerate(_held(language)) if one.text.lower() in learnt] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_heard_and_a_harmless_sentence_is_let_be(language: str) -> None:
    """In the words of hands that knew nothing of how they are read."""
    held = _held(language)
    assert _share(language, [one for one in held if one.said == "plain"]) >= PLAIN_NOTICED
    assert _share(language, [one for one in held if not one.danger]) <= FALSE_ALARMS


@pytest.mark.parametrize(
    ("language", "harmless", "danger"),
    [
        (
            "es",
            "mi celular me espía, hablé de hamacas y me salen hamacas",
            "mi ex me espía el celular y lo lee todo",
        ),
        (
            "fr",
            "le boucher m'a menacé avec une promo sur le gigot",
            "mon mari m'a menacée avec un couteau hier soir",
        ),
    ],
)
def test_a_plain_phrase_counts_where_its_own_sentence_is_not_most_unlikely(
    language: str, harmless: str, danger: str
) -> None:
    """A figure of speech has the words of danger, too; what stands around a sentence neither lifts nor makes one."""
    heard = load_danger(PROMPTS / language, PROMPTS)
    assert heard is not None
    assert heard.plain.find(heard._language.read(harmless))
    assert heard.notices(harmless) is None
    assert heard.notices(danger)
    assert heard.notices(f"{harmless}. {danger}. {harmless}.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_s_model_is_small_and_its_own(language: str) -> None:
    """It scores its own examples the same, and knows the senses that stand in its list."""
    written = (PROMPTS / language / "danger.model").read_text("utf-8")
    model = Model.from_text(written)
    assert len(written) < SMALL
    assert model.language == language
    assert model.flaws() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_phrases_must_not_find_is_let_be_with_the_model_too(language: str) -> None:
    """And most of what they must find is found: what is not plain needs the model's support."""
    danger = load_danger(ROOT / language, ROOT)
    assert danger is not None
    data = read_toml(ROOT / language / "danger.toml", ROOT).data
    rules = examples(data, [], "danger", "plain")
    assert [one.text for rule in rules for one in rule.must_not if danger.notices(one.text)] == []
    plain = [one.text for rule in examples(data, [], "plain") for one in rule.must]
    assert [text for text in plain if danger.notices(text) is None] == []


def test_a_figure_of_speech_that_names_death_alarms_nobody() -> None:
    """A phrase of self-harm needs hardly any support of the model, and yet some."""
    text = "me quiero morir, se me salió la tanga del bolsillo en la reunión jajaja"
    danger = load_danger(ROOT / "es", ROOT)
    assert danger is not None
    assert phrases("es").notices(text) == "self_harm"
    assert danger.notices(text) is None
    assert danger.notices("Ya no puedo más, quiero suicidarme.") == "self_harm"


DOERS = {
    "es": (
        ("El algoritmo me persigue con anuncios de sillas.", "Mi ex me persigue por la calle."),
        ("Se me fue la mano con la canela.", "Se me fue la mano con ella."),
        ("La gaviota me pegó con el ala.", "Mi novio me pegó."),
    ),
    "fr": (
        ("La tramontane m'a giflée tout le week-end.", "Il m'a giflée tout le week-end."),
        ("Elle m'a forcée à faire du yoga.", "Il m'a forcée à coucher avec lui."),
        ("Au rugby il m'a plaquée au sol.", "Il m'a plaquée au sol."),
    ),
    "de": (
        ("Sie verfolgt mich mit der Haarbürste.", "Er verfolgt mich mit dem Auto."),
        ("Er hat mich gezwungen zum Tanzkurs mitzukommen.", "Er hat mich gezwungen zum Sex."),
        ("Das Baby hat mich getreten, beim Turnier.", "Er hat mich getreten."),
    ),
    "ar": (
        ("هددتني جدتي بصحن ثاني من الكنافة.", "هددني بالقتل."),
        ("خنقني الدخان في المطبخ.", "خنقني زوجي أمس."),
        ("ضربتني الموجة ونحن نسبح.", "ضربني زوجي."),
    ),
    "pt-br": (
        ("O algoritmo me persegue com tênis.", "Meu ex me persegue na rua."),
        ("A gola me enforcou o dia inteiro.", "Ele me enforcou."),
        ("O ganso me bateu com a asa.", "Meu marido me bateu."),
    ),
    "ru": (
        ("Эта мелодия преследует меня весь день.", "Бывший преследует меня."),
        ("Гусь меня ударил крылом.", "Муж меня ударил."),
        ("Икота меня душит.", "Муж меня душит."),
    ),
}


@pytest.mark.parametrize(
    ("language", "harmless", "danger"), [(name, *pair) for name, pairs in DOERS.items() for pair in pairs]
)
def test_a_thing_that_hurts_is_nobody(language: str, harmless: str, danger: str) -> None:
    """Weather, animals, games and screens do what people do, and a phrase alone tells the two apart."""
    assert phrases(language).notices(harmless) is None
    assert phrases(language).notices(danger) is not None


THREATENED = {
    "en": "he's going to hurt me",
    "es": "me va a hacer daño",
    "de": "er wird mir wehtun",
    "fr": "il va me faire du mal",
    "pt-br": "ele vai me bater",
    "ru": "он сделает мне больно",
    "ar": "رح يضربني",
}


@pytest.mark.parametrize("language", THREATENED)
def test_who_is_about_to_be_hurt_is_no_hand_that_hurts(language: str) -> None:
    """Nor somebody who wants to die: the page is that of who is hurt."""
    danger = load_danger(ROOT / language, ROOT)
    assert danger is not None
    assert danger.notices(THREATENED[language]) in ("violence", "threats")


@pytest.mark.parametrize("broken", [b"not a model", b"\xff\xfe\x00"])
def test_a_foreign_model_leaves_a_language_its_phrases(
    broken: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With one line in the log; a language that has none at all says nothing of it."""
    folder = tmp_path / "es"
    folder.mkdir()
    shutil.copy(ROOT / "es" / "danger.toml", folder)
    with caplog.at_level(logging.WARNING):
        assert load_danger(folder, tmp_path) is not None
        assert caplog.records == []
        (folder / "danger.model").write_bytes(broken)
        danger = load_danger(folder, tmp_path)
    assert danger is not None
    assert danger.notices("Mi marido me pega.") == "violence"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "es: there is no danger.model" in caplog.text


def test_what_is_typed_without_its_marks_is_read_the_same() -> None:
    """Accents, dots, vowel signs, and letters of which one stands for the other."""
    same = {
        "es": ("me pegó", "me pego"),
        "fr": ("m'a frappée", "m'a frappee"),
        "de": ("er schlägt", "er schlaegt"),
        "ru": ("бьёт", "бьет"),
        "ar": ("أَخَذَ حقيبتـي إلى المدرسة", "اخذ حقيبتي الي المدرسه"),
    }
    for language, (written, typed) in same.items():
        read = wording(language, read_meanings(language))
        assert parts(written, read) == parts(typed, read) != []


def _small() -> Plan:
    own = [Sample(f"él me pega {when}", MANY, "plain", "fear", language="es") for when in ("hoy", "ayer")]
    told = [
        Sample(f"er schlägt mich {when}", MANY, "plain", "fear", language="de")
        for when in ("heute", "wieder", "immer", "oft")
    ]
    no = [
        Sample(f"comemos {what} juntos", MANY, "lookalike", language="es")
        for what in ("pan", "sopa", "arroz", "fruta")
    ]
    meanings = {"es": {"hit": "pega golp*", "me": "me"}, "de": {"hit": "~schlag", "me": "mich"}}
    limits = Limits(0.5, 0.0, -1.0, -1.0, -1.0, -1.0)
    return Plan("danger", [*own, *told, *no], limits, places=2048, language="es", meanings=meanings)


def test_training_again_gives_the_same_file_and_learns_from_another_language() -> None:
    """Byte for byte; a word that stands in no text of its own is known by what German told of its sense."""
    written = write(_small())
    assert written == write(_small())
    model = Model.from_text(written)
    assert model.language == "es"
    assert model.score("golpea me") > 0 > model.score("comemos pan")


def test_words_of_one_sense_make_the_same_feature() -> None:
    """Whole, by their beginning or by a piece of them; and two near each other in their order."""
    read = wording("de", {"hit": "~schlag prügel*", "me": "mich", "far": "weit"})
    named = {*read.sensed(["er", "schlagt", "mich"])}
    assert named == {"sense hit", "sense me", "sense hit + me", "sense hit > me"}
    assert named == {*read.sensed(["er", "verschlagt", "mich"])} == {*read.sensed(["er", "prugelte", "mich"])}
    assert "sense hit > far" not in {*read.sensed(["schlag", "a", "b", "c", "d", "weit"])}


@settings(max_examples=60, deadline=None)
@given(language=st.sampled_from(LANGUAGES), text=st.text(max_size=300))
def test_any_text_has_features_in_every_language(language: str, text: str) -> None:
    """Whatever its script."""
    read = wording(language, {"me": "yo ich я انا", "hit": "~schlag golp*"})
    for part in parts(text, read):
        assert all(0 <= place < 64 for place in features(part, 64, wording=read))


def test_what_is_held_apart_is_counted_and_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """No text of it is printed, by whichever option."""
    assert main(["es", "--markdown"]) == 0
    shown = capsys.readouterr().out
    assert "| es |" in shown
    assert not [number for number, one in enumerate(_held("es")) if one.text in shown]


CALLS = {
    "ar": ("رح يقتلني", "يراقب هاتفي", "يجبرني", "بدي اترك بس خايفة", "النجدة"),
    "de": (
        "du hast mich geschubst",
        "er ortet mein handy",
        "ich brauche hilfe",
        "er hat ein messer",
        "zu hilfe",
    ),
    "en": ("he tracks my phone", "I'm not safe here", "please don't hurt me again", "sos", "that scares me"),
    "es": (
        "me va a matar",
        "me grita y me da miedo",
        "me controla el celular",
        "necesito ayuda",
        "quiero desaparecer",
    ),
    "fr": (
        "il m'a forcée",
        "il surveille mon téléphone",
        "j'ai besoin d'aide",
        "à l'aide",
        "il a un couteau",
    ),
    "pt-br": ("quero sumir", "ele controla meu celular", "preciso de ajuda", "ele tem uma faca", "socorro"),
    "ru": ("он меня заставляет", "помогите", "не бей меня больше", "он меня толкает", "мне страшно"),
}
OWN = {
    "ar": ("رح أقتلها", "إذا تركتني رح أقتلها"),
    "de": ("ich bring sie um", "ich mache ihr manchmal angst"),
    "en": ("I'll kill her", "sometimes I lose it\nand I shove her", "I'm afraid I might hurt her"),
    "es": ("la voy a matar", "a veces la asusto"),
    "fr": ("je vais la tuer", "j'ai peur de lui faire du mal"),
    "pt-br": ("vou matar ela", "perco a cabeça e empurro ela"),
    "ru": ("я её убью", "боюсь, что ударю её"),
}
ONESELF = {
    "ar": "إذا تركتني رح أقتل نفسي",
    "de": "wenn du mich verlässt, bring ich mich um",
    "en": "if you leave me I'll kill myself",
    "es": "si me dejas me mato",
    "fr": "si tu me quittes je me tue",
    "pt-br": "se você me deixar eu me mato",
    "ru": "если ты меня бросишь, я убью себя",
}
EVERYDAY = {
    "ar": ("الجوع يقتلني", "أحتاج مساعدة في الصحون", "عندي كدمات من الدراجة"),
    "de": ("die hitze bringt mich um", "ich brauche hilfe beim abwasch", "ich hab angst vor spinnen"),
    "en": (
        "he hit the ball so hard",
        "the heat is killing me",
        "I could kill for a coffee",
        "you kill me 😂",
        "I need help with the dishes",
        "I'm scared of spiders",
    ),
    "es": ("este calor me va a matar", "necesito ayuda con los platos", "tengo miedo de perderte"),
    "fr": ("cette chaleur me tue", "j'ai besoin d'aide pour la vaisselle", "j'ai peur de te perdre"),
    "pt-br": ("esse calor me mata", "preciso de ajuda com a louça", "quero sumir uma semana na praia"),
    "ru": ("жара меня убьёт", "помоги мне на кухне", "боюсь пауков"),
}


@pytest.mark.parametrize("language", CALLS)
def test_what_is_said_in_one_breath_is_heard(language: str) -> None:
    """A threat, a watched phone, a call for help, whatever the model makes of so few words."""
    danger = load_danger(ROOT / language, ROOT)
    assert danger is not None
    assert [text for text in CALLS[language] if danger.notices(text) is None] == []
    assert {danger.notices(text) for text in OWN[language]} == {OWN_VIOLENCE}
    assert danger.notices(ONESELF[language]) == "self_harm"
    assert [text for text in EVERYDAY[language] if danger.notices(text)] == []


OWN_HAND = {
    "ar": ("إذا تركتيني بقتلك", "بقتلك اذا تركتيني"),
    "de": ("ich bring dich um wenn du gehst", "ich hab ihr einen teller an den kopf geworfen"),
    "en": ("she makes me so mad i broke the door", "I threw a plate at him", "i know where you live"),
    "es": ("si vuelves a contarlo te mato", "si me dejas te mato", "le tiré un plato"),
    "fr": ("si tu pars je te tue", "je lui ai lancé une assiette"),
    "pt-br": ("se vc me largar eu te mato", "joguei um prato nela"),
    "ru": ("уйдешь убью", "Передай ей, что я её найду"),
}
TYPED = {
    "ar": ("مش مخليني اشوف اهلي", "ياريتني ما كنت موجودة", "قريبا رح ترتاحوا مني كلكن"),
    "de": ("ich hab angst heimzukommen", "ich trau mich nicht heim"),
    "en": (
        "i have to share my location or theres trouble",
        "he grabbed my arm but he was just stressed",
        "he would not let me leave the party",
        "i cant breathe when she is home",
    ),
    "es": ("no me deja ver a mi hermana", "a veces pienso en desaparecer"),
    "fr": (
        "il ma frappé hier soir",
        "il ma forcée",
        "jai peur quil lise mon tel",
        "de tte facon bientot je serai plus un poids pr personne",
    ),
    "pt-br": ("fico com medo qdo ele grita e quebra as coisas", "as vezes acho q seria melhor eu sumir"),
    "ru": (
        "я боюсь когда ты так кричишь и кидаешься",
        "она сказала что порежет себя если я уйду",
        "иногда думаю лучше бы исчезнуть",
    ),
}
KIND = {
    "ar": ("وصلني انك ارتحتي، ما كنت عارف قديش تعبانة", "قوله اني بحبه"),
    "de": ("sag ihr ich hab sie lieb", "lass mich in ruhe"),
    "en": ("tell her I love her", "I threw the ball at him"),
    "es": ("ponle q le quiero", "la lluvia no me deja salir"),
    "fr": ("dis lui que je l'aime", "il ma offert un café"),
    "pt-br": (
        "fala pra ele q eu amo ele",
        "ontem qdo vc buscou a bebe sem eu pedir deu um alivio q vc nem imagina",
    ),
    "ru": ("Передай ей, что я по ней скучаю", "Ключи найдём завтра"),
}


@pytest.mark.parametrize("language", OWN_HAND)
def test_one_s_own_hand_and_what_is_typed_in_haste_are_told_apart_from_kindness(language: str) -> None:
    """A threat in one breath is one's own; a mark or an apostrophe less hides nothing; love alarms nobody."""
    danger = load_danger(ROOT / language, ROOT)
    assert danger is not None
    assert {danger.notices(text) for text in OWN_HAND[language]} == {OWN_VIOLENCE}
    assert [text for text in TYPED[language] if danger.notices(text) in (None, OWN_VIOLENCE)] == []
    assert [text for text in KIND[language] if danger.notices(text)] == []


def test_a_threat_that_is_quoted_is_the_other_s() -> None:
    """In whatever language: whoever repeats it is not asked whether they hurt somebody."""
    danger = load_danger(ROOT / "en", ROOT)
    assert danger is not None
    threat = "if you ever leave me i'll kill you"
    assert danger.notices(threat) == OWN_VIOLENCE
    assert danger.notices(f"“{threat}”") == OWN_VIOLENCE
    assert danger.notices(f'ayer me dijiste "{threat}" y no se me va de la cabeza') == "threats"
