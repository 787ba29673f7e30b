"""One request of the bot, from its method's name to its answer."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods import BY_LOWER_NAME
from bot.sandbox.polling import get_updates
from bot.sandbox.wire import ApiError, Json, not_found
from bot.sandbox.world import Call, World

OK = 200


async def answer(world: World, arguments: Arguments) -> tuple[int, Json]:
    """Do what a request asks; return the HTTP status and the JSON answer."""
    try:
        result = await _result(world, arguments)
    except ApiError as refusal:
        _note(world, arguments, refusal.code, refusal.description, None)
        return refusal.code, refusal.body()
    _note(world, arguments, OK, "", result)
    return OK, {"ok": True, "result": result}


async def _result(world: World, arguments: Arguments) -> Any:
    name = arguments.method.lower()
    if name == "getupdates":
        arguments.method = "getUpdates"
        return await get_updates(world, arguments)
    known = BY_LOWER_NAME.get(name)
    if known is None:
        raise not_found()
    arguments.method, handler = known
    return handler(world, arguments)


def _note(world: World, arguments: Arguments, code: int, description: str, result: Any) -> None:
    """Remember a call; polls are too many to keep."""
    if arguments.method == "getUpdates":
        return
    world.calls.append(Call(arguments.method, arguments.values, world.now(), code, description, result))
    body = {"method": arguments.method, "code": code, "description": description}
    world.record("call", None, body)
