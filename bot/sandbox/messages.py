"""A message as it stands in a chat, for whoever looks at it: the bot's JSON, and what a person sees."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.render import to_html
from bot.sandbox.wire import Json

MEDIA = ("photo", "live_photo", "voice", "video_note", "document", "sticker", "video", "audio", "animation")


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it.

    `kind` is the Bot API's field ("text" for a plain reply key), `value` what that field holds.
    """

    text: str
    kind: str
    value: Any

    @classmethod
    def from_json(cls, raw: Json) -> "Button":
        """Read a checked button."""
        kind = next((name for name in raw if name not in ("text", "style", "icon_custom_emoji_id")), "text")
        return cls(raw["text"], kind, raw.get(kind))


@dataclass(frozen=True, slots=True)
class Media:
    """What a message carries besides words; `duration` in seconds."""

    kind: str
    file_id: str
    file_size: int
    duration: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message; an edit makes a new value, so that what was seen once never changes.

    `body` is what the bot gets. `reply_keyboard` is the keyboard that came with it (the bot never sees that
    again), `offered` every callback data it ever carried: a person's phone may be a moment behind.
    `reactions` are lists of ReactionType by who reacted.
    """

    body: Json
    from_bot: bool
    reply_keyboard: Json | None = None
    silent: bool = False
    offered: frozenset[str] = field(default=frozenset(), repr=False)
    reactions: Json = field(default_factory=dict)

    @property
    def message_id(self) -> int:
        """Return its number in the chat."""
        return int(self.body["message_id"])

    @property
    def chat_id(self) -> int:
        """Return its chat."""
        return int(self.body["chat"]["id"])

    @property
    def sender_id(self) -> int:
        """Return who sent it; 0 for nobody in particular."""
        return int(self.body.get("from", {}).get("id", 0))

    @property
    def date(self) -> datetime:
        """Return when it was sent, in UTC."""
        return datetime.fromtimestamp(self.body["date"], UTC)

    @property
    def edit_date(self) -> datetime | None:
        """Return when it was last edited, in UTC."""
        edited = self.body.get("edit_date")
        return None if edited is None else datetime.fromtimestamp(edited, UTC)

    @property
    def text(self) -> str:
        """Return its words: the text, or the caption."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """Return the entities of its words; offsets in UTF-16 units."""
        found = self.body.get("entities") or self.body.get("caption_entities")
        return list(found or ())

    @property
    def html(self) -> str:
        """Return its words as Telegram HTML."""
        return to_html(self.text, self.entities)

    @property
    def buttons(self) -> list[list[Button]]:
        """Return the inline keyboard, row by row."""
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [[Button.from_json(raw) for raw in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """Return what stands on the inline buttons, in reading order."""
        return [button.text for row in self.buttons for button in row]

    @property
    def media(self) -> Media | None:
        """Return what it carries besides words."""
        for kind in MEDIA:
            if kind in self.body:
                raw = self.body[kind][-1] if kind == "photo" else self.body[kind]
                return Media(kind, raw["file_id"], raw.get("file_size", 0), raw.get("duration", 0))
        return None

    @property
    def spoiler(self) -> bool:
        """Return whether its media are covered."""
        return bool(self.body.get("has_media_spoiler"))

    @property
    def protected(self) -> bool:
        """Return whether it can't be forwarded or saved."""
        return bool(self.body.get("has_protected_content"))

    @property
    def reply_to(self) -> int | None:
        """Return the number of the message that it answers."""
        replied = self.body.get("reply_to_message")
        return None if replied is None else int(replied["message_id"])

    def to_json(self) -> Json:
        """Return it as a chat page draws it: the bot's view and what only a person sees."""
        seen: Json = {
            "from_bot": self.from_bot,
            "html": self.html,
            "silent": self.silent,
            "message": self.body,
        }
        extras = {"reply_keyboard": self.reply_keyboard, "reactions": self.reactions}
        return seen | {name: value for name, value in extras.items() if value}


def callback_data(markup: Json | None) -> frozenset[str]:
    """Return every callback data of an inline keyboard."""
    rows = (markup or {}).get("inline_keyboard", [])
    return frozenset(button["callback_data"] for row in rows for button in row if "callback_data" in button)
