"""Playing it for a visitor: the people on show act by turns, slowly enough to read, from where things stand.

A play ends after the next morning's round, or when nothing is left to do; played again, it goes on.
"""

import asyncio
from collections.abc import Awaitable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Protocol

from bot.home.actor import Actor, ButtonPress, NextAct, Unblock, Write
from bot.home.legible import ChatReader
from bot.home.voice import Voice
from bot.sandbox.stage import Stage
from prompts.demo_words import PlayWords

OPENINGS = 1
MOST_ACTS = 120
ACT_TAKES = timedelta(seconds=40)  # of the story's time
READING = 0.012  # seconds a character of the bot's words, at pace 1
AT_MOST_READING = 1.8
TYPING = 0.016
AT_MOST_TYPING = 3.2
AIMING = 0.5
UNCOVERING = 0.5
READING_WORDS = 0.02  # seconds a character of the other's words, which are what it is about
AT_MOST_WORDS = 4.0
JOINING = 0.35  # the share of every pause until the two have their first prompt: what moves comes after it
WRITING = 0.75  # and until the first words are open to both
QUIET = 0.1  # seconds without an event, whatever the pace, before the bot is asked whether it is done
PATIENCE = 60.0  # real seconds: a slow machine makes the index of cities meanwhile, once


class Behind(Protocol):
    """What the bot behind the stage knows, and nobody can see on a phone."""

    async def next_opening(self) -> datetime | None:
        """Tell when the next round opens."""
        ...

    async def is_idle(self) -> bool:
        """Tell whether nothing is due now, to be sent or to be opened."""
        ...


class Play:
    """The people on show, acting by turns: by their words, and by what they read. `pace` stretches every pause."""

    def __init__(
        self, stage: Stage, behind: Behind, words: PlayWords, reader: ChatReader, pace: float = 1.0
    ) -> None:
        self.stage = stage
        self.behind = behind
        self.words = words
        self.pace = pace
        phones = [stage.phone(user_id) for user_id in stage.cast]
        self.actors = [Actor(p, Voice(words, first=n == 0), reader) for n, p in enumerate(phones)]
        self.first, self.second = self.actors[:2]
        self.turns = list(self.actors)
        self.openings = 0
        self.uncovered = any(
            actor.covered() for actor in self.actors
        )  # whether a play before has come so far
        self.spent = 0.0  # seconds that the pauses took, or would have taken at pace 1
        self.remedies = self._remedies()

    async def run(self) -> str:
        """Play; return what to say at the end."""
        for _ in range(MOST_ACTS):
            await self._settle()
            await self._uncover()
            if not (await self._meet() or await self._act() or await self._go_on()):
                break
        return self.words.finished if self.openings else self.words.nothing_left

    # What is next

    async def _meet(self) -> bool:
        """Begin: the first person says hello, and sends the second the link."""
        if not self.first.phone.from_bot:
            await self._do(self.first, Write("/start"))
            return True
        link = self.first.link()
        if not self.second.phone.from_bot and link is not None:
            await self._invite(link)
            return True
        return False

    async def _act(self) -> bool:
        """Let someone do what is next: whoever is asked for words first, and who acted last last."""
        turns = sorted(self.turns, key=lambda one: one.asked is None)
        decided = chain(((one, one.next_act()) for one in turns), ((one, one.at_leisure()) for one in turns))
        for actor, act in decided:
            if act is not None:
                self.turns.remove(actor)
                self.turns.append(actor)
                await self._do(actor, act)
                return True
        return False

    async def _go_on(self) -> bool:
        """Go to the next opening; or, where none is planned, try what may bring one."""
        due = await self.behind.next_opening()
        if due is None:
            remedy = next(self.remedies, None)
            if remedy is not None:
                await remedy
            return remedy is not None
        if self.openings >= OPENINGS:
            return False
        self.openings += 1
        await self._pause(2.5)
        self.stage.move(max(due, self.stage.world.now()))
        return True

    def _remedies(self) -> Iterator[Awaitable[None]]:
        """Give what may bring two people together again, one after the other."""
        for actor in (self.first, self.second):
            yield self._do(actor, Write("/resume"))
        yield self._ask_again()

    async def _ask_again(self) -> None:
        known = max((message.message_id for message in self.first.phone.messages), default=0)
        await self._do(self.first, Write("/invite"))
        await self._settle()
        link = self.first.link(after=known)
        if link is not None:
            await self._invite(link)

    # Doing it

    async def _uncover(self) -> None:
        """Let each tap open what has come covered, and read it: the words are what the day is about."""
        for actor in self.actors:
            for message in actor.covered():
                await self._pause(UNCOVERING)
                self.uncovered = True
                self.stage.signal("uncover", actor.phone, message_id=message.message_id)
                await self._pause(min(AT_MOST_WORDS, READING_WORDS * len(message.text)))

    async def _do(self, actor: Actor, act: NextAct) -> None:
        await self._pause(0.3 + min(AT_MOST_READING, READING * actor.reads()))
        self.stage.move(self.stage.world.now() + ACT_TAKES)
        match act:
            case Write(text):
                seconds = min(AT_MOST_TYPING, TYPING * len(text))
                shown = seconds * self._hurry() * self.pace
                self.stage.signal("typing", actor.phone, text=text, seconds=shown)
                await self._pause(seconds + 0.3)
                actor.phone.send_text(text)
            case ButtonPress():
                await self._press(actor, act)
            case Unblock():
                actor.phone.unblock()

    async def _press(self, actor: Actor, act: ButtonPress) -> None:
        where = {"message_id": act.message.message_id, "data": act.data}
        self.stage.signal("aim", actor.phone, **where)
        await self._pause(AIMING)
        press = actor.phone.press(act.message, act.data)
        query_id = press.query.query_id if press.query else ""
        self.stage.signal("press", actor.phone, **where, query_id=query_id)

    async def _invite(self, link: str) -> None:
        """Send the link from the first phone to the second, and open it there."""
        await self._pause(1.5)
        card = self.stage.share(self.first.phone, self.second.phone.user_id, link, self.words.invitation)
        await self._pause(2.0)
        self.stage.take_card(card.number)
        self.second.phone.open_link(card.url)

    async def _pause(self, seconds: float) -> None:
        seconds *= self._hurry()
        self.spent += seconds
        await asyncio.sleep(seconds * self.pace)

    def _hurry(self) -> float:
        """Return the share of a pause that is kept: less of it until the first words are open."""
        if self.uncovered:
            return 1.0
        return WRITING if self.second.has_prompt else JOINING

    async def _settle(self) -> None:
        """Wait until the bot has said all that it has to say."""
        world = self.stage.world
        async with asyncio.timeout(PATIENCE):
            await world.drained(PATIENCE)
            while await world.events.bell.wait(QUIET) or not await self.behind.is_idle():
                pass
