"""Invites: a code is sealed under the inviter's key and looked up by its hash.

The hash is SHA-256 without salt or stretching: a code is 192 random bits, so neither a table made
beforehand nor guessing leads back to it.
"""

import hashlib

from bot.practice.ids import InviteId, PartnerId
from bot.practice.invite import Invite, InviteState
from storage import locks
from storage.context import Context
from storage.engine import Record, asking
from storage.instants import from_micros, to_micros
from storage.partners import Partners
from storage.vault import Wrapped

CODE = "invites.code"
_SELECT = "SELECT id, inviter_id, joiner_id, state, expires_at FROM invites"
_UPDATE = "UPDATE invites SET joiner_id = :joiner, state = :state, expires_at = :expires_at WHERE id = :id"


class Invites:
    """Invites, by id, by code, and by whom they concern."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def add(self, invite: Invite, code: str) -> None:
        """Store a new invite. Raises LookupError where the inviter is no partner."""
        key = await Partners(self._context).key(invite.inviter)
        await self._run.rows(
            "INSERT INTO invites (id, inviter_id, joiner_id, code_hash, code, state, expires_at)"
            " VALUES (:id, :inviter, :joiner, :code_hash, :code, :state, :expires_at)",
            id=invite.id,
            inviter=invite.inviter,
            joiner=invite.joiner,
            code_hash=_hash(code),
            code=key.seal(code, CODE, invite.id),
            state=invite.state.value,
            expires_at=to_micros(invite.expires_at),
        )

    async def get(self, invite: InviteId) -> Invite | None:
        """Load an invite by its id."""
        locked = locks.invite(self._context, "id", invite)
        row = await self._run.row(f"{_SELECT} WHERE id = :id", locked, id=invite)
        return None if row is None else _invite(row)

    async def by_code(self, code: str) -> Invite | None:
        """Load the invite that a code opens."""
        hashed = _hash(code)
        locked = locks.invite(self._context, "code_hash", hashed)
        row = await self._run.row(f"{_SELECT} WHERE code_hash = :code_hash", locked, code_hash=hashed)
        return None if row is None else _invite(row)

    async def code(self, invite: InviteId) -> str | None:
        """Decrypt an invite's code, for the link."""
        row = await self._run.row(
            "SELECT i.inviter_id, i.code, p.wrapped_key, p.key_generation FROM invites AS i"
            " JOIN partners AS p ON p.id = i.inviter_id WHERE i.id = :id",
            id=invite,
        )
        if row is None:
            return None
        wrapped = Wrapped(row["wrapped_key"], row["key_generation"])
        return self._context.vault.unwrap(row["inviter_id"], wrapped).open(row["code"], CODE, invite)

    async def of(self, partner: PartnerId) -> list[Invite]:
        """Load invites that are not spent and that a partner gave out or has taken up, oldest first."""
        rows = await self._run.rows(
            f"{_SELECT} WHERE inviter_id = :partner AND state IN ('open', 'claimed') UNION "
            f"{_SELECT} WHERE joiner_id = :partner AND state IN ('open', 'claimed') ORDER BY id",
            partner=partner,
        )
        return [_invite(row) for row in rows]

    async def save(self, invite: Invite) -> None:
        """Store a changed invite."""
        stored = {
            "id": invite.id,
            "joiner": invite.joiner,
            "state": invite.state.value,
            "expires_at": to_micros(invite.expires_at),
        }
        await self._run.later(asking(_UPDATE, **stored))


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest()


def _invite(row: Record) -> Invite:
    joiner = row["joiner_id"]
    return Invite(
        id=InviteId(row["id"]),
        inviter=PartnerId(row["inviter_id"]),
        expires_at=from_micros(row["expires_at"]),
        state=InviteState(row["state"]),
        joiner=None if joiner is None else PartnerId(joiner),
    )
