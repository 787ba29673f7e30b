"""Rounds with both partners' turns, and which prompts a person has seen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.practice.ids import CoupleId, OwnCardId, PartnerId, RoundId
from bot.practice.round import Near, Nearby, Round, RoundState, Turn, passed_over
from bot.practice.thread import Heard, ThreadState
from storage import locks
from storage.context import Context
from storage.engine import Record, Statement, Value, asking
from storage.instants import from_micros, moment_of, to_micros

_SELECT = """
SELECT r.*,
    one.partner_id AS one_partner, one.sealed_at AS one_sealed, one.declined AS one_declined,
    one.thread AS one_thread, one.heard AS one_heard, one.talked AS one_talked,
    one.card AS one_card, one.answered AS one_answered, one.before_it AS one_before,
    one.swaps AS one_swaps, one.near AS one_near, one.on_page AS one_on_page,
    one.page_yes AS one_page_yes, one.heavy AS one_heavy,
    one.together AS one_together, one.together_at AS one_together_at,
    two.partner_id AS two_partner, two.sealed_at AS two_sealed, two.declined AS two_declined,
    two.thread AS two_thread, two.heard AS two_heard, two.talked AS two_talked,
    two.card AS two_card, two.answered AS two_answered, two.before_it AS two_before,
    two.swaps AS two_swaps, two.near AS two_near, two.on_page AS two_on_page,
    two.page_yes AS two_page_yes, two.heavy AS two_heavy,
    two.together AS two_together, two.together_at AS two_together_at
FROM rounds AS r
JOIN turns AS one ON one.round_id = r.id AND one.seat = 0
JOIN turns AS two ON two.round_id = r.id AND two.seat = 1
"""

OF_IDS = f"{_SELECT} WHERE r.id IN :ids"

_NEWEST = f"{_SELECT} WHERE r.couple_id = :couple ORDER BY r.ordinal DESC LIMIT :limit"

_NEWEST_SHOWN = (
    f"{_SELECT} WHERE r.couple_id = :couple AND r.revealed_at IS NOT NULL AND r.state IN ('revealed', 'complete')"
    " ORDER BY r.revealed_at DESC, r.ordinal DESC LIMIT 1"
)

_LIVE = f"{_SELECT} WHERE r.couple_id IN :couples AND r.state IN ('open', 'waiting', 'revealed')"

_REVEALED = f"{_LIVE} AND r.state = 'revealed'"

_STANDING = f"""{_SELECT} WHERE r.couple_id IN :couples AND r.local_date >= :first AND r.local_date <= :last
    AND r.state IN ('revealed', 'complete') AND (
        SELECT count(DISTINCT p.author_id) FROM pieces AS p WHERE p.round_id = r.id AND p.slot = 'reflection'
    ) = 2"""  # noqa: S608 (made of what stands here)

_CLOSING = f"""{_SELECT} WHERE r.closes_at <= :now AND r.closes_at IS NOT NULL AND r.state IN ('open', 'waiting')
ORDER BY r.closes_at LIMIT :limit"""

NEXT_CLOSING = """
SELECT closes_at FROM rounds WHERE closes_at IS NOT NULL AND state IN ('open', 'waiting')
ORDER BY closes_at LIMIT 1"""

_OF_CHATS = """
SELECT (SELECT n.id FROM rounds AS n WHERE n.couple_id = s.couple_id ORDER BY n.ordinal DESC LIMIT 1)
FROM partners AS p JOIN seats AS s ON s.partner_id = p.id AND s.active = 1 WHERE p.chat_id IN :chats"""

NEWEST_OF_CHATS = f"{_SELECT} WHERE r.id IN ({_OF_CHATS})"

_OF_EACH = """
SELECT (SELECT n.id FROM rounds AS n WHERE n.couple_id = c.id ORDER BY n.ordinal DESC LIMIT 1)
FROM couples AS c WHERE c.id IN :ids"""

NEWEST_OF_EACH = f"{_SELECT} WHERE r.id IN ({_OF_EACH})"

_INSERT = """
INSERT INTO rounds (
    id, couple_id, local_date, prompt, arc, ordinal, swapped, state, opened_at, revealed_at, ended_at,
    closes_at, passed, own_card, thing
) VALUES (
    :id, :couple, :local_date, :prompt, :arc, :ordinal, :swapped, :state, :opened_at, :revealed_at, :ended_at,
    :closes_at, :passed, :own_card, :thing
) ON CONFLICT (couple_id, local_date) DO NOTHING"""

# Nothing of a round that was not stored.
_INSERT_TURN = """
INSERT INTO turns (
    round_id, seat, partner_id, sealed_at, declined, thread, heard, talked, card, answered, before_it, swaps, near,
    on_page, page_yes, heavy, together, together_at
)
SELECT :round, :seat, :partner, :sealed_at, :declined, :thread, :heard, :talked, :card, :answered, :before, :swaps,
    :near, :on_page, :page_yes, :heavy, :together, :together_at
WHERE EXISTS (SELECT 1 FROM rounds WHERE id = :round)"""

_SEE = """
INSERT INTO seen_prompts (partner_id, prompt, seen_at)
SELECT :partner, :prompt, :seen_at WHERE EXISTS (SELECT 1 FROM rounds WHERE id = :round)
ON CONFLICT (partner_id, prompt) DO UPDATE SET seen_at = excluded.seen_at"""

_SEE_NOW = """
INSERT INTO seen_prompts (partner_id, prompt, seen_at) VALUES (:partner, :prompt, :seen_at)
ON CONFLICT (partner_id, prompt) DO UPDATE SET seen_at = excluded.seen_at"""

_UPDATE = """
UPDATE rounds SET state = :state, revealed_at = :revealed_at, ended_at = :ended_at, closes_at = :closes_at,
    passed = :passed, thing = :thing
WHERE id = :id"""

_UPDATE_TURN = """
UPDATE turns SET sealed_at = :sealed_at, declined = :declined, thread = :thread, heard = :heard,
    talked = :talked, card = :card, answered = :answered, before_it = :before, swaps = :swaps, near = :near,
    on_page = :on_page, page_yes = :page_yes, heavy = :heavy, together = :together,
    together_at = :together_at
WHERE round_id = :round AND seat = :seat"""


class Rounds:
    """Rounds; `UNIQUE (couple, local date)` holds whatever the callers do."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def get(self, round_: RoundId) -> Round:
        """Load a round. Raises LookupError where there is none."""
        found = await self.find(round_)
        if found is None:
            raise LookupError(f"no round {round_}")
        return found

    async def find(self, round_: RoundId) -> Round | None:
        """Load a round that a button names, if there is one."""
        known = self._context.known.rounds
        if round_ not in known:
            row = await self._run.row(f"{_SELECT} WHERE r.id = :id", id=round_)
            known[round_] = None if row is None else self.read(row)
        return known[round_]

    async def latest(self, couple: CoupleId) -> Round | None:
        """Load a couple's newest round, whatever its state."""
        known = self._context.known.newest
        if couple not in known:
            row = await self._run.row(_NEWEST, couple=couple, limit=1)
            known[couple] = None if row is None else self.read(row).id
        newest = known[couple]
        return None if newest is None else await self.find(newest)

    async def latest_shown(self, couple: CoupleId) -> Round | None:
        """Load the round of a couple's that was revealed last (REVEALED or COMPLETE)."""
        row = await self._run.row(_NEWEST_SHOWN, couple=couple)
        return None if row is None else self.read(row)

    async def live(self, couple: CoupleId) -> list[Round]:
        """Load a couple's rounds that are OPEN, WAITING or REVEALED, newest first."""
        rows = await self._run.rows(_LIVE, couples=(couple,))
        return sorted((self.read(row) for row in rows), key=lambda round_: -round_.ordinal)

    async def live_and_shown(self, couple: CoupleId, *beside: Statement) -> tuple[list[Round], Round | None]:
        """Load what `live` and `latest_shown` do, and run what is asked `beside` them, in one visit."""
        live, shown = asking(_LIVE, couples=(couple,)), asking(_NEWEST_SHOWN, couple=couple)
        await self._run.all(*beside, live, shown)
        newest_first = sorted((self.read(row) for row in live.rows), key=lambda round_: -round_.ordinal)
        return newest_first, self.read(shown.rows[0]) if shown.rows else None

    async def closing(self, limit: int) -> tuple[list[Round], datetime | None]:
        """Load rounds whose two weeks are over and that nobody has noted as lapsed, the earliest first.

        And tell when the two weeks of the earliest of all are over, these among them.
        """
        over, earliest = asking(_CLOSING, now=self._context.micros, limit=limit), asking(NEXT_CLOSING)
        await self._run.all(over, earliest)
        locked = locks.couples(self._context, {row["couple_id"] for row in over.rows})
        if locked:  # what was read before it was locked may have changed since
            found = {row["id"] for row in over.rows}
            await self._run.all(*locked, over)
            over.rows = [row for row in over.rows if row["id"] in found]
        return [self.read(row) for row in over.rows], moment_of(earliest.rows, "closes_at")

    async def next_closing(self) -> datetime | None:
        """Tell when the two weeks of the next round are over."""
        return moment_of(await self._run.rows(NEXT_CLOSING), "closes_at")

    async def recent(self, couple: CoupleId, limit: int) -> list[Round]:
        """Load a couple's newest rounds, newest first."""
        return [self.read(row) for row in await self._run.rows(_NEWEST, couple=couple, limit=limit)]

    async def add(self, *rounds: Round) -> None:
        """Store new rounds and note their prompts as seen by both; nothing of one whose date has a round."""
        await self._run.later(
            Statement(_INSERT, [_columns(round_) for round_ in rounds]),
            Statement(_INSERT_TURN, [turn for round_ in rounds for turn in _turns(round_)]),
            Statement(_SEE, [seen for round_ in rounds for seen in _seen(round_)]),
        )
        known = self._context.known
        for round_ in rounds:  # whether it was stored is for the database to say
            known.newest.pop(round_.couple, None)
            known.rounds.pop(round_.id, None)

    async def standing(self, couples: Collection[CoupleId], first: date, last: date) -> list[Round]:
        """Load the rounds of these dates that were revealed to these couples and where both's words stand still."""
        days = {"first": first.isoformat(), "last": last.isoformat()}
        return [self.read(row) for row in await self._run.rows(_STANDING, couples=tuple(couples), **days)]

    async def on_page(self, partner: PartnerId, limit: int) -> list[RoundId]:
        """Name the rounds that a person has chosen for a page and still has words in, oldest first."""
        rows = await self._run.rows(
            "SELECT round_id FROM turns WHERE partner_id = :partner AND on_page = 1 AND EXISTS ("
            "SELECT 1 FROM pieces WHERE pieces.round_id = turns.round_id AND pieces.author_id = :partner"
            ") ORDER BY round_id LIMIT :limit",
            partner=partner,
            limit=limit,
        )
        return [RoundId(row["round_id"]) for row in rows]

    async def things(self, partners: Collection[PartnerId]) -> list[str]:
        """Name the small things to do together that any of these has had, each as often as it came."""
        rows = await self._run.rows(
            "SELECT DISTINCT r.id AS id, r.thing AS thing FROM turns AS t JOIN rounds AS r ON r.id = t.round_id"
            " WHERE t.partner_id IN :partners AND r.thing IS NOT NULL ORDER BY 1",
            partners=tuple(partners),
        )
        return [row["thing"] for row in rows]

    async def save(self, round_: Round) -> None:
        """Store a round's changed state and turns."""
        await self.save_all([round_])

    async def newest_of(self, couples: Collection[CoupleId]) -> list[Round]:
        """Load the newest round of each of these couples that has one."""
        return [self.read(row) for row in await self._run.rows(NEWEST_OF_EACH, ids=tuple(couples))]

    async def revealed_of(self, couples: Collection[CoupleId]) -> list[Round]:
        """Load the rounds of these couples that are REVEALED."""
        return [self.read(row) for row in await self._run.rows(_REVEALED, couples=tuple(couples))]

    async def save_all(self, rounds: Sequence[Round]) -> None:
        """Store changed rounds, and those of their turns that have changed."""
        known = self._context.known.rounds
        turns = [turn for round_ in rounds for turn in _turns(round_, known.get(round_.id))]
        await self._run.later(
            Statement(_UPDATE, [_columns(round_) for round_ in rounds]), Statement(_UPDATE_TURN, turns)
        )
        known.update({round_.id: _as_stored(round_) for round_ in rounds})
        self._context.known.read.clear()

    def read(self, row: Record) -> Round:
        """Read a round's row; one that is known already stays as it is."""
        known = self._context.known.rounds
        found = known.get(RoundId(row["id"]))
        if found is None:
            found = known[RoundId(row["id"])] = _round(row)
        return found

    async def see(self, partners: Collection[PartnerId], prompts: Collection[str]) -> None:
        """Note prompts as seen now by each of these partners."""
        now = self._context.micros
        pairs = [(partner, prompt) for partner in partners for prompt in prompts]
        await self._run.later(
            Statement(_SEE_NOW, [{"partner": p, "prompt": prompt, "seen_at": now} for p, prompt in pairs])
        )

    async def seen(self, partners: Collection[PartnerId]) -> Mapping[str, datetime]:
        """Tell which prompts any of these has seen, with any partner, and when last."""
        rows = await self._run.rows(
            "SELECT prompt, max(seen_at) AS seen_at FROM seen_prompts"
            " WHERE partner_id IN :partners GROUP BY prompt",
            partners=tuple(partners),
        )
        return {row["prompt"]: from_micros(row["seen_at"]) for row in rows}


def _round(row: Record) -> Round:
    return Round(
        id=RoundId(row["id"]),
        couple=CoupleId(row["couple_id"]),
        prompt=row["prompt"],
        local_date=date.fromisoformat(row["local_date"]),
        opened_at=from_micros(row["opened_at"]),
        turns=(_turn(row, "one"), _turn(row, "two")),
        swapped=bool(row["swapped"]),
        arc=row["arc"],
        ordinal=row["ordinal"],
        state=RoundState(row["state"]),
        revealed_at=from_micros(row["revealed_at"]),
        ended_at=from_micros(row["ended_at"]),
        closes_at=from_micros(row["closes_at"]),
        passed=row["passed"],
        own=None if row["own_card"] is None else OwnCardId(row["own_card"]),
        thing=row["thing"],
    )


def _turn(row: Record, seat: str) -> Turn:
    heard, near, together = (row[f"{seat}_{name}"] for name in ("heard", "near", "together"))
    return Turn(
        partner=PartnerId(row[f"{seat}_partner"]),
        sealed_at=from_micros(row[f"{seat}_sealed"]),
        declined=bool(row[f"{seat}_declined"]),
        thread=ThreadState(row[f"{seat}_thread"]),
        heard=None if heard is None else Heard(heard),
        talked=bool(row[f"{seat}_talked"]),
        card=row[f"{seat}_card"],
        answered=row[f"{seat}_answered"],
        before=tuple((row[f"{seat}_before"] or "").split()),
        swaps=row[f"{seat}_swaps"],
        near=None if near is None else Near(near),
        on_page=bool(row[f"{seat}_on_page"]),
        page_yes=bool(row[f"{seat}_page_yes"]),
        heavy=bool(row[f"{seat}_heavy"]),
        together=None if together is None else Nearby(together),
        together_at=from_micros(row[f"{seat}_together_at"]),
    )


def _as_stored(round_: Round) -> Round:
    """Return a round as it will be read: how many have passed its prompt over is counted when it is stored."""
    return replace(round_, passed=passed_over(round_)) if round_.passed != passed_over(round_) else round_


def _columns(round_: Round) -> dict[str, Value]:
    return {
        "id": round_.id,
        "couple": round_.couple,
        "local_date": round_.local_date.isoformat(),
        "prompt": round_.prompt,
        "arc": round_.arc,
        "ordinal": round_.ordinal,
        "swapped": int(round_.swapped),
        "state": round_.state.value,
        "opened_at": to_micros(round_.opened_at),
        "revealed_at": to_micros(round_.revealed_at),
        "ended_at": to_micros(round_.ended_at),
        "closes_at": to_micros(round_.closes_at),
        "passed": passed_over(round_),
        "own_card": round_.own,
        "thing": round_.thing,
    }


def _seen(round_: Round) -> list[dict[str, Value]]:
    seen_at = to_micros(round_.opened_at)
    return [
        {"round": round_.id, "partner": turn.partner, "prompt": round_.prompt, "seen_at": seen_at}
        for turn in round_.turns
    ]


def _turns(round_: Round, before: Round | None = None) -> list[dict[str, Value]]:
    """Write out a round's turns; those that were the same before are left out."""
    return [
        {
            "round": round_.id,
            "seat": seat,
            "partner": turn.partner,
            "sealed_at": to_micros(turn.sealed_at),
            "declined": int(turn.declined),
            "thread": turn.thread.value,
            "heard": turn.heard and turn.heard.value,
            "talked": int(turn.talked),
            "card": turn.card,
            "answered": turn.answered,
            "before": " ".join(turn.before) or None,
            "swaps": turn.swaps,
            "near": turn.near and turn.near.value,
            "on_page": int(turn.on_page),
            "page_yes": int(turn.page_yes),
            "heavy": int(turn.heavy),
            "together": turn.together and turn.together.value,
            "together_at": to_micros(turn.together_at),
        }
        for seat, turn in enumerate(round_.turns)
        if before is None or turn != before.turns[seat]
    ]
