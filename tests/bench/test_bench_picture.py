"""A picture costs what is promised, with all that it loads: less than a second of the processor, and 60 MB."""

from bench_picture import MEGABYTES, PEERS, SECONDS, measured


def test_a_picture_is_drawn_within_a_second_and_60_megabytes() -> None:
    """The first one, in a process that has loaded nothing before."""
    loaded, first, later, _, peak = measured(PEERS["a template and resvg"])
    assert loaded + first < SECONDS
    assert 0 < later < SECONDS
    assert peak < MEGABYTES
