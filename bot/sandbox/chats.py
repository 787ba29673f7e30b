"""People and chats: who there is, and what was said."""

from dataclasses import asdict, dataclass, field
from typing import Literal

from bot.sandbox.events import Bell
from bot.sandbox.messages import Message
from bot.sandbox.wire import Json

ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(slots=True)
class Person:
    """Someone with a Telegram account.

    `started`: has written to the bot, so that it may write back.
    """

    user_id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_premium: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def to_user(self) -> Json:
        """Return the Bot API's User."""
        user: Json = {"id": self.user_id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                user[name] = getattr(self, name)
        if self.is_premium:
            user["is_premium"] = True
        return user

    def to_json(self) -> Json:
        """Return everything, for the control API and a snapshot."""
        return asdict(self)


@dataclass(slots=True)
class Chat:
    """A conversation and its messages by number; `gone` holds what was deleted."""

    chat_id: int
    type: ChatType
    title: str = ""
    person: Person | None = None
    members: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    bot_is_member: bool = True
    migrated_to: int | None = None
    bell: Bell = field(default_factory=Bell, repr=False)

    def to_chat(self) -> Json:
        """Return the Bot API's Chat."""
        chat: Json = {"id": self.chat_id, "type": self.type}
        if self.person is None:
            return chat | {"title": self.title}
        for name in ("first_name", "last_name", "username"):
            if getattr(self.person, name):
                chat[name] = getattr(self.person, name)
        return chat
