"""What a person is given to read: messages that came, words of the bot's own, buttons; from all that happened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from people import Person

from bot.content import Content
from bot.practice.shelf import FIRST_WAYS, Shelves
from bot.sandbox import Message
from prompts.deck import Prompt
from prompts.words import Frame

BEGIN, SHARE = 1, 2  # taps of Telegram's own: Start; the button under a link, and the chat that it goes to
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


def taps(reader: Person) -> int:
    """Count what somebody has tapped so far, who began by Start and sent the link on by its button."""
    mine = [
        event
        for event in reader.home.world.events.since(0).events
        if event.kind == "update"
        and event.body["kind"] == "callback_query"
        and event.body["update"]["callback_query"]["from"]["id"] == reader.phone.user_id
    ]
    return BEGIN + SHARE + len(mine)


def count(text: str) -> int:
    """Count words, as a tally does."""
    return len(text.split())


class FirstDay:
    """What a first day can bring of the decks and word files, in English, at its longest."""

    def __init__(self, content: Content) -> None:
        """Look through all of it."""
        cards = content.cards("en")
        shelf = Shelves().of(cards, 1)
        first = shelf.first & shelf.ordinary & shelf.single
        prompts = (content.prompt(card.id, "en") for card in cards if shelf.only(card).meets(first))
        self.words = content.words("en")
        self.card = max(prompts, key=_length).id
        self.frames = [frame for frame in self.words.frames.values() if _can_come_first(frame)]

    def at_its_longest(self, reader: Person) -> Tally:
        """Count a first day as it would have been with the longest frame, beginning and closing."""
        frames = [frame.words() for frame in self.frames]
        starters = [starter.button for starter in self.words.starters.values()]
        closings = [closing.text for closing in self.words.closings.values()]
        more = sum(_missing(reader, texts) for texts in (frames, starters, closings))
        found = tally(reader)
        return replace(found, words=found.words + more)


def _length(prompt: Prompt) -> int:
    texts = (prompt.single_text(plain=plain) for plain in (False, True))
    return count(prompt.label) + max(count(text) for text in texts) + count(prompt.hint_for(0))


def _can_come_first(frame: Frame) -> bool:
    return not frame.tasks and (not frame.ways or any(way in FIRST_WAYS for way in frame.ways))


def _missing(reader: Person, texts: list[str]) -> int:
    """Tell by how many words the longest of these is longer than the one that has come."""
    said = [own_words(message) for message in reader.phone.from_bot]
    named = [text.replace("{other}", "Sam") for text in texts]
    come = [text for text in named if any(text in one for one in said)]
    assert come, "none of these has come"
    return max(map(count, named)) - max(map(count, come))
