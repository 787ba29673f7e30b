"""Sweeping: what has served its time is deleted, a bounded number of rows at a time."""

from datetime import timedelta

from storage.instants import to_micros
from storage.unit import Unit

KEEP_UPDATES = timedelta(days=7)  # Telegram repeats one for 24 hours at most
KEEP_MESSAGES = timedelta(days=30)  # settled: for later edits, and so that a repeated put does nothing
KEEP_INVITES = timedelta(days=30)  # after they expired: a second claimant is told that theirs is used

_UPDATES = """
DELETE FROM updates WHERE id IN (
    SELECT id FROM updates WHERE seen_at < :before ORDER BY seen_at LIMIT :limit
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

_HOLDS = """
DELETE FROM holds WHERE chat_id IN (
    SELECT chat_id FROM holds WHERE until < :before ORDER BY until LIMIT :limit
) RETURNING 1"""

_SERVED = (
    (_UPDATES, KEEP_UPDATES),
    (_MESSAGES, KEEP_MESSAGES),
    (_INVITES, KEEP_INVITES),
    (_HOLDS, timedelta(0)),
)


async def sweep(unit: Unit, limit: int) -> int:
    """Delete up to `limit` rows of what has served its time; tell how many: fewer means that all is done."""
    done = 0
    for statement, keep in _SERVED:
        before = to_micros(unit.now - keep)
        done += len(await unit.context.transaction.rows(statement, before=before, limit=limit - done))
    return done
