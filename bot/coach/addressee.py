"""To whom a short message speaks: to the bot, or to the other.

"Seal it please", "did she answer?" and "he mustn't see this" are for the bot, and nobody writes them for the other to
read. A small model knows them by their words; how sure it has to be stands in its file. It decides nothing: what it
takes for the bot's is asked about. Longer messages tell something, and are nobody's but the other's; one or two words
are a courtesy or an answer.
"""

import re

from bot.coach.model import Model

ADDRESSEE = "addressee"
TO_BOT = "bot"
FEWEST, MOST = 3, 12  # words
QUESTIONS = re.compile(r"[?\u061f]")  # the other is asked things too: "were you alone?"
NAME = "othername"  # in place of the other's name, in what the model learns from as well


class Addressee:
    """Tells by a model whether a message is for the bot; by none, or a foreign one, that none is."""

    def __init__(self, model: Model | None) -> None:
        self._model = model if model is not None and model.about == ADDRESSEE else None

    def is_bot(self, text: str, name: str = "") -> bool:
        """Tell whether a message seems to speak to the bot; `name` is how the other is called."""
        if self._model is None or not FEWEST <= len(text.split()) <= MOST:
            return False
        limits = self._model.limits
        needed = limits.firm if QUESTIONS.search(text) else limits.alone
        return self._model.score(nameless(text, name)) > needed


def nameless(text: str, name: str) -> str:
    """Write a message with one word in place of somebody's name, in any case and of any of its words."""
    words = [re.escape(word) for word in name.split()]
    return re.sub(rf"\b(?:{'|'.join(words)})\b", NAME, text, flags=re.IGNORECASE) if words else text
