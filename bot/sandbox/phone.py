"""A person's Telegram: what a thumb can do in an ordinary client. Nothing more.

Every action is immediate: when it returns, the bot's update is queued.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.chats import Chat
from bot.sandbox.entities import plain
from bot.sandbox.files import describe
from bot.sandbox.messages import Button, Message
from bot.sandbox.text import MAX_CAPTION, MAX_TEXT, utf16_length
from bot.sandbox.view import ChatView, PhoneError
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.world import CallbackQuery

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


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


class Phone(ChatView):
    """One person's client, open at one chat: the private one with the bot, or a group (see `at`)."""

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
        return self._send_file("voice", data, {"duration": duration}, caption, reply_to)

    def send_video_note(self, data: bytes, duration: int, *, reply_to: int | None = None) -> Message:
        """Record a round video; `duration` in seconds."""
        return self._send_file("video_note", data, {"duration": duration}, "", reply_to)

    def send_photo(self, data: bytes, *, caption: str = "", reply_to: int | None = None) -> Message:
        """Send a photo."""
        return self._send_file("photo", data, {}, caption, reply_to)

    def send_document(
        self, data: bytes, name: str, *, caption: str = "", reply_to: int | None = None
    ) -> Message:
        """Send a file."""
        return self._send_file("document", data, {"name": name}, caption, reply_to)

    def send_sticker(self, data: bytes = b"sticker") -> Message:
        """Send a sticker."""
        return self._send_file("sticker", data, {}, "", None)

    def send_location(self, latitude: float, longitude: float) -> Message:
        """Send a place, in degrees."""
        return self._say({"location": {"latitude": latitude, "longitude": longitude}}, None)

    def edit_text(self, message_id: int, text: str) -> Message:
        """Edit one's own words: a text, or the caption of what was sent."""
        old = self._own(message_id)
        self._able()
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

    def react(self, message_id: int, *emoji: str) -> None:
        """Put reactions under a message, or take them away; the bot hears only if it asked to."""
        shown = self._shown(message_id)
        old, new = self.world.react(
            self.chat, shown, self.user_id, [{"type": "emoji", "emoji": e} for e in emoji]
        )
        self.world.queue(
            "message_reaction",
            {
                "chat": self.chat.to_chat(),
                "message_id": message_id,
                "user": self.person.to_user(),
                "date": self.world.timestamp(),
                "old_reaction": old,
                "new_reaction": new,
            },
        )

    # Pressing

    def press(self, message: int | Message, button: str) -> Press:
        """Press an inline button by its callback data or its label.

        Data that the message carried before an edit still counts: a phone may be a moment behind.
        """
        shown = self._shown(message.message_id if isinstance(message, Message) else message)
        found = _find(shown, button)
        if found.kind != "callback_data":
            return Press(self, found)
        self._able()
        query = self.world.new_callback(self.chat.chat_id, self.user_id)
        self.world.queue(
            "callback_query",
            {
                "id": query.query_id,
                "from": self.person.to_user(),
                "message": shown.body,
                "chat_instance": str(self.chat.chat_id * 7 + 1),
                "data": str(found.value),
            },
        )
        return Press(self, found, query)

    def press_key(self, label: str) -> Message:
        """Press a key under the input field: it sends its label."""
        if self._key(label).kind != "text":
            raise PhoneError("this key asks for something; see share_users")
        return self.send_text(label)

    def share_users(self, label: str, people: list[int]) -> Message:
        """Press a key that asks for people, and choose some by their ids."""
        key = self._key(label)
        if key.kind != "request_users":
            raise PhoneError("this key asks for no people")
        if not 1 <= len(people) <= key.value.get("max_quantity", 1):
            raise PhoneError("so many can't be chosen here")
        users = [self._shared(user_id, key.value) for user_id in people]
        return self._say({"users_shared": {"request_id": key.value["request_id"], "users": users}}, None)

    def open_link(self, url: str) -> Message | None:
        """Open a t.me link to the bot and press Start; any other link opens elsewhere and returns None."""
        parts = urlsplit(url if "//" in url else f"https://{url}")
        name = parts.path.strip("/").lower()
        if parts.hostname not in ("t.me", "telegram.me") or name != self.world.profile.username.lower():
            return None
        payload = parse_qs(parts.query).get("start", [""])[0]
        if not _PAYLOAD.fullmatch(payload):
            raise PhoneError("a client drops a start payload that isn't 1 to 64 of A-Z a-z 0-9 _ -")
        if self.person.blocked:
            self.unblock()
        return self.send_text(f"/start {payload}".strip())

    def query_inline(self, query: str) -> str:
        """Type "@bot query" into some chat; return the inline query's id, for `world.inline_results`."""
        number = self.world.new_inline_query(self.user_id)
        body = {
            "id": number,
            "from": self.person.to_user(),
            "query": query,
            "offset": "",
            "chat_type": "private",
        }
        self.world.queue("inline_query", body)
        return number

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
        self.world.queue(
            "my_chat_member",
            {
                "chat": self.chat.to_chat(),
                "from": self.person.to_user(),
                "date": self.world.timestamp(),
                "old_chat_member": self._membership(before),
                "new_chat_member": self._membership(after),
            },
        )
        self.world.record("person", self.user_id, self.person.to_json())

    def _membership(self, status: str) -> Json:
        member: Json = {"status": status, "user": self.world.profile.to_user()}
        return member | {"until_date": 0} if status == "kicked" else member

    # Inside

    def _send_file(
        self, kind: str, data: bytes, details: dict[str, Any], caption: str, reply_to: int | None
    ) -> Message:
        words, entities = plain(caption)
        if utf16_length(words) > MAX_CAPTION:
            raise PhoneError("longer than a caption may be")
        content: Json = {kind: describe(self.world.files.add(kind, data, **details))}
        if words:
            content |= {"caption": words} | ({"caption_entities": entities} if entities else {})
        return self._say(content, reply_to)

    def _say(self, content: Json, reply_to: int | None) -> Message:
        self._able()
        if reply_to is not None:
            replied = self._shown(reply_to).body
            content = content | {"reply_to_message": _without_reply(replied)}
        self.person.started = self.person.started or self.chat.type == "private"
        message = self.world.post(self.chat, content, sender=self.person.to_user())
        self._tell("message", message)
        return message

    def _tell(self, kind: str, message: Message) -> None:
        if self.chat.type == "private" or self.world.hears(self.chat, message):
            self.world.queue(kind, message.body)

    def _able(self) -> None:
        if self.person.deactivated:
            raise PhoneError("this account is gone")
        if self.chat.type == "private" and self.person.blocked:
            raise PhoneError("a client asks to unblock the bot first")
        if self.chat.type != "private" and self.user_id not in self.chat.members:
            raise PhoneError("not a member of this group")

    def _shown(self, message_id: int) -> Message:
        shown = self.chat.messages.get(message_id)
        if shown is None:
            raise PhoneError("there is no such message here")
        return shown

    def _own(self, message_id: int) -> Message:
        old = self._shown(message_id)
        if old.sender_id != self.user_id or not ("text" in old.body or old.media):
            raise PhoneError("only one's own words can be edited")
        return old

    def _key(self, label: str) -> Button:
        for key in (key for row in self.reply_keyboard for key in row):
            if key.text == label:
                return key
        raise PhoneError(f"there is no key {label!r}")

    def _shared(self, user_id: int, wish: Json) -> Json:
        shared: Json = {"user_id": user_id}
        person = self.world.people.get(user_id)
        if person is not None and wish.get("request_name"):
            shared["first_name"] = person.first_name
        if person is not None and wish.get("request_username") and person.username:
            shared["username"] = person.username
        return shared


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
