"""Words without a command: what they are for is decided by where the person stands."""

from bot.actions.advice import Adviser
from bot.actions.hear import draft_clarification
from bot.actions.people import Together, late_rounds
from bot.actions.ports import Work
from bot.actions.reflect import Arrival, add_piece
from bot.actions.respond import draft_response
from bot.actions.today import plain, stand
from bot.practice.ids import RoundId
from bot.practice.partner import Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import WRITABLE, Round, RoundState
from bot.practice.standing import Standing

WRITING = (Standing.UNWRITTEN, Standing.DRAFTED, Standing.RESTING, Standing.BOTH_RESTING)
AFTER_REVEAL = {Expecting.RESPONSE: Standing.TO_RESPOND, Expecting.CLARIFICATION: Standing.TO_CLARIFY}


async def take_words(
    work: Work, partner: Partner, arrival: Arrival, opening: str = "", adviser: Adviser | None = None
) -> None:
    """Put a text, a voice message, a video note or a photo where it belongs, and quote it back.

    `opening` is the text of the starter that the person picked; `adviser` may have one suggestion.
    Raises Refusal ALREADY_SEALED, TOO_MUCH and what the rules of the round say.
    """
    where, us, newest = await stand(work, partner)
    if us is None or newest is None:
        await plain(work, partner)
        return
    late = await _late(work, us)
    if late is not None:
        await add_piece(work, us, late, arrival)
        return
    asked = await _asked(work, us)
    round_ = asked or newest.id
    if asked is not None:
        where = AFTER_REVEAL[us.me.expectation.what]
    if where is Standing.TO_RESPOND:
        started = opening if asked else ""
        await draft_response(work, us, round_, arrival, opening=started, adviser=adviser)
    elif where is Standing.TO_CLARIFY:
        await draft_clarification(work, us, round_, arrival)
    elif where is Standing.SEALED:
        raise Refusal(Reason.ALREADY_SEALED)
    elif where in WRITING and newest.state in WRITABLE:
        await add_piece(work, us, newest, arrival)
    else:
        await plain(work, partner)


async def _late(work: Work, us: Together) -> Round | None:
    """Load the earlier round for which a button has asked for words; none where it is over."""
    expected = us.me.expectation
    if expected.what is not Expecting.REFLECTION:
        return None
    return next((found for found in await late_rounds(work, us) if found.id == expected.round), None)


async def _asked(work: Work, us: Together) -> RoundId | None:
    """Name the round for which a button has asked for words; none where it takes none any more."""
    expected = us.me.expectation
    if expected.what not in AFTER_REVEAL or expected.round is None:
        return None
    shown = await work.rounds.latest_shown(us.couple.id)
    found = shown if shown and shown.id == expected.round else await work.rounds.find(expected.round)
    return (
        expected.round
        if found is not None and (found is shown or found.state is RoundState.REVEALED)
        else None
    )
