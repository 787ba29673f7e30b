"""What the database knows about itself.

The operator's keys, the last tombstone that took effect, and by which time zone data openings were planned.
"""

from storage.context import Context

KEY = "key:"  # and the generation
TOMBSTONE = "tombstone"
ZONES = "zones"

_KNOW = (
    "INSERT INTO notes (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

_NEWEST_ID = """
SELECT max(id) AS id FROM (
    SELECT max(id) AS id FROM partners UNION ALL
    SELECT max(id) FROM couples UNION ALL
    SELECT max(id) FROM rounds UNION ALL
    SELECT max(id) FROM pieces UNION ALL
    SELECT max(id) FROM invites UNION ALL
    SELECT max(id) FROM outbox
) AS newest
"""


async def newest_id(context: Context) -> int:
    """Find the highest id in use, above which the next ones are made."""
    found = await context.transaction.row(_NEWEST_ID)
    return (found and found["id"]) or 0


async def know_key(context: Context) -> None:
    """Note how to know the operator's current key again."""
    generation = context.vault.keyring.current
    await context.transaction.rows(
        "INSERT INTO notes (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING",
        name=f"{KEY}{generation}",
        value=context.vault.check(generation),
    )


async def tombstone(context: Context) -> str:
    """Tell the last tombstone that has taken effect here, an empty one where there is none."""
    return await _note(context, TOMBSTONE)


async def know_tombstone(context: Context, mark: str) -> None:
    """Note the last tombstone that has taken effect here."""
    await context.transaction.rows(_KNOW, name=TOMBSTONE, value=mark.encode("ascii"))


async def zones(context: Context) -> str:
    """Tell by which release of the time zone data openings were planned; empty where none is noted."""
    return await _note(context, ZONES)


async def know_zones(context: Context, release: str) -> None:
    """Note by which release of the time zone data openings are planned."""
    await context.transaction.rows(_KNOW, name=ZONES, value=release.encode("ascii"))


async def _note(context: Context, name: str) -> str:
    found = await context.transaction.row("SELECT value FROM notes WHERE name = :name", name=name)
    return found["value"].decode("ascii") if found else ""
