"""Another process on the same PostgreSQL server: seals what it is told to, a line each on its standard input."""

import asyncio
import sys
from pathlib import Path

from storage_house import NOW

from bot.actions.seal import seal
from bot.practice.ids import RoundId
from storage.database import Database
from storage.errors import Undone
from storage.keyring import Keyring


async def main(url: str, key_file: str) -> None:
    """Take an update a line: its number, the chat it comes from, the round that is sealed there."""
    database = await Database.open(url, Keyring.load(Path(key_file)))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        update, chat, round_ = map(int, line.split())
        tries = 1
        while not await sealed(database, update, chat, RoundId(round_)):
            tries += 1
        sys.stdout.write(f"{tries}\n")
        sys.stdout.flush()
    await database.close()


async def sealed(database: Database, update: int, chat: int, round_: RoundId) -> bool:
    """Seal as the intake does it: met first, and taken anew where the unit of work is undone."""
    try:
        async with database.unit(NOW) as unit:
            if await unit.updates.record_all({update: chat}):
                partner = await unit.partners.by_chat(chat)
                assert partner is not None
                await seal(unit, partner, round_, 1, 1)
    except Undone:
        return False
    return True


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
