"""What a person may do through the control API: the phone's actions by name, with JSON arguments."""

import base64
from collections.abc import Callable
from typing import Any

from bot.sandbox.messages import Message
from bot.sandbox.phone import Phone, Press
from bot.sandbox.wire import Json
from bot.sandbox.world import World


def phone_of(world: World, user_id: str, chat_id: Any = None) -> Phone:
    """Return someone's phone, open at a chat; raises LookupError for nobody or no such chat."""
    person = world.people.get(int(user_id))
    if person is None:
        raise LookupError("there is no such person")
    if chat_id is None:
        return Phone(world, person)
    chat = world.chats.get(int(chat_id))
    if chat is None or (chat.person is not None and chat.person is not person):
        raise LookupError("there is no such chat on this phone")
    return Phone(world, person, chat)


def screen(phone: Phone) -> Json:
    """Return a chat as a page draws it, and the number of the last event that it includes."""
    profile = phone.world.profile
    return {
        "person": phone.person.to_json(),
        "bot": profile.to_user()
        | {"commands": profile.commands_for(phone.chat.chat_id, phone.person.language_code)},
        "chat": phone.chat.to_chat(),
        "messages": [message.to_json() for message in phone.messages],
        "reply_keyboard": [
            [_button(key.text, key.kind, key.value) for key in row] for row in phone.reply_keyboard
        ],
        "next": phone.world.events.last,
    }


def act(phone: Phone, action: str, body: Json) -> Json:
    """Do what a thumb does; raises LookupError for an unknown action and TypeError for wrong arguments."""
    do = _ACTIONS.get(action)
    if do is None:
        raise LookupError(f"there is no action {action!r}; there are {', '.join(sorted(_ACTIONS))}")
    if "data" in body:
        body = body | {"data": base64.b64decode(body["data"], validate=True)}
    return _shown(do(phone, **body))


def _button(text: str, kind: str, value: Any) -> Json:
    return {"text": text, "kind": kind, "value": value}


def _shown(outcome: object) -> Json:
    if isinstance(outcome, Message):
        return outcome.to_json()
    if isinstance(outcome, Press):
        query_id = outcome.query.query_id if outcome.query else None
        button = outcome.button
        return {"query_id": query_id, "button": _button(button.text, button.kind, button.value)}
    return {"done": outcome if isinstance(outcome, str) else True}


# Data travel as base64; everything else as the phone takes it.
_ACTIONS: dict[str, Callable[..., object]] = {
    "send_text": Phone.send_text,
    "send_voice": Phone.send_voice,
    "send_video_note": Phone.send_video_note,
    "send_photo": Phone.send_photo,
    "send_document": Phone.send_document,
    "send_sticker": Phone.send_sticker,
    "send_location": Phone.send_location,
    "edit_text": Phone.edit_text,
    "delete": Phone.delete,
    "react": lambda phone, message_id, emoji: phone.react(message_id, *emoji),
    "press": Phone.press,
    "press_key": Phone.press_key,
    "share_users": Phone.share_users,
    "open_link": Phone.open_link,
    "query_inline": Phone.query_inline,
    "block": Phone.block,
    "unblock": Phone.unblock,
    "deactivate": Phone.deactivate,
}
