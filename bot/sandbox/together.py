"""What a person does beyond writing one message: albums, polls, topics, and coming into a group or leaving it."""

from collections.abc import Sequence

from bot.sandbox.chats import Topic
from bot.sandbox.entities import plain
from bot.sandbox.files import describe
from bot.sandbox.gatherings import let_in
from bot.sandbox.messages import Message
from bot.sandbox.polls import cast, refreshed
from bot.sandbox.view import PhoneError
from bot.sandbox.wire import Json
from bot.sandbox.writing import Writing

MOST_IN_ALBUM = 10


class Together(Writing):
    """A client in a group, a channel, or a chat with more than words in it."""

    def send_album(self, pictures: Sequence[bytes], *, caption: str = "") -> list[Message]:
        """Send several pictures at once: one message each, which one mark holds together."""
        if not 1 < len(pictures) <= MOST_IN_ALBUM:
            raise PhoneError("an album has two to ten pictures")
        mark: Json = {"media_group_id": self.world.new_album_id()}
        words, entities = plain(caption)
        told: Json = (
            {"caption": words} | ({"caption_entities": entities} if entities else {}) if words else {}
        )
        contents = [{"photo": describe(self.world.files.add("photo", data))} | mark for data in pictures]
        contents[0] |= told
        return [self._say(content, None) for content in contents]

    def vote(self, message: int | Message, *options: int) -> Message:
        """Vote in a poll by the options' places; without any the vote is taken back."""
        shown = refreshed(
            self.world, self.chat, self._shown(message if isinstance(message, int) else message.message_id)
        )
        if "poll" not in shown.body:
            raise PhoneError("there is no poll in this message")
        if shown.body["poll"]["is_closed"]:
            raise PhoneError("this poll is closed")
        return cast(self.world, self.chat, shown, self.person, options)

    def open_topic(self, name: str, icon_color: int = 0x6FB9F0) -> int:
        """Begin a topic; returns its number, to open with `at`."""
        private = self.chat.type == "private" and self.world.profile.topics
        if not private and not self.chat.topics:
            raise PhoneError("there are no topics here")
        made = self._say({"forum_topic_created": {"name": name, "icon_color": icon_color}}, None)
        topic = Topic(made.message_id, name, icon_color)
        self.chat.topics[topic.thread_id] = topic
        marks = {"message_thread_id": topic.thread_id, "is_topic_message": True}
        self.world.replace(self.chat, made, made.body | marks)
        return topic.thread_id

    def join(self, link: str) -> None:
        """Follow an invite link: come in, or ask to."""
        for chat in self.world.chats.values():
            found = chat.links.get(link)
            if found is None:
                continue
            if (
                found["is_revoked"]
                or found.get("expire_date", self.world.timestamp() + 1) <= self.world.timestamp()
            ):
                break
            if not found["creates_join_request"]:
                let_in(self.world, chat, self.person, found)
                return
            chat.requests[self.user_id] = link
            body = {"chat": chat.to_chat(), "from": self.person.to_user(), "user_chat_id": self.user_id}
            self.world.queue(
                "chat_join_request", body | {"date": self.world.timestamp(), "invite_link": found}
            )
            return
        raise PhoneError("this link leads nowhere any more")
