"""Whatever a person and the trouble on the line do: what a note calls cleared stands in their chat no more."""

import asyncio
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cleared
import pytest
from couple_person import Ask
from couple_world import HOUR, MINUTE, World
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from whole_words import whole_words

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

ASKS: tuple[Ask, ...] = (
    Verb.SEAL, Verb.SEAL, Verb.SEAL, Verb.TAKE_BACK, Verb.START_OVER, Verb.START_OVER_SURELY, Verb.TAKE_OUT,
    Verb.SHOW_MINE, Verb.HIDE_MINE, Verb.OWN_WORDS, Verb.SEND, Verb.REWRITE, Verb.PLACE, Verb.NOWHERE,
    Heard.PARTLY, Heard.YES, Verb.EARLIER, Verb.EARLIER_CARD, Verb.WRITE_FOR, Verb.KEEP_TO_ONESELF,
)  # fmt: skip


class Chat(RuleBasedStateMachine):
    """One partner whose words leave the chat, another, and a line that fails in the middle of calls."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.written = 0
        self.found: Counter[str] = Counter()
        self.do(self._open())

    async def _open(self) -> None:
        self.world = World(Path(self.folder.name), whole_words())
        await self.world.open()
        self.ana, self.bo = await self.world.meet("Ana", "Bo", put_away=True)
        await self.world.deliver()

    def teardown(self) -> None:
        """Let all arrive, hold each note against the chat, and close it."""
        try:
            self.do(self._settle())
        finally:
            self.do(self.world.database.close())
            self.loop.close()
            self.folder.cleanup()

    async def _settle(self) -> None:
        self.ana.refuses.clear()
        await self.world.deliver()
        await cleared.look(self.ana)
        await self.world.later(11 * MINUTE)
        await cleared.look(self.ana)

    def do(self, work: Any) -> Any:
        """Run a coroutine to its end."""
        return self.loop.run(work)

    @rule()
    def write(self) -> None:
        """Write something that nobody wrote before."""
        self.written += 1
        self.do(self.ana.writes(f"z{self.written:05}z rain"))

    @rule()
    def write_to_the_end(self) -> None:
        """Write and let the quotation arrive."""
        self.write()
        self.do(self.world.deliver())

    @rule(ask=st.sampled_from(ASKS))
    def press(self, ask: Ask) -> None:
        """Press the newest button that asks for this, where there is one."""
        if ask in self.ana.asks():
            self.do(self.ana.presses(ask))

    @rule(which=st.integers(0, 5))
    def press_any(self, which: int) -> None:
        """Press a button under an older message too."""
        quoting = [
            m for m in self.ana.shown.values() if m.kind in ("draft", "sealed", "kept_ask") and m.buttons
        ]
        if quoting:
            message = quoting[which % len(quoting)]
            self.do(self.ana.presses_data(message.id, message.buttons[0][1]))

    @rule(which=st.integers(0, 9))
    def edit(self, which: int) -> None:
        """Edit in Telegram what still stands there."""
        self.written += 1
        self.do(self.ana.edits(1 + which % max(1, self.ana.numbers), f"z{self.written:05}z rain"))

    @rule()
    def bo_seals(self) -> None:
        """Let the other write and seal."""
        self.do(self._bo_seals())

    async def _bo_seals(self) -> None:
        self.written += 1
        await self.bo.writes(f"z{self.written:05}z rain")
        await self.world.deliver()
        if Verb.SEAL in self.bo.asks():
            await self.bo.presses(Verb.SEAL)

    @rule(steps=st.integers(1, 4))
    def fly(self, steps: int) -> None:
        """Let some calls leave and arrive, the last of them only leave."""
        for _ in range(steps):
            self.do(self.world.land())
            self.do(self.world.take_off())

    @rule()
    def deliver(self) -> None:
        """Let all arrive that is due."""
        self.do(self.world.deliver())

    @rule(arrived=st.booleans())
    def crash(self, *, arrived: bool) -> None:
        """Kill the process with calls in the air, which Telegram has taken or not."""
        if arrived:
            self.world.arrive_unknown()
        self.do(self.world.crash())

    @rule(killed=st.booleans())
    def lose_the_answer(self, *, killed: bool) -> None:
        """Let Telegram take what is in the air, and its answer be lost; perhaps be killed before the next try."""
        self.do(self.world.lose_the_answer())
        if killed:
            self.do(self.world.crash())

    @rule(which=st.integers(0, 9))
    def refuse(self, which: int) -> None:
        """Let Telegram keep one of the newest messages."""
        self.ana.refuses.add(max(1, self.ana.numbers - which))

    @rule()
    def forgive(self) -> None:
        """Let Telegram delete all again."""
        self.ana.refuses.clear()

    @rule(hours=st.sampled_from([1, 13, 24, 30]))
    def wait(self, hours: int) -> None:
        """Let hours pass, perhaps to the next opening."""
        self.do(self.world.later(hours * HOUR))


def live(examples: int) -> None:
    """Let so many chats live through forty acts each."""
    run_state_machine_as_test(
        Chat,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


def test_what_is_said_to_be_cleared_is_cleared() -> None:
    """A few chats in each run."""
    live(15)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_what_is_said_to_be_cleared_is_cleared_in_very_many_chats() -> None:
    """Many chats: pytest -m long tests/actions/test_actions_put_away_machine.py."""
    live(1500)
