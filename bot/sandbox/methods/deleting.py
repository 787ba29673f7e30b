"""Deleting messages for everyone."""

from datetime import timedelta

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.messages import Message
from bot.sandbox.methods.targets import find_chat, find_message
from bot.sandbox.wire import bad_request
from bot.sandbox.world import World

DELETABLE = timedelta(hours=48)
_MAX_DELETED = 100


def delete_message(world: World, arguments: Arguments) -> bool:
    """Delete one message for everyone."""
    chat = find_chat(world, arguments)
    message = find_message(chat, arguments.integer("message_id"), "message to delete not found")
    _check_deletable(world, chat, message)
    return world.remove(chat, message.message_id)


def delete_messages(world: World, arguments: Arguments) -> bool:
    """Delete several; those that aren't there are passed over."""
    chat = find_chat(world, arguments)
    ids = arguments.json("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= _MAX_DELETED:
        raise bad_request("message identifiers are not specified")
    messages = [chat.messages[number] for number in ids if number in chat.messages]
    for message in messages:
        _check_deletable(world, chat, message)
    for message in messages:
        world.remove(chat, message.message_id)
    return True


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    if world.now() - message.date >= DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    if chat.type != "private" and not message.from_bot:
        raise bad_request("message can't be deleted")
