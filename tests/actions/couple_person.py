"""One of two people in a world without a network: what they write and press, and what their chat shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.messages import Outcome, Refused, Row, Sent, Unreachable, Withdrawn
from bot.practice.ids import PartnerId
from bot.practice.thread import Heard
from bot.sandbox.entities import format_text
from bot.sandbox.text import utf16_length
from bot.screens import menu
from bot.screens import text as words
from bot.screens.call import Call
from bot.screens.callbacks import Verb, asks_for, decode
from bot.screens.request import Handler
from bot.screens.table import SCREENS
from bot.telegram.dispatch import on_message, on_press

if TYPE_CHECKING:
    from couple_world import World

LIMITS = {"text": 4096, "caption": 1024}  # UTF-16 units, after entities
Ask = Verb | Heard  # what a button asks for
MEDIA = ("voice", "video_note", "photo")


@dataclass
class Shown:
    """A message of the bot's, as it stands in a chat now."""

    id: int
    kind: str
    call: Call
    text: str = ""
    quoted: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    media: str = ""
    invites: bool = False  # to respond


@dataclass
class Person:
    """One of the two: what their chat shows, and what they have written."""

    world: "World"
    name: str
    chat: int
    id: PartnerId
    shown: dict[int, Shown] = field(default_factory=dict)
    calls: list[tuple[datetime, Row, Call]] = field(default_factory=list)
    offered: list[tuple[int, Ask, str]] = field(default_factory=list)  # message, ask, data: all there were
    numbers: int = 0
    deleted: set[int] = field(default_factory=set)  # messages that the bot has deleted
    refuses: set[int] = field(default_factory=set)  # messages that Telegram won't delete
    left: set[int] = field(default_factory=set)  # messages that it has refused to delete
    blocks: bool = False  # the bot: nothing reaches them

    def number(self) -> int:
        """Take the number of a new message in this chat."""
        self.numbers += 1
        return self.numbers

    async def writes(self, text: str, source: int | None = None) -> int:
        """Write; tell the message's number."""
        return await self._sends({"text": text}, _route(text), source)

    async def replies(self, message: int, text: str) -> int:
        """Write in reply to one of the bot's messages; tell the new message's number."""
        bot = {"id": 1, "is_bot": True, "first_name": "Attune"}
        body = {"message_id": message, "date": 1, "chat": self._chat(), "from": bot}
        return await self._sends({"text": text, "reply_to_message": body}, _route(text), None)

    async def edits(self, source: int, text: str, caption_of: Mapping[str, Any] | None = None) -> None:
        """Edit what was sent: a text, or a file with its caption."""
        body = {**caption_of, "caption": text} if caption_of else {"text": text}
        await self._sends(body, words.edited, source, field="edited_message")

    async def sends(self, kind: str, file: str, caption: str = "", source: int | None = None) -> int:
        """Send a voice message, a video note or a photo; tell the message's number."""
        body = attachment(kind, file) | ({"caption": caption} if caption else {})
        return await self._sends(body, words.words, source)

    async def presses(self, ask: Ask, *about: int | str) -> None:
        """Press the newest button that asks for this, and is about these."""
        wanted = (Verb.HEARD, ask.value) if isinstance(ask, Heard) else (ask,)
        for message in reversed(self.shown.values()):
            for _, data in message.buttons:
                if asks_for(data, *wanted, *about):
                    await self.presses_data(message.id, data)
                    return
        raise LookupError(f"no button {ask.name} in {[m.buttons for m in self.shown.values()]}")

    async def presses_data(self, message: int, data: str, chat: Mapping[str, Any] | None = None) -> None:
        """Press a button by what it carries; in this person's own chat, unless another is given."""
        under = {"message_id": message, "date": 1, "chat": chat or self._chat(), "text": "."}
        await self.presses_raw({"data": data, "message": under})

    async def presses_raw(self, pressed: Mapping[str, Any]) -> None:
        """Press a button of any make."""
        await self.world.handle(
            {"callback_query": {"id": "1", "from": self._user(), "chat_instance": "1", **pressed}},
            on_press(SCREENS.presses, self.world.services, self.world.throttle),
        )

    async def _sends(
        self, body: Mapping[str, Any], handler: Handler, source: int | None, field: str = "message"
    ) -> int:
        number = self.number() if source is None else source
        date = int(self.world.now.timestamp())
        message = {"message_id": number, "date": date, "chat": self._chat(), "from": self._user(), **body}
        await self.world.handle(
            {field: message}, on_message(handler, self.world.services, self.world.throttle)
        )
        return number

    def _user(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": self.name, "language_code": "en"}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": self.name}

    def texts(self) -> list[str]:
        """Tell all that stands in the chat from the bot."""
        return [message.text for message in self.shown.values()]

    def asks(self) -> list[Ask]:
        """Tell what all buttons in the chat ask for, in their order."""
        return [asked(data) for message in self.shown.values() for _, data in message.buttons]

    def places(self, message: int) -> list[str]:
        """Tell where a question what words are for may put them."""
        presses = [decode(data) for _, data in self.shown[message].buttons]
        return [press.text(0) for press in presses if press is not None and press.verb is Verb.PLACE]

    def last(self, kind: str) -> Shown:
        """Find the newest message of a kind."""
        return [message for message in self.shown.values() if message.kind == kind][-1]

    def invitation(self) -> Shown:
        """Find the newest message that invites to respond: the last of the other's words, or one of its own."""
        return [m for m in self.shown.values() if m.invites][-1]

    def kinds(self) -> list[str]:
        """Name the kinds of all that stands in the chat, in order."""
        return [message.kind for message in self.shown.values()]

    def look_away(self) -> None:
        """Forget what the chat shows: what comes from now on is looked at alone."""
        self.shown.clear()

    def receive(self, row: Row, call: Call) -> Outcome:
        """Let a call take effect in the chat, as Telegram would."""
        if self.blocks:
            return Unreachable()
        self.calls.append((self.world.now, row, call))
        match call.method:
            case "answerCallbackQuery":
                return Sent()
            case "editMessageReplyMarkup":
                number = int(call.payload["message_id"])
                if number in self.shown:
                    self.shown[number].buttons = _buttons(call.payload)
                return Sent(number)
            case "deleteMessages" | "deleteMessage":
                return self._delete(call)
            case "editMessageText":
                number = int(call.payload["message_id"])
            case _:
                number = self.number()
        self.shown[number] = _shown(number, row, call)
        self.offered += [(number, asked(data), data) for _, data in self.shown[number].buttons if data]
        return Sent(number)

    def _delete(self, call: Call) -> Outcome:
        """Let messages go, all of them or none."""
        numbers = {*map(int, call.payload.get("message_ids") or [call.payload["message_id"]])}
        if self.refuses & numbers:
            self.left |= self.refuses & numbers
            return Refused("cannot be deleted") if call.method == "deleteMessages" else Withdrawn()
        for number in numbers:
            self.shown.pop(number, None)
        self.deleted |= numbers
        return Sent()


def asked(data: str) -> Ask:
    """Tell what a button asks for; of the author's three words on a response, which one."""
    press = decode(data)
    assert press is not None, data
    return Heard(press.text(1)) if press.verb is Verb.HEARD else press.verb


def attachment(kind: str, file: str) -> dict[str, Any]:
    """Make a message's body of a file."""
    names = {"file_id": file, "file_unique_id": f"u{file}"}
    match kind:
        case "voice":
            return {"voice": {**names, "duration": 2}}
        case "video_note":
            return {"video_note": {**names, "duration": 2, "length": 240}}
        case _:
            return {"photo": [{**names, "width": 90, "height": 90}]}


def _route(written: str) -> Handler:
    if written.startswith("/"):
        found = SCREENS.commands.get(written[1:].split(maxsplit=1)[0])
        return found or menu.in_own_words(SCREENS.commands)
    return words.words


def _buttons(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    markup = payload.get("reply_markup") or {}
    return [
        (b["text"], b.get("callback_data", "")) for line in markup.get("inline_keyboard", []) for b in line
    ]


def _shown(number: int, row: Row, call: Call) -> Shown:
    payload = _one(call.payload)
    found = Shown(number, row.message.kind.value, call, buttons=_buttons(payload))
    found.invites = row.message.kind.value == "reveal_invite" or bool(row.message.details.get("invites"))
    for name, most in LIMITS.items():
        if name in payload:
            found.text, entities = format_text(str(payload[name]), "HTML")
            assert 0 < utf16_length(found.text) <= most, (row.message.kind, "too long or empty")
            found.quoted = [_slice(found.text, e) for e in entities if "blockquote" in e["type"]]
            assert found.quoted or "  " not in found.text, (row.message.kind, "whose name is missing?")
    found.media = next((str(payload[kind]) for kind in MEDIA if kind in payload), "")
    return found


def _one(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read an album as one message: its caption stands under the first picture."""
    pictures = payload.get("media")
    if not pictures:
        return payload
    assert len(pictures) > 1, "an album has two pictures at least"
    files = "+".join(str(picture["media"]) for picture in pictures)
    return {**payload, "caption": pictures[0].get("caption", ""), "photo": files}


def _slice(text: str, entity: Mapping[str, Any]) -> str:
    raw, start = text.encode("utf-16-le"), 2 * int(entity["offset"])
    return raw[start : start + 2 * int(entity["length"])].decode("utf-16-le")
