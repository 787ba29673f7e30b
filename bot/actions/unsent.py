"""What somebody has written and neither sent nor sealed, among the places that their words could go to."""

from collections.abc import Sequence

from bot.actions.people import Together
from bot.actions.ports import Work
from bot.practice import round as rules
from bot.practice.capsule import CapsuleState
from bot.practice.destination import Destination, DestinationKind
from bot.practice.round import Slot
from bot.practice.talk import writes

LETTER = Destination(DestinationKind.CAPSULE)


async def written_in(work: Work, us: Together, open_: Sequence[Destination]) -> tuple[Destination, ...]:
    """Choose of the open places, and a letter, those where words wait for the button that lets them go."""
    places = [place for place in open_ if await _waits(work, us, place)]
    return (*places, LETTER) if await _letter(work, us) else tuple(places)


async def slots_of(work: Work, us: Together, place: Destination) -> Sequence[Slot]:
    """Name the slots of a place's round that its words stand in; none for a place of no round."""
    round_ = await work.rounds.find(place.round) if place.round else None
    match place.kind:
        case DestinationKind.REFLECTION:
            return (Slot.REFLECTION,)
        case DestinationKind.RESPONSE if round_ is not None:
            return [slot for slot in rules.open_slots(round_, us.me.id) if slot is not Slot.CLARIFICATION]
        case DestinationKind.CLARIFICATION:
            return (Slot.CLARIFICATION,)
        case _:
            return ()


async def _waits(work: Work, us: Together, place: Destination) -> bool:
    if place.kind is DestinationKind.TALK:
        return await _step(work, us)
    if place.round is None:
        return False
    slots = await slots_of(work, us, place)
    drafts = [await work.words.own(us.me.id, place.round, slot) for slot in slots]
    return any(draft.pieces and draft.committed_at is None for draft in drafts)


async def _step(work: Work, us: Together) -> bool:
    talk = await work.talks.live(us.couple.id)
    step = writes(talk, us.me.id) if talk is not None else None
    if talk is None or step is None:
        return False
    return bool((await work.talks.own(us.me.id, talk, step)).pieces)


async def _letter(work: Work, us: Together) -> bool:
    letters = await work.capsules.of(us.me.id)
    return any(
        one.couple == us.couple.id and one.state is CapsuleState.DRAFT and one.pieces for one in letters
    )
