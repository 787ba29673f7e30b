"""Openings: what many couples' openings ask, and what they change, in a few statements for all of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.practice.circumstances import Past
from bot.practice.ids import CoupleId
from bot.practice.opening import MEMORY, Facts, Opening
from bot.practice.round import WRITABLE, Round, RoundState
from storage.context import Context
from storage.couples import Couples
from storage.engine import Record, Statement
from storage.instants import from_micros, to_micros
from storage.own_cards import OwnCards
from storage.partners import Partners
from storage.rounds import Rounds

# A couple's rounds are numbered without a gap.
_PAST = """
SELECT r.couple_id, r.prompt, r.local_date, r.state, r.arc, r.swapped, r.passed
FROM couples AS c
JOIN rounds AS r ON r.couple_id = c.id AND r.ordinal > (
    SELECT max(newest.ordinal) FROM rounds AS newest WHERE newest.couple_id = c.id
) - :memory
WHERE c.id IN :couples
ORDER BY r.couple_id, r.ordinal DESC"""

_SEEN = """
SELECT s.couple_id, p.prompt, max(p.seen_at) AS seen_at
FROM seats AS s JOIN seen_prompts AS p ON p.partner_id = s.partner_id
WHERE s.couple_id IN :couples
GROUP BY s.couple_id, p.prompt"""

_ARCS = "SELECT DISTINCT couple_id, arc FROM rounds WHERE couple_id IN :couples AND arc IS NOT NULL"

_DATES = """
SELECT r.couple_id, r.local_date
FROM couples AS c JOIN rounds AS r ON r.couple_id = c.id AND r.local_date >= c.last_date
WHERE c.id IN :couples"""

_MISSED = frozenset(state.value for state in (*WRITABLE, RoundState.LAPSED))

_PUT_OFF = "UPDATE couples SET next_opening = :until WHERE id = :id AND next_opening IS NOT NULL"


class Openings:
    """What openings ask and change."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def load(self, couples: Collection[CoupleId]) -> dict[CoupleId, Facts | Exception]:
        """Load what an opening asks about each of these couples; the exception where it can't be read."""
        found = {couple.id: couple for couple in await Couples(self._context).many(couples)}
        people = await Partners(self._context).many([p for couple in found.values() for p in couple.partners])
        newest = {round_.couple: round_ for round_ in await Rounds(self._context).newest_of(couples)}
        revealed: dict[CoupleId, list[Round]] = defaultdict(list)
        for round_ in await Rounds(self._context).revealed_of(couples):
            if round_.id != newest[round_.couple].id:
                revealed[round_.couple].append(round_)
        past = await self._past(couples)
        seen = await self._seen(couples)
        arcs = await self._each(_ARCS, couples)
        dates = await self._each(_DATES, couples)
        own = await OwnCards(self._context).waiting(couples)
        facts: dict[CoupleId, Facts | Exception] = {}
        for id_ in couples:
            one, two = (people[partner] for partner in found[id_].partners)
            if isinstance(one, Exception):
                facts[id_] = one
            elif isinstance(two, Exception):
                facts[id_] = two
            else:
                days = frozenset(date.fromisoformat(day) for day in dates[id_])
                shown = newest.get(id_), revealed[id_], past[id_], seen[id_]
                facts[id_] = Facts(found[id_], (one, two), *shown, frozenset(arcs[id_]), days, own.get(id_))
        return facts

    async def save(self, openings: Sequence[Opening]) -> None:
        """Store what openings change: couples, the rounds before, the new ones."""
        rounds = Rounds(self._context)
        await Couples(self._context).save_all([opening.couple for opening in openings])
        await rounds.save_all([round_ for opening in openings for round_ in opening.before])
        opened = [opening.round for opening in openings if opening.round]
        await rounds.add(*opened)
        await OwnCards(self._context).came(opened)

    async def put_off(self, couples: Collection[CoupleId], until: datetime) -> None:
        """Move the next opening of couples, whatever else is wrong with them."""
        rows = [{"id": couple, "until": to_micros(until)} for couple in couples]
        await self._run.later(Statement(_PUT_OFF, rows))
        for couple in couples:
            self._context.known.couples.pop(couple, None)

    async def _past(self, couples: Collection[CoupleId]) -> dict[CoupleId, list[Past]]:
        past: dict[CoupleId, list[Past]] = defaultdict(list)
        for row in await self._run.rows(_PAST, couples=tuple(couples), memory=MEMORY):
            past[CoupleId(row["couple_id"])].append(_one_past(row))
        return past

    async def _seen(self, couples: Collection[CoupleId]) -> dict[CoupleId, dict[str, datetime]]:
        seen: dict[CoupleId, dict[str, datetime]] = defaultdict(dict)
        for row in await self._run.rows(_SEEN, couples=tuple(couples)):
            seen[CoupleId(row["couple_id"])][row["prompt"]] = from_micros(row["seen_at"])
        return seen

    async def _each(self, sql: str, couples: Collection[CoupleId]) -> dict[CoupleId, list[str]]:
        """Collect each couple's values of a statement that selects a couple and one value."""
        found: dict[CoupleId, list[str]] = defaultdict(list)
        for row in await self._run.rows(sql, couples=tuple(couples)):
            couple, value = row.values()
            found[CoupleId(couple)].append(value)
        return found


def _one_past(row: Record) -> Past:
    return Past(
        row["prompt"],
        date.fromisoformat(row["local_date"]),
        lapsed=row["state"] in _MISSED,
        arc=row["arc"],
        swapped=bool(row["swapped"]),
        passed=row["passed"],
    )
