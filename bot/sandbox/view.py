"""A chat as one person sees it, and waiting for it to change."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from bot.sandbox.chats import Chat, Person
from bot.sandbox.messages import Button, Message

if TYPE_CHECKING:
    from bot.sandbox.world import World


class PhoneError(Exception):
    """What a client wouldn't let a person do; the sentence says why."""


class ChatView:
    """What a client shows of a chat. Waiting ends by what happens; timeouts are real seconds."""

    def __init__(self, world: "World", person: Person, chat: Chat | None = None, topic: int = 0) -> None:
        self.world = world
        self.person = person
        self.chat = chat or world.chats[person.user_id]
        self.topic = topic

    @property
    def user_id(self) -> int:
        """Return the person's Telegram id."""
        return self.person.user_id

    @property
    def messages(self) -> list[Message]:
        """Return the chat from its beginning."""
        return list(self.chat.messages.values())

    @property
    def from_bot(self) -> list[Message]:
        """Return what the bot wrote here."""
        return [message for message in self.chat.messages.values() if message.from_bot]

    @property
    def last(self) -> Message:
        """Return the newest message from the bot; raises PhoneError before there is one."""
        for message in reversed(self.chat.messages.values()):
            if message.from_bot:
                return message
        raise PhoneError("the bot has written nothing here")

    @property
    def reply_keyboard(self) -> list[list[Button]]:
        """Return the keys under the input field, as the newest message with any left them."""
        for message in reversed(self.chat.messages.values()):
            if message.reply_keyboard is not None:
                rows = message.reply_keyboard.get("keyboard", [])
                return [[Button.from_json(raw) for raw in row] for row in rows]
        return []

    @property
    def commands(self) -> list[str]:
        """Return the names in the bot's menu, in this person's language."""
        found = self.world.profile.commands_for(self.chat.chat_id, self.person.language_code)
        return [str(command["command"]) for command in found]

    def find(self, wanted: str | Callable[[Message], bool], *, after: int = 0) -> Message | None:
        """Return the newest message from the bot that contains a text or fits a test."""
        for message in reversed(self.chat.messages.values()):
            if message.from_bot and message.message_id > after:
                fits = wanted in message.text if isinstance(wanted, str) else wanted(message)
                if fits:
                    return message
        return None

    async def wait_for(
        self, wanted: str | Callable[[Message], bool], seconds: float = 5.0, *, after: int = 0
    ) -> Message:
        """Wait for a message from the bot that contains a text or fits a test; return the newest such one.

        `after` leaves out messages up to that number. Raises TimeoutError after so many real seconds.
        """
        await self.wait_until(lambda view: view.find(wanted, after=after) is not None, seconds)
        found = self.find(wanted, after=after)
        if found is None:
            raise TimeoutError("the message went away")
        return found

    async def wait_until(self, holds: Callable[[Self], bool], seconds: float = 5.0) -> None:
        """Wait until something holds in this chat; raises TimeoutError after so many real seconds.

        What happens in this chat wakes it, and nothing else: for what depends on more there is
        `World.wait_until`. Raises PhoneError where it was waited for here all the same.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not holds(self):
            left = deadline - loop.time()
            if left <= 0:
                shown = " | ".join(message.text for message in self.from_bot[-3:])
                raise TimeoutError(f"not within {seconds} s; the bot's last words: {shown}")
            if not await self.chat.bell.wait(left) and holds(self):
                raise PhoneError("it holds by something outside this chat: wait with World.wait_until")
