"""The one place that sends: a call goes out, and what Telegram says becomes a value.

| Telegram                                              | outcome                          |
|-------------------------------------------------------|----------------------------------|
| ok                                                    | Sent(message id, if it made one) |
| 400 message is not modified                           | Sent(the id that was edited)     |
| 400 query too old; message to edit or delete is gone  | Withdrawn                        |
| 400 messages can't be deleted                         | Refused                          |
| 403; 400 chat or user not found                       | Unreachable                      |
| 400 anything else, a migrated group, 404, 413         | Refused(a word of our own)       |
| 429                                                   | TryLater(after)                  |
| 409, 5xx, a reset, a timeout, a proxy's page          | TryLater(doubtful)               |
| no such host, connection refused                      | TryLater(everyone)               |
| 401                                                   | raises TokenRefused              |

Whether a 429 is one chat's or everyone's, Telegram does not say; the pace knows what was sent and judges.
Telegram's descriptions can quote what was sent, so none of them leaves this file.
"""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError

from bot.messages import Outcome, Refused, Sent, TryLater, Unreachable, Withdrawn
from bot.screens.call import Call
from bot.telegram.client import Answer, BotApi
from bot.telegram.http import NotSent
from bot.telegram.threads import Threads

UNTOLD = timedelta(seconds=1)  # what to wait after a 429 that does not say

NO_THREAD = "thread not found"
GONE = (
    "query is too old",
    "query id is invalid",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
)
KEPT = "message can't be deleted"
NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user_deactivated", "user is deactivated")
REASONS = {
    "can't parse entities": "markup cannot be parsed",
    "message is too long": "text too long",
    "caption is too long": "caption too long",
    "text is empty": "text empty",
    "text must be non-empty": "text empty",
    "button_data_invalid": "button data invalid",
    "button": "button refused",
    "file identifier": "file id refused",
    "file_id": "file id refused",
    "wrong remote file": "file id refused",
    "failed to get http url": "file refused",
    "voice_messages_forbidden": "voice messages forbidden by the reader",
    "reply not found": "message to reply to is gone",
    "replied not found": "message to reply to is gone",
    "effect": "effect refused",
    "chat_id is empty": "no chat named",
}


class Sender:
    """Sends calls, one at a time or many at once."""

    def __init__(self, api: BotApi, threads: Threads | None = None) -> None:
        self._api = api
        self._threads = threads or Threads()

    async def send(self, call: Call) -> Outcome:
        """Make a call, in the topic that its chat was last heard in, and tell what became of it.

        Raises TokenRefused.
        """
        chat = call.payload.get("chat_id")
        thread = self._threads.of(chat) if call.method.startswith("send") else None
        payload = call.payload if thread is None else {**call.payload, "message_thread_id": thread}
        try:
            answer = await self._api.call(call.method, payload)
            if thread is not None and NO_THREAD in answer.description.lower():
                self._threads.forget(chat)
                answer = await self._api.call(call.method, call.payload)
        except NotSent:
            return TryLater(everyone=True)
        except NetworkError:
            return TryLater(doubtful=True)
        return judge(answer, call)


def judge(answer: Answer, call: Call) -> Outcome:
    """Turn an answer into an outcome."""
    if answer.ok:
        return Sent(_message_id(answer.result))
    if answer.migrated:
        return Refused("the group has moved")
    if answer.status == HTTPStatus.BAD_REQUEST:
        return _bad_request(answer.description.lower(), call)
    if answer.status == HTTPStatus.FORBIDDEN:
        # Every 403 says that we may not write there; its wording is not ours to depend on.
        return Unreachable()
    return _not_now(answer) or Refused(f"status {answer.status}")


def _not_now(answer: Answer) -> TryLater | None:
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        after = answer.retry_after
        return TryLater(after=UNTOLD if after is None else timedelta(seconds=max(0.0, after)))
    if answer.status == HTTPStatus.CONFLICT or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return TryLater(doubtful=True)
    return None


def _bad_request(said: str, call: Call) -> Outcome:
    if "message is not modified" in said:
        # A repeated edit: the message is as it should be, and later edits need its id.
        return Sent(_message_id(call.payload))
    if call.method == "deleteMessages" and KEPT in said:
        return Refused("cannot be deleted")  # what stands there stays
    if any(phrase in said for phrase in GONE):
        return Withdrawn()
    if any(phrase in said for phrase in NOBODY):
        return Unreachable()
    return Refused(next((word for phrase, word in REASONS.items() if phrase in said), "bad request"))


def _message_id(made: Any) -> int | None:
    if isinstance(made, list) and made:
        made = made[0]
    if not isinstance(made, Mapping):
        return None
    number = made.get("message_id")
    return number if isinstance(number, int) else None
