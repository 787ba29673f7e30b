"""What is on show: one world, the phones in front, and what passes between people outside the bot.

The law: a page is told a *run*, which changes with every world shown; a page that knows another run takes the
whole state anew. Within a run the world's events are numbered, so nothing is lost or doubled.
"""

import secrets
from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.sandbox.clock import Steerable
from bot.sandbox.events import Bell
from bot.sandbox.phone import Phone
from bot.sandbox.stage.page_words import PageWords, english
from bot.sandbox.stage.shown import Shown
from bot.sandbox.view import PhoneError
from bot.sandbox.wire import Json
from bot.sandbox.world import World

MAX_PHONES = 6
NIGHT_ENDS = time(4)
_KEPT_SIGNALS = 200
_KEPT_CARDS = 20


class Director(Protocol):
    """What the host can do with the story that the world tells."""

    async def next_opening(self) -> datetime | None:
        """Tell when the bot will next speak by itself."""
        ...

    async def start_over(self) -> None:
        """Show a fresh world."""
        ...

    async def speak(self, language: str) -> None:
        """Show a fresh world in another language; raises LookupError for one that there is not."""
        ...

    async def play(self) -> None:
        """Let the people act by themselves."""
        ...

    async def stop(self) -> None:
        """Give the phones back to the visitor."""
        ...


class NotNow(Exception):  # noqa: N818  its sentence is the answer
    """What can't be done at this moment: the key of what the page says of it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A link that one person sent another, in a chat that isn't the bot's."""

    number: int
    to: int
    sender: str
    text: str
    url: str


class Stage:
    """What the page shows.

    `zone` is the phones' time zone, `morning` the hour of "next morning", `running` whether the world's clock
    goes on by itself; `intro` says in a sentence who is on show and what to press, `place` what the zone's town is
    called, and `words` is what the page says.
    """

    def __init__(
        self,
        *,
        zone: str = "UTC",
        morning: time = time(8),
        running: bool = True,
        token: str = "",
        intro: str = "",
        place: str = "",
        words: PageWords | None = None,
    ) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self.zone = ZoneInfo(zone)
        self.morning = morning
        self.running = running
        self.intro = intro
        self.place = place
        self.words = words or english()
        self.shown = Shown()
        self.director: Director | None = None
        self.run = secrets.token_hex(4)
        self.cast: list[int] = []
        self.cards: list[Card] = []
        self.playing = False
        self.note = ""
        self.bell = Bell()
        self.signals: deque[tuple[int, Json]] = deque(maxlen=_KEPT_SIGNALS)
        self.signalled = 0
        self._dealt = 0
        self._world: World | None = None

    # What is shown

    def dress(self, *, zone: str, place: str, intro: str, words: PageWords) -> None:
        """Show other people from the next world on: where they live, and what the page says."""
        self.zone, self.place, self.intro, self.words = ZoneInfo(zone), place, intro, words

    @property
    def world(self) -> World:
        """Return the world; raises NotNow while there is none."""
        if self._world is None:
            raise NotNow("waking")
        return self._world

    @property
    def lit(self) -> bool:
        """Return whether there is a world to show."""
        return self._world is not None

    def show(self, world: World, cast: list[int], cards: list[dict[str, Any]] | None = None) -> None:
        """Show a world and these people's phones."""
        self._world = world
        self.cast = list(cast)
        self.cards = [Card(**card) for card in cards or ()]
        self._dealt = max((card.number for card in self.cards), default=0)
        self._changed_wholly()

    def clear(self) -> None:
        """Show nothing for a while."""
        self._world = None
        self.playing = False
        self.note = ""
        self._changed_wholly()

    def to_json(self) -> Json:
        """Return what a snapshot of the world doesn't hold."""
        return {"cast": self.cast, "cards": [asdict(card) for card in self.cards]}

    def _changed_wholly(self) -> None:
        self.run = secrets.token_hex(4)
        self.bell.ring()

    # Phones and what passes between them

    def phone(self, user_id: int) -> Phone:
        """Return a phone on show; raises LookupError for any other."""
        if user_id not in self.cast:
            raise LookupError("there is no such phone here")
        return Phone(self.world, self.world.people[user_id])

    def open_phone(self, first_name: str, username: str = "") -> Phone:
        """Put a new person's phone beside the others; raises PhoneError when there are enough."""
        if len(self.cast) >= MAX_PHONES:
            raise PhoneError("no_room")
        phone = self.world.phone(first_name=first_name, username=username)
        self.cast.append(phone.user_id)
        self._changed_wholly()
        return phone

    def share(self, sender: Phone, to: int, url: str, text: str) -> Card:
        """Send a link from one person to another, outside the bot's chat."""
        receiver = self.phone(to)
        self._dealt += 1
        card = Card(self._dealt, receiver.user_id, sender.person.first_name, text, url)
        self.cards = [*self.cards, card][-_KEPT_CARDS:]
        self.bell.ring()
        return card

    def take_card(self, number: int) -> Card:
        """Take a card away; raises LookupError when it has gone."""
        card = next((card for card in self.cards if card.number == number), None)
        if card is None:
            raise LookupError("that message has gone")
        self.cards.remove(card)
        self.bell.ring()
        return card

    # Time

    def next_morning(self) -> datetime:
        """Return the morning after this day, in UTC; a night belongs to the day before it."""
        local = self.world.now().astimezone(self.zone)
        day = local.date() + timedelta(days=int(local.time() >= NIGHT_ENDS))
        return datetime.combine(day, self.morning, self.zone).astimezone(UTC)

    def move(self, to: datetime) -> None:
        """Move the clock; raises NotNow where it can't be, or for an instant that has passed."""
        clock = self.world.clock
        if not isinstance(clock, Steerable):
            raise NotNow("clock_fixed")
        if to < self.world.now():
            raise NotNow("clock_passed")
        clock.set(to)
        self.world.record("clock", None, {"now": self.world.now().isoformat()})

    # The play

    def signal(self, kind: str, phone: Phone, **what: object) -> None:
        """Show something that leaves no trace: what a simulated person is about to do."""
        self.signalled += 1
        self.signals.append((self.signalled, {"kind": kind, "user_id": phone.user_id, **what}))
        self.bell.ring()

    def set_playing(self, *, playing: bool, note: str = "") -> None:
        """Tell the pages whether the people act by themselves, and at the end what to say."""
        self.playing = playing
        self.note = note
        self.bell.ring()
