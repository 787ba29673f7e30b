"""Weekly pulses: when people want to be asked, and what they tapped, sealed under their own keys.

Nobody reads another's but by `both`, which asks the one rule of both lines.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bot.practice import growth
from bot.practice.couple import Couple
from bot.practice.growth import Both
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.pulse import Plan, Pulse
from storage import locks
from storage.context import Context
from storage.engine import Record, Statement, Value
from storage.instants import from_micros, moment_of, to_micros
from storage.partners import Partners
from storage.vault import PartnerKey

BODY = "pulses.body"

_SAVE_PLAN = """
INSERT INTO pulse_plans (partner_id, weekday, minute, asks, dark, asked, due_at)
VALUES (:partner, :weekday, :minute, :asks, :dark, :asked, :due)
ON CONFLICT (partner_id) DO UPDATE SET weekday = excluded.weekday, minute = excluded.minute,
    asks = excluded.asks, dark = excluded.dark, asked = excluded.asked, due_at = excluded.due_at"""

_SAVE = """
INSERT INTO pulses (partner_id, week, couple_id, body, answered_at)
VALUES (:partner, :week, :couple, :body, :answered_at)
ON CONFLICT (partner_id, week) DO UPDATE SET couple_id = excluded.couple_id, body = excluded.body,
    answered_at = excluded.answered_at"""

_DUE = "SELECT * FROM pulse_plans WHERE due_at IS NOT NULL AND due_at <= :now ORDER BY due_at LIMIT :limit"
_AHEAD = (
    "SELECT * FROM pulse_plans WHERE due_at IS NOT NULL AND due_at > :moment ORDER BY due_at LIMIT :limit"
)
NEXT_PULSE = "SELECT due_at FROM pulse_plans WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1"


class Pulses:
    """Plans and pulses; a person's own, and both lines where both agree."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def plan(self, partner: PartnerId) -> Plan | None:
        """Load when somebody wants to be asked; None for whoever has never said so."""
        locked = locks.people(self._context, [partner])
        row = await self._run.row("SELECT * FROM pulse_plans WHERE partner_id = :id", locked, id=partner)
        return None if row is None else _plan(row)

    async def save_plan(self, plan: Plan) -> None:
        """Store when somebody wants to be asked."""
        row: dict[str, Value] = {
            "partner": plan.partner,
            "weekday": plan.weekday,
            "minute": plan.minute,
            "asks": int(plan.asks),
            "dark": int(plan.dark),
            "asked": plan.asked.isoformat() if plan.asked else None,
            "due": to_micros(plan.due),
        }
        await self._run.later(Statement(_SAVE_PLAN, [row]))

    async def due(self, now: datetime, limit: int) -> list[Plan]:
        """Load plans whose hour has come, the earliest first."""
        return [_plan(row) for row in await self._run.rows(_DUE, now=to_micros(now), limit=limit)]

    async def due_after(self, moment: datetime, limit: int) -> list[Plan]:
        """Load plans whose hour is later than a moment."""
        return [_plan(row) for row in await self._run.rows(_AHEAD, moment=to_micros(moment), limit=limit)]

    async def next_due(self) -> datetime | None:
        """Tell when the earliest of all hours comes."""
        return moment_of(await self._run.rows(NEXT_PULSE), "due_at")

    async def of(self, partner: PartnerId) -> Sequence[Pulse]:
        """Load all of somebody's own pulses, oldest first."""
        rows = await self._run.rows("SELECT * FROM pulses WHERE partner_id = :id ORDER BY week", id=partner)
        if not rows:
            return []
        key = await Partners(self._context).key(partner)
        return [_pulse(row, key) for row in rows]

    async def tapped(self, partner: PartnerId, week: date) -> Pulse | None:
        """Load what somebody tapped about a week."""
        row = await self._run.row(
            "SELECT * FROM pulses WHERE partner_id = :id AND week = :week", id=partner, week=week.isoformat()
        )
        return None if row is None else _pulse(row, await Partners(self._context).key(partner))

    async def save(self, pulse: Pulse) -> None:
        """Store what somebody tapped about a week. Raises LookupError where there is no such partner."""
        key, week = await Partners(self._context).key(pulse.partner), pulse.week.isoformat()
        row: dict[str, Value] = {
            "partner": pulse.partner,
            "week": week,
            "couple": pulse.couple,
            "body": key.seal(" ".join(map(str, pulse.given)), BODY, week),
            "answered_at": to_micros(pulse.answered_at),
        }
        await self._run.later(Statement(_SAVE, [row]))

    async def both(self, couple: Couple) -> Both | None:
        """Load both lines of a couple, in the order of their seats, as far as `growth.both` lets them be looked at."""
        since = growth.looking_since(couple)
        if since is None:
            return None
        one, two = couple.partners
        return growth.both(await self._with(one, couple), await self._with(two, couple), since)

    async def _with(self, partner: PartnerId, couple: Couple) -> list[Pulse]:
        return [pulse for pulse in await self.of(partner) if pulse.couple == couple.id]


def _plan(row: Record) -> Plan:
    return Plan(
        PartnerId(row["partner_id"]),
        row["weekday"],
        row["minute"],
        asks=bool(row["asks"]),
        dark=bool(row["dark"]),
        asked=date.fromisoformat(row["asked"]) if row["asked"] else None,
        due=from_micros(row["due_at"]),
    )


def _pulse(row: Record, key: PartnerKey) -> Pulse:
    return Pulse(
        PartnerId(row["partner_id"]),
        CoupleId(row["couple_id"]),
        date.fromisoformat(row["week"]),
        from_micros(row["answered_at"]),
        tuple(int(tap) for tap in key.open(row["body"], BODY, row["week"]).split()),
    )
