"""A person who floods is slowed kindly, told what becomes of it, and nobody else notices."""

from datetime import UTC, datetime, timedelta

from memory import stored
from people import MakeHome, couple, later, one

from bot.telegram.patience import MOST, PEOPLE, Patience, Verdict

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLOW = "stopped reading for a minute"
FEW, MANY = 10, 120


async def test_who_floods_is_told_once_and_nobody_else_waits(make_home: MakeHome) -> None:
    """What was answered is kept, what came after is not, and it was said; a minute later all is as before."""
    home = await make_home(patience=Patience(FEW))
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
    noa.writes("And now?")
    assert "And now?" in one([text for text in await noa.hears() if "And now?" in text])


def test_counting_is_by_person_and_forgets() -> None:
    """The next minute begins anew, another person is counted apart, and memory is bounded."""
    patience = Patience()
    taken = [patience.weigh(1, NOW + timedelta(seconds=n)) for n in range(MOST)]
    assert set(taken) == {Verdict.TAKEN}
    assert patience.weigh(1, NOW + timedelta(seconds=MOST)) is Verdict.TOLD
    assert patience.weigh(1, NOW + timedelta(seconds=MOST + 1)) is Verdict.PASSED_OVER
    assert patience.weigh(2, NOW) is Verdict.TAKEN
    assert patience.weigh(1, NOW + timedelta(minutes=2)) is Verdict.TAKEN
    for chat in range(PEOPLE * 2):
        patience.weigh(chat, NOW)
    assert len(patience._acts) <= PEOPLE
    assert {Patience.unlimited().weigh(1, NOW) for _ in range(MOST * 2)} == {Verdict.TAKEN}
