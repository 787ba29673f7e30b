"""What actions need of memory beside rounds: talks, pulses, letters for later, highlights, the neutral friend."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.practice.capsule import Capsule
from bot.practice.couple import Couple
from bot.practice.friend import Sitting, SittingId
from bot.practice.growth import Both
from bot.practice.highlight import Highlight
from bot.practice.ids import CapsuleId, CoupleId, HighlightId, PartnerId, RoundId, TalkId
from bot.practice.pulse import Plan, Pulse
from bot.practice.round import Round
from bot.practice.saying import Saying
from bot.practice.talk import Talk


class Talks(Protocol):
    """Dialogues and repairs, and their words: of the other's what `talk.may_read` lets through."""

    async def find(self, talk: TalkId) -> Talk | None:
        """Load a talk that a button names, if there is one."""
        ...

    async def live(self, couple: CoupleId) -> Talk | None:
        """Load the talk that a couple has begun, or that one of them has asked for."""
        ...

    async def live_beside_rounds(self, couple: CoupleId) -> tuple[Talk | None, list[Round], Round | None]:
        """Load the talk that a couple is in, its live rounds, and the one that was revealed last, in one visit."""
        ...

    async def last(self, couple: CoupleId) -> Talk | None:
        """Load a couple's newest talk, whatever its state."""
        ...

    async def unfinished(self, couple: CoupleId) -> list[Talk]:
        """Load a couple's talks that are neither kept nor over."""
        ...

    async def kept(self, partner: PartnerId, limit: int) -> list[Talk]:
        """Load talks that were kept and in which somebody has words of their own, newest first."""
        ...

    async def mine(self, partner: PartnerId) -> list[Talk]:
        """Load all talks in which somebody has words of their own, oldest first, with any partner."""
        ...

    async def save(self, talk: Talk) -> None:
        """Store a talk, new or changed; one that is over loses its words."""
        ...

    async def due(self, now: datetime, limit: int) -> list[TalkId]:
        """Name talks that the clock moves now, earliest first."""
        ...

    async def next_due(self) -> datetime | None:
        """Tell when the clock moves the next one."""
        ...

    async def put_off(self, talk: TalkId, until: datetime) -> None:
        """Let the clock move a talk later, whatever is wrong with it."""
        ...

    async def own(self, author: PartnerId, talk: Talk, step: int) -> Saying:
        """Load an author's own words for a step; empty ones (version 0) where nothing was written."""
        ...

    async def read(self, reader: PartnerId, author: PartnerId, talk: Talk, step: int) -> Saying | None:
        """Load words for a step as `reader` may read them."""
        ...

    async def said(self, reader: PartnerId, talk: Talk) -> list[Saying]:
        """Load all words of a talk that `reader` may read, in order."""
        ...

    async def by_source(self, author: PartnerId, source: int) -> tuple[TalkId, int] | None:
        """Tell which step the part that came in one of the author's messages is for."""
        ...

    async def write(self, saying: Saying) -> None:
        """Store words with their parts in place of what was there."""
        ...

    async def delete_own(self, author: PartnerId, talk: TalkId) -> int:
        """Destroy all of a person's own words in a talk; tell how many parts."""
        ...


class Pulses(Protocol):
    """When people want to be asked how their week was, and what they tapped: a person's own alone, but for `both`."""

    async def plan(self, partner: PartnerId) -> Plan | None:
        """Load when somebody wants to be asked; None for whoever has never said so."""
        ...

    async def save_plan(self, plan: Plan) -> None:
        """Store when somebody wants to be asked."""
        ...

    async def due(self, now: datetime, limit: int) -> list[Plan]:
        """Load plans whose hour has come, the earliest first."""
        ...

    async def due_after(self, moment: datetime, limit: int) -> list[Plan]:
        """Load plans whose hour is later than a moment."""
        ...

    async def next_due(self) -> datetime | None:
        """Tell when the earliest of all hours comes."""
        ...

    async def of(self, partner: PartnerId) -> Sequence[Pulse]:
        """Load all of somebody's own pulses, oldest first."""
        ...

    async def tapped(self, partner: PartnerId, week: date) -> Pulse | None:
        """Load what somebody tapped about a week."""
        ...

    async def save(self, pulse: Pulse) -> None:
        """Store what somebody tapped about a week."""
        ...

    async def both(self, couple: Couple) -> Both | None:
        """Load both lines of a couple, in the order of their seats, as far as both have agreed."""
        ...


class Capsules(Protocol):
    """Letters that open later; the other reads one once it has opened, and while the couple lasts."""

    async def of(self, author: PartnerId) -> Sequence[Capsule]:
        """Load all letters of an author's, oldest first."""
        ...

    async def own(self, author: PartnerId, id_: CapsuleId) -> Capsule | None:
        """Load a letter that a button names, if it is this author's."""
        ...

    async def read(self, reader: PartnerId, id_: CapsuleId) -> Capsule | None:
        """Load a letter as `reader` may read it: None unless `reveal.may_read_letter` allows it."""
        ...

    async def opened_to(self, reader: PartnerId, limit: int) -> Sequence[CapsuleId]:
        """Name the letters to a reader that have opened, while the couple lasts, the newest first."""
        ...

    async def by_source(self, author: PartnerId, source: int) -> CapsuleId | None:
        """Name the letter of which a part came in one of its author's messages."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[Capsule]:
        """Load letters whose hour has come, earliest first; not what is looked at again later."""
        ...

    async def save(self, capsule: Capsule) -> None:
        """Store a letter with its parts in place of what was there."""
        ...

    async def destroy(self, id_: CapsuleId) -> None:
        """Destroy a letter."""
        ...


class Highlights(Protocol):
    """Sentences of the other's that people have marked for themselves: where they stand, and no words."""

    async def add(self, highlight: Highlight) -> None:
        """Store a highlight; one of the same sentence does nothing."""
        ...

    async def find(self, highlight: HighlightId) -> Highlight | None:
        """Load a highlight that a button names, if there is one."""
        ...

    async def of(
        self, reader: PartnerId, limit: int, offset: int = 0, round_: RoundId | None = None
    ) -> list[Highlight]:
        """Load a reader's highlights, newest first; `round_` None: of any round."""
        ...

    async def save(self, highlight: Highlight) -> None:
        """Note when its author was told."""
        ...

    async def drop(self, highlight: HighlightId) -> None:
        """Take a highlight out."""
        ...

    async def end(self, readers: Collection[PartnerId]) -> None:
        """Take out all highlights of these readers."""
        ...


class Sittings(Protocol):
    """What people wrote as the neutral friend: what waits for a word on whether it is kept, and what is."""

    async def unfinished(self, partner: PartnerId) -> Sitting | None:
        """Load what somebody is writing, or has written within a day and not kept."""
        ...

    async def of(self, partner: PartnerId) -> Sequence[Sitting]:
        """Load what somebody has kept, newest first."""
        ...

    async def save(self, sitting: Sitting) -> None:
        """Store what somebody has written."""
        ...

    async def let_go(self, partner: PartnerId) -> None:
        """Destroy what somebody has not kept."""
        ...

    async def destroy(self, partner: PartnerId, sitting: SittingId) -> None:
        """Destroy one that somebody has kept."""
        ...
