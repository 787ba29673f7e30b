"""The world behind the Bot API: one bot, the people who have Telegram, and everything said between them.

The law: a message, once seen, never changes in a reader's hands (an edit is a new value); what happened has a
number (events); what the bot must hear is queued (updates) before the person's action returns.
Every method here is plain and immediate; nothing waits, but for `wait_until` and `drained`.
"""

import asyncio
import random
import re
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from bot.sandbox.arguments import Upload
from bot.sandbox.chats import Chat, Person
from bot.sandbox.clock import Clock, SystemClock
from bot.sandbox.events import EventKind, EventLog, first_ring
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.gatherings import make_channel, make_group, promote_bot
from bot.sandbox.inspection import Inspection
from bot.sandbox.limits import Limits
from bot.sandbox.messages import Message, callback_data
from bot.sandbox.numbering import Counters, Numbering
from bot.sandbox.phone import Phone
from bot.sandbox.profile import Profile
from bot.sandbox.records import Call, CallbackQuery
from bot.sandbox.snapshot import dump, load
from bot.sandbox.updates import Queued, UpdateQueue
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import Json

TOKEN = "4200000001:sandbox-only-opens-a-telegram-at-home"  # noqa: S105  opens nothing but the sandbox
CALLBACK_LIFETIME = timedelta(seconds=60)
_TOKEN = re.compile(r"[1-9]\d{0,15}:[A-Za-z0-9_-]{1,64}")
_KEPT_CALLS = 10_000


class World(Numbering):
    """One bot's Telegram.

    `seed` makes ids and faults repeatable. `callback_lifetime` is how long a pressed button waits.
    `strict` refuses requests that don't fit the official table. `limits` are off unless given enabled.
    `monotonic` (seconds) is the limits' time, `sleep` what latency waits with.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        token: str = TOKEN,
        username: str = "attune_bot",
        first_name: str = "Attune",
        privacy_mode: bool = True,
        seed: int = 1,
        callback_lifetime: timedelta = CALLBACK_LIFETIME,
        strict: bool = False,
        limits: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        if not _TOKEN.fullmatch(token):
            raise ValueError("a bot's token is digits, a colon, and letters, digits, - or _")
        self.clock: Clock = clock or SystemClock()
        self.token = token
        self.control_token = secrets.token_urlsafe(24)
        self.callback_lifetime = callback_lifetime
        self.random = random.Random(seed)  # noqa: S311  repeatable on purpose
        self.sleep = sleep
        self.profile = Profile(int(token.partition(":")[0]), username, first_name, privacy_mode)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, CallbackQuery] = {}
        self.inline_queries: dict[str, int] = {}
        self.inline_results: dict[str, list[Json]] = {}
        self.updates = UpdateQueue(self.random.randrange(10**8, 9 * 10**8))
        self.webhook = Webhook()
        self.events = EventLog()
        self.files = FileStore(token)
        self.web: dict[str, Upload] = {}
        self.hosts: dict[str, str] = {"localhost": "127.0.0.1"}  # addresses by name: it asks no other
        self.votes: dict[str, dict[int, tuple[int, ...]]] = {}
        self.inspection = Inspection(strict)
        self.limits = Limits(enabled=limits, monotonic=monotonic)
        self.faults = Faults(self.random)
        self.calls: deque[Call] = deque(maxlen=_KEPT_CALLS)
        self.counters = Counters()
        self.poll = 0
        self.poll_ended = ""

    # Keeping

    def snapshot(self) -> Json:
        """Return the whole state as a JSON value."""
        return dump(self)

    @classmethod
    def restore(cls, state: Json, **options: Any) -> Self:
        """Make a world from a snapshot, with a new one's options; a steerable clock goes on."""
        world = cls(**options)
        load(world, state)
        return world

    # Time

    def now(self) -> datetime:
        """Return the clock's instant in UTC."""
        return self.clock.now().astimezone(UTC)

    def timestamp(self) -> int:
        """Return the clock's instant in whole Unix seconds."""
        return int(self.clock.now().timestamp())

    # People and chats

    def phone(
        self,
        user_id: int | None = None,
        *,
        first_name: str | None = None,
        last_name: str = "",
        username: str = "",
        language_code: str = "en",
    ) -> Phone:
        """Return the phone of a person; makes the person when the id is new or none is given."""
        if user_id is None:
            user_id = self.counters.person
            self.counters.person += 1
        person = self.people.get(user_id)
        if person is None:
            name = first_name or f"Person {user_id}"
            person = Person(user_id, name, last_name, username, language_code)
            self.people[user_id] = person
            self.chats[user_id] = Chat(user_id, "private", person=person)
            self.record("person", user_id, person.to_json())
        return Phone(self, person)

    def group(
        self,
        title: str,
        members: list[Phone],
        *,
        supergroup: bool = True,
        forum: bool = False,
        admin: bool = False,
    ) -> Chat:
        """Make a group of people and the bot; the bot hears that the first of them added it.

        A `forum` has topics. With `admin` the bot is an administrator with the usual rights.
        """
        ids = [phone.user_id for phone in members]
        chat = make_group(self, title, ids, supergroup=supergroup, forum=forum)
        if admin:
            promote_bot(self, chat)
        members[0].at(chat).tell_membership("left", "administrator" if admin else "member")
        return chat

    def channel(self, title: str, subscribers: list[Phone], *, username: str = "") -> Chat:
        """Make a channel of the first of its subscribers, with the bot as an administrator."""
        chat = make_channel(self, title, [phone.user_id for phone in subscribers], username)
        promote_bot(self, chat)
        subscribers[0].at(chat).tell_membership("left", "administrator")
        return chat

    def hears(self, chat: Chat, message: Message) -> bool:
        """Return whether the bot gets a group's message.

        In privacy mode only commands and replies to it, unless it is an administrator there.
        """
        if not chat.bot_is_member:
            return False
        if not self.profile.privacy_mode or self.profile.bot_id in chat.standing:
            return True
        if message.text.startswith("/"):
            _, at, name = message.text.split(maxsplit=1)[0].partition("@")
            return not at or name.lower() == self.profile.username.lower()
        replied = message.body.get("reply_to_message", {})
        return bool(replied.get("from", {}).get("id") == self.profile.bot_id)

    def user(self, user_id: int) -> Json | None:
        """Return somebody as a User, the bot itself too; None for a stranger."""
        if user_id == self.profile.bot_id:
            return self.profile.to_user()
        person = self.people.get(user_id)
        return None if person is None else person.to_user()

    def put_on_web(self, url: str, data: bytes, *, name: str = "", mime_type: str = "") -> None:
        """Let a bot send what is at an address; the sandbox itself asks nothing of the real web."""
        self.web[url] = Upload(data, name, mime_type)

    # Messages

    def post(
        self,
        chat: Chat,
        content: Json,
        *,
        sender: Json,
        reply_keyboard: Json | None = None,
        silent: bool = False,
    ) -> Message:
        """Put a new message into a chat."""
        from_bot = sender["id"] == self.profile.bot_id
        told = {"sender_chat": chat.to_chat()} if chat.type == "channel" else {"from": sender}
        body: Json = {
            "message_id": self.next_message_id(chat),
            **told,
            "chat": chat.to_chat(),
            "date": self.timestamp(),
            **content,
        }
        offered = callback_data(content.get("reply_markup"))
        message = Message(body, from_bot, reply_keyboard, silent, offered)
        self._show("message", chat, message)
        return message

    def replace(self, chat: Chat, old: Message, body: Json) -> Message:
        """Put an edited message in place of the old one."""
        offered = old.offered | callback_data(body.get("reply_markup"))
        message = replace(old, body=body, offered=offered)
        self._show("edited", chat, message)
        return message

    def react(self, chat: Chat, old: Message, user_id: int, new: list[Json]) -> tuple[list[Json], list[Json]]:
        """Change someone's reactions to a message; return the old and the new ones."""
        before: list[Json] = old.reactions.get(str(user_id), [])
        others = {who: what for who, what in old.reactions.items() if who != str(user_id)}
        self._show("edited", chat, replace(old, reactions=others | ({str(user_id): new} if new else {})))
        return before, new

    def remove(self, chat: Chat, message_id: int) -> bool:
        """Take a message out of a chat; return whether it was there."""
        if chat.messages.pop(message_id, None) is None:
            return False
        self.record("deleted", chat.chat_id, {"message_id": message_id})
        chat.bell.ring()
        return True

    def _show(self, kind: EventKind, chat: Chat, message: Message) -> None:
        chat.messages[message.message_id] = message
        self.record(kind, chat.chat_id, message.to_json)
        chat.bell.ring()

    # Queries that want an answer

    def new_callback(self, chat_id: int, user_id: int) -> CallbackQuery:
        """Keep a newly pressed button until it is answered."""
        query = CallbackQuery(self.new_query_id(), chat_id, user_id, self.now())
        self.callbacks[query.query_id] = query
        return query

    def new_inline_query(self, user_id: int) -> str:
        """Keep an inline query until it is answered; return its id."""
        query_id = self.new_query_id()
        self.inline_queries[query_id] = user_id
        return query_id

    def restore_queries(self, callbacks: list[Json], inline_queries: dict[str, int]) -> None:
        """Take back what a snapshot kept of unanswered queries."""
        for raw in callbacks:
            query = CallbackQuery(**raw | {"at": datetime.fromisoformat(raw["at"])})
            self.callbacks[query.query_id] = query
        self.inline_queries = dict(inline_queries)

    # Updates and events

    def queue(self, kind: str, body: Json) -> Queued | None:
        """Queue an update for the bot; None when the bot doesn't want its kind."""
        queued = self.inject({kind: body})
        if queued is not None:
            self.inspection.update(queued.body)
        return queued

    def inject(self, update: Json) -> Queued | None:
        """Queue a raw update of any shape as it is; only its number is given here."""
        queued = self.updates.put({k: v for k, v in update.items() if k != "update_id"}, self.now())
        if queued is not None:
            kind = next((name for name in queued.body if name != "update_id"), "")
            what = {"update_id": queued.update_id, "kind": kind, "update": queued.body}
            self.record("update", None, what)
        return queued

    def begin_poll(self) -> int:
        """End any poll that still waits, because a newer one comes; return the new one's ticket."""
        self.end_polls("other getUpdates request; make sure that only one bot instance is running")
        return self.poll

    def end_polls(self, by: str = "setWebhook request") -> None:
        """Let any poll that still waits end with a conflict."""
        self.poll += 1
        self.poll_ended = f"terminated by {by}"
        self.updates.bell.ring()

    async def drained(self, seconds: float = 5.0) -> None:
        """Wait until the bot has confirmed every update; raises TimeoutError after so many real seconds."""
        await self.wait_until(lambda world: not world.updates.waiting, seconds)

    async def wait_until(self, holds: Callable[[Self], bool], seconds: float = 5.0) -> None:
        """Wait until something holds in this world; raises TimeoutError after so many real seconds.

        Whatever happens wakes it. For one chat of many, `ChatView.wait_until` costs less.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        heard = (self.events.bell, self.updates.bell, self.updates.confirmed, self.faults.moved)
        while not holds(self):
            left = deadline - loop.time()
            if left <= 0:
                waiting = len(self.updates.waiting)
                raise TimeoutError(f"not within {seconds} s; of the updates {waiting} still wait")
            await first_ring(heard, left)

    def record(self, kind: EventKind, chat_id: int | None, body: Json | Callable[[], Json]) -> None:
        """Log what happened; `body` may be a function that makes it when it is read."""
        self.events.add(kind, chat_id, body)
