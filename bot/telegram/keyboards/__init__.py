"""Which buttons stand under which message: at most four a message and two rows, but for settings.

A label is a key of prompts/<language>/buttons.toml, or a text that the words give (a starter).
"""

from collections.abc import Mapping

from bot.messages import Message, MessageKind
from bot.telegram.keyboards import meeting, pages, settings
from bot.telegram.keyboards import round as round_
from bot.telegram.keyboards.parts import Facts, Keyboard, Rows

KEYBOARDS: Mapping[MessageKind, Keyboard] = {
    **meeting.KEYBOARDS,
    **round_.KEYBOARDS,
    **settings.KEYBOARDS,
    **pages.KEYBOARDS,
}


def rows(message: Message, facts: Facts) -> Rows:
    """Give the buttons under a message; none for most."""
    made = KEYBOARDS.get(message.kind)
    return [row for row in made(message, facts) if row] if made else []
