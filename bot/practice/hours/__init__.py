"""Times of day as people say them: read to the minute, or given back as a question; nothing is guessed.

Pure: the words of a language are handed in (`Vocabulary`). A time is read where every word of the text is
understood and one minute of the day is left; words around a number are never dropped.
"""

from bot.practice.hours.away import read_away
from bot.practice.hours.later import LaterWords, later_words, names_anniversary, read_later
from bot.practice.hours.reading import AskBack, Hour, Unclarity, chosen, read, understood
from bot.practice.hours.spans import AskSpan, Span, read_span
from bot.practice.hours.vocabulary import Vocabulary, vocabulary
from bot.practice.hours.weekday import is_hour, names_hour, read_weekday

__all__ = [
    "AskBack",
    "AskSpan",
    "Hour",
    "LaterWords",
    "Span",
    "Unclarity",
    "Vocabulary",
    "chosen",
    "is_hour",
    "later_words",
    "names_anniversary",
    "names_hour",
    "read",
    "read_away",
    "read_later",
    "read_span",
    "read_weekday",
    "understood",
    "vocabulary",
]
