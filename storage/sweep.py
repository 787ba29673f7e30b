"""Sweeping: what has served its time is deleted, a bounded number of rows at a time."""

from dataclasses import dataclass
from datetime import timedelta

from storage.instants import to_micros
from storage.unit import Unit


@dataclass(frozen=True)
class Keep:
    """How long what has served its time is kept."""

    updates: timedelta = timedelta(days=7)  # Telegram repeats one for 24 hours at most
    messages: timedelta = timedelta(days=30)  # settled: for later edits; a repeated put does nothing
    invites: timedelta = timedelta(days=30)  # expired: a second claimant is told that theirs is used


USUAL = Keep()

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


async def sweep(unit: Unit, limit: int, keep: Keep = USUAL) -> int:
    """Delete up to `limit` rows of what has served its time; tell how many: fewer means that all is done."""
    done = 0
    served = (
        (_UPDATES, keep.updates),
        (_MESSAGES, keep.messages),
        (_INVITES, keep.invites),
        (_HOLDS, timedelta(0)),
    )
    for statement, kept in served:
        before = to_micros(unit.now - kept)
        done += len(await unit.context.transaction.rows(statement, before=before, limit=limit - done))
    return done
