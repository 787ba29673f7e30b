"""The stage without a browser: mornings, cards, phones, and what a folder keeps."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.home.keep import LEAP, DemoFolder, KeepError
from bot.sandbox import PhoneError, World
from bot.sandbox.clock import SteerableClock, SystemClock
from bot.sandbox.stage import MAX_PHONES, Stage
from bot.sandbox.stage.stage import NotNow


def stage_at(moment: datetime, zone: str = "Europe/Dublin") -> Stage:
    """Make a stage whose clock stands at a moment."""
    world = World(clock=SteerableClock(moment))
    stage = Stage(zone=zone)
    stage.show(world, [world.phone(first_name=name).user_id for name in ("Noa", "Sam")])
    return stage


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-03-02T07:40+00:00", "2026-03-03T08:00+00:00"),  # before eight it is still tomorrow's
        ("2026-03-02T23:59+00:00", "2026-03-03T08:00+00:00"),
        ("2026-03-03T00:30+00:00", "2026-03-03T08:00+00:00"),  # a night belongs to the day before it
        ("2026-03-28T12:00+00:00", "2026-03-29T07:00+00:00"),  # the clocks have gone forward in between
        ("2026-10-24T12:00+00:00", "2026-10-25T08:00+00:00"),  # and back
    ],
)
def test_the_next_morning_is_the_one_after_this_day(now: str, morning: str) -> None:
    """Eight o'clock on the story's wall, whatever the season does."""
    stage = stage_at(datetime.fromisoformat(now))
    assert stage.next_morning() == datetime.fromisoformat(morning)


def test_the_clock_goes_forward_only_and_only_where_it_can_be_moved() -> None:
    """A moment that has passed is refused, and so is any move of the machine's own clock."""
    now = datetime(2026, 3, 2, 8, tzinfo=UTC)
    stage = stage_at(now)
    with pytest.raises(NotNow, match="passed"):
        stage.move(now.replace(hour=7))
    stage.move(now.replace(hour=9))
    assert stage.world.now().hour == 9
    fixed = Stage()
    fixed.show(World(clock=SystemClock()), [])
    with pytest.raises(NotNow, match="clock_fixed"):
        fixed.move(now)


def test_a_dark_stage_says_so() -> None:
    """Before there is a world, and between two, everything answers with the key of one sentence."""
    stage = Stage()
    with pytest.raises(NotNow, match="waking"):
        _ = stage.world
    stage.show(World(), [])
    stage.clear()
    assert not stage.lit


def test_there_is_room_for_a_few_phones() -> None:
    """Each new world is a new run, and so is each new phone; then there is no room."""
    stage = stage_at(datetime(2026, 3, 2, 8, tzinfo=UTC))
    runs = {stage.run}
    for number in range(2, MAX_PHONES):
        stage.open_phone(f"Person {number}")
        runs.add(stage.run)
    assert len(runs) == MAX_PHONES - 1
    with pytest.raises(PhoneError, match="no_room"):
        stage.open_phone("One more")


def test_a_card_goes_to_whom_it_was_sent_and_can_be_taken_once() -> None:
    """Cards survive a snapshot under their numbers."""
    stage = stage_at(datetime(2026, 3, 2, 8, tzinfo=UTC))
    noa, sam = stage.cast
    card = stage.share(stage.phone(noa), sam, "https://t.me/attune_bot?start=a", "Come")
    again = Stage()
    again.show(stage.world, **stage.to_json())
    assert again.cards == [card]
    assert again.share(again.phone(sam), noa, "https://t.me/attune_bot", "").number == card.number + 1
    assert again.take_card(card.number) == card
    with pytest.raises(LookupError, match="gone"):
        again.take_card(card.number)
    with pytest.raises(LookupError, match="no such phone"):
        again.share(again.phone(sam), 5, "https://t.me/attune_bot", "")


def test_a_folder_keeps_a_token_and_a_world_and_forgets_the_world(tmp_path: Path) -> None:
    """Only its owner may read it; after an end without goodbye, numbers leap over what may have been given."""
    folder = tmp_path / "kept"
    keep = DemoFolder(folder)
    token = keep.token()
    assert DemoFolder(folder).token() == token
    assert keep.load() == {}
    world = World()
    keep.save({"world": world.snapshot(), "ended": True})
    assert keep.load()["world"]["counters"]["message"] == 1
    keep.save({"world": world.snapshot(), "ended": False})
    assert keep.load()["world"]["counters"]["message"] == 1 + LEAP
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    keep.forget()
    assert keep.load() == {}
    assert keep.token() == token


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    """Each token is new, and saving leaves no trace."""
    keep = DemoFolder(None)
    keep.save({"world": {}})
    keep.forget()
    assert keep.load() == {}
    assert keep.token() != keep.token()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """The sentence says which, and what to do."""
    (tmp_path / "phones.json").write_text("[]", encoding="utf-8")
    with pytest.raises(KeepError, match=r"phones\.json can't be read; remove it"):
        DemoFolder(tmp_path).load()
