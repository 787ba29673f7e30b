"""The neutral friend: seven minutes of writing about one's last disagreement, as who wishes both well would tell it.

After Finkel, Slotter, Luchies, Walton and Gross (2013, Psychological Science 24, 1595 to 1601): 120 married couples
were followed for two years. Half of them, chosen at random, wrote so in the second year, three times, for seven minutes
each. In the first year marital quality fell in both halves; in the second it went on falling among those who did not
write and no more among those who did, by way of less distress about their conflicts. No more is claimed for it: here
one of two may write alone, about any kind of bond, and the three prompts are in words of our own.

what is so                                          then
four months since they joined, or since the last    it is offered with a prompt, to each on their own account
they have switched that off                         it is in /practice alone
it is begun                                         what an earlier one had left is let go
words, and edits of them                            to the step that is asked; an edit where it stood
*Go on* of a step that is over                      the step that is asked is shown again
kept                                                it stays in the writer's journal, for them alone
not kept within a day, or let go                    it is destroyed
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NewType

from bot.practice.ids import PartnerId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

SittingId = NewType("SittingId", int)

STEPS = ("told", "hard", "next")
EVERY = timedelta(days=120)
WAITS = timedelta(hours=23)  # for a word on whether it is kept: a day at most, and looked for once an hour
MOST_UNITS = 3_000  # of UTF-16 in one: several times what seven minutes bring, and shown in one message


@dataclass(frozen=True)
class Note:
    """Something that was written: for which step, in which message."""

    step: int
    source: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class Sitting:
    """What somebody wrote as the neutral friend; kept from `kept_at` on."""

    id: SittingId
    partner: PartnerId
    begun_at: datetime
    notes: tuple[Note, ...] = ()
    kept_at: datetime | None = None

    def said(self, step: int) -> str:
        """Give all that was written for a step."""
        return "\n".join(note.text for note in self.notes if note.step == step)


def is_due(partner: Partner, now: datetime) -> bool:
    """Tell whether to offer it to somebody who is there: nothing here looks at the other."""
    last = partner.friend_at or partner.consented_at
    return partner.friend_offers and not partner.away and now - last >= EVERY


def write(sitting: Sitting, step: int, source: int, text: str) -> Sitting:
    """Put words to a step, or in place of what the same message said. Raises Refusal SITTING_FULL, NOT_YOURS."""
    if step not in range(len(STEPS)):
        raise Refusal(Reason.NOT_YOURS)
    at = next((i for i, note in enumerate(sitting.notes) if note.source == source), None)
    before, after = (sitting.notes, ()) if at is None else (sitting.notes[:at], sitting.notes[at + 1 :])
    step = step if at is None else sitting.notes[at].step
    written = replace(sitting, notes=(*before, Note(step, source, text), *after))
    if sum(len(note.text.encode("utf-16-le", "surrogatepass")) // 2 for note in written.notes) > MOST_UNITS:
        raise Refusal(Reason.SITTING_FULL)
    return written


def waits(sitting: Sitting, now: datetime) -> bool:
    """Tell whether it still waits for a word on whether it is kept."""
    return sitting.kept_at is None and now - sitting.begun_at < WAITS
