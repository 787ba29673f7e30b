"""A person who floods is slowed kindly, told what becomes of it, and nobody else notices."""

from datetime import UTC, datetime, timedelta

from memory import stored
from people import MakeHome, couple, later, one, settled

from bot.screens.callbacks import Verb
from bot.telegram.throttle import MOST, PEOPLE, PRESSES, Throttle, Verdict

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLOW = "stopped reading for a minute"
FEW, MANY = 10, 120


async def test_who_floods_is_told_once_and_nobody_else_waits(make_home: MakeHome) -> None:
    """What was answered is kept, what came after is not, and it was said; a minute later all is as before."""
    home = await make_home(throttle=Throttle(FEW))
    noa, sam = await couple(home)
    await later(home, minutes=2)
    await noa.hears()
    for number in range(MANY):
        noa.writes(f"thought {number}")
    sam.writes("Only this.")
    assert any("Only this." in text for text in await sam.hears())
    heard = await noa.hears()
    assert len([text for text in heard if SLOW in text]) == 1
    assert SLOW in heard[-1]
    assert stored(home, "SELECT count(*) FROM pieces") == [(FEW + 1,)]
    await later(home, minutes=1)
    noa.writes("A calm one.")
    assert "A calm one." in one([text for text in await noa.hears() if "A calm one." in text])


async def test_a_button_pressed_in_a_flood_stops_spinning(make_home: MakeHome) -> None:
    """A thumb's presses are answered, without effect, a machine's only so many; a minute later all is as before."""
    home = await make_home(throttle=Throttle(FEW))
    noa, _ = await couple(home)
    await later(home, minutes=2)
    noa.writes("A thought.")
    await noa.sees("That's yours for now")
    for number in range(FEW):
        noa.writes(f"thought {number}")
    await noa.hears()
    draft = await noa.finds("That's yours for now")
    presses = [await noa.presses(Verb.SEAL, on=draft) for _ in range(MANY)]
    await settled(home)
    answered = [press for press in presses if press.answer is not None]
    assert answered == presses[:PRESSES]
    assert {press.answer["text"] for press in answered if press.answer} == {""}
    assert stored(home, "SELECT count(*) FROM turns WHERE sealed_at IS NOT NULL") == [(0,)]
    await later(home, minutes=1)
    again = await noa.presses(Verb.SEAL)
    await settled(home)
    assert again.answer is not None
    assert stored(home, "SELECT count(*) FROM turns WHERE sealed_at IS NOT NULL") == [(1,)]


def test_counting_is_by_person_and_forgets() -> None:
    """The next minute begins anew, another person is counted apart, and memory is bounded."""
    throttle = Throttle()
    taken = [throttle.weigh(1, NOW + timedelta(seconds=n)) for n in range(MOST)]
    assert set(taken) == {Verdict.TAKEN}
    assert throttle.weigh(1, NOW + timedelta(seconds=MOST)) is Verdict.TOLD
    assert throttle.weigh(1, NOW + timedelta(seconds=MOST + 1)) is Verdict.PASSED_OVER
    assert throttle.weigh(2, NOW + timedelta(seconds=MOST + 1)) is Verdict.TAKEN
    assert throttle.weigh(1, NOW + timedelta(minutes=2)) is Verdict.TAKEN
    for chat in range(PEOPLE * 2):
        throttle.weigh(chat, NOW)
    assert len(throttle._acts) <= PEOPLE
    assert {Throttle.unlimited().weigh(1, NOW) for _ in range(MOST * 2)} == {Verdict.TAKEN}
