"""Settings: the environment over the file, and one line for each that is wrong."""

from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.config import TELEGRAM, ConfigError

SECRET = "AAH-a_secret-that-nobody-else-may-see0"  # noqa: S105 (made up)
TOKEN = f"123456789:{SECRET}"
NO_FILE = Path("no-such-file")
GOOD = {"ATTUNE_TOKEN": TOKEN, "ATTUNE_OPERATOR": "Ada", "ATTUNE_ALLOW": "open"}


def wrong(**settings: str) -> str:
    """Load settings of which one is wrong, and give the line that says so."""
    with pytest.raises(ConfigError) as failure:
        config.load({**GOOD, **settings}, NO_FILE)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__ or failure.value.__context__ is None
    return str(failure.value)


def test_three_settings_are_enough() -> None:
    """A token, a name and who may start: all else has a default."""
    found = config.load(GOOD, NO_FILE)
    assert (found.token, found.operator, found.allow) == (TOKEN, "Ada", None)
    assert (found.api_url, found.log_level, found.log_format, found.rate) == (
        TELEGRAM,
        "INFO",
        "console",
        30.0,
    )
    assert found.zone in available_timezones()
    assert found.data.name == "attune"
    assert found.key_file.name == "keyring.json"
    assert found.data not in found.key_file.parents


def test_a_database_is_a_folder_or_an_address() -> None:
    """What is shown of the settings holds no password; commands for files say what to use instead."""
    url = f"postgresql://attune:{SECRET}@db.example.org/attune"
    found = config.load({**GOOD, "ATTUNE_DATABASE": url}, NO_FILE)
    assert found.memory == url
    assert config.load(GOOD, NO_FILE).memory == found.data
    where = config.places({"ATTUNE_DATABASE": url}, NO_FILE)
    assert where.memory == url
    assert SECRET not in repr(found) + repr(where)
    with pytest.raises(ConfigError, match="pg_dump"):
        _ = where.folder
    assert config.places({}, NO_FILE).folder == config.places({}, NO_FILE).memory == found.data


WRONG = [
    ("ATTUNE_DATABASE", "mysql://attune@127.0.0.1/attune"),
    ("ATTUNE_DATABASE", "attune.db"),
    ("ATTUNE_TOKEN", ""),
    ("ATTUNE_TOKEN", "   "),
    ("ATTUNE_TOKEN", SECRET),
    ("ATTUNE_TOKEN", f"123456789 {SECRET}"),
    ("ATTUNE_TOKEN", f"{TOKEN} and more"),
    ("ATTUNE_TOKEN", f"\u0661\u0662\u0663\u0664:{SECRET}"),
    ("ATTUNE_OPERATOR", ""),
    ("ATTUNE_ALLOW", ""),
    ("ATTUNE_ALLOW", "everybody"),
    ("ATTUNE_ALLOW", "123, @ada"),
    ("ATTUNE_ALLOW", "-100123"),
    ("ATTUNE_ALLOW", "9" * 5000),
    ("ATTUNE_ALLOW", TOKEN),
    ("ATTUNE_ZONE", "Berlin"),
    ("ATTUNE_ZONE", TOKEN),
    ("ATTUNE_ZONE", "Mars/Olympus\nMons"),
    ("ATTUNE_API_URL", "api.telegram.org"),
    ("ATTUNE_API_URL", "ftp://api.telegram.org"),
    ("ATTUNE_API_URL", "https://"),
    ("ATTUNE_API_URL", "https://api.telegram.org/bot"),
    ("ATTUNE_API_URL", f"https://api.telegram.org/bot{TOKEN}/"),
    ("ATTUNE_API_URL", "https://two words"),
    ("ATTUNE_LOG_LEVEL", "LOUD"),
    ("ATTUNE_LOG_LEVEL", TOKEN),
    ("ATTUNE_LOG_FORMAT", TOKEN),
    ("ATTUNE_RATE", "0"),
    ("ATTUNE_RATE", "nan"),
    ("ATTUNE_RATE", TOKEN),
    ("ATTUNE_KEEP_MESSAGES", "1"),
    ("ATTUNE_KEEP_UPDATES", "9" * 5000),
    ("ATTUNE_KEEP_INVITES", TOKEN),
    ("ATTUNE_DATA", "~nobody-of-this-name/attune"),
    ("ATTUNE_KEY_FILE", "~nobody-of-this-name/key"),
    ("HTTPS_PROXY", "proxy.example.org:3128"),
    ("HTTPS_PROXY", f"socks5://ada:{SECRET}@127.0.0.1:1080"),
    ("SSL_CERT_FILE", "/nowhere.pem"),
    ("SSL_CERT_FILE", "x" * 5000),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=[f"{name}={value[:20]!r}" for name, value in WRONG])
def test_a_wrong_setting_gives_one_line_that_says_what_to_set(name: str, value: str) -> None:
    """It names the setting, begins with what to do, and shows no secret, wherever that was put."""
    line = wrong(**{name: value})
    assert line.startswith(f"Set {name} to ")
    assert line.endswith(".")
    assert "\n" not in line
    assert len(line) < 200
    assert SECRET not in line


@given(st.sampled_from([name for name, _ in WRONG]), st.text(max_size=30))
def test_whatever_is_typed_into_a_setting_is_taken_or_refused_in_one_line(name: str, text: str) -> None:
    """No value ends the start with anything but a line that names a setting."""
    given = text.replace("\0", "")  # which no environment holds
    try:
        config.load({**GOOD, name: given}, NO_FILE)
    except ConfigError as failure:
        assert str(failure).startswith(("Set ATTUNE_", f"Set {name} to "))  # noqa: PT017 (any text may be right)
        assert "\n" not in str(failure)  # noqa: PT017 (the line that is told is the fact)


def test_without_a_token_one_is_told_how_to_get_it_and_what_runs_without() -> None:
    """The first line that most people see names BotFather and the rehearsal."""
    line = wrong(ATTUNE_TOKEN="")
    assert "@BotFather" in line
    assert "python -m bot rehearse" in line


def test_a_webhook_is_an_https_address_and_a_place_to_listen() -> None:
    """Plain HTTP only on this machine; a certificate comes with its key or not at all."""
    assert config.load(GOOD).webhook is None
    found = config.load({**GOOD, "ATTUNE_WEBHOOK_URL": "https://bot.example.org/hook"}).webhook
    assert found is not None
    assert (found.url, found.listen.host, found.listen.port) == (
        "https://bot.example.org/hook",
        "127.0.0.1",
        8443,
    )
    for url in ("http://bot.example.org/hook", "bot.example.org", "https://"):
        assert wrong(ATTUNE_WEBHOOK_URL=url).startswith("Set ATTUNE_WEBHOOK_URL ")
    given = {"ATTUNE_WEBHOOK_URL": "http://127.0.0.1/hook"}
    assert wrong(**given, ATTUNE_WEBHOOK_LISTEN="8443").startswith("Set ATTUNE_WEBHOOK_LISTEN ")
    assert wrong(**given, ATTUNE_WEBHOOK_CERT="/nowhere.pem").startswith("Set ATTUNE_WEBHOOK_CERT ")
    assert wrong(**given, ATTUNE_WEBHOOK_CERT=__file__).startswith("Set both ATTUNE_WEBHOOK_CERT ")


def test_a_token_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    """As a service manager hands it over; a file that can't be read is said, and one that is empty is no token."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", "utf-8")
    given = {**GOOD, "ATTUNE_TOKEN": "", "ATTUNE_TOKEN_FILE": str(file)}
    assert config.load(given).token == TOKEN
    assert wrong(ATTUNE_TOKEN="", ATTUNE_TOKEN_FILE=str(tmp_path / "nowhere")).startswith(
        "Set ATTUNE_TOKEN_FILE "
    )
    file.write_text("\n", "utf-8")
    assert wrong(ATTUNE_TOKEN="", ATTUNE_TOKEN_FILE=str(file)).startswith("Set ATTUNE_TOKEN ")


def test_the_token_is_not_shown_with_the_settings() -> None:
    """No traceback and no debug line of the settings has it."""
    assert SECRET not in repr(config.load(GOOD, NO_FILE))
    assert SECRET not in str(config.load(GOOD, NO_FILE))


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """What the file alone says is taken; what both say is the environment's; what is blank is not said."""
    file = tmp_path / ".env"
    file.write_text(f"ATTUNE_TOKEN={TOKEN}\nATTUNE_OPERATOR=Ben\nATTUNE_ALLOW=12\nATTUNE_ZONE=\n", "utf-8")
    found = config.load({"ATTUNE_OPERATOR": "Ada", "ATTUNE_ALLOW": ""}, file)
    assert (found.token, found.operator, found.allow) == (TOKEN, "Ada", frozenset({12}))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """As some editors write it: the first setting is the token, and not one with an invisible letter."""
    file = tmp_path / ".env"
    file.write_text("ATTUNE_TOKEN=" + TOKEN, "utf-8-sig")
    assert config.load({**GOOD, "ATTUNE_TOKEN": ""}, file).token == TOKEN


def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path) -> None:
    """And not with a traceback that shows its bytes."""
    file = tmp_path / ".env"
    file.write_bytes(f"ATTUNE_TOKEN={TOKEN}\nATTUNE_OPERATOR=J\xf6rg".encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8") as failure:
        config.load(GOOD, file)
    assert SECRET not in str(failure.value)


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ("open", None),
        ("Open", None),
        ("12", {12}),
        ("12,34", {12, 34}),
        (" 12 , 34\n56 ", {12, 34, 56}),
    ],
)
def test_who_may_start_is_open_or_a_list(given: str, allowed: set[int] | None) -> None:
    """Telegram ids, however they are set apart; nobody else starts a couple."""
    found = config.load({**GOOD, "ATTUNE_ALLOW": given}, NO_FILE)
    assert found.allow == (None if allowed is None else frozenset(allowed))
    assert found.may_start(12)
    assert found.may_start(99) is (allowed is None)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://api.telegram.org/", "https://api.telegram.org"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("http://localhost:8081/botapi/", "http://localhost:8081/botapi"),
        ("https://botany.example", "https://botany.example"),
    ],
)
def test_the_root_of_telegram_is_a_root(given: str, url: str) -> None:
    """With or without a slash at its end; a host or a folder may begin with "bot"."""
    assert config.load({**GOOD, "ATTUNE_API_URL": given}, NO_FILE).api_url == url


def test_data_and_key_have_homes_of_their_own(tmp_path: Path) -> None:
    """By the XDG rules where they are set, and each where it is told to be."""
    xdg = {"XDG_DATA_HOME": f"{tmp_path}/d", "XDG_CONFIG_HOME": f"{tmp_path}/c"}
    found = config.places(xdg, NO_FILE)
    assert found.data == tmp_path / "d" / "attune"
    assert found.key_file == tmp_path / "c" / "attune" / "keyring.json"
    named = {"ATTUNE_DATA": f"{tmp_path}/x", "ATTUNE_KEY_FILE": f"{tmp_path}/y/key"}
    assert config.places({**xdg, **named}, NO_FILE) == config.Places(tmp_path / "x", tmp_path / "y" / "key")


@pytest.mark.parametrize("name", ["ATTUNE_DATA", "ATTUNE_KEY_FILE"])
@pytest.mark.parametrize("path", ["attune", "./attune", "../attune", '"attune/data"'])
def test_a_path_that_depends_on_the_working_folder_is_refused(name: str, path: str) -> None:
    """In a container it would be gone with the container; the XDG rules say to ignore theirs."""
    assert wrong(**{name: path}).startswith(f"Set {name} to a whole path")
    relative = {"XDG_DATA_HOME": "d", "XDG_CONFIG_HOME": "c", "HOME": "/home/ada"}
    assert config.places(relative, NO_FILE).data == Path("~/.local/share/attune").expanduser().resolve()


@pytest.mark.parametrize("mark", ['"', "'"])
def test_quotation_marks_around_a_value_are_no_part_of_it(mark: str) -> None:
    """`docker --env-file` hands them over as they stand; a mark that is part of a name stays."""
    given = {**GOOD, "ATTUNE_DATA": "/srv/attune/data", "ATTUNE_ZONE": "Europe/Berlin"}
    quoted = {name: f"{mark}{value}{mark}" for name, value in given.items()}
    assert config.load(quoted, NO_FILE) == config.load(given, NO_FILE)
    assert wrong(ATTUNE_OPERATOR=mark * 2) == wrong(ATTUNE_OPERATOR="")
    assert config.load({**GOOD, "ATTUNE_OPERATOR": f"{mark}Ada{mark} Lovelace"}, NO_FILE).operator[0] == mark
    assert config.load({**GOOD, "ATTUNE_OPERATOR": mark}, NO_FILE).operator == mark


def test_a_key_in_the_data_folder_is_refused_unless_it_is_wanted_there(tmp_path: Path) -> None:
    """Also where the path goes there by a detour."""
    beside = {"ATTUNE_DATA": f"{tmp_path}/x", "ATTUNE_KEY_FILE": f"{tmp_path}/y/../x/key"}
    assert wrong(**beside).startswith("Set ATTUNE_KEY_FILE to a file outside ATTUNE_DATA")
    assert config.load({**GOOD, **beside, "ATTUNE_KEY_BESIDE_DATA": "yes"}, NO_FILE).data == tmp_path / "x"


@pytest.mark.parametrize(
    ("name", "zone"), [("Asia/Kathmandu", "Asia/Kathmandu"), (":Europe/Berlin", "Europe/Berlin")]
)
def test_the_machines_zone_is_what_its_environment_says(name: str, zone: str) -> None:
    """As the C library reads TZ; ATTUNE_ZONE wins over it."""
    assert config.load({**GOOD, "TZ": name}, NO_FILE).zone == zone
    assert config.load({**GOOD, "TZ": name, "ATTUNE_ZONE": "UTC"}, NO_FILE).zone == "UTC"


def test_a_machine_that_does_not_tell_its_zone_is_in_utc() -> None:
    """A TZ that is no name of a zone tells nothing."""
    found = config.load({**GOOD, "TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}, NO_FILE)
    assert (found.zone, found.zone_told) == ("UTC", False)
    assert config.load({**GOOD, "TZ": "Asia/Kathmandu"}, NO_FILE).zone_told


@pytest.mark.parametrize("name", ["ATTUNE_KEEP_MESSAGES", "ATTUNE_KEEP_UPDATES", "ATTUNE_KEEP_INVITES"])
def test_days_to_keep_are_from_two_to_ten_years(name: str) -> None:
    """Telegram repeats an update for a day, so less than two would let one in twice."""
    for days in (2, 3650):
        kept = config.load({**GOOD, name: str(days)}, NO_FILE).retention
        assert getattr(kept, name.removeprefix("ATTUNE_KEEP_").lower()) == days
    for days in (1, 3651):
        assert "from 2 to 3650" in wrong(**{name: str(days)})


def test_the_file_names_the_way_to_telegram_too(tmp_path: Path) -> None:
    """A proxy and certificates are read from the environment by others: what only the file says is put there."""
    file = tmp_path / ".env"
    file.write_text(
        "HTTPS_PROXY=http://127.0.0.1:3128\nNO_PROXY=.example.org\nATTUNE_OPERATOR=Ada\n", "utf-8"
    )
    environment = {"no_proxy": "localhost", "SSL_CERT_FILE": ""}
    config.hand_on(environment, file)
    assert environment == {
        "no_proxy": "localhost",
        "SSL_CERT_FILE": "",
        "HTTPS_PROXY": "http://127.0.0.1:3128",
    }


def test_a_proxy_that_is_not_asked_stops_nothing() -> None:
    """One of another kind may be there for other programs: where Telegram is reached without it, or by plain HTTP."""
    proxy = {**GOOD, "HTTPS_PROXY": "socks5://127.0.0.1:1080"}
    assert config.load({**proxy, "NO_PROXY": "api.telegram.org"}, NO_FILE).api_url == TELEGRAM
    assert config.load({**proxy, "ATTUNE_API_URL": "http://127.0.0.1:8081"}, NO_FILE).rate
