"""The newest time zone data wins, for every zone alike."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata

from bot import zones
from bot.zones import Release, newest, released

PACKAGE = Path(tzdata.__file__).parent / "zoneinfo"
OLD, NEW = "2020a", "2099b"
SHOW = """
import bot.sandbox
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo
from bot.zones import RELEASE
print(RELEASE, datetime(2030, 1, 1, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin")).utcoffset())
"""


def machine(folder: Path, **files: str) -> str:
    """Make a machine's zone files, in which Berlin's clocks are Tokyo's; `files` name the release."""
    (folder / "Europe").mkdir(parents=True)
    (folder / "UTC").write_bytes((PACKAGE / "UTC").read_bytes())
    (folder / "Europe" / "Berlin").write_bytes((PACKAGE / "Asia" / "Tokyo").read_bytes())
    for name, text in files.items():
        (folder / {"version": "+VERSION", "zi": "tzdata.zi"}[name]).write_text(text, encoding="ascii")
    return str(folder)


@pytest.mark.parametrize(
    ("files", "release"),
    [
        ({"version": "2025b"}, "2025b"),
        ({"version": "2025b\n"}, "2025b"),
        ({"zi": "# version 2025b\n# ddeps backzone zone.tab\nR d 1916 o\n"}, "2025b"),
        ({"zi": "# version 2025b-rearguard\n"}, "2025b"),
        ({"zi": "# version 2025za\n"}, "2025za"),
        ({"version": "2026a", "zi": "# version 2025b\n"}, "2026a"),
        ({"version": "unknown", "zi": "# version 2025b\n"}, "2025b"),
        ({"version": "unknown"}, ""),
        ({"zi": "# redo posix_only\n"}, ""),
        ({"zi": ""}, ""),
        ({}, ""),
    ],
)
def test_a_machine_tells_its_release_in_one_of_two_files_or_not(
    tmp_path: Path, files: dict[str, str], release: str
) -> None:
    """Apple and the BSDs have +VERSION, Debian and Fedora tzdata.zi, some have neither."""
    folder = machine(tmp_path / "zones", **files)
    assert released(Path(folder)) == release
    assert newest([folder], OLD) == (Release(release, folder, OLD) if release else Release(OLD))
    assert newest([folder], NEW) == Release(NEW, "", release)


def test_the_first_folder_that_holds_zones_counts(tmp_path: Path) -> None:
    """As for `zoneinfo`; a folder that is not there, or empty, is passed over."""
    (tmp_path / "empty").mkdir()
    first = machine(tmp_path / "first", version=OLD)
    second = machine(tmp_path / "second", version=NEW)
    folders = [str(tmp_path / "none"), str(tmp_path / "empty"), first, second]
    assert newest(folders, "2026a") == Release("2026a", "", OLD)
    assert newest(folders[:2], "2026a") == Release("2026a")
    assert newest([second, first], NEW) == Release(NEW, "", NEW), "equal: the pinned one"


@pytest.mark.parametrize(
    ("release", "said", "ahead"),
    [
        (OLD, f"{tzdata.IANA_VERSION}, the tzdata package's; this machine's is {OLD} 1:00:00", 1),
        (NEW, f"{NEW}, this machine's; the tzdata package's is {tzdata.IANA_VERSION} 9:00:00", 9),
    ],
)
def test_a_process_reads_the_newer(tmp_path: Path, release: str, said: str, ahead: int) -> None:
    """Whichever room is imported first: here the sandbox, which imports nothing of ours."""
    folder = machine(tmp_path / "zones", version=release)
    told = subprocess.run(  # noqa: S603 (this interpreter, and the lines above)
        [sys.executable, "-c", SHOW],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONTZPATH": folder},
    )
    assert told.stdout.strip() == said
    assert said.endswith(f"{ahead}:00:00")


@pytest.mark.parametrize(
    ("zone", "moment", "hours"),
    [
        ("America/Vancouver", datetime(2026, 12, 1, tzinfo=UTC), -7),
        ("America/Edmonton", datetime(2026, 12, 1, tzinfo=UTC), -6),
        ("America/Winnipeg", datetime(2026, 12, 1, tzinfo=UTC), -5),
        ("Africa/Casablanca", datetime(2026, 12, 1, tzinfo=UTC), 0),
        ("America/Havana", datetime(2026, 12, 1, tzinfo=UTC), -4),
        ("Europe/Berlin", datetime(2026, 12, 1, tzinfo=UTC), 1),
    ],
)
def test_the_clocks_of_this_autumn_are_known(zone: str, moment: datetime, hours: int) -> None:
    """Three provinces, Morocco and Cuba changed their minds in 2026; the pin knows, older machines don't."""
    assert zones.RELEASE.name >= "2026f"
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == hours * 3600


def test_the_release_is_what_zones_are_made_of() -> None:
    """Whatever this machine has, the tests read what the bot reads."""
    import zoneinfo  # noqa: PLC0415 (its search path is looked at when it is)

    assert list(zoneinfo.TZPATH) == list(filter(None, [zones.RELEASE.folder]))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Europe/Athens", "Europe/Helsinki", True),
        ("Europe/Athens", "Africa/Johannesburg", False),
        ("Europe/Athens", "Asia/Beirut", False),
        ("America/Vancouver", "America/Phoenix", True),
        ("America/Vancouver", "America/Los_Angeles", False),
    ],
)
def test_a_rule_is_what_the_clocks_do_in_the_coming_year(first: str, second: str, *, same: bool) -> None:
    """Beirut moves its clocks on Athens' days, at another hour; Vancouver moves them no more."""
    start = datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert (zones.rule(ZoneInfo(first), start) == zones.rule(ZoneInfo(second), start)) is same


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Asia/Kathmandu", "Africa/Casablanca", "Australia/Lord_Howe"]
)
def test_a_rule_tells_the_offset_of_every_hour(zone: str) -> None:
    """Whoever follows it is right at any time of the year."""
    start = datetime(2026, 11, 29, 12, 30, 17, tzinfo=UTC)
    steps = zones.rule(ZoneInfo(zone), start)
    for hours in range(366 * 24):
        moment = start + timedelta(hours=hours)
        offset = [offset for begins, offset in steps if begins <= moment][-1]
        assert moment.astimezone(ZoneInfo(zone)).utcoffset() == offset


NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def etc(root: Path, *, link: str = "", copy: str = "", name: str = "") -> Path:
    """Make a machine's /etc: what localtime links to or holds, and what timezone says."""
    (root / "etc").mkdir(parents=True)
    if link:
        (root / "etc" / "localtime").symlink_to(link)
    if copy:
        (root / "etc" / "localtime").write_bytes((PACKAGE / copy).read_bytes())
    if name:
        (root / "etc" / "timezone").write_text(name, encoding="ascii")
    return root


def test_a_machine_tells_its_zone_in_many_ways(tmp_path: Path) -> None:
    """A link, a file that names it, a file of the zone itself; TZ wins, as a name or as a path."""
    usual = "/usr/share/zoneinfo"
    linked = etc(tmp_path / "linked", link=f"{usual}/Asia/Kathmandu")
    posix = etc(tmp_path / "posix", link=f"{usual}/posix/Asia/Kathmandu")
    named = etc(tmp_path / "named", copy="Europe/Berlin", name="Europe/Berlin\n")
    copied = etc(tmp_path / "copied", copy="Asia/Kathmandu")
    bare = etc(tmp_path / "bare")
    broken = etc(tmp_path / "broken", name="Mars/Olympus")
    (broken / "etc" / "localtime").write_bytes(b"nothing of that kind")
    assert zones.of_machine({}, NOW, linked) == "Asia/Kathmandu"
    assert zones.of_machine({}, NOW, posix) == "Asia/Kathmandu"
    assert zones.of_machine({}, NOW, named) == "Europe/Berlin"
    assert zones.of_machine({}, NOW, copied) == "Asia/Kathmandu"
    assert zones.of_machine({}, NOW, bare) is None
    assert zones.of_machine({}, NOW, broken) is None
    for told in (f":{linked}/etc/localtime", f"{linked}/etc/localtime", "Asia/Kathmandu", ":Asia/Kathmandu"):
        assert zones.of_machine({"TZ": told}, NOW, named) == "Asia/Kathmandu"
    assert zones.of_machine({"TZ": ""}, NOW, named) == "Europe/Berlin"
    assert zones.of_machine({"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}, NOW, named) is None


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/Havana", "Pacific/Chatham", "UTC"])
def test_a_nameless_file_is_known_by_what_its_clocks_do(tmp_path: Path, zone: str) -> None:
    """Another name of the same time will do: until a partner names their city."""
    found = zones.of_machine({}, NOW, etc(tmp_path, copy=zone))
    assert found is not None
    assert zones.rule(ZoneInfo(found), NOW, 731) == zones.rule(ZoneInfo(zone), NOW, 731)


@pytest.mark.long
def test_the_pin_is_the_newest_release_that_is_served() -> None:
    """Governments change their clocks at a few weeks' notice: an old pin is a wrong hour for somebody."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        pytest.skip("uv, which asks for the newest release, is not here")
    told = subprocess.run(  # noqa: S603 (this project's own tool)
        [uv, "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--upgrade", "-"],
        input="tzdata",
        check=True,
        capture_output=True,
        text=True,
        cwd="/",
    )
    assert told.stdout.strip() == f"tzdata=={version('tzdata')}"
