"""What actions need of memory for rounds: how they open, what is written in them, and cards of a couple's own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.practice.draft import Draft, Piece
from bot.practice.ids import CoupleId, OwnCardId, PartnerId, PieceId, RoundId
from bot.practice.opening import Facts, Opening
from bot.practice.own_card import OwnCard
from bot.practice.round import Round, Slot


class Rounds(Protocol):
    """Rounds; `UNIQUE (couple, local date)` holds whatever the callers do."""

    async def get(self, round_: RoundId) -> Round:
        """Load a round. Raises LookupError where there is none."""
        ...

    async def find(self, round_: RoundId) -> Round | None:
        """Load a round that a button names, if there is one."""
        ...

    async def latest(self, couple: CoupleId) -> Round | None:
        """Load a couple's newest round, whatever its state."""
        ...

    async def latest_shown(self, couple: CoupleId) -> Round | None:
        """Load the round of a couple's that was revealed last (REVEALED or COMPLETE)."""
        ...

    async def live(self, couple: CoupleId) -> list[Round]:
        """Load a couple's rounds that are OPEN, WAITING or REVEALED, newest first."""
        ...

    async def live_and_shown(self, couple: CoupleId) -> tuple[list[Round], Round | None]:
        """Load what `live` and `latest_shown` do, in one visit."""
        ...

    async def closing(self, limit: int) -> tuple[list[Round], datetime | None]:
        """Load rounds whose two weeks are over and that nobody has noted as lapsed, the earliest first.

        And tell when the two weeks of the earliest of all are over, these among them.
        """
        ...

    async def next_closing(self) -> datetime | None:
        """Tell when the two weeks of the next round are over."""
        ...

    async def recent(self, couple: CoupleId, limit: int) -> list[Round]:
        """Load a couple's newest rounds, newest first."""
        ...

    async def standing(self, couples: Collection[CoupleId], first: date, last: date) -> list[Round]:
        """Load the rounds of these dates that were revealed to these couples and where both's words stand still."""
        ...

    async def on_page(self, partner: PartnerId, limit: int) -> list[RoundId]:
        """Name the rounds that a person has chosen for a page, oldest first, with any partner."""
        ...

    async def things(self, partners: Collection[PartnerId]) -> list[str]:
        """Name the small things to do together that any of these has had, each as often as it came."""
        ...

    async def save(self, round_: Round) -> None:
        """Store a round's changed state and turns."""
        ...

    async def see(self, partners: Collection[PartnerId], prompts: Collection[str]) -> None:
        """Note prompts as seen now by each of these partners."""
        ...

    async def seen(self, partners: Collection[PartnerId]) -> Mapping[str, datetime]:
        """Tell which prompts any of these has seen, with any partner, and when last."""
        ...


class Openings(Protocol):
    """What the openings of many couples ask and change, in a few statements."""

    async def load(self, couples: Collection[CoupleId]) -> Mapping[CoupleId, Facts | Exception]:
        """Load what an opening asks about each of these couples; the exception where it can't be read."""
        ...

    async def save(self, openings: Sequence[Opening]) -> None:
        """Store what openings change: couples, the rounds before, the new ones."""
        ...

    async def put_off(self, couples: Collection[CoupleId], until: datetime) -> None:
        """Move the next opening of couples, whatever else is wrong with them."""
        ...


class Words(Protocol):
    """What partners wrote, encrypted under their own keys, read through the one rule of the seal."""

    async def own(self, author: PartnerId, round_: RoundId, slot: Slot) -> Draft:
        """Load an author's own draft; an empty one (version 0) where nothing was written."""
        ...

    async def read(self, reader: PartnerId, author: PartnerId, round_: RoundId, slot: Slot) -> Draft | None:
        """Load words as `reader` may read them: None unless `reveal.may_read` allows it."""
        ...

    async def exchange(
        self, one: PartnerId, two: PartnerId, round_: RoundId, slot: Slot
    ) -> tuple[Draft | None, Draft | None]:
        """Load what each of two may read of the other, as `read`: what `one` reads, what `two` reads."""
        ...

    async def by_source(self, author: PartnerId, source: int) -> tuple[RoundId, Slot] | None:
        """Tell where the part that came in one of the author's messages belongs."""
        ...

    async def written(self, author: PartnerId, limit: int, offset: int = 0) -> list[RoundId]:
        """Name the rounds in which a person has words of their own, newest first, with any partner."""
        ...

    async def authors(self, round_: RoundId) -> set[PartnerId]:
        """Name who has written in a round."""
        ...

    async def search(self, author: PartnerId, wanted: str, limit: int) -> list[RoundId]:
        """Name the rounds in which a person's own words hold a text, newest first, in any case."""
        ...

    async def for_cards(self, author: PartnerId, cards: Collection[str], limit: int) -> list[RoundId]:
        """Name the rounds in which a person's words are for one of these cards, newest first."""
        ...

    async def delete(self, author: PartnerId, round_: RoundId) -> int:
        """Destroy all of a person's own words in one round; tell how many parts."""
        ...

    async def save(self, draft: Draft) -> None:
        """Store a draft with its parts in place of what was there."""
        ...


class OwnCards(Protocol):
    """Cards of people's own; the other reads one once it has come, and while the couple lasts."""

    async def draft(self, card: OwnCard) -> None:
        """Store a draft in place of its author's last one."""
        ...

    async def save(self, card: OwnCard) -> None:
        """Note when a card was let come."""
        ...

    async def destroy(self, card: OwnCardId) -> None:
        """Destroy a card that has not come."""
        ...

    async def of(self, author: PartnerId) -> Sequence[OwnCard]:
        """Load all cards of an author's, oldest first."""
        ...

    async def last_ready(self, author: PartnerId, couple: CoupleId) -> datetime | None:
        """Tell when an author last let a card come: to this couple, or one that has come to whomever."""
        ...

    async def read(self, reader: PartnerId, round_: Round) -> OwnCard | None:
        """Load the card that a round asks, as far as `reader` may read it; None where there is none any more."""
        ...


class Kept(Protocol):
    """Words that wait for their writer to say what they are for, for a day at most."""

    async def add(self, partner: PartnerId, piece: Piece) -> None:
        """Keep a part for somebody. Raises LookupError where there is no such partner."""
        ...

    async def of(self, partner: PartnerId) -> Sequence[Piece]:
        """Load what waits for somebody, oldest first."""
        ...

    async def over(self, limit: int) -> Mapping[PartnerId, Sequence[int]]:
        """Destroy up to `limit` parts that have waited for a day; name the messages that they came in, by person."""
        ...

    async def drop(self, partner: PartnerId, pieces: Sequence[PieceId]) -> None:
        """Destroy parts that have found their place, or are for nowhere."""
        ...
