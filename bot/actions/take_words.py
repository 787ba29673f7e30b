"""Words go to the place in a round that they are for, and are quoted back there."""

from collections.abc import Sequence

from bot.actions.advice import Adviser
from bot.actions.hear import draft_clarification
from bot.actions.people import must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.reflect import Arrival, add_pieces
from bot.actions.respond import PickedStarter, draft_response
from bot.actions.seal import open_seal
from bot.practice.destination import Destination, DestinationKind
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal


async def take_words(
    work: Work,
    partner: Partner,
    place: Destination,
    arrivals: Sequence[Arrival],
    *,
    opening: PickedStarter | None = None,
    adviser: Adviser | None = None,
) -> None:
    """Put texts, voice messages, video notes or photos where they belong, and quote all of it back once.

    `opening` is that of the starter that the person picked; `adviser` may have one suggestion.
    Raises Refusal TOO_MUCH, NOT_YOURS for a place of no round, and what the rules of the round say.
    """
    us = await must_be_together(work, partner.id)
    if place.round is None:
        raise Refusal(Reason.NOT_YOURS)
    match place.kind:
        case DestinationKind.REFLECTION:
            await add_pieces(work, us, await their_round(work, us, place.round), arrivals)
        case DestinationKind.ADDITION:
            await open_seal(work, us, await their_round(work, us, place.round))
            await add_pieces(work, us, await their_round(work, us, place.round), arrivals)
        case DestinationKind.RESPONSE:
            begun = opening if us.me.expectation.round == place.round else None
            await draft_response(work, us, place.round, arrivals, opening=begun, adviser=adviser)
        case DestinationKind.CLARIFICATION:
            await draft_clarification(work, us, place.round, arrivals)
        case _:
            raise Refusal(Reason.NOT_YOURS)
