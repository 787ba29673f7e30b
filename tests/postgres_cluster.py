"""A PostgreSQL server for tests: of Debian's package or whatever is installed, on a socket in a temporary folder.

It waits for the disk as it does by default. It refuses to run as root, so root starts it as somebody else.
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

PACKAGED = Path("/usr/lib/postgresql")
ACCOUNTS = ("postgres", "nobody")
USER = "attune"


def programs() -> Path | None:
    """Find the folder of the newest server's programs; None where there is none."""
    found = [path.parent for path in PACKAGED.glob("*/bin/initdb")]
    named = shutil.which("initdb")
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    return Path(named).resolve().parent if named else None


_COPIES = itertools.count()


def copied(url: str) -> str:
    """Copy a database that nobody uses beside it on its server; tell the copy's address. It goes when that one does."""
    given = psycopg.conninfo.conninfo_to_dict(url)
    name = f"{given['dbname']}_{next(_COPIES)}"
    there = psycopg.conninfo.make_conninfo(url, dbname="postgres")
    with psycopg.connect(there, autocommit=True) as beside:
        beside.execute(f"CREATE DATABASE {name} TEMPLATE {given['dbname']}".encode())
    return url.replace(f"/{given['dbname']}?", f"/{name}?", 1)


class Questions(psycopg.RawCursor[Any]):
    """Takes `?` for a value, as SQLite does."""

    def execute(self, query: Any, params: Any = None, **given: Any) -> Any:
        """Run a statement."""
        first, *others = (query.decode() if isinstance(query, bytes) else str(query)).split("?")
        numbered = "".join(f"${number}{part}" for number, part in enumerate(others, 1))
        return super().execute((first + numbered).encode(), params, **given)


@dataclass
class Cluster:
    """A running server. Made by `Cluster.start`."""

    programs: Path
    folder: Path
    account: pwd.struct_passwd | None  # who runs it; None: whoever runs the tests
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    within: tuple[str, ...] = ()  # a command that runs its programs in a house of their own

    @classmethod
    def start(cls, programs: Path) -> "Cluster":
        """Make a server in a temporary folder and start it."""
        account = _account() if os.geteuid() == 0 else None
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        made = cls(programs, folder, account)
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        try:
            made.run("initdb", "-D", made.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C")
            made.up()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return made

    def standby(self) -> "Cluster":
        """Make a server that follows this one, in a folder of its own, and start it."""
        made = Cluster(self.programs, Path(tempfile.mkdtemp(prefix="pg")), self.account)
        if self.account is not None:
            os.chown(made.folder, self.account.pw_uid, self.account.pw_gid)
        try:
            made.run("pg_basebackup", "-D", made.data, "-h", self.folder, "-U", USER, "-R", "-c", "fast")
            made.up()
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise
        return made

    def promote(self) -> None:
        """Let a standby be the primary from now on."""
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self.folder / "data"

    def run(self, program: str, *arguments: object) -> None:
        """Run one of its programs as the server's account."""
        with (self.folder / "log").open("ab") as log:
            subprocess.run(  # noqa: S603 (a program of the package)
                [*self.within, self.programs / program, *map(str, arguments)],
                check=True,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                **self._as_account(),
            )

    def popen(self, *command: object) -> "subprocess.Popen[bytes]":
        """Start a command as the server's account, which reads from us and writes to us."""
        return subprocess.Popen(  # noqa: S603 (a test's own)
            list(map(str, command)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **self._as_account(),
        )

    def _as_account(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def up(self) -> None:
        """Start it, and wait until it answers."""
        settings = f"-k {self.folder} -c listen_addresses='' -c max_connections=40"
        self.run("pg_ctl", "-D", self.data, "-w", "-o", settings, "start")

    def down(self, how: str = "immediate") -> None:
        """Stop it: immediate is a kill, fast tells its clients."""
        self.run("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    def end(self) -> None:
        """Stop it, unless it has ended, and remove all of it."""
        try:
            if (self.data / "postmaster.pid").exists():
                self.down()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str = "postgres") -> str:
        """Write the address of one of its databases."""
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def create(self) -> str:
        """Make an empty database; tell its address."""
        name = f"t{next(self.numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def make(self) -> str:
        """Make a database with all tables and nothing in them; tell its address."""
        name = f"t{next(self.numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database and its copies, whoever uses them."""
        name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        with self.connect() as connection:
            found = connection.execute("SELECT datname FROM pg_database").fetchall()
            for (each,) in found:
                if each == name or each.startswith(f"{name}_"):
                    connection.execute(f"DROP DATABASE {each} WITH (FORCE)")

    def connect(self, url: str | None = None) -> "psycopg.Connection[tuple[Any, ...]]":
        """Connect to a database of its, each statement committed."""
        return psycopg.connect(url or self.url(), autocommit=True)

    @cached_property
    def _template(self) -> str:
        from storage.keyring import Keyring  # noqa: PLC0415 (only where a template is wanted)
        from storage.postgres import server  # noqa: PLC0415 (only where its driver is there)
        from storage.vault import Vault  # noqa: PLC0415 (only where its driver is there)

        url = self.create()
        vault = Vault(Keyring(self.folder / "none", {1: bytes(32)}, bytes(32)), url)
        with server.connect(url) as connection:
            server.prepare(connection, url, vault)
        return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])


def _account() -> pwd.struct_passwd:
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("root needs an account to run PostgreSQL as: postgres or nobody")
