"""What a unit of work locks before it reads it, where other processes write to the same database.

In PostgreSQL's usual isolation two seals at once would each see the other's row as it was before, and neither
would reveal. So a couple's row stands for all that is the couple's, and a person's row for all that is theirs
alone: whoever means to change any of it waits here for whoever does, and reads what they have left. Couples come
before people, and both in the order of their ids, so that no two wait for each other. A reference to a locked
row may still be made. On SQLite, which one process has to itself, nothing is locked.
"""

from collections.abc import Collection

from storage.context import Context
from storage.engine import Listed, Statement, asking
from storage.leaders import Leadership

_OF_A_PERSON = """
SELECT c.id FROM couples AS c
JOIN seats AS s ON s.couple_id = c.id AND s.active = 1
JOIN partners AS p ON p.id = s.partner_id
WHERE {whose} ORDER BY c.id FOR NO KEY UPDATE OF c"""

_PERSON = "SELECT p.id FROM partners AS p WHERE {whose} ORDER BY p.id FOR NO KEY UPDATE"

_BY_CHAT, _BY_ID = "p.chat_id IN :given", "p.id IN :given"

_ROLE = "SELECT fence FROM leaders WHERE role = :role AND fence = :fence FOR KEY SHARE"
_COUPLES = "SELECT id FROM couples WHERE id IN :given ORDER BY id FOR NO KEY UPDATE"
_INVITE = "SELECT id FROM invites WHERE {whose} FOR NO KEY UPDATE"


def people(context: Context, ids: Collection[int]) -> list[Statement]:
    """Lock people, and the couples that they are in."""
    return _steps(context, (_OF_A_PERSON.format(whose=_BY_ID), _PERSON.format(whose=_BY_ID)), tuple(ids))


def chats(context: Context, given: Collection[int]) -> list[Statement]:
    """Lock who writes in these chats, and the couples that they are in."""
    return _steps(
        context, (_OF_A_PERSON.format(whose=_BY_CHAT), _PERSON.format(whose=_BY_CHAT)), tuple(given)
    )


def couples(context: Context, ids: Collection[int]) -> list[Statement]:
    """Lock couples."""
    return _steps(context, (_COUPLES,), tuple(ids))


def invite(context: Context, whose: str, given: int | bytes) -> list[Statement]:
    """Lock the invite of which a column (`whose`) has a value."""
    return [asking(_INVITE.format(whose=f"{whose} = :given"), given=given)] if _locks(context) else []


def role(leading: Leadership) -> Statement:
    """Select nothing once a role has changed hands, and keep it from doing so until the unit of work has ended."""
    return asking(_ROLE, role=leading.role, fence=leading.fence)


def _steps(context: Context, statements: Collection[str], given: Listed) -> list[Statement]:
    if not given or not _locks(context):
        return []
    return [asking(sql, given=given) for sql in statements]


def _locks(context: Context) -> bool:
    return context.transaction.shared
