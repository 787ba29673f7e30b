"""Topics in private chats: an answer goes where its person wrote last.

Where the operator has switched Threaded Mode on, a private chat has topics, and what names none lands beside
them. Kept in memory alone: after a restart a message goes beside the topics until somebody writes again.
"""

from collections import OrderedDict

from telegram import Update

CHATS = 10_000  # remembered at a time; those who were heard longest ago are forgotten first


class Threads:
    """The topic in which each person wrote last."""

    def __init__(self) -> None:
        self._last: OrderedDict[int, int] = OrderedDict()

    def note(self, update: Update) -> None:
        """Note where somebody has written or pressed."""
        message, chat = update.effective_message, update.effective_chat
        if message is None or chat is None or chat.type != chat.PRIVATE:
            return
        thread = getattr(message, "message_thread_id", None)  # a message of long ago says nothing
        if thread is None:
            self._last.pop(chat.id, None)
            return
        self._last[chat.id] = thread
        self._last.move_to_end(chat.id)
        if len(self._last) > CHATS:
            self._last.popitem(last=False)

    def of(self, chat: object) -> int | None:
        """Name the topic in which an answer to a chat goes; None for none."""
        return self._last.get(chat) if isinstance(chat, int) else None

    def forget(self, chat: object) -> None:
        """Forget a chat's topic: it is gone."""
        if isinstance(chat, int):
            self._last.pop(chat, None)
