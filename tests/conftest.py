"""What every run begins with: the index of places, which a machine makes once and no test should wait for."""

from bot import places


def pytest_sessionstart() -> None:
    """Make the index where there is none yet."""
    places.prepare()
