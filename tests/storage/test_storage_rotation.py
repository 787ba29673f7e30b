"""A folder of backups: the newest are kept, and nothing that is not a backup is touched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from storage.rotation import all_in, discard, name_for, newest

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
OTHERS = ("attune.db", "attune-20260101T000000Z.db.new", "holiday.jpg", "attune-2026.db")


@given(st.sets(st.integers(0, 10**8), max_size=12), st.integers(1, 12))
def test_the_newest_are_kept_and_others_are_left_alone(seconds: set[int], keep: int) -> None:
    """Whatever their number and order."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        moments = sorted(BEGIN + timedelta(seconds=number) for number in seconds)
        for file in [*map(name_for, moments), *OTHERS]:
            (folder / file).touch()
        assert [backup.made_at for backup in all_in(folder)] == moments
        discarded = discard(folder, keep)
        assert [backup.made_at for backup in discarded] == moments[:-keep]
        assert [backup.made_at for backup in all_in(folder)] == moments[-keep:]
        assert {file.name for file in folder.iterdir()} >= set(OTHERS)


def test_no_folder_is_no_backup(tmp_path: Path) -> None:
    """The first has yet to be made."""
    assert newest(tmp_path / "nowhere") is None
