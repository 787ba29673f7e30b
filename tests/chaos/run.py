"""The long run: `python tests/chaos/run.py --kills 1000 --seed N` prints one table."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[above]) for above in (2, 0, 1)]

from chaos_story import Plan, Story  # noqa: E402 (found by the path above)
from postgres_cluster import Cluster, programs  # noqa: E402 (as above)


def main() -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(
        description="Kill the bot, spoil its network, and account for every word."
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="a run is played again from its seed")
    parser.add_argument("--couples", type=int, default=200)
    parser.add_argument("--days", type=int, default=3, help="at least so many evenings")
    parser.add_argument(
        "--talks", type=float, default=0.2, help="of the evenings with a dialogue or the like"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the database and the bot's log there")
    parser.add_argument("--several", action="store_true", help="three processes on a PostgreSQL server")
    given = parser.parse_args()
    plan = Plan(given.seed, given.couples, given.kills, given.days, given.talks)
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="attune-chaos-") as scratch:
        cluster = Cluster.start(found) if given.several and (found := programs()) else None
        try:
            report = asyncio.run(Story(plan, given.keep or Path(scratch), cluster).play())
        finally:
            if cluster is not None:
                cluster.end()
    sys.stdout.write(report.table() + "\n")
    for line in [
        *report.stalled[:20],
        *report.account.mornings[:20],
        *report.account.double_reveals[:20],
        *report.account.left_here,
        *report.account.stories,
    ]:
        sys.stdout.write(f"{line}\n")
    return int(not report.faultless)


if __name__ == "__main__":
    sys.exit(main())
