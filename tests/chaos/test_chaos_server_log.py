"""A database server whose log has no room any more: it ends itself; the bot says so, loses nothing, and goes on."""

import asyncio
import itertools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from chaos_bot import PATIENCE, until
from postgres_cluster import Cluster, programs
from test_chaos_disk import asks, has_disks
from test_chaos_server_full import living, said

# The last word reaches whoever made the server write, or nobody where that was one of its own processes.
SAID = ("The disk of postgresql:///postgres is full: make room", "look at ATTUNE_DATABASE and the server")
ENDED = "shutting down due to startup process failure"
PEOPLE, MOST = 40, 25  # questions of each: more in a minute would be too many
SIZE = "48m"  # of the disk: its log grows by files of 16 MB
LEFT = 200_000  # bytes of the log's file that the bot may still write
_PLACE = "SELECT (pg_walfile_name_offset(pg_current_wal_insert_lsn())).file_offset"
_PAD = "SELECT pg_logical_emit_message(false, 'padding', repeat('x', %s))"
_MOVE = (
    'cp -a "$0" "$0.kept" && mount -t tmpfs -o size="$1",mode=0700 none "$0" && cp -a "$0.kept/." "$0"'
    ' && rm -r "$0.kept" && cd "$0" && exec sh'
)


@dataclass
class Narrow:
    """A server that keeps its log on a small disk of its own, which a shell keeps there and can write to."""

    cluster: Cluster
    shell: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        """Tell the database's address."""
        return self.cluster.url()

    def fill(self) -> None:
        """Take what room there is, and most of what the log's last file still has."""
        self.say("cat /dev/zero >ballast 2>/dev/null; echo")
        with self.cluster.connect() as connection:
            while (left := (1 << 24) - self._place(connection) - LEFT) > 0:
                connection.execute(_PAD, [min(left, 1 << 20)])

    def clear(self) -> None:
        """Make room."""
        self.say("rm ballast; echo")

    def ended(self) -> bool:
        """Tell whether it has stopped itself."""
        return ENDED in (self.cluster.folder / "log").read_text(errors="replace")

    def say(self, line: str) -> None:
        """Let the shell run a line that ends with an echo, and wait for that."""
        assert self.shell.stdin is not None
        assert self.shell.stdout is not None
        self.shell.stdin.write(line.encode() + b"\n")
        self.shell.stdin.flush()
        assert self.shell.stdout.readline()

    def _place(self, connection: "psycopg.Connection[tuple[int]]") -> int:
        found = connection.execute(_PLACE).fetchone()
        assert found is not None
        return found[0]


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Narrow]:
    """Start a server whose log is on a small disk, which outlives it."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server is installed here: apt-get install postgresql")
    if not has_disks(tmp_path):
        pytest.skip("this machine gives nobody a disk of their own")
    cluster = Cluster.start(found)
    log = cluster.data / "pg_wal"
    cluster.down("fast")
    with cluster.popen(
        "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _MOVE, log, SIZE
    ) as shell:
        made = Narrow(cluster, shell)
        made.say("echo")
        own = ("nsenter", "--target", str(shell.pid), "--user", "--mount", "--preserve-credentials")
        cluster.within = (*own, "unshare", "--user", "--map-user=1000")
        try:
            cluster.up()
            yield made
        finally:
            try:
                cluster.end()
            finally:
                made.say("echo; exit")


@pytest.mark.long
@pytest.mark.timeout(200)
async def test_a_full_disk_of_the_servers_log_loses_nothing(tmp_path: Path, narrow: Narrow) -> None:
    """The server ends itself and can't start; each question is answered once there is room and it is started."""
    async with living(tmp_path, narrow.url) as (bot, world):
        people = [world.phone(first_name=f"P{number}") for number in range(PEOPLE)]
        await asks(people[0], "/help")
        narrow.fill()
        asked = [1, *[0] * (PEOPLE - 1)]
        for place in itertools.islice(itertools.cycle(range(PEOPLE)), MOST * PEOPLE):
            people[place].send_text("/help")
            asked[place] += 1
            await asyncio.sleep(0.01)
            if narrow.ended():
                break
        await until(narrow.ended)
        await until(lambda: any(sentence in said(bot) for sentence in SAID))
        assert world.updates.waiting
        with pytest.raises(subprocess.CalledProcessError):
            narrow.cluster.up()
        narrow.clear()
        narrow.cluster.up()
        for person, questions in zip(people, asked, strict=True):
            await person.wait_until(lambda view, many=questions: len(view.from_bot) >= many, PATIENCE)  # type: ignore[misc]
        await world.drained(PATIENCE)
    assert bot.crashes == []
    repeated = sum(len(person.from_bot) for person in people) - sum(asked)
    assert repeated <= 1  # what was being settled in that moment
    lines = said(bot).splitlines()
    assert len([line for line in lines if "is full" in line]) < 20
    assert not [line for line in lines if "Traceback" in line]
