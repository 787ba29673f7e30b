"""Planted words: each unique, each with what its author did to it and where it was seen."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

TOKEN = re.compile(r"zq[0-9]{6}zq")
FILLER = " and I kept thinking about it on the way home" * 45  # two such parts no longer fit one message


@dataclass
class Word:
    """One planted word. `sealed_at` and `sent_at` are numbers of acts, in the order of the acts."""

    token: str
    author: int  # chat
    day: int
    written_at: int
    response: bool
    gone: bool = False  # edited away, cleared or written anew by its author
    kept_back: bool = False  # its author knows that it was not kept
    place: str = ""  # "talk" or "letter"; of a round otherwise
    destroyed: bool = False  # its talk was not kept, or its letter went with the couple


@dataclass(frozen=True)
class Sighting:
    """A word in somebody's chat: in which message, after which act, at which generation of the bot."""

    token: str
    chat: int
    message: int
    seq: int


@dataclass
class Ledger:
    """What people did, in order."""

    words: dict[str, Word] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    seals: dict[tuple[int, int], list[int]] = field(default_factory=dict)  # (chat, day): when pressed
    sends: dict[int, list[int]] = field(default_factory=dict)  # chat: when "Send as it is" was pressed
    too_late: Counter[int] = field(default_factory=Counter)  # chat: seals taken back after the reveal
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _acts: "count[int]" = field(default_factory=lambda: count(1))

    def tick(self) -> int:
        """Give an act its number."""
        return next(self._acts)

    def plant(self, author: int, day: int, *, response: bool, place: str = "") -> Word:
        """Make a word that nobody else writes."""
        token = f"zq{next(self._numbers):06}zq"
        self.words[token] = Word(token, author, day, self.tick(), response, place=place)
        return self.words[token]

    def note_seal(self, author: int, day: int) -> None:
        """Note that somebody presses Seal."""
        self.seals.setdefault((author, day), []).append(self.tick())

    def note_send(self, author: int) -> None:
        """Note that somebody sends a response."""
        self.sends.setdefault(author, []).append(self.tick())

    def see(self, chat: int, message: int, text: str) -> None:
        """Note every planted word in what the bot shows in a chat."""
        at = self.tick()
        self.sightings.extend(Sighting(token, chat, message, at) for token in set(TOKEN.findall(text)))

    def early(self, seen: Sighting) -> bool:
        """Tell whether a sighting by the other came before the acts that allow it."""
        word = self.words[seen.token]
        if word.place == "letter":
            return True  # none opens within a story
        if word.response:
            return not any(word.written_at < at < seen.seq for at in self.sends.get(word.author, []))
        theirs = self.seals.get((word.author, word.day), [])
        mine = self.seals.get((seen.chat, word.day), [])
        return not (
            any(word.written_at < at < seen.seq for at in theirs) and any(at < seen.seq for at in mine)
        )
