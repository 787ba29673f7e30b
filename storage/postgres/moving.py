"""A database on a server as a house that is moved from, or into.

One that is moved into says so in its own number until all of it is there: it is refused by whoever would serve it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg import rows

from storage import inspection, migrate
from storage.errors import HouseThere, OldSchema
from storage.moving import Cells, Relation
from storage.postgres import server
from storage.postgres.failures import told
from storage.vault import Vault

_MARK = "UPDATE attune SET application = $1"


class HouseOnServer:
    """A house on a server, through a connection of its own."""

    def __init__(self, connection: server.Connected) -> None:
        self._connection = connection

    def rows(self, table: Relation) -> Iterator[Cells]:
        """Give a table's rows."""
        sql = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 (the schema's own)
        with self._connection.cursor(row_factory=rows.tuple_row) as cursor:
            yield from cursor.stream(sql.encode(), binary=True)

    def fill(self, emptied: Sequence[Relation], table: Relation, rows: Iterator[Cells]) -> None:
        """Empty tables, and fill one of them, both or neither."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            if emptied:
                cursor.execute(f"TRUNCATE {', '.join(one.name for one in emptied)}".encode())
            into = f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN"
            with cursor.copy(into.encode()) as copy:
                for row in rows:
                    copy.write_row(row)

    def finish(self) -> None:
        """Let it be served."""
        self._connection.execute(_MARK, [migrate.APPLICATION])


@contextmanager
def old_house(url: str, vault: Vault) -> Iterator[HouseOnServer]:
    """Open a house to move from, as it is at one instant. Raises StorageError."""
    place = server.shown(url)
    with told(place), server.connect(url) as connection:
        number = server.look(connection, place, vault)
        if number != migrate.latest():
            raise OldSchema(place, found=number, known=migrate.latest())
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield HouseOnServer(connection)
        connection.execute("ROLLBACK")


@contextmanager
def new_house(url: str, vault: Vault) -> Iterator[HouseOnServer]:
    """Open a house to move into: an empty one, or what an interrupted move has left. Raises StorageError."""
    place = server.shown(url)
    with told(place), server.connect(url) as connection:
        if not server.is_moved_into(connection):
            server.prepare(connection, place, vault)
            if connection.execute(inspection.CHECKS).fetchone() is not None:
                raise HouseThere(place)
            connection.execute(_MARK, [server.MOVING])
        yield HouseOnServer(connection)
