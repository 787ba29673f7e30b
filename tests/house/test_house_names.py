"""One word, one thing: a type's name stands for one type in all of the house."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("bot", "prompts", "storage")
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
    """But a port and its one keeper, which are the same thing as it is asked for and as it is done."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for room in HOUSE:
        for path in sorted((ROOT / room).rglob("*.py")):
            if LEAF not in path.parents:
                for name, is_port in types_of(path):
                    if not name.startswith("_"):
                        found[name].append((str(path.relative_to(ROOT)), is_port))
    assert len(found) > 300
    twice = {
        name: [where for where, _ in places]
        for name, places in found.items()
        if len(places) > 1
        and not (any(is_port for _, is_port in places) and sum(not p for _, p in places) <= 1)
    }
    assert twice == {}
