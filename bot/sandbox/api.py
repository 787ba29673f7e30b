"""One request of the bot, from its method's name to its answer."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods import BY_LOWER_NAME
from bot.sandbox.polling import get_updates
from bot.sandbox.records import Call
from bot.sandbox.wire import ApiError, Json, bad_request, not_found
from bot.sandbox.world import World

OK = 200


async def answer(world: World, arguments: Arguments) -> tuple[int, Json]:
    """Do what a request asks; return the HTTP status and the JSON answer."""
    try:
        result = await _result(world, arguments)
    except ApiError as refusal:
        note(world, arguments, refusal.code, refusal.description)
        return refusal.code, refusal.body()
    note(world, arguments, OK, "", result)
    return OK, {"ok": True, "result": result}


async def _result(world: World, arguments: Arguments) -> Any:
    name = arguments.method.lower()
    if name == "getupdates":
        arguments.method = "getUpdates"
        _inspect(world, arguments)
        return await get_updates(world, arguments)
    known = BY_LOWER_NAME.get(name)
    if known is None:
        world.inspection.missing(arguments.method)
        raise not_found()
    arguments.method, handler = known
    _inspect(world, arguments)
    result = handler(world, arguments)
    world.inspection.result(arguments.method, result)
    return result


def _inspect(world: World, arguments: Arguments) -> None:
    problem = world.inspection.request(arguments)
    if problem and world.inspection.strict:
        raise bad_request(f"strict sandbox: {problem}")


def note(world: World, arguments: Arguments, code: int, description: str, result: Any = None) -> None:
    """Remember a call; polls are too many to keep."""
    if arguments.method == "getUpdates":
        return
    call = Call(arguments.method, arguments.values, world.now(), code, description, result)
    world.calls.append(call)
    world.record("call", None, call.to_json)
