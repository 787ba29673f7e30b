"""A world as one JSON value, and back: for a demo that goes on after a restart.

Kept: people, chats, messages, files, what waits for the bot, the bot's account, and the number of the last
event. Not kept: the events themselves, faults, limits, calls, findings.
"""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import Chat, Person, Topic
from bot.sandbox.clock import Steerable
from bot.sandbox.files import StoredFile
from bot.sandbox.messages import Message
from bot.sandbox.profile import Profile
from bot.sandbox.updates import Queued
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.numbering import Counters
    from bot.sandbox.world import World

FORMAT = 1
_CHAT_FACTS = ("bot_is_member", "migrated_to", "username", "description", "photo", "permissions", "links")


def dump(world: "World") -> Json:
    """Return a world's state."""
    return {
        "format": FORMAT,
        "now": world.now().isoformat(),
        "profile": world.profile.to_json(),
        "people": [person.to_json() for person in world.people.values()],
        "chats": [_chat_to_json(chat) for chat in world.chats.values()],
        "files": [_file_to_json(file) for file in world.files.files.values()],
        "callbacks": [asdict(query) | {"at": query.at.isoformat()} for query in world.callbacks.values()],
        "inline_queries": world.inline_queries,
        "updates": {
            "next_id": world.updates.next_id,
            "allowed": sorted(world.updates.allowed),
            "waiting": [[queued.at.isoformat(), queued.body] for queued in world.updates.waiting],
        },
        "webhook": world.webhook.to_json(),
        "votes": {poll: _by_text(votes) for poll, votes in world.votes.items()},
        "counters": _counters_to_json(world.counters),
        "last_event": world.events.last,
    }


def load(world: "World", state: Json) -> None:
    """Put a dumped state into a fresh world; raises ValueError for a state that isn't one."""
    if state.get("format") != FORMAT:
        raise ValueError("this is no snapshot of the sandbox, or one of another version")
    if isinstance(world.clock, Steerable):
        world.clock.set(datetime.fromisoformat(state["now"]))
    world.profile = Profile.from_json(state["profile"])
    world.people = {raw["user_id"]: Person(**raw) for raw in state["people"]}
    world.chats = {raw["chat_id"]: _chat_from_json(raw, world.people) for raw in state["chats"]}
    for raw in state["files"]:
        world.files.keep(StoredFile(**raw | {"data": base64.b64decode(raw["data"])}))
    world.restore_queries(state["callbacks"], state["inline_queries"])
    _load_updates(world, state["updates"])
    world.webhook.set(**state["webhook"])
    for poll, votes in state.get("votes", {}).items():
        world.votes[poll] = {int(user_id): tuple(options) for user_id, options in votes.items()}
    counters = dict(state["counters"])
    counters["per_chat"] = {int(chat_id): number for chat_id, number in counters["per_chat"].items()}
    world.counters = type(world.counters)(**counters)
    world.events.last = state["last_event"]


def _counters_to_json(counters: "Counters") -> Json:
    return asdict(counters) | {"per_chat": _by_text(counters.per_chat)}


def _by_text(found: Mapping[int, Any]) -> Json:
    return {str(number): value for number, value in found.items()}  # JSON's keys are text


def _load_updates(world: "World", state: Json) -> None:
    world.updates.next_id = state["next_id"]
    world.updates.allow(state["allowed"])
    for at, body in state["waiting"]:
        world.updates.waiting.append(Queued(body["update_id"], body, datetime.fromisoformat(at)))
    world.updates.bell.ring()


def _file_to_json(file: StoredFile) -> Json:
    return asdict(file) | {"data": base64.b64encode(file.data).decode()}


def _chat_to_json(chat: Chat) -> Json:
    return {
        "chat_id": chat.chat_id,
        "type": chat.type,
        "title": chat.title,
        "members": sorted(chat.members),
        "messages": [_message_to_json(message) for message in chat.messages.values()],
        "pinned": chat.pinned,
        **{name: getattr(chat, name) for name in _CHAT_FACTS},
        "standing": _by_text(chat.standing),
        "requests": _by_text(chat.requests),
        "topics": [asdict(topic) for topic in chat.topics.values()],
    }


def _message_to_json(message: Message) -> Json:
    return {
        "body": message.body,
        "from_bot": message.from_bot,
        "reply_keyboard": message.reply_keyboard,
        "silent": message.silent,
        "offered": sorted(message.offered),
        "reactions": message.reactions,
    }


def _chat_from_json(raw: Json, people: dict[int, Person]) -> Chat:
    details: dict[str, Any] = {name: raw[name] for name in ("type", "title", "pinned")}
    details |= {name: raw[name] for name in _CHAT_FACTS if name in raw}
    chat = Chat(raw["chat_id"], person=people.get(raw["chat_id"]), members=set(raw["members"]), **details)
    chat.standing = {int(user_id): status for user_id, status in raw.get("standing", {}).items()}
    chat.requests = {int(user_id): link for user_id, link in raw.get("requests", {}).items()}
    chat.topics = {topic["thread_id"]: Topic(**topic) for topic in raw.get("topics", ())}
    for item in raw["messages"]:
        message = Message(**item | {"offered": frozenset(item["offered"])})
        chat.messages[message.message_id] = message
    return chat
