"""Thanks, greetings and their kin are known for what they are, and nothing else is taken for them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.courtesies import KINDS, LISTS, LONGEST, WORRIED, Courtesies, read_courtesies
from prompts.source import ROOT


@pytest.fixture(scope="module")
def english() -> Courtesies:
    """Read English's."""
    return read_courtesies(tomllib.loads((ROOT / "en" / "courtesies.toml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("thank you!", "thanks"),
        ("Thanks so much for today 🙏", "thanks"),
        ("THANK YOU VERY MUCH", "thanks"),
        ("thaaanks", "thanks"),
        ("ok thanks", "thanks"),
        ("thanks, ok", "thanks"),
        ("Thank you for listening.", "thanks"),
        ("Good night", "night"),
        ("goood night 😴", "night"),
        ("thank you and good night, dear bot", "night"),
        ("Night night x", "night"),
        ("see you tomorrow then", "bye"),
        ("Bye for now!", "bye"),
        ("Have a lovely evening, you too", "wish"),
        ("and you?", "wish"),
        ("hello", "hello"),
        ("hello?", "hello"),
        ("can Sam see this?", "who"),
        ("Will Anne read this?", "who"),
        ("Can Óscar read what I write?", "who"),
        ("Good morning ☀️", "hello"),
        ("hi there, how are you?", "how"),
        ("sorry, wrong chat", "change"),
        ("oops that was for my mum", "change"),
        ("Wrong picture!", "change"),
        ("oops, wrong button", "sorry"),
        ("Never mind", "sorry"),
        ("ok", "fine"),
        ("👍", "fine"),
        ("❤️❤️", "fine"),
        (":-)", "fine"),
        ("That\u2019s great", "fine"),
        ("thaaanks, goood night", "night"),
        ("Where's my prompt?", "now"),
        ("why no prompt today?", "now"),
        ("ok send", "send"),
        ("Send as it is, thanks", "send"),
        ("can you send it?", "send"),
        ("Seal it please", "send"),
        ("Start over", "change"),
        ("no dont send that", "change"),
        ("please remove the last line", "change"),
        ("I do not want him to read that", "change"),
        ("I don't want Robin to see this", "private"),
        ("ask me something else", "another"),
        ("not today", "not_now"),
        ("did it send?", "now"),
        ("what did Robin write?", "now"),
        ("is this going to Robin?", "who"),
        ("Are you a real person?", "bot"),
        ("Please call me Robin", "set"),
        ("Please write in German", "set"),
        ("stop sending me messages", "off"),
        ("remind me tomorrow", "off"),
        ("how do I delete everything?", "data"),
        ("what do you keep?", "data"),
        ("??", "now"),
        ("I'm too tired tonight", "not_now"),
        ("I need a break", "break"),
        ("can we stop for now?", "break"),
        ("enough", "break"),
        ("can we not today?", "not_now"),
        ("Not tonight please", "not_now"),
        ("cancel it", "change"),
        ("can I take it back?", "change"),
    ],
)
def test_a_courtesy_is_known(english: Courtesies, text: str, what: str) -> None:
    """However it is written, and whatever small words stand beside it."""
    assert english.find(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "Good night, Sam",
        "thank you for waiting at the door",
        "thanks for nothing",
        "thanks?",
        "call me tomorrow",
        "leave me alone",
        "I changed my mind",
        "I don't want you to read that",
        "another week without you",
        "can Sam come to this?",
        "Can Sam see this",
        "can we see this?",
        "I'm sorry I shouted",
        "I'm fine, I was just tired when you came",
        "night shift again, so no talking",
        "hello, can I change my hour?",
        "so",
        "you",
        "and then",
        "the good morning that you sang",
        "I see you in the kitchen",
        "12345",
        "helper",
        "stop that noise",
        "I need a break from you",
        "thanks " * 20,
    ],
)
def test_what_says_more_is_none(english: Courtesies, text: str) -> None:
    """A name, a second thought, a question: those may be meant for somebody."""
    assert english.find(text) is None


@given(text=st.text(max_size=LONGEST + 20))
def test_any_text_is_read(english: Courtesies, text: str) -> None:
    """Whatever is written, an answer is known or there is none."""
    assert english.find(text) in {None, *KINDS}


@given(word=st.from_regex(r"(?:bd|cf|gj|dq|fb){2,4}", fullmatch=True))
def test_one_foreign_word_makes_it_none(english: Courtesies, word: str) -> None:
    """Thanks with any word that is not in the list may be for somebody's page."""
    assert english.find(f"thank you {word}") is None
    assert english.find(f"{word}, good night") is None


def test_a_file_with_another_table_is_refused() -> None:
    """What no message answers is named."""
    with pytest.raises(ValueError, match="cheers"):
        read_courtesies({**dict.fromkeys(LISTS, ()), "cheers": ()})


def test_the_others_name_is_known_however_it_is_written(english: Courtesies) -> None:
    """Another word in its place is none."""
    assert english.find("what did robin write?", "Robin") == "now"
    assert english.find("what did rabbits write?", "Robin") is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("The dog was wet.\nPlease remove it", True),
        ("The dog was wet. Are you a real person?", True),
        ("The dog was wet. Thank you.", False),
        ("The dog was wet. What now?", False),
        ("Please remove it", False),  # by itself it is more than asked about
    ],
)
def test_a_sentence_that_is_said_to_the_bot_is_known_among_others(
    english: Courtesies, text: str, *, asks: bool
) -> None:
    """What may as well be said to the other is not taken for one."""
    assert english.asks_among_others(text) is asks


LABELS = {
    "send": ("seal", "send"),
    "change": ("start_over", "take_out", "take_back"),
    "another": ("another_card",),
    "not_now": ("not_today",),
}


@pytest.mark.parametrize("language", sorted(path.parent.name for path in ROOT.glob("*/courtesies.toml")))
@pytest.mark.parametrize("kind", sorted(LABELS))
def test_a_button_that_is_typed_is_known(language: str, kind: str) -> None:
    """By what stands on it, in every language."""
    courtesies = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    buttons = tomllib.loads((ROOT / language / "buttons.toml").read_text("utf-8"))
    assert {buttons[key]: courtesies.find(buttons[key]) for key in LABELS[kind]} == {
        buttons[key]: kind for key in LABELS[kind]
    }


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "the first one", 0),
        ("en", "no, the second", 1),
        ("en", "the last one", 2),
        ("en", "the 3rd", 2),
        ("en", "take out the bit about my mum", 1),
        ("en", "the fifth", None),
        ("en", "the first and the last", None),
        ("en", "the first time we met", None),
        ("en", "the tram", None),
        ("en", "the one", None),
        ("de", "nein, das zweite", 1),
        ("de", "die letzte Zeile", 2),
        ("es", "no, la segunda", 1),
        ("es", "el último", 2),
        ("fr", "non, la deuxième", 1),
        ("fr", "le dernier", 2),
        ("pt-br", "não, a segunda", 1),
        ("pt-br", "a última", 2),
        ("ru", "нет, второй", 1),
        ("ru", "последнюю", 2),
        ("ar", "لا، الثاني", 1),
        ("ar", "الأخير", 2),
    ],
)
def test_one_of_several_is_named_in_words(language: str, text: str, place: int | None) -> None:
    """By counting, or by words that stand in it alone; what could be two of them, or something else, is none."""
    courtesies = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    assert courtesies.choose(text, ["a late tram", "my mum called", "the tram again"]) == place


@pytest.mark.parametrize(
    ("language", "text", "what"),
    [
        ("fr", "ca suffit", "break"),
        ("fr", "ça suffit", "break"),
        ("fr", "enleve", "change"),
        ("fr", "jai pas compris", "now"),
        ("fr", "cest bon", "fine"),
        ("es", "como lo envio", "now"),
        ("es", "quitalo", "change"),
        ("pt-br", "nao envia", "change"),
        ("pt-br", "q isso", "now"),
        ("de", "rueckgaengig", None),  # two letters for one are words of their own
        ("de", "loschen", "change"),
        ("ru", "все пришло", None),
        ("ru", "когда следующая", "now"),
        ("ar", "الغي", "change"),
        ("ar", "ألغي", "change"),
        ("ar", "ماذا افعل", "now"),
        ("ar", "اوه غلطت بالشات", "change"),
        ("ar", "مو الك", "change"),
        ("ar", "مش ليك", "change"),
        ("ar", "لا استنى", "change"),
        ("ar", "ما بدي يشوفها", "change"),
        ("ar", "بيشوفها هو؟", "who"),
        ("ar", "ايمتى الجاي", "now"),
        ("ar", "مو فاهمة", "now"),
        ("ar", "غيرا", "another"),
        ("ar", "اشتقتلك", None),
    ],
)
def test_what_is_typed_in_haste_is_read_without_its_marks(language: str, text: str, what: str | None) -> None:
    """So it is with one's dialect's own words; what says anything else is none."""
    read = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    assert read.find(text) == what


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "are my words private"),
        ("en", "show me what she deleted"),
        ("en", "can you read her drafts"),
        ("en", "Can I see what Noa wrote?"),
        ("es", "¿mis palabras son privadas?"),
        ("es", "muestrame lo que escribio"),
        ("de", "zeig mir was sie gelöscht hat"),
        ("fr", "montre-moi ce qu'elle a effacé"),
        ("pt-br", "me mostra o que ela apagou"),
        ("ru", "покажи что она удалила"),
        ("ar", "وريني شو حذفت"),
    ],
)
def test_who_asks_for_the_others_words_is_told_who_sees_what(language: str, text: str) -> None:
    """They're no words for the other, and nobody is asked whether they are."""
    read = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    assert read.find(text, "Noa") == "who"


@pytest.mark.parametrize(
    ("language", "text", "what"),
    [
        ("en", "where are my words from yesterday", "now"),
        ("es", "que dijo de mi", "now"),
        ("fr", "je me suis trompee de chat", "change"),
        ("pt-br", "mandei no chat errado", "change"),
        ("pt-br", "cade minhas palavras de ontem", "now"),
        ("en", "who changed our hour", "now"),
        ("en", "español", "set"),
    ],
)
def test_what_is_asked_of_the_bot_is_no_word_for_the_other(language: str, text: str, what: str) -> None:
    """Each of these had gone under a card, or into an answer."""
    read = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    assert read.find(text, "Noa") == what


@pytest.mark.parametrize(
    ("language", "list_", "text"),
    [
        ("en", "watched", "he's reading along"),
        ("es", "watched", "esta leyendo"),
        ("fr", "watched", "il lit par-dessus mon epaule"),
        ("de", "watched", "er liest mit"),
        ("en", "worried", "is she crying"),
        ("es", "worried", "esta llorando?"),
        ("fr", "worried", "elle pleure ?"),
        ("pt-br", "worried", "ela ta chorando?"),
        ("ru", "worried", "она плачет?"),
    ],
)
def test_who_is_watched_or_afraid_is_known(language: str, list_: str, text: str) -> None:
    """That somebody reads along, and that somebody cries."""
    read = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    assert read.says(list_, text, "Noa")


@pytest.mark.parametrize(
    "text", ["sned it", "send ti", "seal iy", "seel it", "taek it back", "whta now", "hwo do i seal it"]
)
def test_one_slip_is_nearly_a_wish(english: Courtesies, text: str) -> None:
    """It's asked about: nobody can know."""
    assert english.find(text) is None
    assert english.is_nearly_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "I felt small",
        "feel it",
        "love it",
        "shop",
        "he hit me",
        "you were tired",
        "I miss you",
        "good one",
    ],
)
def test_words_for_the_other_are_nearly_none(english: Courtesies, text: str) -> None:
    """Nor is a single word, which is near to any."""
    assert not english.is_nearly_one(text)


PLAIN = {
    "en": "cancer bread ship shop steal seed spent spend sand rest steps stops breaks slept happy dinner held quiet "
    "exist hall seat sorry sandwich undone summit honest laughing tired garden hugs coffee patience kindness music "
    "sunlight listening mornings trust Sunday brunch naps walking silence cuddles pizza work money sleep",
    "es": "silla selva canela sal paseo cena ayudarte besos música cansancio casa trabajo familia risas abrazos sueño",
    "de": "recht reich schloss spenden schinken müde spazieren lachen kaffee arbeit ruhe urlaub geld garten schlafen",
    "fr": "envie marie marbre selle passer rire sommeil vacances tendresse café fatigue travail jardin dormir argent",
    "pt-br": "cheiro pauta besta solar manga abraço risada cansaço trabalho família sono café praia dinheiro saudade",
    "ru": "вывод поспать смотри ударить сон смех кофе усталость работа семья отпуск объятия тишина деньги море",
    "ar": "الغداء الرقص العائلة الضحك النوم القهوة العمل التعب البحر السفر المال الهدوء الحديقة الموسيقى حضنك",
}


@pytest.mark.parametrize("language", PLAIN)
def test_a_plain_word_is_hardly_ever_taken_for_a_slip(language: str) -> None:
    """Two of fifty may be asked about, and that is all."""
    courtesies = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    words = PLAIN[language].split()
    asked = [word for word in words if courtesies.is_nearly_one(word)]
    assert len(asked) * 25 <= len(words), asked


WORRIED_TEXTS = tomllib.loads((Path(__file__).parent / "worried.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", sorted(WORRIED_TEXTS))
def test_who_is_afraid_for_the_other_is_known_by_what_they_ask(language: str) -> None:
    """In any order, without accents, by a name; not what is asked of the other, or says that all is well."""
    courtesies = read_courtesies(tomllib.loads((ROOT / language / "courtesies.toml").read_text("utf-8")))
    texts = WORRIED_TEXTS[language]
    asked = [text for text in texts["worried"] if courtesies.says(WORRIED, text, texts["name"])]
    beside = [text for text in texts["not_worried"] if courtesies.says(WORRIED, text, texts["name"])]
    assert asked == texts["worried"]
    assert beside == []
