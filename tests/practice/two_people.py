"""Two partners, a stranger, and what they share: small real values to try the rules on."""

from datetime import UTC, date, datetime, timedelta

from bot.practice import round as rules
from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId, RoundId
from bot.practice.partner import Partner
from bot.practice.round import Round, RoundState, Turn
from bot.practice.thread import Heard

ADA, BEN, EVE = PartnerId(1), PartnerId(2), PartnerId(3)
BOTH = (ADA, BEN)
NOW = datetime(2025, 6, 1, 18, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def a_round(number: int = 1) -> Round:
    """Make a round that has just opened."""
    day = date(2025, 6, 1) + timedelta(days=number - 1)
    return Round(RoundId(number), CoupleId(7), "listening-1", day, NOW, (Turn(ADA), Turn(BEN)))


def a_revealed_round() -> Round:
    """Make a round in which both have sealed."""
    return rules.seal(rules.seal(a_round(), ADA, NOW), BEN, NOW)


def in_state(state: RoundState) -> Round:
    """Make a round that has come to a state by the partners' own acts."""
    waiting = rules.seal(a_round(), ADA, NOW)
    made = {
        RoundState.OPEN: a_round(),
        RoundState.WAITING: waiting,
        RoundState.REVEALED: a_revealed_round(),
        RoundState.COMPLETE: rules.next_opens(a_revealed_round(), LATER),
        RoundState.LAPSED: rules.as_of(rules.next_opens(waiting, LATER), LATER + rules.LATE),
        RoundState.CLOSED: rules.part(waiting, LATER),
    }[state]
    assert made.state is state
    return made


def a_complete_round() -> Round:
    """Make a round in which both feel heard."""
    found = a_revealed_round()
    for partner in BOTH:
        found = rules.respond(found, partner, LATER)
    for partner in BOTH:
        found = rules.hear(found, partner, Heard.YES, LATER)
    return found


def a_partner(
    partner: PartnerId = ADA, *, zone: str | None = None, acted_at: datetime | None = None
) -> Partner:
    """Make a partner."""
    name = {ADA: "Ada", BEN: "Ben", EVE: "Eve"}[partner]
    return Partner(partner, partner * 100, name, "en", NOW, zone=zone, acted_at=acted_at)


def a_couple() -> Couple:
    """Make the couple of Ada and Ben, whose hour is six in the evening."""
    return Couple(
        CoupleId(7), BOTH, Rhythm(18 * 60, "UTC", set_by=ADA), NOW, NOW.date(), NOW + timedelta(days=1)
    )
