"""A pooler between us and the server: in transaction mode nothing of ours is kept in a session that others get."""

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from postgres_cluster import USER, Cluster
from storage_house import NOW, House, a_couple, a_partner

from storage import engines
from storage.errors import StatementsAlone

PORT = 6543
SETTINGS = """
[databases]
* = host={there}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {here}
auth_type = trust
auth_file = {here}/users
pool_mode = {mode}
default_pool_size = {size}
max_client_conn = 50
"""


@pytest.fixture
def pooled(request: pytest.FixtureRequest, tmp_path: Path, cluster: Cluster) -> Iterator[House]:
    """Keep a database behind a pooler, of three connections to the server, in transaction mode or the one given."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("no pooler is installed here: apt-get install pgbouncer")
    mode, size = getattr(request, "param", ("transaction", 3))
    url = cluster.make()
    here = Path(tempfile.mkdtemp(prefix="pool"))
    (here / "users").write_text(f'"{USER}" ""\n')
    (here / "settings").write_text(
        SETTINGS.format(there=cluster.folder, here=here, port=PORT, mode=mode, size=size)
    )
    account: dict[str, Any] = {}
    if (owner := cluster.account) is not None:
        os.chown(here, owner.pw_uid, owner.pw_gid)
        account = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    with (
        (here / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 (a program of the package)
            [program, here / "settings"],
            stdout=log,
            stderr=log,
            **account,
        ) as running,
    ):
        over = time.monotonic() + 10
        while not (here / f".s.PGSQL.{PORT}").exists():
            assert time.monotonic() < over, (here / "log").read_text()
            time.sleep(0.02)
        yield House(tmp_path, f"{url.partition('host=')[0]}host={here}&port={PORT}")
        running.terminate()
        running.wait(10)
    shutil.rmtree(here)
    cluster.drop(url)


async def test_many_share_few_connections(pooled: House, cluster: Cluster) -> None:
    """Eight at a time on three connections: each unit is whole, locks hold, and no session keeps a thing of it."""
    async with pooled.open() as first, first.unit(NOW) as unit:
        couple, one, _ = await a_couple(unit)

    async def work(number: int) -> None:
        async with pooled.open() as database:
            for turn in range(10):
                async with database.unit(NOW) as unit:
                    await unit.updates.record_all({100 * number + turn: one.chat})
                    found = await unit.couples.of(one.id)
                    assert found is not None
                    with suppress(LookupError):
                        async with unit.savepoint():
                            await unit.partners.add(a_partner(unit))
                            raise LookupError
                    await unit.context.transaction.rows(
                        "UPDATE couples SET kept = kept + 1 WHERE id = :id", id=couple.id
                    )

    await asyncio.gather(*(work(number) for number in range(8)))
    async with pooled.open() as one_of_them, pooled.open() as another:
        leading = await one_of_them.take("drain")
        assert leading is not None
        assert await another.take("drain") is None
        async with one_of_them.unit(NOW, under=leading) as unit:
            await unit.updates.record(1000)
    name = str(psycopg.conninfo.conninfo_to_dict(str(pooled.server))["dbname"])
    with cluster.connect(cluster.url(name)) as beside:
        counted = "SELECT (SELECT kept FROM couples), (SELECT count(*) FROM updates), (SELECT count(*) FROM partners)"
        assert beside.execute(counted).fetchone() == (80, 81, 2)
        kept = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        assert beside.execute(kept).fetchone() == (0,)
    with psycopg.connect(str(pooled.server), autocommit=True) as through:
        assert through.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("0",)


@pytest.mark.parametrize(
    "pooled",
    [("transaction", 3), ("transaction", 1), ("session", 3), ("session", 1)],
    indirect=True,
    ids=lambda given: f"{given[0]}-{given[1]}",
)
async def test_the_doctor_sees_a_pooler_and_its_mode(
    request: pytest.FixtureRequest, pooled: House, cluster: Cluster
) -> None:
    """And none where there is none."""
    name = str(psycopg.conninfo.conninfo_to_dict(str(pooled.server))["dbname"])
    assert engines.server_state(cluster.url(name)).pooling is None
    assert engines.server_state(str(pooled.server)).pooling == request.node.callspec.params["pooled"][0]


@pytest.mark.parametrize("pooled", [("statement", 3)], indirect=True)
async def test_a_pooler_that_keeps_no_transaction_is_refused_in_a_line(pooled: House) -> None:
    """At the start, and by the doctor."""
    with pytest.raises(StatementsAlone, match="set its mode to transaction"):
        engines.server_state(str(pooled.server))
    with pytest.raises(StatementsAlone):
        async with pooled.open():
            pass
