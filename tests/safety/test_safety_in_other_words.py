"""Danger is heard in the language of the feeling, and with the other's name in place of "he"."""

import pytest

from bot.content import Content


@pytest.mark.parametrize(
    ("reads", "text"),
    [
        ("ru", "he hits me"),
        ("ru", "il me frappe"),
        ("es", "I want to die"),
        ("es", "ich will sterben"),
        ("es", "он меня бьёт"),
        ("fr", "بيضربني"),
        ("en", "me pega"),
        ("en", "er schlägt mich"),
        ("en", "ele me bate"),
        ("en", "quiero morir"),
    ],
)
def test_it_is_heard_whatever_its_writer_reads_the_bot_in(content: Content, reads: str, text: str) -> None:
    """Whoever has two languages is afraid in either."""
    assert content.alarms(text, reads) is not None


@pytest.mark.parametrize(
    ("reads", "text"),
    [
        ("en", "I'm scared of Noor"),
        ("en", "noor locks me in"),
        ("en", "Noor Haddad threatened me"),
        ("es", "tengo miedo de Noor"),
        ("de", "ich hab Angst vor Noor"),
        ("fr", "j'ai peur de Noor"),
        ("pt-br", "tenho medo do Noor"),
        ("ru", "я боюсь Noor"),
        ("ar", "أخاف من Noor"),
    ],
)
def test_it_is_heard_with_the_others_name(content: Content, reads: str, text: str) -> None:
    """And of somebody else by that name it isn't, as before."""
    assert content.alarms(text, reads, "Noor Haddad") is not None
    assert content.alarms(text, reads) is None


@pytest.mark.parametrize(
    "text",
    ["I love how Noor laughs", "Noor hid my keys again, the goose", "ich bin so froh, dass Noor da ist"],
)
def test_a_name_alone_means_nothing(content: Content, text: str) -> None:
    """Nor does another language."""
    assert content.alarms(text, "en", "Noor") is None
