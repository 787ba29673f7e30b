"""A person writes a letter to the other that opens later: quoted, sealed for a day, taken back until it has opened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.actions import left_out, put_away
from bot.actions.people import LETTER, Together, done, expect, message, must_be_together, together
from bot.actions.ports import Work
from bot.actions.quotation import each_once, quotation
from bot.actions.reflect import Arrival, piece_of
from bot.actions.split import LONGEST, units
from bot.messages import InChat, Message, MessageKind
from bot.practice import calendar
from bot.practice import capsule as rules
from bot.practice import draft as drafts
from bot.practice.capsule import Capsule, CapsuleState
from bot.practice.destination import Destination, DestinationKind
from bot.practice.draft import Draft
from bot.practice.ids import CapsuleId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
ABOUT, VERSION, DAY, APART, AWAY, AGAIN = "capsule", "version", "day", "apart", "away", "again"
NAMED = "named"  # an hour, with the day
QUOTING = (K.CAPSULE_PART, K.CAPSULE_DRAFT)
SHOWN: tuple[MessageKind, MessageKind] = (K.CAPSULE_WORDS, K.CAPSULE_MEDIA)
MOST_OPENED = 5  # letters to somebody that are listed


async def look(work: Work, partner: Partner, *, again: bool = False) -> None:
    """Show the draft that there is, or else what waits and what has opened; the next words are for a letter.

    `again` where somebody comes to it anew: they may think that they begin another.
    Raises Refusal NO_COUPLE.
    """
    us = await must_be_together(work, partner.id)
    await expect(work, us.me, Expectation(Expecting.CAPSULE))
    begun = await _draft(work, us)
    if begun is not None and begun.pieces:
        await _quote(work, us, begun, again=again)
    else:
        await work.outbox.put(us.message(K.CAPSULES, us.me))


async def is_begun(work: Work, partner: Partner) -> bool:
    """Tell whether a letter has words that aren't sealed. Raises Refusal NO_COUPLE."""
    begun = await _draft(work, await must_be_together(work, partner.id))
    return begun is not None and bool(begun.pieces)


async def add(work: Work, partner: Partner, arrivals: Sequence[Arrival]) -> None:
    """Add parts to a letter, or change those that are known, and quote all of it. Raises NO_COUPLE, TOO_MUCH."""
    us = await must_be_together(work, partner.id)
    await expect(work, us.me, Expectation(Expecting.CAPSULE))
    begun = await _draft(work, us)
    capsule = begun or Capsule(CapsuleId(work.new_id()), us.me.id, us.couple.id, work.now)
    words = capsule.words
    for arrival in arrivals:
        words = _edited(words, arrival) if words.find(arrival.source) else _added(work, words, arrival)
    capsule = capsule.holding(words)
    await work.capsules.save(capsule)
    await _quote(work, us, capsule)


def _added(work: Work, words: Draft, arrival: Arrival) -> Draft:
    return drafts.add(words, piece_of(work, arrival))


def _edited(words: Draft, arrival: Arrival) -> Draft:
    return drafts.edit(
        words,
        arrival.source,
        arrival.text,
        kind=arrival.kind,
        file=arrival.file,
        covered=arrival.covered,
        covers=arrival.covers,
    )


async def edit(work: Work, partner: Partner, arrival: Arrival) -> bool:
    """Take an edit of a message that a letter holds, which opens its seal; False where it is of none of this couple's.

    Raises Refusal FROZEN once it has opened, TOO_MUCH.
    """
    id_ = await work.capsules.by_source(partner.id, arrival.source)
    capsule, us = await work.capsules.own(partner.id, id_) if id_ else None, await together(work, partner.id)
    if capsule is None or us is None or us.couple.id != capsule.couple:
        return False
    words = _edited(capsule.words, arrival)
    if words.pieces == capsule.pieces:
        return True
    if capsule.state is CapsuleState.OPENED:
        raise Refusal(Reason.FROZEN)
    if capsule.state is CapsuleState.SEALED:
        capsule = await _unsealed(work, us, capsule)
        words = _edited(capsule.words, arrival)
    capsule = capsule.holding(words)
    await work.capsules.save(capsule)
    await expect(work, us.me, Expectation(Expecting.CAPSULE))  # its quotation asks for more
    await _quote(work, us, capsule)
    return True


async def choose_day(work: Work, partner: Partner, day: date, *, hour: bool = False) -> None:
    """Quote the letter that is being written with a day under it; say whose `hour` counts where one was named.

    Raises CAPSULE_GONE, and as rules.check_day.
    """
    us = await must_be_together(work, partner.id)
    capsule = await _draft(work, us)
    if capsule is None or not capsule.pieces:
        raise Refusal(Reason.CAPSULE_GONE)
    rules.check_day(day, today(us, work))
    await expect(work, us.me, Expectation(Expecting.CAPSULE))
    await _quote(work, us, capsule, day, hour=hour)


def today(us: Together, work: Work) -> date:
    """Tell the date by which a letter's day is counted: the couple's."""
    return calendar.local_date(work.now, us.couple.rhythm.zone)


async def seal(work: Work, partner: Partner, quoted: tuple[CapsuleId, int], day: date, shown_in: int) -> None:
    """Seal the letter and version that were quoted, for a day.

    Raises Refusal NO_COUPLE, CAPSULE_ENOUGH, CAPSULE_GONE, and as rules.seal and left_out.check.
    """
    us = await must_be_together(work, partner.id)
    id_, version = quoted
    found = await _own(work, us, id_)
    waiting = [one for one in await work.capsules.of(us.me.id) if one.state is CapsuleState.SEALED]
    if len(waiting) >= rules.MOST_SEALED:
        raise Refusal(Reason.CAPSULE_ENOUGH)
    sealed = rules.seal(found, version, day, us.couple.rhythm, work.now)
    await left_out.check(work, us.me, Destination(DestinationKind.CAPSULE))
    await work.capsules.save(sealed)
    await done(work, us.me, *LETTER)
    away = await _put_away(work, us, sealed, shown_in)
    note = us.message(K.CAPSULE_SEALED, us.me, details={ABOUT: sealed.id, AWAY: int(away)})
    await work.outbox.put(note.editing(shown_in))


async def show_sealed(work: Work, partner: Partner, id_: CapsuleId) -> None:
    """Show where a letter stands: one's own that waits, or one that has opened. Raises Refusal CAPSULE_GONE."""
    us = await must_be_together(work, partner.id)
    capsule = await work.capsules.read(us.me.id, id_)
    if capsule is None or capsule.couple != us.couple.id:
        raise Refusal(Reason.CAPSULE_GONE)
    if capsule.author == us.me.id and capsule.state is not CapsuleState.OPENED:
        note = us.message(K.CAPSULE_SEALED, us.me, details={ABOUT: capsule.id, AWAY: 0})
        await work.outbox.put(note)
        return
    await work.outbox.put(*shown_to(us, us.me, capsule))


async def take_back(work: Work, partner: Partner, id_: CapsuleId) -> None:
    """Open the seal for its author, and quote the letter. Raises Refusal CAPSULE_OPEN, CAPSULE_GONE."""
    us = await must_be_together(work, partner.id)
    capsule = await _unsealed(work, us, await _own(work, us, id_))
    await work.capsules.save(capsule)
    await expect(work, us.me, Expectation(Expecting.CAPSULE))
    await _quote(work, us, capsule)


async def _unsealed(work: Work, us: Together, sealed: Capsule) -> Capsule:
    """Take a seal back; what was begun meanwhile joins it, so that there is one draft."""
    capsule, begun = rules.take_back(sealed), await _draft(work, us)
    if begun is not None and begun.id != sealed.id:
        words = capsule.words
        for piece in begun.pieces:
            words = drafts.add(words, piece)
        await work.capsules.destroy(begun.id)
        capsule = capsule.holding(words)
    return capsule


async def destroy(work: Work, partner: Partner, id_: CapsuleId, shown_in: int) -> None:
    """Destroy a letter that has not opened, also of a couple that has ended. Raises CAPSULE_OPEN, CAPSULE_GONE."""
    us, capsule = await together(work, partner.id), await work.capsules.own(partner.id, id_)
    if capsule is None:
        raise Refusal(Reason.CAPSULE_GONE)
    if capsule.state is CapsuleState.OPENED:
        raise Refusal(Reason.CAPSULE_OPEN)
    await work.capsules.destroy(capsule.id)
    if us is None or us.couple.id != capsule.couple:
        await work.outbox.put(message(K.CAPSULE_OUT, partner).editing(shown_in))
        return
    if capsule.state is CapsuleState.DRAFT:
        await done(work, us.me, *LETTER)
    await _put_away(work, us, capsule, shown_in)
    await work.outbox.put(us.message(K.CAPSULE_OUT, us.me).editing(shown_in))


async def couple_over(work: Work, us: Together, author: Partner) -> list[Message]:
    """Keep for its author alone what won't open, as two part, and say so where it was promised to."""
    own = {
        one.id: one
        for one in await work.capsules.of(author.id)
        if one.couple == us.couple.id and one.state is not CapsuleState.OPENED
    }
    for letter in own.values():
        await work.capsules.save(rules.outlive(letter))
    told: dict[int, Message] = {}
    for one in await work.outbox.standing(author.id, (K.CAPSULE_DRAFT, K.CAPSULE_SEALED)):
        id_ = CapsuleId(int(one.message.details[ABOUT]))
        if id_ in own and one.number is not None:
            sealed = own[id_].state is CapsuleState.SEALED and one.message.kind is K.CAPSULE_SEALED
            said = (
                message(K.CAPSULE_OVER, author, **{ABOUT: id_}) if sealed else message(K.BUTTONS_OFF, author)
            )
            told[one.number] = said.editing(one.number)
    return list(told.values())


def shown_to(us: Together, reader: Partner, capsule: Capsule) -> list[Message]:
    """Show a letter: its words, pictures and recordings, as it was sealed."""
    frame = us.message(K.CAPSULE_WORDS, reader, details={ABOUT: capsule.id})
    return quotation(frame, capsule.words, SHOWN)


async def _quote(
    work: Work,
    us: Together,
    capsule: Capsule,
    day: date | None = None,
    *,
    again: bool = False,
    hour: bool = False,
) -> None:
    """Quote a letter at the end of the chat, in one message where it fits; the quotation before goes.

    A day that was chosen for it, and stands under the quotation before, is kept.
    """
    standing = await _standing(work, us, capsule)
    day = day or _day_chosen(standing, today(us, work))
    await work.outbox.withdraw(to=us.me.id, kinds=QUOTING)
    for number in dict.fromkeys(one.number for one in standing if one.number is not None):
        await work.outbox.put(us.message(K.GONE, us.me).editing(number))
    details: dict[str, int | str] = {ABOUT: capsule.id, VERSION: capsule.version}
    frame = us.message(K.CAPSULE_DRAFT, us.me, details=details)
    parts = [] if fits(capsule) else quotation(frame, capsule.words, (K.CAPSULE_PART, K.CAPSULE_PART))
    last = {**details, APART: int(bool(parts)), **({DAY: day.isoformat()} if day else {})}
    last |= ({AGAIN: 1} if again else {}) | ({NAMED: 1} if hour else {})
    await work.outbox.put(*each_once([*parts, replace(frame, details=last)]))


def _day_chosen(standing: Sequence[InChat], today_: date) -> date | None:
    """Read the day that stands under a letter's newest quotation; None for none, or where it is over."""
    quoted = [one.message.details.get(DAY, "") for one in standing if one.message.kind is K.CAPSULE_DRAFT]
    chosen = date.fromisoformat(str(quoted[-1])) if quoted and quoted[-1] else None
    return chosen if chosen is not None and chosen > today_ else None


async def _standing(work: Work, us: Together, capsule: Capsule) -> list[InChat]:
    found = await work.outbox.standing(us.me.id, QUOTING)
    return [one for one in found if one.message.details[ABOUT] == capsule.id]


async def _put_away(work: Work, us: Together, capsule: Capsule, keep: int) -> bool:
    sources = [piece.source for piece in capsule.pieces]
    return await put_away.letter_sealed(work, us.me, sources, await _standing(work, us, capsule), keep)


def fits(capsule: Capsule) -> bool:
    """Tell whether a whole letter can be quoted in one message with its buttons."""
    return sum(units(piece.text) + 100 for piece in capsule.pieces) <= LONGEST


async def _draft(work: Work, us: Together) -> Capsule | None:
    mine = await work.capsules.of(us.me.id)
    return next((one for one in mine if one.couple == us.couple.id and one.state is CapsuleState.DRAFT), None)


async def _own(work: Work, us: Together, id_: CapsuleId) -> Capsule:
    capsule = await work.capsules.own(us.me.id, id_)
    if capsule is None or capsule.couple != us.couple.id:
        raise Refusal(Reason.CAPSULE_GONE)
    return capsule
