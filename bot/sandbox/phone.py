"""A person's Telegram: what an ordinary client shows, and what a thumb can do in it. Nothing more.

Every action is immediate: when it returns, the bot's update is queued. Waiting is by what happens, never by
time alone; timeouts are real seconds.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.chats import Chat, Person
from bot.sandbox.entities import plain
from bot.sandbox.files import describe
from bot.sandbox.messages import Button, Message
from bot.sandbox.text import utf16_length
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.world import CallbackQuery, World

MAX_TEXT = 4096
MAX_CAPTION = 1024
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class PhoneError(Exception):
    """What a client wouldn't let a person do; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button. `query` is None when the press sent the bot nothing (a link, a copied text)."""

    phone: "Phone"
    button: Button
    query: "CallbackQuery | None" = None

    @property
    def answer(self) -> Json | None:
        """Return what the bot answered (text, show_alert, url), or None so far."""
        return None if self.query is None else self.query.answer

    async def answered(self, seconds: float = 5.0) -> Json:
        """Wait for the bot's answer, at most so many real seconds; raises TimeoutError."""
        await self.phone.wait_until(lambda _: self.answer is not None, seconds)
        return self.answer or {}


class Phone:
    """One person's client, open at one chat: the private one with the bot, or a group (see `at`)."""

    def __init__(self, world: "World", person: Person, chat: Chat | None = None) -> None:
        self.world = world
        self.person = person
        self.chat = chat or world.chats[person.user_id]

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

    def at(self, chat: Chat) -> "Phone":
        """Return this person's client, open at another chat."""
        return Phone(self.world, self.person, chat)

    # Writing

    def send_text(self, text: str, *, reply_to: int | None = None) -> Message:
        """Write; a client splits what is longer than 4,096 units, so this refuses it."""
        words, entities = plain(text)
        if not words:
            raise PhoneError("a client sends no empty message")
        if utf16_length(words) > MAX_TEXT:
            raise PhoneError("longer than one message; a client would send several")
        return self._say({"text": words} | ({"entities": entities} if entities else {}), reply_to)

    def send_voice(
        self, data: bytes, duration: int, *, caption: str = "", reply_to: int | None = None
    ) -> Message:
        """Record a voice message; `duration` in seconds."""
        return self._send_file("voice", data, duration=duration, caption=caption, reply_to=reply_to)

    def send_photo(self, data: bytes, *, caption: str = "", reply_to: int | None = None) -> Message:
        """Send a photo."""
        return self._send_file("photo", data, caption=caption, reply_to=reply_to)

    def send_video_note(self, data: bytes, duration: int, *, reply_to: int | None = None) -> Message:
        """Record a round video; `duration` in seconds."""
        return self._send_file("video_note", data, duration=duration, reply_to=reply_to)

    def send_document(
        self, data: bytes, name: str, *, caption: str = "", reply_to: int | None = None
    ) -> Message:
        """Send a file."""
        return self._send_file("document", data, name=name, caption=caption, reply_to=reply_to)

    def send_sticker(self, data: bytes = b"sticker") -> Message:
        """Send a sticker."""
        return self._send_file("sticker", data)

    def send_location(self, latitude: float, longitude: float) -> Message:
        """Send a place, in degrees."""
        return self._say({"location": {"latitude": latitude, "longitude": longitude}}, None)

    def edit_text(self, message_id: int, text: str) -> Message:
        """Edit one's own words."""
        old = self._own(message_id)
        words, entities = plain(text)
        name = "text" if "text" in old.body else "caption"
        marks = "entities" if name == "text" else "caption_entities"
        body = {key: value for key, value in old.body.items() if key not in (name, marks)}
        body |= {"edit_date": self.world.timestamp(), name: words} | ({marks: entities} if entities else {})
        message = self.world.replace(self.chat, old, body)
        self._tell("edited_message", message)
        return message

    def delete(self, message_id: int) -> None:
        """Delete a message of this chat for both; no update tells the bot, as in Telegram."""
        if not self.world.remove(self.chat, message_id):
            raise PhoneError("there is no such message here")

    # Pressing

    def press(self, message: int | Message, button: str) -> Press:
        """Press an inline button by its callback data or its label.

        Data that the message carried before an edit still counts: a phone may be a moment behind.
        """
        number = message.message_id if isinstance(message, Message) else message
        shown = self.chat.messages.get(number)
        if shown is None:
            raise PhoneError("there is no such message here")
        found = _find(shown, button)
        if found.kind != "callback_data":
            return Press(self, found)
        self._able()
        return Press(self, found, self._query(shown, str(found.value)))

    def _query(self, shown: Message, data: str) -> "CallbackQuery":
        query = self.world.new_callback(self.chat.chat_id, self.user_id)
        self.world.queue(
            "callback_query",
            {
                "id": query.query_id,
                "from": self.person.to_user(),
                "message": shown.body,
                "chat_instance": str(self.chat.chat_id * 7 + 1),
                "data": data,
            },
        )
        return query

    def press_key(self, label: str) -> Message:
        """Press a key under the input field: it sends its label."""
        if not any(key.text == label and key.kind == "text" for row in self.reply_keyboard for key in row):
            raise PhoneError(f"there is no key {label!r}")
        return self.send_text(label)

    def open_link(self, url: str) -> Message | None:
        """Open a t.me link to the bot and press Start; any other link opens elsewhere and returns None."""
        parts = urlsplit(url if "//" in url else f"https://{url}")
        name = parts.path.strip("/")
        if (
            parts.hostname not in ("t.me", "telegram.me")
            or name.lower() != self.world.profile.username.lower()
        ):
            return None
        payload = parse_qs(parts.query).get("start", [""])[0]
        if not _PAYLOAD.fullmatch(payload):
            raise PhoneError("a client drops a start payload that isn't 1 to 64 of A-Z a-z 0-9 _ -")
        if self.person.blocked:
            self.unblock()
        return self.send_text(f"/start {payload}".strip())

    # The account

    def block(self) -> None:
        """Block the bot; the bot hears of it."""
        if not self.person.blocked:
            self.person.blocked = True
            self.tell_membership("member", "kicked")

    def unblock(self) -> None:
        """Lift the block; the bot hears of it."""
        if self.person.blocked:
            self.person.blocked = False
            self.tell_membership("kicked", "member")

    def deactivate(self) -> None:
        """Delete the account: nothing reaches it any more, and nothing tells the bot."""
        self.person.deactivated = True
        self.world.record("person", self.user_id, self.person.to_json())

    def tell_membership(self, before: str, after: str) -> None:
        """Queue the bot's my_chat_member for this chat."""
        user = self.world.profile.to_user()
        until = {"until_date": 0}
        member = {
            status: {"status": status, "user": user} | (until if status == "kicked" else {})
            for status in (before, after)
        }
        self.world.queue(
            "my_chat_member",
            {
                "chat": self.chat.to_chat(),
                "from": self.person.to_user(),
                "date": self.world.timestamp(),
                "old_chat_member": member[before],
                "new_chat_member": member[after],
            },
        )
        self.world.record("person", self.user_id, self.person.to_json())

    # Waiting

    async def wait_for(
        self,
        wanted: str | Callable[[Message], bool],
        seconds: float = 5.0,
        *,
        after: int = 0,
    ) -> Message:
        """Wait for a message from the bot that contains a text or fits a test; return the newest such one.

        `after` leaves out messages up to that number. Raises TimeoutError after so many real seconds.
        """
        fits = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted

        def find(phone: Phone) -> Message | None:
            newest = reversed(phone.from_bot)
            return next((m for m in newest if m.message_id > after and fits(m)), None)

        await self.wait_until(lambda phone: find(phone) is not None, seconds)
        found = find(self)
        if found is None:
            raise TimeoutError("the message went away")
        return found

    async def wait_until(self, holds: Callable[["Phone"], bool], seconds: float = 5.0) -> None:
        """Wait until something holds in this chat; raises TimeoutError after so many real seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not holds(self):
            left = deadline - loop.time()
            if left <= 0:
                shown = " | ".join(message.text for message in self.from_bot[-3:])
                raise TimeoutError(f"not within {seconds} s; the bot's last words: {shown}")
            await self.chat.bell.wait(left)

    # Inside

    def _send_file(
        self,
        kind: str,
        data: bytes,
        *,
        duration: int = 0,
        name: str = "",
        caption: str = "",
        reply_to: int | None = None,
    ) -> Message:
        stored = self.world.files.add(kind, data, duration=duration, name=name)
        content: Json = {kind: describe(stored)}
        words, entities = plain(caption)
        if utf16_length(words) > MAX_CAPTION:
            raise PhoneError("longer than a caption may be")
        if words:
            content |= {"caption": words} | ({"caption_entities": entities} if entities else {})
        return self._say(content, reply_to)

    def _say(self, content: Json, reply_to: int | None) -> Message:
        self._able()
        if reply_to is not None:
            replied = self.chat.messages.get(reply_to)
            if replied is None:
                raise PhoneError("there is no such message to reply to")
            content = content | {"reply_to_message": _without_reply(replied.body)}
        self.person.started = self.person.started or self.chat.type == "private"
        message = self.world.post(self.chat, content, sender=self.person.to_user())
        self._tell("message", message)
        return message

    def _tell(self, kind: str, message: Message) -> None:
        if self.chat.type == "private" or self.world.hears(message):
            self.world.queue(kind, message.body)

    def _able(self) -> None:
        if self.person.deactivated:
            raise PhoneError("this account is gone")
        if self.chat.type == "private" and self.person.blocked:
            raise PhoneError("a client asks to unblock the bot first")
        if self.chat.type != "private" and self.user_id not in self.chat.members:
            raise PhoneError("not a member of this group")

    def _own(self, message_id: int) -> Message:
        old = self.chat.messages.get(message_id)
        if old is None or old.sender_id != self.user_id:
            raise PhoneError("there is no such message of one's own")
        return old


def _find(shown: Message, button: str) -> Button:
    buttons = [found for row in shown.buttons for found in row]
    for found in buttons:
        if found.kind == "callback_data" and found.value == button:
            return found
    for found in buttons:
        if found.text == button:
            return found
    if button in shown.offered:
        return Button(button, "callback_data", button)
    raise PhoneError(f"there is no button {button!r}; there are {[found.text for found in buttons]}")


def _without_reply(body: Json) -> Json:
    return {key: value for key, value in body.items() if key != "reply_to_message"}
