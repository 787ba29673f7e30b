"""What an operator installs: units, alerts, a board and a container's recipe, held to what the bot really has."""

import configparser
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.config import Config
from bot.messages import Priority, Sent
from bot.status.metrics import Figures, exposition
from bot.vitals import Vitals
from storage.census import census
from storage.database import Database
from storage.keyring import Keyring

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
}
SETTING = re.compile(r"\bATTUNE_[A-Z_]+\b")


def unit(file: Path) -> configparser.ConfigParser:
    """Read a unit; of a setting that stands several times, the last."""
    parser = configparser.ConfigParser(
        strict=False, interpolation=None, delimiters=["="], comment_prefixes=["#"]
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(file, encoding="utf-8")
    return parser


@pytest.mark.parametrize("file", SERVICES, ids=lambda file: file.name)
def test_a_service_runs_a_command_that_there_is_and_may_do_little(file: Path) -> None:
    """Also the timers: what they start is there."""
    service = unit(file)["Service"]
    words = service["ExecStart"].split()
    assert words[:3] == ["/opt/attune/.venv/bin/python", "-m", "bot"]
    assert len(words) == 3 or words[3] in COMMANDS
    assert {name: service.get(name) for name in HARDENED} == HARDENED
    for timer in DEPLOY.glob("*.timer"):
        assert timer.with_suffix(".service") in SERVICES


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_finds_nothing_to_say(tmp_path: Path) -> None:
    """With this Python in the place of the installed one."""
    for file in [*SERVICES, *DEPLOY.glob("*.timer")]:
        text = file.read_text("utf-8").replace("/opt/attune/.venv/bin/python", sys.executable)
        text = re.sub(r"^(User=|Documentation=|WorkingDirectory=).*$", "", text, flags=re.MULTILINE)
        (tmp_path / file.name).write_text(text, "utf-8")
    checked = subprocess.run(  # noqa: S603 (our own files)
        ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())],  # noqa: S607 (where it is installed)
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not here")
def test_the_alerts_do_what_they_say() -> None:
    """By their own tests: each one comes, and a calm day wakes nobody."""
    ran = subprocess.run(
        ["promtool", "test", "rules", "alerts_test.yml"],  # noqa: S607 (where it is installed)
        cwd=DEPLOY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr


async def test_board_and_alerts_ask_for_figures_that_there_are(tmp_path: Path) -> None:
    """Every name is one that the bot tells."""
    database = await Database.open(tmp_path / "data", Keyring.ready(tmp_path / "k.json", tmp_path / "data"))
    await database.close()
    vitals = Vitals()
    vitals.seen()
    vitals.updates["failed"] += 1
    vitals.called(Priority.REPLY, Sent(1))
    told = exposition(Figures(vitals, census(Path(database.path), datetime.now(UTC)), 5.0)).decode()
    names = {line.split("{")[0].split(" ")[0] for line in told.splitlines() if not line.startswith("#")}
    asked = (DEPLOY / "alerts.yml").read_text("utf-8") + (DEPLOY / "grafana.json").read_text("utf-8")
    assert json.loads((DEPLOY / "grafana.json").read_text("utf-8"))["title"] == "Attune"
    assert set(re.findall(r"\battune_[a-z_]+\b", asked)) <= names


def test_recipes_set_what_there_is_to_set() -> None:
    """A setting that the bot does not know would be silently nothing."""
    known = set(SETTING.findall((ROOT / "bot" / "config.py").read_text("utf-8")))
    for file in [ROOT / "Dockerfile", ROOT / "compose.yaml", *SERVICES]:
        assert set(SETTING.findall(file.read_text("utf-8"))) <= known, file.name
    assert Config.__dataclass_fields__["status"].default is None  # off unless asked for
