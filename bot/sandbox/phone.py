"""A person's Telegram: what a thumb can do in an ordinary client. Nothing more.

Every action is immediate: when it returns, the bot's update is queued.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.chats import Chat
from bot.sandbox.entities import plain
from bot.sandbox.messages import Button, Message
from bot.sandbox.standing import standing
from bot.sandbox.together import Together
from bot.sandbox.view import PhoneError
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.records import CallbackQuery

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


class Phone(Together):
    """One person's client, open at one chat: the private one with the bot, or a group (see `at`)."""

    def at(self, chat: Chat, topic: int = 0) -> "Phone":
        """Return this person's client, open at another chat, or at a topic of it by its number."""
        return Phone(self.world, self.person, chat, topic)

    # Changing

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
        user = self.world.profile.to_user()
        if status == "administrator":
            return standing(self.chat, self.world.profile.bot_id, user, inside=True)
        return {"status": status, "user": user} | ({"until_date": 0} if status == "kicked" else {})

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
