"""Where people are: a place in what they typed, by their clock, or by a point; never one guess that isn't plain.

Towns of 5,000 people and more, with their names in many languages, are GeoNames'. Pure but for the index of
them, a file that is built once and mapped: the first call may take some seconds, so call from a thread.
"""

from bot.places.country import country_in
from bot.places.finding import find
from bot.places.index import give_up, prepare
from bot.places.index import index as ready
from bot.places.outcome import Choices, Place, PlaceAnswer, PlainPlace, Unclear, Why
from bot.places.unnamed import by_clock, called, nearest
from bot.places.words import PlaceWords, SentenceError, read_words

__all__ = [
    "Choices",
    "Place",
    "PlaceAnswer",
    "PlaceWords",
    "PlainPlace",
    "SentenceError",
    "Unclear",
    "Why",
    "by_clock",
    "called",
    "country_in",
    "find",
    "give_up",
    "nearest",
    "prepare",
    "read_words",
    "ready",
]
