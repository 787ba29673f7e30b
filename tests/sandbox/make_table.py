"""Write `bot/sandbox/bot-api.json` from aiogram's models, or show how the two differ: `make_table.py [--compare]`.

aiogram makes its classes from the official pages: methods, types, what is required. A union of classes becomes the
official type of that name again, and what only aiogram has (defaults, dates as dates, files as classes) what it
stands for.
"""

import datetime as dt
import importlib
import inspect
import json
import pkgutil
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiogram
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import TelegramObject
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

TABLE = Path(__file__).parents[2] / "bot" / "sandbox" / "bot-api.json"
SOURCE = (
    "Facts of the Telegram Bot API (names, types, required), as aiogram 3 states them in its models, "
    "Copyright (c) 2017 - present Alex Root Junior, MIT License (bot-api.LICENSE). A name that ends in ? is optional; "
    "| separates alternatives."
)
# Classes of aiogram's own, and what it keeps of earlier versions.
OWN = frozenset(
    {"BufferedInputFile", "FSInputFile", "URLInputFile", "KeyboardButtonRequestUser", "UserShared"}
)
OPAQUE: dict[str, Any] = {"InputFile": {"fields": {}}}
PLAIN = {str: "String", int: "Integer", float: "Float", bool: "Boolean"}
# What a family may be besides its classes.
WORDS = {"RichText": ("String", "Array of RichText")}
INSTANTS = (dt.datetime, dt.timedelta)


def classes(module: Any, base: type) -> dict[str, type]:
    """Return the classes of a module that are made from the official pages."""
    found = {name: getattr(module, name) for name in module.__all__}
    return {
        name: one
        for name, one in found.items()
        if inspect.isclass(one) and issubclass(one, base) and one is not base and name not in OWN
    }


class Reader:
    """All that aiogram states, read once."""

    def __init__(self) -> None:
        self.types = classes(aiogram.types, TelegramObject)
        self.methods = classes(aiogram.methods, TelegramMethod)
        self.families = self._families()

    def _families(self) -> dict[frozenset[str], str]:
        """Return the official name of each set of types that aiogram writes as a union."""
        found: dict[frozenset[str], str] = {}
        for module in pkgutil.iter_modules(aiogram.types.__path__):
            loaded = importlib.import_module(f"aiogram.types.{module.name}")
            for alias, union in vars(loaded).items():
                name = alias.removesuffix("Union")
                if name != alias and name in self.types and name not in _members(union):
                    found[frozenset(_members(union))] = name
        return found

    def table(self) -> dict[str, Any]:
        """Return the whole table."""
        methods: dict[str, Any] = {}
        one: Any
        for one in self.methods.values():
            returns = self.kinds(one.__returning__)
            methods[one.__api_method__] = {"returns": returns, "parameters": self.fields(one)}
        kinds = {name: self._type(name, one) for name, one in self.types.items()}
        version = f"Bot API {aiogram.__api_version__}"
        return {
            "version": version,
            "source": SOURCE,
            "methods": dict(sorted(methods.items())),
            "types": dict(sorted((kinds | OPAQUE).items())),
        }

    def _type(self, name: str, one: type) -> dict[str, Any]:
        members = next((members for members, family in self.families.items() if family == name), None)
        if members is None:
            return {"fields": self.fields(one)}
        return {"oneof": [*WORDS.get(name, ()), *sorted(members)]}

    def fields(self, one: Any) -> dict[str, str]:
        """Return a class's fields and their types; an optional one's name ends in "?"."""
        inherited = one.__bases__[0] if one.__bases__[0].__name__ in self.families.values() else None
        found = {}
        for name, field in one.model_fields.items():
            if _is_deprecated(field) or (inherited and name not in one.__annotations__):
                continue
            official = field.alias or name
            optional = not (field.is_required() or _is_constant(field))
            found[official + "?" * optional] = self.kinds(field.annotation)
        return found

    def kinds(self, hint: Any) -> str:
        """Return a type in the official words."""
        origin = typing.get_origin(hint)
        if origin is not None:
            return self._made(origin, typing.get_args(hint))
        if inspect.isclass(hint) and issubclass(hint, INSTANTS):
            return "Integer"
        if inspect.isclass(hint) and hint in PLAIN:
            return PLAIN[hint]
        if inspect.isclass(hint) and issubclass(hint, str):
            return "String"
        return str(hint.__name__).removesuffix("Union")

    def _made(self, origin: Any, arguments: tuple[Any, ...]) -> str:
        """Return a type that is made of others."""
        if origin in (typing.Union, types.UnionType):
            return self._union(arguments)
        if origin is typing.Literal:
            return PLAIN.get(type(arguments[0]), "String")
        kinds = self.kinds(arguments[0])
        return kinds if origin is not list else "|".join(f"Array of {kind}" for kind in kinds.split("|"))

    def _union(self, members: tuple[Any, ...]) -> str:
        kept = [one for one in members if one not in (type(None), Default)]
        named = {kind for one in kept for kind in self.kinds(one).split("|")}
        for family, name in sorted(self.families.items(), key=lambda item: -len(item[0])):
            if family <= named:
                named = (named - family) | {name}
        return "|".join(sorted(named))


def _members(union: Any) -> Iterator[str]:
    """Name the classes of a union, however it is wrapped."""
    if isinstance(union, TypeAliasType):
        union = union.__value__
    if typing.get_origin(union) is typing.Annotated:
        union = typing.get_args(union)[0]
    for one in typing.get_args(union):
        if inspect.isclass(one) and issubclass(one, TelegramObject):
            yield one.__name__
        elif typing.get_origin(one) is typing.Annotated:
            yield from _members(one)


def _is_deprecated(field: FieldInfo) -> bool:
    extra = field.json_schema_extra
    return bool(field.deprecated or (isinstance(extra, dict) and extra.get("deprecated")))


def _is_constant(field: FieldInfo) -> bool:
    """Return whether a field has the one value that tells its class from others."""
    return field.default is not None and not isinstance(field.default, Default) and not field.is_required()


def write(table: dict[str, Any]) -> str:
    """Return the table as text, a method or type a line."""
    lines = ["{", f'"version": {json.dumps(table["version"])},', f'"source": {json.dumps(table["source"])},']
    for part in ("methods", "types"):
        rows = [
            f"{json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in table[part].items()
        ]
        lines += [f'"{part}": {{', ",\n".join(rows), "}," if part == "methods" else "}"]
    return "\n".join([*lines, "}", ""])


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """List what one table has and the other has not, or has otherwise."""
    found = []
    for part in ("methods", "types"):
        for name in sorted(old[part].keys() | new[part].keys()):
            one, other = old[part].get(name), new[part].get(name)
            if one is None or other is None:
                found.append(f"{'-' if other is None else '+'} {name}")
            elif _plain(one) != _plain(other):
                found += [f"  {name}: {line}" for line in _rows(one, other)]
    return found


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Put alternatives into one order."""
    ordered: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            ordered[name] = _plain(value)
        else:
            ordered[name] = "|".join(sorted(value.split("|"))) if isinstance(value, str) else sorted(value)
    return ordered


def _rows(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    one, other = _plain(one), _plain(other)
    mine = {
        **one.get("parameters", one.get("fields", {})),
        "returns": one.get("returns"),
        "oneof": one.get("oneof"),
    }
    its = {
        **other.get("parameters", other.get("fields", {})),
        "returns": other.get("returns"),
        "oneof": other.get("oneof"),
    }
    return [
        f"{name}: {mine.get(name)} -> {its.get(name)}"
        for name in {**mine, **its}
        if mine.get(name) != its.get(name)
    ]


def main() -> None:
    """Write the table, or with `--compare` say what would change."""
    table = Reader().table()
    if "--compare" in sys.argv[1:]:
        old = json.loads(TABLE.read_text(encoding="utf-8"))
        sys.stdout.write("\n".join(differences(old, table)) + "\n")
    else:
        TABLE.write_text(write(table), encoding="utf-8")


if __name__ == "__main__":
    main()
