"""The numbers, marks and codes that Telegram gives out."""

import base64
from dataclasses import dataclass, field
from random import Random

from bot.sandbox.chats import Chat
from bot.sandbox.profile import Profile


@dataclass(slots=True)
class Counters:
    """What is numbered; private chats and basic groups share one row of message numbers, as in Telegram."""

    person: int = 100_000_001
    group: int = 4_000_001
    message: int = 1
    query: int = 1
    per_chat: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Somebody who counts; chance comes from the seed."""

    counters: Counters
    random: Random
    profile: Profile

    def next_message_id(self, chat: Chat) -> int:
        """Take the number of a new message."""
        if chat.type in ("supergroup", "channel"):
            number = self.counters.per_chat.get(chat.chat_id, 0) + 1
            self.counters.per_chat[chat.chat_id] = number
            return number
        self.counters.message += 1
        return self.counters.message - 1

    def new_query_id(self) -> str:
        """Make the number of a query that wants an answer."""
        self.counters.query += 1
        return f"{self.profile.bot_id}{self.counters.query - 1:09d}"

    def new_album_id(self) -> str:
        """Make the mark that holds an album's messages together."""
        return str(10**16 + self.random.randrange(10**16))

    def new_poll_id(self) -> int:
        """Make a poll's number."""
        return 5 * 10**18 + self.random.randrange(10**18)

    def new_link_code(self) -> str:
        """Make what an invite link ends with."""
        return base64.urlsafe_b64encode(self.random.randbytes(12)).decode()
