"""The bot's account: who it is, its commands, texts and menu button."""

import re
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods.targets import named
from bot.sandbox.profile import scope_key
from bot.sandbox.text import clean, utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_MAX_COMMANDS = 100
_MAX_COMMAND_TEXT = 256
_MAX_NAME = 64
_MAX_DESCRIPTION = 512
_MAX_SHORT = 120
# What each scope must name.
_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_DEFAULT_MENU: Json = {"type": "default"}


def get_me(world: World, _: Arguments) -> Json:
    """Tell who the bot is."""
    return world.profile.to_me()


def set_commands(world: World, arguments: Arguments) -> bool:
    """Set the commands of a scope and language."""
    raw = arguments.json("commands")
    if not isinstance(raw, list):
        raise bad_request("expected an Array of BotCommand")
    if len(raw) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_key(world, arguments)] = [_command(item) for item in raw]
    return True


def _command(raw: Any) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(raw.get("command", "")).removeprefix("/")
    text = clean(str(raw.get("description", ""))).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if not text:
        raise bad_request("command description must be non-empty")
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if utf16_length(text) > _MAX_COMMAND_TEXT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": text}


def get_commands(world: World, arguments: Arguments) -> list[Json]:
    """Tell the commands of exactly one scope and language."""
    return world.profile.commands.get(_key(world, arguments), [])


def delete_commands(world: World, arguments: Arguments) -> bool:
    """Forget the commands of one scope and language."""
    world.profile.commands.pop(_key(world, arguments), None)
    return True


def _key(world: World, arguments: Arguments) -> str:
    scope = arguments.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    for name in _SCOPES[scope["type"]]:
        if name not in scope:
            raise bad_request(f"can't parse BotCommandScope: Can't find field \"{name}\"")
    if "chat_id" in _SCOPES[scope["type"]]:
        named(world, str(scope["chat_id"]))
    return f"{scope_key(scope)}/{_language(arguments)}"


def _language(arguments: Arguments) -> str:
    code = arguments.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def set_name(world: World, arguments: Arguments) -> bool:
    """Set the bot's name in a language."""
    return _set(arguments, world.profile.names, "name", _MAX_NAME)


def get_name(world: World, arguments: Arguments) -> Json:
    """Tell the bot's name in a language."""
    return {"name": _get(arguments, world.profile.names) or world.profile.first_name}


def set_description(world: World, arguments: Arguments) -> bool:
    """Set what an empty chat shows."""
    return _set(arguments, world.profile.descriptions, "description", _MAX_DESCRIPTION)


def get_description(world: World, arguments: Arguments) -> Json:
    """Tell what an empty chat shows."""
    return {"description": _get(arguments, world.profile.descriptions)}


def set_short_description(world: World, arguments: Arguments) -> bool:
    """Set what the bot's profile page shows."""
    return _set(arguments, world.profile.short_descriptions, "short_description", _MAX_SHORT)


def get_short_description(world: World, arguments: Arguments) -> Json:
    """Tell what the bot's profile page shows."""
    return {"short_description": _get(arguments, world.profile.short_descriptions)}


def _set(arguments: Arguments, texts: dict[str, str], name: str, longest: int) -> bool:
    text = clean(arguments.text(name)).strip()
    if utf16_length(text) > longest:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG" if name == "name" else "DESCRIPTION_TOO_LONG")
    texts[_language(arguments)] = text
    return True


def _get(arguments: Arguments, texts: dict[str, str]) -> str:
    return texts.get(_language(arguments)) or texts.get("", "")


def set_menu_button(world: World, arguments: Arguments) -> bool:
    """Set the button beside the input field, for one chat or for all."""
    raw = arguments.json("menu_button") or _DEFAULT_MENU
    if not isinstance(raw, dict) or raw.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    world.profile.menu_buttons[arguments.text("chat_id")] = raw
    return True


def get_menu_button(world: World, arguments: Arguments) -> Json:
    """Tell the button beside the input field."""
    buttons = world.profile.menu_buttons
    if not arguments.has("chat_id"):
        return buttons.get("") or {"type": "commands"}
    return buttons.get(arguments.text("chat_id")) or buttons.get("") or _DEFAULT_MENU
