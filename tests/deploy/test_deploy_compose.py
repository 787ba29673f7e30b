"""compose.yaml as it stands, really started: built, networked and kept as it says, with the sandbox as its Telegram.

Needs root, podman, buildah, iptables, the image that `test_deploy_container.py` needs, and podman-compose:
`uv run --with podman-compose==1.5.0 pytest -m long tests/deploy/test_deploy_compose.py`.
"""

import asyncio
import json
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from labels import label
from test_deploy_container import BASE, DRAINED, PATIENCE, ROOT

from bot.sandbox import TOKEN, World, serve
from bot.sandbox.server import Server

BUILT_OF = ("Dockerfile", "compose.yaml", "pyproject.toml", "bot", "prompts", "storage")
# A machine in a machine may not be able to raise limits; and crun, the default, knows no hybrid control groups.
ENGINE = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n'
RUNC = '[engine]\nruntime = "runc"\n'
LOOK = """
import json, os, ssl, zoneinfo
status = dict(line.split(":\\t", 1) for line in open("/proc/1/status") if ":\\t" in line)
print(json.dumps({
    "user": os.getuid(), "gained": status["CapEff"].strip(), "new": status["NoNewPrivs"].strip(),
    "home": os.path.exists(os.path.expanduser("~")),
    "authorities": ssl.create_default_context().cert_store_stats()["x509_ca"] > 100,
    "zone": zoneinfo.ZoneInfo("America/Argentina/La_Rioja").key,
    "writable": [place for place in ("/", "/srv/attune", "/srv/cache", "/data", "/key") if os.access(place, os.W_OK)],
}))
"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(shutil.which("podman-compose") is None, reason="podman-compose is not here"),
]


@dataclass(frozen=True)
class Composed:
    """A folder with compose.yaml and what it builds, and the Telegram beside it."""

    folder: Path
    telegram: Server

    def run(self, *command: str) -> str:
        """Run a command in the folder; return what it says."""
        engine = {"CONTAINERS_CONF": str(self.folder.with_name("containers.conf"))}
        built = {"BUILDAH_ISOLATION": "chroot", "BUILDAH_FORMAT": "docker"}
        done = subprocess.run(  # noqa: S603 (a container's own commands)
            command, cwd=self.folder, env={**os.environ, **engine, **built},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def inside(self, *command: str) -> str:
        """Run a command in the container."""
        return self.run("podman-compose", "exec", "-T", "attune", *command)


@pytest.fixture
async def composed(tmp_path: Path) -> AsyncIterator[Composed]:
    """Prepare a folder; take down all that was started from it."""
    there = await asyncio.create_subprocess_exec("podman", "image", "exists", BASE)
    if await there.wait():
        pytest.skip(f"there is no {BASE}: tests/deploy/base_image.sh makes one")
    folder = tmp_path / "attune-composed"
    folder.mkdir()
    for name in BUILT_OF:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    runtime = RUNC if shutil.which("runc") else ""
    (tmp_path / "containers.conf").write_text(ENGINE + runtime, "utf-8")
    async with serve(World(), host="0.0.0.0") as telegram:  # noqa: S104 (a container reaches us by another address)
        port = telegram.url.rpartition(":")[2]
        settings = {
            "ATTUNE_TOKEN": TOKEN, "ATTUNE_OPERATOR": "Ada", "ATTUNE_ALLOW": "open",
            "ATTUNE_API_URL": f"http://host.containers.internal:{port}",
        }  # fmt: skip
        (folder / ".env").write_text(
            "".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8"
        )
        made = Composed(folder, telegram)
        try:
            yield made
        finally:
            await asyncio.to_thread(made.run, "podman-compose", "down", "--volumes")


async def test_what_compose_starts_serves_and_stops_and_goes_on(composed: Composed) -> None:
    """By nobody's user, where nothing but data, key and /tmp can be written, with zones, authorities and no home."""
    noa = composed.telegram.world.phone(first_name="Noa")
    await asyncio.to_thread(composed.run, "podman-compose", "up", "--detach", "--build")
    noa.send_text("/start")
    noa.press(await noa.wait_for("Hello", PATIENCE), label("in"))
    await noa.wait_for("Who will you practise with?", PATIENCE)
    assert json.loads(await asyncio.to_thread(composed.inside, "python", "-c", LOOK)) == {
        "user": 10001, "gained": "0" * 16, "new": "1", "home": False, "authorities": True,
        "zone": "America/Argentina/La_Rioja", "writable": ["/data", "/key"],
    }  # fmt: skip
    doctor = await asyncio.to_thread(composed.inside, "python", "-m", "bot", "doctor")
    assert "✗" not in doctor
    name = await asyncio.to_thread(
        composed.run, "podman", "ps", "--format", "{{.Names}}", "--filter", "name=composed"
    )
    await asyncio.to_thread(composed.run, "podman", "healthcheck", "run", name)
    began = time.monotonic()
    await asyncio.to_thread(composed.run, "podman-compose", "stop")
    took = time.monotonic() - began
    (seen,) = json.loads(await asyncio.to_thread(composed.run, "podman", "inspect", name))
    assert (took < DRAINED, seen["State"]["ExitCode"]) == (True, 0), (took, seen["State"])
    await asyncio.to_thread(composed.run, "podman-compose", "start")
    noa.send_text("/settings")
    await noa.wait_for("Your settings", PATIENCE)
