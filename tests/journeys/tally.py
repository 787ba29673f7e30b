"""What a person is given to read: messages that came, words of the bot's own, buttons; from all that happened."""

from collections.abc import Iterator
from dataclasses import dataclass

from people import Person

from bot.sandbox import Message

QUOTED = ("blockquote", "expandable_blockquote")
COVERS = "spoiler"


@dataclass(frozen=True)
class Tally:
    """How much came: also what was changed or taken away since counts."""

    messages: int
    words: int  # the bot's own: quotations are what people wrote
    buttons: int

    def __sub__(self, before: "Tally") -> "Tally":
        return Tally(
            self.messages - before.messages, self.words - before.words, self.buttons - before.buttons
        )

    def within(self, messages: int, words: int, buttons: int) -> bool:
        """Tell whether it is no more than this."""
        return self.messages <= messages and self.words <= words and self.buttons <= buttons


def tally(reader: Person) -> Tally:
    """Count all that the bot has ever said in somebody's chat.

    A message that was changed counts once, and of its words those lines that it did not have before. Of its
    keyboards the largest counts: they take one another's place.
    """
    lines: dict[int, set[str]] = {}
    keys: dict[int, int] = {}
    words = 0
    for body in _said(reader):
        message = Message(body, from_bot=True)
        known = lines.setdefault(message.message_id, set())
        fresh = [line for line in own_words(message).splitlines() if line.strip() and line not in known]
        known.update(fresh)
        words += sum(len(line.split()) for line in fresh)
        keys[message.message_id] = max(keys.get(message.message_id, 0), len(message.labels))
    return Tally(len(lines), words, sum(keys.values()))


def _said(reader: Person) -> Iterator[dict[str, object]]:
    ours = reader.home.world.profile.bot_id
    for event in reader.home.world.events.since(0).events:
        if event.chat_id != reader.phone.chat.chat_id or event.kind not in ("message", "edited"):
            continue
        body = event.body["message"]
        if body.get("from", {}).get("id") == ours:
            yield body


def own_words(message: Message) -> str:
    """Give a message's text without what it quotes."""
    text = message.text.encode("utf-16-le")
    for entity in sorted(message.entities, key=lambda one: -int(one["offset"])):
        if entity["type"] in QUOTED:
            start, length = 2 * int(entity["offset"]), 2 * int(entity["length"])
            text = text[:start] + "\n".encode("utf-16-le") + text[start + length :]
    return text.decode("utf-16-le")


def covers(messages: list[Message]) -> int:
    """Count what a reader has to tap open."""
    marked = [entity for message in messages for entity in message.entities if entity["type"] == COVERS]
    return len(marked) + sum(message.spoiler for message in messages)
