"""The context in which a message is rendered: who and what it is about, loaded when it is sent."""

from dataclasses import dataclass, field
from datetime import date

from bot.actions.ports import Work
from bot.config import Retention
from bot.content import Content
from bot.messages import Message
from bot.practice.couple import Couple
from bot.practice.own_card import OwnCard
from bot.practice.partner import Partner
from bot.practice.round import Round
from bot.screens.ephemeral import Whispers

NAMES = frozenset({"other", "me", "operator"})  # what every template may use


@dataclass(frozen=True)
class Deployment:
    """What is the same for everybody here."""

    operator: str
    username: str  # the bot's, for links
    retention: Retention = field(default_factory=Retention)
    whispers: Whispers = field(default_factory=Whispers)


@dataclass(frozen=True)
class RenderContext:
    """Who and what a message is about, loaded."""

    work: Work
    content: Content
    here: Deployment
    message: Message
    language: str
    me: Partner | None = None
    other: Partner | None = None
    couple: Couple | None = None
    round: Round | None = None
    own: OwnCard | None = None  # the card of one of them that the round asks

    @property
    def zone(self) -> str:
        """The reader's zone; the couple's until they have named their own."""
        if self.me and self.me.zone:
            return self.me.zone
        return self.couple.rhythm.zone if self.couple else "UTC"

    @property
    def cover(self) -> bool:
        """Whether the other's words stay under a spoiler for this reader."""
        return self.me.cover if self.me else True

    @property
    def other_name(self) -> str:
        """The other's name; empty where the message is about nobody."""
        return self.other.name if self.other else ""

    @property
    def called(self) -> str:
        """What a card calls the other: their name, or nobody's where they are no more."""
        return self.other_name or self.say("the_other")

    def names(self) -> dict[str, str]:
        """Return what every template may use."""
        return {
            "other": self.other_name,
            "me": self.me.name if self.me else "",
            "operator": self.here.operator,
        }

    def say(self, key: str) -> str:
        """Return a phrase of buttons.toml in the reader's language."""
        return self.content.renderer.button(key, self.language, other=self.other_name)

    async def is_current(self) -> bool:
        """Return whether the message is about the couple's newest round."""
        newest = await self.work.rounds.latest(self.round.couple) if self.round else None
        return newest is None or newest.id == self.message.round

    async def earlier_day(self) -> str:
        """Write the date of a round that is not the couple's newest; empty for the newest."""
        return "" if self.round is None or await self.is_current() else self.date(self.round.local_date)

    def date(self, day: date) -> str:
        """Write a date of these weeks in the reader's language."""
        return self.content.tongue(self.language).short_date(day)


async def load(work: Work, content: Content, here: Deployment, message: Message) -> RenderContext | None:
    """Load who and what a message is about; None where they are no more."""
    me = await work.partners.find(message.to) if message.to else None
    other = await work.partners.find(message.about) if message.about else None
    if (message.to and me is None) or (message.about and other is None):
        return None
    couple = await work.couples.get(message.couple) if message.couple else None
    round_ = await work.rounds.find(message.round) if message.round else None
    language = content.nearest(me.language if me else message.language or "en")
    own = await work.own_cards.read(me.id, round_) if me and round_ and round_.own else None
    return RenderContext(work, content, here, message, language, me, other, couple, round_, own)
