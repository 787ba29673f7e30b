"""Polls: what a bot asks, what people answer, and when it is over."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.sandbox.chats import Chat, Person
from bot.sandbox.messages import Message
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.world import World


def cast(world: "World", chat: Chat, message: Message, person: Person, options: Sequence[int]) -> Message:
    """Count somebody's vote; the bot hears what became of the poll, and by whom unless it is anonymous."""
    poll = message.body["poll"]
    before = world.votes.setdefault(poll["id"], {}).get(person.user_id, ())
    if options:
        world.votes[poll["id"]][person.user_id] = tuple(options)
    else:
        world.votes[poll["id"]].pop(person.user_id, None)
    counted = []
    for place, option in enumerate(poll["options"]):
        gained = (place in options) - (place in before)
        counted.append(option | {"voter_count": option["voter_count"] + gained})
    total = poll["total_voter_count"] + bool(options) - bool(before)
    changed = poll | {"options": counted, "total_voter_count": total}
    shown = world.replace(chat, message, message.body | {"poll": changed})
    world.queue("poll", changed)
    if not poll["is_anonymous"]:
        marks = [poll["options"][place]["persistent_id"] for place in options]
        answer: Json = {"poll_id": poll["id"], "user": person.to_user(), "option_ids": list(options)}
        world.queue("poll_answer", answer | {"option_persistent_ids": marks})
    return shown


def closed(world: "World", chat: Chat, message: Message) -> Message:
    """End a poll."""
    ended = message.body["poll"] | {"is_closed": True}
    return world.replace(chat, message, message.body | {"poll": ended})


def refreshed(world: "World", chat: Chat, message: Message) -> Message:
    """Return a message as it is by now: a poll whose time is up is over."""
    poll = message.body.get("poll")
    if poll is None or poll["is_closed"] or poll.get("close_date", world.timestamp() + 1) > world.timestamp():
        return message
    return closed(world, chat, message)
