"""One word, one thing: a type's name stands for one type in all of the house."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("bot", "prompts", "storage")
PORTS, STORE = Path("bot/actions/ports"), Path("bot/actions/store.py")  # what the storage keeps
TERMS = {
    "bot/delivery/backoff.py": ["Backoff"],
    "bot/delivery/drain.py": ["relay", "at least once"],
    "bot/delivery/flights.py": ["in flight"],
    "bot/delivery/heartbeat.py": ["scheduler"],
    "bot/delivery/judge.py": ["backoff", "circuit breaker", "rate limiter"],
    "bot/delivery/lanes.py": ["queue for each chat"],
    "bot/delivery/line.py": ["circuit breaker", "poison message"],
    "bot/delivery/pace.py": ["rate limiter"],
    "bot/leading.py": ["Leading"],
    "bot/screens/context.py": ["context"],
    "bot/supervise.py": ["Supervision"],
    "bot/telegram/client.py": ["client"],
    "bot/telegram/dispatch.py": ["Dispatch"],
    "bot/telegram/intake.py": ["idempotent consumer", "exactly once"],
    "bot/telegram/throttle.py": ["throttle"],
    "bot/telegram/webhook.py": ["webhook"],
    "bot/vitals.py": ["metrics"],
    "storage/engine.py": ["engine"],
    "storage/known.py": ["identity map"],
    "storage/leaders.py": ["Leader election"],
    "storage/migrate.py": ["schema"],
    "storage/outbox.py": ["transactional outbox"],
    "storage/spool.py": ["relay", "leasing"],
    "storage/tombstones.py": ["forgotten"],
    "storage/transaction.py": ["transaction"],
    "storage/unit.py": ["unit of work"],
    "storage/updates.py": ["Idempotency"],
    "storage/vault.py": ["Envelope encryption"],
}
"""What an engineer who has read other houses looks for, in the first line of where it is."""
LEAF = ROOT / "bot" / "sandbox"  # it imports nothing of ours, and has Telegram's words for Telegram's things


def types_of(path: Path) -> Iterator[tuple[str, bool]]:
    """Give the types that a module defines at its top by name, and whether each is a port: a Protocol."""
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.ClassDef(name=name, bases=bases):
                yield name, any("Protocol" in ast.unparse(base) for base in bases)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if (
                ast.unparse(annotation) == "TypeAlias"
            ):
                yield name, False
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_type_name(name) and _is_type(
                value
            ):
                yield name, False
            case _:
                pass


def _is_type_name(name: str) -> bool:
    return name.lstrip("_")[:1].isupper() and not name.isupper()


def _is_type(value: ast.expr) -> bool:
    """Tell whether an expression makes a type: a union, something with brackets, a type variable."""
    return isinstance(value, ast.BinOp | ast.Subscript | ast.Call | ast.Name | ast.Attribute)


def test_no_type_name_is_defined_twice() -> None:
    """But a port and its one keeper: the same thing as an action asks for it and as the storage keeps it."""
    found: dict[str, list[tuple[Path, bool]]] = defaultdict(list)
    for room in HOUSE:
        for path in sorted((ROOT / room).rglob("*.py")):
            if LEAF not in path.parents:
                for name, is_port in types_of(path):
                    found[name].append((path.relative_to(ROOT), is_port))
    assert len(found) > 300
    twice = {
        name: [str(where) for where, _ in places]
        for name, places in found.items()
        if len(places) > 1 and not _are_port_and_keeper(places)
    }
    assert twice == {}


def _are_port_and_keeper(places: list[tuple[Path, bool]]) -> bool:
    """Tell whether the two are a protocol of the ports' own files and the class in the storage that keeps it."""
    if len(places) != 2:
        return False
    (port, is_port), (keeper, is_protocol) = sorted(places, key=lambda place: not place[1])
    of_ports = PORTS in port.parents or port == STORE
    return is_port and not is_protocol and of_ports and keeper.parts[0] == "storage"


@pytest.mark.parametrize(
    ("port", "keeper", "excused"),
    [
        ((PORTS / "people.py", True), (Path("storage/couples.py"), False), True),
        ((STORE, True), (Path("storage/unit.py"), False), True),
        ((Path("bot/actions/respond.py"), True), (Path("prompts/words.py"), False), False),
        ((PORTS / "people.py", True), (Path("prompts/words.py"), False), False),
        ((PORTS / "people.py", False), (Path("storage/couples.py"), False), False),
        ((PORTS / "people.py", True), (Path("storage/couples.py"), True), False),
    ],
)
def test_only_a_port_and_its_keeper_share_a_name(
    port: tuple[Path, bool], keeper: tuple[Path, bool], *, excused: bool
) -> None:
    """A protocol beside an action, or a keeper outside the storage, has a name of its own."""
    assert _are_port_and_keeper([keeper, port]) is excused


@pytest.mark.parametrize(("file", "terms"), TERMS.items(), ids=TERMS)
def test_the_machinery_is_named_by_the_fields_terms(file: str, terms: list[str]) -> None:
    """Our own name may stand beside it; whoever searches for the term finds the file."""
    documented = ast.get_docstring(ast.parse((ROOT / file).read_text("utf-8")))
    assert documented is not None
    first = documented.splitlines()[0]
    assert [term for term in terms if term not in first] == []


def test_every_file_of_the_delivery_is_named_so() -> None:
    """None is forgotten where most of it stands."""
    files = {path.name for path in (ROOT / "bot" / "delivery").glob("*.py")} - {"__init__.py"}
    assert files == {Path(file).name for file in TERMS if "delivery" in file}
