"""Whatever two people, the clock and crashes do to a talk: what it promises holds, and it comes to an end.

Words reach the other from under their quotation alone, a card opens once both have sealed it, and nothing is kept
but by the yes of both.
"""

import asyncio
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from couple_person import Person
from couple_world import HOUR, World
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from whole_words import whole_words

from bot.practice.talk import TalkState
from bot.screens.callbacks import Verb, decode
from storage.sweep import sweep

TALKING = (
    Verb.TALK_CALM, Verb.TALK_WHERE, Verb.TALK_YES, Verb.TALK_NO, Verb.TALK_LATER, Verb.TALK_UNTIL,
    Verb.TALK_BEGIN, Verb.TALK_PAUSE, Verb.TALK_STOP, Verb.TALK_GO_ON, Verb.TALK_KEEP, Verb.TALK_SEND,
    Verb.TALK_REWRITE, Verb.TALK_ANSWER, Verb.TALK_CARD_BACK, Verb.PLACE, Verb.TAKE_UP,
)  # fmt: skip
ON = (Verb.TALK_SEND, Verb.TALK_ANSWER, Verb.TALK_KEEP, Verb.TALK_CALM, Verb.TALK_WHERE, Verb.TALK_YES)
"""What leads on, without which few talks would come far."""
TOKEN = re.compile(r"z\d{5}z")


class Talking(RuleBasedStateMachine):
    """Two people, each with a chat that remembers every button that ever stood in it."""

    command = "/dialogue"

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.written: dict[str, int] = {}  # token -> who wrote it
        self.sent: set[str] = set()  # tokens under whose quotation their author has pressed send
        self.keeps: set[tuple[int, str]] = set()  # who has said to keep which talk
        self.do(self._open())

    async def _open(self) -> None:
        self.world = World(Path(self.folder.name), whole_words())
        await self.world.open()
        self.people = await self.world.meet("Ana", "Bo")
        await self.world.deliver()
        for person in self.people:
            person.look_away()

    def do(self, work: Any) -> Any:
        """Run a coroutine to its end."""
        return self.loop.run(work)

    def teardown(self) -> None:
        """Let ten days pass: every talk has come to an end."""
        try:
            self.do(self._end())
            self._look()
        finally:
            self.do(self.world.database.close())
            self.loop.close()
            self.folder.cleanup()

    async def _end(self) -> None:
        for _ in range(5):
            await self.world.later(48 * HOUR)
        states = {state for (state,) in await self.world.rows("SELECT state FROM talks")}
        assert states <= {TalkState.KEPT.value, TalkState.OVER.value}
        async with self.world.unit() as work:
            await sweep(work, 500)
        assert await self.world.rows("SELECT id FROM talks WHERE state = 'over'") == []

    @initialize(steps=st.sampled_from([0, 6, 30, 60]))
    def already(self, steps: int) -> None:
        """Let them have begun, and be somewhere in it, or near its end."""
        if steps:
            self.do(self._agree())
            self.talk_on(0, steps)

    async def _agree(self) -> None:
        ana, bo = self.people
        await ana.writes(self.command)
        await self.world.deliver()
        await ana.presses(Verb.TALK_CALM, "4")
        await self.world.deliver()
        if Verb.TALK_WHERE in ana.asks():
            await ana.presses(Verb.TALK_WHERE, "0")
            await self.world.deliver()
        await bo.presses(Verb.TALK_YES)
        await self.world.deliver()
        await bo.presses(Verb.TALK_CALM, "5")
        await self.world.deliver()

    @rule(who=st.integers(0, 1))
    def begin(self, who: int) -> None:
        """Ask for a talk, or look where it stands."""
        self.do(self.people[who].writes(self.command))
        self.do(self.world.deliver())

    @rule(who=st.integers(0, 1), edit=st.integers(0, 6))
    def write(self, who: int, edit: int) -> None:
        """Write something that nobody wrote before, or change what was written."""
        token = f"z{len(self.written):05}z"
        self.written[token] = who
        person = self.people[who]
        if edit == 0 and person.numbers:
            self.do(person.edits(person.numbers, f"{token} rain"))
        else:
            self.do(person.writes(f"{token} rain"))
        if edit % 2:
            self.do(self.world.deliver())

    @rule(who=st.integers(0, 1), which=st.integers(0, 3))
    def go_on(self, who: int, which: int) -> None:
        """Press what leads on, under one of the newest messages."""
        self._press(self.people[who], ON, which, newest=True)

    @rule(who=st.integers(0, 1), which=st.integers(0, 40))
    def press_any(self, who: int, which: int) -> None:
        """Press any button that ever stood in a chat."""
        self._press(self.people[who], TALKING, which, newest=False)

    @rule(who=st.integers(0, 1), steps=st.integers(1, 12))
    def talk_on(self, who: int, steps: int) -> None:
        """Let the two go on for a while as they are asked to: answer, write, send."""
        for step in range(steps):
            person = self.people[(who + step) % 2]
            waits = [m for m in reversed(person.shown.values()) if m.buttons]
            if not waits or waits[0].kind not in ("talk_step", "talk_draft"):
                continue
            if waits[0].kind == "talk_step" and not any("got_it" in data for _, data in waits[0].buttons):
                self.write(self.people.index(person), 1)
            self._press(person, ON, 0, newest=True)

    def _press(self, person: Person, verbs: tuple[Verb, ...], which: int, *, newest: bool) -> None:
        shown = [(m.id, data) for m in reversed(person.shown.values()) for _, data in m.buttons]
        buttons = shown if newest else [(number, data) for number, _, data in person.offered]
        fit = [(n, data) for n, data in buttons if (press := decode(data)) and press.verb in verbs]
        if not fit:
            return
        number, data = fit[which % len(fit)]
        press = decode(data)
        assert press is not None
        if press.verb is Verb.TALK_SEND and number in person.shown:
            self.sent |= set(TOKEN.findall(person.shown[number].text))
        if press.verb is Verb.TALK_KEEP and press.arguments[1] == "1":
            self.keeps.add((self.people.index(person), press.arguments[0]))
        self.do(person.presses_data(number, data))
        self.do(self.world.deliver())

    @rule()
    def fly(self) -> None:
        """Let some calls leave, and arrive later."""
        self.do(self.world.land())
        self.do(self.world.take_off())

    @rule(arrived=st.booleans())
    def crash(self, *, arrived: bool) -> None:
        """Kill the process with calls in the air, which Telegram has taken or not."""
        if arrived:
            self.world.arrive_unknown()
        self.do(self.world.crash())

    @rule(hours=st.sampled_from([1, 1, 13, 30, 170]))
    def wait(self, hours: int) -> None:
        """Let hours pass, perhaps a week."""
        self.do(self.world.later(hours * HOUR))

    @invariant()
    def nothing_goes_but_what_was_sent(self) -> None:
        """And no more than one talk is live."""
        self._look()

    def _look(self) -> None:
        for number, person in enumerate(self.people):
            shown = {token for m in person.shown.values() for token in TOKEN.findall(m.text)}
            theirs = {token for token in shown if self.written[token] != number}
            assert theirs <= self.sent, "words reached the other that nobody sent"
        self.do(self._look_inside())

    async def _look_inside(self) -> None:
        live = await self.world.rows("SELECT id FROM talks WHERE state IN ('asked', 'going', 'paused')")
        assert len(live) <= 1
        left = await self.world.rows(
            "SELECT p.id FROM said_pieces AS p JOIN talks AS t ON t.id = p.talk_id WHERE t.state = 'over'"
        )
        assert left == []
        kept = await self.world.rows("SELECT id FROM talks WHERE state = 'kept'")
        for (id_,) in kept:
            who = {person for person, talk in self.keeps if int(talk, 36) == id_}
            assert who == {0, 1}, "kept without the yes of both"
        await self._look_at_cards()

    async def _look_at_cards(self) -> None:
        """Hold what each may read of a repair against how far both have come."""
        async with self.world.unit() as work:
            talk = await work.talks.last(self.world.couple)
            if talk is None or talk.kind.value != "repair":
                return
            for person in self.people:
                for saying in await work.talks.said(person.id, talk):
                    assert saying.author == person.id or saying.step < min(talk.sealed)


class Repairing(Talking):
    """The same, after a quarrel."""

    command = "/repair"


def live(kind: type[Talking], examples: int) -> None:
    """Let so many couples live through fifty acts each."""
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


@pytest.mark.parametrize("kind", [Talking, Repairing], ids=["dialogue", "repair"])
def test_a_talk_keeps_its_promises_whatever_happens(kind: type[Talking]) -> None:
    """A few couples in each run."""
    live(kind, 6)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", [Talking, Repairing], ids=["dialogue", "repair"])
def test_very_many_talks_keep_their_promises(kind: type[Talking]) -> None:
    """Many couples: pytest -m long tests/actions/test_actions_talk_machine.py."""
    live(kind, 1500)
