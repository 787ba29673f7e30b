"""Knowing a message from its words alone, in every language: what the play goes by."""

import re
from itertools import product

import pytest
from whole_words import whole_words

from bot.home import script
from bot.home.legible import ChatReader
from prompts.tongue import load_tongues

LANGUAGES = [tongue.code for tongue in load_tongues().values() if tongue.offered]
CONTENT = whole_words()
AWAY = {"away": False, "clearing": False, "stays": 0, "doubt": False}
PIECES = [{"kind": "text", "text": "Words of one's own.", "covered": False, "count": 1}]
TAG = re.compile(r"<[^>]*>")

SEALED = {
    "taken": False,
    "away": AWAY,
    "day": "",
    "fate": "",
    "apart": False,
    "pieces": PIECES,
    "other": "Sam",
}
SHOWN: list[tuple[str, dict[str, object]]] = [
    ("started_over", {}),
    ("taken_back", {}),
    ("ask_city", {}),
    ("ask_name", {}),
    ("ask_hour_typed", {}),
    ("clarify_ask", {"other": "Sam", "partly": True}),
    ("clarify_ask", {"other": "Sam", "partly": False}),
    ("response_rewrite", {}),
    *(("sealed", SEALED | {"shown": shown, "open": not shown, "explain": why, "ask": ask})
      for shown, why, ask in product((True, False), repeat=3)),
    *(("draft", {"fate": "", "day": day, "apart": False, "pieces": PIECES, "card": "", "several": False,
                 "explain": why, "other": "Sam"}) for day, why in (("", True), ("", False))),
    *((name, {"first": True, "other": "Sam", "day": "", "words": "Theirs.", "cover": False})
      for name in ("response_words", "second_response_words")),
]  # fmt: skip


def plain(html: str) -> str:
    """Take the tags away, as a client does."""
    return TAG.sub("", html).replace("&#39;", "'").replace("&quot;", '"').replace("&amp;", "&")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_message_that_the_play_answers_is_known_by_its_words(language: str) -> None:
    """Whatever it says at that moment, and whoever wrote the language."""
    reader = ChatReader(CONTENT, language)
    for name, facts in SHOWN:
        text = plain(CONTENT.renderer.message(name, language, **facts))
        assert reader.name(text) == name, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_storys_cards_are_found_on_their_prompts(language: str) -> None:
    """By their words, on either side, with a name in them."""
    reader = ChatReader(CONTENT, language)
    for card in script.PROMPTS:
        prompt = CONTENT.prompt(card, language)
        assert prompt.id in CONTENT.library(language).spoken
        for side in (0, 1):
            found = reader.card(f"Before it.\n{prompt.sides[side].replace('{other}', 'Sam')}\nBehind it.")
            assert found is not None
            assert found.prompt.id == card
            assert found.prompt.task(found.side) is prompt.task(1 if side else 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strangers_words_are_no_message_of_ours(language: str) -> None:
    """What nobody here wrote has no name."""
    assert ChatReader(CONTENT, language).name("xyzzy 42") == ""


def test_a_closing_is_known_with_whatever_it_ends() -> None:
    """Each of them after the shortest word on being heard."""
    closings = CONTENT.words("en").closings
    assert len(closings) >= 12
    reader = ChatReader(CONTENT, "en")
    for closing in closings.values():
        text = f"Noa feels heard.\n\n{closing.text}"
        assert reader.name(text) in ("closing", "heard_told"), closing.id
