"""The real process, killed and cut off at random: nothing lost, nothing early, nothing twice."""

from pathlib import Path

import pytest
from chaos_story import Plan, Story


@pytest.mark.timeout(400)
async def test_whatever_happens_to_the_process_and_the_network_every_word_is_accounted_for(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """20 kills and faults of every kind: each word is where it belongs, and was shown when it might be.

    On a server it is three processes, and what happens between them too.
    """
    on_server = request.config.getoption("--engine") != "sqlite"
    cluster = request.getfixturevalue("cluster") if on_server else None
    report = await Story(Plan(seed=11, couples=10, kills=20, days=2), tmp_path, cluster).play()
    assert report.faultless, report.table() + "\n".join((*report.stalled, *report.account.mornings))
    assert report.kills >= 20
    assert report.account.reveals > 5
    assert report.talked
