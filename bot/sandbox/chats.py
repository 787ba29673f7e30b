"""People and chats: who there is, who is what there, and what was said."""

from dataclasses import asdict, dataclass, field
from typing import Literal

from bot.sandbox.events import Bell
from bot.sandbox.messages import Message
from bot.sandbox.wire import Json

ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(slots=True)
class Person:
    """Someone with a Telegram account.

    `started`: has written to the bot, so that it may write back. `photos` are the files of their pictures, the
    newest first.
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
    photos: list[str] = field(default_factory=list)
    is_bot: bool = False  # another bot

    def to_user(self) -> Json:
        """Return the Bot API's User."""
        user: Json = {"id": self.user_id, "is_bot": self.is_bot, "first_name": self.first_name}
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
class Topic:
    """A part of a chat with messages of its own; the general one has no number."""

    thread_id: int
    name: str
    icon_color: int = 0
    icon_custom_emoji_id: str = ""
    closed: bool = False
    hidden: bool = False

    def to_json(self) -> Json:
        """Return the Bot API's ForumTopic."""
        icon: Json = {"icon_color": self.icon_color}
        if self.icon_custom_emoji_id:
            icon["icon_custom_emoji_id"] = self.icon_custom_emoji_id
        return {"message_thread_id": self.thread_id, "name": self.name, **icon}


@dataclass(slots=True)
class Chat:
    """A conversation and its messages by number.

    `standing` says who is more or less than a member, by user id: a ChatMember without its user. `topics` has the
    general one under 0, where there are any. `photo` is the file of the chat's picture. `requests` are people who
    asked to come in, by the link that they asked through.
    """

    chat_id: int
    type: ChatType
    title: str = ""
    person: Person | None = None
    members: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    bot_is_member: bool = True
    migrated_to: int | None = None
    username: str = ""
    description: str = ""
    photo: str = ""
    permissions: Json = field(default_factory=dict)
    standing: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    links: dict[str, Json] = field(default_factory=dict)
    requests: dict[int, str] = field(default_factory=dict)
    bell: Bell = field(default_factory=Bell, repr=False)

    def to_chat(self) -> Json:
        """Return the Bot API's Chat."""
        chat: Json = {"id": self.chat_id, "type": self.type}
        if self.person is None:
            chat |= {"title": self.title} | ({"username": self.username} if self.username else {})
            return chat | ({"is_forum": True} if self.topics else {})
        for name in ("first_name", "last_name", "username"):
            if getattr(self.person, name):
                chat[name] = getattr(self.person, name)
        return chat
