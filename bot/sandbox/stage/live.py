"""What happens, told to an open page: first the whole state, or what it missed; then everything, at once.

The page's first words are its token, the run it knows, and the last event it saw. Frames from here:

    {"type": "state", ...}      the whole state: draw everything from it
    {"type": "events", ...}     numbered events, in order, each once
    {"type": "stage", ...}      what has no number: who is here, the bot's menu, cards, what waits for the bot
    {"type": "signals", ...}    what a simulated person is about to do
"""

import asyncio
import json
from dataclasses import asdict
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.clock import Steerable
from bot.sandbox.door import check_token
from bot.sandbox.phone import Phone
from bot.sandbox.stage.stage import Stage
from bot.sandbox.thumbs import screen
from bot.sandbox.wire import Json

REFUSED = 4403  # the WebSocket's closing code for a wrong token
_FIRST_WORDS_WITHIN = 10.0
_HEARTBEAT = 20.0
_GATHER = 0.01  # seconds in which what happens at once is put into one frame
_FOREVER = 3600.0
_KEPT_LOG = 300
_LOGGED = frozenset({"call", "update"})


async def handle(request: web.Request, stage: Stage) -> web.WebSocketResponse:
    """Serve one open page until it closes."""
    socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=4096)
    await socket.prepare(request)
    first = await _first_words(socket)
    try:
        check_token(str(first.get("token", "")), stage.token)
    except PermissionError as error:
        await socket.close(code=REFUSED, message=str(error).encode())
        return socket
    try:
        async with asyncio.TaskGroup() as tasks:
            telling = tasks.create_task(_Teller(stage, socket, first).tell())
            async for _ in socket:
                pass  # nothing more is said this way; the loop ends when the page goes
            telling.cancel()
    except* ConnectionError:
        pass  # the page went while it was being told something
    return socket


async def _first_words(socket: web.WebSocketResponse) -> Json:
    try:
        message = await socket.receive(_FIRST_WORDS_WITHIN)
        words: Any = json.loads(message.data) if message.type is WSMsgType.TEXT else {}
    except (TimeoutError, ValueError):
        return {}
    return words if isinstance(words, dict) else {}


class _Teller:
    """Tells one page; `run` and `since` are what it knows."""

    def __init__(self, stage: Stage, socket: web.WebSocketResponse, first: Json) -> None:
        self.stage = stage
        self.socket = socket
        self.run = str(first.get("run", ""))
        since = first.get("since", 0)
        self.since = since if isinstance(since, int) else 0
        self.signalled = stage.signalled
        self.told: Json = {}

    async def tell(self) -> None:
        """Tell everything until cancelled."""
        while True:
            bells = self._bells()
            try:
                await asyncio.sleep(0)  # the bells begin to listen now, before we look
                for frame in self._news():
                    await self.socket.send_str(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))
                await asyncio.wait(bells, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for bell in bells:
                    bell.cancel()
            await asyncio.sleep(_GATHER)

    def _bells(self) -> list[asyncio.Task[bool]]:
        """Listen before looking, so that nothing rings unheard in between."""
        heard = [self.stage.bell]
        if self.stage.lit:
            heard += [self.stage.world.events.bell, self.stage.world.updates.confirmed]
        return [asyncio.create_task(bell.wait(_FOREVER)) for bell in heard]

    def _news(self) -> list[Json]:
        frames: list[Json] = []
        if not self.stage.lit:
            if self.run != self.stage.run:
                self.run = self.stage.run
                frames.append({"type": "dark", "run": self.run, "language": self.stage.words.language})
            return frames
        page = self.stage.world.events.since(self.since)
        if self.run != self.stage.run or page.reset:
            frames.append(self._state())
        elif page.events:
            events = [event.to_json() for event in page.events]
            frames.append({"type": "events", "events": events, "next": page.next})
        self.since = self.stage.world.events.last
        return [*frames, *self._beside()]

    def _state(self) -> Json:
        self.run, self.told = self.stage.run, {}
        world = self.stage.world
        return {
            "type": "state",
            "run": self.run,
            "zone": self.stage.zone.key,
            "place": self.stage.place,
            "abilities": abilities(self.stage),
            "clock": {"now": world.now().isoformat(), "running": self.stage.running},
            "phones": [screen(self.stage.phone(user_id)) for user_id in self.stage.cast],
            "log": [e.to_json() for e in world.events.recent(_KEPT_LOG) if e.kind in _LOGGED],
            "next": world.events.last,
        }

    def _beside(self) -> list[Json]:
        frames: list[Json] = []
        beside = _stage_frame(self.stage)
        if beside != self.told:
            self.told = beside
            frames.append(beside)
        fresh = [body for number, body in self.stage.signals if number > self.signalled]
        self.signalled = self.stage.signalled
        if fresh:
            frames.append({"type": "signals", "signals": fresh})
        return frames


def abilities(stage: Stage) -> list[str]:
    """Name what the page may offer."""
    found = ["clock"] if isinstance(stage.world.clock, Steerable) else []
    if stage.director is not None:
        found += ["opening", "play", "over"]
        found += ["language"] if len(stage.words.choices) > 1 else []
    return found


def _stage_frame(stage: Stage) -> Json:
    world = stage.world
    waiting: dict[int, list[int]] = {}
    for queued in world.updates.waiting:
        message = queued.body.get("message")
        if message is not None:
            waiting.setdefault(message["chat"]["id"], []).append(message["message_id"])
    return {
        "type": "stage",
        "bot": world.profile.to_user() | {"description": world.profile.description_for(_language(stage))},
        "people": [world.people[user_id].to_json() for user_id in stage.cast],
        "commands": {str(user_id): _commands(stage.phone(user_id)) for user_id in stage.cast},
        "cards": [asdict(card) for card in stage.cards],
        "waiting": {str(chat_id): ids for chat_id, ids in waiting.items()},
        "playing": stage.playing,
        "note": stage.note,
        "intro": stage.intro,
        "language": stage.words.language,
    }


def _language(stage: Stage) -> str:
    return next((stage.world.people[user_id].language_code for user_id in stage.cast), "")


def _commands(phone: Phone) -> list[Json]:
    return phone.world.profile.commands_for(phone.chat.chat_id, phone.person.language_code)
