"""One private suggestion on a person's own wording of a response: kept as a kind, never as words.

The suggestion itself is written again when its message is sent, from the words as they are then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.actions.people import Together
from bot.actions.ports import Work
from bot.practice.draft import Draft, PieceKind
from bot.practice.partner import Partner
from bot.practice.round import Round, Slot

SUGGEST, BEFORE = "suggest", "before"  # the suggestion's kind, and the kind that was the last one offered
WEEK = timedelta(days=7)  # between two times that this is named


class Adviser(Protocol):
    """Whoever can read a response."""

    def kind(self, text: str, about: str, last: str | None) -> str | None:
        """Name the one suggestion to offer on a text about the partner's words; None to stay silent."""
        ...

    def missing(self, text: str, about: str) -> str | None:
        """Name the suggestion on what a text leaves out; None where it leaves out nothing."""
        ...


@dataclass(frozen=True)
class OnTelling:
    """An adviser on words that tell something, or answer what is sad: that they leave out the other's, nobody minds."""

    whole: Adviser

    def kind(self, text: str, about: str, last: str | None) -> str | None:
        """Name what stands in the way all the same."""
        return self.whole.kind(text, about, last)

    def missing(self, text: str, about: str) -> None:
        """Ask for nothing."""
        del text, about


@dataclass(frozen=True)
class OnNoBreak:
    """An adviser who leaves a wish for a break alone: it needs no better words."""

    whole: Adviser
    rests: Callable[[str], bool]

    def kind(self, text: str, about: str, last: str | None) -> str | None:
        """Name what stands in the way, but not of a wish for a break."""
        return None if self.rests(text) else self.whole.kind(text, about, last)

    def missing(self, text: str, about: str) -> str | None:
        """Name what is left out, but not of a wish for a break."""
        return None if self.rests(text) else self.whole.missing(text, about)


async def advise(
    work: Work, us: Together, round_: Round, draft: Draft, adviser: Adviser | None
) -> Mapping[str, str]:
    """Choose a suggestion for a drafted response, and note its kind so that it is not the next one too.

    Silent where the person has switched it off, and on anything but a text.
    """
    if adviser is None or not us.me.coach or any(p.kind is not PieceKind.TEXT for p in draft.pieces):
        return {}
    about = await work.words.read(us.me.id, us.other.id, round_.id, Slot.REFLECTION)
    kind = adviser.kind(text_of(draft), text_of(about), us.me.suggested)
    me = await work.partners.get(us.me.id)
    if kind is not None:
        await work.partners.save(replace(me, suggested=kind))
    elif _rested(me, work.now) and (kind := adviser.missing(text_of(draft), text_of(about))):
        await work.partners.save(replace(me, missing_at=work.now))
    else:
        return {}
    return {SUGGEST: kind, BEFORE: us.me.suggested or ""}


def _rested(me: Partner, now: datetime) -> bool:
    return me.missing_at is None or now - me.missing_at >= WEEK


def text_of(draft: Draft | None) -> str:
    """Join a draft's texts."""
    return "\n".join(piece.text for piece in draft.pieces if piece.text) if draft else ""
