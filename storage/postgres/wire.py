"""Statements to the server and rows back, in one pipeline.

Past psycopg's cursors, which cost several times what they carry: a statement is its text and its values in the
server's own binary form, and what it selects is read by psycopg's loaders. Nothing is prepared by a name, so that any
pooler may stand between.
"""

import select
from collections.abc import Iterator, Sequence
from functools import lru_cache
from struct import pack
from typing import NamedTuple

import psycopg
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

from storage.engine import COMMIT, Listed, Rows, Statement, Value, Values
from storage.postgres.dialect import numbered

PATIENCE = 20.0  # seconds in which the server has to answer: longer than any lock is held there
OFTEN = 4  # sets of values from which a statement is read by the server once
SUCCESS = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})

_UNKNOWN, _BYTES, _INTEGER, _TEXT, _INTEGERS, _TEXTS = (
    0,
    17,
    20,
    25,
    1016,
    1009,
)  # the server's numbers for types
_COMMITTED = COMMIT.encode()
_WRITE_NOTHING = (b"SELECT", b"BEGIN", b"SAVEPOINT", b"RELEASE", b"ROLLBACK", _COMMITTED)
_READABLE, _BOTH = select.POLLIN, select.POLLIN | select.POLLOUT

Spoken = tuple[bytes, list[bytes | None], list[int]]


class Answered(NamedTuple):
    """What became of one statement with one set of values."""

    rows: Rows
    kept: bool  # whether it says that a transaction was committed
    wrote: bool  # whether it has changed a row, or may have


class Wire:
    """The way to the server over one connection."""

    def __init__(
        self, connection: psycopg.Connection[psycopg.rows.DictRow], patience: float = PATIENCE
    ) -> None:
        self._patience = patience
        self._pgconn: PGconn = connection.pgconn
        self._read = Transformer(connection)
        self._poll = select.poll()
        self._poll.register(self._pgconn.socket, _READABLE)

    def exchange(self, steps: Sequence[Statement]) -> Iterator[Answered]:
        """Run statements together, each set of values of each; give their answers in order.

        Raises psycopg's errors where one fails: those after it were not run.
        """
        spoken = [[said(step.sql, values) for values in step.sets] for step in steps]
        pgconn = self._pgconn
        pgconn.enter_pipeline_mode()
        answers = [told for sets in spoken for told in self._say(sets)]
        pgconn.pipeline_sync()
        self._send()
        failure: psycopg.Error | None = None
        try:
            for answer in answers:
                result = self._result()
                if result.status in SUCCESS:
                    self._end_of_one()
                    if not answer:
                        continue
                    tag = result.command_status or b""
                    yield Answered(self._rows(result), tag == _COMMITTED, _wrote(tag))
                    continue
                if result.status != ExecStatus.PIPELINE_ABORTED:
                    failure = _failure(result)
                self._end_of_one()
                if pgconn.status == ConnStatus.BAD:
                    break
            if pgconn.status != ConnStatus.BAD:
                self._result()  # the end of the pipeline
                pgconn.exit_pipeline_mode()
        except psycopg.OperationalError:
            if failure is None:  # else a server that ends itself has said why, and hung up
                raise
        if failure is not None:
            raise failure

    def _say(self, sets: Sequence[Spoken]) -> Iterator[bool]:
        """Say one statement with each of its sets; tell of each answer to come whether it is of a set.

        One that is said often is read by the server once, as its statement without a name. The next statement of
        anybody's takes its place, so that any pooler may stand between.
        """
        types = _in_common(sets) if len(sets) >= OFTEN else None
        if types is not None:
            self._pgconn.send_prepare(b"", sets[0][0], types)
            yield False
        for text, values, own in sets:
            formats = [Format.BINARY if kind else Format.TEXT for kind in types or own]
            if types is None:
                self._pgconn.send_query_params(text, values, own, formats, Format.BINARY)
            else:
                self._pgconn.send_query_prepared(b"", values, formats, Format.BINARY)
            yield True

    def _send(self) -> None:
        while self._pgconn.flush():
            self._poll.modify(self._pgconn.socket, _BOTH)
            self._wait()
            self._pgconn.consume_input()
        self._poll.modify(self._pgconn.socket, _READABLE)

    def _wait(self) -> None:
        if not self._poll.poll(1000 * self._patience):
            self._pgconn.finish()
            raise psycopg.OperationalError("the server does not answer")

    def _result(self) -> PGresult:
        """Wait for the next result there is."""
        result = self._next()
        if result is None:
            raise psycopg.OperationalError("the connection is lost")
        return result

    def _end_of_one(self) -> None:
        """Read the mark that stands behind each statement's result."""
        if self._pgconn.status != ConnStatus.BAD:
            while self._next() is not None:
                pass

    def _next(self) -> PGresult | None:
        while self._pgconn.is_busy():
            self._wait()
            self._pgconn.consume_input()
        return self._pgconn.get_result()

    def _rows(self, result: PGresult) -> Rows:
        """Read what was selected."""
        if not result.ntuples:
            return []
        read = self._read
        read.set_pgresult(result)
        names = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
        return read.load_rows(0, result.ntuples, lambda values: dict(zip(names, values, strict=True)))


def said(sql: str, values: Values) -> Spoken:
    """Say a statement with its values, and of which types these are. Raises KeyError where one is missing."""
    lists = frozenset(name for name, value in values.items() if isinstance(value, tuple))
    text, names = _encoded(sql, lists)
    given = [_given(values[name]) for name in names]
    return text, [value for value, _ in given], [kind for _, kind in given]


def _in_common(sets: Sequence[Spoken]) -> list[int] | None:
    """Tell the types of a statement's values in all of its sets; None where they differ."""
    types = list(sets[0][2])
    for text, values, own in sets:
        if text != sets[0][0]:
            return None
        for place, (value, kind) in enumerate(zip(values, own, strict=True)):
            if value is None:
                continue
            if kind == _UNKNOWN or types[place] not in {_UNKNOWN, kind}:
                return None
            types[place] = kind
    return types


@lru_cache(maxsize=1024)
def _encoded(sql: str, lists: frozenset[str]) -> tuple[bytes, tuple[str, ...]]:
    text, names = numbered(sql, lists)
    return text.encode(), names


def _given(value: Value | Listed) -> tuple[bytes | None, int]:
    match value:
        case None:
            return None, _UNKNOWN
        case int():
            return pack("!q", value), _INTEGER
        case str():
            return value.encode(), _TEXT
        case bytes():
            return value, _BYTES
    if not value:
        return b"{}", _UNKNOWN
    kind, kinds = (_INTEGER, _INTEGERS) if all(isinstance(item, int) for item in value) else (_TEXT, _TEXTS)
    head = pack("!iiIii", 1, 0, kind, len(value), 1)
    items = [pack("!q", item) if isinstance(item, int) else item.encode() for item in value]
    return head + b"".join(pack("!i", len(item)) + item for item in items), kinds


def _wrote(tag: bytes) -> bool:
    return not tag.startswith(_WRITE_NOTHING) and not tag.endswith(b" 0")


def _failure(result: PGresult) -> psycopg.Error:
    error = error_from_result(result)
    return error if error.sqlstate else psycopg.OperationalError("the connection is lost")
