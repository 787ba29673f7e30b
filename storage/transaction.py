"""A transaction: what a unit of work may run, until it ends."""

from collections.abc import Sequence

from storage.engine import COMMIT, Engine, Listed, Record, Rows, Statement, Value, Visit, asking
from storage.errors import Undone

READING = ("SELECT", "WITH")


class Transaction:
    """Runs nothing after its end, and nothing once it can't be whole any more.

    That is so once a statement's wait was cancelled (it may or may not have run), once SQLite has rolled back
    by itself (on a full disk, say), and once a statement that was put off has failed, whoever catches the
    exception.

    It begins with the first statement that writes, and a savepoint with the first statement inside: both wait
    until then, and one without a statement never was. Where nothing is written nothing is begun: this is the
    only connection that writes, and one unit of work has it at a time. On an engine that others write to as
    well it begins with the first statement of all, so that what it reads can be locked.

    What is run `later` goes with the next statement whose rows are asked for, or with the commit. A `prompt`
    transaction puts nothing off: what fails, fails where it is asked for.
    """

    def __init__(self, engine: Engine, *, prompt: bool = False) -> None:
        self._engine = engine
        self._prompt = prompt
        self._waiting: list[Statement] = []
        self._begun = False
        self._lost = False
        self._over = False
        self._end: Visit | None = None
        self.changed = False  # something that a message may say: sending alone does not

    async def rows(self, sql: str, first: Sequence[Statement] = (), /, **values: Value | Listed) -> Rows:
        """Run a statement, and some before it, and return its rows. Raises Undone, StorageError."""
        step = asking(sql, **values)
        await self.all(*first, step)
        return step.rows

    async def row(
        self, sql: str, first: Sequence[Statement] = (), /, **values: Value | Listed
    ) -> Record | None:
        """Run a statement, and some before it, and return its first row, if any. Raises as rows."""
        found = await self.rows(sql, first, **values)
        return found[0] if found else None

    async def all(self, *steps: Statement) -> None:
        """Run steps in one visit; what each has selected stands in it then. Raises as rows."""
        self.check()
        full = [step for step in steps if step.sets]
        if not all(step.sql.lstrip().startswith(READING) for step in full):
            self.changed = True
            self._begin()
        elif self.shared:
            self._begin()
        put_off = self._take() if self._begun else []
        if not (put_off or full):
            return
        visit = Visit([*put_off, *full])
        try:
            await self._engine.make(visit)
        except BaseException as error:
            rolled_back = self._begun and not self._engine.in_transaction
            self._lost = visit.done < len(put_off) or rolled_back or not isinstance(error, Exception)
            raise

    async def later(self, *steps: Statement) -> None:
        """Run statements that write, together with what is run next. Raises as check."""
        if self._prompt:
            await self.all(*steps)
        else:
            self.with_next(*steps)
            self.changed = True

    def with_next(self, *steps: Statement) -> None:
        """Run what sending asks for together with what is run next, or with the commit.

        What it selects stands in it then. It cannot fail by what it is given. Raises as check.
        """
        self.check()
        full = [step for step in steps if step.sets]
        if full:
            self._begin()
            self._waiting += full

    @property
    def shared(self) -> bool:
        """Tell whether other processes write to the same database."""
        return self._engine.shared

    @property
    def begun(self) -> bool:
        """Tell whether anything was written, so that there is something to commit."""
        return self._begun

    def open_savepoint(self, name: str) -> None:
        """Open a savepoint. Raises as check."""
        self.check()
        self._waiting.append(_savepoint(name))

    def release(self, name: str) -> None:
        """Keep what was done since a savepoint was opened. Raises as check."""
        self.check()
        if self._waiting[-1:] == [_savepoint(name)]:
            self._waiting.pop()
        else:
            self._waiting.append(asking(f"RELEASE {name}"))

    def undo(self, name: str) -> None:
        """Undo what was done since a savepoint was opened, and release it. Raises as check."""
        self.check()
        opened = _savepoint(name)
        if opened in self._waiting:
            del self._waiting[self._waiting.index(opened) :]
        else:
            self._waiting = [asking(f"ROLLBACK TO {name}"), asking(f"RELEASE {name}")]

    async def commit(self) -> None:
        """Commit; a second time does nothing. Raises StorageError."""
        if self._end is None:
            self._end = Visit([*self._take(), asking(COMMIT)])
        if self._begun:
            await self._engine.make(self._end)

    async def rollback(self) -> None:
        """Roll back; a second time does nothing."""
        if self._begun:
            await self._engine.rollback()

    def check(self) -> None:
        """Refuse what can't be kept. Raises Undone; RuntimeError after the end."""
        if self._over:
            raise RuntimeError("this unit of work is over")
        if self._lost:
            raise Undone(self._engine.path)

    def end(self) -> None:
        """Let nothing more run."""
        self._over = True

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._waiting.insert(0, asking(self._engine.begin))

    def _take(self) -> list[Statement]:
        waiting, self._waiting = self._waiting, []
        return waiting


def _savepoint(name: str) -> Statement:
    return asking(f"SAVEPOINT {name}")
