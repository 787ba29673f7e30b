"""Who is told of a change of the rhythm: the other alone, of what moves for them, and once in an hour."""

from datetime import timedelta

from couple_person import Person
from couple_world import HOUR, MINUTE, World, base36

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def hour(person: Person, minute: int) -> None:
    """Set the couple's hour."""
    await person.presses_data(1, f"hour:{base36(minute)}")
    await person.world.deliver()


async def zone(person: Person, name: str) -> None:
    """Choose one's own zone."""
    await person.presses_data(1, f"zone:{name}")
    await person.world.deliver()


def told(person: Person) -> list[str]:
    """Tell what somebody's chat says of a new rhythm."""
    return [shown.text for shown in person.shown.values() if "new rhythm" in shown.text]


async def test_the_first_hour_is_told_though_it_is_the_one_that_was_given(pair: Pair) -> None:
    """Nobody has said it yet, so the other doesn't know it."""
    ana, bo = pair
    await hour(ana, 20 * 60)
    assert ["Prompts come at 20:00, every day." in text for text in told(bo)] == [True]


async def test_the_same_hour_again_is_told_to_nobody(world: World, pair: Pair) -> None:
    """Whoever sets it sees that it is so; the other has known it."""
    ana, bo = pair
    await hour(ana, 8 * 60)
    await world.later(2 * HOUR)
    bo.look_away()
    await hour(ana, 8 * 60)
    await world.later(2 * HOUR)
    assert told(bo) == []
    assert "Good: 08:00" in ana.texts()[-1]


async def test_a_zone_with_the_same_clock_is_told_to_nobody(world: World, pair: Pair) -> None:
    """Dublin's clocks are London's: the hour belongs to the one who moves, and moves nowhere."""
    ana, bo = pair
    await zone(bo, "Europe/Dublin")
    await hour(ana, 8 * 60)
    await world.later(2 * HOUR)
    bo.look_away()
    await zone(ana, "Europe/London")
    await world.later(2 * HOUR)
    assert told(bo) == []
    await zone(ana, "Europe/Berlin")
    assert ["Prompts come at 07:00" in text for text in told(bo)] == [True]


async def test_sixty_tries_at_a_city_are_told_once_as_it_is_in_the_end(world: World, pair: Pair) -> None:
    """The first is told at once; what follows within the hour comes at its end, as it then is."""
    ana, bo = pair
    await zone(bo, "Europe/Dublin")
    await hour(ana, 12 * 60)
    for number in range(60):
        await zone(ana, ("Asia/Tokyo", "Europe/Berlin", "America/Lima")[number % 3])
        await world.later(timedelta(seconds=30))
    assert len(told(bo)) == 1
    await world.later(HOUR)
    assert ["Prompts come at 17:00" in text for text in told(bo)] == [False, True]
    await world.later(24 * HOUR)
    assert len(told(bo)) == 2


async def test_an_hour_there_and_back_is_told_to_nobody_again(world: World, pair: Pair) -> None:
    """What the other was told holds again before they hear otherwise."""
    ana, bo = pair
    await hour(ana, 12 * 60)
    await world.later(MINUTE)
    await hour(ana, 18 * 60)
    await world.later(MINUTE)
    await hour(ana, 12 * 60)
    await world.later(2 * HOUR)
    assert len(told(bo)) == 1


async def test_what_waits_to_be_told_goes_when_the_other_changes_it(world: World, pair: Pair) -> None:
    """Who has just set the hour is not told of the one before it."""
    ana, bo = pair
    await hour(ana, 12 * 60)
    await world.later(MINUTE)
    await hour(ana, 18 * 60)
    await hour(bo, 7 * 60)
    await world.later(2 * HOUR)
    assert len(told(bo)) == 1
    assert ["Prompts come at 07:00" in text for text in told(ana)] == [True]


async def test_days_wait_a_minute_for_the_last_press(world: World, pair: Pair) -> None:
    """Three presses on the days are one sentence."""
    ana, bo = pair
    for day in (0, 2, 4):
        await ana.presses_data(1, f"{Verb.DAY.value}:{day}")
        await world.deliver()
    assert told(bo) == []
    await world.later(MINUTE)
    assert ["on Tuesday, Thursday, Saturday and Sunday" in text for text in told(bo)] == [True]
