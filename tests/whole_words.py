"""All the words with coach and danger, read once for all the tests of a process: nobody changes them."""

from functools import cache

from bot.content import Content
from bot.screens.table import load_content


@cache
def whole_words() -> Content:
    """Return the words as they are, in every language; a test that changes some makes a Content of its own."""
    return load_content()
