"""How long the play takes for somebody who watches: the pauses are added up and waited for by nobody."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio

from bot.home import script
from bot.home.house import Home, at_home
from bot.home.play import Play
from bot.home.voice import Voice
from bot.sandbox import Phone
from bot.sandbox.stage import Stage
from prompts.deck import load_library

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOVED_AFTER, LASTS = (
    17.0,
    140.0,
)  # seconds of pauses: the bot's own part comes on top, 2 and 6 where it was measured


class Behind:
    """What the demo tells the play."""

    def __init__(self, home: Home) -> None:
        self.home = home

    async def next_opening(self) -> datetime | None:
        """Tell when the next round opens."""
        async with self.home.app.database.unit(self.home.clock.now()) as work:
            return await work.couples.next_due()

    async def is_idle(self) -> bool:
        """Tell whether nothing is due or on its way."""
        now = self.home.clock.now()
        async with self.home.app.database.unit(now) as work:
            due = [await work.spool.next_due(), await work.couples.next_due()]
            idle = not await work.spool.on_the_way()
        return idle and all(instant is None or instant > now for instant in due)


@pytest_asyncio.fixture(loop_scope="session")
async def home() -> AsyncIterator[Home]:
    """Make the demo's home."""
    async with at_home(
        script.START, zone=script.ZONE, prompts=script.PROMPTS, last=script.STORY_ENDS, running_clock=True
    ) as made:
        yield made


async def test_the_words_that_move_come_within_twenty_seconds_and_the_end_within_150(home: Home) -> None:
    """From nothing to the first words that are open, and to the second evening; all is said and answered."""
    stage = Stage(zone=script.ZONE)
    people = [home.world.phone(first_name=name, username=name.lower()) for name in ("Noa", "Sam")]
    stage.show(home.world, [phone.user_id for phone in people])
    play = Play(stage, Behind(home), pace=0.0)
    opened: list[float] = []
    tell = stage.signal

    def note(kind: str, phone: Phone, **what: object) -> None:
        if kind == "uncover":
            opened.append(play.spent)
        tell(kind, phone, **what)

    stage.signal = note  # type: ignore[method-assign]  # noted, and told on
    await play.run()
    assert opened[0] < MOVED_AFTER
    assert play.spent < LASTS
    shown = "\n".join(message.text for phone in people for message in phone.from_bot)
    written = [message.text for phone in people for message in phone.messages if not message.from_bot]
    for words in (script.SAM_ANSWER, script.NOA_ANSWER, script.SAM_ADDS, script.NOA_ONCE_MORE):
        assert shown.count(words) > 1, "it has reached the other"
    assert script.HOUR_GUESSED in written
    assert "/resume" not in written


@pytest.mark.parametrize("prompt", script.PROMPTS)
async def test_both_have_words_of_their_own_for_each_prompt_of_the_story(prompt: str) -> None:
    """A prompt that is written anew leaves nobody with words that fit any."""
    general = {*script.MOMENTS, *script.GUESSES}
    for side in load_library().prompt(prompt).sides:
        for first in (True, False):
            assert Voice("Noa", first=first).reflection(side.replace("{other}", "Sam")) not in general
