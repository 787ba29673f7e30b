"""A person who acts by themselves: looks at what stands on their phone, and does what is next.

What has come is known by reading it, in whatever language. Nothing is remembered of a story, only what has been done
already; so a person goes on from whatever a visitor left. The law is the order in `Actor.next_act`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.home.legible import ChatReader
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
    (Verb.KEEP,),
)
PROMPTS = ("prompt", "today")  # messages, by the names of their files
ASIDE = ("started_over", "taken_back")  # after these one writes anew
ASKS = ("clarify_ask", "ask_city")  # questions that show no reply of their own, for they have a button
ANSWERS = ("response_words", "second_response_words")  # which one hears, and doesn't answer
OWN = ("draft", "sealed")  # these show that something has been written


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


def _is_quoted(message: Message) -> bool:
    entities = message.body.get("entities") or message.body.get("caption_entities") or []
    return any(entity["type"].endswith("blockquote") for entity in entities)


@dataclass
class Actor:
    """One person; `done` and `answered` keep them from doing anything twice, `read` is how far they have read."""

    phone: Phone
    voice: Voice
    reader: ChatReader
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
        return self._press((*AT_LEISURE, (Verb.ZONE, self.voice.words.zone)))

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
        return self.prompt is not None

    def link(self, after: int = 0) -> str | None:
        """Find the newest invitation on this phone."""
        for message in reversed(self.phone.from_bot):
            found = LINK.search(message.text)
            if found and message.message_id > after:
                return found.group()
        return None

    def find(self, *names: str) -> Message | None:
        """Find the bot's newest message of one of these names."""
        found = (m for m in reversed(self.phone.from_bot) if self.reader.name(m.text) in names)
        return next(found, None)

    @property
    def prompt(self) -> Message | None:
        """Find the newest message that shows today's card."""
        shown = (m for m in reversed(self.phone.from_bot) if self.reader.name(m.text) in PROMPTS)
        return next((m for m in shown if self.reader.card(m.text) is not None), None)

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
        return Write(self.voice.answer(self.reader.name(asked.text), self._heard()))

    @property
    def asked(self) -> Message | None:
        """Find a question to which nothing has been written yet."""
        for message in reversed(self.phone.messages):
            if not message.from_bot:
                return None
            asks = (message.reply_keyboard or {}).get("force_reply") or self.reader.name(message.text) in ASKS
            if asks and message.message_id not in self.answered:
                return message
        return None

    def _heard(self) -> str:
        """Return the other's words that came last."""
        mine = {message.text for message in self.phone.messages if not message.from_bot}
        quoted = (
            message.text
            for message in reversed(self.phone.from_bot)
            if _is_quoted(message)
            and not any(words in message.text for words in mine)
            and self.reader.name(message.text) not in ANSWERS
        )
        return next(quoted, "")

    def _reflect(self) -> Write | None:
        """Write to an open prompt under which nothing of one's own stands yet."""
        prompt, aside = self.prompt, self.find(*ASIDE)
        if prompt is None:
            return None
        begun = aside if aside is not None and aside.message_id > prompt.message_id else prompt
        if begun.message_id in self.answered:
            return None
        written = self.find(*OWN)
        if written is not None and written.message_id > begun.message_id:
            return None
        self.answered.add(begun.message_id)
        return Write(self.voice.reflection(self.reader.card(prompt.text)))
