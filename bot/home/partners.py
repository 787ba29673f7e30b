"""A simulated partner: looks at their phone, writes, and presses what stands under a message."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import SteppedClock
from bot.home.legible import ChatReader
from bot.home.transcript import Transcript
from bot.sandbox import Button, Message, Phone
from bot.screens.callbacks import Verb, asks_for

TICKED = "✓"
# Real seconds for the bot to answer: far more than it needs, but for the first city on a slow machine, whose index is
# made then, once.
PATIENCE = 60.0


@dataclass
class SimulatedPartner:
    """One person with a phone; each act takes them a little of the story's time."""

    phone: Phone
    clock: SteppedClock
    transcript: Transcript
    reader: ChatReader
    pause: timedelta = timedelta(seconds=60)
    seen: int = field(default=0)

    @property
    def name(self) -> str:
        """Tell what they are called."""
        return self.phone.person.first_name

    async def sees(self, words: str) -> Message:
        """Wait for a message of the bot's that has these words and came after the last one waited for."""
        found = await self.phone.wait_for(
            lambda message: message.from_bot and message.message_id > self.seen and words in message.text,
            PATIENCE,
        )
        self.seen = found.message_id
        return found

    async def sees_message(self, *names: str) -> Message:
        """Wait for a message of one of these names, in whatever language, that came after the last one waited for."""
        found = await self.phone.wait_for(
            lambda message: (
                message.from_bot
                and message.message_id > self.seen
                and self.reader.name(message.text) in names
            ),
            PATIENCE,
        )
        self.seen = found.message_id
        return found

    def writes(self, text: str) -> None:
        """Write to the bot."""
        self.clock.advance(self.pause)
        self.phone.send_text(text)

    async def invites(self) -> str:
        """Start, consent, and give the link of the invitation; raise LookupError where it has none."""
        self.writes("/start")
        await self.presses(Verb.CONSENT)
        invitation = await self.sees("https://t.me/")
        link = re.search(r"https://t\.me/[\w?=-]+", invitation.text)
        if link is None:
            raise LookupError("the invitation has no link")
        return link.group()

    def opens(self, link: str) -> None:
        """Open a t.me link, as a client does."""
        self.clock.advance(self.pause)
        self.phone.open_link(link)

    async def presses(self, verb: Verb, *about: int | str) -> None:
        """Press the button that asks for this, and is about these, on the newest message that has one."""
        shown = await self.phone.wait_for(
            lambda message: _button(message, verb, *about) is not None, PATIENCE
        )
        pressed = _button(shown, verb, *about)
        if pressed is None:
            raise LookupError(f"the button {verb.value} is gone again")
        self.clock.advance(self.pause)
        self.transcript.note_press(self.phone, pressed.text)
        self.phone.press(shown, str(pressed.value))

    def is_offered(self, verb: Verb) -> bool:
        """Tell whether some message has such a button now."""
        return any(_button(message, verb) is not None for message in self.phone.from_bot)

    async def sees_button(self, verb: Verb, *about: int | str) -> None:
        """Wait until some message has such a button."""
        await self.phone.wait_for(lambda message: _button(message, verb, *about) is not None, PATIENCE)

    async def sees_ticked(self, verb: Verb, *about: int | str) -> None:
        """Wait until such a button is ticked."""

        def is_ticked(message: Message) -> bool:
            found = _button(message, verb, *about)
            return found is not None and found.text.startswith(TICKED)

        await self.phone.wait_for(is_ticked, PATIENCE)


def _button(message: Message, verb: Verb, *about: int | str) -> Button | None:
    buttons = (button for row in message.buttons for button in row if button.kind == "callback_data")
    return next((button for button in buttons if asks_for(str(button.value), verb, *about)), None)
