"""What the repositories of one unit of work share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.practice.ids import PartnerId
from storage.engine import Statement
from storage.instants import to_micros
from storage.known import Known
from storage.transaction import Transaction
from storage.vault import Vault


@dataclass
class Context:
    """An open transaction, its instant, the keys, and what is to be done at its commit."""

    transaction: Transaction
    vault: Vault
    now: datetime
    new_id: Callable[[], int]
    known: Known = field(default_factory=Known)
    fences: list[Statement] = field(
        default_factory=list
    )  # what selects nothing where this process leads no more
    queued: bool = False  # a message was put: whoever sends is woken
    carried: list[Callable[[], None]] = field(default_factory=list)  # to be called after the commit
    scrub: bool = False  # what was deleted leaves the write-ahead log too
    forgotten: list[PartnerId] = field(default_factory=list)
    marked: bytes | None = None  # the lines that were added to the file of tombstones

    @property
    def micros(self) -> int:
        """The unit's instant, as it is stored."""
        return to_micros(self.now)
