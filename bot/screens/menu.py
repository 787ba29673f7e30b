"""The menu of commands: beside the input field, and by what its commands are called in somebody's own language."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actions.ports import Work
from bot.content import Content
from bot.messages import Message
from bot.screens.call import Call
from bot.screens.request import Handler, Request
from bot.screens.serving import take_command
from bot.screens.today import unknown_command
from prompts.menu import MENU

SET, DELETE = "setMyCommands", "deleteMyCommands"
METHODS = frozenset({SET, DELETE})


def commands(content: Content, language: str) -> list[dict[str, str]]:
    """Give the commands with what they do, as the Bot API wants them; no more of a language is read for it."""
    labels = content.renderer.labels(language)
    return [{"command": name, "description": labels[f"menu_{name}"]} for name in MENU]


async def in_chat(work: Work, content: Content, message: Message) -> Call:
    """Make the call that gives a chat the commands in its reader's language.

    Where that is their phone's, or they are forgotten, the chat has none of its own: the phone's are shown.
    """
    reader = await work.partners.find(message.to) if message.to else None
    language = content.nearest(reader.language) if reader else None
    scope = {"type": "chat", "chat_id": message.chat}
    if language is None or language == message.details["phone"]:
        return Call(DELETE, {"scope": scope})
    return Call(SET, {"commands": commands(content, language), "scope": scope})


def in_own_words(commands: Mapping[str, Handler]) -> Handler:
    """Make the handler of a command that we don't have, or have by another name."""

    async def lead(request: Request) -> None:
        words = request.services.content.menu(request.language)
        called, ours = words.command(request.text), replace(request, text=words.as_ours(request.text))
        if not called:
            await unknown_command(request)
        elif called == "cancel":
            await commands[called](ours)
        else:
            await take_command(ours, commands[called])

    return lead
