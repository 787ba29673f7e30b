"""A morning's unit of work: many couples loaded at once, and what becomes of them written at once.

To an action it is a unit of work like any other. What is asked for about these couples has been read ahead
in a few statements for all of them; what is changed is kept until `flush`, which writes it in as few. So
opening a hundred rounds costs some ten statements, and not two thousand. Nothing is written before `flush`,
so what one couple's opening has changed is undone by forgetting it (`whole`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.messages import Message, MessageKind
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId, RoundId
from bot.practice.partner import Partner
from bot.practice.round import Round
from storage.context import Context
from storage.couples import Couples
from storage.invites import Invites
from storage.outbox import Outbox
from storage.partners import Partners
from storage.rounds import Rounds
from storage.words import Words

REMEMBERED = 60  # rounds of each couple that are read ahead


@dataclass
class Changes:
    """What is to be written, in order."""

    partners: list[Partner] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    withdrawals: list[dict[str, Any]] = field(default_factory=list)
    couples: list[Couple] = field(default_factory=list)
    opened: list[Round] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def lengths(self) -> list[int]:
        """Tell how much there is of each."""
        return [len(kept) for kept in vars(self).values()]

    def cut(self, lengths: Sequence[int]) -> None:
        """Forget what came after."""
        for kept, length in zip(vars(self).values(), lengths, strict=True):
            del kept[length:]


class MorningPartners(Partners):
    """The partners of these couples."""

    def __init__(self, context: Context, known: dict[PartnerId, Partner], changes: Changes) -> None:
        super().__init__(context)
        self._known = known
        self._changes = changes

    async def find(self, partner: PartnerId) -> Partner | None:
        """Give a partner who was read ahead, or load one."""
        return self._known.get(partner) or await super().find(partner)

    async def save(self, partner: Partner) -> None:
        """Keep a changed partner until the flush."""
        self._known[partner.id] = partner
        self._changes.partners.append(partner)


class MorningCouples(Couples):
    """These couples."""

    def __init__(self, context: Context, known: dict[CoupleId, Couple], changes: Changes) -> None:
        super().__init__(context)
        self._known = known
        self._of = {partner: couple.id for couple in known.values() for partner in couple.partners}
        self._changes = changes

    async def get(self, couple: CoupleId) -> Couple:
        """Give a couple that was read ahead, or load one."""
        return self._known.get(couple) or await super().get(couple)

    async def of(self, partner: PartnerId) -> Couple | None:
        """Give the couple that a partner is in now."""
        found = self._known.get(self._of.get(partner, CoupleId(0)))
        return found if found and found.parted_at is None else await super().of(partner)

    async def save(self, couple: Couple) -> None:
        """Keep a changed couple until the flush."""
        self._known[couple.id] = couple
        self._changes.couples.append(couple)


class MorningRounds(Rounds):
    """These couples' rounds, newest first."""

    def __init__(self, context: Context, ahead: "Ahead", changes: Changes) -> None:
        super().__init__(context)
        self._ahead = ahead
        self._changes = changes

    async def latest(self, couple: CoupleId) -> Round | None:
        """Give a couple's newest round."""
        return next(iter(self._ahead.recent[couple]), None)

    async def recent(self, couple: CoupleId, limit: int) -> list[Round]:
        """Give a couple's newest rounds; more than are read ahead are loaded."""
        if limit > REMEMBERED:
            return await super().recent(couple, limit)
        return self._ahead.recent[couple][:limit]

    async def add(self, round_: Round) -> bool:
        """Keep a new round until the flush; False where that date has one."""
        known = self._ahead.recent[round_.couple]
        if any(other.local_date == round_.local_date for other in known):
            return False
        known.insert(0, round_)
        self._changes.opened.append(round_)
        return True

    async def save(self, round_: Round) -> None:
        """Keep a changed round until the flush."""
        known = self._ahead.recent[round_.couple]
        known[:] = [round_ if other.id == round_.id else other for other in known]
        self._changes.rounds.append(round_)

    async def seen(self, partners: Collection[PartnerId]) -> Mapping[str, datetime]:
        """Tell which prompts any of these has seen."""
        latest: dict[str, datetime] = {}
        for partner in partners:
            for prompt, moment in self._ahead.seen[partner].items():
                latest[prompt] = max(moment, latest.get(prompt, moment))
        return latest

    async def arcs(self, couple: CoupleId) -> frozenset[str]:
        """Name the arcs of a couple's rounds."""
        return frozenset(self._ahead.arcs[couple])


class MorningOutbox(Outbox):
    """The outbox; a withdrawal is about what was queued before this unit."""

    def __init__(self, context: Context, changes: Changes) -> None:
        super().__init__(context)
        self._changes = changes

    async def put(self, *messages: Message) -> None:
        """Keep messages until the flush."""
        self._changes.messages.extend(messages)

    async def withdraw(
        self,
        *,
        to: PartnerId | None = None,
        couple: CoupleId | None = None,
        round_: RoundId | None = None,
        about: PartnerId | None = None,
        kinds: Collection[MessageKind] = (),
    ) -> int:
        """Keep a withdrawal until the flush; nobody asks here how many it were."""
        given = {"to": to, "couple": couple, "round_": round_, "about": about, "kinds": kinds}
        self._changes.withdrawals.append(given)
        return 0


@dataclass
class Ahead:
    """What was read ahead of these couples' rounds."""

    recent: dict[CoupleId, list[Round]]
    seen: dict[PartnerId, dict[str, datetime]]
    arcs: dict[CoupleId, set[str]]


class Morning:
    """A unit of work for these couples. Made by `read_ahead`."""

    def __init__(
        self, context: Context, couples: list[Couple], partners: list[Partner], ahead: Ahead
    ) -> None:
        self._context = context
        self._changes = Changes()
        self._known = {couple.id: couple for couple in couples}
        self._people = {partner.id: partner for partner in partners}
        self._ahead = ahead
        self.couples = MorningCouples(context, self._known, self._changes)
        self.partners = MorningPartners(context, self._people, self._changes)
        self.rounds = MorningRounds(context, ahead, self._changes)
        self.outbox = MorningOutbox(context, self._changes)
        self.words = Words(context)
        self.invites = Invites(context)

    @property
    def now(self) -> datetime:
        """The instant at which it began."""
        return self._context.now

    def new_id(self) -> int:
        """Make an id."""
        return self._context.new_id()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Keep all that is changed inside, or, where an exception ends it, nothing. Raises it on."""
        lengths = self._changes.lengths()
        try:
            yield
        except BaseException:
            self._changes.cut(lengths)
            raise

    async def flush(self) -> None:
        """Write what was changed."""
        changes, context = self._changes, self._context
        for partner in changes.partners:
            await Partners(context).save(partner)
        await Rounds(context).save_all(changes.rounds)
        await self._withdraw(changes.withdrawals)
        await Couples(context).save_all(changes.couples)
        await Rounds(context).add_all(changes.opened)
        await Outbox(context).put(*changes.messages)
        self._changes.cut([0] * len(changes.lengths()))

    async def _withdraw(self, withdrawals: Sequence[Mapping[str, Any]]) -> None:
        """Withdraw, in one statement for all that name a round alone and the same kinds."""
        outbox = Outbox(self._context)
        rounds: dict[tuple[MessageKind, ...], list[RoundId]] = defaultdict(list)
        for given in withdrawals:
            named = {name for name, value in given.items() if value}
            if named == {"round_", "kinds"}:
                rounds[tuple(given["kinds"])].append(given["round_"])
            else:
                await outbox.withdraw(**given)
        for kinds, those in rounds.items():
            await outbox.withdraw_all(those, kinds)


async def read_ahead(context: Context, ids: Collection[CoupleId]) -> Morning:
    """Load these couples with all that opening a round asks about them."""
    couples = await Couples(context).many(ids)
    people = [partner for couple in couples for partner in couple.partners]
    rounds = Rounds(context)
    recent: dict[CoupleId, list[Round]] = defaultdict(list)
    for round_ in await rounds.recent_of(ids, REMEMBERED):
        recent[round_.couple].append(round_)
    ahead = Ahead(recent, await rounds.seen_by(people), await rounds.arcs_of(ids))
    return Morning(context, couples, await Partners(context).many(people), ahead)
