"""Two people and a bot without a network: the real storage, actions, handlers and words."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from telegram import Update

from bot.actions import open_rounds
from bot.actions.open_rounds import House
from bot.actions.people import together
from bot.config import Config
from bot.messages import Outcome, Row, Sent, Withdrawn
from bot.practice.calendar import Quiet, Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.partner import Partner
from bot.practice.round import Round
from bot.sandbox.entities import format_text
from bot.sandbox.text import utf16_length
from bot.telegram.act import Context, Handler, Setting, on_message, on_press
from bot.telegram.compose import Composer
from bot.telegram.desk import DESK, Desk
from bot.telegram.handlers import writing
from bot.telegram.lexicon import Lexicon
from bot.telegram.routes import COMMANDS, PRESSES
from bot.telegram.scene import Installation
from bot.telegram.sender import Call
from storage.database import Database
from storage.keyring import Keyring
from storage.unit import Unit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = "Europe/Dublin"
OPERATOR = "somebody"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIMITS = {"text": 4096, "caption": 1024}  # UTF-16 units, after entities
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


@dataclass
class Person:
    """One of the two: what their chat shows, and what they have written."""

    world: "World"
    name: str
    chat: int
    id: PartnerId
    shown: dict[int, Shown] = field(default_factory=dict)
    calls: list[tuple[datetime, Row, Call]] = field(default_factory=list)
    offered: list[tuple[int, str, str]] = field(default_factory=list)  # message, label, data: all there were
    numbers: int = 0

    def number(self) -> int:
        """Take the number of a new message in this chat."""
        self.numbers += 1
        return self.numbers

    async def writes(self, text: str, source: int | None = None) -> int:
        """Write; tell the message's number."""
        return await self._sends({"text": text}, _route(text), source)

    async def edits(self, source: int, text: str, caption_of: Mapping[str, Any] | None = None) -> None:
        """Edit what was sent: a text, or a file with its caption."""
        body = {**caption_of, "caption": text} if caption_of else {"text": text}
        await self._sends(body, writing.edited, source, field="edited_message")

    async def sends(self, kind: str, file: str, caption: str = "", source: int | None = None) -> int:
        """Send a voice message, a video note or a photo; tell the message's number."""
        body = attachment(kind, file) | ({"caption": caption} if caption else {})
        return await self._sends(body, writing.part, source)

    async def presses(self, label: str) -> None:
        """Press the newest button that says so."""
        for message in reversed(self.shown.values()):
            for said, data in message.buttons:
                if said == label:
                    await self.presses_data(message.id, data)
                    return
        raise LookupError(f"no button {label!r} in {[m.buttons for m in self.shown.values()]}")

    async def presses_data(self, message: int, data: str) -> None:
        """Press a button by what it carries."""
        body = {"id": "1", "from": self._user(), "chat_instance": "1", "data": data}
        under = {"message_id": message, "date": 1, "chat": self._chat(), "text": "."}
        await self.world.handle(
            {"callback_query": {**body, "message": under}}, on_press(PRESSES, self.world.setting)
        )

    async def _sends(
        self, body: Mapping[str, Any], handler: Handler, source: int | None, field: str = "message"
    ) -> int:
        number = self.number() if source is None else source
        date = int(self.world.now.timestamp())
        message = {"message_id": number, "date": date, "chat": self._chat(), "from": self._user(), **body}
        await self.world.handle({field: message}, on_message(handler, self.world.setting))
        return number

    def _user(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": self.name, "language_code": "en"}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": self.name}

    def texts(self) -> list[str]:
        """Tell all that stands in the chat from the bot."""
        return [message.text for message in self.shown.values()]

    def labels(self) -> list[str]:
        """Tell what all buttons in the chat say, in their order."""
        return [label for message in self.shown.values() for label, _ in message.buttons]

    def last(self, kind: str) -> Shown:
        """Find the newest message of a kind."""
        return [message for message in self.shown.values() if message.kind == kind][-1]

    def kinds(self) -> list[str]:
        """Name the kinds of all that stands in the chat, in order."""
        return [message.kind for message in self.shown.values()]

    def look_away(self) -> None:
        """Forget what the chat shows: what comes from now on is looked at alone."""
        self.shown.clear()

    def receive(self, row: Row, call: Call) -> Sent:
        """Let a call take effect in the chat, as Telegram would."""
        self.calls.append((self.world.now, row, call))
        match call.method:
            case "answerCallbackQuery":
                return Sent()
            case "editMessageReplyMarkup":
                number = int(call.payload["message_id"])
                if number in self.shown:
                    self.shown[number].buttons = []
                return Sent(number)
            case "editMessageText":
                number = int(call.payload["message_id"])
            case _:
                number = self.number()
        self.shown[number] = _shown(number, row, call)
        self.offered += [(number, label, data) for label, data in self.shown[number].buttons]
        return Sent(number)


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


def _route(text: str) -> Handler:
    if text.startswith("/"):
        return COMMANDS.get(text[1:].split(maxsplit=1)[0], writing.unknown_command)
    return writing.words


def _shown(number: int, row: Row, call: Call) -> Shown:
    payload = call.payload
    markup = payload.get("reply_markup") or {}
    buttons = [
        (b["text"], b.get("callback_data", "")) for line in markup.get("inline_keyboard", []) for b in line
    ]
    found = Shown(number, row.message.kind.value, call, buttons=buttons)
    for name, most in LIMITS.items():
        if name in payload:
            found.text, entities = format_text(str(payload[name]), "HTML")
            assert 0 < utf16_length(found.text) <= most, (row.message.kind, "too long or empty")
            found.quoted = [_slice(found.text, e) for e in entities if "blockquote" in e["type"]]
    found.media = next((str(payload[kind]) for kind in MEDIA if kind in payload), "")
    return found


def _slice(text: str, entity: Mapping[str, Any]) -> str:
    raw, start = text.encode("utf-16-le"), 2 * int(entity["offset"])
    return raw[start : start + 2 * int(entity["length"])].decode("utf-16-le")


class World:
    """The bot's memory, a clock, and the two. Made by `world`."""

    def __init__(self, root: Path, lexicon: Lexicon) -> None:
        self.root = root
        self.now = NOW
        data = root / "data"
        self.keyring = Keyring.ready(root / "key" / "keyring.json", data)
        self.setting = Setting(
            Config("1:x", data, root / "key", OPERATOR, ZONE, allow=None), lexicon, House(lexicon, ZONE)
        )
        self.composer = Composer(lexicon, Installation(OPERATOR, "attune_bot"))
        self.database: Database
        self.people: tuple[Person, Person]
        self.couple: CoupleId
        self.flying: list[tuple[Row, Call | None]] = []
        self.written: dict[int, list[str]] = {1001: [], 1002: []}  # by chat, for whoever looks for words
        self._updates = 0

    async def open(self) -> None:
        """Open the database; what was leased when it was dropped is given back, as at a start."""
        self.database = await Database.open(self.setting.config.data, self.keyring)
        async with self.unit() as work:
            await work.spool.release()

    async def crash(self) -> None:
        """Drop the process between two transactions, and start it anew."""
        self.flying.clear()
        await self.database.close()
        await self.open()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Begin a unit of work at the world's instant."""
        async with self.database.unit(self.now) as work:
            yield work

    async def meet(self, *names: str, **choices: Any) -> tuple[Person, Person]:
        """Make two people a couple whose first round is open; `choices` are of both."""
        async with self.unit() as work:
            partners = [_partner(work, name, number, choices) for number, name in enumerate(names, 1001)]
            for partner in partners:
                await work.partners.add(partner)
            self.couple = await pair_up(work, partners[0].id, partners[1].id, self.setting.house)
        one, two = (Person(self, p.name, p.chat, p.id) for p in partners)
        self.people = one, two
        return one, two

    async def handle(self, raw: Mapping[str, Any], callback: Any) -> None:
        """Let one update take effect, in a transaction of its own."""
        self._updates += 1
        update = Update.de_json({"update_id": self._updates, **raw}, None)
        async with self.unit() as work:
            token = DESK.set(Desk(work, self._updates))
            try:
                await callback(update, cast("Context", None))
            finally:
                DESK.reset(token)

    async def later(self, step: timedelta) -> None:
        """Let time pass, open what falls due, and send what is due."""
        self.now += step
        await self.beat()
        await self.deliver()

    async def due(self) -> datetime | None:
        """Tell when the couple's next round opens."""
        async with self.unit() as work:
            return (await work.couples.get(self.couple)).next_opening

    async def next_opening(self) -> None:
        """Go to the couple's next opening."""
        due = await self.due()
        assert due is not None
        await self.later(due - self.now)

    async def beat(self) -> None:
        """Open what is due."""
        async with self.unit() as work:
            for couple in await work.couples.due(self.now, 9):
                await open_rounds.open_due(work, couple, self.setting.house)

    async def deliver(self) -> None:
        """Send all that is due."""
        await self.land()
        while await self.take_off():
            await self.land()

    async def take_off(self) -> bool:
        """Render the first row of each chat that has nothing in the air; tell whether there was any."""
        busy = [row.message.chat for row, _ in self.flying]
        async with self.unit() as work:
            for person in self.people:
                passed = [other.chat for other in self.people if other is not person] + busy
                for row in await work.spool.lease(1, passed):
                    self.flying.append((row, await self.composer.compose(work, row.message)))
        return bool(self.flying)

    async def land(self) -> None:
        """Let what is in the air arrive, and settle it."""
        async with self.unit() as work:
            for row, call in self.flying:
                await work.spool.settle(row.id, self._arrive(row, call))
        self.flying.clear()

    def _arrive(self, row: Row, call: Call | None) -> Outcome:
        if call is None:
            return Withdrawn()
        return next(p for p in self.people if p.chat == row.message.chat).receive(row, call)

    async def rounds(self) -> list[Round]:
        """Load the couple's rounds, oldest first."""
        async with self.unit() as work:
            return (await work.rounds.recent(self.couple, 999))[::-1]

    async def round(self) -> Round:
        """Load the newest round."""
        return (await self.rounds())[-1]

    async def change(self, person: Person, **choices: Any) -> None:
        """Change a partner's choices behind their back."""
        async with self.unit() as work:
            partner = await work.partners.get(person.id)
            await work.partners.save(Partner(**{**vars(partner), **choices}))

    async def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""
        async with self.unit() as work:
            return [tuple(row) for row in await work.context.transaction.rows(sql, **values)]


def _partner(work: Unit, name: str, chat: int, choices: Mapping[str, Any]) -> Partner:
    given = {"quiet": Quiet(0, 0), "language": "en", "consented_at": NOW, **choices}
    return Partner(PartnerId(work.new_id()), chat, name, **given)


async def pair_up(work: Unit, one: PartnerId, two: PartnerId, house: House) -> CoupleId:
    """Make a couple and open its first round; its hour is at nine, in Dublin."""
    couple = Couple(
        id=CoupleId(work.new_id()),
        partners=(one, two),
        rhythm=Rhythm(9 * 60, ZONE, set_by=one),
        last_opening=work.now,
        last_date=work.now.date(),
        next_opening=work.now + DAY,
    )
    await work.couples.add(couple)
    us = await together(work, one)
    assert us is not None
    await open_rounds.open_first(work, us, house)
    return couple.id


@asynccontextmanager
async def world(root: Path, lexicon: Lexicon) -> AsyncIterator[World]:
    """Open a world for a block."""
    made = World(root, lexicon)
    await made.open()
    try:
        yield made
    finally:
        await made.database.close()


def without_ids(call: Call, *ids: int) -> str:
    """Write a call down with the ids replaced: what a reader could tell apart."""
    text = json.dumps(dict(call.payload), sort_keys=True, ensure_ascii=False)
    for place, number in enumerate(ids):
        text = text.replace(base36(number), f"#{place}")
    return f"{call.method} {text}"


def base36(number: int) -> str:
    """Write a number as buttons do."""
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 36)
        digits.append("0123456789abcdefghijklmnopqrstuvwxyz"[digit])
    return "".join(reversed(digits))


def run(work: Any) -> Any:
    """Run a coroutine to its end in a loop of its own."""
    return asyncio.run(work)


def each(*people: Person) -> Iterator[tuple[Person, Person]]:
    """Give each of two with the other."""
    one, two = people
    yield one, two
    yield two, one


async def seal(person: Person, *texts: str) -> None:
    """Write a reflection and seal it, and let all that follows arrive."""
    for text in texts:
        await person.writes(text)
    await person.world.deliver()
    await person.presses("Seal it")
    await person.world.deliver()


async def reveal(world: World, one: str = "ana's words", two: str = "bo's words") -> None:
    """Bring the two to a reveal."""
    for person, text in zip(world.people, (one, two), strict=True):
        await seal(person, text)


async def respond(person: Person, text: str) -> None:
    """Write a response or a clarification, send it, and let all that follows arrive."""
    await person.writes(text)
    await person.world.deliver()
    await person.presses("Send as it is")
    await person.world.deliver()
