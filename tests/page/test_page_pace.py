"""How long the play takes for somebody who watches: the pauses are added up and waited for by nobody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime

import pytest
from whole_words import whole_words

from bot.home import script
from bot.home.demo import dress
from bot.home.house import Home, at_home
from bot.home.legible import CardSide, ChatReader
from bot.home.play import Play
from bot.home.voice import Voice
from bot.sandbox import Phone
from bot.sandbox.stage import Stage
from prompts.deck import load_library
from prompts.demo_words import load_play
from prompts.prompt import Side
from prompts.tongue import load_tongues

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


OTHERS = [tongue.code for tongue in load_tongues().values() if tongue.offered][1:]


@asynccontextmanager
async def playing(language: str) -> AsyncIterator[tuple[Play, list[Phone]]]:
    """Make the demo's home, with both phones in a language, and a play that waits for nobody."""
    words, content = load_play(language), whole_words()
    async with at_home(
        script.starts(words.zone),
        zone=words.zone,
        prompts=script.PROMPTS,
        last=script.ends(words.zone),
        running_clock=True,
        content=content,
    ) as home:
        stage = Stage()
        dress(stage, language)
        people = [
            home.world.phone(first_name=name, username=username, language_code=language)
            for name, username in zip(words.names, script.USERNAMES, strict=True)
        ]
        stage.show(home.world, [phone.user_id for phone in people])
        yield Play(stage, Behind(home), words, ChatReader(content, language), pace=0.0), people


def is_whole(language: str, people: list[Phone]) -> bool:
    """Tell whether all that the two have to say to each other has reached the other."""
    words = load_play(language)
    shown = "\n".join(message.text for phone in people for message in phone.from_bot)
    said = [*asdict(words.moment).items(), *asdict(words.hour).items()]
    return all(shown.count(text) > 1 for name, text in said if name != "hasty")


async def test_the_words_that_move_come_within_twenty_seconds_and_the_end_within_150() -> None:
    """From nothing to the first words that are open, and to the second evening; all is said and answered."""
    async with playing("en") as (play, people):
        opened: list[float] = []
        tell = play.stage.signal

        def note(kind: str, phone: Phone, **what: object) -> None:
            if kind == "uncover":
                opened.append(play.spent)
            tell(kind, phone, **what)

        play.stage.signal = note  # type: ignore[method-assign]  # noted, and told on
        assert await play.run() == load_play().finished
        assert opened[0] < MOVED_AFTER
        assert play.spent < LASTS
        assert is_whole("en", people)
        written = [message.text for phone in people for message in phone.messages if not message.from_bot]
        assert "/resume" not in written


@pytest.mark.long
@pytest.mark.parametrize("language", OTHERS)
async def test_the_play_is_whole_in_every_language(language: str) -> None:
    """The same two mornings to their end, each card found, each question answered, whatever the language."""
    async with playing(language) as (play, people):
        assert await play.run() == load_play(language).finished
        assert is_whole(language, people)
        assert play.spent < 1.3 * LASTS


@pytest.mark.parametrize("language", ["en", *OTHERS])
@pytest.mark.parametrize("prompt", script.PROMPTS)
async def test_both_have_words_of_their_own_for_each_prompt_of_the_story(prompt: str, language: str) -> None:
    """A prompt that is written anew leaves nobody with words that fit any."""
    words, card = load_play(language), load_library(language).prompt(prompt)
    general = {*words.any.moments, *words.any.guesses}
    sides: tuple[Side, Side] = (0, 1)
    for side in sides:
        for first in (True, False):
            assert Voice(words, first=first).reflection(CardSide(card, side)) not in general
