"""Ids: numbers that we make, in the order in which things were made."""

from datetime import UTC, datetime, timedelta
from typing import NewType

PartnerId = NewType("PartnerId", int)
CoupleId = NewType("CoupleId", int)
RoundId = NewType("RoundId", int)
InviteId = NewType("InviteId", int)
PieceId = NewType("PieceId", int)
RowId = NewType("RowId", int)
OwnCardId = NewType("OwnCardId", int)
CapsuleId = NewType("CapsuleId", int)
HighlightId = NewType("HighlightId", int)
TalkId = NewType("TalkId", int)

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
NOISE_BITS = 20
_TICK = timedelta(milliseconds=1)


def mint(now: datetime, last: int, noise: int) -> int:
    """Make the next id: milliseconds since 2020 above 20 bits of noise, and always above `last`.

    Below 2**63 until the year 2298. Growing ids keep a table's newest rows side by side, and
    "greater than the last" keeps a clock that steps back from making one twice.
    """
    milliseconds = max(0, (now - EPOCH) // _TICK)
    return max(last + 1, milliseconds << NOISE_BITS | noise & (1 << NOISE_BITS) - 1)
