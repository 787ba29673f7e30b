"""The official table: what doesn't fit is remembered, and refused when the sandbox is strict."""

import logging

import pytest
from sandbox_tools import Ask

from bot.sandbox import Phone, World
from bot.sandbox.methods import METHODS
from bot.sandbox.table import METHOD_NAMES, checker, update_problem


async def test_an_unknown_parameter_is_ignored_and_remembered(
    ask: Ask, world: World, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    """As with Telegram, the message goes out; as with a good teacher, the slip is noted."""
    with caplog.at_level(logging.WARNING, "bot.sandbox"):
        assert (await ask("sendMessage", chat_id=phone.user_id, text="x", txet="y"))["ok"]
    (finding,) = world.inspection.findings
    assert (finding.source, finding.method, finding.what) == (
        "request",
        "sendMessage",
        "unknown parameter txet",
    )
    assert "unknown parameter txet" in caplog.text


async def test_a_wrong_type_is_remembered(ask: Ask, world: World, phone: Phone) -> None:
    """Text in place of a number, an object in place of a list."""
    await ask("sendMessage", chat_id=phone.user_id, text="x", message_thread_id="none", entities={"a": 1})
    (finding,) = world.inspection.findings
    assert "message_thread_id: expected Integer, found str" in finding.what
    assert "entities: expected an array, found dict" in finding.what


async def test_a_strict_sandbox_refuses(ask: Ask, world: World, phone: Phone) -> None:
    """Nothing is sent, and the answer says what was wrong."""
    world.inspection.strict = True
    refused = await ask("sendMessage", chat_id=phone.user_id, text="x", txet="y")
    assert refused["description"] == "Bad Request: strict sandbox: unknown parameter txet"
    assert phone.from_bot == []
    assert (await ask("getUpdates", offest=1))["error_code"] == 400


async def test_values_that_travel_as_text_fit(ask: Ask, world: World, phone: Phone) -> None:
    """A form knows only text; numbers, booleans and JSON in it are what they say."""
    values = {"chat_id": str(phone.user_id), "text": "12", "protect_content": "true", "entities": "[]"}
    assert (await ask("sendMessage", **values, reply_markup="", parse_mode=""))["ok"]
    assert list(world.inspection.findings) == []


def test_every_method_is_in_the_table() -> None:
    """The sandbox invents none."""
    assert METHODS.keys() <= set(METHOD_NAMES.values())


def test_what_does_not_fit_is_named_by_its_place() -> None:
    """Missing, unknown and wrong fields, however deep."""
    user = {"id": 1, "is_bot": False, "first_name": "A"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": user}
    assert update_problem({"update_id": 1, "message": message}) == ""
    assert update_problem({"message": message}) == "Update lacks update_id"
    assert update_problem({"update_id": 1, "new": 1}) == "Update has no new"
    wrong = message | {"from": user | {"is_bot": 1}}
    assert (
        update_problem({"update_id": 1, "message": wrong})
        == ".message.from.is_bot: expected Boolean, found int"
    )
    entities = message | {"entities": [{"type": "bold", "offset": 0}]}
    assert update_problem({"update_id": 1, "message": entities}) == (
        ".message.entities[0]: MessageEntity lacks length"
    )
    assert checker("Integer|String")(1.5) == "none of 2 kinds fits: expected Integer, found float"
    assert checker("ChatMember")({"status": "left", "user": user}) == ""
    assert checker("InputFile")("attach://x") == ""
    assert checker("User")([]) == "expected User, found list"
