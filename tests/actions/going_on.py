"""What goes on from each kind of starter, so that the two make a sentence."""

from prompts.joining import Follows
from prompts.words import load_words

_WORDS = {
    Follows.CLAUSE: "you held the {} cup",
    Follows.NOUN: "the {} window",
    Follows.NAME: "so {}",
    Follows.SENTENCE: "It was {}",
}
_OPENINGS = {starter.opening.words: starter.opening for starter in load_words().starters.values()}


_SEEN = {"lonely": "green", "tired": "red"}  # what is of no feeling, for an opening that takes none


def going_on(opening: str, feeling: str = "lonely") -> str:
    """Write what may follow an opening."""
    return _WORDS[_OPENINGS[opening].follows].format(
        feeling if _OPENINGS[opening].follows is Follows.NAME else _SEEN[feeling]
    )
