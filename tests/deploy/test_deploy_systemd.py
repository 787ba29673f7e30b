"""The units as they stand, started by a real systemd on Debian 13, with the sandbox as their Telegram.

Needs root, systemd-nspawn (Debian: systemd-container) and a root that `tests/deploy/debian13.sh ROOT` has made, which
is not written to: `ATTUNE_DEBIAN=ROOT pytest -m long tests/deploy/test_deploy_systemd.py`.
"""

import asyncio
import os
import re
import shutil
from pathlib import Path

import pytest
from test_deploy_container import DRAINED, ROOT

from bot.sandbox import TOKEN, World, serve

DEBIAN = Path(os.environ.get("ATTUNE_DEBIAN", "/nowhere"))
SCRIPT = Path(__file__).with_name("systemd_tries.sh")
UNIT = """
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/bash /tried/tries.sh
ExecStopPost=/bin/systemctl --no-block poweroff
StandardOutput=file:/tried/told
StandardError=file:/tried/told
"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(600),
    pytest.mark.skipif(shutil.which("systemd-nspawn") is None, reason="systemd-nspawn is not here"),
    pytest.mark.skipif(not (DEBIAN / "srv/attune/.venv").exists(), reason="ATTUNE_DEBIAN names no root"),
]


async def boot(tried: Path) -> None:
    """Boot the root, let it try what stands in the script, and halt; nothing of it is kept but what it told."""
    rooms = [
        f"--bind-ro={ROOT / name}:/opt/attune/{name}" for name in ("bot", "prompts", "storage", "deploy")
    ]
    shared = [f"--bind-ro={DEBIAN}/srv/attune/.venv:/opt/attune/.venv", f"--bind={tried}:/tried"]
    process = await asyncio.create_subprocess_exec(
        "systemd-nspawn", "--directory", str(DEBIAN), "--volatile=overlay", "--register=no", "--keep-unit",
        "--console=read-only", "--link-journal=no", *rooms, *shared,
        f"--bind-ro={tried}/tried.service:/etc/systemd/system/tried.service",
        "--boot", "systemd.wants=tried.service",
        env={**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await process.wait()


async def test_the_units_serve_back_up_drill_reload_are_watched_and_stop(tmp_path: Path) -> None:
    """Each is asked of systemd itself."""
    world = World()
    noa = world.phone(first_name="Noa")
    noa.send_text("/start")
    async with serve(world) as telegram:
        (tmp_path / "token").write_text(TOKEN, "utf-8")
        settings = f"ATTUNE_OPERATOR=Ada\nATTUNE_ALLOW=open\nATTUNE_API_URL={telegram.url}\n"
        (tmp_path / "settings").write_text(settings, "utf-8")
        (tmp_path / "tried.service").write_text(UNIT, "utf-8")
        shutil.copy(SCRIPT, tmp_path / "tries.sh")
        await boot(tmp_path)
    said = (tmp_path / "told").read_text("utf-8")
    told = dict(re.findall(r"^TRIED (\w+): (.*)$", said, re.MULTILINE))
    assert noa.from_bot, said
    assert float(told.pop("stopped_within")) < DRAINED, said
    assert told == {
        "active": "active", "gained": "0" * 16, "user": "attune", "backup": "0", "copies": "1", "drill": "0",
        "reload": "0", "timers": "2", "restarts": "1", "after_the_watchdog": "active", "result": "success",
    }, said  # fmt: skip
    assert "took the words as they are now" in said
    assert "Failed with result 'watchdog'" in said
    assert not re.search(r"Traceback|not permitted", said), said
