"""Settings: environment variables, or a `.env` file; nothing else. A wrong one ends the start in one line."""

import os
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from dotenv import dotenv_values

from bot import zones

LOOPBACK = ("127.0.0.1", "::1", "localhost")
ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[0-9A-Za-z.-]+):(?P<port>[0-9]{1,5})")
MOST_PORT = 65535
TELEGRAM = "https://api.telegram.org"
TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,80}")
API_URL = re.compile(r"https?://[^\s/]+(?!\S*/bot([0-9]+:[^/]*)?$)(/\S*)?")  # a root: no method, no token
PROXY = re.compile(r"https?://[^\s/]+(/\S*)?")  # aiohttp speaks with no other
WAY = ("HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE")
"""What the libraries on the way to Telegram read from the environment themselves."""
LEAST_RATE, MOST_RATE = 1.0, 1000.0
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("console", "json")
QUOTES = "\"'"
LEAST_DAYS, MOST_DAYS = 2, 3650  # Telegram repeats an update for a day


class ConfigError(Exception):
    """A setting is missing or wrong; the message is one line that says what to set."""


@dataclass(frozen=True)
class Retention:
    """How many days what has served its time is kept. What people wrote is kept until they delete it."""

    messages: int = 30  # settled: what was sent, when, and its number in the chat; never its words
    updates: int = 7  # numbers of what has arrived; Telegram repeats one for a day at most
    invites: int = 30  # after they expired


@dataclass(frozen=True)
class Address:
    """Where something listens."""

    host: str
    port: int

    @property
    def shown(self) -> str:
        """Return the host as a URL has it."""
        return f"[{self.host}]" if ":" in self.host else self.host


@dataclass(frozen=True)
class Webhook:
    """Where Telegram pushes updates to, and where we listen for them."""

    url: str
    listen: Address
    certificate: Path | None = None  # of our own; else a proxy in front has one
    certificate_key: Path | None = None


@dataclass(frozen=True)
class Config:
    """What this installation is told."""

    token: str = field(repr=False)
    data: Path
    key_file: Path
    operator: str
    zone: str
    api_url: str = TELEGRAM
    file_url: str = ""  # the root to which /bot<token>/<path> of a file is appended; empty: the other one's
    zone_told: bool = True  # else it is UTC until a partner names their city
    allow: frozenset[int] | None = frozenset()  # None: everybody
    log_level: str = "INFO"
    log_format: str = "console"
    retention: Retention = field(default_factory=Retention)
    rate: float = 30.0  # calls a second that Telegram allows this bot
    status: Address | None = None  # where health and metrics are told; None: nowhere
    backups: Path | None = None  # the folder whose newest backup's age is told
    webhook: Webhook | None = None  # None: updates are fetched
    database: str = field(
        default="", repr=False
    )  # a PostgreSQL server's address; empty: a file among the data

    @property
    def memory(self) -> Path | str:
        """Where the database is: a folder, or a server's address."""
        return self.database or self.data

    def may_start(self, chat: int) -> bool:
        """Tell whether somebody may start a couple here; whoever they invite may join."""
        return self.allow is None or chat in self.allow


@dataclass(frozen=True)
class Places:
    """Where the data and the key are, for commands that need no token."""

    data: Path
    key_file: Path
    backups: Path | None = None
    words: Path | None = None  # of one's own, laid over ours
    database: str = field(default="", repr=False)

    @property
    def memory(self) -> Path | str:
        """Where the database is: a folder, or a server's address."""
        return self.database or self.data

    @property
    def folder(self) -> Path:
        """Where the database's file is. Raises ConfigError where it is on a server."""
        if self.database:
            raise ConfigError(
                "With ATTUNE_DATABASE set, back up and restore by PostgreSQL's own pg_dump and pg_restore: "
                "whoever was forgotten since is forgotten again at the next start."
            )
        return self.data


def places(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Places:
    """Read where the data and the key are; the environment wins over the file. Raises ConfigError."""
    given = os.environ if environment is None else environment
    values = _values(given, file)
    data = _path(values, "ATTUNE_DATA", _home(given, "XDG_DATA_HOME", ".local/share"))
    key_file = _path(values, "ATTUNE_KEY_FILE", _home(given, "XDG_CONFIG_HOME", ".config") / "keyring.json")
    backups = _path(values, "ATTUNE_BACKUPS", data) if values.get("ATTUNE_BACKUPS") else None
    return Places(data, key_file, backups, _words(values), _database(values))


def _words(values: Mapping[str, str]) -> Path | None:
    if not values.get("ATTUNE_WORDS"):
        return None
    folder = _path(values, "ATTUNE_WORDS", Path())
    if not folder.is_dir():
        raise ConfigError(
            "Set ATTUNE_WORDS to a folder of words that is there, such as /srv/attune-words; or leave it out."
        )
    return folder


def _values(given: Mapping[str, str], file: Path | None) -> dict[str, str]:
    """Put the environment over the file; what is blank is not given. Raises ConfigError."""
    path = file or Path(".env")
    try:
        known = dotenv_values(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"Make {path} a text file in UTF-8 that this program may read.") from None
    named = ((name, _unquoted(value)) for name, value in [*known.items(), *given.items()] if value)
    return {name: value for name, value in named if value.strip()}


def _unquoted(value: str) -> str:
    """Take a pair of outer quotation marks off: `docker --env-file` hands them over as they stand."""
    bare = value.strip()
    quoted = len(bare) > 1 and bare[0] == bare[-1] and bare[0] in QUOTES
    return bare[1:-1] if quoted else value


def _path(values: Mapping[str, str], name: str, usual: Path) -> Path:
    try:
        path = Path(values.get(name) or usual).expanduser()
        whole = path.resolve()
    except (OSError, RuntimeError):  # no such user, nobody's home, links in a circle
        raise ConfigError(f"Set {name} to a path that exists or can be made, such as /srv/attune.") from None
    if not path.is_absolute():  # in a container it would be gone with it, and the words with that
        raise ConfigError(
            f"Set {name} to a whole path, such as /srv/attune: another depends on where the bot is started."
        )
    return whole


def load(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Config:
    """Read the settings; the environment wins over the file. Raises ConfigError."""
    given = os.environ if environment is None else environment
    values = _values(given, file)
    where = places(environment, file)
    _check_apart(where, values)
    _check_way(values)
    zone = _zone(values) or zones.of_machine(given, datetime.now(UTC))
    return Config(
        token=_token(values),
        data=where.data,
        key_file=where.key_file,
        operator=_operator(values),
        zone=zone or "UTC",
        zone_told=bool(zone),
        api_url=_api_url(values),
        file_url=_file_url(values),
        allow=_allow(values),
        log_level=_level(values),
        log_format=_log_format(values),
        retention=Retention(
            messages=_days(values, "ATTUNE_KEEP_MESSAGES", Retention.messages),
            updates=_days(values, "ATTUNE_KEEP_UPDATES", Retention.updates),
            invites=_days(values, "ATTUNE_KEEP_INVITES", Retention.invites),
        ),
        rate=_rate(values),
        status=status(values),
        webhook=_webhook(values),
        backups=where.backups,
        database=where.database,
    )


def hand_on(environment: MutableMapping[str, str], file: Path | None = None) -> None:
    """Put what the file says of the way to Telegram into the environment, which wins. Raises ConfigError.

    Before aiohttp is imported: it reads its certificates as it is.
    """
    values = _values({}, file)
    told = {name for name in environment if environment[name]}
    for name in WAY:
        if name in values and not {name, name.lower()} & told:
            environment[name] = values[name].replace("\0", "")


def _check_way(values: Mapping[str, str]) -> None:
    """Refuse certificates that are not there, and a proxy by which an https address can't be reached."""
    if "SSL_CERT_FILE" in values:
        _file(values, "SSL_CERT_FILE")
    proxy = values.get("https_proxy") or values.get("HTTPS_PROXY") or ""
    if not proxy or PROXY.fullmatch(proxy.strip()) or not _api_url(values).startswith("https:"):
        return
    from urllib.request import (  # type: ignore[attr-defined] # noqa: PLC0415 (not in typeshed; slow, and hardly ever needed)
        proxy_bypass_environment,
    )

    direct = values.get("no_proxy") or values.get("NO_PROXY") or ""
    if not proxy_bypass_environment(urlsplit(_api_url(values)).netloc, {"no": direct}):
        raise ConfigError("Set HTTPS_PROXY to a proxy's address, such as http://127.0.0.1:3128.")


def status(values: Mapping[str, str] | None = None) -> Address | None:
    """Read where health and metrics are told. Raises ConfigError."""
    given = (_values(os.environ, None) if values is None else values).get("ATTUNE_STATUS", "").strip()
    return _address("ATTUNE_STATUS", given, "127.0.0.1:9464") if given else None


def _address(name: str, given: str, example: str) -> Address:
    found = ADDRESS.fullmatch(given)
    if not found or int(found["port"]) > MOST_PORT:
        raise ConfigError(f"Set {name} to an address and a port, such as {example}.")
    return Address(found["host"].strip("[]"), int(found["port"]))


def _webhook(values: Mapping[str, str]) -> Webhook | None:
    url = values.get("ATTUNE_WEBHOOK_URL", "").strip()
    if not url:
        return None
    parts = urlsplit(url)
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in LOOPBACK):
        raise ConfigError("Set ATTUNE_WEBHOOK_URL to the https address at which Telegram reaches this bot.")
    given = values.get("ATTUNE_WEBHOOK_LISTEN", "").strip() or "127.0.0.1:8443"
    own = [_file(values, name) for name in ("ATTUNE_WEBHOOK_CERT", "ATTUNE_WEBHOOK_CERT_KEY")]
    if (own[0] is None) != (own[1] is None):
        raise ConfigError("Set both ATTUNE_WEBHOOK_CERT and ATTUNE_WEBHOOK_CERT_KEY, or neither.")
    return Webhook(url, _address("ATTUNE_WEBHOOK_LISTEN", given, "127.0.0.1:8443"), *own)


def place_of(given: str) -> Path | str:
    """Read where a house is to be moved: a PostgreSQL database's address, or a data folder. Raises ConfigError."""
    return given if "://" in given and _database({"ATTUNE_DATABASE": given}) else Path(given).absolute()


def _database(values: Mapping[str, str]) -> str:
    url = values.get("ATTUNE_DATABASE", "").strip()
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise ConfigError(
            "Set ATTUNE_DATABASE to a PostgreSQL database's address, such as postgresql://attune@127.0.0.1/attune, "
            "or leave it out: a file in ATTUNE_DATA needs none."
        )
    return url


def _file(values: Mapping[str, str], name: str) -> Path | None:
    given = values.get(name, "").strip()
    try:
        there = not given or Path(given).is_file()
    except OSError:  # a name that is too long
        there = False
    if not there:
        raise ConfigError(f"Set {name} to a file that is there and that this program may read.")
    return Path(given) if given else None


def _check_apart(where: Places, values: Mapping[str, str]) -> None:
    """Refuse a key beside the data it opens: whoever copies one folder would have both."""
    if where.data in where.key_file.parents and values.get("ATTUNE_KEY_BESIDE_DATA", "").strip() != "yes":
        raise ConfigError(
            "Set ATTUNE_KEY_FILE to a file outside ATTUNE_DATA, so that no copied folder holds both; "
            "or set ATTUNE_KEY_BESIDE_DATA=yes to have them together all the same."
        )


def _days(values: Mapping[str, str], name: str, usual: int) -> int:
    given = values.get(name, "").strip() or str(usual)
    if not re.fullmatch(r"[0-9]{1,4}", given) or not LEAST_DAYS <= int(given) <= MOST_DAYS:
        raise ConfigError(f"Set {name} to a number of days from {LEAST_DAYS} to {MOST_DAYS}.")
    return int(given)


def _log_format(values: Mapping[str, str]) -> str:
    form = values.get("ATTUNE_LOG_FORMAT", "").strip().lower() or "console"
    if form not in FORMATS:
        raise ConfigError(f"Set ATTUNE_LOG_FORMAT to one of {', '.join(FORMATS)}.")
    return form


def _home(environment: Mapping[str, str], variable: str, default: str) -> Path:
    named = Path(environment.get(variable, ""))
    return (named if named.is_absolute() else Path(f"~/{default}")) / "attune"


def _token(values: Mapping[str, str]) -> str:
    token = values.get("ATTUNE_TOKEN", "").strip() or _token_in_file(values)
    if not token:
        raise ConfigError(
            "Set ATTUNE_TOKEN to the token that @BotFather gives you for /newbot; "
            "or try Attune without one: python -m bot demo, or python -m bot rehearse."
        )
    if not TOKEN.fullmatch(token):
        raise ConfigError("Set ATTUNE_TOKEN to a whole token, digits, a colon and letters: 123456:ABC...")
    return token


def _token_in_file(values: Mapping[str, str]) -> str:
    """Read the token where a service manager or a container hands it over as a file. Raises ConfigError."""
    named = values.get("ATTUNE_TOKEN_FILE", "").strip()
    try:
        return Path(named).read_text("utf-8").strip() if named else ""
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            "Set ATTUNE_TOKEN_FILE to a file that holds the token and that this program may read."
        ) from None


def _operator(values: Mapping[str, str]) -> str:
    operator = values.get("ATTUNE_OPERATOR", "").strip()
    if not operator:
        raise ConfigError("Set ATTUNE_OPERATOR to your name: people are told who runs this bot.")
    return operator


def _zone(values: Mapping[str, str]) -> str:
    named = values.get("ATTUNE_ZONE", "").strip()
    if named and named not in available_timezones():
        raise ConfigError("Set ATTUNE_ZONE to the name of a time zone, such as Europe/Berlin.")
    return named


def _api_url(values: Mapping[str, str]) -> str:
    url = values.get("ATTUNE_API_URL", "").strip().rstrip("/") or TELEGRAM
    if not API_URL.fullmatch(url):
        raise ConfigError(f"Set ATTUNE_API_URL to a root such as {TELEGRAM}, without /bot<token>.")
    return url


def _file_url(values: Mapping[str, str]) -> str:
    url = values.get("ATTUNE_FILE_URL", "").strip().rstrip("/")
    if url and not API_URL.fullmatch(url):
        raise ConfigError(f"Set ATTUNE_FILE_URL to a root such as {TELEGRAM}/file, without /bot<token>.")
    return url


def _allow(values: Mapping[str, str]) -> frozenset[int] | None:
    named = values.get("ATTUNE_ALLOW", "").strip()
    if named.lower() == "open":
        return None
    ids = [part for part in re.split(r"[\s,]+", named) if part]
    if not ids or not all(re.fullmatch(r"[0-9]{1,19}", part) for part in ids):
        raise ConfigError(
            "Set ATTUNE_ALLOW to the Telegram ids of those who may start a couple (123,456), "
            "or to open, to let everybody."
        )
    return frozenset(map(int, ids))


def _level(values: Mapping[str, str]) -> str:
    level = values.get("ATTUNE_LOG_LEVEL", "").strip().upper() or "INFO"
    if level not in LEVELS:
        raise ConfigError(f"Set ATTUNE_LOG_LEVEL to one of {', '.join(LEVELS)}.")
    return level


def _rate(values: Mapping[str, str]) -> float:
    given = values.get("ATTUNE_RATE", "").strip() or "30"
    if not re.fullmatch(r"[0-9]+([.][0-9]+)?", given) or not LEAST_RATE <= float(given) <= MOST_RATE:
        raise ConfigError(
            "Set ATTUNE_RATE to the calls a second that Telegram allows your bot: 30, or up to 1000 with "
            "paid broadcasts."
        )
    return float(given)
