"""Point 12: whoever has copied the data folder, or a backup, and not the key, has no word and no name."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from memory import memory
from people import MakeHome, invites, meet, person, settled
from processes import environment, refused

from bot.home.house import Home
from bot.practice.ids import PartnerId, RoundId
from bot.practice.round import Slot
from bot.screens.callbacks import Verb
from storage.backup import back_up
from storage.database import Database
from storage.errors import Damaged, WrongKey
from storage.files import DATABASE
from storage.keyring import Keyring
from storage.vault import Vault, Wrapped, place, unlock

pytestmark = pytest.mark.sqlite

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOA = "The marmalade on the stairs."
SAM = "An umbrella in the hall."
ANSWER = "You heard the velvet rain."
NAMES = ("Noémiephine", "Samuelsson", "noemiephine_user", "samuelsson_user")
WORDS = (NOA, SAM, ANSWER, "a captionword", *NAMES)
CODES = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
KEY = 32  # bytes


@dataclass(frozen=True)
class Sealed:
    """A sealed value of the database, and the place to which it is bound: the source tells everybody how."""

    blob: bytes
    place: bytes
    partner: int


@dataclass(frozen=True)
class Loot:
    """What a thief has: copies of the data folder while the bot ran, and of a backup; and what is looked for."""

    folder: Path
    backup: Path
    key_file: Path  # not the thief's: the search must find all with it
    secrets: tuple[str, ...]


@pytest.fixture
async def loot(make_home: MakeHome, tmp_path: Path) -> Loot:
    """Live through a round with names, texts, a caption, a voice message and an invitation, and be stolen from."""
    home = await make_home(data=tmp_path / "home" / "data")
    code, file_id = await lived_in(home)
    await settled(home)
    backup = tmp_path / "backup.sqlite3"
    await back_up(memory(home).parent, backup)
    stolen = tmp_path / "stolen" / "data"
    shutil.copytree(memory(home).parent, stolen)
    assert (stolen / f"{DATABASE}-wal").stat().st_size > 0
    return Loot(stolen, backup, tmp_path / "home" / "key" / "keyring.json", (*WORDS, code, file_id))


async def lived_in(home: Home) -> tuple[str, str]:
    """Live there; give the code of an open invitation, and a file's id."""
    noa, sam = (person(home, name, username=user) for name, user in zip(NAMES[:2], NAMES[2:], strict=True))
    await meet(noa, sam)
    noa.writes(NOA)
    noa.phone.send_photo(b"picture", caption="a captionword")
    voice = noa.phone.send_voice(b"voice", 2)
    await settled(home)
    await noa.presses(Verb.SEAL)
    sam.writes(SAM)
    await settled(home)
    await sam.presses(Verb.SEAL)
    await settled(home)
    await sam.presses(Verb.OWN_WORDS)
    await sam.hears()
    sam.writes(ANSWER)
    await sam.hears()
    await sam.presses(Verb.SEND)
    another = person(home, "Another", username="another_user")
    link = await invites(another)
    assert voice.media is not None
    return link.partition("start=")[2], voice.media.file_id


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask a database, its log and all."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def sealed(path: Path) -> Iterator[Sealed]:
    """Give every sealed value, with its place."""
    for partner, generation, key in rows(path, "SELECT id, key_generation, wrapped_key FROM partners"):
        yield Sealed(key, place("partners.wrapped_key", partner, generation), partner)
    for partner, name, username in rows(path, "SELECT id, name, username FROM partners"):
        yield Sealed(name, place("partners.name", partner), partner)
        if username:
            yield Sealed(username, place("partners.username", partner), partner)
    for author, round_, slot, piece, body, file in rows(
        path, "SELECT author_id, round_id, slot, id, body, file FROM pieces"
    ):
        yield Sealed(body, place("pieces.body", author, round_, slot, piece), author)
        if file:
            yield Sealed(file, place("pieces.file", author, round_, slot, piece), author)
    for inviter, invite, code in rows(path, "SELECT inviter_id, id, code FROM invites"):
        yield Sealed(code, place("invites.code", inviter, invite), inviter)


def blobs(path: Path) -> set[bytes]:
    """Give every binary value of every table: no sealed one is left out above."""
    tables = [name for (name,) in rows(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    values = (value for table in tables for row in rows(path, f"SELECT * FROM {table}") for value in row)  # noqa: S608 (made of our own names)
    return {value for value in values if isinstance(value, bytes)}


def candidates(path: Path, thief: Keyring) -> Iterator[bytes]:
    """Give keys to try: the thief's, nothing, and every run of bytes in the database that is as long as one."""
    yield from (thief.key(1) or b"", thief.marks, bytes(KEY), secrets.token_bytes(KEY))
    for blob in blobs(path):
        yield from (blob[start : start + KEY] for start in range(len(blob) - KEY + 1))


def opened(path: Path, keyring: Keyring) -> list[str]:
    """Open all there is with a key file, as the bot does."""
    vault, found = Vault(keyring, path), []
    keys = {
        partner: vault.unwrap(partner, Wrapped(key, generation))
        for partner, key, generation in rows(path, "SELECT id, wrapped_key, key_generation FROM partners")
    }
    for value in sealed(path):
        text = unlock(keys[value.partner].cipher, value.blob, value.place)
        found += [text.decode()] if text is not None else []
    return found


async def test_safety_12_a_stolen_database_without_the_key_tells_no_word_or_name(
    loot: Loot, tmp_path: Path
) -> None:
    """Neither do the bytes of any file, the log and a backup among them, nor any key that the thief can think of.

    With the right key the very same search opens all of it: it is not blind.
    """
    files = [*loot.folder.rglob("*"), loot.backup]
    content = [path.read_bytes() for path in files if path.is_file()]
    assert len(content) > 2
    assert [
        w for w in loot.secrets for code in CODES if any(w.encode(code) in data for data in content)
    ] == []
    copies = [loot.folder / DATABASE, loot.backup]
    for path in copies:
        assert set(loot.secrets) - set(opened(path, Keyring.load(loot.key_file))) == set()
    thief = Keyring.create(tmp_path / "thief" / "keyring.json")
    for path in copies:
        values = list(sealed(path))
        assert len(values) > len(loot.secrets)
        tried = 0
        for key in set(candidates(path, thief)):
            cipher = AESGCM(key)
            for value in values:
                tried += 1
                assert unlock(cipher, value.blob, value.place) is None
        assert tried > 1_000


async def test_safety_12_a_stolen_database_is_refused_under_another_key(loot: Loot, tmp_path: Path) -> None:
    """The bot does not start on it, nor on the backup: one line that says which key file, and no word."""
    for name in ("data", "backup"):
        folder = tmp_path / "started" / name
        shutil.copytree(loot.folder, folder / "data")
        if name == "backup":
            for path in (folder / "data").iterdir():
                path.unlink()
            shutil.copy(loot.backup, folder / "data" / DATABASE)
        Keyring.create(folder / "key" / "keyring.json")
        end = await refused(folder, environment(folder, "http://127.0.0.1:9", ATTUNE_LOG_LEVEL="DEBUG"))
        assert (end.status, len(end.lines)) == (2, 1), end.said
        assert "ATTUNE_KEY_FILE" in end.said
        assert not [word for word in loot.secrets if word in end.said]
        with pytest.raises(WrongKey):
            await Database.open(folder / "data", Keyring.load(folder / "key" / "keyring.json"))


async def test_safety_12_stolen_rows_open_in_no_other_database(loot: Loot, tmp_path: Path) -> None:
    """A thief whose own bot knows the key puts stolen rows into its database, and its check into the stolen one.

    Neither their own partner, into whose rows the words were put, nor the stolen people are opened.
    """
    keyring = Keyring.create(tmp_path / "thief" / "keyring.json")
    forged = loot.folder / DATABASE
    vault = Vault(keyring, forged)
    with closing(sqlite3.connect(forged)) as connection:
        connection.execute("UPDATE notes SET value = ? WHERE name = 'key:1'", (vault.check(1),))
        author, partner, round_ = connection.execute(
            "SELECT p.author_id, s.partner_id, p.round_id FROM pieces AS p JOIN rounds AS r ON r.id = p.round_id"
            " JOIN seats AS s ON s.couple_id = r.couple_id AND s.partner_id <> p.author_id"
        ).fetchone()
        _, own = vault.make(partner)  # the thief sits in the other's seat, with a key that they can open
        connection.execute(
            "UPDATE partners SET wrapped_key = ?, name = ?, username = NULL WHERE id = ?",
            (own.key, vault.unwrap(partner, own).seal("Thief", "partners.name"), partner),
        )
        connection.commit()
    database = await Database.open(loot.folder, keyring)
    try:
        async with database.unit(NOW) as unit:
            assert (await unit.partners.get(PartnerId(partner))).name == "Thief"
            with pytest.raises(Damaged) as of_name:
                await unit.partners.get(PartnerId(author))
            with pytest.raises(Damaged) as of_words:
                await unit.words.read(PartnerId(partner), PartnerId(author), RoundId(round_), Slot.REFLECTION)
    finally:
        await database.close()
    said = f"{of_name.value} {of_words.value}"
    assert not [word for word in loot.secrets if word in said]


async def test_safety_12_swapped_rows_tell_nothing(loot: Loot) -> None:
    """Even where the bot holds the right key, a value opens in its own row alone, each with each."""
    path = loot.folder / DATABASE
    vault = Vault(Keyring.load(loot.key_file), path)
    keys = {
        partner: vault.unwrap(partner, Wrapped(key, generation)).cipher
        for partner, key, generation in rows(path, "SELECT id, wrapped_key, key_generation FROM partners")
    }
    values = list(sealed(path))
    for value in values:
        for other in values:
            if value.place != other.place:
                assert unlock(keys[other.partner], value.blob, other.place) is None
                assert unlock(keys[value.partner], value.blob, other.place) is None
