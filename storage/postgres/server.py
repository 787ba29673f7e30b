"""A PostgreSQL server's address, and looking at a database there before anything is written to it.

A new one is made and an old one migrated a step at a time, each in a transaction of its own that no other
process shares. One that is refused is left as it was.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import conninfo, rows

from storage import inspection, migrate, verification
from storage.errors import (
    Damaged,
    ForeignDatabase,
    NewerSchema,
    NoEntry,
    NoRights,
    OldServer,
    OnlyRead,
    StatementsAlone,
    StorageError,
    Unfinished,
    WrongAddress,
)
from storage.postgres.failures import told
from storage.vault import Vault

LOG = logging.getLogger(__name__)

Connected = psycopg.Connection[rows.DictRow]

OLDEST = 150000  # as the server counts: PostgreSQL 15
APART = 5.0  # seconds between two clocks: more is told
PATIENCE = 5  # seconds for a connection, where the address says nothing else

# The database's own number, as SQLite has it in its header.
_MARK = """
CREATE TABLE attune (
    application BIGINT NOT NULL PRIMARY KEY,
    number      BIGINT NOT NULL
)"""
MOVING = migrate.APPLICATION + 1  # in the place of ours, while a house is moved into it
_MADE = f"INSERT INTO attune (application, number) VALUES ({migrate.APPLICATION}, 0)"  # noqa: S608 (our own)
_NUMBER = "SELECT application, number FROM attune"
_ALONE = (
    f"SELECT pg_advisory_xact_lock({migrate.APPLICATION})"  # ends with its transaction: a pooler keeps it
)

_LEADERS = """
CREATE TABLE IF NOT EXISTS leaders (
    role  TEXT        NOT NULL PRIMARY KEY,
    fence BIGINT      NOT NULL,
    owner TEXT,                 -- of the process that has it, at random; NULL: nobody
    until TIMESTAMPTZ NOT NULL, -- by the server's clock: the processes' may differ
    UNIQUE (role, fence)        -- to change the number waits for whoever checks it, to renew does not
)"""

LED = "SELECT role FROM leaders WHERE owner IS NOT NULL AND until > clock_timestamp()"
_HERE = """
SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'i')"""


def shown(url: str) -> str:
    """Write an address without its password. Raises WrongAddress."""
    try:
        given = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise WrongAddress("ATTUNE_DATABASE") from None  # the cause would quote the password
    user, host, name = (str(given.get(part) or "") for part in ("user", "host", "dbname"))
    port = f":{given['port']}" if given.get("port") else ""
    where = (
        "" if host.startswith("/") else f"{user and user + '@'}{host}{port}"
    )  # a socket's folder is no host
    return f"postgresql://{where}/{name}"


def connect(url: str) -> Connected:
    """Connect, so that any pooler may stand between: nothing is kept in the session. Raises StorageError."""
    place = shown(url)
    patience = conninfo.conninfo_to_dict(url).get("connect_timeout", PATIENCE)
    try:
        return psycopg.connect(
            url,
            autocommit=True,
            prepare_threshold=None,
            row_factory=rows.dict_row,
            cursor_factory=psycopg.RawCursor,
            application_name="attune",
            connect_timeout=patience,
        )
    except psycopg.OperationalError as error:
        raise NoEntry(place, what=" ".join(str(error).split())) from None


def is_there(url: str) -> bool:
    """Tell whether it is more than empty tables of ours. Raises StorageError."""
    with told(shown(url)), connect(url) as connection:
        there = {row["relname"] for row in connection.execute(_HERE)}
        if {"attune", "notes"} <= there:
            return connection.execute(inspection.CHECKS).fetchone() is not None
        return bool(there)


def verify(url: str, vault: Vault) -> list[str]:
    """Look at the tables and everybody's key, through a connection of its own; PostgreSQL holds the references."""
    place = shown(url)
    try:
        with told(place), connect(url) as beside:
            look(beside, place, vault)
            found = beside.execute(verification.KEYS, binary=True)
            keys = ((row["id"], row["wrapped_key"], row["key_generation"]) for row in found)
            return list(verification.wrong_keys(keys, vault))
    except StorageError as error:
        return [str(error)]


def prepare(connection: Connected, place: str, vault: Vault) -> None:
    """Make a database, or look at the one there is and migrate it. Raises StorageError."""
    with told(place):
        found = connection.info.server_version
        if found < OLDEST:
            raise OldServer(place, known=OLDEST // 10000, found=found // 10000)
        if not keeps_transactions(connection):
            raise StatementsAlone(place)
        if _one(connection, "SHOW transaction_read_only") == "on":
            raise OnlyRead(place)
        _compare_clocks(connection)
        number = look(connection, place, vault)
        if 0 < number < migrate.latest():
            LOG.info("bringing the database from schema %d to %d", number, migrate.latest())
        while number < migrate.latest():
            with _alone(connection):
                number = _step(connection, place, number)
        if not any(row["relname"] == "leaders" for row in connection.execute(_HERE)):
            with _alone(connection):
                connection.execute(_LEADERS)


def keeps_transactions(connection: Connected) -> bool:
    """Tell whether a transaction may be begun: a pooler in statement mode refuses that, and ends the connection."""
    try:
        with connection.transaction():
            return True
    except psycopg.errors.ProtocolViolation:
        return False


def _compare_clocks(connection: Connected) -> None:
    """Warn where this machine's clock is not the server's: then another process's may differ from it as well."""
    there = _one(connection, "SELECT CAST(extract(epoch FROM clock_timestamp()) AS FLOAT8)")
    apart = abs(time.time() - float(str(there)))
    if apart > APART:
        LOG.warning(
            "the clocks of this machine and of the database are %.0f s apart: set them by the same time",
            apart,
        )


def look(connection: Connected, place: str, vault: Vault) -> int:
    """Tell the schema of a database that this code and this key file can use; 0 for an empty one.

    Raises ForeignDatabase, NewerSchema, Damaged, WrongKey.
    """
    there = {row["relname"] for row in connection.execute(_HERE)}
    if not there:
        return 0
    if "attune" not in there:
        raise ForeignDatabase(place)
    number = _number(connection, place)
    made_of = {name for kind, name, *_ in migrate.expected(number) if kind in {"table", "index"}}
    if not made_of <= there:
        raise Damaged(place, what="its tables are not those of its schema")
    if number:
        noted = ((row["name"], row["value"]) for row in connection.execute(inspection.CHECKS))
        inspection.check_keys(place, noted, vault)
    return number


def _step(connection: Connected, place: str, number: int) -> int:
    """Apply the next step, unless another process has done so meanwhile; tell the number then."""
    if number == 0 and not any(row["relname"] == "attune" for row in connection.execute(_HERE)):
        if _one(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')") is not True:
            raise NoRights(place)
        connection.execute(_MARK)
        connection.execute(_MADE)
    found = _number(connection, place)
    if found > number:
        return found
    step = migrate.load()[found]
    if found:
        LOG.info("schema %d of %d", step.number, migrate.latest())
    for statement in step.statements():
        connection.execute(statement.encode())
    connection.execute("UPDATE attune SET number = $1", [step.number])
    return step.number


def is_moved_into(connection: Connected) -> bool:
    """Tell whether a move into it, by this code, was interrupted."""
    if not any(row["relname"] == "attune" for row in connection.execute(_HERE)):
        return False
    return connection.execute(_NUMBER).fetchall() == [{"application": MOVING, "number": migrate.latest()}]


def is_served(url: str) -> bool:
    """Tell whether a process serves a house. Raises StorageError."""
    with told(shown(url)), connect(url) as connection:
        return connection.execute(LED).fetchone() is not None


def _number(connection: Connected, place: str) -> int:
    row = connection.execute(_NUMBER).fetchone()
    if row is not None and row["application"] == MOVING:
        raise Unfinished(place)
    if row is None or row["application"] != migrate.APPLICATION:
        raise ForeignDatabase(place)
    number = int(row["number"])
    if number > migrate.latest():
        raise NewerSchema(place, found=number, known=migrate.latest())
    return number


@contextmanager
def _alone(connection: Connected) -> Iterator[None]:
    """Begin a transaction that no other process's step shares."""
    with connection.transaction():
        connection.execute(_ALONE)
        yield


def _one(connection: Connected, sql: str) -> object:
    row = connection.execute(sql.encode()).fetchone()
    return None if row is None else next(iter(row.values()))
