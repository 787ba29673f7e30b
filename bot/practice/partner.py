"""One person: their own choices, and what their next words are for."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.practice.calendar import Quiet
from bot.practice.ids import PartnerId, RoundId

MAX_NAME = 40
DEPTHS = (1, 2, 3)


class Expecting(StrEnum):
    """What a person's next plain words are for, where a button or a question has said so."""

    NOTHING = "nothing"
    CITY = "city"
    HOUR = "hour"
    QUIET = "quiet"
    PULSE_HOUR = "pulse_hour"
    NAME = "name"
    SEARCH = "search"
    CARD = "card"  # one of their own
    CAPSULE_DAY = "capsule_day"
    CAPSULE = "capsule"
    SOLO = "solo"
    LATER = "later"  # when to come back to a talk
    TALK = "talk"  # a step of a dialogue or a repair
    FRIEND = "friend"  # the neutral friend
    REFLECTION = "reflection"  # for an earlier round
    RESPONSE = "response"
    CLARIFICATION = "clarification"


PRACTICES = frozenset({Expecting.SOLO, Expecting.FRIEND})
"""What one does alone, until something else is taken up."""


@dataclass(frozen=True)
class Expectation:
    """What the next words are for, in which round, and with which starter; since when, and asked how often."""

    what: Expecting = Expecting.NOTHING
    round: RoundId | None = None
    starter: str | None = None
    since: datetime | None = None
    mark: int = 0  # an id that was made at that moment: what was queued later has a greater one
    again: int = 0  # how often the question was asked again

    def after(self, *over: Expecting, round_: RoundId | None = None) -> Self:
        """Return what is expected once these are over, of a round where one is named; what else was begun goes on."""
        ended = self.what in over and round_ in (None, self.round)
        return type(self)() if ended else self


@dataclass(frozen=True)
class Partner:
    """A person who has consented; `chat` is where they are reached."""

    id: PartnerId
    chat: int
    name: str = field(repr=False)  # private as words are: no traceback shows it
    language: str
    consented_at: datetime
    username: str | None = field(default=None, repr=False)
    zone: str | None = None
    city: str | None = field(default=None, repr=False)  # where they said they are, in their words
    quiet: Quiet = field(default_factory=Quiet)
    reminders: bool = True
    depth: int = 1
    deeper_at: datetime | None = None  # when they were last asked whether prompts may go deeper
    deeper_no: bool = False  # they have said no to that, or have chosen less themselves: never asked again
    protect: bool = True  # no forwarding or saving of one's own words
    cover: bool = True  # the other's words stay under a spoiler until tapped
    plain: bool = False  # prompts in literal words, where a prompt has them
    coach: bool = True  # private suggestions on one's own wording
    themes: frozenset[str] = frozenset()  # that they have opened, for themselves
    quick: bool = False  # prefers prompts that a tap answers
    busy: frozenset[int] = frozenset()  # weekdays on which a tap must do, 0 is Monday
    shared: frozenset[str] = frozenset()  # that they have seen opened by both
    wish: str | None = None  # the theme that they asked for this week
    wished_at: datetime | None = None
    friend_at: datetime | None = None  # when the neutral friend was last offered, or begun
    friend_offers: bool = True  # whether it is offered unasked
    put_away: bool | None = None  # one's own words leave the chat with the seal; None: not asked yet
    suggested: str | None = None  # the last suggestion's kind: never the same twice in a row
    exported_at: datetime | None = None
    helped_at: datetime | None = None  # when help was last offered by itself
    missing_at: datetime | None = None  # when it was last said what a response leaves out
    resting: bool = False  # by choice
    reachable: bool = True
    acted_at: datetime | None = None  # replies within 15 minutes of an own act are never held
    expectation: Expectation = field(default_factory=Expectation)

    @property
    def away(self) -> bool:
        """Tell whether the couple rests on this partner's account, whatever the cause."""
        return self.resting or not self.reachable


Pair = tuple[Partner, Partner]
"""Both partners of a couple, in the order of their seats."""
