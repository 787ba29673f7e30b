"""The index of places among a machine's caches: others use that folder too, and anybody may empty it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import places
from bot.places import index


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a machine's cache, in which this release's index stands already."""
    built = places.prepare()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    shutil.copytree(built, tmp_path / "attune" / built.name)
    _forget()
    yield tmp_path / "attune"
    monkeypatch.undo()
    _forget()


def test_what_another_release_may_use_stays_and_what_nobody_used_for_long_goes(cache: Path) -> None:
    """Two releases beside each other, as in an upgrade, don't take each other's index away."""
    now = next(cache.iterdir()).stat().st_mtime
    ages = {
        "places-of-yesterday": 1,
        "places-of-spring": 60,
        "making-now": 0,
        "making-killed": 2,
        "somebody-elses": 99,
    }
    for name, days in ages.items():
        (cache / name).mkdir()
        os.utime(cache / name, (now - days * 86_400,) * 2)
    mine = places.prepare()
    assert {path.name for path in cache.iterdir()} == {
        mine.name,
        "places-of-yesterday",
        "making-now",
        "somebody-elses",
    }


def test_an_index_that_is_gone_when_it_is_opened_is_looked_for_again(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache may be emptied between the start and the first question for a city."""
    gone = places.prepare()
    shutil.move(cache, tmp_path / "other" / "attune")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert places.ready().size > 0
    assert not gone.exists()


def _forget() -> None:
    index._folder.cache_clear()
    index.index.cache_clear()
