"""Practising alone: the bot tells a short moment, the person answers, the bot says how it landed.

Nothing of it is kept and nothing of it reaches a partner: what was written lives until the answer is sent.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.people import expect, message
from bot.actions.ports import Work
from bot.actions.practised import practised
from bot.messages import MessageKind
from bot.practice.partner import Expectation, Expecting, Partner

K = MessageKind


async def tell(work: Work, partner: Partner, vignette: str) -> None:
    """Tell a moment; the next words are an answer to it."""
    await expect(work, partner, Expectation(Expecting.SOLO, starter=vignette))
    await work.outbox.put(message(K.SOLO, partner, vignette=vignette))


async def land(
    work: Work,
    partner: Partner,
    vignette: str,
    *,
    reply: int,
    whisper: int,
    sources: Sequence[int],
    shows: bool = True,
) -> None:
    """Say how an answer landed, then show two good ones; `reply` and `whisper` name words held in memory.

    Without a reply nothing is said of how it landed; where it `shows` none, nothing is said of the moment at all.

    `sources` are the messages that it came in. The next words are practice too, without a button, even where
    the moment is over.
    """
    await expect(work, partner, Expectation(Expecting.SOLO, starter=vignette))
    await practised(work, partner, sources)
    said = message(K.SOLO_FELT, partner, vignette=vignette, reply=reply, whisper=whisper)
    answers = replace(said, kind=K.SOLO_ANSWERS, details={"vignette": vignette})
    await work.outbox.put(*([said] if reply else []), *([answers] if shows else []))


async def enough(work: Work, partner: Partner, *, drafted: bool = False) -> None:
    """End it; `drafted` where words stand in a draft that were written when it was over already."""
    await expect(work, partner)
    await work.outbox.withdraw(to=partner.id, kinds=(K.PUT_ASIDE,))
    await work.outbox.put(message(K.SOLO_ENDED, partner, drafted=int(drafted)))
