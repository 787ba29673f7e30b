"""The outbox: one row a call, each once, and of one chat always in order."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_house import HOUR, NOW, House, a_message, a_partner, empty_outbox

from bot.messages import (
    Message,
    MessageKind,
    Outcome,
    Priority,
    Refused,
    Sent,
    TryLater,
    Unreachable,
    Withdrawn,
)
from bot.practice.ids import CoupleId, InviteId, PartnerId, PieceId, RoundId, RowId
from storage.database import Database
from storage.unit import Unit

K = MessageKind
MINUTE = timedelta(minutes=1)
IDS = st.integers(1, 2**62)
SOME = st.none() | IDS
each_in_turn = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def states(house: House) -> list[tuple[str, str]]:
    """Tell the kinds and states of all rows, in the order in which they were put."""
    return house.outside("SELECT kind, state FROM outbox ORDER BY id")


async def withdrawn(unit: Unit, **given: Any) -> int:
    """Withdraw, and count what that took."""
    count = "SELECT count(*) AS n FROM outbox WHERE state = 'withdrawn'"
    before, after = unit.context.transaction.row(count), unit.context.transaction.row(count)
    had = (await before or {"n": 0})["n"]
    await unit.outbox.withdraw(**given)
    return int((await after or {"n": 0})["n"] - had)


MESSAGES = st.builds(
    Message,
    kind=st.sampled_from(K),
    chat=st.integers(-(2**40), 2**40),
    to=SOME.map(lambda n: None if n is None else PartnerId(n)),
    language=st.none() | st.sampled_from(["en", "pt-br"]),
    couple=SOME.map(lambda n: None if n is None else CoupleId(n)),
    round=SOME.map(lambda n: None if n is None else RoundId(n)),
    about=SOME.map(lambda n: None if n is None else PartnerId(n)),
    invite=SOME.map(lambda n: None if n is None else InviteId(n)),
    piece=SOME.map(lambda n: None if n is None else PieceId(n)),
    start=st.none() | st.integers(0, 4096),
    end=st.none() | st.integers(0, 4096),
    details=st.dictionaries(
        st.text(max_size=8), st.integers(-(2**53), 2**53) | st.text(max_size=8), max_size=3
    ),
    priority=st.sampled_from(Priority),
    due=st.none() | st.just(NOW - HOUR),
    not_after=st.none() | st.just(NOW),
    dedupe=st.none() | st.text(st.characters(codec="utf-8"), max_size=9),
    edit=SOME,
)


@each_in_turn
@given(message=MESSAGES)
async def test_a_message_comes_out_as_it_went_in(database: Database, message: Message) -> None:
    """With everything that it carries; what is due at once is due when it was put."""
    async with database.unit(NOW) as unit:
        await empty_outbox(unit)
        await unit.outbox.put(message)
        rows = await unit.spool.lease(9)
    assert [row.message for row in rows] == [replace(message, due=message.due or NOW)]
    assert rows[0].attempts == 0


async def test_a_known_dedupe_does_nothing(house: House, database: Database) -> None:
    """In the same put, in a later unit, and after it was sent; without one, nothing is the same."""
    async with database.unit(NOW) as unit:
        to = a_partner(unit)
        once = a_message(to, dedupe="once")
        await unit.outbox.put(once, once, a_message(to), a_message(to))
        for row in await unit.spool.lease(9):
            await unit.spool.settle(row.id, Sent(1))
    async with database.unit(NOW) as unit:
        await unit.outbox.put(replace(once, kind=K.SAFETY, priority=Priority.REPLY))
        assert await unit.spool.lease(9) == []
    assert states(house) == [("help", "sent")] * 3


async def test_a_reply_lifts_what_its_chat_waits_for(database: Database) -> None:
    """The chat's earlier rows come before it, and before everybody's morning; what is due later stays."""
    async with database.unit(NOW) as unit:
        me, others = a_partner(unit), [a_partner(unit) for _ in range(3)]
        await unit.outbox.put(*(a_message(to, priority=Priority.MORNING) for to in others))
        await unit.outbox.put(
            a_message(me, kind=K.PROMPT, priority=Priority.MORNING),
            a_message(me, kind=K.REMINDER, priority=Priority.MORNING, due=NOW + HOUR),
            a_message(me, kind=K.TODAY, priority=Priority.REPLY),
        )
        await unit.outbox.put(a_message(me, kind=K.HELP, dedupe="x"), a_message(me, kind=K.HELP, dedupe="x"))
        rows = await unit.spool.lease(4)
    assert [row.message.kind for row in rows] == [K.PROMPT, K.TODAY, K.HELP, K.HELP]
    assert [row.message.chat for row in rows] == [me.chat, me.chat, me.chat, others[0].chat]
    assert {row.message.priority for row in rows[:3]} == {Priority.REPLY}


async def test_a_deduped_reply_lifts_nothing(database: Database) -> None:
    """It was not put."""
    async with database.unit(NOW) as unit:
        me = a_partner(unit)
        await unit.outbox.put(a_message(me, dedupe="once"))
        for row in await unit.spool.lease(1):
            await unit.spool.settle(row.id, Sent())
        await unit.outbox.put(a_message(me, priority=Priority.MORNING), a_message(me, dedupe="once"))
        rows = await unit.spool.lease(9)
    assert [row.message.priority for row in rows] == [Priority.MORNING]


async def test_what_comes_back_is_not_lifted_over_what_is_before_it(database: Database) -> None:
    """A row that was on its way, and one that was put meanwhile but fell due before it."""
    async with database.unit(NOW) as unit:
        me = a_partner(unit)
        await unit.outbox.put(a_message(me, kind=K.TODAY))
        assert len(await unit.spool.lease(9)) == 1
        await unit.outbox.put(a_message(me, kind=K.PROMPT, priority=Priority.MORNING, due=NOW - MINUTE))
        await unit.spool.release()
        assert [row.message.kind for row in await unit.spool.lease(9)] == [K.PROMPT, K.TODAY]


async def test_one_kind_alone_never_overtakes_its_chat(database: Database) -> None:
    """`only` takes a chat's row of that priority where nothing earlier waits."""
    async with database.unit(NOW) as unit:
        busy, free = a_partner(unit), a_partner(unit)
        await unit.outbox.put(
            a_message(busy, priority=Priority.EVENT),
            a_message(busy, priority=Priority.MORNING),
            a_message(free, priority=Priority.MORNING),
            a_message(free, priority=Priority.MORNING),
        )
        mornings = await unit.spool.lease(9, only=Priority.MORNING)
        assert [row.message.chat for row in mornings] == [free.chat, free.chat]
        assert [row.message.chat for row in await unit.spool.lease(9)] == [busy.chat, busy.chat]
        assert await unit.spool.lease(9, only=Priority.REPLY) == []


async def test_chats_that_wait_are_passed_over(database: Database) -> None:
    """Those that the drain names, and those that Telegram has asked to wait, also for what is put later."""
    async with database.unit(NOW) as unit:
        one, two = a_partner(unit), a_partner(unit)
        await unit.outbox.put(a_message(one), a_message(two))
        assert await unit.spool.lease(9, [one.chat, two.chat]) == []
        (row,) = await unit.spool.lease(9, {two.chat})
        await unit.spool.postpone(row.id, one.chat, NOW + MINUTE, counted=True)
        await unit.spool.postpone(row.id, one.chat, NOW + MINUTE / 2, counted=False)
        await unit.outbox.put(a_message(one, kind=K.TODAY))
        assert [row.message.chat for row in await unit.spool.lease(9)] == [two.chat]
        assert await unit.spool.next_due() == NOW + MINUTE
    async with database.unit(NOW + MINUTE) as unit:
        assert await unit.spool.next_due() == NOW
        rows = await unit.spool.lease(9)
    assert [(row.message.kind, row.attempts) for row in rows] == [(K.HELP, 1), (K.TODAY, 0)]


@pytest.mark.parametrize(
    ("outcome", "state", "message"),
    [
        (Sent(77), "sent", 77),
        (Sent(), "sent", None),
        (Unreachable(), "failed", None),
        (Refused("no"), "failed", None),
        (Withdrawn(), "withdrawn", None),
    ],
)
async def test_a_row_is_settled_once(
    house: House, database: Database, outcome: Outcome, state: str, message: int | None
) -> None:
    """With what became of it and when; what is settled stays so, and a row that is no more is no error."""
    async with database.unit(NOW) as unit:
        await unit.outbox.put(a_message(a_partner(unit)))
        (row,) = await unit.spool.lease(9)
    async with database.unit(NOW + HOUR) as unit:
        await unit.spool.settle(row.id, outcome)
        await unit.spool.settle(row.id, Sent(99))
        await unit.spool.settle(RowId(1), Sent(99))
        await unit.spool.postpone(row.id, 1, NOW, counted=True)
        assert await unit.spool.release() == 0
        assert await unit.spool.lease(9) == []
    found = house.outside("SELECT state, message_id, settled_at - due_at FROM outbox")
    assert found == [(state, message, HOUR / timedelta(microseconds=1))]


async def test_a_visitor_is_not_remembered(house: House, database: Database) -> None:
    """Once they are answered, nothing of the row tells who it was; a partner's row keeps what it has."""
    async with database.unit(NOW) as unit:
        to = a_partner(unit)
        await unit.outbox.put(Message(K.WELCOME, 4711, language="en"), a_message(to, edit=3))
        for row in await unit.spool.lease(9):
            await unit.spool.settle(row.id, Sent(1))
    assert house.outside("SELECT chat_id, ids FROM outbox ORDER BY id") == [
        (0, "{}"),
        (to.chat, '{"edit":3}'),
    ]


async def test_trying_later_is_not_settling(database: Database) -> None:
    """It is a fault of ours to settle such a row."""
    async with database.unit(NOW) as unit:
        with pytest.raises(ValueError, match="postponed"):
            await unit.spool.settle(RowId(1), TryLater())


async def test_what_is_past_its_time_is_withdrawn(house: House, database: Database) -> None:
    """Where it would have been leased, and however much of it there is."""
    async with database.unit(NOW) as unit:
        to = a_partner(unit)
        await unit.outbox.put(*(a_message(to, not_after=NOW) for _ in range(5)), a_message(to, kind=K.TODAY))
    async with database.unit(NOW + MINUTE) as unit:
        assert [row.message.kind for row in await unit.spool.lease(2)] == [K.TODAY]
        assert await unit.spool.lease(2) == []
        assert await unit.spool.lease(0) == []
        assert await unit.spool.next_due() is None
    assert states(house) == [*[("help", "withdrawn")] * 5, ("today", "leased")]


async def test_released_rows_are_leased_again(database: Database) -> None:
    """At a start: those of a process that is no more."""
    async with database.unit(NOW) as unit:
        to = a_partner(unit)
        await unit.outbox.put(a_message(to), a_message(to))
        before = await unit.spool.lease(9)
        assert await unit.spool.release() == 2
        assert await unit.spool.lease(9) == before


async def test_withdrawing_takes_all_that_is_given(house: House, database: Database) -> None:
    """Each argument narrows it; none at all is a fault of ours."""
    async with database.unit(NOW) as unit:
        me, you = a_partner(unit), a_partner(unit)
        facts: list[dict[str, Any]] = [
            {"kind": K.PROMPT, "couple": CoupleId(1), "round": RoundId(1)},
            {"kind": K.REMINDER, "couple": CoupleId(1), "round": RoundId(1), "due": NOW + HOUR},
            {"kind": K.REMINDER, "couple": CoupleId(1), "round": RoundId(2)},
            {"kind": K.HELP, "about": you.id},
        ]
        await unit.outbox.put(*(a_message(me, **fact) for fact in facts), a_message(you))
        with pytest.raises(ValueError, match="what"):
            await unit.outbox.withdraw()
        reminder = {"couple": CoupleId(1), "round_": RoundId(1), "kinds": {K.REMINDER}}
        assert await withdrawn(unit, to=you.id, kinds=[K.PROMPT]) == 0
        assert await unit.outbox.waits(me.id, {K.REMINDER}, RoundId(1))
        assert await withdrawn(unit, **reminder) == 1
        assert not await unit.outbox.waits(me.id, {K.REMINDER}, RoundId(1))
        assert await unit.outbox.waits(me.id, {K.REMINDER})
        assert await withdrawn(unit, **reminder) == 0
        assert await withdrawn(unit, about=you.id) == 1
        assert await withdrawn(unit, to=me.id) == 2
        assert [row.message.chat for row in await unit.spool.lease(9)] == [you.chat]
    assert [state for _, state in states(house)] == ["withdrawn"] * 4 + ["leased"]


async def test_a_row_on_its_way_is_not_withdrawn_but_goes_no_further(
    house: House, database: Database
) -> None:
    """Whether Telegram has it can't be known: one is sent after all, one comes back and stops."""
    async with database.unit(NOW) as unit:
        to = a_partner(unit)
        await unit.outbox.put(a_message(to), a_message(to), a_message(to))
        first, second, third = await unit.spool.lease(9)
        assert await withdrawn(unit, to=to.id) == 0
        assert not await unit.outbox.waits(to.id, [first.message.kind])
        await unit.spool.settle(first.id, Sent(5))
        await unit.spool.postpone(second.id, to.chat, NOW, counted=True)
        assert await unit.spool.lease(9) == []
        assert await unit.spool.release() == 1
        assert await unit.spool.lease(9) == []
        assert third.attempts == 0
    assert [state for _, state in states(house)] == ["sent", "withdrawn", "withdrawn"]


async def test_the_newest_sent_message_is_found(database: Database) -> None:
    """Of these kinds, to this partner, in this round or in any; not what never became a message."""
    async with database.unit(NOW) as unit:
        me, you = a_partner(unit), a_partner(unit)
        put: list[tuple[Message, Outcome]] = [
            (a_message(me, kind=K.DRAFT, round=RoundId(1)), Sent(11)),
            (a_message(me, kind=K.SEALED, round=RoundId(1)), Sent(12)),
            (a_message(me, kind=K.DRAFT, round=RoundId(2)), Sent(13)),
            (a_message(me, kind=K.DRAFT, round=RoundId(2)), Sent()),
            (a_message(me, kind=K.DRAFT, round=RoundId(2)), Refused("no")),
            (a_message(you, kind=K.DRAFT, round=RoundId(2)), Sent(14)),
        ]
        await unit.outbox.put(*(message for message, _ in put))
        rows = {row.id: row for row in await unit.spool.lease(9)}
        for row, (_, outcome) in zip(sorted(rows), put, strict=True):
            await unit.spool.settle(row, outcome)
        sent = unit.outbox.sent
        assert await sent(me.id, (K.DRAFT, K.SEALED), RoundId(1)) == 12
        assert await sent(me.id, [K.DRAFT], RoundId(1)) == 11
        assert await sent(me.id, {K.DRAFT}, None) == 13
        assert await sent(me.id, [K.HELP], None) is None
        assert await sent(me.id, [], None) is None
        assert await sent(you.id, [K.DRAFT], RoundId(1)) is None


async def test_a_message_keeps_its_buttons_until_they_are_taken_off(database: Database) -> None:
    """And gets them again by a later edit; what was taken off another message does not count."""
    async with database.unit(NOW) as unit:
        me = a_partner(unit)
        round_ = RoundId(1)

        async def sent(kind: MessageKind, number: int) -> None:
            await unit.outbox.put(a_message(me, kind=kind, round=round_))
            (row,) = await unit.spool.lease(1)
            await unit.spool.settle(row.id, Sent(number))

        async def found() -> int | None:
            one = await unit.outbox.with_buttons(me.id, (K.DRAFT, K.SEALED), round_)
            return one.number if one else None

        assert await found() is None
        await sent(K.DRAFT, 11)
        assert await found() == 11
        await sent(K.BUTTONS_OFF, 10)
        assert await found() == 11
        await sent(K.BUTTONS_OFF, 11)
        assert await found() is None
        await sent(K.SEALED, 11)
        assert await found() == 11
        assert await unit.outbox.with_buttons(me.id, (K.DRAFT,), RoundId(2)) is None


async def test_what_is_held_can_leave_sooner(house: House, database: Database) -> None:
    """In its order, to one partner, of some kinds; what stands before it in the chat is lifted with it."""
    woken: list[str] = []
    database.on_queued(lambda: woken.append("drain"))
    async with database.unit(NOW) as unit:
        me, you = a_partner(unit), a_partner(unit)
        put = [
            a_message(me, kind=K.PROMPT, priority=Priority.MORNING),
            a_message(me, kind=K.REVEAL_WORDS, priority=Priority.EVENT, due=NOW + 3 * HOUR),
            a_message(me, kind=K.REVEAL_FRAME, priority=Priority.EVENT, due=NOW + 2 * HOUR),
            a_message(me, kind=K.REMINDER, priority=Priority.MORNING, due=NOW + HOUR),
            a_message(you, kind=K.REVEAL_FRAME, priority=Priority.EVENT, due=NOW + HOUR),
        ]
        await unit.outbox.put(*put)
    woken.clear()
    async with database.unit(NOW) as unit:
        assert await unit.outbox.hasten(me.id, (K.REVEAL_WORDS, K.REVEAL_FRAME)) == 2
    async with database.unit(NOW + MINUTE) as unit:
        rows = await unit.spool.lease(9)
        assert [row.message.kind for row in rows] == [K.PROMPT, K.REVEAL_FRAME, K.REVEAL_WORDS]
        assert {row.message.priority for row in rows} == {Priority.EVENT}
        assert await unit.outbox.hasten(me.id, (K.REVEAL_WORDS, K.REVEAL_FRAME)) == 0
    assert woken == ["drain"]
    assert [kind for kind, state in states(house) if state == "queued"] == ["reminder", "reveal_frame"]
