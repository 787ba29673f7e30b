"""Who writes, and whom messages are about: many people loaded in one visit, with all that is mostly asked first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress

from bot.messages import Message, MessageKind
from bot.practice.ids import CoupleId, PartnerId, RoundId
from bot.practice.refusals import Refusal
from bot.practice.round import Slot
from storage import locks
from storage.context import Context
from storage.couples import OF_CHATS, OF_IDS, Couples
from storage.engine import Rows, Statement, asking
from storage.errors import Damaged
from storage.known import WordsKey
from storage.partners import Partners
from storage.rounds import NEWEST_OF_CHATS, NEWEST_OF_EACH, Rounds
from storage.rounds import OF_IDS as ROUNDS_OF_IDS
from storage.words import OWN_OF_CHATS, OWN_OF_ROUNDS

# Those who write in these chats, and whom each of them is in a couple with.
_PEOPLE = """
SELECT * FROM partners WHERE chat_id IN :chats OR id IN (
    SELECT theirs.partner_id FROM partners AS p
    JOIN seats AS mine ON mine.partner_id = p.id AND mine.active = 1
    JOIN seats AS theirs ON theirs.couple_id = mine.couple_id
    WHERE p.chat_id IN :chats
)"""

_OF_IDS = "SELECT * FROM partners WHERE id IN :ids"

_HELD = """
SELECT o.id, o.chat_id, o.priority, o.kind, o.partner_id FROM outbox AS o
JOIN partners AS p ON p.id = o.partner_id
WHERE p.chat_id IN :chats AND o.state = 'queued' AND o.due_at > :now
ORDER BY o.due_at, o.id"""


# What quotes its reader's own reflection: with these the words are loaded along.
QUOTING = frozenset({MessageKind.DRAFT, MessageKind.DRAFT_PART, MessageKind.SEALED, MessageKind.STAYS_SEALED})


async def meet(context: Context, chats: Collection[int], *first: Statement) -> None:
    """Load who writes in these private chats, their couples, partners and newest rounds, and what is held for them.

    `first` are statements that go before, in the same visit.
    """
    given = tuple(sorted(set(chats) - context.known.chats.keys()))
    if not given:
        await context.transaction.all(*first)
        return
    people, couples, newest, drafts = (
        asking(sql, chats=given) for sql in (_PEOPLE, OF_CHATS, NEWEST_OF_CHATS, OWN_OF_CHATS)
    )
    held = asking(_HELD, chats=given, now=context.micros)
    locked = locks.chats(context, given)
    await context.transaction.all(*locked, *first, people, couples, newest, drafts, held)
    _know_people(context, given, people.rows)
    _know_couples(context, couples.rows, newest.rows)
    _know_drafts(context, given, drafts.rows)
    _know_held(context, given, held.rows)


async def recall(context: Context, messages: Sequence[Message]) -> None:
    """Load whom and what messages are about, in one visit: people, couples, rounds, a reader's own words there."""
    known = context.known
    quoted = {(m.to, m.round) for m in messages if m.to and m.round and m.kind in QUOTING}
    quoted -= {(author, where) for author, where, slot in known.drafts if slot is Slot.REFLECTION}
    people = {who for m in messages for who in (m.to, m.about) if who and who not in known.partners}
    couples = {m.couple for m in messages if m.couple and m.couple not in known.couples}
    rounds = {m.round for m in messages if m.round and m.round not in known.rounds}
    asked = [
        asking(sql, ids=tuple(sorted(ids)))
        for sql, ids in (
            (_OF_IDS, people),
            (OF_IDS, couples),
            (ROUNDS_OF_IDS, rounds),
            (NEWEST_OF_EACH, couples),
        )
    ]
    authors, where = tuple({who for who, _ in quoted}), tuple({round_ for _, round_ in quoted})
    asked += [asking(OWN_OF_ROUNDS, authors=authors, rounds=where)] if quoted else []
    if people or couples or rounds or quoted:
        await context.transaction.all(*asked)
    people_found, couples_found, rounds_found, newest, *drafts = (step.rows for step in asked)
    known.partners.update(dict.fromkeys(people - {row["id"] for row in people_found}))
    for row in people_found:
        with suppress(Damaged, ValueError, Refusal):  # whoever needs them hears of it
            Partners(context).read(row)
    for row in rounds_found:
        Rounds(context).read(row)
    known.rounds.update(dict.fromkeys(rounds - known.rounds.keys()))
    _know_couples(context, couples_found, newest)
    by_author = _by_author([row for rows in drafts for row in rows])
    known.sealed.update({(*one, Slot.REFLECTION): by_author[(*one, Slot.REFLECTION)] for one in quoted})


def _know_people(context: Context, chats: Collection[int], rows: Rows) -> None:
    known = context.known
    there = {row["chat_id"] for row in rows}
    known.chats.update(dict.fromkeys(chat for chat in chats if chat not in there))
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


def _know_drafts(context: Context, chats: Collection[int], rows: Rows) -> None:
    drafts = _by_author(rows)
    for chat in chats:
        author = context.known.chats.get(chat)
        couple = context.known.together.get(author) if author else None
        newest = context.known.newest.get(couple) if couple else None
        if author and newest:
            where = author, newest, Slot.REFLECTION
            context.known.sealed[where] = drafts[where]


def _by_author(rows: Rows) -> dict[WordsKey, Rows]:
    """Sort parts of reflections by whose they are, and where."""
    drafts: dict[WordsKey, Rows] = defaultdict(list)
    for row in rows:
        drafts[PartnerId(row["author_id"]), RoundId(row["round_id"]), Slot.REFLECTION].append(row)
    return drafts


def _know_held(context: Context, chats: Collection[int], rows: Rows) -> None:
    held: dict[PartnerId, Rows] = defaultdict(list)
    for row in rows:
        held[PartnerId(row["partner_id"])].append(row)
    for chat in chats:
        partner = context.known.chats.get(chat)
        if partner is not None:
            context.known.held[partner] = held[partner]
