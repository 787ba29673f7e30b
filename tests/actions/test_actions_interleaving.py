"""Any interleaving of what two partners, the clock and a crash can do: the seal holds.

A few thousand steps in the plain run, a hundred thousand with `-m long`.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cleared
import pytest
from couple_person import Ask, Person, attachment
from couple_world import HOUR, MINUTE, World, pair_up
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from whole_words import whole_words
from witness import Witness, token

from bot.practice.calendar import Quiet
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb, asks_for, encode

WHO = st.integers(0, 1)
NIGHT = Quiet(20 * 60, 8 * 60)
ASKS = (
    Verb.SEAL,
    Verb.TAKE_BACK,
    Verb.START_OVER,
    Verb.NOT_TODAY,
    Verb.ANOTHER_CARD,
    Verb.KEEP_TO_ONESELF,
    Verb.EARLIER,
    Verb.EARLIER_CARD,
    Verb.WRITE_FOR,
    Verb.NEAR,
    Verb.OWN_WORDS,
    Verb.SEND,
    Verb.REWRITE,
    Heard.YES,
    Heard.PARTLY,
    Heard.NOT_YET,
    Verb.LEAVE_THERE,
    Verb.CLEAR_MINE,
    Verb.SHOW_MINE,
    Verb.HIDE_MINE,
)
FORWARD = (Verb.SEAL, Verb.SEND, Heard.YES, Heard.PARTLY, Heard.NOT_YET)
LASTS = 15  # steps that a round lasts at least


class TwoPartners(RuleBasedStateMachine):
    """Two partners with real memory, real actions and real words."""

    late = 0  # reveals of days that were over, of all that live in this process

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.number = 0
        self.steps = 0
        self.actor: Person | None = None
        self.sources: dict[int, list[tuple[int, str]]] = {0: [], 1: []}
        self.do(self._open())

    async def _open(self) -> None:
        self.world = World(Path(self.folder.name), whole_words())
        await self.world.open()
        _, bo = await self.world.meet("Ana", "Bo")
        await self.world.change(bo, quiet=NIGHT)
        await self.world.deliver()
        self.witness = Witness(self.world)

    def teardown(self) -> None:
        """Close it all."""
        TwoPartners.late += self.witness.late
        self.do(self.world.database.close())
        self.loop.close()
        self.folder.cleanup()

    def do(self, work: Any) -> Any:
        """Run a coroutine to its end."""
        return self.loop.run(work)

    def by(self, who: int) -> Person:
        """Let somebody act."""
        self.actor = self.world.people[who]
        return self.actor

    def words(self, who: int, *, long: bool = False) -> str:
        """Make words that nobody else writes."""
        self.number += 1
        text = token(self.number) + " and so on." * (200 if long else 0)
        self.world.written[self.world.people[who].chat].append(text)
        return text

    @rule(who=WHO, long=st.sampled_from([False, False, False, True]))
    def write(self, who: int, *, long: bool) -> None:
        """Write, for whatever it is for."""
        text = self.words(who, long=long)
        self.sources[who].append((self.do(self.by(who).writes(text)), "text"))

    @rule(who=WHO, kind=st.sampled_from(["voice", "photo", "video_note"]))
    def send(self, who: int, kind: str) -> None:
        """Send a file, with a caption where it can have one."""
        caption = "" if kind == "video_note" else self.words(who)
        self.sources[who].append((self.do(self.by(who).sends(kind, f"f{self.number}", caption)), kind))

    @rule(who=WHO, back=st.integers(0, 5))
    def edit(self, who: int, back: int) -> None:
        """Edit what was sent, lately or long ago."""
        if back < len(self.sources[who]):
            source, kind = self.sources[who][-1 - back]
            body = None if kind == "text" else attachment(kind, f"f{self.number}")
            self.do(self.by(who).edits(source, self.words(who), caption_of=body))

    @rule(turns=st.lists(st.tuples(WHO, st.integers(0, 2)), min_size=1, max_size=6))
    def go_on(self, turns: list[tuple[int, int]]) -> None:
        """Do what sensible people do: press what leads on where there is something to press, else write."""
        for who, which in turns:
            self.do(self.world.deliver())
            person = self.by(who)
            leading = [ask for ask in person.asks() if ask in FORWARD]
            if leading:
                self.do(person.presses(leading[which % len(leading)]))
            else:
                self.write(who, long=False)
            self.the_seal_holds()

    @rule(turns=st.sampled_from([(0,), (1,), (0, 1), (1, 0)]), which=st.integers(0, 3))
    def write_late(self, turns: tuple[int, ...], which: int) -> None:
        """Write for a day that is over, and seal it: one of the two, or both; where there is none, a day goes by."""
        if not self.witness.reopened():
            self.open_next()
            self.the_seal_holds()
        for who in turns:
            open_ = self.witness.reopened()
            if open_:
                round_, person = open_[which % len(open_)], self.by(who)
                self.do(person.presses_data(1, encode(Verb.WRITE_FOR, round_)))
                self.write(who, long=False)
                self.do(self.world.deliver())
                if any(
                    asks_for(data, Verb.SEAL, round_) for m in person.shown.values() for _, data in m.buttons
                ):
                    self.do(person.presses(Verb.SEAL, round_))
                self.the_seal_holds()

    @rule(who=WHO, ask=st.sampled_from(ASKS))
    def press(self, who: int, ask: Ask) -> None:
        """Press the newest button that asks for it, where there is one."""
        if ask in self.world.people[who].asks():
            self.do(self.by(who).presses(ask))

    @rule(who=WHO, back=st.integers(0, 30))
    def press_any(self, who: int, back: int) -> None:
        """Press a button that was there at some time: worn, of an old version, or of an old round."""
        offered = self.world.people[who].offered
        if back < len(offered):
            message, ask, data = offered[-1 - back]
            if ask is not Verb.LEAVE:
                self.do(self.by(who).presses_data(message, data))

    @rule(who=WHO, back=st.integers(0, 30))
    def forge(self, who: int, back: int) -> None:
        """Press a button of the other's, with what one has written in sight: it's that which is sealed."""
        self.do(self.world.deliver())
        offered = self.world.people[1 - who].offered
        if back < len(offered):
            self.do(self.by(who).presses_data(1, offered[-1 - back][2]))

    @rule(who=WHO, command=st.sampled_from(["/today", "/today", "/pause", "/resume", "/resume", "/nonsense"]))
    def command(self, who: int, command: str) -> None:
        """Send a command."""
        self.do(self.by(who).writes(command))

    @rule()
    def deliver(self) -> None:
        """Let all that is due arrive; what is said to be cleared from a chat is, then."""
        self.actor = None
        self.do(self.world.deliver())
        for person in self.world.people:
            self.do(cleared.look(person))

    @rule(who=WHO)
    def switch(self, who: int) -> None:
        """Let one's words leave the chat from now on, or stay there."""
        self.do(self.by(who).presses_data(1, "sw:put_away"))

    @rule(who=WHO, numbers=st.sets(st.integers(1, 60), max_size=9))
    def refuse(self, who: int, numbers: set[int]) -> None:
        """Let Telegram delete some messages no more."""
        self.actor = None
        self.world.people[who].refuses = numbers

    @rule()
    def take_off(self) -> None:
        """Render what is first in each chat, and leave it in the air."""
        self.actor = None
        self.do(self.world.land())
        self.do(self.world.take_off())

    @rule(minutes=st.sampled_from([1, 20, 180]))
    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.actor = None
        self.do(self.world.later(minutes * MINUTE))

    @precondition(lambda self: self.steps > LASTS)
    @rule()
    def open_next(self) -> None:
        """Go to the next opening, where one is planned."""
        self.actor = None
        self.steps = 0
        due = self.do(self.world.due())
        self.do(self.world.later(24 * HOUR if due is None else due - self.world.now))

    @precondition(lambda self: self.steps > LASTS)
    @rule(days=st.sampled_from([3, 8]))
    def nothing_happens(self, days: int) -> None:
        """Let days go by: what was not revealed may lapse meanwhile."""
        self.actor = None
        self.steps = 0
        self.do(self.world.later(days * 24 * HOUR))

    @rule()
    def crash(self) -> None:
        """Drop the process, and start it anew."""
        self.actor = None
        self.do(self.world.crash())

    @precondition(lambda self: self.number > 2 * LASTS)
    @rule(who=WHO)
    def leave_and_meet_again(self, who: int) -> None:
        """Leave; the same two become a new couple, to which nothing returns."""
        leaver = self.by(who)
        self.do(leaver.writes("/leave"))
        self.do(self.world.deliver())
        self.do(self.witness.look(leaver))  # what was on its way was rightly seen until now
        self.do(leaver.presses(Verb.LEAVE))
        self.do(self.witness.look(leaver))
        self.do(self._pair_up())

    async def _pair_up(self) -> None:
        async with self.world.unit() as work:
            one, two = self.world.people
            self.world.couple = await pair_up(work, one.id, two.id, self.world.services.house)
        self.actor = None

    @invariant()
    def the_seal_holds(self) -> None:
        """Let the witness look at everything."""
        self.steps += 1
        self.do(self.witness.look(self.actor))


def live(examples: int) -> None:
    """Let so many couples live through fifty acts each."""
    run_state_machine_as_test(
        TwoPartners,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(600)
def test_the_seal_holds_under_any_interleaving() -> None:
    """Nothing is readable or on its way before both have sealed, and every round is revealed at most once.

    Days that were over and open still are among them.
    """
    before = TwoPartners.late
    live(60)
    assert TwoPartners.late > before


@pytest.mark.long
@pytest.mark.timeout(0)
def test_the_seal_holds_for_a_hundred_thousand_steps() -> None:
    """As above, for as long as it takes."""
    live(2_000)
