"""What an action needs of storage: small protocols, kept by storage/ and by nothing else.

All of it happens inside one unit of work: a transaction that somebody else begins and commits.
Whatever is not found is None, or an empty list; what must be there is asked for by `get`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.messages import InChat, Message, MessageKind, Shown, Trace
from bot.practice.capsule import Capsule
from bot.practice.couple import Couple
from bot.practice.draft import Draft, Piece
from bot.practice.friend import Sitting, SittingId
from bot.practice.growth import Both
from bot.practice.highlight import Highlight
from bot.practice.ids import (
    CapsuleId,
    CoupleId,
    HighlightId,
    InviteId,
    OwnCardId,
    PartnerId,
    PieceId,
    RoundId,
    RowId,
    TalkId,
)
from bot.practice.invite import Invite
from bot.practice.opening import Facts, Opening
from bot.practice.own_card import OwnCard
from bot.practice.partner import Partner
from bot.practice.pulse import Plan, Pulse
from bot.practice.round import Round, Slot
from bot.practice.saying import Saying
from bot.practice.talk import Talk


class Partners(Protocol):
    """People who have consented."""

    async def get(self, partner: PartnerId) -> Partner:
        """Load a partner. Raises LookupError where there is none."""
        ...

    async def find(self, partner: PartnerId) -> Partner | None:
        """Load a partner who may have been forgotten."""
        ...

    async def by_chat(self, chat: int) -> Partner | None:
        """Load the partner who writes in a private chat."""
        ...

    async def add(self, partner: Partner) -> None:
        """Store a new partner, with a key of their own."""
        ...

    async def save(self, partner: Partner) -> None:
        """Store a partner's changed choices."""
        ...

    async def forget(self, partner: PartnerId) -> None:
        """Destroy a partner's key, words, invites, queued messages and row.

        What belongs to a couple (its rounds, without words) stays for the other. Messages queued to or
        about them are gone, whenever in this unit of work: a farewell is put after it, `to` nobody.
        """
        ...


class Couples(Protocol):
    """Couples, of which a partner has one at a time that is not parted."""

    async def get(self, couple: CoupleId) -> Couple:
        """Load a couple. Raises LookupError where there is none."""
        ...

    async def of(self, partner: PartnerId) -> Couple | None:
        """Load the couple that a partner is in now."""
        ...

    async def add(self, couple: Couple) -> None:
        """Store a new couple."""
        ...

    async def save(self, couple: Couple) -> None:
        """Store a changed couple."""
        ...

    async def due(self, now: datetime, limit: int) -> tuple[list[CoupleId], datetime | None]:
        """Name couples whose next opening has come, earliest first, and tell when the earliest of all falls due."""
        ...

    async def due_after(self, moment: datetime, limit: int) -> list[CoupleId]:
        """Name couples whose next opening is later than a moment."""
        ...

    async def save_all(self, couples: Sequence[Couple]) -> None:
        """Store changed couples, in order."""
        ...

    async def planned(self, after: CoupleId, limit: int) -> list[Couple]:
        """Load couples with a next opening and an id above another, in the order of their ids."""
        ...

    async def next_due(self) -> datetime | None:
        """Tell when the earliest opening of all couples falls due."""
        ...


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

    async def end(self, couple: CoupleId) -> None:
        """Destroy all letters of a couple."""
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


class Talks(Protocol):
    """Dialogues and repairs, and their words: of the other's what `talk.may_read` lets through."""

    async def find(self, talk: TalkId) -> Talk | None:
        """Load a talk that a button names, if there is one."""
        ...

    async def live(self, couple: CoupleId) -> Talk | None:
        """Load the talk that a couple has begun, or that one of them has asked for."""
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


class Invites(Protocol):
    """Invites; a code is stored encrypted and looked up by its hash."""

    async def add(self, invite: Invite, code: str) -> None:
        """Store a new invite."""
        ...

    async def get(self, invite: InviteId) -> Invite | None:
        """Load an invite by its id."""
        ...

    async def by_code(self, code: str) -> Invite | None:
        """Load the invite that a code opens."""
        ...

    async def code(self, invite: InviteId) -> str | None:
        """Decrypt an invite's code, for the link."""
        ...

    async def of(self, partner: PartnerId) -> list[Invite]:
        """Load invites that are not spent and that a partner gave out or has taken up."""
        ...

    async def save(self, invite: Invite) -> None:
        """Store a changed invite."""
        ...


class Outbox(Protocol):
    """Messages to send. A row is one Telegram call; it holds no words."""

    async def put(self, *messages: Message) -> None:
        """Queue messages in order; one whose `dedupe` is known does nothing.

        A message lifts that chat's earlier rows to its own priority, so that order within a chat holds.
        """
        ...

    async def withdraw(
        self,
        *,
        to: PartnerId | None = None,
        couple: CoupleId | None = None,
        round_: RoundId | None = None,
        about: PartnerId | None = None,
        kinds: Collection[MessageKind] = (),
    ) -> None:
        """Withdraw what is queued and matches all that is given. No argument: ValueError.

        A matching row that is leased may be on its way; if it comes back, it goes no further.
        """
        ...

    async def waits(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None = None
    ) -> bool:
        """Tell whether a message of these kinds is queued and not yet on its way; `round_` None: of any round."""
        ...

    async def withdraw_all(self, rounds: Collection[RoundId], kinds: Collection[MessageKind]) -> None:
        """Withdraw what is queued of these kinds about any of these rounds."""
        ...

    async def sent(self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None) -> int | None:
        """Tell the Telegram message id of the newest such message that was sent; `round_` None: any round."""
        ...

    async def sent_last(self, to: PartnerId) -> int | None:
        """Tell the highest Telegram message id of what was sent to somebody; None for nothing."""
        ...

    async def refused(self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId) -> bool:
        """Tell whether Telegram refused a message of these kinds that was queued with or after the newest first.

        The first of `kinds` is that which begins a series.
        """
        ...

    async def undelivered(self, to: PartnerId, kinds: Collection[MessageKind]) -> Sequence[Message]:
        """List what was queued for somebody last of these kinds, round by round, and neither came nor will."""
        ...

    async def with_buttons(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId
    ) -> InChat | None:
        """Find the newest such message whose buttons were not taken off since."""
        ...

    async def standing(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None = None
    ) -> Sequence[InChat]:
        """List what stands in somebody's chat of these kinds, or may; `round_` None: of any round."""
        ...

    async def around(self, to: PartnerId, row: RowId) -> tuple[int | None, int | None]:
        """Tell the numbers of the messages that went to somebody before a row and after it."""
        ...

    async def ours(self, to: PartnerId, numbers: Collection[int]) -> set[int]:
        """Tell which of these messages in somebody's chat we have sent."""
        ...

    async def gone(self, to: PartnerId, numbers: Collection[int]) -> None:
        """Note that messages stand in somebody's chat no more."""
        ...

    async def certain(self, to: PartnerId, rows: Collection[RowId]) -> None:
        """Note that no second copy of these rows stands anywhere any more."""
        ...

    async def last(self, to: PartnerId) -> int | None:
        """Tell which message of ours is the last in somebody's chat; None where another is coming."""
        ...

    async def newest(self, to: PartnerId, kinds: Collection[MessageKind]) -> Sequence[Shown]:
        """Tell what was last shown to somebody of each of these kinds, or may have been, newest first."""
        ...

    async def shown_in(self, to: PartnerId, message: int) -> Shown | None:
        """Tell what stands in one of the messages that somebody was sent; None where we don't know it."""
        ...

    async def hold_until(self, to: PartnerId, until: datetime, *, but: Collection[MessageKind]) -> int:
        """Let what waits for its time, but for some kinds, leave at another, in its order; tell how many."""
        ...

    async def hasten(self, to: PartnerId, kinds: Collection[MessageKind]) -> int:
        """Let what waits for its time leave now, in its order; tell how many."""
        ...


class Traces(Protocol):
    """In which messages of a person's chat words of their own stand. A round of None is practice."""

    async def add(
        self, partner: PartnerId, round_: RoundId | None, slot: str, numbers: Collection[int]
    ) -> None:
        """Note messages; those that are known already stay as they are."""
        ...

    async def stay(
        self, partner: PartnerId, round_: RoundId | None, slot: str, numbers: Collection[int]
    ) -> None:
        """Note that Telegram does not delete these messages."""
        ...

    async def of(self, partner: PartnerId, round_: RoundId | None, slot: str) -> Sequence[Trace]:
        """Tell in which messages somebody's words for a slot stand, in order."""
        ...

    async def places(self, partner: PartnerId) -> Sequence[tuple[RoundId, str]]:
        """Name the slots whose words stand in somebody's chat and can still go, each with its round."""
        ...

    async def between(self, partner: PartnerId, first: int, last: int) -> set[int]:
        """Name the messages from `first` to `last` in which any of somebody's words stand."""
        ...

    async def gone(self, partner: PartnerId, numbers: Collection[int]) -> None:
        """Forget messages that stand there no more."""
        ...


class Work(Protocol):
    """An open unit of work."""

    @property
    def now(self) -> datetime:
        """The instant at which it began."""
        ...

    @property
    def partners(self) -> Partners: ...  # noqa: D102 (as its class says)
    @property
    def couples(self) -> Couples: ...  # noqa: D102 (as its class says)
    @property
    def rounds(self) -> Rounds: ...  # noqa: D102 (as its class says)
    @property
    def openings(self) -> Openings: ...  # noqa: D102 (as its class says)
    @property
    def words(self) -> Words: ...  # noqa: D102 (as its class says)
    @property
    def kept(self) -> Kept: ...  # noqa: D102 (as its class says)
    @property
    def own_cards(self) -> OwnCards: ...  # noqa: D102 (as its class says)
    @property
    def capsules(self) -> Capsules: ...  # noqa: D102 (as its class says)
    @property
    def highlights(self) -> Highlights: ...  # noqa: D102 (as its class says)
    @property
    def talks(self) -> Talks: ...  # noqa: D102 (as its class says)
    @property
    def pulses(self) -> Pulses: ...  # noqa: D102 (as its class says)
    @property
    def sittings(self) -> Sittings: ...  # noqa: D102 (as its class says)
    @property
    def invites(self) -> Invites: ...  # noqa: D102 (as its class says)
    @property
    def outbox(self) -> Outbox: ...  # noqa: D102 (as its class says)
    @property
    def traces(self) -> Traces: ...  # noqa: D102 (as its class says)

    def new_id(self) -> int:
        """Make an id."""
        ...
