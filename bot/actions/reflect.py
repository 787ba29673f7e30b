"""A partner reflects: what they write while a round is open becomes their draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.people import Together, done, must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.quote import retire, show
from bot.messages import MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.covers import Ranges
from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import PieceId, RoundId
from bot.practice.partner import Expecting, Partner
from bot.practice.round import Round, Slot

K = MessageKind


@dataclass(frozen=True)
class Arrival:
    """A part as it arrived: a text, or a file with its caption, and the message it came in."""

    kind: PieceKind
    text: str
    source: int
    file: str | None = None
    album: str | None = None  # pictures with the same one were sent together
    covered: bool = False  # its author has put a spoiler over its file
    covers: Ranges | None = ()  # what they have covered of its text

    def __repr__(self) -> str:
        """Show no words."""
        return f"Arrival({self.kind.value})"


async def add_pieces(work: Work, us: Together, round_: Round, arrivals: Sequence[Arrival]) -> None:
    """Add parts to a partner's reflection and show the draft. Raises Refusal as rules.write, TOO_MUCH."""
    draft = await work.words.own(us.me.id, round_.id, Slot.REFLECTION)
    written = rules.write(round_, us.me.id, begun=bool(draft.pieces))
    for arrival in arrivals:
        if draft.find(arrival.source) is None:  # else an edit of it has come before it
            draft = drafts.add(draft, piece_of(work, arrival))
    await work.words.save(draft)
    if written != round_:
        await work.rounds.save(written)
    await show(work, us, draft)


def piece_of(work: Work, arrival: Arrival) -> Piece:
    """Give a part its id."""
    return Piece(
        id=PieceId(work.new_id()),
        kind=arrival.kind,
        text=arrival.text,
        source=arrival.source,
        file=arrival.file,
        album=arrival.album,
        covered=arrival.covered,
        covers=arrival.covers,
    )


async def start_over(work: Work, partner: Partner, round_: RoundId) -> None:
    """Clear a partner's reflection. Raises Refusal as rules.check_writable."""
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    rules.check_writable(found, partner.id)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    await work.words.save(drafts.clear(draft))
    await retire(work, us.me, round_, Slot.REFLECTION)
    await work.outbox.put(us.message(K.STARTED_OVER, us.me, round_))


async def not_today(work: Work, partner: Partner, round_: RoundId) -> None:
    """Note "not today": no reminder comes; writing later stays welcome. Raises as rules.check_writable."""
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    await work.rounds.save(rules.decline(found, partner.id))
    await work.outbox.withdraw(to=partner.id, round_=round_, kinds=(K.REMINDER,))
    await done(work, us.me, Expecting.REFLECTION, round_=round_)
    await work.outbox.put(us.message(K.NOT_TODAY, us.me, round_))
