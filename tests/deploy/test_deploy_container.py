"""The container, built by the Dockerfile and run as compose.yaml runs it, with the sandbox as its Telegram.

Needs root, podman and buildah, and an image called python:3.13-slim: Docker Hub's, or what `base_image.sh` makes.
"""

import asyncio
import json
import shutil
import subprocess
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from labels import label

from bot.sandbox import TOKEN, World, serve
from bot.sandbox.server import Server

ROOT = Path(__file__).parents[2]
BASE = "docker.io/library/python:3.13-slim"
PATIENCE = 60.0
RUNTIME = (
    ("--runtime", "runc") if shutil.which("runc") else ()
)  # crun, the default, knows no hybrid control groups
DRAINED = 8.0  # seconds: a runtime kills at ten

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(shutil.which("podman") is None, reason="podman is not here"),
]


def podman(*arguments: str, check: bool = True) -> str:
    """Run podman; return what it says."""
    done = subprocess.run(  # noqa: S603 (a container's own commands)
        ["podman", *arguments],  # noqa: S607 (where it is installed)
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not check or done.returncode == 0, done.stderr
    return (done.stdout + done.stderr).strip()


@pytest.fixture(scope="module")
def image() -> str:
    """Build it."""
    if subprocess.run(["podman", "image", "exists", BASE], check=False).returncode:  # noqa: S603, S607 (as above)
        pytest.skip(f"there is no {BASE}: tests/deploy/base_image.sh makes one")
    told = [
        "--isolation",
        "chroot",
        "--layers",
        "--pull-never",
        "--format",
        "docker",
        "-t",
        "attune-tried",
        ".",
    ]
    subprocess.run(["buildah", "build", *told], cwd=ROOT, check=True, capture_output=True)  # noqa: S603, S607 (as above)
    return "localhost/attune-tried"


@dataclass(frozen=True)
class Tried:
    """A container's name, and the Telegram beside it."""

    name: str
    image: str
    telegram: Server

    def start(self) -> None:
        """Run it as compose.yaml does: nothing but two volumes and /tmp can be written to."""
        given = {
            "ATTUNE_TOKEN": TOKEN, "ATTUNE_OPERATOR": "Ada", "ATTUNE_ALLOW": "open",
            "ATTUNE_API_URL": self.telegram.url, "ATTUNE_STATUS": "127.0.0.1:9464",
        }  # fmt: skip
        settings = [part for name, value in given.items() for part in ("--env", f"{name}={value}")]
        podman(
            *RUNTIME, "run", "--detach", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024",
            "--name", self.name, "--network", "host", "--read-only", "--tmpfs", "/tmp",  # noqa: S108 (the container's)
            "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--unsetenv", "HOME",
            "--volume", f"{self.name}-data:/data", "--volume", f"{self.name}-key:/key", *settings, self.image,
        )  # fmt: skip

    def runs(self, *command: str) -> str:
        """Run a command in it; return what it says."""
        return podman("exec", self.name, *command, check=False)


@pytest.fixture
async def tried(image: str) -> AsyncIterator[Tried]:
    """Name a container; take it and its volumes away after."""
    async with serve(World()) as telegram:
        made = Tried(f"attune-{uuid.uuid4().hex[:8]}", image, telegram)
        try:
            yield made
        finally:
            await asyncio.to_thread(podman, "rm", "--force", "--volumes", made.name, check=False)
            volumes = [f"{made.name}-data", f"{made.name}-key"]
            await asyncio.to_thread(podman, "volume", "rm", "--force", *volumes, check=False)


async def test_it_serves_and_stops_and_goes_on_where_nothing_else_can_be_written(tried: Tried) -> None:
    """It answers, is well by its own command, drains within eight seconds, and knows its people the next time."""
    noa = tried.telegram.world.phone(first_name="Noa")
    await asyncio.to_thread(tried.start)
    noa.send_text("/start")
    noa.press(await noa.wait_for("Hello", PATIENCE), label("in"))
    await noa.wait_for("Who will you practise with?", PATIENCE)
    assert await asyncio.to_thread(tried.runs, "python", "-m", "bot", "health") == "ok"
    assert await asyncio.to_thread(tried.runs, "id", "-u") == "10001"
    assert "Read-only" in await asyncio.to_thread(tried.runs, "touch", "/srv/attune/x")
    assert "Read-only" in await asyncio.to_thread(tried.runs, "mkdir", "/nonexistent")
    doctor = await asyncio.to_thread(tried.runs, "python", "-m", "bot", "doctor")
    assert not [line for line in doctor.splitlines() if line.startswith("✗")], doctor
    (seen,) = json.loads(await asyncio.to_thread(podman, "inspect", tried.name))
    assert seen["Config"]["StopSignal"] in ("SIGTERM", 15)
    began = time.monotonic()
    await asyncio.to_thread(podman, "stop", "--time", "30", tried.name)
    took = time.monotonic() - began
    (seen,) = json.loads(await asyncio.to_thread(podman, "inspect", tried.name))
    assert (took < DRAINED, seen["State"]["ExitCode"]) == (True, 0), (took, seen["State"])
    await asyncio.to_thread(podman, "start", tried.name)
    noa.send_text("/settings")
    await noa.wait_for("Your settings", PATIENCE)
    await asyncio.to_thread(podman, "healthcheck", "run", tried.name)
    log = await asyncio.to_thread(podman, "logs", tried.name)
    assert "Traceback" not in log
