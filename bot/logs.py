"""Logs: to standard error, for a person or as JSON; kinds, numbers and names of errors, never a text.

What a person wrote can come into a log by an exception's message, or by what a library says of the data it
carries: of both only the kind and the place in the code are written. A Telegram id never stands in a log: rows
and updates are named by their own numbers.
"""

import copy
import logging
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import TracebackType
from typing import TextIO

from pythonjsonlogger.json import JsonFormatter

CONSOLE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
TIME = "%Y-%m-%dT%H:%M:%S%z"
FIELDS = {"asctime": "at", "levelname": "level", "name": "where", "message": "what"}
# Third parties that say very much at DEBUG.
TALKATIVE = ("aiohttp", "aiosqlite", "asyncio", "filelock", "httpcore", "httpx", "telegram")
OURS = ("bot", "prompts", "storage")
FRAMES = 4  # places in the code that are told of an exception, the innermost first
GROUPED = 4  # exceptions that are told of a group

log = logging.getLogger(__name__)


def set_up(level: str, form: str) -> None:
    """Log from now on, also what nobody has caught. `form` is console or json."""
    logging.basicConfig(level=level, handlers=[Discreet(sys.stderr, form)], force=True)
    quieten()
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _tell("A thread has ended", args.exc_value)
    sys.unraisablehook = lambda args: _tell("A clean-up failed", args.exc_value)
    warnings.showwarning = _warned


def quieten() -> None:
    """Let no third party speak below INFO, whatever our own level is."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.getLogger().level, logging.INFO))


class Discreet(logging.StreamHandler[TextIO]):
    """Writes records to a stream, without what may quote private words. `form` is console or json."""

    def __init__(self, stream: TextIO, form: str) -> None:
        super().__init__(stream)
        if form == "json":
            wanted = " ".join(f"%({name})s" for name in FIELDS)
            self.setFormatter(JsonFormatter(wanted, rename_fields=FIELDS, datefmt=TIME))
        else:
            self.setFormatter(logging.Formatter(CONSOLE, TIME))

    def format(self, record: logging.LogRecord) -> str:
        """Write a record out: a third party's as where it spoke, and of an exception its kind and place."""
        told = copy.copy(record)
        if record.name.partition(".")[0] not in OURS:
            told.msg, told.args = f"something was said at {_place(record.pathname, record.lineno)}", ()
        failure = record.exc_info[1] if record.exc_info else None
        if failure is not None:
            told.msg, told.args = f"{told.getMessage()} ({describe(failure)})", ()
        told.exc_info = told.exc_text = told.stack_info = None
        # A formatter may write out whatever else was given to a record.
        told.__dict__ = {name: value for name, value in told.__dict__.items() if name in _KNOWN}
        return super().format(told)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the base class's name)
        """Say that a record could not be written; the inherited one prints what it holds."""
        if self.stream is not None:
            self.stream.write(
                f"a line of {record.name} at {_place(record.pathname, record.lineno)} is lost\n"
            )


_KNOWN = frozenset({*logging.makeLogRecord({}).__dict__, "message", "asctime"})


def describe(failure: BaseException) -> str:
    """Name an exception and where it came from, without its message."""
    name = type(failure).__name__
    if isinstance(failure, BaseExceptionGroup):
        return f"{name} of {'; '.join(describe(inner) for inner in failure.exceptions[:GROUPED])}"
    walked = [
        _place(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(failure.__traceback__)
    ]
    return f"{name} at {' < '.join(walked[: -FRAMES - 1 : -1])}" if walked else name


def _place(path: str, line: int) -> str:
    return f"{Path(path).name}:{line}"


def _uncaught(_: type[BaseException], failure: BaseException, __: TracebackType | None) -> None:
    _tell("The program has ended", failure)


def _tell(what: str, failure: BaseException | None) -> None:
    log.critical("%s: %s", what, describe(failure) if failure else "no exception")


def _warned(  # noqa: PLR0917 (the standard library's signature)
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    del message, file, line
    log.warning("%s at %s", category.__name__, _place(filename, lineno))
