"""A request: what one person does, in which unit of work, and what its handler may need."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.actions.open_rounds import House
from bot.actions.people import Visitor, expect
from bot.actions.ports import Work
from bot.actions.reflect import Arrival
from bot.actions.store import Unit
from bot.config import Config
from bot.content import Content
from bot.messages import Message, MessageKind
from bot.practice.draft import PieceKind
from bot.practice.ids import RoundId
from bot.practice.naming import says_no
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Press
from bot.screens.ephemeral import Albums, Early, Invited, Offered, Scenes, Sought, Unkept, Whispers
from prompts.courtesies import BREAK, DONE, FINE, RESTS
from prompts.source import FALLBACK

OWN_VIOLENCE = "own_violence"  # to the other: that is met as what it is


Labels = Callable[[Work, Message], Awaitable[Sequence[str]]]
"""Lists what the buttons say that stand under a message."""


@dataclass(frozen=True)
class Services:
    """What every handler may need and none may change."""

    config: Config
    content: Content
    house: House
    labels: Labels
    whispers: Whispers = field(default_factory=Whispers)
    offered: Offered = field(default_factory=Offered)
    scenes: Scenes = field(default_factory=Scenes)
    early: Early = field(default_factory=Early)
    invited: Invited = field(default_factory=Invited)
    albums: Albums = field(default_factory=Albums)
    sought: Sought = field(default_factory=Sought)
    unkept: Unkept = field(default_factory=Unkept)


@dataclass(frozen=True)
class Request:
    """What one person does. `text` and `arrival` are private words, which its repr leaves out."""

    work: Unit
    services: Services
    visitor: Visitor
    partner: Partner | None = None
    source: int = 0  # the Telegram message that was written, or whose button was pressed
    text: str = field(default="", repr=False)  # what was written, or a command's argument
    pressed: Press | None = None
    point: tuple[float, float] | None = field(default=None, repr=False)  # a shared pin: latitude, longitude
    arrival: Arrival | None = None  # what was sent, as a part of a draft; None for what can be none
    reply: int = 0  # the message of ours that it replies to
    leads_out: bool = False  # words in it are a link, an address or a name, as Telegram marks them
    passed_on: bool = False  # forwarded, sent through another bot, or a contact
    called: str = field(default="", repr=False)  # the other's name, where they are in a couple
    alarms: dict[str, str | None] = field(
        default_factory=dict, repr=False
    )  # by the words that were read for them
    courtesies: dict[str, str | None] = field(
        default_factory=dict, repr=False
    )  # by the words that may be one

    @property
    def me(self) -> Partner:
        """The partner who acts. Raises Refusal CONSENT_FIRST for anybody else."""
        if self.partner is None:
            raise Refusal(Reason.CONSENT_FIRST)
        return self.partner

    @property
    def press(self) -> Press:
        """The button that was pressed. Raises Refusal NOT_YOURS where there was none."""
        if self.pressed is None:
            raise Refusal(Reason.NOT_YOURS)
        return self.pressed

    @property
    def language(self) -> str:
        """The language to use with this person."""
        return self.partner.language if self.partner else self.visitor.language

    def alarm(self, text: str) -> str | None:
        """Tell which danger words may mean to whoever writes them; the same words are read once."""
        if text not in self.alarms:
            self.alarms[text] = self.services.content.alarms(text, self.language, self.called)
        return self.alarms[text]

    def courtesy(self, text: str) -> str | None:
        """Name the thanks, the greeting, the question or the wish that a text is; the same words are read once."""
        if text not in self.courtesies:
            found = self.services.content.courtesies(self.language).find(text, self.called)
            self.courtesies[text] = found
        return self.courtesies[text]

    def only_helps(self, text: str) -> bool:
        """Tell whether words may mean danger to whoever says them: then nothing is remarked on how they are said."""
        return self.alarm(text) not in (None, OWN_VIOLENCE)

    def is_rest_of_album(self, answer: str) -> bool:
        """Tell whether it is a picture of an album that has been answered so. Notes that it is."""
        album = self.arrival.album if self.arrival else None
        return album is not None and not self.services.albums.first(self.visitor.chat, album, answer)

    def says_no(self) -> bool:
        """Tell whether a text is nothing but a no, a never mind or a wait, and its writer's own."""
        return self._says_only(lambda said: self.courtesy(said) == FINE)

    def answers_in_a_word(self) -> bool:
        """Tell whether a text is nothing but a yes, a no or one by degrees ("not really"), and its writer's own."""
        by_degrees = self.services.content.courtesies(self.language).is_by_degrees
        return self._says_only(lambda _: False) or (self._is_own_text() and by_degrees(self.text))

    def _says_only(self, but: Callable[[str], bool]) -> bool:
        content = self.services.content
        beside = content.courtesies(self.language).is_beside
        return self._is_own_text() and says_no(self.text, content.names(self.language), but, beside)

    def _is_own_text(self) -> bool:
        text = self.arrival is not None and self.arrival.kind is PieceKind.TEXT
        return text and not self.passed_on

    def says_done(self) -> bool:
        """Tell whether a text says nothing but that no more is to come, in its writer's language or in English."""
        return self._is_own_text() and not self.reply and self.says(DONE)

    def says(self, what: str) -> bool:
        """Tell whether a text is nothing but what a list of that name holds, in its writer's language or in English."""
        content = self.services.content
        among = (content.courtesies(language) for language in dict.fromkeys((self.language, FALLBACK)))
        return any(one.says(what, self.text, self.called) for one in among)

    def wants_break(self, text: str) -> bool:
        """Tell whether words are nothing but a wish to rest or to stop."""
        return self.courtesy(text) == BREAK

    def wants_rest(self, text: str) -> bool:
        """Tell whether words are nothing but a wish for a break, or to put off what is asked."""
        return self.courtesy(text) in RESTS

    def round_of(self, place: int = 0) -> RoundId:
        """Read which round a button is of."""
        return RoundId(self.press.number(place))

    def to_me(self, kind: MessageKind, **details: int | str) -> Message:
        """Address a message to whoever acts."""
        partner = self.partner.id if self.partner else None
        return Message(kind, self.visitor.chat, partner, language=self.visitor.language, details=details)

    async def say(self, kind: MessageKind, **details: int | str) -> None:
        """Queue a message to whoever acts."""
        await self.work.outbox.put(self.to_me(kind, **details))

    async def ask(self, what: Expecting, kind: MessageKind) -> None:
        """Ask for something in words, and take what comes next as the answer."""
        await expect(self.work, self.me, Expectation(what))
        await self.say(kind)


Handler = Callable[[Request], Awaitable[None]]
