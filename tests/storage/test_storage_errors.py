"""What is wrong with memory is told in one line, whatever an engine says."""

from pathlib import Path

from storage.errors import Damaged


def test_an_engine_that_tells_in_several_lines_is_told_in_one() -> None:
    """Newer SQLites name the database first, and what is damaged below it."""
    told = str(Damaged(Path("attune.db"), what="*** in database main ***\nTree 49 page 473: error 11"))
    assert told.startswith("attune.db is damaged (*** in database main *** Tree 49 page 473: error 11)")
