"""A person who acts by themselves: looks at what stands on their phone, and does what is next.

Nothing is remembered of a story, only what has been done already; so a person goes on from whatever a visitor
left. The law is the order in `Actor.next_act`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.home.voice import Voice
from bot.practice.destination import DestinationKind
from bot.practice.round import Near
from bot.practice.thread import Heard
from bot.sandbox import Message, Phone
from bot.screens.callbacks import Verb, asks_for

LINK = re.compile(r"(?:https://)?t\.me/\w+\?start=[\w-]+")

# What is pressed wherever it stands: the first of these that is offered.
PRESSED: tuple[tuple[Verb, *tuple[int | str, ...]], ...] = (
    (Verb.CONFIRM,),
    (Verb.CONSENT,),
    (Verb.JOIN,),
    (Verb.PLACE, DestinationKind.RESPONSE),
    (Verb.PLACE, DestinationKind.CLARIFICATION),
    (Verb.PLACE, DestinationKind.REFLECTION),
    (Verb.SEAL,),
    (Verb.SEND,),
    (Verb.REWRITE,),
    (Verb.HEARD, Heard.PARTLY),
    (Verb.HEARD, Heard.YES),
    (Verb.NEAR, Near.VERY),
    (Verb.NEAR, Near.PARTLY),
    (Verb.OWN_WORDS,),
)
AT_LEISURE: tuple[tuple[Verb, *tuple[int | str, ...]], ...] = (
    (Verb.HOUR, 8 * 60),
    (Verb.ZONE, "Europe/Dublin"),
    (Verb.KEEP,),
)
PROMPT = "Today ·"
ASIDE = ("A clean page", "Taken back")  # after these one writes anew
ASKS = (
    "What would you like",
    "Where are you?",
)  # a question that shows no reply of its own, for it has a button
OWN = ("That's yours", "Sealed")  # these show that something has been written


@dataclass(frozen=True)
class ButtonPress:
    """ButtonPress a button under a message."""

    message: Message
    label: str
    data: str


@dataclass(frozen=True)
class Write:
    """Write to the bot."""

    text: str


@dataclass(frozen=True)
class Unblock:
    """Let the bot in again."""


NextAct = ButtonPress | Write | Unblock


def _is_covered(message: Message) -> bool:
    entities = message.body.get("entities") or message.body.get("caption_entities") or []
    spoilers = any(entity["type"] == "spoiler" for entity in entities)
    return spoilers or bool(message.body.get("has_media_spoiler"))


@dataclass
class Actor:
    """One person; `done` and `answered` keep them from doing anything twice, `read` is how far they have read."""

    phone: Phone
    voice: Voice
    done: set[tuple[int, str, str]] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    read: int = 0
    opened: int = 0  # the last message that they have looked at for covered words

    def next_act(self) -> NextAct | None:
        """Decide what to do now; None when there is nothing."""
        if self.phone.person.blocked:
            return Unblock()
        return self._answer() or self._press(PRESSED) or self._reflect()

    def at_leisure(self) -> NextAct | None:
        """Decide what to do once nobody has anything to say; None when there is nothing."""
        return self._press(AT_LEISURE)

    def reads(self) -> int:
        """Read what is new; return how many characters."""
        new = [message for message in self.phone.from_bot if message.message_id > self.read]
        self.read = max((message.message_id for message in new), default=self.read)
        return sum(len(message.text) for message in new)

    def covered(self) -> list[Message]:
        """Find what has come covered since one looked last."""
        new = [message for message in self.phone.from_bot if message.message_id > self.opened]
        self.opened = max((message.message_id for message in new), default=self.opened)
        return [message for message in new if _is_covered(message)]

    @property
    def has_prompt(self) -> bool:
        """Tell whether a prompt has come."""
        return self.find(PROMPT) is not None

    def link(self, after: int = 0) -> str | None:
        """Find the newest invitation on this phone."""
        for message in reversed(self.phone.from_bot):
            found = LINK.search(message.text)
            if found and message.message_id > after:
                return found.group()
        return None

    def find(self, *beginnings: str) -> Message | None:
        """Find the bot's newest message that begins so."""
        found = (m for m in reversed(self.phone.from_bot) if _begins(m.text, beginnings))
        return next(found, None)

    # Buttons

    def _press(self, wishes: Sequence[tuple[Verb, *tuple[int | str, ...]]]) -> ButtonPress | None:
        offers = [press for press in self._offers() if self._wants(press)]
        for wanted in wishes:
            for press in offers:
                if asks_for(press.data, *wanted):
                    return self._take(press)
        return None

    def _wants(self, press: ButtonPress) -> bool:
        """Tell whether a button says what one would say."""
        quoted = press.message.text
        if asks_for(press.data, Verb.SEND):
            return not self.voice.wants_to_rewrite(quoted)
        if asks_for(press.data, Verb.NEAR, Near.VERY):
            return self.voice.came_near(self._heard())
        if asks_for(press.data, Verb.HEARD, Heard.PARTLY):
            return self.voice.wants_more(quoted)
        return True

    def _offers(self) -> Iterator[ButtonPress]:
        """Give the buttons that haven't been pressed yet, newest first."""
        for message in reversed(self.phone.from_bot):
            for button in (button for row in message.buttons for button in row):
                data = str(button.value)
                if (
                    button.kind == "callback_data"
                    and (message.message_id, message.text, data) not in self.done
                ):
                    yield ButtonPress(message, button.text, data)

    def _take(self, press: ButtonPress) -> ButtonPress:
        """Take one of a message's buttons: then none of them again, unless it comes to say something else."""
        rows = press.message.buttons
        message = press.message
        self.done |= {(message.message_id, message.text, str(button.value)) for row in rows for button in row}
        return press

    # Words

    def _answer(self) -> Write | None:
        """Answer a question to which nothing has been written yet."""
        asked = self.asked
        if asked is None:
            return None
        self.answered.add(asked.message_id)
        return Write(self.voice.answer(asked.text, self._heard()))

    @property
    def asked(self) -> Message | None:
        """Find a question to which nothing has been written yet."""
        for message in reversed(self.phone.messages):
            if not message.from_bot:
                return None
            asks = (message.reply_keyboard or {}).get("force_reply") or any(
                asks in message.text for asks in ASKS
            )
            if asks and message.message_id not in self.answered:
                return message
        return None

    def _heard(self) -> str:
        """Return the other's words that came last."""
        quoted = (
            m.text
            for m in reversed(self.phone.from_bot)
            if " wrote:" in m.text or " would like you" in m.text
        )
        return next(quoted, "")

    def _reflect(self) -> Write | None:
        """Write to an open prompt under which nothing of one's own stands yet."""
        prompt = self.find(PROMPT)
        begun = self.find(PROMPT, *ASIDE)
        if prompt is None or begun is None or begun.message_id in self.answered:
            return None
        written = self.find(*OWN)
        if written is not None and written.message_id > begun.message_id:
            return None
        self.answered.add(begun.message_id)
        return Write(self.voice.reflection(prompt.text))


def _begins(text: str, beginnings: tuple[str, ...]) -> bool:
    """Tell whether a text begins so, or one of its paragraphs is a prompt: a line may stand above it."""
    return text.startswith(beginnings) or (PROMPT in beginnings and f"\n\n{PROMPT}" in text)
