"""What the page's tests share: a page with its phones, and a small bot of their own."""

import asyncio
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import ClientSession
from playwright.async_api import Locator, Page, expect

from bot.sandbox import Phone, Server, World, serve
from bot.sandbox.clock import SteerableClock
from bot.sandbox.stage import Page as Served
from bot.sandbox.stage import Stage, serve_page
from prompts.source import ROOT

Json = dict[str, Any]
PAGE = tomllib.loads((ROOT / "en" / "page.toml").read_text("utf-8"))
BUTTONS = tomllib.loads((ROOT / "en" / "buttons.toml").read_text("utf-8"))


def says(button: str) -> str:
    """Tell what a button of ours says, by its name: a better label breaks no test."""
    return str(BUTTONS[button])


def page_says(key: str, **values: str) -> str:
    """Tell what the page itself says by one of its keys, with its values put in."""
    return str(PAGE[key]).format(**values)


class Desk:
    """An open page; `problems` are what no page of ours may have."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.problems: list[str] = []
        self.expected: list[str] = []  # parts of console errors that a test brings about on purpose
        host = urlsplit(url).netloc
        page.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self._check(request.url, host))

    def _note(self, words: str) -> None:
        if not any(part in words for part in self.expected):
            self.problems.append(words)

    def _check(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "blob" and parts.netloc != host:
            self.problems.append(f"a request to {url}")

    def phone(self, name: str) -> "Held":
        """Take someone's phone."""
        return Held(self, name, self.page.get_by_role("region", name=page_says("phone_of", name=name)))

    def button(self, label: str) -> Locator:
        """Find a button outside of the phones, or on any."""
        return self.page.get_by_role("button", name=label, exact=True)

    async def choose(self, label: str) -> None:
        """Press a button of the dialog in front."""
        await self.page.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()


@dataclass
class Held:
    """A phone in the page, in a visitor's hand."""

    desk: Desk
    name: str
    place: Locator

    @property
    def field(self) -> Locator:
        """Find the input field."""
        return self.place.get_by_role("textbox", name=page_says("message_as", name=self.name))

    @property
    def log(self) -> Locator:
        """Find the chat."""
        return self.place.get_by_role("log")

    def bubble(self, words: str) -> Locator:
        """Find the newest message with these words."""
        return self.log.get_by_role("article").filter(has_text=words).last

    async def start(self) -> None:
        """Press Start in an empty chat."""
        await self.place.get_by_role("button", name=page_says("start"), exact=True).click()

    async def writes(self, text: str) -> None:
        """Write and send, as a person would."""
        await self.field.fill(text)
        await self.field.press("Enter")
        await expect(self.field).to_have_value("")

    async def sees(self, words: str) -> Locator:
        """Wait for a message with these words."""
        found = self.bubble(words)
        await expect(found).to_be_visible()
        return found

    async def sees_times(self, words: str, times: int) -> None:
        """Wait until so many messages have these words."""
        await expect(self.log.get_by_role("article").filter(has_text=words)).to_have_count(times)

    async def presses(self, label: str) -> None:
        """Press the newest key with this label."""
        await self.log.get_by_role("button", name=label, exact=True).last.click()

    async def menu(self, words: str, item: str) -> None:
        """Choose from a message's menu."""
        bubble = self.bubble(words)
        await bubble.hover()
        await bubble.get_by_role("button", name=page_says("message_more")).click()
        await self.place.get_by_role("menuitem", name=item, exact=True).click()


OpenDesk = Callable[..., Awaitable[Desk]]
RunDemo = Callable[..., Awaitable[str]]
Answer = Callable[["EchoBot", Json], Awaitable[None]]


@dataclass
class EchoBot:
    """A bot of a few lines: says back what it is told, or does what a test puts into `answer`."""

    telegram: Server
    answer: Answer | None = None
    heard: list[Json] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        """Begin to poll."""
        self.session = ClientSession()
        self.task = asyncio.create_task(self._poll())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.session.close()

    async def ask(self, method: str, **values: Any) -> Any:
        """Call a method; return its result."""
        url = f"{self.telegram.url}/bot{self.telegram.world.token}/{method}"
        async with self.session.post(url, json=values) as response:
            body = await response.json()
        assert body["ok"] or method == "getUpdates", body
        return body.get("result", [])

    async def say(self, chat_id: int, text: str, **values: Any) -> Json:
        """Send a message in HTML; return it."""
        sent: Json = await self.ask("sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **values)
        return sent

    async def _poll(self) -> None:
        offset = 0
        while True:
            for update in await self.ask("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                self.heard.append(update)
                await (self.answer or echo)(self, update)


async def echo(bot: EchoBot, update: Json) -> None:
    """Say back what was said; answer a press with its data."""
    if "callback_query" in update:
        query = update["callback_query"]
        await bot.ask(
            "answerCallbackQuery", callback_query_id=query["id"], text=f"You pressed {query['data']}"
        )
    elif "text" in update.get("message", {}):
        await bot.ask("sendMessage", chat_id=update["message"]["chat"]["id"], text=update["message"]["text"])


@dataclass
class Stand:
    """A served page with the small bot behind it."""

    world: World
    stage: Stage
    page: Served
    bot: EchoBot
    phones: list[Phone]

    @property
    def url(self) -> str:
        """Return the page's address."""
        return self.page.url


@asynccontextmanager
async def standing(world: World | None = None, *, port: int = 0, token: str = "") -> AsyncIterator[Stand]:
    """Serve the page for a world of Noa and Sam, and a small bot that says everything back."""
    world = world or World(clock=SteerableClock(), first_name="Echo", username="echo_bot")
    stage = Stage(running=False, token=token)
    people = [world.phone(first_name=name, username=name.lower()) for name in ("Noa", "Sam")]
    async with serve(world) as telegram, serve_page(stage, port=port) as page, EchoBot(telegram) as bot:
        stage.show(world, [phone.user_id for phone in people])
        yield Stand(world, stage, page, bot, people)
