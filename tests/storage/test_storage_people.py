"""Partners, couples, invites and updates: what goes in comes out, whatever it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_house import DAY, HOUR, NOW, House, a_couple, a_partner

from bot.practice.calendar import Quiet, Rhythm
from bot.practice.ids import CoupleId, InviteId, PartnerId, RoundId
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Expectation, Expecting, Partner
from storage.database import Database
from storage.instants import from_micros, to_micros
from storage.unit import Unit

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (Hypothesis adds the zone)
NAMES = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
IDS = st.integers(1, 2**62)
MINUTES = st.integers(0, 24 * 60 - 1)
QUIETS = st.builds(
    lambda start, length: Quiet(start, (start + length) % (24 * 60)), MINUTES, st.integers(0, 12 * 60)
)
EXPECTATIONS = st.builds(
    Expectation,
    st.sampled_from(Expecting),
    st.none() | IDS.map(RoundId),
    st.none() | st.sampled_from(["i-see", "tell-me"]),
)
CHOICES = st.fixed_dictionaries(
    {
        "name": NAMES,
        "username": st.none() | NAMES,
        "zone": st.none() | st.sampled_from(["Europe/Berlin", "Asia/Kathmandu"]),
        "quiet": QUIETS,
        "reminders": st.booleans(),
        "depth": st.integers(1, 3),
        "protect": st.booleans(),
        "cover": st.booleans(),
        "plain": st.booleans(),
        "coach": st.booleans(),
        "suggested": st.none() | st.just("but"),
        "exported_at": st.none() | MOMENTS,
        "helped_at": st.none() | MOMENTS,
        "missing_at": st.none() | MOMENTS,
        "resting": st.booleans(),
        "reachable": st.booleans(),
        "acted_at": st.none() | MOMENTS,
        "expectation": EXPECTATIONS,
        "consented_at": MOMENTS,
    }
)

each_in_turn = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@settings(deadline=None)
@given(moment=MOMENTS)
def test_an_instant_comes_back_to_the_microsecond(moment: datetime) -> None:
    """And keeps its order."""
    assert from_micros(to_micros(moment)) == moment
    assert to_micros(moment + timedelta(microseconds=1)) == to_micros(moment) + 1
    assert to_micros(None) is None
    assert from_micros(None) is None


def test_a_naive_instant_is_refused() -> None:
    """It would be anybody's guess."""
    with pytest.raises(TypeError):
        to_micros(datetime(2026, 1, 1))  # noqa: DTZ001 (the refused one)


@each_in_turn
@given(first=CHOICES, then=CHOICES)
async def test_a_partner_comes_back_as_stored(
    database: Database, first: dict[str, Any], then: dict[str, Any]
) -> None:
    """By id and by chat, when added and when saved."""
    async with database.unit(NOW) as unit:
        added = replace(a_partner(unit), **first)
        await unit.partners.add(added)
    async with database.unit(NOW) as unit:
        assert await unit.partners.get(added.id) == added
        assert await unit.partners.by_chat(added.chat) == added
        saved = replace(added, **then)
        await unit.partners.save(saved)
    async with database.unit(NOW) as unit:
        assert await unit.partners.find(added.id) == saved


async def test_a_partner_is_known_by_their_own_chat_alone(database: Database) -> None:
    """A chat that is nobody's is nobody's, however near its number is; a name is no way to find anybody."""
    async with database.unit(NOW) as unit:
        one, other = a_partner(unit), a_partner(unit)
        for partner in (one, other):
            await unit.partners.add(partner)
    async with database.unit(NOW) as unit:
        for partner in (one, other):
            found = await unit.partners.by_chat(partner.chat)
            assert found is not None
            assert found.id == partner.id
        strangers = {one.chat - 1, one.chat + 1, other.chat + 1, -one.chat} - {one.chat, other.chat}
        assert [chat for chat in strangers if await unit.partners.by_chat(chat) is not None] == []


async def test_who_is_not_there_is_none_or_an_error(database: Database) -> None:
    """As each method says."""
    async with database.unit(NOW) as unit:
        nobody = a_partner(unit)
        assert await unit.partners.find(nobody.id) is None
        assert await unit.partners.by_chat(nobody.chat) is None
        assert await unit.couples.of(nobody.id) is None
        assert await unit.couples.next_due() is None
        await unit.partners.forget(nobody.id)
        for wrong in (
            unit.partners.get(nobody.id),
            unit.partners.save(nobody),
            unit.couples.get(CoupleId(1)),
            unit.invites.add(Invite(InviteId(1), nobody.id, NOW), "code"),
        ):
            with pytest.raises(LookupError):
                await wrong


RHYTHMS = st.builds(
    Rhythm,
    MINUTES,
    st.sampled_from(["UTC", "Asia/Kathmandu"]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.none() | IDS.map(PartnerId),
)
DATES = st.dates(date(2020, 1, 1), date(2100, 1, 1))


@each_in_turn
@given(data=st.data())
async def test_a_couple_comes_back_as_stored(database: Database, data: st.DataObject) -> None:
    """When added and when saved, also parted; its partners are in it while it lasts."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        changed = replace(
            couple,
            rhythm=data.draw(RHYTHMS),
            last_opening=data.draw(MOMENTS),
            last_date=data.draw(DATES),
            next_opening=data.draw(st.none() | MOMENTS),
            rest_told=data.draw(st.frozensets(st.sampled_from([one.id, two.id]))),
            keepable=data.draw(st.frozensets(st.sampled_from([one.id, two.id]))),
            kept=data.draw(st.integers(0, 9999)),
            lapses=data.draw(st.integers(0, 9)),
            arc=data.draw(st.none() | st.just("week-of-thanks")),
            parted_at=data.draw(st.none() | MOMENTS),
            looked_back_at=data.draw(st.none() | MOMENTS),
            week_day=data.draw(st.none() | st.integers(0, 6)),
        )
        assert await unit.couples.of(two.id) == couple
        await unit.couples.save(changed)
    async with database.unit(NOW) as unit:
        assert await unit.couples.get(couple.id) == changed
        there = None if changed.parted_at else changed
        assert [await unit.couples.of(partner) for partner in couple.partners] == [there, there]


async def test_one_couple_at_a_time(house: House, database: Database) -> None:
    """The table holds it; after parting there may be another, and it is another."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        again = replace(couple, id=CoupleId(unit.new_id()))
        with pytest.raises(Exception, match=r"(?i)unique"):
            async with unit.savepoint():
                await unit.couples.add(again)
        await unit.couples.save(replace(couple, parted_at=NOW, next_opening=None))
        await unit.couples.add(again)
        assert await unit.couples.of(one.id) == again
    assert house.outside("SELECT count(*) FROM seats WHERE partner_id = ?", two.id) == [(2,)]


async def test_what_is_due_comes_earliest_first(database: Database) -> None:
    """Not the parted, not those for whom nothing is due, and no more than asked for."""
    async with database.unit(NOW) as unit:
        couples = [(await a_couple(unit))[0] for _ in range(5)]
        at = [NOW + HOUR, NOW, None, NOW - HOUR, NOW - DAY]
        for couple, moment in zip(couples, at, strict=True):
            await unit.couples.save(replace(couple, next_opening=moment))
        parted = replace(couples[4], next_opening=NOW - DAY, parted_at=NOW)
        await unit.couples.save(parted)
    async with database.unit(NOW) as unit:
        earliest = NOW - HOUR
        assert await unit.couples.due(NOW, 9) == ([couples[3].id, couples[1].id], earliest)
        assert await unit.couples.due(NOW, 1) == ([couples[3].id], earliest)
        assert await unit.couples.next_due() == NOW - HOUR


async def an_invite(unit: Unit, inviter: Partner, code: str) -> Invite:
    """Store an invite."""
    made = Invite(InviteId(unit.new_id()), inviter.id, unit.now + 2 * DAY)
    await unit.invites.add(made, code)
    return made


async def test_an_invite_is_found_by_its_code_and_shows_it(house: House, database: Database) -> None:
    """The code itself stands nowhere."""
    code = "kQ3-this-would-be-192-random-bits"
    async with database.unit(NOW) as unit:
        _, inviter, joiner = await a_couple(unit)
        made = await an_invite(unit, inviter, code)
        assert await unit.invites.get(made.id) == made
        assert await unit.invites.by_code(code) == made
        assert await unit.invites.code(made.id) == code
        claimed = replace(made, state=InviteState.CLAIMED, joiner=joiner.id, expires_at=NOW)
        await unit.invites.save(claimed)
        assert await unit.invites.get(made.id) == claimed
    async with database.unit(NOW) as unit:
        assert await unit.invites.by_code(code + "x") is None
        assert await unit.invites.get(InviteId(1)) is None
        assert await unit.invites.code(InviteId(1)) is None
    assert house.holding(code.encode()) == []


async def test_live_invites_of_a_partner_are_those_they_gave_or_took(database: Database) -> None:
    """Oldest first, without the spent, and one that is both only once."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        given = await an_invite(unit, one, "a")
        taken = replace(await an_invite(unit, two, "b"), state=InviteState.CLAIMED, joiner=one.id)
        spent = replace(await an_invite(unit, one, "c"), state=InviteState.SPENT)
        own = replace(await an_invite(unit, one, "d"), joiner=one.id)
        for invite in (taken, spent, own):
            await unit.invites.save(invite)
        assert await unit.invites.of(one.id) == [given, taken, own]
        assert await unit.invites.of(two.id) == [taken]


async def test_an_update_takes_effect_once(database: Database) -> None:
    """In the same unit, in a later one, and whatever comes between."""
    async with database.unit(NOW) as unit:
        assert await unit.updates.record(2**40)
        assert not await unit.updates.record(2**40)
    async with database.unit(NOW) as unit:
        assert await unit.updates.record(3)
        assert not await unit.updates.record(2**40)


async def test_two_people_in_one_chat_are_refused(database: Database) -> None:
    """A private chat is one person's; the failure names no value."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
        with pytest.raises(Exception, match=r"(?i)unique") as caught:
            async with unit.savepoint():
                await unit.partners.add(a_partner(unit, chat=one.chat, name="Secret Name"))
        assert str(one.chat) not in str(caught.value)
        assert "Secret" not in str(caught.value)
