"""A couple's evenings: what two simulated partners do with a round, with all that people do besides."""

import asyncio
import re
from datetime import date, timedelta
from random import Random

from chaos_partner import PATIENCE, SETTLED, Partner, button
from chaos_talking import Besides

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

PLANS = {"both": 66, "one": 8, "nobody": 4, "rest": 7, "block": 5, "block_late": 4, "part": 6}
FIRST = date(2026, 1, 12)  # of a story's days
LATE_AT = 0.7  # of the times, a day that is over is taken up again
BACK_AT = 0.8  # of those who rest, have blocked or have parted come back the next day


class Couple:
    """Two partners. `away` says why no round is expected: rest, block or part."""

    def __init__(self, one: Partner, two: Partner, random: Random, besides: Random, talks: float) -> None:
        self.one = one
        self.two = two
        self.random = random
        self.talks = talks  # of the evenings on which both have answered bring something besides
        self.besides = Besides(besides)
        self.talked = 0
        self.away = ""
        self.absent: Partner | None = None  # who rests or has blocked
        self.stalled: list[str] = []
        self.expected = 0  # rounds that must have been opened
        self.unreachable: set[int] = set()  # chats that blocked the bot at some time
        self.parted = False  # at some time
        self.revealed_late = 0
        self.late: list[
            tuple[int, Partner, Partner, bool]
        ] = []  # days that are open, and whether one has sealed

    @property
    def both(self) -> tuple[Partner, Partner]:
        """Give the two."""
        return self.one, self.two

    async def meets(self, day: int) -> None:
        """Become a couple, by an invitation; the first round opens at once."""
        for partner in self.both:
            partner.begin(day)
        if self.one.phone.from_bot:
            self.one.says("/invite")
        else:
            self.one.says("/start")
            await self.one.presses(Verb.CONSENT)
        invitation = await self.one.sees("Who will you practise with?")
        link = re.search(r"https://t\.me/\S+", invitation.text)
        assert link is not None
        self.two.phone.open_link(link.group())
        await self.two.presses(Verb.JOIN)
        await self.one.presses(Verb.CONFIRM)
        self.away = ""
        self.expected += 1

    async def comes_back(self, day: int) -> None:
        """End a rest or a block, for most of those who are away."""
        if self.away not in ("rest", "block") or self.random.random() > BACK_AT:
            return
        for partner in self.both:
            partner.begin(day)
        absent = self.absent or self.one
        if self.away == "rest":
            absent.says("/resume")
            await absent.sees("Your rest has ended")
        elif self.away == "block":
            absent.phone.unblock()
        self.away, self.absent = "", None

    async def next_evening(self, day: int) -> None:
        """Live through the next round, or find each other again; nothing for those who are away."""
        if self.away == "part" and self.random.random() < BACK_AT:
            await self.first_evening(day)
        elif not self.away:
            await self.evening(day)

    async def first_evening(self, day: int) -> None:
        """Become a couple, and live through the round that opens at once."""
        try:
            await self.meets(day)
        except TimeoutError as late:
            self.stalled.append(f"day {day}, meeting: {late!r}")
        else:
            await self.evening(day, begun=True)

    async def evening(self, day: int, *, begun: bool = False) -> None:
        """Live through one round, from its prompt on; note where the bot left somebody waiting."""
        try:
            await self._evening(day, begun=begun)
        except* TimeoutError as late:
            self.stalled.append(f"day {day}: {late.exceptions[0]!r}")

    async def _evening(self, day: int, *, begun: bool) -> None:
        for partner in self.both if not begun else ():
            partner.begin(day)
        if not begun:
            self.expected += 1
        plan = self.random.choices(list(PLANS), list(PLANS.values()))[0]
        self.one, self.two = self.random.sample(self.both, 2)
        for partner in self.both:
            partner.mark = (await partner.sees("Today · ")).message_id - 1
        await asyncio.sleep(SETTLED)
        await getattr(self, f"_{plan}")()
        if plan in ("one", "nobody"):
            self.late.append((self.one.day, self.one, self.two, plan == "one"))
        elif plan == "part":
            self.late.clear()
        elif plan == "both" and self.late and self.random.random() < LATE_AT:
            await self._is_late(*self.late.pop(0))

    async def _is_late(self, day: int, one: Partner, two: Partner, sealed: bool) -> None:  # noqa: FBT001 (kept so)
        """Reveal a day that is over: whoever has not sealed goes back to it."""
        then = FIRST + timedelta(days=day)
        named = f"{then.day} {then:%B}"
        if not sealed:
            await one.opens_late(day, named)
            await one.seals()
        await two.opens_late(day, named)
        await two.writes()
        await two.seals()
        await two.sees(lambda message: button(message, Verb.OWN_WORDS) is not None)
        self.revealed_late += 1

    async def _both(self) -> None:
        async with asyncio.TaskGroup() as group:
            for partner in self.both:
                group.create_task(self._reflects(partner))
        await self._answers()
        if self.besides.random.random() < self.talks:
            await self.besides.some(self.one, self.two)
            self.talked += 1

    async def _reflects(self, partner: Partner) -> None:
        await partner.writes()
        await partner.seals()
        if partner.random.random() < 0.15:
            await partner.changes_their_mind()
        await partner.sees(lambda message: button(message, Verb.OWN_WORDS) is not None)

    async def _answers(self) -> None:
        """Let both respond, and both say how it landed: one thread after the other."""
        async with asyncio.TaskGroup() as group:
            for partner in self.both:
                group.create_task(self._responds(partner))
        for responder, author in ((self.one, self.two), (self.two, self.one)):
            await self._hears(author, responder)

    async def _responds(self, responder: Partner) -> None:
        under = await responder.presses(Verb.OWN_WORDS)
        await responder.sees("In your own words", under)
        word = responder.plants(response=True)
        word = await responder.quoted(word, Verb.SEND)
        if responder.random.random() < 0.15:
            under = await responder.presses(Verb.REWRITE)
            await responder.sees("Take your time", under)
            word.gone = True
            word = responder.plants(response=True)
            await responder.quoted(word, Verb.SEND)
        await self._sends(responder)

    async def _sends(self, sender: Partner) -> None:
        sender.ledger.note_send(sender.phone.user_id)
        under = await sender.presses(Verb.SEND)
        await sender.phone.wait_until(
            lambda view: view.chat.messages[under].text.startswith("Sent to"), PATIENCE
        )

    async def _hears(self, author: Partner, responder: Partner) -> None:
        await author.sees("answers your words")
        if self.random.random() < 0.7:
            await author.presses(Verb.HEARD, Heard.YES.value)
            await responder.sees("feels heard")
            return
        under = await author.presses(Verb.HEARD, Heard.PARTLY.value)
        await author.sees("What would you like", under)
        word = author.plants(response=True)
        await author.quoted(word, Verb.SEND)
        await self._sends(author)
        await responder.sees("one more thing")
        if self.random.random() < 0.5:
            await self._responds(responder)
            await author.sees("answers once more")

    async def _one(self) -> None:
        await self.one.writes()
        await self.one.seals()
        await self.two.presses(Verb.NOT_TODAY)
        await self.two.sees("That's fine")

    async def _nobody(self) -> None:
        await self.one.writes()

    async def _rest(self) -> None:
        await self.one.writes()
        await self._goes("rest", self.two)
        self.two.says("/pause")
        await self.two.sees("You're resting now")

    async def _block(self) -> None:
        await self.one.writes()
        await self._goes("block", self.two)
        self.two.phone.block()
        await self.one.seals()

    async def _block_late(self) -> None:
        """Seal second and block at once: the reveal meets a closed door."""
        await self.one.writes()
        await self.one.seals()
        await self.two.writes()
        self.two.ledger.note_seal(self.two.phone.user_id, self.two.day)
        await self.two.presses(Verb.SEAL)
        await self._goes("block", self.two)
        self.two.phone.block()
        await self.one.sees("wrote:")

    async def _part(self) -> None:
        await self.one.writes()
        await self.one.seals()
        self.two.says("/leave")
        await self._goes("part", None)
        self.parted = True
        for partner in self.both:
            for letter in partner.letters:
                letter.destroyed = True
            partner.letters.clear()
        await self.two.presses(Verb.LEAVE)
        await self.two.sees("You've left")
        await self.one.sees("come to an end")

    async def _goes(self, why: str, who: Partner | None) -> None:
        self.away, self.absent = why, who
        if why == "block" and who is not None:
            self.unreachable.add(who.phone.user_id)
