"""A database of a million couples, in a minute: plain SQL for the crowd, real keys for those who will act.

Everybody has one round behind them. The first `due` couples open next at `opening`, the others a day later
at a minute of their own. The crowd's sealed names are random bytes: nobody reads them.
"""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot import zones
from bot.practice.ids import EPOCH, mint
from storage.database import Database
from storage.instants import to_micros
from storage.keyring import Keyring
from storage.partners import NAME
from storage.vault import Vault

FIRST_CHAT = 100_000_001
STEP = 1 << 4  # between two ids
ASKING = 1000  # couples besides those that are due who can act
PROMPT = "listening-a-moment-that-stayed"

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
_CROWD = (
    """NUMBERS INSERT INTO partners (
        id, chat_id, wrapped_key, key_generation, name, username, language, zone, quiet_start, quiet_end,
        reminders, depth, protect, cover, plain, coach, suggested, exported_at, helped_at,
        resting, reachable, expecting, expecting_round, starter, consented_at, acted_at
    )
    SELECT :base + i * :step, :chat + i, randomblob(61), 1, randomblob(33), NULL, 'en', 'Europe/Dublin',
        0, 0, 1, 3, 1, 1, 0, 1, NULL, NULL, NULL, 0, 1, 'nothing', NULL, NULL, :born, :born FROM n""",
    """NUMBERS INSERT INTO couples (
        id, minute, weekdays, zone, set_by, last_opening, last_date, next_opening, kept, lapses, arc, parted_at
    )
    SELECT :base + i * :step, 1200, 127, 'Europe/Dublin', NULL, :last_opening, :last_date,
        CASE WHEN i < :due THEN :opening ELSE :opening + 86400000000 + i % 1440 * 60000000 END,
        0, 0, NULL, NULL FROM n WHERE i < :couples""",
    """NUMBERS INSERT INTO seats (couple_id, seat, partner_id, active, rest_told)
    SELECT :base + i / 2 * :step, i % 2, :base + i * :step, 1, 0 FROM n""",
    """NUMBERS INSERT INTO rounds (
        id, couple_id, local_date, prompt, arc, ordinal, swapped, state, opened_at, revealed_at, ended_at
    )
    SELECT :base + i * :step, :base + i * :step, :last_date, :prompt, NULL, 0, 0, 'open', :last_opening,
        NULL, NULL FROM n WHERE i < :couples""",
    """NUMBERS INSERT INTO turns (round_id, seat, partner_id, sealed_at, declined, thread, heard, talked)
    SELECT :base + i / 2 * :step, i % 2, :base + i * :step, NULL, 0, 'quiet', NULL, 0 FROM n""",
    """NUMBERS INSERT INTO seen_prompts (partner_id, prompt, seen_at)
    SELECT :base + i * :step, :prompt, :last_opening FROM n""",
)


async def fill(folder: Path, key_file: Path, couples: int, due: int, opening: datetime) -> Path:
    """Make a database of so many couples, of which `due` open at `opening`; tell its file."""
    keyring = Keyring.ready(key_file, folder)
    made = await Database.open(folder, keyring)
    path = made.path
    await made.know_planned_by(zones.RELEASE.name, opening)  # else the first beat looks at a million plans
    await made.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        base = crowd(connection, couples, due, opening)
        _give_keys(connection, Vault(keyring, path), base, 2 * min(due + ASKING, couples))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
    return Path(path)


def crowd(
    connection: sqlite3.Connection, couples: int, due: int, opening: datetime, chat: int = FIRST_CHAT
) -> int:
    """Put so many couples into a database of any schema since the first; return the id that theirs begin at."""
    born = opening - timedelta(days=3)
    base = mint(born - timedelta(days=300), 0, 0)
    assert born > EPOCH
    values = {
        "base": base, "step": STEP, "chat": chat, "born": to_micros(born), "couples": couples,
        "last": 2 * couples - 1, "due": due, "opening": to_micros(opening), "prompt": PROMPT,
        "last_opening": to_micros(opening - timedelta(days=1)),
        "last_date": (opening - timedelta(days=1)).date().isoformat(),
    }  # fmt: skip
    for statement in _CROWD:
        connection.execute(statement.replace("NUMBERS", _NUMBERS), values)
    return base


def _give_keys(connection: sqlite3.Connection, vault: Vault, base: int, people: int) -> None:
    rows = []
    for number in range(people):
        partner = base + number * STEP
        key, wrapped = vault.make(partner)
        rows.append((wrapped.key, key.seal(f"P{number}", NAME), partner))
    connection.executemany("UPDATE partners SET wrapped_key = ?, name = ? WHERE id = ?", rows)
