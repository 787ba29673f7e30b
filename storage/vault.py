"""Envelope encryption: AES-256-GCM under a partner's own key, which is wrapped by one of the operator's.

A sealed value is one byte of format, 12 random bytes of nonce, and the ciphertext with its tag. What
it is and where it stands (table, column, row, partner) is authenticated with it, so a value that is
copied to another row, column or person does not open. Text is encoded so that any Python string comes
back as it was, lone surrogates included.
"""

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Damaged, DatabasePlace, WrongKey
from storage.keyring import KEY_BYTES, Keyring

FORMAT = b"\x01"
NONCE_BYTES = 12  # 96 bits, random: a partner's key seals far fewer than 2**32 values
ENCODING = ("utf-8", "surrogatepass")


def lock_up(cipher: AESGCM, content: bytes, place: bytes) -> bytes:
    """Encrypt bytes and bind them to their place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + cipher.encrypt(nonce, content, FORMAT + place)


def unlock(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes | None:
    """Decrypt bytes; None where the key, the place or the bytes are not those of the sealing."""
    head, nonce, rest = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if head != FORMAT or len(nonce) != NONCE_BYTES:
        return None
    try:
        return cipher.decrypt(nonce, rest, FORMAT + place)
    except InvalidTag:
        return None


def place(column: str, partner: int, *row: int | str) -> bytes:
    """Name where a value stands: its table and column, whose it is, and its row."""
    return "\x1f".join((column, str(partner), *map(str, row))).encode()


@dataclass(frozen=True)
class PartnerKey:
    """One partner's key, open in memory."""

    partner: int
    path: DatabasePlace  # of the database, for errors
    cipher: AESGCM = field(repr=False)

    def seal(self, text: str, column: str, *row: int | str) -> bytes:
        """Encrypt a text for one column of one row."""
        return lock_up(self.cipher, text.encode(*ENCODING), place(column, self.partner, *row))

    def open(self, sealed: bytes, column: str, *row: int | str) -> str:
        """Decrypt the text of one column of one row. Raises Damaged."""
        found = unlock(self.cipher, sealed, place(column, self.partner, *row))
        if found is None:
            raise Damaged(self.path, what=f"{column} does not open")
        return found.decode(*ENCODING)

    def seal_some(self, text: str | None, column: str, *row: int | str) -> bytes | None:
        """Encrypt a text that may be absent."""
        return None if text is None else self.seal(text, column, *row)

    def open_some(self, sealed: bytes | None, column: str, *row: int | str) -> str | None:
        """Decrypt a text that may be absent. Raises Damaged."""
        return None if sealed is None else self.open(sealed, column, *row)


@dataclass(frozen=True)
class Wrapped:
    """A partner's key as it is stored: wrapped by one generation of the operator's."""

    key: bytes = field(repr=False)
    generation: int


class Vault:
    """Makes, wraps and unwraps the partners' keys, of which none is cached: a destroyed key is gone at once."""

    def __init__(self, keyring: Keyring, path: DatabasePlace) -> None:
        self.keyring = keyring
        self._path = path
        self._operators: dict[
            bytes, AESGCM
        ] = {}  # by their keys: dear to make, and the keyring holds these anyway

    def make(self, partner: int) -> tuple[PartnerKey, Wrapped]:
        """Make a new partner's key."""
        key = secrets.token_bytes(KEY_BYTES)
        return PartnerKey(partner, self._path, AESGCM(key)), self._wrap(partner, key)

    def unwrap(self, partner: int, wrapped: Wrapped) -> PartnerKey:
        """Open a partner's key. Raises WrongKey, Damaged."""
        return PartnerKey(partner, self._path, AESGCM(self._unwrap(partner, wrapped)))

    def rewrap(self, partner: int, wrapped: Wrapped) -> Wrapped:
        """Wrap a partner's key anew, by the operator's current one. Raises WrongKey, Damaged."""
        return self._wrap(partner, self._unwrap(partner, wrapped))

    def check(self, generation: int) -> bytes:
        """Make the value by which a database knows one of the operator's keys again."""
        return lock_up(self._operator(generation), b"", place("meta.value", 0, generation))

    def fits(self, generation: int, check: bytes) -> bool:
        """Tell whether the key file holds the very key that made a check."""
        key = self.keyring.key(generation)
        where = place("meta.value", 0, generation)
        return key is not None and unlock(AESGCM(key), check, where) is not None

    def _operator(self, generation: int) -> AESGCM:
        key = self.keyring.key(generation)
        if key is None:
            raise WrongKey(self.keyring.path, database=self._path)
        if key not in self._operators:
            self._operators = {**self._operators, key: AESGCM(key)}
        return self._operators[key]

    def _wrap(self, partner: int, key: bytes) -> Wrapped:
        generation = self.keyring.current
        where = place("partners.wrapped_key", partner, generation)
        return Wrapped(lock_up(self._operator(generation), key, where), generation)

    def _unwrap(self, partner: int, wrapped: Wrapped) -> bytes:
        where = place("partners.wrapped_key", partner, wrapped.generation)
        key = unlock(self._operator(wrapped.generation), wrapped.key, where)
        if key is None:
            raise Damaged(self._path, what="partners.wrapped_key does not open")
        return key
