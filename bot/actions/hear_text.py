"""Words without a command: what they are for is decided by where the person stands."""

from bot.actions.advice import Adviser
from bot.actions.ports import Work
from bot.actions.reflect import Arrival, add_piece
from bot.actions.respond import draft_clarification, draft_response, opened
from bot.actions.today import plain, stand
from bot.practice.partner import Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.standing import Standing

WRITING = (Standing.UNWRITTEN, Standing.DRAFTED, Standing.RESTING, Standing.BOTH_RESTING)


async def take_words(
    work: Work, partner: Partner, arrival: Arrival, opening: str = "", adviser: Adviser | None = None
) -> None:
    """Put a text, a voice message, a video note or a photo where it belongs, and quote it back.

    `opening` is the text of the starter that the person picked; `adviser` may have one suggestion.
    Raises Refusal ALREADY_SEALED, TOO_MUCH
    and what the rules of the round say.
    """
    where, us, newest = await stand(work, partner)
    if us is None or newest is None:
        await plain(work, partner)
        return
    expected = partner.expectation
    if expected.round is not None and expected.what in (Expecting.RESPONSE, Expecting.CLARIFICATION):
        if expected.what is Expecting.RESPONSE:
            await draft_response(work, us, expected.round, opened(arrival, opening), adviser)
        else:
            await draft_clarification(work, us, expected.round, arrival)
    elif where is Standing.SEALED:
        raise Refusal(Reason.ALREADY_SEALED)
    elif where is Standing.TO_RESPOND:
        await draft_response(work, us, newest.id, arrival, adviser)
    elif where is Standing.TO_CLARIFY:
        await draft_clarification(work, us, newest.id, arrival)
    elif where in WRITING and newest.state in ("open", "waiting"):
        await add_piece(work, us, newest, arrival)
    else:
        await plain(work, partner)
