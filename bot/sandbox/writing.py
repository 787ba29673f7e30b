"""What a person writes, records and sends."""

from typing import Any

from bot.sandbox.entities import plain
from bot.sandbox.files import describe
from bot.sandbox.messages import Message
from bot.sandbox.text import MAX_CAPTION, MAX_TEXT, utf16_length
from bot.sandbox.view import ChatView, PhoneError
from bot.sandbox.wire import Json


class Writing(ChatView):
    """A client in which somebody writes."""

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
        if self.topic:
            content = content | {"message_thread_id": self.topic, "is_topic_message": True}
        if reply_to is not None:
            replied = self._shown(reply_to).body
            content = content | {"reply_to_message": _without_reply(replied)}
        self.person.started = self.person.started or self.chat.type == "private"
        message = self.world.post(self.chat, content, sender=self.person.to_user())
        self._tell("channel_post" if self.chat.type == "channel" else "message", message)
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
        if self.chat.type == "channel" and self.user_id not in self.chat.standing:
            raise PhoneError("only a channel's administrators write there")

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


def _without_reply(body: Json) -> Json:
    return {key: value for key, value in body.items() if key != "reply_to_message"}
