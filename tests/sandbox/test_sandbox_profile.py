"""What the bot says of itself, looked for by a person's language as Telegram looks for it."""

from bot.sandbox.profile import Profile

CHAT = 7


def _profile() -> Profile:
    said = {"": "A few minutes a day.", "pt": "Uns minutos por dia."}
    commands = {"default/": [{"command": "today"}], "default/pt": [{"command": "hoje"}]}
    return Profile(1, "bot", "Bot", descriptions=said, commands=commands)


def test_a_country_after_the_language_changes_nothing() -> None:
    """They are set by two letters, and a phone says “pt-br”."""
    profile = _profile()
    assert profile.description_for("pt-br") == profile.description_for("pt") == "Uns minutos por dia."
    assert profile.commands_for(CHAT, "pt-br") == [{"command": "hoje"}]


def test_whose_language_is_not_there_reads_what_is_for_all() -> None:
    """And so does somebody whose phone says none."""
    profile = _profile()
    assert profile.description_for("ja") == profile.description_for("") == "A few minutes a day."
    assert profile.commands_for(CHAT, "ja") == [{"command": "today"}]
    assert Profile(1, "bot", "Bot").description_for("pt") == ""
