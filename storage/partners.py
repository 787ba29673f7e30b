"""People who have consented, their keys, and forgetting them."""

from collections.abc import Collection
from dataclasses import replace

from bot.practice import round as round_rules
from bot.practice.calendar import Quiet
from bot.practice.ids import PartnerId, RoundId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Refusal
from storage import locks
from storage.context import Context
from storage.couples import Couples
from storage.engine import Record, Statement, Value, asking
from storage.errors import Damaged
from storage.instants import from_micros, to_micros
from storage.rounds import Rounds
from storage.vault import PartnerKey, Wrapped

NAME = "partners.name"
USERNAME = "partners.username"
CITY = "partners.city"
THEMES = "partners.themes"
SHARED = "partners.shared"
WISH = "partners.wish"

_INSERT = """
INSERT INTO partners (
    id, chat_id, wrapped_key, key_generation, name, username, language, zone, city, quiet_start, quiet_end,
    reminders, depth, protect, cover, plain, coach, put_away, suggested, exported_at, helped_at, missing_at,
    resting, reachable, expecting, expecting_round, starter,
    expecting_since, expecting_mark, expecting_again, consented_at, acted_at, themes, shared, wish, wished_at,
    quick, busy, deeper_at, deeper_no, friend_at, friend_offers
) VALUES (
    :id, :chat, :wrapped_key, :key_generation, :name, :username, :language, :zone, :city, :quiet_start, :quiet_end,
    :reminders, :depth, :protect, :cover, :plain, :coach, :put_away, :suggested, :exported_at, :helped_at, :missing_at,
    :resting, :reachable, :expecting, :expecting_round, :starter,
    :expecting_since, :expecting_mark, :expecting_again, :consented_at, :acted_at, :themes, :shared, :wish, :wished_at,
    :quick, :busy, :deeper_at, :deeper_no, :friend_at, :friend_offers
)"""

_UPDATE = """
UPDATE partners SET
    chat_id = :chat, name = :name, username = :username, language = :language, zone = :zone, city = :city,
    quiet_start = :quiet_start, quiet_end = :quiet_end, reminders = :reminders, depth = :depth,
    deeper_at = :deeper_at, deeper_no = :deeper_no, friend_at = :friend_at, friend_offers = :friend_offers,
    protect = :protect, cover = :cover, plain = :plain, coach = :coach, put_away = :put_away,
    suggested = :suggested,
    exported_at = :exported_at, helped_at = :helped_at, missing_at = :missing_at,
    resting = :resting, reachable = :reachable,
    expecting = :expecting, expecting_round = :expecting_round, starter = :starter,
    expecting_since = :expecting_since, expecting_mark = :expecting_mark, expecting_again = :expecting_again,
    consented_at = :consented_at, acted_at = :acted_at,
    themes = :themes, shared = :shared, wish = :wish, wished_at = :wished_at,
    quick = :quick, busy = :busy
WHERE id = :id"""

# What a person's row is referred to by goes before it. Their seats, turns and rounds stay for the other:
# numbers without words. What they had claimed of another's is spent and forgets who they were. A row of
# the outbox that is being sent goes as well: settling it finds nothing and does nothing.
_TALKS_OVER = """
UPDATE talks SET state = 'over', due_at = NULL
WHERE (one_id = :id OR two_id = :id) AND state NOT IN ('kept', 'over')"""
_OF_A_TALK_OVER = "talk_id IN (SELECT id FROM talks WHERE (one_id = :id OR two_id = :id) AND state = 'over')"

_FORGET = (
    _TALKS_OVER,
    f"DELETE FROM said_pieces WHERE author_id = :id OR {_OF_A_TALK_OVER}",  # noqa: S608 (made of what stands here)
    f"DELETE FROM sayings WHERE author_id = :id OR {_OF_A_TALK_OVER}",  # noqa: S608 (as above)
    "DELETE FROM own_cards WHERE author_id = :id",
    "DELETE FROM capsule_pieces WHERE capsule_id IN (SELECT id FROM capsules WHERE author_id = :id)",
    "DELETE FROM capsules WHERE author_id = :id",
    "DELETE FROM highlights WHERE reader_id = :id",
    "DELETE FROM highlights WHERE author_id = :id",
    "DELETE FROM sittings WHERE partner_id = :id",
    "DELETE FROM pulses WHERE partner_id = :id",
    "DELETE FROM pulse_plans WHERE partner_id = :id",
    "DELETE FROM kept WHERE partner_id = :id",
    "DELETE FROM traces WHERE partner_id = :id",
    "DELETE FROM pieces WHERE author_id = :id",
    "DELETE FROM drafts WHERE author_id = :id",
    "DELETE FROM invites WHERE inviter_id = :id",
    "UPDATE invites SET state = 'spent', joiner_id = NULL WHERE joiner_id = :id",
    "DELETE FROM outbox WHERE partner_id = :id",
    "DELETE FROM outbox WHERE about_id = :id AND state IN ('queued', 'leased')",
    "UPDATE outbox SET about_id = NULL WHERE about_id = :id",  # by these the other's own words are found in their chat
    "DELETE FROM outbox WHERE chat_id = :chat AND state IN ('sent', 'gone', 'failed', 'withdrawn')",
    "DELETE FROM holds WHERE chat_id = :chat",
    "DELETE FROM seen_prompts WHERE partner_id = :id",
    "DELETE FROM partners WHERE id = :id",
)


class Partners:
    """People who have consented."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def get(self, partner: PartnerId) -> Partner:
        """Load a partner. Raises LookupError where there is none."""
        found = await self.find(partner)
        if found is None:
            raise LookupError(f"no partner {partner}")
        return found

    async def find(self, partner: PartnerId) -> Partner | None:
        """Load a partner who may have been forgotten."""
        known = self._context.known.partners
        if partner not in known:
            locked = locks.people(self._context, [partner])
            row = await self._run.row("SELECT * FROM partners WHERE id = :id", locked, id=partner)
            known[partner] = None if row is None else self.read(row)
        return known[partner]

    async def many(self, partners: Collection[PartnerId]) -> dict[PartnerId, Partner | Exception]:
        """Load several partners; the exception in place of one who can't be read or is not there."""
        found: dict[PartnerId, Partner | Exception] = {
            partner: LookupError(f"no partner {partner}") for partner in partners
        }
        locked, ids = locks.people(self._context, partners), tuple(partners)
        for row in await self._run.rows("SELECT * FROM partners WHERE id IN :ids", locked, ids=ids):
            try:
                found[PartnerId(row["id"])] = self.read(row)
            except (Damaged, ValueError, Refusal) as failure:
                found[PartnerId(row["id"])] = failure
        return found

    async def by_chat(self, chat: int) -> Partner | None:
        """Load the partner who writes in a private chat."""
        known = self._context.known
        if chat not in known.chats:
            locked = locks.chats(self._context, [chat])
            row = await self._run.row("SELECT * FROM partners WHERE chat_id = :chat", locked, chat=chat)
            known.chats[chat] = None if row is None else self.read(row).id
        partner = known.chats[chat]
        return None if partner is None else await self.find(partner)

    async def add(self, partner: Partner) -> None:
        """Store a new partner, with a key of their own."""
        key, wrapped = self._context.vault.make(partner.id)
        stored = _columns(partner, key)
        await self._run.rows(_INSERT, **stored, wrapped_key=wrapped.key, key_generation=wrapped.generation)
        self._context.known.keys[partner.id] = key
        self._learn(partner)

    async def save(self, partner: Partner) -> None:
        """Store a partner's changed choices. Raises LookupError where there is none."""
        await self._run.later(Statement(_UPDATE, [_columns(partner, await self.key(partner.id))]))
        self._learn(partner)

    async def key(self, partner: PartnerId) -> PartnerKey:
        """Open a partner's key. Raises LookupError where there is none."""
        known = self._context.known.keys
        if partner not in known:
            row = await self._run.row(
                "SELECT wrapped_key, key_generation FROM partners WHERE id = :id", id=partner
            )
            if row is None:
                raise LookupError(f"no partner {partner}")
            self.open(partner, row)
        return known[partner]

    async def forget(self, partner: PartnerId) -> None:
        """Destroy a partner's key, words, name, invites, messages and row. Does nothing where there is none.

        Ends their couple where nobody has: that of a database which was put back from a backup.
        """
        found = await self.find(partner)
        if found is None:
            return
        await self._part(partner)
        await self._run.all(*(asking(statement, id=partner, chat=found.chat) for statement in _FORGET))
        self._context.known.forget()
        self._context.forgotten.append(partner)
        self._context.scrub = True

    async def everybody(self) -> list[PartnerId]:
        """Name all partners: reads the whole table, after a database was put back."""
        return [PartnerId(row["id"]) for row in await self._run.rows("SELECT id FROM partners")]

    async def rewrap(self, limit: int) -> int:
        """Wrap up to `limit` keys by the operator's newest; tell how many are left."""
        vault = self._context.vault
        newest = vault.keyring.current
        old = await self._run.rows(
            "SELECT id, wrapped_key, key_generation FROM partners"
            " WHERE key_generation < :newest ORDER BY key_generation LIMIT :limit",
            newest=newest,
            limit=limit,
        )
        changed: list[dict[str, Value]] = []
        for row in old:
            wrapped = vault.rewrap(row["id"], Wrapped(row["wrapped_key"], row["key_generation"]))
            changed.append({"id": row["id"], "key": wrapped.key, "generation": wrapped.generation})
        await self._run.all(
            Statement(
                "UPDATE partners SET wrapped_key = :key, key_generation = :generation WHERE id = :id", changed
            )
        )
        rows = await self._run.rows(
            "SELECT count(*) AS left FROM partners WHERE key_generation < :newest", newest=newest
        )
        left = int(rows[0]["left"])
        self._context.scrub |= bool(changed) and left == 0  # what an older key can open leaves the files
        return left

    async def _part(self, partner: PartnerId) -> None:
        couples, rounds = Couples(self._context), Rounds(self._context)
        couple = await couples.of(partner)
        if couple is None:
            return
        await couples.save(replace(couple, parted_at=self._context.now, next_opening=None))
        live = await rounds.live(couple.id)
        await rounds.save_all([round_rules.part(round_, self._context.now) for round_ in live])

    def _learn(self, partner: Partner) -> None:
        known = self._context.known
        known.partners[partner.id] = partner
        known.chats[partner.chat] = partner.id

    def open(self, partner: PartnerId, row: Record) -> PartnerKey:
        """Open the key that stands in a row. Raises WrongKey, Damaged."""
        known = self._context.known.keys
        if partner not in known:
            wrapped = Wrapped(row["wrapped_key"], row["key_generation"])
            known[partner] = self._context.vault.unwrap(partner, wrapped)
        return known[partner]

    def read(self, row: Record) -> Partner:
        """Read a partner's row; whoever is known already stays who they are. Raises WrongKey, Damaged."""
        partner = PartnerId(row["id"])
        known = self._context.known.partners.get(partner)
        if known is None:
            known = _partner(row, self.open(partner, row))
        self._learn(known)  # where they write as well, of whoever was handed on
        return known


def _partner(row: Record, key: PartnerKey) -> Partner:
    partner = PartnerId(row["id"])
    expecting_round = row["expecting_round"]
    return Partner(
        id=partner,
        chat=row["chat_id"],
        name=key.open(row["name"], NAME),
        username=key.open_some(row["username"], USERNAME),
        language=row["language"],
        zone=row["zone"],
        city=key.open_some(row["city"], CITY),
        quiet=Quiet(row["quiet_start"], row["quiet_end"]),
        reminders=bool(row["reminders"]),
        depth=row["depth"],
        deeper_at=from_micros(row["deeper_at"]),
        deeper_no=bool(row["deeper_no"]),
        friend_at=from_micros(row["friend_at"]),
        friend_offers=bool(row["friend_offers"]),
        protect=bool(row["protect"]),
        cover=bool(row["cover"]),
        plain=bool(row["plain"]),
        coach=bool(row["coach"]),
        themes=_names(key.open_some(row["themes"], THEMES)),
        quick=bool(row["quick"]),
        busy=frozenset(day for day in range(7) if row["busy"] >> day & 1),
        shared=_names(key.open_some(row["shared"], SHARED)),
        wish=key.open_some(row["wish"], WISH),
        wished_at=from_micros(row["wished_at"]),
        put_away=None if row["put_away"] is None else bool(row["put_away"]),
        suggested=row["suggested"],
        exported_at=from_micros(row["exported_at"]),
        helped_at=from_micros(row["helped_at"]),
        missing_at=from_micros(row["missing_at"]),
        resting=bool(row["resting"]),
        reachable=bool(row["reachable"]),
        expectation=Expectation(
            Expecting(row["expecting"]),
            None if expecting_round is None else RoundId(expecting_round),
            row["starter"],
            from_micros(row["expecting_since"]),
            row["expecting_mark"],
            row["expecting_again"],
        ),
        consented_at=from_micros(row["consented_at"]),
        acted_at=from_micros(row["acted_at"]),
    )


def _names(text: str | None) -> frozenset[str]:
    return frozenset((text or "").split())


def _columns(partner: Partner, key: PartnerKey) -> dict[str, Value]:
    return {
        "id": partner.id,
        "chat": partner.chat,
        "name": key.seal(partner.name, NAME),
        "username": key.seal_some(partner.username, USERNAME),
        "language": partner.language,
        "zone": partner.zone,
        "city": key.seal_some(partner.city, CITY),
        "quiet_start": partner.quiet.start,
        "quiet_end": partner.quiet.end,
        "reminders": int(partner.reminders),
        "depth": partner.depth,
        "deeper_at": to_micros(partner.deeper_at),
        "deeper_no": int(partner.deeper_no),
        "friend_at": to_micros(partner.friend_at),
        "friend_offers": int(partner.friend_offers),
        "protect": int(partner.protect),
        "cover": int(partner.cover),
        "plain": int(partner.plain),
        "coach": int(partner.coach),
        "themes": key.seal_some(" ".join(sorted(partner.themes)) or None, THEMES),
        "quick": int(partner.quick),
        "busy": sum(1 << day for day in partner.busy),
        "shared": key.seal_some(" ".join(sorted(partner.shared)) or None, SHARED),
        "wish": key.seal_some(partner.wish, WISH),
        "wished_at": to_micros(partner.wished_at),
        "put_away": None if partner.put_away is None else int(partner.put_away),
        "suggested": partner.suggested,
        "exported_at": to_micros(partner.exported_at),
        "helped_at": to_micros(partner.helped_at),
        "missing_at": to_micros(partner.missing_at),
        "resting": int(partner.resting),
        "reachable": int(partner.reachable),
        "expecting": partner.expectation.what.value,
        "expecting_round": partner.expectation.round,
        "starter": partner.expectation.starter,
        "expecting_since": to_micros(partner.expectation.since),
        "expecting_mark": partner.expectation.mark,
        "expecting_again": partner.expectation.again,
        "consented_at": to_micros(partner.consented_at),
        "acted_at": to_micros(partner.acted_at),
    }
