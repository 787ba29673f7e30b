"""An opening is right whatever lies behind a couple: decided from facts alone, without a database."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_year import synthetic_library
from two_people import ADA, BEN, NOW, a_couple, a_partner

from bot.actions import announce
from bot.messages import MessageKind, Priority
from bot.practice import calendar
from bot.practice import opening as rules
from bot.practice.calendar import Quiet, Rhythm
from bot.practice.circumstances import Past
from bot.practice.couple import OFFER_AFTER, Couple, depth_of
from bot.practice.ids import CoupleId, PartnerId, RoundId
from bot.practice.opening import Facts, Opening
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.rotation import NoPromptFitsError
from bot.practice.round import LIVE, Round, RoundState, Turn

K = MessageKind
ALONE = (K.REST_TOLD, K.STAYS_SEALED)
CARDS = tuple(synthetic_library())
BY_ID = {card.id: card for card in CARDS}
ARCS = sorted({card.arc for card in CARDS if card.arc})
ID = RoundId(99)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ZONES = ["UTC", "Europe/Dublin", "Pacific/Kiritimati", "America/St_Johns", "Pacific/Apia"]

moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (Hypothesis wants plain bounds)
rhythms = st.builds(
    Rhythm,
    st.integers(0, 1439),
    st.sampled_from(ZONES),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from([None, ADA]),
)
expectations = st.builds(Expectation, st.sampled_from(Expecting), st.sampled_from([None, RoundId(1)]))


def partners(id_: PartnerId) -> st.SearchStrategy[Partner]:
    """Draw what somebody may have chosen."""
    return st.builds(
        replace,
        st.just(a_partner(id_)),
        zone=st.sampled_from([None, *ZONES]),
        depth=st.integers(1, 3),
        quiet=st.sampled_from([Quiet(), Quiet(0, 0), Quiet(13 * 60, 60)]),
        resting=st.sampled_from([False, False, False, True]),
        reachable=st.sampled_from([True, True, True, False]),
        expectation=expectations,
        acted_at=st.none() | moments,
    )


@st.composite
def histories(draw: st.DrawFn, *, due: bool = False) -> tuple[Facts, datetime]:
    """Draw a couple with what lies behind them, and an instant; `due`: an opening is, and is not missed."""
    rhythm = draw(rhythms)
    now = draw(moments)
    last = now - draw(st.timedeltas(HOUR, 20 * DAY))
    last_date = calendar.local_date(last, rhythm.zone)
    late = draw(st.timedeltas(timedelta(0), 6 * HOUR)) if due else draw(st.timedeltas(-DAY, DAY))
    planned = now - late
    couple = Couple(
        CoupleId(draw(st.integers(1, 9))),
        (ADA, BEN),
        rhythm,
        last_opening=last,
        last_date=last_date,
        next_opening=planned if due else draw(st.sampled_from([planned, planned, None])),
        rest_told=draw(st.frozensets(st.sampled_from([ADA, BEN]))),
        kept=draw(st.integers(0, 99)),
        lapses=draw(st.integers(0, 7)),
        arc=draw(st.sampled_from([None, "gone", *ARCS])),
        parted_at=None if due else draw(st.sampled_from([None, None, None, last])),
    )
    past = [draw(one_past(last_date - n * DAY)) for n in range(draw(st.integers(0, 12)))]
    newest = draw(a_newest(couple, past[0], len(past) - 1)) if past else None
    met = draw(st.sets(st.sampled_from([card.id for card in CARDS]), max_size=9))
    seen = dict.fromkeys(met | {one.prompt_id for one in past}, last)
    arcs = frozenset(draw(st.sets(st.sampled_from(ARCS))))
    dates = frozenset({one.on for one in past[:1]} | draw(st.sets(st.sampled_from([now.date(), last_date]))))
    pair = draw(partners(ADA)), draw(partners(BEN))
    revealed = draw(revealed_late(couple)) if past else ()
    return Facts(couple, pair, newest, revealed, past, seen, arcs, dates), now


def one_past(day: date) -> st.SearchStrategy[Past]:
    """Draw a round that lies behind, of a prompt that may be gone since."""
    prompts = st.sampled_from(["gone", *(card.id for card in CARDS)])
    return st.builds(
        Past, prompts, st.just(day), st.booleans(), st.sampled_from([None, *ARCS]), st.booleans()
    )


def a_newest(couple: Couple, past: Past, ordinal: int) -> st.SearchStrategy[Round]:
    """Draw in which state the newest of these rounds is."""
    turns = Turn(ADA), Turn(BEN)
    made = Round(RoundId(1), couple.id, past.prompt_id, past.on, couple.last_opening, turns, ordinal=ordinal)
    seals = {
        RoundState.WAITING: st.sampled_from([(Turn(ADA, NOW), Turn(BEN)), (Turn(ADA), Turn(BEN, NOW))]),
        RoundState.REVEALED: st.just((Turn(ADA, NOW), Turn(BEN, NOW))),
    }
    return st.sampled_from(RoundState).flatmap(
        lambda state: seals.get(state, st.just(turns)).map(
            lambda sealed: replace(made, state=state, turns=sealed)
        )
    )


def revealed_late(couple: Couple) -> st.SearchStrategy[tuple[Round, ...]]:
    """Draw earlier rounds that were revealed after their day."""
    made = Round(
        RoundId(2),
        couple.id,
        "gone",
        couple.last_date - DAY,
        couple.last_opening,
        (Turn(ADA, NOW), Turn(BEN, NOW)),
        state=RoundState.REVEALED,
        closes_at=couple.last_opening + 14 * DAY,
    )
    return st.sampled_from([(), (made,), (made, replace(made, id=RoundId(3)))])


def changed(before: object, after: object) -> set[str]:
    """Name the fields that differ."""
    return {f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)}  # type: ignore[arg-type]


decide = partial(rules.decide, cards=CARDS, id_=ID)


@given(histories())
def test_an_opening_is_made_skipped_held_or_not_due_and_nothing_else(history: tuple[Facts, datetime]) -> None:
    """By the couple's plan, the hours that it is late, and whether one of them rests: in this order."""
    facts, now = history
    couple, due = facts.couple, facts.couple.next_opening
    opening = decide(facts, now=now)
    if couple.parted_at is not None or due is None or due > now:
        assert opening is None
        return
    assert opening is not None
    if now - due > 6 * HOUR:
        assert changed(couple, opening.couple) == {"next_opening"}
        assert opening == Opening(opening.couple, facts.pair)
    elif any(partner.away for partner in facts.pair):
        assert opening.couple.next_opening is None
        assert changed(couple, opening.couple) <= {"next_opening", "rest_told"}
        assert opening.round is None
        assert opening.before == ()
    else:
        assert opening.rest_told == ()
        assert opening.couple.last_opening == now
    following = opening.couple.next_opening
    assert following is None or following > now


@given(histories())
def test_the_same_facts_bring_the_same_opening(history: tuple[Facts, datetime]) -> None:
    """Asked twice, and whoever of the two sits first: no clock and no chance has a say."""
    facts, now = history
    assert decide(facts, now=now) == decide(replace(facts, past=tuple(facts.past)), now=now)


@given(histories())
def test_who_hears_of_a_rest_is_who_does_not_rest_and_hears_it_once(history: tuple[Facts, datetime]) -> None:
    """Whoever rests by themselves knows; and what is told once is not told at the next hour."""
    facts, now = history
    opening = decide(facts, now=now)
    told = opening.rest_told if opening else ()
    assert all(not partner.away and partner.id not in facts.couple.rest_told for partner in told)
    if opening is not None and told:
        assert opening.couple.rest_told == facts.couple.rest_told | {partner.id for partner in told}
        again = replace(facts, couple=replace(opening.couple, next_opening=now))
        second = decide(again, now=now)
        assert second is not None
        assert second.rest_told == ()
    messages = announce.opened(opening, now) if opening else []
    assert {m.to for m in messages if m.kind is K.REST_TOLD} == {partner.id for partner in told}
    assert all(m.about is None for m in messages if m.kind is K.REST_TOLD)


@given(histories(due=True))
def test_a_round_opens_once_a_local_date(history: tuple[Facts, datetime]) -> None:
    """On the date of its hour where the couple is, numbered after the one before; a date that has one gets none."""
    facts, now = history
    opening = decide(facts, now=now)
    assert opening is not None
    if opening.couple.last_opening != now:
        return  # one of the two rests
    due = facts.couple.next_opening
    assert due is not None
    day = calendar.local_date(due, facts.couple.rhythm.zone)
    assert opening.couple.last_date == day
    assert (opening.round is None) == (day in facts.dates)
    if opening.round is not None:
        opened = opening.round
        assert (opened.id, opened.couple, opened.local_date, opened.opened_at) == (
            ID, facts.couple.id, day, now,
        )  # fmt: skip
        assert opened.ordinal == len(facts.past)
        assert (opened.state, opened.turns) == (RoundState.OPEN, (Turn(ADA), Turn(BEN)))
        assert BY_ID[opened.prompt].depth <= depth_of(facts.pair)
    following = opening.couple.next_opening
    assert following is not None
    assert following >= now + 12 * HOUR
    assert calendar.local_date(following, facts.couple.rhythm.zone) > day


@given(histories(due=True))
def test_the_day_of_the_round_before_ends_where_one_opens(history: tuple[Facts, datetime]) -> None:
    """Complete where it was revealed, else open for two weeks; every third in a row offers a slower rhythm."""
    facts, now = history
    opening = decide(facts, now=now)
    assert opening is not None
    if opening.couple.last_opening != now:
        return
    newest = [facts.newest] if facts.newest is not None and facts.newest.state in LIVE else []
    if opening.round is None:
        assert opening.before == ()
        assert opening.couple.lapses == facts.couple.lapses
        return
    assert opening.before == tuple(ended(round_, now) for round_ in (*newest, *facts.revealed))
    missed = bool(newest) and newest[0].state is not RoundState.REVEALED
    assert opening.couple.lapses == (facts.couple.lapses + 1 if missed else 0)
    assert opening.slower_offered == (missed and opening.couple.lapses in OFFER_AFTER)


def ended(round_: Round, now: datetime) -> Round:
    """Give a live round as the end of its day leaves it."""
    if round_.state is RoundState.REVEALED:
        return replace(round_, state=RoundState.COMPLETE, ended_at=now)
    return replace(round_, closes_at=now + 14 * DAY)


@given(histories(due=True))
def test_whoever_has_sealed_what_stays_open_hears_so_alone(history: tuple[Facts, datetime]) -> None:
    """Before the new prompt, and whatever the other has done."""
    facts, now = history
    opening = decide(facts, now=now)
    assert opening is not None
    told = [m for m in announce.opened(opening, now) if m.kind is K.STAYS_SEALED]
    newest = facts.newest
    sealed = {turn.partner for turn in newest.turns if turn.sealed} if newest else set()
    if newest is None or newest.state is not RoundState.WAITING or opening.round is None:
        sealed = set()
    assert {m.to for m in told} == sealed
    assert all(newest is not None and m.round == newest.id for m in told)


@given(histories(due=True))
def test_an_opening_changes_what_is_its_own_and_nothing_else(history: tuple[Facts, datetime]) -> None:
    """No choice of a person's moves, nor what they were asked: it grows old by itself."""
    facts, now = history
    opening = decide(facts, now=now)
    assert opening is not None
    assert changed(facts.couple, opening.couple) <= {
        "last_opening", "last_date", "next_opening", "lapses", "arc", "rest_told",
    }  # fmt: skip
    assert opening.pair == facts.pair


@given(histories(due=True))
def test_each_of_the_two_gets_a_prompt_and_a_reminder_or_neither_does(
    history: tuple[Facts, datetime],
) -> None:
    """Both alike, with keys that a repetition would share; the offer of a slower rhythm is for both too."""
    facts, now = history
    opening = decide(facts, now=now)
    assert opening is not None
    messages = announce.opened(opening, now)
    for partner in facts.pair:
        kinds = [m.kind for m in messages if m.to == partner.id and m.kind not in ALONE]
        prompts = [K.PROMPT, K.REMINDER] if opening.round else []
        offered = [K.SLOWER_OFFER] if opening.slower_offered else []
        offered += [K.DEEPER_OFFER] if partner in opening.deeper_offered else []
        offered += [K.FRIEND_OFFER] if partner in opening.friend_offered else []
        assert kinds == prompts + offered
    keys = [m.dedupe for m in messages if m.kind in (K.PROMPT, K.REMINDER)]
    assert len(set(keys)) == len(keys)
    assert all(m.priority is Priority.MORNING and m.due is not None and m.due >= now for m in messages)


@given(histories(due=True))
def test_sides_alternate(history: tuple[Facts, datetime]) -> None:
    """Whoever told first last time imagines first this time, whatever one-sided rounds lie between."""
    facts, now = history
    opening = decide(facts, now=now)
    if opening is None or opening.round is None or not BY_ID[opening.round.prompt].two_sided:
        return
    sided = [one for one in facts.past if one.prompt_id in BY_ID and BY_ID[one.prompt_id].two_sided]
    if sided:
        assert opening.round.swapped is not sided[0].swapped


@given(st.integers(1, 99), rhythms, st.lists(st.booleans(), min_size=40, max_size=40))
def test_forty_openings_bring_forty_dates_and_forty_prompts(
    seed: int, rhythm: Rhythm, kept: list[bool]
) -> None:
    """Each opening stands on the one before: dates grow, no prompt comes twice, each round has its number."""
    couple = replace(
        a_couple(), id=CoupleId(seed), rhythm=rhythm, last_date=calendar.local_date(NOW, rhythm.zone)
    )
    facts = Facts(couple, (a_partner(ADA), a_partner(BEN)))
    opening: Opening | None = rules.first(facts, CARDS, NOW, ID)
    rounds: list[Round] = []
    for revealed in kept:
        assert opening is not None
        assert opening.round is not None
        rounds.insert(0, opening.round)
        facts = after(facts, opening, revealed=revealed)
        assert opening.couple.next_opening is not None
        opening = decide(facts, now=opening.couple.next_opening)
    days = [round_.local_date for round_ in reversed(rounds)]
    assert days == sorted(set(days))
    assert [round_.ordinal for round_ in reversed(rounds)] == list(range(len(kept)))
    assert len({round_.prompt for round_ in rounds}) == len(kept)


def after(facts: Facts, opening: Opening, *, revealed: bool) -> Facts:
    """Give the facts of the next opening, where a round was revealed or not."""
    assert opening.round is not None
    state = RoundState.REVEALED if revealed else RoundState.OPEN
    missed = any(round_.late for round_ in opening.before)
    ended = [replace(one, lapsed=missed) if n == 0 else one for n, one in enumerate(facts.past)]
    opened = opening.round
    past = [Past(opened.prompt, opened.local_date, arc=opened.arc, swapped=opened.swapped), *ended]
    return Facts(
        opening.couple,
        opening.pair,
        replace(opened, state=state),
        (),
        past,
        {**facts.seen, opened.prompt: opened.opened_at},
        facts.arcs | ({opened.arc} if opened.arc else set()),
        frozenset({opened.local_date}),
    )


def test_where_no_prompt_fits_nothing_is_opened() -> None:
    """A deck without a prompt for the couple's depth is said, not guessed at."""
    deep = tuple(card for card in CARDS if card.depth == 3)
    with pytest.raises(NoPromptFitsError):
        rules.first(Facts(a_couple(), (a_partner(ADA), a_partner(BEN))), deep, NOW, ID)
