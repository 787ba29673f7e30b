"""Sweeping: what has served its time is deleted, a bounded number of rows at a time.

The clock may have been wrong, and may be. What was noted or planned by one that was ahead is put right,
and the newest updates are kept whatever it says: they may not be confirmed to Telegram yet, and one that
comes again must be known.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.messages import MessageKind, Priority
from bot.practice.friend import WAITS
from bot.practice.talk import LASTS
from storage.instants import to_micros
from storage.kept import LONGEST
from storage.spool import LONGEST_HOLD
from storage.unit import Unit

NEWEST = 200  # updates: Telegram hands over a hundred at most before it hears that they have been taken
OVER_STAYS = timedelta(days=1)  # a talk that is over, without words: nobody can ask again at once
AHEAD = timedelta(days=3)  # a prompt waits a day at most, for quiet hours; a reminder two


@dataclass(frozen=True)
class Keep:
    """How long what has served its time is kept."""

    updates: timedelta = timedelta(days=7)  # Telegram repeats one for 24 hours at most
    messages: timedelta = timedelta(days=30)  # settled: for later edits; a repeated put does nothing
    invites: timedelta = timedelta(days=30)  # expired: a second claimant is told that theirs is used
    newest: int = NEWEST  # updates


USUAL = Keep()

# Newest by when they were seen, and by their ids: the clock may be wrong, and Telegram goes on from a random
# id after a quiet week.
_UPDATES = """
DELETE FROM updates WHERE id IN (
    SELECT id FROM updates WHERE seen_at < :before
        AND id NOT IN (SELECT newest.id FROM updates AS newest ORDER BY newest.seen_at DESC LIMIT :newest)
        AND id NOT IN (SELECT newest.id FROM updates AS newest ORDER BY newest.id DESC LIMIT :newest)
    ORDER BY seen_at LIMIT :limit
) RETURNING 1"""

_MESSAGES = """
DELETE FROM outbox WHERE id IN (
    SELECT id FROM outbox WHERE settled_at IS NOT NULL AND settled_at < :before
    ORDER BY settled_at LIMIT :limit
) RETURNING 1"""

_INVITES = """
DELETE FROM invites WHERE id IN (
    SELECT id FROM invites WHERE expires_at < :before ORDER BY expires_at LIMIT :limit
) RETURNING 1"""

_KEPT = """
DELETE FROM kept WHERE id IN (
    SELECT id FROM kept WHERE kept_at < :before ORDER BY kept_at LIMIT :limit
) RETURNING 1"""

_SITTINGS = """
DELETE FROM sittings WHERE id IN (
    SELECT id FROM sittings WHERE kept_at IS NULL AND begun_at < :before ORDER BY begun_at LIMIT :limit
) RETURNING 1"""

_TALKS = """
DELETE FROM talks WHERE id IN (
    SELECT id FROM talks WHERE state = 'over' AND moved_at < :before ORDER BY moved_at LIMIT :limit
) RETURNING 1"""

_TALKS_AHEAD = """
UPDATE talks SET due_at = :now WHERE id IN (
    SELECT id FROM talks WHERE due_at > :furthest ORDER BY due_at LIMIT :limit
) RETURNING 1"""

_TRACES = """
DELETE FROM traces WHERE (partner_id, message_id) IN (
    SELECT partner_id, message_id FROM traces WHERE noted_at < :before ORDER BY noted_at LIMIT :limit
) RETURNING 1"""

_HOLDS = """
DELETE FROM holds WHERE chat_id IN (
    SELECT chat_id FROM holds WHERE until < :before ORDER BY until LIMIT :limit
) RETURNING 1"""

_HOLDS_AHEAD = """
DELETE FROM holds WHERE chat_id IN (
    SELECT chat_id FROM holds WHERE until > :before ORDER BY until LIMIT :limit
) RETURNING 1"""

_SEEN_AHEAD = """
UPDATE updates SET seen_at = :now WHERE id IN (
    SELECT id FROM updates WHERE seen_at > :ahead ORDER BY seen_at LIMIT :limit
) RETURNING 1"""

_SETTLED_AHEAD = """
UPDATE outbox SET settled_at = :now WHERE id IN (
    SELECT id FROM outbox WHERE settled_at IS NOT NULL AND settled_at > :ahead ORDER BY settled_at LIMIT :limit
) RETURNING 1"""

_REMINDERS_AHEAD = """
UPDATE outbox SET state = 'withdrawn', settled_at = :now WHERE id IN (
    SELECT id FROM outbox WHERE state = 'queued' AND priority IN :priorities AND due_at > :ahead
        AND kind = :reminder
    ORDER BY due_at LIMIT :limit
) RETURNING 1"""


async def sweep(unit: Unit, limit: int, keep: Keep = USUAL) -> int:
    """Delete up to `limit` rows of what has served its time; tell how many: fewer means that all is done."""
    done = 0
    served = (
        (_UPDATES, -keep.updates),
        (_MESSAGES, -keep.messages),
        (_TRACES, -max(keep.messages, USUAL.messages)),  # a note says for longer what Telegram has left there
        (_INVITES, -keep.invites),
        (_KEPT, -LONGEST),
        (_TALKS, -OVER_STAYS),
        (_SITTINGS, -WAITS),
        (_HOLDS, timedelta(0)),
        (_HOLDS_AHEAD, LONGEST_HOLD),
    )
    for statement, step in served:
        before, left = to_micros(unit.now + step), limit - done
        run = unit.context.transaction.rows
        gone = len(await run(statement, before=before, newest=keep.newest, limit=left))
        unit.context.scrub |= statement in (_KEPT, _SITTINGS) and gone > 0
        done += gone
    return done


async def put_right(unit: Unit, limit: int) -> int:
    """Put right up to `limit` rows that a clock which was ahead has noted or planned; tell how many.

    What it planned for later leaves now, in its order, but for reminders: their evening is another. For a
    clock that is known to go right, since everything looks ahead to one that is behind.
    """
    done, ahead = 0, unit.now + AHEAD
    for statement in (_SEEN_AHEAD, _SETTLED_AHEAD, _REMINDERS_AHEAD, _TALKS_AHEAD):
        rows = await unit.context.transaction.rows(
            statement,
            now=unit.context.micros,
            ahead=to_micros(ahead),
            furthest=to_micros(unit.now + LASTS),
            priorities=tuple(int(priority) for priority in Priority),
            reminder=MessageKind.REMINDER.value,
            limit=limit - done,
        )
        done += len(rows)
    return done + await unit.outbox.hasten_later_than(ahead, limit - done)
