"""Whoever writes is met once: with all that most acts ask about them first, in one visit for many people."""

from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress

from bot.practice.ids import CoupleId, PartnerId
from bot.practice.refusals import Refusal
from storage.context import Context
from storage.couples import OF_CHATS, Couples
from storage.engine import Rows, Step, asking
from storage.errors import Damaged
from storage.partners import Partners
from storage.rounds import NEWEST_OF_CHATS, Rounds

# Those who write in these chats, and whom each of them is in a couple with.
_PEOPLE = """
SELECT * FROM partners WHERE chat_id IN :chats OR id IN (
    SELECT theirs.partner_id FROM partners AS p
    JOIN seats AS mine ON mine.partner_id = p.id AND mine.active = 1
    JOIN seats AS theirs ON theirs.couple_id = mine.couple_id
    WHERE p.chat_id IN :chats
)"""

_HELD = """
SELECT o.id, o.chat_id, o.priority, o.kind, o.partner_id FROM outbox AS o
JOIN partners AS p ON p.id = o.partner_id
WHERE p.chat_id IN :chats AND o.state = 'queued' AND o.due_at > :now
ORDER BY o.due_at, o.id"""


async def meet(context: Context, chats: Collection[int], *first: Step) -> None:
    """Load who writes in these private chats, their couples, partners and newest rounds, and what is held for them.

    `first` are statements that go before, in the same visit.
    """
    given = tuple(sorted(set(chats) - context.known.chats.keys()))
    if not given:
        await context.transaction.all(*first)
        return
    people, couples, newest = (asking(sql, chats=given) for sql in (_PEOPLE, OF_CHATS, NEWEST_OF_CHATS))
    held = asking(_HELD, chats=given, now=context.micros)
    await context.transaction.all(*first, people, couples, newest, held)
    _know_people(context, given, people.rows)
    _know_couples(context, couples.rows, newest.rows)
    _know_held(context, given, held.rows)


def _know_people(context: Context, chats: Collection[int], rows: Rows) -> None:
    known = context.known
    there = {row["chat_id"] for row in rows}
    known.chats.update({chat: None for chat in chats if chat not in there})
    for row in rows:
        with suppress(Damaged, ValueError, Refusal):  # whoever needs them hears of it
            partner = Partners(context).read(row)
            if row["chat_id"] in chats:
                known.together.setdefault(partner.id, None)


def _know_couples(context: Context, rows: Rows, newest: Rows) -> None:
    known = context.known
    for row in rows:
        known.newest.setdefault(Couples(context).read(row).id, None)
    for row in newest:
        known.newest[CoupleId(row["couple_id"])] = Rounds(context).read(row).id


def _know_held(context: Context, chats: Collection[int], rows: Rows) -> None:
    held: dict[PartnerId, Rows] = defaultdict(list)
    for row in rows:
        held[PartnerId(row["partner_id"])].append(row)
    for chat in chats:
        partner = context.known.chats.get(chat)
        if partner is not None:
            context.known.held[partner] = held[partner]
