"""People in a journey: what they see, write and press, and the time that passes between."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from memory import stored

from bot.home.house import Home
from bot.sandbox import Button, Message, Phone, Press
from bot.screens.callbacks import Verb, asks_for

MakeHome = Callable[..., Awaitable[Home]]

PATIENCE = 60.0  # real seconds for the bot to do what it has to, far more than it needs on a crowded machine
AT_ONCE = 10  # buttons pressed before the bot is waited for
JOINER = "\u2060"  # keeps a name from becoming something to tap; nobody sees it
GLANCE = 0.001  # real seconds between two looks at a condition

WAITING = """
SELECT (SELECT count(*) FROM outbox WHERE state = 'leased' OR state = 'queued' AND due_at <= :now)
    + (SELECT count(*) FROM couples WHERE parted_at IS NULL AND next_opening <= :now)
    + (SELECT count(*) FROM capsules WHERE sealed_at IS NOT NULL AND opened_at IS NULL AND opens_at <= :now
        AND (look_at IS NULL OR look_at <= :now))
    + (SELECT count(*) FROM rounds WHERE state IN ('open', 'waiting') AND closes_at <= :now)
    + (SELECT count(*) FROM talks WHERE due_at <= :now)
    + (SELECT count(*) FROM pulse_plans WHERE due_at <= :now)"""

DUE = """
SELECT min(at) FROM (
    SELECT due_at AS at FROM outbox WHERE state = 'queued'
    UNION ALL SELECT next_opening FROM couples WHERE parted_at IS NULL
    UNION ALL SELECT coalesce(look_at, opens_at) FROM capsules WHERE sealed_at IS NOT NULL AND opened_at IS NULL
    UNION ALL SELECT closes_at FROM rounds WHERE state IN ('open', 'waiting')
    UNION ALL SELECT due_at FROM talks
    UNION ALL SELECT due_at FROM pulse_plans
) AS due"""


@dataclass
class Person:
    """One person with a phone, who remembers up to where they have looked at the chat."""

    home: Home
    phone: Phone
    seen: int = field(default=0)

    @property
    def name(self) -> str:
        """Tell what they are called."""
        return self.phone.person.first_name

    def writes(self, text: str) -> Message:
        """Write to the bot."""
        return self.phone.send_text(text)

    def opens(self, link: str) -> None:
        """Open a link to the bot and press Start."""
        assert self.phone.open_link(link) is not None

    async def sees(self, words: str) -> Message:
        """Wait for the next message of the bot's that has these words, and look on from there."""
        await self.phone.wait_until(lambda view: _next(view.from_bot, words, self.seen) is not None, PATIENCE)
        found = _next(self.phone.from_bot, words, self.seen)
        assert found is not None
        self.seen = found.message_id
        return found

    async def finds(self, wanted: str | Callable[[Message], bool]) -> Message:
        """Wait until some message of the bot's, new or changed, has these words or fits; give the newest."""
        return await self.phone.wait_for(wanted, PATIENCE)

    async def drafts(self, words: str) -> Message:
        """Write a part of a reflection, and wait for its quotation."""
        self.writes(words)
        return await self.sees("That's yours for now")

    async def seals(self, words: str) -> None:
        """Write a reflection and seal it, and let all that follows arrive."""
        await self.presses(Verb.SEAL, on=await self.drafts(words))
        await settled(self.home)

    async def presses(self, what: Verb | str, *about: int | str, on: Message | None = None) -> Press:
        """Press the button that asks for this and is about these: on a message, or on the newest that has it.

        What is no verb is a label, for a button whose label is the point. A button of `on` still counts where
        an edit has taken it off since: a phone may be a moment behind.
        """
        shown = on or await self.finds(lambda message: _button(message, what, *about) is not None)
        found = _button(shown, what, *about)
        assert found is not None, shown.labels
        return self.phone.press(shown, found.text if found.kind == "url" else str(found.value))

    async def hears(self) -> list[str]:
        """Let the bot finish, and tell what is new since the last look."""
        await settled(self.home)
        new = [message for message in self.phone.from_bot if message.message_id > self.seen]
        self.seen = max((message.message_id for message in self.phone.messages), default=0)
        return [message.text for message in new]

    async def answer(self, text: str) -> str:
        """Write, and tell the one message that answers."""
        await self.hears()
        self.writes(text)
        return one(await self.hears())

    async def press_answer(self, what: Verb | str, *about: int | str, on: Message | None = None) -> str:
        """Press, and tell the one message that answers."""
        await self.hears()
        await self.presses(what, *about, on=on)
        return one(await self.hears())

    def texts(self) -> list[str]:
        """List all that the bot has said here, as it stands now."""
        return [message.text for message in self.phone.from_bot]

    def was_told(self, words: str) -> bool:
        """Tell whether these words stand anywhere in what the bot has said here."""
        return any(words in text for text in self.texts())

    def offered(self) -> Iterator[tuple[Message, str]]:
        """Give every button that any message has ever carried."""
        for message in self.phone.from_bot:
            for data in sorted(message.offered):
                yield message, data


async def press_everything(presser: Person, besides: tuple[str, ...] = ()) -> list[str]:
    """Press every button that ever stood in a chat, some at once; give what is new or changed there.

    `besides` are the verbs of buttons that are left alone.
    """
    before = {message.message_id: message.text for message in presser.phone.from_bot}
    wanted = [(m, data) for m, data in presser.offered() if data.split(":")[0] not in besides]
    for start in range(0, len(wanted), AT_ONCE):
        for message, data in wanted[start : start + AT_ONCE]:
            if message.message_id in presser.phone.chat.messages:  # one before it may have taken it away
                presser.phone.press(message, data)
        await settled(presser.home)
    return [m.text for m in presser.phone.from_bot if before.get(m.message_id) != m.text]


def _next(messages: list[Message], words: str, after: int) -> Message | None:
    return next((m for m in messages if m.message_id > after and words in m.text), None)


def _button(message: Message, what: Verb | str, *about: int | str) -> Button | None:
    buttons = [button for row in message.buttons for button in row if message.from_bot]
    if isinstance(what, Verb):
        return next((button for button in buttons if asks_for(str(button.value), what, *about)), None)
    exact = [button for button in buttons if button.text == what]
    begin = [button for button in buttons if button.text.removeprefix("○ ").startswith(what)]
    return next(iter(exact + begin), None)


def one(heard: list[str]) -> str:
    """Give the only one."""
    assert len(heard) == 1, heard
    return heard[0]


async def settled(home: Home) -> None:
    """Wait until the bot has taken every update, opened what is due, and sent what is due."""
    await home.world.drained(PATIENCE)
    deadline = asyncio.get_running_loop().time() + PATIENCE
    now = round(home.clock.now().timestamp() * 1_000_000)
    while stored(home, WAITING, now=now) != [(0,)]:
        assert asyncio.get_running_loop().time() < deadline, "the bot does not come to rest"
        await asyncio.sleep(GLANCE)


async def later(home: Home, **step: float) -> None:
    """Let time pass (hours=8, days=1 ...), and the bot do each thing when it falls due."""
    await settled(home)
    end = home.clock.now() + timedelta(**step)
    while (due := _next_due(home)) is not None and due < end:
        home.clock.set(max(due, home.clock.now()))
        await settled(home)
    home.clock.set(end)
    await settled(home)


async def next_round(home: Home, *people: Person) -> None:
    """Let time pass until the couple's next round is open, and each of these has seen its prompt."""
    await later(home, hours=36)
    for partner in people:
        await partner.sees("Today ·")


async def after_a_stop(home: Home, **step: float) -> None:
    """Let time pass at one go, as if the machine had slept."""
    await settled(home)
    home.clock.advance(timedelta(**step))
    await settled(home)


def _next_due(home: Home) -> datetime | None:
    ((micros,),) = stored(home, DUE)
    return None if micros is None else datetime.fromtimestamp(micros / 1_000_000, UTC)


def person(home: Home, name: str, **about: Any) -> Person:
    """Make a person with a phone."""
    return Person(home, home.world.phone(first_name=name, **about))


def link_in(message: Message) -> str:
    """Find the invitation's link in a message."""
    return next(word for word in message.text.split() if word.startswith("https://t.me/"))


async def invites(inviter: Person) -> str:
    """Start and consent, where that isn't done yet, and tell the link."""
    if stored(inviter.home, "SELECT 1 FROM partners WHERE chat_id = :chat", chat=inviter.phone.user_id):
        inviter.writes("/invite")
    else:
        inviter.writes("/start")
        await inviter.presses(Verb.CONSENT, on=await inviter.sees("Hello"))
    return link_in(await inviter.sees("Who will you practise with?"))


async def joins(joiner: Person, link: str) -> None:
    """Open a link and consent."""
    joiner.opens(link)
    await joiner.presses(Verb.JOIN, on=await joiner.sees("would like to practise"))
    await joiner.sees("Your yes")


async def couple(home: Home, one_name: str = "Noa", other_name: str = "Sam") -> tuple[Person, Person]:
    """Make a couple whose first round is open; the first is the inviter."""
    inviter, joiner = person(home, one_name), person(home, other_name)
    await meet(inviter, joiner)
    return inviter, joiner


async def meet(inviter: Person, joiner: Person) -> None:
    """Bring two people together; both have looked at all there is."""
    await joins(joiner, await invites(inviter))
    await inviter.presses(Verb.CONFIRM, on=await inviter.sees("the person you meant"))
    for partner in (inviter, joiner):
        await partner.sees("together here")
        await partner.hears()


async def reads_in(partner: Person, code: str) -> None:
    """Choose a language by the settings."""
    partner.writes("/settings")
    await settled(partner.home)
    await partner.presses(Verb.SCREEN, "language")
    await settled(partner.home)
    await partner.presses(Verb.LANGUAGE, code)
    await settled(partner.home)
    await partner.hears()


async def lives_in(partner: Person, city: str) -> str:
    """Tell a city by the settings; give what answers."""
    partner.writes("/settings")
    await partner.presses(Verb.CITY, on=await partner.sees("Your settings"))
    await partner.sees("Where are you?")
    return await partner.answer(city)


async def opens_the_hour(partner: Person) -> None:
    """Open the settings at the couple's hour, and look at all there is."""
    partner.writes("/settings")
    await partner.presses(Verb.SCREEN, "hour", on=await partner.sees("Your settings"))
    await partner.hears()


async def settings(partner: Person) -> str:
    """Open the settings; give their text."""
    partner.writes("/settings")
    return (await partner.sees("Your settings")).text


async def screen(partner: Person, *path: Verb | tuple[Verb, int | str]) -> str:
    """Open the settings and press one button after the other; give the text of the screen as it is then."""
    await settings(partner)
    shown = partner.seen
    for step in path:
        verb, *about = step if isinstance(step, tuple) else (step,)
        await partner.presses(verb, *about, on=partner.phone.chat.messages[shown])
        await settled(partner.home)
    partner.seen = max(partner.phone.chat.messages)
    return partner.phone.chat.messages[shown].text
