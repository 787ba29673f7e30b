"""A new module of bot can't slip out of a contract: the lists that are kept by hand name them all."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}


def rooms() -> set[str]:
    """Name every module that stands at the top of bot."""
    return {
        f"bot.{path.stem}"
        for path in (ROOT / "bot").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and not path.stem.startswith("__")
    }


@pytest.mark.parametrize(
    ("contract", "key", "besides"),
    [
        ("sandbox-is-a-leaf", "forbidden_modules", {"bot.sandbox"}),
        ("only-home-has-a-sandbox", "source_modules", {"bot.sandbox", "bot.home"}),
        ("storage-knows-rules-and-messages", "forbidden_modules", {"bot.messages", "bot.practice"}),
        ("one-room-for-telegram", "source_modules", {"bot.telegram"}),
    ],
)
def test_a_contract_names_every_room_but_those_it_is_about(
    contract: str, key: str, besides: set[str]
) -> None:
    """One that is in no list would be free to import what it likes."""
    named = {name for name in CONTRACTS[contract][key] if name.startswith("bot.")}
    assert named == rooms() - besides
