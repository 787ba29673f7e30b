"""Rest: each has their own, nobody can lift the other's, and the other hears one sentence of it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from memory import stored
from people import Person, couple, later, lives_in, one, settled

from bot.home.house import Home
from bot.sandbox import Fault
from bot.screens.callbacks import Verb

TOLD = (
    "Attune is resting for you both. The prompts come back by themselves when the rest is over. "
    "Whatever is open stays open, and /practice is there for you alone."
)
TO_THE_HOUR = {"hours": 35}  # from the first round, on Monday at 9:00, to Tuesday at 20:00


def pauses(partner: Person) -> None:
    """Rest by one's own choice."""
    partner.writes("/pause")


def blocks(partner: Person) -> None:
    """Block the bot."""
    partner.phone.block()


def vanishes(partner: Person) -> None:
    """Delete the account; the bot learns of it when a message can't be delivered."""
    partner.phone.deactivate()
    partner.home.world.queue("message", _last_words(partner))


def _last_words(partner: Person) -> dict[str, object]:
    """Make a command that was on its way when the account went: its answer fails with a 403."""
    sent = partner.phone.messages[0].body
    return sent | {
        "message_id": 9_000,
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }


CAUSES: list[Callable[[Person], None]] = [pauses, blocks, vanishes]


@pytest.mark.parametrize("cause", CAUSES)
async def test_the_other_hears_one_sentence_at_the_next_opening(
    home: Home, cause: Callable[[Person], None]
) -> None:
    """Whatever the cause: nothing before the next opening, one sentence then, and nothing after it."""
    noa, sam = await couple(home)
    cause(noa)
    await later(home, hours=34, minutes=59)
    assert [text for text in await sam.hears() if "still here" not in text] == []
    await later(home, minutes=1)
    assert await sam.hears() == [TOLD]
    for _ in range(4):
        await later(home, days=1)
    assert await sam.hears() == []
    assert stored(home, "SELECT count(*) FROM rounds") == [(1,)]


async def test_the_one_who_rests_hears_nothing(home: Home) -> None:
    """No prompt, no reminder and no sentence reach the one who rests."""
    noa, _ = await couple(home)
    assert "You're resting now" in await noa.answer("/pause")
    await later(home, days=4)
    assert await noa.hears() == []


async def test_until_then_nothing_is_different(home: Home) -> None:
    """Between a rest and the next opening, whatever the other looks at is as it would have been."""
    noa, sam = await couple(home)
    looks = ("/today", "/settings", "/resume", "/start", "/nonsense")
    before = [await sam.answer(look) for look in looks]
    noa.writes("/pause")
    await settled(home)
    assert [await sam.answer(look) for look in looks] == before
    await later(home, hours=12)
    assert "still here" in one(await sam.hears())


async def test_a_rest_that_ends_in_time_is_never_heard_of(home: Home) -> None:
    """Pause and resume before the next opening: the other hears the prompt, and that's all."""
    noa, sam = await couple(home)
    noa.writes("/pause")
    await later(home, hours=30)
    await sam.hears()
    assert "Your next hour together is this Tuesday at 20:00." in await noa.answer("/resume")
    told = noa.phone.from_bot[-1].body
    (hour,) = [entity for entity in told["entities"] if entity["type"] == "date_time"]
    due = datetime.fromtimestamp(hour["unix_time"], ZoneInfo("Europe/Dublin"))
    assert due.strftime("%a %H:%M") == "Tue 20:00"
    assert hour["date_time_format"] == "wt", "a phone elsewhere shows its own day with its own hour"
    await later(home, hours=5)
    for partner in (noa, sam):
        assert one(await partner.hears()).startswith(("Today", "This week"))


async def test_a_rest_that_is_over_is_not_told_in_the_morning(home: Home) -> None:
    """A sentence that quiet hours still hold is taken back when the rest ends before it was read."""
    noa, sam = await couple(home)
    await lives_in(sam, "Tokyo")  # where the couple's 20:00 is 5:00 in the morning
    await noa.answer("/pause")
    await later(home, **TO_THE_HOUR)
    await noa.answer("/resume")
    await sam.hears()
    await later(home, hours=12)
    assert TOLD not in await sam.hears()


@pytest.mark.parametrize("away_by", [pauses, blocks])
async def test_coming_back_brings_the_next_prompt(home: Home, away_by: Callable[[Person], None]) -> None:
    """After a rest that was told, the next prompt comes at the next hour; of days missed nothing is said."""
    noa, sam = await couple(home)
    away_by(noa)
    await later(home, days=5)
    await sam.hears()
    noa.writes("/resume") if away_by is pauses else noa.phone.unblock()
    await settled(home)
    assert await sam.hears() == []
    await noa.hears()
    await later(home, hours=11)  # from 9:00 to 20:00
    for partner in (noa, sam):
        assert one(await partner.hears()).startswith(("Today", "This week"))


async def test_nobody_lifts_the_others(home: Home) -> None:
    """The other's /resume says that they don't rest, and the rest goes on."""
    noa, sam = await couple(home)
    noa.writes("/pause")
    await later(home, **TO_THE_HOUR)
    await sam.hears()
    assert "You're not resting" in await sam.answer("/resume")
    await later(home, days=2)
    assert await sam.hears() == []
    assert stored(home, "SELECT count(*) FROM rounds") == [(1,)]


async def test_two_rests_end_one_by_one(home: Home) -> None:
    """When both rest and one comes back, that one hears the sentence; prompts come when both are back."""
    noa, sam = await couple(home)
    noa.writes("/pause")
    sam.writes("/pause")
    await later(home, days=3)
    await noa.hears()
    await sam.hears()
    await noa.answer("/resume")
    await later(home, days=1)
    assert await noa.hears() == [TOLD]
    assert await sam.hears() == []
    await sam.answer("/resume")
    await later(home, hours=11)
    for partner in (noa, sam):
        assert one(await partner.hears()).startswith(("Today", "This week"))


async def test_a_second_rest_is_told_again(home: Home) -> None:
    """Once a rest; the next rest is another one."""
    noa, sam = await couple(home)
    for _ in range(2):
        await noa.answer("/pause")
        await later(home, days=3)
        await noa.answer("/resume")
    assert [text for text in await sam.hears() if "still here" not in text] == [TOLD, TOLD]


async def test_twice_changes_nothing(home: Home) -> None:
    """Pausing while resting, and resuming while not, are said so kindly."""
    noa, _ = await couple(home)
    assert "/pause begins a rest" in await noa.answer("/resume")
    await noa.answer("/pause")
    assert "You're resting already" in await noa.answer("/pause")


async def test_an_open_round_stays_open(home: Home) -> None:
    """Both can still write and seal while one rests, and the reveal comes."""
    noa, sam = await couple(home)
    await noa.answer("/pause")
    await later(home, **TO_THE_HOUR)
    await sam.hears()
    await sam.seals("I kept the kettle warm for you on Sunday.")
    await noa.seals("I saw it, and I was glad without saying so.")
    assert noa.phone.find("I kept the kettle warm")
    assert sam.phone.find("I was glad without saying so")


async def test_a_rest_has_no_reminder(home: Home) -> None:
    """The one who rests is not reminded of the open round; the other is, as ever."""
    noa, sam = await couple(home)
    await noa.answer("/pause")
    await later(home, hours=12)
    assert await noa.hears() == []
    assert "still here" in one(await sam.hears())


async def test_a_refused_message_is_a_rest(home: Home) -> None:
    """A 403 without any other word of it is enough to know that somebody is away."""
    noa, sam = await couple(home)
    home.world.faults.add(Fault("blocked", chat_id=noa.phone.user_id, count=1))
    noa.writes("/help")
    await settled(home)
    assert stored(home, "SELECT count(*) FROM partners WHERE reachable = 0") == [(1,)]
    await later(home, **TO_THE_HOUR)
    assert [text for text in await sam.hears() if "still here" not in text] == [TOLD]
    noa.writes("/today")
    await noa.sees(" · ")
    assert stored(home, "SELECT count(*) FROM partners WHERE reachable = 0") == [(0,)]


@pytest.mark.parametrize("who", [0, 1])
@pytest.mark.parametrize("cause", CAUSES[:2])
async def test_either_may_leave_a_rest_and_begin_anew(
    home: Home, cause: Callable[[Person], None], who: int
) -> None:
    """/leave and a new invitation work at once, for the one who rests and for the other."""
    pair = await couple(home)
    cause(pair[0])
    await settled(home)
    leaver = pair[who]
    if leaver.phone.person.blocked:
        leaver.phone.unblock()
    leaver.writes("/leave")
    await leaver.presses(Verb.LEAVE, on=await leaver.sees("Leave this couple?"))
    await leaver.sees("You've left")
    assert "Who will you practise with?" in await leaver.answer("/invite")


async def test_a_rest_does_not_meet_the_next_couple(home: Home) -> None:
    """Who leaves while resting begins their next couple awake."""
    noa, sam = await couple(home)
    await noa.answer("/pause")
    sam.writes("/leave")
    await sam.presses(Verb.LEAVE, on=await sam.sees("Leave this couple?"))
    await settled(home)
    assert stored(home, "SELECT count(*) FROM partners WHERE resting = 1") == [(0,)]
    assert "You're not with anybody" in await noa.answer("/resume")
