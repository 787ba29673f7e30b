"""Couples, their seats, and the schedule that their next openings are."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId
from storage import locks
from storage.context import Context
from storage.engine import Record, Statement, Value, asking
from storage.instants import from_micros, moment_of, to_micros

_SELECT = """
SELECT c.*, one.partner_id AS one, one.rest_told AS one_told, one.keepable AS one_keepable,
    one.lines_since AS one_lines, two.partner_id AS two, two.rest_told AS two_told, two.keepable AS two_keepable,
    two.lines_since AS two_lines
FROM couples AS c
JOIN seats AS one ON one.couple_id = c.id AND one.seat = 0
JOIN seats AS two ON two.couple_id = c.id AND two.seat = 1
"""

OF_ID = f"{_SELECT} WHERE c.id = :id"
OF_IDS = f"{_SELECT} WHERE c.id IN :ids"
OF_PARTNER = (
    f"{_SELECT} JOIN seats AS mine ON mine.couple_id = c.id"
    " WHERE mine.partner_id = :partner AND mine.active = 1"
)
OF_CHATS = (
    f"{_SELECT} JOIN seats AS mine ON mine.couple_id = c.id AND mine.active = 1"
    " JOIN partners AS p ON p.id = mine.partner_id WHERE p.chat_id IN :chats"
)

_PLANNED = "next_opening IS NOT NULL AND parted_at IS NULL"
_DUE = f"SELECT id FROM couples WHERE {_PLANNED} AND next_opening <= :now ORDER BY next_opening LIMIT :limit"  # noqa: S608 (made of what stands here)
EARLIEST = f"SELECT next_opening FROM couples WHERE {_PLANNED} ORDER BY next_opening LIMIT 1"  # noqa: S608 (as above)

_INSERT = """
INSERT INTO couples (
    id, minute, weekdays, zone, set_by, last_opening, last_date, next_opening, kept, lapses,
    arc, parted_at, looked_back_at, week_day, month_back
) VALUES (
    :id, :minute, :weekdays, :zone, :set_by, :last_opening, :last_date, :next_opening, :kept,
    :lapses, :arc, :parted_at, :looked_back_at, :week_day, :month_back
)"""

_UPDATE = """
UPDATE couples SET
    minute = :minute, weekdays = :weekdays, zone = :zone, set_by = :set_by, last_opening = :last_opening,
    last_date = :last_date, next_opening = :next_opening, kept = :kept, lapses = :lapses,
    arc = :arc, parted_at = :parted_at, looked_back_at = :looked_back_at,
    week_day = :week_day, month_back = :month_back
WHERE id = :id"""

_INSERT_SEATS = """
INSERT INTO seats (couple_id, seat, partner_id, active, rest_told, keepable, lines_since)
VALUES (:id, 0, :one, :active, :one_told, :one_keepable, :one_lines),
    (:id, 1, :two, :active, :two_told, :two_keepable, :two_lines)"""

_UPDATE_SEATS = """
UPDATE seats SET active = :active, rest_told = CASE seat WHEN 0 THEN :one_told ELSE :two_told END,
    keepable = CASE seat WHEN 0 THEN :one_keepable ELSE :two_keepable END,
    lines_since = CASE seat WHEN 0 THEN CAST(:one_lines AS BIGINT) ELSE CAST(:two_lines AS BIGINT) END
WHERE couple_id = :id"""


class Couples:
    """Couples, of which a partner has one at a time that is not parted."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def get(self, couple: CoupleId) -> Couple:
        """Load a couple. Raises LookupError where there is none."""
        known = self._context.known.couples
        if couple not in known:
            row = await self._run.row(OF_ID, locks.couples(self._context, [couple]), id=couple)
            if row is None:
                raise LookupError(f"no couple {couple}")
            self.read(row)
        return known[couple]

    async def of(self, partner: PartnerId) -> Couple | None:
        """Load the couple that a partner is in now."""
        known = self._context.known.together
        if partner not in known:
            row = await self._run.row(OF_PARTNER, locks.people(self._context, [partner]), partner=partner)
            known[partner] = None if row is None else self.read(row).id
        couple = known[partner]
        return None if couple is None else await self.get(couple)

    async def add(self, couple: Couple) -> None:
        """Store a new couple."""
        one, two = couple.partners
        await self._run.all(
            Statement(_INSERT, [_columns(couple)]),
            Statement(_INSERT_SEATS, [{**_seats(couple), "one": one, "two": two}]),
        )
        self._learn(couple)

    async def save(self, couple: Couple) -> None:
        """Store a changed couple."""
        await self.save_all([couple])

    async def many(self, couples: Collection[CoupleId]) -> list[Couple]:
        """Load several couples."""
        locked = locks.couples(self._context, couples)
        return [self.read(row) for row in await self._run.rows(OF_IDS, locked, ids=tuple(couples))]

    async def save_all(self, couples: Sequence[Couple]) -> None:
        """Store changed couples, in order."""
        known = self._context.known.couples
        await self._run.later(
            Statement(_UPDATE, [_columns(couple) for couple in couples]),
            Statement(
                _UPDATE_SEATS,
                [_seats(c) for c in couples if c.id not in known or _seats(c) != _seats(known[c.id])],
            ),
        )
        for couple in couples:
            self._learn(couple)
        self._context.known.read.clear()

    def read(self, row: Record) -> Couple:
        """Read a couple's row; one that is known already stays as it is."""
        known = self._context.known.couples.get(CoupleId(row["id"]))
        if known is None:
            known = _couple(row)
            self._learn(known)
        return known

    def _learn(self, couple: Couple) -> None:
        known = self._context.known
        known.couples[couple.id] = couple
        for partner in couple.partners:
            if couple.parted_at is None:
                known.together[partner] = couple.id
            elif known.together.get(partner) == couple.id:
                del known.together[partner]

    async def due(self, now: datetime, limit: int) -> tuple[list[CoupleId], datetime | None]:
        """Name couples whose next opening has come, earliest first, and tell when the earliest of all falls due."""
        due, earliest = asking(_DUE, now=to_micros(now), limit=limit), asking(EARLIEST)
        await self._run.all(due, earliest)
        return [CoupleId(row["id"]) for row in due.rows], moment_of(earliest.rows, "next_opening")

    async def due_after(self, moment: datetime, limit: int) -> list[CoupleId]:
        """Name couples whose next opening is later than a moment."""
        rows = await self._run.rows(
            "SELECT id FROM couples WHERE next_opening IS NOT NULL AND parted_at IS NULL"
            " AND next_opening > :moment ORDER BY next_opening LIMIT :limit",
            moment=to_micros(moment),
            limit=limit,
        )
        return [CoupleId(row["id"]) for row in rows]

    async def planned(self, after: CoupleId, limit: int) -> list[Couple]:
        """Load couples with a next opening and an id above another, in the order of their ids."""
        rows = await self._run.rows(
            f"{_SELECT} WHERE c.next_opening IS NOT NULL AND c.parted_at IS NULL AND c.id > :after"
            " ORDER BY c.id LIMIT :limit",
            after=after,
            limit=limit,
        )
        if self._run.shared and rows:  # what was read before it was locked may have changed since
            return sorted(
                await self.many([CoupleId(row["id"]) for row in rows]), key=lambda couple: couple.id
            )
        return [_couple(row) for row in rows]

    async def next_due(self) -> datetime | None:
        """Tell when the earliest opening of all couples falls due."""
        return moment_of(await self._run.rows(EARLIEST), "next_opening")


def _couple(row: Record) -> Couple:
    one, two = PartnerId(row["one"]), PartnerId(row["two"])
    told = {partner for partner, told in ((one, row["one_told"]), (two, row["two_told"])) if told}
    keepable = {partner for partner, yes in ((one, row["one_keepable"]), (two, row["two_keepable"])) if yes}
    set_by = row["set_by"]
    return Couple(
        id=CoupleId(row["id"]),
        partners=(one, two),
        rhythm=Rhythm(
            minute=row["minute"],
            zone=row["zone"],
            weekdays=frozenset(day for day in range(7) if row["weekdays"] >> day & 1),
            set_by=None if set_by is None else PartnerId(set_by),
        ),
        last_opening=from_micros(row["last_opening"]),
        last_date=date.fromisoformat(row["last_date"]),
        next_opening=from_micros(row["next_opening"]),
        rest_told=frozenset(told),
        keepable=frozenset(keepable),
        lines_since=(from_micros(row["one_lines"]), from_micros(row["two_lines"])),
        kept=row["kept"],
        lapses=row["lapses"],
        arc=row["arc"],
        parted_at=from_micros(row["parted_at"]),
        looked_back_at=from_micros(row["looked_back_at"]),
        week_day=row["week_day"],
        month_back=date.fromisoformat(row["month_back"]) if row["month_back"] else None,
    )


def _columns(couple: Couple) -> dict[str, Value]:
    rhythm = couple.rhythm
    return {
        "id": couple.id,
        "minute": rhythm.minute,
        "weekdays": sum(1 << day for day in rhythm.weekdays),
        "zone": rhythm.zone,
        "set_by": rhythm.set_by,
        "last_opening": to_micros(couple.last_opening),
        "last_date": couple.last_date.isoformat(),
        "next_opening": to_micros(couple.next_opening),
        "kept": couple.kept,
        "lapses": couple.lapses,
        "arc": couple.arc,
        "parted_at": to_micros(couple.parted_at),
        "looked_back_at": to_micros(couple.looked_back_at),
        "week_day": couple.week_day,
        "month_back": couple.month_back.isoformat() if couple.month_back else None,
    }


def _seats(couple: Couple) -> dict[str, Value]:
    one, two = couple.partners
    return {
        "id": couple.id,
        "active": int(couple.parted_at is None),
        "one_told": int(one in couple.rest_told),
        "two_told": int(two in couple.rest_told),
        "one_keepable": int(one in couple.keepable),
        "two_keepable": int(two in couple.keepable),
        "one_lines": to_micros(couple.lines_since[0]),
        "two_lines": to_micros(couple.lines_since[1]),
    }
