"""Sealed values open in their own place, under their own key, and nowhere else; keys can be rotated."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st
from storage_house import NOW, House, a_couple, a_draft, a_round

from bot.practice.ids import PartnerId
from bot.practice.round import Slot
from storage import errors, files
from storage.database import Database
from storage.keyring import Keyring
from storage.vault import PartnerKey, Vault, Wrapped

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
PLACES = st.tuples(
    st.sampled_from(["pieces.body", "pieces.file", "partners.name"]), st.integers(1, 3), st.integers(1, 3)
)


def a_key(partner: int, secret: bytes = bytes(32)) -> PartnerKey:
    """Open a key."""
    return PartnerKey(partner, Path("attune.db"), AESGCM(secret))


@settings(deadline=None)
@given(text=ANY_TEXT, sealed_at=PLACES, opened_at=PLACES)
def test_a_value_opens_only_where_it_was_sealed(
    text: str, sealed_at: tuple[str, int, int], opened_at: tuple[str, int, int]
) -> None:
    """Any text comes back as it was; another column, row or person makes it damage."""
    column, row, partner = sealed_at
    sealed = a_key(partner).seal(text, column, row)
    other_column, other_row, other_partner = opened_at
    if sealed_at == opened_at:
        assert a_key(partner).open(sealed, column, row) == text
    else:
        with pytest.raises(errors.Damaged):
            a_key(other_partner).open(sealed, other_column, other_row)


@settings(deadline=None)
@given(data=st.data(), text=ANY_TEXT)
def test_a_changed_value_does_not_open(data: st.DataObject, text: str) -> None:
    """Not one bit, and not when it is cut."""
    sealed = a_key(1).seal(text, "pieces.body", 1)
    where, bit = data.draw(st.integers(0, len(sealed) - 1)), data.draw(st.integers(0, 7))
    flipped = bytearray(sealed)
    flipped[where] ^= 1 << bit
    for broken in (bytes(flipped), sealed[:where]):
        with pytest.raises(errors.Damaged, match=r"pieces\.body does not open"):
            a_key(1).open(broken, "pieces.body", 1)


def test_the_same_text_is_never_sealed_the_same() -> None:
    """A fresh nonce each time: equal words can't be told."""
    assert len({a_key(1).seal("yes", "pieces.body", 1) for _ in range(50)}) == 50


def test_nothing_shows_a_key(house: House) -> None:
    """Keys are in no repr, so in no traceback that shows locals."""
    vault = Vault(house.keyring, house.path)
    key, wrapped = vault.make(PartnerId(1))
    shown = repr([key, wrapped, vault, house.keyring])
    assert "AESGCM" not in shown
    assert repr(wrapped.key) not in shown


def test_a_wrapped_key_belongs_to_one_partner(house: House) -> None:
    """Copied into another's row, or under another generation's number, it does not open."""
    house.keyring.add_generation()
    vault = Vault(house.keyring, house.path)
    _, wrapped = vault.make(PartnerId(1))
    with pytest.raises(errors.Damaged, match="wrapped_key"):
        vault.unwrap(PartnerId(2), wrapped)
    with pytest.raises(errors.Damaged, match="wrapped_key"):
        vault.unwrap(PartnerId(1), Wrapped(wrapped.key, 1))
    with pytest.raises(errors.WrongKey):
        vault.unwrap(PartnerId(1), Wrapped(wrapped.key, 9))


async def test_swapped_rows_are_damage(house: House, database: Database) -> None:
    """Whoever can write to the file can't make one partner say what another did."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        round_ = await a_round(unit, couple)
        await unit.words.save(a_draft(unit, round_, one.id, "mine", "mine too"))
        await unit.words.save(a_draft(unit, round_, two.id, "theirs"))
    with house.tampering() as outside:
        first, second = outside.execute(
            "SELECT id, body FROM pieces WHERE author_id = ?", (one.id,)
        ).fetchall()
        outside.execute("UPDATE pieces SET body = ? WHERE id = ?", (second[1], first[0]))
        outside.execute("UPDATE partners SET name = (SELECT name FROM partners WHERE id = ?)", (one.id,))
    async with database.unit(NOW) as unit:
        with pytest.raises(errors.Damaged, match=r"pieces\.body"):
            await unit.words.own(one.id, round_.id, Slot.REFLECTION)
        with pytest.raises(errors.Damaged, match=r"partners\.name"):
            await unit.partners.get(two.id)


async def test_words_of_a_sealed_round_cannot_be_moved_into_a_revealed_one(
    house: House, database: Database
) -> None:
    """The round and the slot are part of the place."""
    async with database.unit(NOW) as unit:
        couple, one, _ = await a_couple(unit)
        round_ = await a_round(unit, couple)
        await unit.words.save(a_draft(unit, round_, one.id, "not yet"))
    with house.tampering() as outside:
        outside.execute("UPDATE drafts SET slot = 'response'")
        outside.execute("UPDATE pieces SET slot = 'response'")
    async with database.unit(NOW) as unit:
        with pytest.raises(errors.Damaged):
            await unit.words.own(one.id, round_.id, Slot.RESPONSE)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "not json",
        '{"format": 2, "keys": {"1": "AAAA"}, "marks": "AAAA"}',
        '{"format": 1, "keys": {}, "marks": "AAAA"}',
        '{"format": 1, "keys": {"1": "AAAA"}, "marks": "AAAA"}',
        '{"format": 1, "keys": {"one": "AAAA"}, "marks": "AAAA"}',
        '{"format": 1, "keys": {"1": 7}, "marks": "AAAA"}',
        '{"format": 1, "keys": {"1": "!!"}, "marks": "AAAA"}',
    ],
)
def test_a_key_file_that_is_not_whole_is_refused(house: House, content: str) -> None:
    """In a line that quotes nothing of it."""
    house.key_file.write_text(content)
    with pytest.raises(errors.KeyDamaged, match="put back the copy") as caught:
        Keyring.load(house.key_file)
    assert caught.value.__cause__ is None
    assert "AAAA" not in str(caught.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_file_that_others_can_read_is_refused(house: House, mode: int) -> None:
    """Mending it is one command, and the line says which."""
    house.key_file.chmod(mode)
    with pytest.raises(errors.KeyExposed, match="chmod 600"):
        Keyring.load(house.key_file)


def test_a_disk_without_permissions_is_refused_before_a_key_is_made(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is wrapped with a key that others can read; one that came there later is told alike."""
    monkeypatch.setattr(files, "PRIVATE_FILE", 0o644)  # what such a disk makes of any mode
    card = house.root / "card" / "keyring.json"
    with pytest.raises(errors.KeyUnprotected, match="set ATTUNE_KEY_FILE"):
        Keyring.ready(card, house.root / "empty")
    assert list(card.parent.iterdir()) == []
    house.key_file.chmod(0o644)
    with pytest.raises(errors.KeyUnprotected):
        Keyring.load(house.key_file)


def test_a_folder_is_no_key_file(house: House) -> None:
    """As Docker makes one, where the file to mount is not there."""
    folder = house.root / "keys" / "folder"
    folder.mkdir()
    with pytest.raises(errors.IsFolder, match="name a file"):
        Keyring.load(folder)


def test_a_missing_key_file_is_told(house: House) -> None:
    """Loading makes none."""
    with pytest.raises(errors.NotThere):
        Keyring.load(house.root / "nothing")


def test_adding_a_generation_keeps_the_old_ones(house: House) -> None:
    """Also those that another process has added meanwhile; the file stays private."""
    first, other = house.keyring.key(1), Keyring.load(house.key_file)
    assert other.add_generation() == 2
    assert house.keyring.add_generation() == 3
    assert Keyring.load(house.key_file).key(1) == first
    assert house.keyring.key(2) == other.key(2)
    assert house.keyring.current == 3
    assert house.key_file.stat().st_mode & 0o777 == 0o600
    assert sorted(json.loads(house.key_file.read_text())["keys"]) == ["1", "2", "3"]
    assert [path.name for path in house.key_file.parent.iterdir()] == ["keyring.json"]


async def test_keys_are_rewrapped_a_few_at_a_time(house: House, database: Database) -> None:
    """While the bot runs, from a generation that another process has added; then the old is not needed."""
    async with database.unit(NOW) as unit:
        people = [person for _ in range(3) for person in (await a_couple(unit))[1:]]
    assert await database.rewrap(4) == 0
    old = [bytes(key) for (key,) in house.outside("SELECT wrapped_key FROM partners")]
    Keyring.load(house.key_file).add_generation()
    assert [await database.rewrap(4) for _ in range(3)] == [2, 0, 0]
    assert house.outside("SELECT DISTINCT key_generation FROM partners") == [(2,)]
    assert not any(house.holding(key) for key in old)
    content = json.loads(house.key_file.read_text())
    content["keys"].pop("1")
    vault = Vault(Keyring(house.key_file, {2: house.keyring.key(2) or b""}, b""), house.path)
    for partner, key, generation in house.outside("SELECT id, wrapped_key, key_generation FROM partners"):
        assert vault.unwrap(partner, Wrapped(key, generation))
    async with database.unit(NOW) as unit:
        assert [await unit.partners.get(person.id) for person in people] == people
    assert await database.verify() == []


async def test_a_running_bot_goes_on_without_its_key_file(
    house: House, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody has taken it away, as one may: it is noted, and the keys in memory serve."""
    async with database.unit(NOW) as unit:
        await a_couple(unit)
    house.key_file.unlink()
    assert await database.rewrap(9) == 0
    assert str(house.key_file) in caplog.text
    async with database.unit(NOW) as unit:
        await a_couple(unit)
