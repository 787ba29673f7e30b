"""An opening, decided: what becomes of a couple whose hour has come. Facts in, an `Opening` out.

A couple's next opening is made when it is due, skipped when it is hours late, and held while one of the two
rests: whoever does not rest by themselves then hears so, once. Opening ends the day of the round before and
begins the next one, unless that local date has had its round: what was revealed is complete, what was not stays
open, and whoever has sealed it hears so. Nothing here loads, saves or sends.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.practice import busy, calendar, deeper, friend, month, rotation, themes, week
from bot.practice import round as rules
from bot.practice.circumstances import Choice, ChoiceReason, Circumstances, Past
from bot.practice.couple import OFFER_AFTER, Couple, CoupleState, depth_of, state_of
from bot.practice.ids import OwnCardId, RoundId
from bot.practice.look_back import LookBack
from bot.practice.own_card import OWN_CARD
from bot.practice.partner import Partner
from bot.practice.round import Round, Turn
from bot.practice.shelf import Card

MEMORY = 60  # rounds that the choice of a prompt looks back on


@dataclass(frozen=True)
class Facts:
    """What an opening asks about a couple."""

    couple: Couple
    pair: tuple[Partner, Partner]  # in the order of their seats
    newest: Round | None = None
    revealed: Sequence[Round] = ()  # others that were revealed, late, and are not complete
    past: Sequence[Past] = ()  # newest first: the last `MEMORY` rounds, or all
    seen: Mapping[str, datetime] = field(default_factory=dict)  # prompts, and when either last saw one
    arcs: AbstractSet[str] = frozenset()  # of all their rounds
    dates: AbstractSet[date] = frozenset()  # that have a round, from the couple's last date on
    own: OwnCardId | None = None  # the card of one of them that comes next


@dataclass(frozen=True)
class Opening:
    """What an opening changes."""

    couple: Couple
    pair: tuple[Partner, Partner]
    before: tuple[Round, ...] = ()  # the rounds before that it changes, the newest first
    round: Round | None = None  # the one that opens
    stay_sealed: tuple[Partner, ...] = ()  # who has sealed the newest of them, which stays open
    slower_offered: bool = False
    deeper_offered: tuple[Partner, ...] = ()  # who is asked, alone, whether prompts may go deeper
    friend_offered: tuple[Partner, ...] = ()  # who is offered the neutral friend, alone
    rest_told: tuple[Partner, ...] = ()  # who is to hear that Attune rests
    weekly: bool = False  # it asks what is asked with a look back at the week
    page: month.PageSpan | None = None  # the month or the year of which a page comes with that look back
    look_back: LookBack | None = None  # a round of long ago that comes up with the one that opens


def following(couple: Couple, now: datetime) -> datetime:
    """Return a couple's next opening after `now`."""
    return calendar.next_opening(couple.rhythm, couple.last_opening, couple.last_date, now)


def decide(facts: Facts, cards: Collection[Card], now: datetime, id_: RoundId) -> Opening | None:
    """Decide a couple's opening; None where none is due. `id_` is for a round that opens.

    Raises NoPromptFitsError.
    """
    couple, pair = facts.couple, facts.pair
    due = couple.next_opening
    if couple.parted_at is not None or due is None or due > now:
        return None
    if calendar.missed(due, now):
        return Opening(replace(couple, next_opening=following(couple, now)), pair)
    if state_of(couple, pair) is CoupleState.RESTING:
        return _rest(facts)
    return _open_next(facts, cards, now, due, id_)


def first(facts: Facts, cards: Collection[Card], now: datetime, id_: RoundId) -> Opening:
    """Decide a new couple's first opening: at once. Raises NoPromptFitsError."""
    return _open(facts, cards, now, calendar.local_date(now, facts.couple.rhythm.zone), id_)


def _rest(facts: Facts) -> Opening:
    """Plan nothing while they rest; whoever does not rest by themselves hears of it once."""
    couple = facts.couple
    told = tuple(p for p in facts.pair if not p.away and p.id not in couple.rest_told)
    heard = couple.rest_told | {partner.id for partner in told}
    return Opening(replace(couple, rest_told=heard, next_opening=None), facts.pair, rest_told=told)


def _open_next(facts: Facts, cards: Collection[Card], now: datetime, due: datetime, id_: RoundId) -> Opening:
    day = calendar.local_date(due, facts.couple.rhythm.zone)
    if day in facts.dates:  # nothing opens, so no day ends
        return _open(facts, cards, now, day, id_)
    return _open(facts, cards, now, day, id_, before=_end_days(facts, now))


def _end_days(facts: Facts, now: datetime) -> tuple[Round, ...]:
    """End the day of the newest round, and whatever is revealed."""
    newest = facts.newest
    live = [newest] if newest is not None and newest.state in rules.LIVE else []
    return tuple(rules.next_opens(round_, now) for round_ in (*live, *facts.revealed))


def _open(
    facts: Facts,
    cards: Collection[Card],
    now: datetime,
    day: date,
    id_: RoundId,
    *,
    before: tuple[Round, ...] | None = None,
) -> Opening:
    """Open a round for a local date that has none, and plan the next opening; `before` are those whose day ends."""
    missed = before[0] if before and before[0].late else None
    lapses = facts.couple.lapses
    if before is not None:  # a day has ended, with a reveal or without
        lapses = lapses + 1 if missed else 0
    past = (replace(facts.past[0], lapsed=True), *facts.past[1:]) if missed and facts.past else facts.past
    known = rotation.known(cards)
    recent = [one for one in past if one.prompt_id in known]
    weekly = week.question(cards, facts.seen) if week.is_due(facts.couple, past, day) else None
    own = None if weekly else facts.own
    if weekly:
        choice = Choice(weekly, ChoiceReason.WEEK)
    elif own is None:
        choice = rotation.choose(cards, _circumstances(facts, recent, known, day, now))
    else:
        choice = Choice(OWN_CARD, ChoiceReason.OWN)
    arc = choice.arc or facts.couple.arc
    page = month.page_due(facts.couple, day) if weekly else None
    couple = replace(
        facts.couple,
        month_back=month.month_before(day) if page else facts.couple.month_back,
        last_opening=now,
        last_date=day,
        next_opening=calendar.next_opening(facts.couple.rhythm, now, day, now),
        arc=None if arc == choice.arc_over else arc,
        lapses=lapses,
    )
    if day in facts.dates:
        return Opening(couple, facts.pair)
    one, two = couple.partners
    opened = Round(
        id=id_,
        couple=couple.id,
        prompt=choice.prompt_id,
        local_date=day,
        opened_at=now,
        turns=(Turn(one), Turn(two)),
        arc=choice.arc,
        ordinal=facts.newest.ordinal + 1 if facts.newest else 0,
        swapped=_swapped(couple, known, recent),
        own=own,
    )
    slower = missed is not None and lapses in OFFER_AFTER
    deeper_offered = tuple(p for p in facts.pair if not slower and deeper.is_due(couple, p, now))
    others = tuple(p for p in facts.pair if not slower and p not in deeper_offered)
    return Opening(
        couple,
        facts.pair,
        before=before or (),
        round=opened,
        weekly=weekly is not None,
        page=page,
        stay_sealed=tuple(p for p in facts.pair if missed and missed.turn(p.id).sealed),
        slower_offered=slower,
        deeper_offered=deeper_offered,
        friend_offered=tuple(p for p in others if friend.is_due(p, now)),
    )


def _circumstances(
    facts: Facts, recent: Sequence[Past], known: Mapping[str, Card], day: date, now: datetime
) -> Circumstances:
    """Say where the couple stands; a prompt that has been withdrawn since is passed over."""
    return Circumstances(
        depth=depth_of(facts.pair),
        today=day,
        seed=facts.couple.id,
        seen={prompt: moment.date() for prompt, moment in facts.seen.items()},
        recent=recent,
        arc=facts.couple.arc,
        arcs_over=facts.arcs - {facts.couple.arc},
        opened=themes.opened(facts.pair),
        passed_over=_passed_over(recent, known),
        wished=themes.wished(facts.pair, now),
        quick=busy.wants_quick(facts.pair, day),
    )


def _passed_over(recent: Sequence[Past], known: Mapping[str, Card]) -> Mapping[str, int]:
    """Count by theme how often either of them lately took another prompt, or let one be."""
    passed: Counter[str] = Counter()
    for past in recent:
        theme = known[past.prompt_id].theme if past.passed else None
        if theme:
            passed[theme] += past.passed
    return passed


def _swapped(couple: Couple, known: Mapping[str, Card], recent: Sequence[Past]) -> bool:
    """Turn the sides about since the last two-sided round; who begins is the couple's own."""
    last = next((past for past in recent if known[past.prompt_id].two_sided), None)
    return rotation.sides_swapped(0, couple.id) if last is None else not last.swapped
